// The encoder's weights, for tests: 72 MB that are not in the repository.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "encoder/encoder.h"

namespace heliograph::encoder {

// Where ./test puts them. Fails where they are not: a test that is left out would look like one that passes.
inline const Bytes& weights_for_tests() {
  static const Bytes bytes = [] {
    std::ifstream in(HELIOGRAPH_WEIGHTS "/multilingual-e5-small.q4", std::ios::binary);
    Bytes read{std::istreambuf_iterator<char>(in), {}};
    if (read.empty()) ADD_FAILURE() << "no weights: run models/fetch.sh build/weights encoder";
    return read;
  }();
  return bytes;
}

// Null where they are not there.
inline std::shared_ptr<const Encoder> encoder_for_tests() {
  static const auto encoder = [] {
    auto parsed = Encoder::parse(weights_for_tests());
    if (!parsed) ADD_FAILURE() << parsed.error().message;
    return parsed ? *parsed : nullptr;
  }();
  return encoder;
}

}  // namespace heliograph::encoder
