// Finding people by username and number, and one's own people and chats by name. What is public is found by
// services/discovery.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/caller.h"
#include "services/environment.h"
#include "services/limits.h"

namespace heliograph::services {

// Thread-safe.
class PeopleSearch {
 public:
  static constexpr Rate username_rate{200, std::chrono::seconds(5)};
  // Each answer tells whether a number has an account.
  static constexpr Rate phone_rate{50, std::chrono::minutes(5)};
  static constexpr std::size_t global_query_min = 3;  // bytes; shorter ones search one's own only
  static constexpr std::size_t found_max = 100;

  PeopleSearch(const Environment& environment, Limits& limits) : environment_(environment), limits_(limits) {}

  // invalid USERNAME_INVALID, USERNAME_NOT_OCCUPIED; flood.
  Task<Result<Peer>> by_username(Caller caller, std::string username);
  // invalid PHONE_NOT_OCCUPIED, also where the owner does not let himself be found so; flood.
  Task<Result<UserId>> by_phone(Caller caller, std::string phone);

  // Of the caller's own: contacts, people with a dialog, groups and channels that they are in, whose name or
  // title has words that begin so, or whose username begins so. invalid SEARCH_QUERY_EMPTY.
  Task<Result<std::vector<Peer>>> own_peers(Caller caller, std::string query, std::size_t limit) const;
  // So short that only one's own are searched.
  static bool too_short(std::string_view query);

 private:
  const Environment& environment_;
  Limits& limits_;
};

}  // namespace heliograph::services
