// Just enough CBOR (RFC 8949) to find one's way in what an authenticator made, and to vet it before libfido2
// reads it: its decoder sets aside what an array says it will hold. Taken are items of definite length, at
// most four levels deep, whose counts fit what is there; authenticators write no others (CTAP2 canonical
// form).
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace heliograph::staff {

// The first item's length in bytes; nullopt if it is not one that is taken.
std::optional<std::size_t> cbor_item_size(ByteView bytes);

// The byte string under this text key of a map that is all of `map`; nullopt if there is none.
std::optional<ByteView> cbor_bytes_in(ByteView map, std::string_view key);

}  // namespace heliograph::staff
