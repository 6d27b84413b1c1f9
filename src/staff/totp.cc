#include "staff/totp.h"

#include <liboath/oath.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace heliograph::staff {

namespace {

constexpr unsigned kStepSeconds = 30;
constexpr std::size_t kDigits = 6;

bool oath_ready() {
  static const bool ready = oath_init() == OATH_OK;
  return ready;
}

std::string escaped(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
        byte == '-' || byte == '.' || byte == '_') {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

}  // namespace

std::string totp_secret_text(ByteView secret) {
  char* text = nullptr;
  std::size_t size = 0;
  if (!oath_ready() || oath_base32_encode(as_text(secret).data(), secret.size(), &text, &size) != OATH_OK)
    return {};
  const std::unique_ptr<char, decltype(&std::free)> owned(text, &std::free);
  return {text, size};
}

std::string totp_uri(std::string_view issuer, std::string_view name, ByteView secret) {
  return "otpauth://totp/" + escaped(issuer) + ":" + escaped(name) + "?secret=" + totp_secret_text(secret) +
         "&issuer=" + escaped(issuer);
}

std::optional<std::int64_t> totp_step(ByteView secret, const std::string& code, UnixSeconds now,
                                      std::int64_t last) {
  const bool digits =
      code.size() == kDigits && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || !oath_ready()) return std::nullopt;
  int position = 0;
  std::uint64_t counter = 0;
  const int found = oath_totp_validate3(as_text(secret).data(), secret.size(), now, kStepSeconds, 0, 1,
                                        &position, &counter, code.c_str());
  if (found < 0 || static_cast<std::int64_t>(counter) <= last) return std::nullopt;
  return static_cast<std::int64_t>(counter);
}

}  // namespace heliograph::staff
