// Who is in a chat.
#include <algorithm>

#include "store/sqlite/tables.h"
#include "store/sqlite/usernames.h"
#include "store/text.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_MEMBER_COLUMNS                                                                                    \
  "chat, user, status, admin_rights, banned, until, rank, by_user, inviter, date, joined_at, history_from, " \
  "link, wrote_at"

Member read_member(Row& row) {
  Member member;
  row.read(member.chat, member.user, member.status, member.admin_rights, member.banned, member.until,
           member.rank, member.by, member.inviter, member.date, member.joined_at, member.history_from,
           member.link, member.wrote_at);
  return member;
}

// What one member adds to the counters of the chat.
struct Weight {
  int members = 0, admins = 0, restricted = 0, banned = 0;
};
Weight weight_of(const std::optional<Member>& member) {
  Weight weight;
  if (!member) return weight;
  weight.members = is_in(member->status) ? 1 : 0;
  weight.admins = member->status <= MemberStatus::admin ? 1 : 0;
  weight.restricted =
      member->status == MemberStatus::restricted || member->status == MemberStatus::restricted_left ? 1 : 0;
  weight.banned = member->status == MemberStatus::banned ? 1 : 0;
  return weight;
}

Status count(Connection& db, Peer chat, const Weight& before, const Weight& after) {
  return db.run(
      "UPDATE chats SET members = members + ?, admins = admins + ?, restricted = restricted + ?, "
      "banned = banned + ?, version = version + 1 WHERE peer = ?",
      after.members - before.members, after.admins - before.admins, after.restricted - before.restricted,
      after.banned - before.banned, chat);
}

std::vector<MemberStatus> in_order(std::vector<MemberStatus> statuses) {
  std::ranges::sort(statuses);
  statuses.erase(std::ranges::unique(statuses).begin(), statuses.end());
  return statuses;
}

}  // namespace

Result<std::optional<Member>> SqliteChats::find_member(Peer chat, UserId user) {
  return db_.one("SELECT " HG_MEMBER_COLUMNS " FROM members WHERE chat = ? AND user = ?", read_member, chat,
                 user);
}

Status SqliteChats::put_member(const Member& member) {
  HG_TRY(session_.changing());
  HG_ASSIGN(const auto before, find_member(member.chat, member.user));
  HG_TRY(db_.run("INSERT OR REPLACE INTO members (" HG_MEMBER_COLUMNS
                 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 member.chat, member.user, member.status, member.admin_rights, member.banned, member.until,
                 member.rank, member.by, member.inviter, member.date, member.joined_at, member.history_from,
                 member.link, member.wrote_at));
  return count(db_, member.chat, weight_of(before), weight_of(member));
}

Status SqliteChats::set_wrote_at(Peer chat, UserId user, UnixSeconds at) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE members SET wrote_at = ? WHERE chat = ? AND user = ?", at, chat, user);
}

Status SqliteChats::erase_member(Peer chat, UserId user) {
  HG_TRY(session_.changing());
  HG_ASSIGN(const auto before, find_member(chat, user));
  if (!before) return {};
  HG_TRY(db_.run("DELETE FROM members WHERE chat = ? AND user = ?", chat, user));
  return count(db_, chat, weight_of(before), {});
}

// One status after the other, so that each is read in the order of its index.
Result<std::vector<Member>> SqliteChats::members(Peer chat, const std::vector<MemberStatus>& statuses,
                                                 std::size_t offset, std::size_t limit) {
  std::vector<Member> found;
  for (const auto status : in_order(statuses)) {
    if (found.size() >= limit) break;
    HG_ASSIGN(auto some, db_.all("SELECT " HG_MEMBER_COLUMNS
                                 " FROM members WHERE chat = ? AND status = ? ORDER BY date DESC, user "
                                 "LIMIT ? OFFSET ?",
                                 read_member, chat, status, limit - found.size(), offset));
    if (some.empty() && offset > 0) {
      HG_ASSIGN(const auto skipped, count_members(chat, {status}));
      offset -= std::min(offset, skipped);
      continue;
    }
    offset = 0;
    std::ranges::move(some, std::back_inserter(found));
  }
  return found;
}

