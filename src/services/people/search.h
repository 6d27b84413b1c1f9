// Finding people: by username, by number, by name.
#pragma once

#include <string>
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
  static constexpr std::size_t global_query_min = 3;  // characters; shorter ones search one's own people only
  static constexpr std::size_t found_max = 100;

  PeopleSearch(const Environment& environment, Limits& limits) : environment_(environment), limits_(limits) {}

  // invalid USERNAME_INVALID, USERNAME_NOT_OCCUPIED; flood.
  Task<Result<Peer>> by_username(Caller caller, std::string username);
  // invalid PHONE_NOT_OCCUPIED, also where the owner does not let himself be found so; flood.
  Task<Result<UserId>> by_phone(Caller caller, std::string phone);

  struct Found {
    std::vector<UserId> mine;    // contacts and people with a dialog
    std::vector<UserId> global;  // others, who have made themselves public with a username
  };
  // invalid SEARCH_QUERY_EMPTY.
  Task<Result<Found>> by_name(Caller caller, std::string query, std::size_t limit);

 private:
  const Environment& environment_;
  Limits& limits_;
};

}  // namespace heliograph::services
