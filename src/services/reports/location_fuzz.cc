// Where a notice from a stranger says that it is: whatever it is, either nothing or a username and a number.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "services/people/username.h"
#include "services/reports/notices.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::services;
  const auto location = parse_location({reinterpret_cast<const char*>(data), size});
  if (!location) return 0;
  if (!valid_username(location->username) || location->message.value < 0) std::abort();
  if (parse_location("@" + location->username)->username != location->username) std::abort();
  return 0;
}
