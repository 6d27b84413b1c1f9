// Notices from people without an account, from trusted flaggers, and orders of authorities: about what is
// public.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "safety/cases/intake.h"
#include "safety/cases/options.h"
#include "services/environment.h"
#include "services/limits.h"

namespace heliograph::services {

// What a link or a name in a notice names: "@news", "t.me/news/12", "https://HOST/news/12",
// "tg://resolve?domain=news&post=12".
struct NoticeLocation {
  std::string username;
  MessageId message;  // 0: the whole
  bool operator==(const NoticeLocation&) const = default;
};
// None: it is none of these.
std::optional<NoticeLocation> parse_location(std::string_view text);
// What anybody can see there, as it is now. invalid NOTICE_LOCATION_UNKNOWN: nothing.
Result<safety::Reported> reported_at(store::Tx& tx, const NoticeLocation& location, UnixSeconds now);

struct PublicNotice {
  std::string location, option, reason, name, email, country;
  bool good_faith = false;
  std::string token;      // of a flagger or authority
  std::string reference;  // an authority's own number
  std::string client;     // the address it came from: for limits alone, never stored
};

struct NoticeFiled {
  std::int64_t case_id = 0;
  std::string receipt;
  UnixSeconds due_at = 0;
};

struct NoticeOutcome {
  std::int64_t case_id = 0;
  store::ReportState state = store::ReportState::waiting;
  UnixSeconds at = 0, settled_at = 0, due_at = 0;
  std::int64_t record = 0;  // of the ledger, of what was done; 0: it is not settled, or nothing was done
};

// Thread-safe.
class Notices {
 public:
  static constexpr Rate address_rate{10, std::chrono::minutes(10)};
  static constexpr Rate flagger_rate{1000, std::chrono::seconds(1)};

  Notices(const Environment& environment, Limits& limits);

  const safety::ReportOptions& options() const { return *options_; }
  // Regulation (EU) 2022/2065 Art. 16(2) says what has to be there: invalid NOTICE_LOCATION_INVALID (no link
  // or name), NOTICE_LOCATION_UNKNOWN (nothing public there), NOTICE_OPTION_INVALID, NOTICE_REASON_MISSING,
  // NOTICE_CONTACT_MISSING (name or address; not asked where it is about abuse of children),
  // NOTICE_GOOD_FAITH_MISSING, NOTICE_COUNTRY_INVALID; forbidden FLAGGER_UNKNOWN (the token); flood.
  Task<Result<NoticeFiled>> file(PublicNotice notice);
  // not_found RECEIPT_UNKNOWN.
  Task<Result<NoticeOutcome>> outcome(std::string receipt) const;

 private:
  const Environment& environment_;
  Limits& limits_;
  safety::Intake intake_;
  std::shared_ptr<const safety::ReportOptions> options_;
};

}  // namespace heliograph::services
