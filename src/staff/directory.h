// The staff as the console shows and changes it: members.h over a store. Thread-safe. Errors: those of
// members.h and of the store.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "staff/members.h"
#include "store/store.h"

namespace heliograph::staff {

struct MemberFacts {
  store::StaffMember member;
  bool has_passkey = false;
  bool has_token = false;  // of a program, still good
  UnixSeconds seen_at = 0;
};

// What is absent stays as it is.
struct MemberChange {
  std::optional<Role> role;
  std::optional<std::vector<std::string>> languages;
  std::optional<std::uint32_t> categories;
};

// With the link's token; see members.h.
struct Invited {
  MemberFacts facts;
  std::string token;
  UnixSeconds expires_at = 0;
};

class Directory {
 public:
  Directory(store::Store& store, const Clock& clock, Random& random)
      : store_(store), clock_(clock), random_(random) {}

  // By name, those who left last.
  Task<Result<std::vector<MemberFacts>>> list();
  // Also of those who left.
  Task<Result<std::map<StaffId, std::string>>> names();
  // `by`: who does it. invalid OWN_ROLE, OWN_ACCOUNT: nobody changes their own role or takes themselves off.
  Task<Result<Invited>> add(StaffId by, std::string name, Role role, MemberChange skills);
  Task<Result<MemberFacts>> change(StaffId by, StaffId id, MemberChange change);
  Task<Result<Invited>> renew(StaffId by, StaffId id);
  Task<Result<MemberFacts>> disable(StaffId by, StaffId id, std::string reason);

  // A person's own; `settings` as the console writes them.
  Task<Result<store::StaffMember>> set_settings(StaffId id, std::string settings, std::uint32_t opt_outs);

  Task<Result<std::vector<store::StaffRead>>> reads(store::StaffReadFilter filter, std::int64_t before,
                                                    std::size_t limit);
  // Before what was asked for is answered.
  Task<Status> record_read(store::StaffRead read);

 private:
  template <typename Body>
  Task<Result<MemberFacts>> changed(StaffId by, StaffId id, Body body);

  store::Store& store_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace heliograph::staff
