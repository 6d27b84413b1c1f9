#include "services/people/status.h"

namespace heliograph::services {

namespace {
constexpr UnixSeconds day = 24 * 60 * 60;
}

UserStatus exact_status(UnixSeconds seen_until, UnixSeconds now) {
  if (seen_until <= 0) return {UserStatus::Kind::long_ago};
  return {seen_until > now ? UserStatus::Kind::online : UserStatus::Kind::offline, seen_until};
}

UserStatus approximate_status(UnixSeconds seen_until, UnixSeconds now, bool by_me) {
  const auto away = now - seen_until;
  if (seen_until <= 0 || away > 30 * day) return {UserStatus::Kind::long_ago};
  if (away > 7 * day) return {UserStatus::Kind::last_month, 0, by_me};
  if (away > 3 * day) return {UserStatus::Kind::last_week, 0, by_me};
  return {UserStatus::Kind::recently, 0, by_me};
}

}  // namespace heliograph::services
