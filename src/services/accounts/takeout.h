// Exporting what an account has (core.telegram.org/api/takeout): which device may, and what it asked for.
//
// A device that signed in only lately has to wait: whoever phished a code must not leave with everything
// before the owner, who is told on all devices, can end that session.
#pragma once

#include "services/caller.h"
#include "services/environment.h"

namespace heliograph::services {

struct TakeoutScope {
  bool contacts = false;
  bool users = false;  // messages of private chats
  bool chats = false;  // of basic groups
  bool megagroups = false;
  bool channels = false;
  bool files = false;
  std::int64_t file_max_size = 0;  // bytes; what the client means to fetch at most
  void fields(auto& codec) { codec(contacts, users, chats, megagroups, channels, files, file_max_size); }
};

struct TakeoutRules {
  UnixSeconds delay = 86400;  // between signing in and exporting
};

// Thread-safe.
class Takeouts {
 public:
  Takeouts(Environment& environment, TakeoutRules rules) : environment_(environment), rules_(rules) {}

  // Begins a session of the caller's device, in place of one it may have; its id. Flood TAKEOUT_INIT_DELAY
  // for a device that has to wait. The account is told, of the first attempt and of the beginning.
  Task<Result<std::int64_t>> begin(Caller caller, TakeoutScope scope);
  // What the session was begun for. invalid TAKEOUT_INVALID.
  Task<Result<TakeoutScope>> find(Caller caller, std::int64_t id);
  // invalid TAKEOUT_INVALID.
  Task<Status> finish(Caller caller, std::int64_t id, bool success);

 private:
  Environment& environment_;
  const TakeoutRules rules_;
};

}  // namespace heliograph::services
