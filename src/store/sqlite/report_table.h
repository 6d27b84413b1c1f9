// Reports and their reporters, on one SQLite connection.
#pragma once

#include "store/reports.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteReports final : public Reports {
 public:
  explicit SqliteReports(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> add(const store::Report& report) override;
  Result<std::optional<store::Report>> find(std::int64_t id) override;
  Result<std::optional<store::Report>> find_receipt(ByteView receipt) override;
  Result<std::optional<store::Report>> find_waiting(std::int64_t case_id, UserId reporter) override;
  Result<std::optional<store::Report>> newest(std::int64_t case_id, UserId reporter) override;
  Result<std::vector<store::Report>> of_case(std::int64_t case_id, std::int64_t after,
                                             std::size_t limit) override;
  Result<std::vector<store::Report>> of_reporter(UserId reporter, std::int64_t before,
                                                 std::size_t limit) override;
  Result<std::int64_t> count_since(UserId reporter, UnixSeconds since) override;
  Status update(const store::Report& report) override;
  Result<ReportRecord> record_of(UserId reporter) override;
  Status keep_media(std::int64_t case_id, const std::vector<std::int64_t>& media) override;
  Status put_flagger(const Flagger& flagger) override;
  Result<std::optional<Flagger>> find_flagger(ByteView token) override;
  Result<std::vector<Flagger>> flaggers() override;
  Result<ReporterStanding> standing(UserId reporter) override;
  Status set_standing(UserId reporter, const ReporterStanding& standing) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
