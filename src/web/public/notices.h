// Notices from people without an account (Regulation (EU) 2022/2065 Art. 16), from trusted flaggers (Art. 22)
// and orders of authorities to remove (Regulation (EU) 2021/784 Art. 3), over HTTP. docs/api/public.yaml
// describes them.
//   GET  /report                        a form
//   POST /report                        what it sends; answers with the receipt
//   GET  /report/status?receipt=...     what has become of it, for people, with its entry in the log
//   POST /api/public/notices            the same for programs; flaggers and authorities add a bearer token
//   GET  /api/public/notices/{receipt}
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/task.h"
#include "net/http.h"

namespace heliograph::web {

// All of it as it was sent, UTF-8.
struct Notice {
  std::string location;     // a link or @name: what it is about (Art. 16(2)(b))
  std::string option;       // a path of the tree of options
  std::string reason;       // why it breaks the law or the rules (Art. 16(2)(a))
  std::string name, email;  // Art. 16(2)(c); may be empty where the notice is about abuse of children
  bool good_faith = false;  // Art. 16(2)(d)
  std::string country;      // ISO 3166, may be empty
  std::string token;        // of a flagger or authority; empty: nobody
  std::string reference;    // an authority's own number for its order
  std::string client;       // the address it came from, for limits alone
};

struct NoticeReceipt {
  std::int64_t case_id = 0;
  std::string receipt;     // asks for the state; not kept in the clear anywhere
  UnixSeconds due_at = 0;  // when it ought to be decided
};

struct NoticeState {
  std::int64_t case_id = 0;
  UnixSeconds at = 0, settled_at = 0, due_at = 0;
  std::string state;  // "waiting", "upheld", "rejected"
  // What was done, as the transparency log has it: what opens its entry, and the address of the proof that it
  // is there. Empty: it is not settled, nothing was done, or it is in the log with the next batch.
  std::string opening, proof;
};

// What stands behind; implemented by app. Thread-safe.
class NoticeDesk {
 public:
  virtual ~NoticeDesk() = default;
  // Paths and words of what can be chosen.
  virtual std::vector<std::pair<std::string, std::string>> options() const = 0;
  // invalid NOTICE_*: names the field; forbidden FLAGGER_UNKNOWN; flood.
  virtual Task<Result<NoticeReceipt>> file(Notice notice) = 0;
  // not_found RECEIPT_UNKNOWN.
  virtual Task<Result<NoticeState>> state(std::string receipt) = 0;
};

// `desk` outlives the router.
void add_notice_routes(net::HttpRouter& router, NoticeDesk& desk);

}  // namespace heliograph::web
