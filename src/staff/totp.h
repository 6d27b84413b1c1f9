// One-time codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds) by liboath: what somebody
// without a passkey signs in with. Safe on any thread.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"

namespace heliograph::staff {

inline constexpr std::size_t kTotpSecretBytes = 20;

// As apps take it, typed in or as a picture.
std::string totp_secret_text(ByteView secret);
std::string totp_uri(std::string_view issuer, std::string_view name, ByteView secret);

// The time step of a code that is right now or was a step ago or will be in one, and that comes after step
// `last`: no code is good twice. Nullopt: wrong.
std::optional<std::int64_t> totp_step(ByteView secret, const std::string& code, UnixSeconds now,
                                      std::int64_t last);

}  // namespace heliograph::staff
