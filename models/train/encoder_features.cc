// heliograph_encoder_features WEIGHTS: what the encoder says of texts, for models/train/second.py. Reads a
// JSON object a line with its "text", writes the features of the first window of its canonical form, which is
// what the program reads (src/app/encoder_judge.cc), for each: f32, little-endian.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "encoder/head.h"
#include "terms/canonical.h"

using namespace heliograph;

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream in(argv[1], std::ios::binary);
  const Bytes file{std::istreambuf_iterator<char>(in), {}};
  const auto encoder = encoder::Encoder::parse(file);
  if (!encoder) {
    std::fprintf(stderr, "%s\n", encoder.error().message.c_str());
    return 2;
  }
  terms::Canonical canonical;
  for (std::string line; std::getline(std::cin, line);) {
    const auto text = nlohmann::json::parse(line)["text"].get<std::string>();
    terms::canonicalise(text, canonical);
    const auto found = encoder::Head::features(**encoder, (*encoder)->windows(canonical.text).front());
    if (std::fwrite(found.data(), sizeof(float), found.size(), stdout) != found.size()) return 1;
  }
  return 0;
}
