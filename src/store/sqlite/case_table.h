// Cases and what is still to be judged, on one SQLite connection.
#pragma once

#include "store/cases.h"
#include "store/judge_queue.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteCases final : public Cases {
 public:
  explicit SqliteCases(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> add(const Case& opened) override;
  Result<std::optional<Case>> find(std::int64_t id) override;
  Result<std::optional<Case>> find_open(std::string_view subject) override;
  Result<std::vector<Case>> of_subject(std::string_view subject, std::size_t limit) override;
  Result<std::vector<Case>> of_user(UserId user, std::size_t limit) override;
  Status update(const Case& changed) override;
  Result<std::vector<Case>> queue(const CaseFilter& filter, CasePlace after, std::size_t limit) override;
  Result<std::int64_t> count_open() override;
  Result<CaseFigures> figures(CaseQueue queue, UnixSeconds now) override;
  Result<std::vector<Case>> untold(std::size_t limit) override;
  Result<std::vector<Case>> decided_since(UnixSeconds since, std::size_t limit) override;
  Result<std::int64_t> strikes(UserId user, UnixSeconds now) override;
  Status put_member(const CaseMember& member) override;
  Result<std::optional<CaseMember>> find_member(std::int64_t case_id, std::string_view subject) override;
  Result<std::vector<CaseMember>> members(std::int64_t case_id, std::string_view after,
                                          std::size_t limit) override;
  Result<std::vector<CaseMember>> members_of(std::int64_t case_id, UserId user, std::size_t limit) override;
  Status note(const CaseEvent& event) override;
  Result<std::vector<CaseEvent>> history(std::int64_t case_id, std::size_t limit) override;
  Result<std::int64_t> add_appeal(const Appeal& appeal) override;
  Result<std::optional<Appeal>> find_appeal(std::int64_t id) override;
  Result<std::vector<Appeal>> appeals_of(std::int64_t case_id) override;
  Result<std::vector<Appeal>> waiting_appeals(std::int64_t after, std::size_t limit) override;
  Status update_appeal(const Appeal& appeal) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteJudgeQueue final : public JudgeQueue {
 public:
  explicit SqliteJudgeQueue(Session& session) : session_(session), db_(session.db) {}
  Status add(const Unjudged& entry) override;
  Result<std::vector<Unjudged>> first(Unjudged::Kind kind, std::size_t limit) override;
  Status erase(std::int64_t number) override;
  Result<std::int64_t> count() override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
