// Base64 for URLs without padding (RFC 4648, 5), as WebAuthn has it: one spelling a value, no other accepted.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"

namespace heliograph::staff {

std::string to_base64url(ByteView bytes);
std::optional<Bytes> from_base64url(std::string_view text);

}  // namespace heliograph::staff
