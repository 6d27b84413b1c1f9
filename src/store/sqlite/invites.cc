#include "store/sqlite/invite_tables.h"
#include "store/text.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_INVITE_COLUMNS "id, chat, admin, hash, flags, title, date, expires_at, usage_limit, usage"
#define HG_IMPORTER_COLUMNS "i.chat, i.user, i.link, i.date, i.requested, i.approved_by"

Invite read_invite(Row& row) {
  Invite invite;
  row.read(invite.id, invite.chat, invite.admin, invite.hash, invite.flags, invite.title, invite.date,
           invite.expires_at, invite.usage_limit, invite.usage);
  return invite;
}

Importer read_importer(Row& row) {
  Importer importer;
  row.read(importer.chat, importer.user, importer.link, importer.date, importer.requested,
           importer.approved_by);
  return importer;
}

}  // namespace

Result<std::int64_t> SqliteInvites::insert(const Invite& invite) {
  HG_TRY(session_.changing());
  const auto done = db_.run(
      "INSERT INTO invites (chat, admin, hash, flags, title, date, expires_at, usage_limit, usage) VALUES "
      "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
      invite.chat, invite.admin, invite.hash, invite.flags, invite.title, invite.date, invite.expires_at,
      invite.usage_limit, invite.usage);
  if (!done && done.error().code == "STORE_CONFLICT") return fail(Error::invalid("INVITE_HASH_OCCUPIED"));
  HG_TRY(done);
  return db_.number("SELECT last_insert_rowid()", 0);
}

Result<std::optional<Invite>> SqliteInvites::find(std::string_view hash) {
  return db_.one("SELECT " HG_INVITE_COLUMNS " FROM invites WHERE hash = ?", read_invite, hash);
}

Result<std::optional<Invite>> SqliteInvites::find_by_id(std::int64_t id) {
  return db_.one("SELECT " HG_INVITE_COLUMNS " FROM invites WHERE id = ?", read_invite, id);
}

Status SqliteInvites::update(const Invite& invite) {
  HG_TRY(session_.changing());
  return db_.run(
      "UPDATE invites SET chat = ?, admin = ?, flags = ?, title = ?, date = ?, expires_at = ?, usage_limit = "
      "?, usage = ? WHERE id = ?",
      invite.chat, invite.admin, invite.flags, invite.title, invite.date, invite.expires_at,
      invite.usage_limit, invite.usage, invite.id);
}

Status SqliteInvites::erase(std::int64_t id) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM invite_importers WHERE link = ?", id));
  return db_.run("DELETE FROM invites WHERE id = ?", id);
}

Result<std::vector<Invite>> SqliteInvites::of_admin(Peer chat, UserId admin, bool revoked,
                                                    const InvitePage& page) {
  return db_.all("SELECT " HG_INVITE_COLUMNS
                 " FROM invites WHERE chat = ?1 AND admin = ?2 AND (flags & 1) = ?3 AND (?4 = 0 OR id < ?4) "
                 "AND (?5 = 0 OR date <= ?5) ORDER BY id DESC LIMIT ?6",
                 read_invite, chat, admin, revoked, page.before_id, page.before_date, page.limit);
}

Result<std::optional<Invite>> SqliteInvites::permanent(Peer chat, UserId admin) {
  return db_.one("SELECT " HG_INVITE_COLUMNS
                 " FROM invites WHERE chat = ? AND admin = ? AND (flags & 3) = 2 ORDER BY id DESC LIMIT 1",
                 read_invite, chat, admin);
}

Result<std::vector<InviteCount>> SqliteInvites::count(Peer chat) {
  return db_.all(
      "SELECT admin, sum((flags & 1) = 0), sum(flags & 1) FROM invites WHERE chat = ? GROUP BY admin ORDER "
      "BY admin",
      [](Row& row) {
        InviteCount count;
        row.read(count.admin, count.links, count.revoked);
        return count;
      },
      chat);
}

Status SqliteInvites::move(Peer from, Peer to) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("UPDATE invites SET chat = ? WHERE chat = ?", to, from));
  return db_.run("UPDATE OR REPLACE invite_importers SET chat = ? WHERE chat = ?", to, from);
}

Status SqliteInvites::put_importer(const Importer& importer) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO invite_importers (chat, user, link, date, requested, approved_by) VALUES (?, "
      "?, ?, ?, ?, ?)",
      importer.chat, importer.user, importer.link, importer.date, importer.requested, importer.approved_by);
}

Result<std::optional<Importer>> SqliteInvites::find_request(Peer chat, UserId user) {
  return db_.one("SELECT " HG_IMPORTER_COLUMNS
                 " FROM invite_importers i WHERE chat = ? AND user = ? AND requested = 1 LIMIT 1",
                 read_importer, chat, user);
}

Status SqliteInvites::erase_request(Peer chat, UserId user) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM invite_importers WHERE chat = ? AND user = ? AND requested = 1", chat, user);
}

Result<std::vector<Importer>> SqliteInvites::importers(Peer chat, const ImporterFilter& filter) {
  // -1: whatever they came through.
  return db_.all(
      "SELECT " HG_IMPORTER_COLUMNS
      " FROM invite_importers i WHERE i.chat = ?1 AND i.requested = ?2 AND (?3 = -1 OR i.link = "
      "?3) AND (?4 = 0 OR i.date < ?4 OR (i.date = ?4 AND i.user < ?5)) AND (?6 = '' OR EXISTS "
      "(SELECT 1 FROM accounts a WHERE a.id = i.user AND a.state = 0 AND (instr(a.name_key, ?6) > "
      "0 OR instr(coalesce(a.username_key, ''), ?6) > 0))) ORDER BY i.date DESC, i.user DESC LIMIT "
      "?7",
      read_importer, chat, filter.requested, filter.link.value_or(-1), filter.before_date, filter.before_user,
      fold(filter.query), filter.limit);
}

Result<std::size_t> SqliteInvites::count_importers(Peer chat, const ImporterFilter& filter) {
  HG_ASSIGN(const auto found,
            db_.number("SELECT count(*) FROM invite_importers WHERE chat = ?1 AND requested "
                       "= ?2 AND (?3 = -1 OR link = ?3)",
                       0, chat, filter.requested, filter.link.value_or(-1)));
  return static_cast<std::size_t>(found);
}

static_assert(invite_revoked == 1 && invite_permanent == 2, "the SQL above tests these bits");

}  // namespace heliograph::store::sqlite