Result<std::vector<Member>> SqliteChats::search_members(Peer chat, const std::vector<MemberStatus>& statuses,
                                                        std::string_view query, std::size_t offset,
                                                        std::size_t limit) {
  std::vector<Member> found;
  const auto wanted = fold(query);
  if (wanted.empty()) return members(chat, statuses, offset, limit);
  for (const auto status : in_order(statuses)) {
    if (found.size() >= limit) break;
    HG_TRY(db_.each(
        "SELECT " HG_MEMBER_COLUMNS
        " FROM members WHERE chat = ?1 AND status = ?2 AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = "
        "user "
        "AND a.state = 0 AND (instr(a.name_key, ?3) > 0 OR instr(coalesce(a.username_key, ''), ?3) > 0)) "
        "ORDER BY date DESC, user",
        [&](Row& row) {
          if (offset > 0) {
            --offset;
          } else {
            found.push_back(read_member(row));
          }
          return found.size() < limit;
        },
        chat, status, wanted));
  }
  return found;
}

Result<std::size_t> SqliteChats::count_members(Peer chat, const std::vector<MemberStatus>& statuses) {
  std::size_t total = 0;
  for (const auto status : in_order(statuses)) {
    HG_ASSIGN(const auto some,
              db_.number("SELECT count(*) FROM members WHERE chat = ? AND status = ?", 0, chat, status));
    total += static_cast<std::size_t>(some);
  }
  return total;
}

Result<std::vector<Peer>> SqliteChats::chats_of(UserId user, std::size_t limit) {
  return db_.all(
      "SELECT chat FROM members JOIN chats ON peer = chat WHERE user = ? AND status <= 4 AND (flags & 1) = 0 "
      "ORDER BY status, chat LIMIT ?",
      [](Row& row) { return row.get<Peer>(); }, user, limit);
}

#define HG_LEFT                                                                                   \
  "FROM members JOIN chats ON peer = chat WHERE user = ? AND status IN (5, 7) AND kind != 1 AND " \
  "(flags & 1) = 0"

Result<std::vector<Peer>> SqliteChats::left(UserId user, std::size_t offset, std::size_t limit) {
  return db_.all(
      "SELECT chat " HG_LEFT " ORDER BY chat LIMIT ? OFFSET ?", [](Row& row) { return row.get<Peer>(); },
      user, limit, offset);
}

Result<std::size_t> SqliteChats::count_left(UserId user) {
  HG_ASSIGN(const auto count, db_.number("SELECT count(*) " HG_LEFT, 0, user));
  return static_cast<std::size_t>(count);
}

Result<std::vector<Peer>> SqliteChats::common(UserId a, UserId b, Peer after, std::size_t limit) {
  return db_.all(
      "SELECT x.chat FROM members x JOIN members y ON y.chat = x.chat AND y.user = ?2 AND y.status <= 4 "
      "WHERE x.user = ?1 AND x.status <= 4 AND x.chat > ?3 ORDER BY x.chat LIMIT ?4",
      [](Row& row) { return row.get<Peer>(); }, a, b, after ? pack(after) : std::int64_t{0}, limit);
}

Result<std::vector<Peer>> SqliteChats::administered(UserId user, std::size_t limit) {
  return db_.all(
      "SELECT chat FROM members JOIN chats ON peer = chat WHERE user = ? AND status <= 2 AND "
      "username_key IS NOT NULL AND (flags & 1) = 0 ORDER BY status, chat LIMIT ?",
      [](Row& row) { return row.get<Peer>(); }, user, limit);
}

Result<std::vector<Member>> SqliteChats::expired(UnixSeconds now, std::size_t limit) {
  return db_.all("SELECT " HG_MEMBER_COLUMNS
                 " FROM members WHERE until != 0 AND until <= ? ORDER BY until, chat, user LIMIT ?",
                 read_member, now, limit);
}

static_assert(static_cast<int>(MemberStatus::restricted) == 4 && static_cast<int>(MemberStatus::admin) == 2 &&
                  static_cast<int>(MemberStatus::restricted_left) == 5 &&
                  static_cast<int>(MemberStatus::left) == 7 && static_cast<int>(ChatKind::basic_group) == 1,
              "the SQL above compares with these");

}  // namespace heliograph::store::sqlite
