// @searchreport's desk: the reports service.
#pragma once

#include "services/bots/report_desk.h"
#include "services/reports/reports.h"

namespace heliograph::services {

class ReportsDesk final : public ReportDesk {
 public:
  explicit ReportsDesk(Reports& reports) : reports_(reports) {}
  Task<Result<FiledReport>> file(Caller reporter, NewReport report) override;
  Task<Result<ReportStatus>> status(Caller reporter, std::int64_t case_id) override;
  Task<Result<ReportPage>> mine(Caller reporter, std::int32_t page) override;
  Task<Status> appeal(Caller affected, std::int64_t case_id, std::string text) override;

 private:
  Reports& reports_;
};

}  // namespace heliograph::services
