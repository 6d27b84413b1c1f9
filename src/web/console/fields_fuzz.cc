// Bodies of the console's HTTP API: parsed, and read as what browsers send with passkeys.
#include "web/console/console.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph;
  using namespace heliograph::web;
  const auto body = parse_body(as_text({data, size}));
  if (!body) return 0;
  std::string at_fault;
  static_cast<void>(registration_in(*body, at_fault, ""));
  static_cast<void>(assertion_in(*body, at_fault, "passkey."));
  Fields fields(*body, at_fault);
  static_cast<void>(fields.text("name", 1, 64));
  static_cast<void>(fields.number_if("days", 1, 3650));
  static_cast<void>(fields.categories_if("categories"));
  static_cast<void>(fields.texts_if("languages", 10, 35));
  static_cast<void>(fields.done());
  return 0;
}
