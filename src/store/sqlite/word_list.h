// Short lists of words without spaces (languages, countries), as one column holds them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::store::sqlite {

inline std::string in_one_line(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

inline std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace heliograph::store::sqlite
