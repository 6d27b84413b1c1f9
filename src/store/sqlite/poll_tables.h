#pragma once

#include "store/polls.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqlitePolls final : public Polls {
 public:
  explicit SqlitePolls(Session& session) : session_(session), db_(session.db) {}
  Status open(const Poll& poll, std::int64_t link) override;
  Result<std::optional<Poll>> find(std::int64_t id) override;
  Result<std::vector<std::int64_t>> places(std::int64_t id, std::size_t limit) override;
  Status erase_place(std::int64_t link) override;
  Status close(std::int64_t id) override;
  Result<std::vector<Poll>> due(UnixSeconds now, std::size_t limit) override;
  Status vote(std::int64_t id, const PollVote& vote) override;
  Result<std::vector<std::int32_t>> chosen(std::int64_t id, UserId user) override;
  Result<std::vector<PollCount>> counts(std::int64_t id) override;
  Result<std::vector<PollVote>> list(std::int64_t id, std::optional<std::int32_t> answer,
                                     std::optional<PollVotePlace> after, std::size_t limit) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
