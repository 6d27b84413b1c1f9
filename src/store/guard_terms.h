// Terms that search is guarded against because people said so: what members report and the staff puts
// forward, and what became of it. The lists that the program carries are files (docs/terms.md); these come
// on top.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format: do not renumber.
enum class GuardTermState : std::uint8_t {
  proposed = 1,  // somebody is to look at it
  active = 2,    // in force
  retired = 3,   // was in force
  rejected = 4,  // never was
};

struct GuardTerm {
  std::int64_t id = 0;  // 0 on add: the store numbers it; never given out twice
  std::string text;     // as a person wrote it
  // All spellings of a term have the same (terms/canonical.h). Of those that are proposed or active, no two
  // do.
  std::string canonical;
  std::uint8_t category = 0;           // terms::Category
  std::uint8_t effect = 0;             // terms::SearchEffect; none: nobody has said
  std::string locale;                  // of the client, BCP 47; empty: any
  std::vector<std::string> countries;  // of the searcher, ISO 3166; empty: any
  UnixSeconds expires_at = 0;          // 0: never
  GuardTermState state = GuardTermState::proposed;
  std::string source;        // "report", "staff", "machine"
  std::int64_t case_id = 0;  // in which it was reported, or decided; 0: none
  std::int64_t record = 0;   // of the ledger, the last act; 0: nothing was done yet
  UnixSeconds created_at = 0;
  UnixSeconds changed_at = 0;
  StaffId changed_by;        // 0: nobody on the staff
  std::int32_t version = 0;  // counted by the store, from 1
};

struct GuardTermFilter {
  std::optional<GuardTermState> state;
  std::optional<std::uint8_t> effect, category;
  std::string locale;
  std::string part;  // of the canonical form; empty: any
};

// One step in a term's life.
struct GuardTermEvent {
  std::int64_t id = 0;  // numbered by the store
  std::int64_t term = 0;
  UnixSeconds at = 0;
  StaffId staff;            // 0: a machine, or somebody outside
  std::string what;         // "proposed", "guarded", "retired", "rejected"
  std::int64_t record = 0;  // of the ledger; 0: none
  Bytes sealed;             // why; empty: nothing was said
};

class GuardTerms {
 public:
  virtual ~GuardTerms() = default;

  // invalid TERM_KNOWN: one with this canonical form is proposed or active.
  virtual Result<std::int64_t> add(const GuardTerm& term) = 0;
  virtual Result<std::optional<GuardTerm>> find(std::int64_t id) = 0;
  // That is proposed or active.
  virtual Result<std::optional<GuardTerm>> find_canonical(std::string_view canonical) = 0;
  // Replaces the whole row, but for its version, which is one more. not_found TERM_UNKNOWN; TERM_KNOWN as
  // add().
  virtual Status update(const GuardTerm& term) = 0;
  // Newest first, those with numbers below `before`; 0: from the newest on.
  virtual Result<std::vector<GuardTerm>> list(const GuardTermFilter& filter, std::int64_t before,
                                              std::size_t limit) = 0;
  // Active ones whose time is over, the first first.
  virtual Result<std::vector<GuardTerm>> expired(UnixSeconds now, std::size_t limit) = 0;
  // A number that grows with every change to any term.
  virtual Result<std::int64_t> changes() = 0;

  virtual Status note(const GuardTermEvent& event) = 0;
  // Newest first.
  virtual Result<std::vector<GuardTermEvent>> history(std::int64_t term, std::size_t limit) = 0;
};

}  // namespace heliograph::store
