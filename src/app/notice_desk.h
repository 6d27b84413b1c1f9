// The public form's desk (web/public/notices.h) over the services.
#pragma once

#include "ledger/ledger.h"
#include "services/reports/notices.h"
#include "web/public/notices.h"

namespace heliograph::app {

class NoticeDesk final : public web::NoticeDesk {
 public:
  NoticeDesk(services::Notices& notices, const ledger::Ledger& ledger) : notices_(notices), ledger_(ledger) {}
  std::vector<std::pair<std::string, std::string>> options() const override;
  Task<Result<web::NoticeReceipt>> file(web::Notice notice) override;
  Task<Result<web::NoticeState>> state(std::string receipt) override;

 private:
  services::Notices& notices_;
  const ledger::Ledger& ledger_;
};

}  // namespace heliograph::app
