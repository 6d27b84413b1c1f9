// Transparency reports, for the console: what it asks of the program, which has the ledger. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "base/task.h"
#include "store/transparency.h"
#include "transparency/desk.h"

namespace heliograph::web {

class PublicReports {
 public:
  virtual ~PublicReports() = default;

  // Of any state, by the end of the period, newest first; without documents.
  virtual Task<Result<std::vector<store::PublicReport>>> all() = 0;
  // not_found PUBLIC_REPORT_UNKNOWN.
  virtual Task<Result<store::PublicReport>> by_number(std::int64_t id) = 0;
  virtual Task<Result<std::vector<transparency::Missing>>> missing() = 0;
  // Makes the report of a period, in place of its draft if there is one; gives its number. Some seconds over
  // a long log. Errors: those of Reporter::make().
  virtual Task<Result<std::int64_t>> draft(transparency::Period period, std::string reason) = 0;
  // Errors: those of transparency::review().
  virtual Task<Status> review(std::int64_t id, std::string words, std::string by) = 0;
  // Checks it once more, with the proof of every single entry, and publishes it for ever. Errors: those of
  // transparency::prepare() and publish().
  virtual Task<Status> publish(std::int64_t id) = 0;
};

}  // namespace heliograph::web
