#include <sstream>

#include "store/sqlite/response_tables.h"

namespace heliograph::store::sqlite {

Status SqliteAttention::ask(UserId account, Peer peer, AttentionKind kind, MessageId message) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO attention (account, peer, kind, message, unread) VALUES (?, ?, ?, ?, 1)",
      account, peer, kind, message);
}

Result<std::optional<bool>> SqliteAttention::find(UserId account, Peer peer, AttentionKind kind,
                                                  MessageId message) {
  return db_.one(
      "SELECT unread FROM attention WHERE account = ? AND peer = ? AND kind = ? AND message = ?",
      [](Row& row) { return row.get<bool>(); }, account, peer, kind, message);
}

Result<bool> SqliteAttention::mark_read(UserId account, Peer peer, AttentionKind kind, MessageId message) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("UPDATE attention SET unread = 0 WHERE account = ? AND peer = ? AND kind = ? AND "
              "message = ? AND unread != 0",
              account, peer, kind, message));
  return db_.changes() != 0;
}

// Unread, and in the thread ?4 of the channel ?2, or anywhere.
#define HG_UNREAD                                                                                  \
  "account = ?1 AND peer = ?2 AND kind = ?3 AND unread != 0 AND (?4 = 0 OR EXISTS (SELECT 1 FROM " \
  "messages m WHERE m.key = -(?2 >> 2) * 2147483648 + attention.message AND (m.thread = ?4 OR "    \
  "m.subthread = ?4)))"

Result<std::vector<MessageId>> SqliteAttention::unread(UserId account, Peer peer, AttentionKind kind,
                                                       MessageId thread, MessageId below, std::size_t limit) {
  return db_.all(
      "SELECT message FROM attention WHERE " HG_UNREAD
      " AND (?5 = 0 OR message < ?5) ORDER BY message DESC LIMIT ?6",
      [](Row& row) { return row.get<MessageId>(); }, account, peer, kind, thread, below, limit);
}

Result<std::int32_t> SqliteAttention::count_unread(UserId account, Peer peer, AttentionKind kind,
                                                   MessageId thread) {
  HG_ASSIGN(const auto count,
            db_.number("SELECT count(*) FROM attention WHERE " HG_UNREAD, 0, account, peer, kind, thread));
  return static_cast<std::int32_t>(count);
}

Status SqliteAttention::erase(BoxId box, Peer peer, MessageId message) {
  HG_TRY(session_.changing());
  if (box.is_channel()) return db_.run("DELETE FROM attention WHERE peer = ? AND message = ?", peer, message);
  return db_.run("DELETE FROM attention WHERE account = ? AND peer = ? AND message = ?", box.user(), peer,
                 message);
}

Result<PostCount> SqlitePostCounts::find(BoxId box, MessageId post) {
  HG_ASSIGN(const auto found, db_.one(
                                  "SELECT views, forwards FROM post_counts WHERE key = ?",
                                  [](Row& row) {
                                    PostCount count;
                                    row.read(count.views, count.forwards);
                                    return count;
                                  },
                                  key_of(box, post.value)));
  return found.value_or(PostCount{});
}

Result<PostCount> SqlitePostCounts::add(BoxId box, MessageId post, PostCount more) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("INSERT INTO post_counts (key, views, forwards) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO "
              "UPDATE SET views = views + ?2, forwards = forwards + ?3",
              key_of(box, post.value), more.views, more.forwards));
  return find(box, post);
}

Status SqlitePostCounts::erase(BoxId box, MessageId post) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM post_counts WHERE key = ?", key_of(box, post.value));
}

namespace {

GivenReaction read_given(Row& row) {
  GivenReaction given;
  row.read(given.user, given.position, given.reaction, given.date, given.big);
  return given;
}

}  // namespace

Status SqliteReactions::replace(std::int64_t link, UserId user, const std::vector<GivenReaction>& given) {
  HG_TRY(session_.changing());
  HG_ASSIGN(const auto before, of_user(link, user));
  for (const auto& old : before) {
    HG_TRY(db_.run("UPDATE reaction_counts SET count = count - 1 WHERE link = ? AND reaction = ?", link,
                   old.reaction));
  }
  HG_TRY(db_.run("DELETE FROM reactions WHERE link = ? AND user = ?", link, user));
  for (const auto& one : given) {
    HG_TRY(
        db_.run("INSERT INTO reactions (link, user, position, reaction, date, big) VALUES (?, ?, ?, ?, ?, ?)",
                link, user, one.position, one.reaction, one.date, one.big));
    HG_TRY(
        db_.run("INSERT INTO reaction_counts (link, reaction, count) VALUES (?, ?, 1) ON CONFLICT "
                "(link, reaction) DO UPDATE SET count = count + 1",
                link, one.reaction));
  }
  return db_.run("DELETE FROM reaction_counts WHERE link = ? AND count <= 0", link);
}

Result<std::vector<GivenReaction>> SqliteReactions::of_user(std::int64_t link, UserId user) {
  return db_.all(
      "SELECT user, position, reaction, date, big FROM reactions WHERE link = ? AND user = ? "
      "ORDER BY position",
      read_given, link, user);
}

Result<std::vector<ReactionCount>> SqliteReactions::counts(std::int64_t link) {
  return db_.all(
      "SELECT reaction, count FROM reaction_counts WHERE link = ? ORDER BY count DESC, reaction",
      [](Row& row) {
        ReactionCount count;
        row.read(count.reaction, count.count);
        return count;
      },
      link);
}

Result<std::vector<GivenReaction>> SqliteReactions::list(std::int64_t link, const std::string& reaction,
                                                         std::size_t offset, std::size_t limit) {
  return db_.all(
      "SELECT user, position, reaction, date, big FROM reactions WHERE link = ?1 AND "
      "(?2 = '' OR reaction = ?2) ORDER BY date DESC, user DESC, position LIMIT ?3 OFFSET ?4",
      read_given, link, reaction, limit, offset);
}

Status SqliteReactions::erase(std::int64_t link) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM reactions WHERE link = ?", link));
  return db_.run("DELETE FROM reaction_counts WHERE link = ?", link);
}

Result<ReactionPolicy> SqliteReactions::policy(Peer chat) {
  HG_ASSIGN(auto found, db_.one(
                            "SELECT everything, some, count_limit FROM reaction_policies WHERE peer = ?",
                            [](Row& row) {
                              ReactionPolicy policy;
                              std::string some;
                              row.read(policy.all, some, policy.limit);
                              std::istringstream words(some);
                              for (std::string word; words >> word;) policy.some.push_back(word);
                              return policy;
                            },
                            chat));
  return found ? std::move(*found) : ReactionPolicy{};
}

Status SqliteReactions::set_policy(Peer chat, const ReactionPolicy& policy) {
  HG_TRY(session_.changing());
  std::string some;
  for (const auto& one : policy.some) some += (some.empty() ? "" : " ") + one;
  return db_.run(
      "INSERT OR REPLACE INTO reaction_policies (peer, everything, some, count_limit) VALUES "
      "(?, ?, ?, ?)",
      chat, policy.all, some, policy.limit);
}

}  // namespace heliograph::store::sqlite
