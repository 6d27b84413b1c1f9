// The mark of accounts, channels and supergroups that are who they say they are, as the staff has found out.
// Clients show it, and search prefers who bears it. It is the name's: who changes their name or username
// loses it, until somebody has looked again.
#pragma once

#include "services/environment.h"

namespace heliograph::services {

// Thread-safe.
class Verification {
 public:
  explicit Verification(const Environment& environment) : environment_(environment) {}

  // Nothing changes where it is so already. not_found MEMBER_UNKNOWN; invalid NOT_PUBLIC: without a username.
  Task<Status> member(UserId user, bool verified) const;
  // A channel or supergroup. not_found CHAT_UNKNOWN; invalid NOT_PUBLIC.
  Task<Status> chat(Peer peer, bool verified) const;

 private:
  const Environment& environment_;
};

}  // namespace heliograph::services
