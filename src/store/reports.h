// Reports: somebody says that something breaks the rules. Each belongs to a case, and ends with its outcome.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format: do not renumber.
enum class ReportSource : std::uint8_t {
  member = 1,      // through a client
  search_bot = 2,  // of a search, through @searchreport
  form = 3,        // the public form: without an account
  flagger = 4,     // a trusted flagger
  authority = 5,   // an order to remove
};

// Part of the stored format: do not renumber.
enum class ReportState : std::uint8_t {
  waiting = 1,
  upheld = 2,    // something was done
  rejected = 3,  // nothing was wrong
};

struct Report {
  std::int64_t id = 0;  // 0 on add: the store numbers it
  std::int64_t case_id = 0;
  ReportSource source = ReportSource::member;
  UserId reporter;            // 0: somebody without an account
  std::string flagger;        // of a trusted flagger or an authority: its name
  Bytes receipt;              // of who has no account: digest of the token that asks for the state; or empty
  std::uint8_t category = 0;  // terms::Category, as the reporter says
  std::string option;         // of the tree of options: "goods/drugs"
  std::string country, language;  // of the reporter; empty: not known
  ReportState state = ReportState::waiting;
  UnixSeconds at = 0;
  UnixSeconds settled_at = 0;
  Bytes sealed;  // what was written, and what was seen: safety/cases/report_file.h
};

// How somebody's reports have turned out, of the last 100 that were settled.
struct ReportRecord {
  std::int32_t upheld = 0, rejected = 0;
};

// Whom the operator has given a token: a trusted flagger (Regulation (EU) 2022/2065 Art. 22), or an authority
// that may order removal.
struct Flagger {
  std::string name;  // unique
  bool authority = false;
  Bytes token;  // SHA-256 of it
  UnixSeconds added_at = 0;
  UnixSeconds disabled_at = 0;  // 0: it may report
};

// A reporter who was told, or kept, not to report what is not so (Regulation (EU) 2022/2065 Art. 23(2)).
struct ReporterStanding {
  UnixSeconds warned_at = 0;     // 0: never
  UnixSeconds paused_until = 0;  // 0: not
};

class Reports {
 public:
  virtual ~Reports() = default;

  virtual Result<std::int64_t> add(const Report& report) = 0;
  virtual Result<std::optional<Report>> find(std::int64_t id) = 0;
  virtual Result<std::optional<Report>> find_receipt(ByteView receipt) = 0;
  // The reporter's own that waits in this case.
  virtual Result<std::optional<Report>> find_waiting(std::int64_t case_id, UserId reporter) = 0;
  // The reporter's newest one in this case, whatever became of it.
  virtual Result<std::optional<Report>> newest(std::int64_t case_id, UserId reporter) = 0;
  // Of a case, by number, those after `after`.
  virtual Result<std::vector<Report>> of_case(std::int64_t case_id, std::int64_t after,
                                              std::size_t limit) = 0;
  // Of a reporter, newest first, those before `before` (0: from the newest on).
  virtual Result<std::vector<Report>> of_reporter(UserId reporter, std::int64_t before,
                                                  std::size_t limit) = 0;
  virtual Result<std::int64_t> count_since(UserId reporter, UnixSeconds since) = 0;
  // Replaces the whole row; not_found REPORT_UNKNOWN.
  virtual Status update(const Report& report) = 0;
  virtual Result<ReportRecord> record_of(UserId reporter) = 0;

  // What was reported is kept with the case, whatever becomes of the message. Twice is once.
  virtual Status keep_media(std::int64_t case_id, const std::vector<std::int64_t>& media) = 0;

  // Adds it, or replaces the one of this name.
  virtual Status put_flagger(const Flagger& flagger) = 0;
  virtual Result<std::optional<Flagger>> find_flagger(ByteView token) = 0;
  virtual Result<std::vector<Flagger>> flaggers() = 0;  // by name

  virtual Result<ReporterStanding> standing(UserId reporter) = 0;
  virtual Status set_standing(UserId reporter, const ReporterStanding& standing) = 0;
};

}  // namespace heliograph::store
