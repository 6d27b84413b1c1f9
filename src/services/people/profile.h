// What people say about themselves: names, the few words about them, username, birthday.
#pragma once

#include <optional>
#include <string>

#include "services/caller.h"
#include "services/environment.h"
#include "services/limits.h"
#include "services/people/users.h"

namespace heliograph::services {

// Thread-safe.
class Profile {
 public:
  static constexpr std::size_t about_max = 70;  // characters

  // Each change is told to hundreds of people.
  static constexpr Rate rate{20, std::chrono::seconds(30)};

  Profile(const Environment& environment, Users& users, Limits& limits)
      : environment_(environment), users_(users), limits_(limits) {}

  struct Change {  // what is not set stays
    std::optional<std::string> first_name;
    std::optional<std::string> last_name;
    std::optional<std::string> about;
  };
  // Each of these three: flood FLOOD_WAIT.
  // invalid FIRSTNAME_INVALID, LASTNAME_INVALID, ABOUT_TOO_LONG, ABOUT_INVALID.
  Task<Status> update(Caller caller, Change change);

  // Whether the caller could take it. invalid USERNAME_INVALID.
  Task<Result<bool>> username_free(Caller caller, std::string username);
  // Empty takes it off. invalid USERNAME_INVALID, USERNAME_OCCUPIED, USERNAME_NOT_MODIFIED.
  Task<Status> set_username(Caller caller, std::string username);

  // invalid BIRTHDAY_INVALID.
  Task<Status> set_birthday(Caller caller, std::optional<Birthday> birthday);

 private:
  const Environment& environment_;
  Users& users_;
  Limits& limits_;
};

}  // namespace heliograph::services
