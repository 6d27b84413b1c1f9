// JSON lines with "text" on standard input -> a line of feature numbers each on standard output, so that
// training sees exactly what the server sees. With --plain the canonical form is printed instead.
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "safety/scan/features.h"

using namespace heliograph;

int main(int argc, char** argv) {
  const bool plain = argc > 1 && std::string_view(argv[1]) == "--plain";
  std::ios::sync_with_stdio(false);
  terms::Canonical canonical;
  std::vector<std::uint32_t> features;
  std::string line, out;
  while (std::getline(std::cin, line)) {
    const auto row = nlohmann::json::parse(line, nullptr, false);
    if (row.is_discarded() || !row.contains("text") || !row["text"].is_string()) {
      std::cerr << "a line is no JSON object with a text\n";
      return 1;
    }
    terms::canonicalise(row["text"].get<std::string>(), canonical);
    out.clear();
    if (plain) {
      out = canonical.plain;
      for (auto& c : out) {
        if (c == '\n') c = ' ';
      }
    } else {
      safety::extract_features(canonical, features);
      for (const auto feature : features) {
        out += std::to_string(feature);
        out += ' ';
      }
    }
    out += '\n';
    std::cout << out;
  }
  return 0;
}
