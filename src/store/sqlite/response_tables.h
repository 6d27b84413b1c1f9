// What people answer to messages without writing: attention asked for, views, reactions.
#pragma once

#include "store/attention.h"
#include "store/post_counts.h"
#include "store/reactions.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteAttention final : public Attention {
 public:
  explicit SqliteAttention(Session& session) : session_(session), db_(session.db) {}
  Status ask(UserId account, Peer peer, AttentionKind kind, MessageId message) override;
  Result<std::optional<bool>> find(UserId account, Peer peer, AttentionKind kind, MessageId message) override;
  Result<bool> mark_read(UserId account, Peer peer, AttentionKind kind, MessageId message) override;
  Result<std::vector<MessageId>> unread(UserId account, Peer peer, AttentionKind kind, MessageId below,
                                        std::size_t limit) override;
  Result<std::int32_t> count_unread(UserId account, Peer peer, AttentionKind kind) override;
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

}  // namespace heliograph::store::sqlite
