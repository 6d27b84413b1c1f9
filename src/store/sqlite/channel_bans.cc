// Channels that supergroups do not want.
#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

namespace {

ChannelBan read_ban(Row& row) {
  ChannelBan ban;
  row.read(ban.chat, ban.channel, ban.by, ban.date);
  return ban;
}

}  // namespace

Status SqliteChats::put_channel_ban(const ChannelBan& ban) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO channel_bans (chat, channel, by_user, date) VALUES (?, ?, ?, ?)",
                 ban.chat, ban.channel, ban.by, ban.date);
}

Status SqliteChats::erase_channel_ban(Peer chat, Peer channel) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM channel_bans WHERE chat = ? AND channel = ?", chat, channel);
}

Result<std::optional<ChannelBan>> SqliteChats::find_channel_ban(Peer chat, Peer channel) {
  return db_.one("SELECT chat, channel, by_user, date FROM channel_bans WHERE chat = ? AND channel = ?",
                 read_ban, chat, channel);
}

Result<std::vector<ChannelBan>> SqliteChats::channel_bans(Peer chat, std::size_t offset, std::size_t limit) {
  return db_.all(
      "SELECT chat, channel, by_user, date FROM channel_bans WHERE chat = ? ORDER BY date DESC, channel "
      "LIMIT ? OFFSET ?",
      read_ban, chat, limit, offset);
}

Result<std::size_t> SqliteChats::count_channel_bans(Peer chat) {
  HG_ASSIGN(const auto count, db_.number("SELECT count(*) FROM channel_bans WHERE chat = ?", 0, chat));
  return static_cast<std::size_t>(count);
}

Result<bool> SqliteChats::has_banned_channel(Peer chat, UserId owner) {
  HG_ASSIGN(const auto found,
            db_.number("SELECT EXISTS (SELECT 1 FROM channel_bans b JOIN members m ON m.chat = b.channel AND "
                       "m.user = ?2 AND m.status = 1 WHERE b.chat = ?1)",
                       0, chat, owner));
  return found != 0;
}

static_assert(static_cast<int>(MemberStatus::creator) == 1, "the SQL above compares with it");

}  // namespace heliograph::store::sqlite
