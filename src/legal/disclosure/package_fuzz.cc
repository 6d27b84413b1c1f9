// What an authority can get: whatever goes in, nothing but a phone number and addresses comes out.
#include <algorithm>

#include "legal/disclosure/package.h"

using namespace heliograph;
using namespace heliograph::legal;

namespace {

// Every text in the answer is made of these characters, and every name is one of the schema's.
bool is_clean(std::string_view json) {
  return std::ranges::all_of(json, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("{}[]\",:._+-/=").find(c) != std::string_view::npos;
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text({data, size});
  if (const auto read = from_json(text)) {
    const auto again = to_json(read->disclosure, read->cover);
    const auto twice = from_json(again);
    if (!twice || twice->disclosure != read->disclosure || twice->cover != read->cover) __builtin_trap();
  }
  // Values from any bytes at all: what parses is all that can be in it.
  Disclosure disclosure;
  if (const auto phone = PhoneNumber::parse(text.substr(0, size / 2))) disclosure.phone = *phone;
  for (std::size_t at = 0; at + 18 <= size && at < 1800; at += 18) {
    std::array<std::uint8_t, 16> address;
    std::copy_n(data + at, 16, address.begin());
    disclosure.addresses.push_back(
        {IpAddress::of_bytes(address), load_le<std::uint16_t>(data + at + 16), 1, 2});
  }
  const auto json = to_json(disclosure, {1, 2, "example.org/ledger", Bytes(data, data + size)});
  if (!is_clean(json)) __builtin_trap();
  const auto read = from_json(json);
  if (!read || read->disclosure != disclosure) __builtin_trap();
  return 0;
}
