// Transparency reports on one SQLite connection.
#pragma once

#include "store/sqlite/session.h"
#include "store/transparency.h"

namespace heliograph::store::sqlite {

class SqliteTransparency final : public Transparency {
 public:
  explicit SqliteTransparency(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> add(const PublicReport& report) override;
  Result<std::optional<PublicReport>> find(std::int64_t id) override;
  Result<std::optional<PublicReport>> find_period(UnixSeconds from, UnixSeconds to, bool published) override;
  Result<std::vector<PublicReport>> list(bool published, std::size_t limit) override;
  Status update(const PublicReport& report) override;
  Status erase(std::int64_t id) override;
  Status put_follower(const ReportFollower& follower) override;
  Result<std::optional<ReportFollower>> find_follower(UserId user) override;
  Status erase_follower(UserId user) override;
  Result<std::vector<ReportFollower>> untold(std::int64_t report, std::size_t limit) override;
  Result<bool> add_statement(const OutgoingStatement& statement) override;
  Result<std::vector<OutgoingStatement>> due_statements(UnixSeconds now, std::size_t limit) override;
  Status update_statement(const OutgoingStatement& statement) override;
  Result<std::optional<OutgoingStatement>> find_statement(std::string_view puid) override;
  Result<std::int64_t> count_statements(StatementState state) override;
  Result<std::vector<Case>> cases(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                  std::size_t limit) override;
  Result<std::vector<Report>> reports(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                      std::size_t limit) override;
  Result<std::vector<Appeal>> appeals(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                      std::size_t limit) override;
  Result<std::vector<GuardTermEvent>> term_events(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                                  std::size_t limit) override;
  Result<std::vector<LegalRequest>> legal_requests(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                                   std::size_t limit) override;
  Result<std::int64_t> paused_reporters(UnixSeconds from, UnixSeconds to) override;

 private:
  Status must_be_open(std::int64_t id);
  Result<std::vector<std::int64_t>> numbers(const char* query, UnixSeconds from, UnixSeconds to,
                                            std::int64_t after, std::size_t limit);

  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
