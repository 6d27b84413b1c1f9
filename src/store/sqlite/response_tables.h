// What people answer to messages: attention asked for, views, reactions, and how threads are counted.
#pragma once

#include "store/attention.h"
#include "store/post_counts.h"
#include "store/reactions.h"
#include "store/sqlite/session.h"
#include "store/threads.h"

namespace heliograph::store::sqlite {

class SqliteAttention final : public Attention {
 public:
  explicit SqliteAttention(Session& session) : session_(session), db_(session.db) {}
  Status ask(UserId account, Peer peer, AttentionKind kind, MessageId message) override;
  Result<std::optional<bool>> find(UserId account, Peer peer, AttentionKind kind, MessageId message) override;
  Result<bool> mark_read(UserId account, Peer peer, AttentionKind kind, MessageId message) override;
  Result<std::vector<MessageId>> unread(UserId account, Peer peer, AttentionKind kind, MessageId thread,
                                        MessageId below, std::size_t limit) override;
  Result<std::int32_t> count_unread(UserId account, Peer peer, AttentionKind kind, MessageId thread) override;
  Status erase(BoxId box, Peer peer, MessageId message) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqlitePostCounts final : public PostCounts {
 public:
  explicit SqlitePostCounts(Session& session) : session_(session), db_(session.db) {}
  Result<PostCount> find(BoxId box, MessageId post) override;
  Result<PostCount> add(BoxId box, MessageId post, PostCount more) override;
  Status erase(BoxId box, MessageId post) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteReactions final : public Reactions {
 public:
  explicit SqliteReactions(Session& session) : session_(session), db_(session.db) {}
  Status replace(std::int64_t link, UserId user, const std::vector<GivenReaction>& given) override;
  Result<std::vector<GivenReaction>> of_user(std::int64_t link, UserId user) override;
  Result<std::vector<ReactionCount>> counts(std::int64_t link) override;
  Result<std::vector<GivenReaction>> list(std::int64_t link, const std::string& reaction, std::size_t offset,
                                          std::size_t limit) override;
  Status erase(std::int64_t link) override;
  Result<ReactionPolicy> policy(Peer chat) override;
  Status set_policy(Peer chat, const ReactionPolicy& policy) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteThreads final : public Threads {
 public:
  explicit SqliteThreads(Session& session) : session_(session), db_(session.db) {}
  Result<ThreadCount> find(BoxId box, MessageId top) override;
  Status put(BoxId box, MessageId top, const ThreadCount& count) override;
  Status erase(BoxId box, MessageId top) override;
  Result<ThreadRead> read_by(UserId account, BoxId box, MessageId top) override;
  Status set_read(UserId account, BoxId box, MessageId top, ThreadRead read) override;
  Result<Bytes> note(UserId account, BoxId box, MessageId top, Note note) override;
  Status set_note(UserId account, BoxId box, MessageId top, Note note, ByteView value) override;
  Result<std::vector<Noted>> notes(UserId account, Note note) override;
  Status forget_reader(UserId account) override;
  Result<std::int32_t> count_after(BoxId box, MessageId top, MessageId after, UserId except) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
