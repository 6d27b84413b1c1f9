// Values whose TL type changed between layers while their meaning did not: the C++ struct has the newer,
// boxed form. Private to src/tl.
//   string <-> TextWithEntities (entities are lost towards the older layer)
//   long   <-> Peer             (only users can be expressed in the older layer)
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tl/box.h"

namespace heliograph::tl {

AnyBox text_box(std::string text);
AnyBox user_box(std::int64_t user_id);
// Nullptr or nothing if the box holds something else, or nothing.
const std::string* text_of(const AnyBox& box);
std::optional<std::int64_t> user_of(const AnyBox& box);

}  // namespace heliograph::tl
