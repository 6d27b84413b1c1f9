// What the first-stage text model looks at: hashed words, pairs of words and character n-grams of the plain
// canonical form, and a few facts (a link, a mention, a price). Training (models/train) and the server use
// this one function, so that they cannot differ. A change here needs a new model: kFeatureVersion is checked
// when a model is loaded.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "terms/canonical.h"

namespace heliograph::safety {

inline constexpr std::uint32_t kFeatureVersion = 4;
inline constexpr std::uint32_t kFeatureBits = 19;
// Of a longer text the first features count; a message holds 4096 characters, about half of this.
inline constexpr std::size_t kFeaturesMost = 32'768;

// Replaces `features` with numbers below 2^kFeatureBits, each once, in no order. Reuses the buffers of
// `features` and of the calling thread. Linear in the text.
void extract_features(const terms::Canonical& text, std::vector<std::uint32_t>& features);

}  // namespace heliograph::safety
