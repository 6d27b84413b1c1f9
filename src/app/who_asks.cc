#include "app/who_asks.h"

#include <fmt/format.h>

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

namespace heliograph::app {

std::string who_asks() {
  const auto uid = ::getuid();
  const auto* entry = ::getpwuid(uid);
  auto who = fmt::format("{} (uid {})", entry != nullptr ? entry->pw_name : "nobody known", uid);
  if (const char* before = std::getenv("SUDO_USER"); before != nullptr && uid == 0) {
    who += fmt::format(", by sudo from {}", before);
  }
  return who;
}

}  // namespace heliograph::app
