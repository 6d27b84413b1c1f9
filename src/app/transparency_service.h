// Transparency reports in the running server: drafts when a period is over, what the pages show, statements
// of reasons on their way, and letters to those who follow.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "app/errands.h"
#include "app/metrics.h"
#include "config/config.h"
#include "safety/enforcement/gate.h"
#include "transparency/reporter.h"
#include "transparency/statement.h"
#include "web/console/reports.h"
#include "web/public/transparency.h"

namespace heliograph::app {

struct TransparencyServiceParts {
  const config::Config& config;
  store::Store& store;
  const ledger::Ledger& ledger;
  const crypto::Sealer& sealer;  // of cases
  crypto::SecretKey secret;
  const Clock& clock;
  Random& random;
  const safety::Gate& gate;                                             // whose rules are shown
  std::string policy_source;                                            // of the policy in force at the start
  std::vector<std::pair<std::string, std::string>> jurisdictions = {};  // names and texts of files
};

class TransparencyService final : public web::ReportShelf, public web::PublicReports {
 public:
  explicit TransparencyService(TransparencyServiceParts parts);
  ~TransparencyService() override;

  // About once a minute, on a loop: makes the draft of a period of the schedule that is over.
  Task<Status> tick();
  // Every few seconds: queues and sends statements of reasons, if there is an address for them.
  Task<Status> send();
  // No more calls to other servers; one that runs ends soon.
  void stop();
  void describe(Metrics& metrics);

  // ReportShelf.
  Task<Result<std::vector<store::PublicReport>>> list() override;
  Task<Result<store::PublicReport>> find(transparency::Period period, std::int32_t version) override;
  Task<Result<std::vector<transparency::AnnexFile>>> annex(transparency::Period period,
                                                           std::int32_t version) override;
  Task<Result<std::vector<transparency::Missing>>> missing() override;
  // PublicReports.
  Task<Result<std::vector<store::PublicReport>>> all() override;
  Task<Result<store::PublicReport>> by_number(std::int64_t id) override;
  Task<Result<std::int64_t>> draft(transparency::Period period, std::string reason) override;
  Task<Status> review(std::int64_t id, std::string words, std::string by) override;
  Task<Status> publish(std::int64_t id) override;
  std::string rules() const override;
  std::string rules_version() const override;
  std::string policy_version() const override;
  std::string policy() const override { return parts_.policy_source; }
  Task<Result<std::vector<Totals>>> totals() override;
  std::vector<std::pair<std::string, std::string>> jurisdictions() const override {
    return parts_.jurisdictions;
  }

 private:
  class Line;
  transparency::Schedule schedule() const;

  const TransparencyServiceParts parts_;
  Errands errands_, making_;
  const std::unique_ptr<Line> line_;
  std::mutex totals_mutex_;
  std::map<std::int64_t, Totals> totals_;  // under totals_mutex_, by number: what is published stays
  std::atomic<std::int64_t> late_ = 0, waiting_ = 0, refused_ = 0;
};

}  // namespace heliograph::app
