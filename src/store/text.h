// How stored text is compared when people look for it: case and compatibility forms folded (NFKC_Casefold),
// and each word of the query taken as the beginning of a word of the text. Shared by all backends.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace heliograph::store {

// UTF-8 in, UTF-8 out. Invalid bytes become U+FFFD.
std::string fold(std::string_view text);

class Matcher {
 public:
  explicit Matcher(std::string_view query);
  // Every word of the query begins some word of `text`. In scripts written without spaces a word may begin
  // anywhere. A query without letters or digits (an emoji) matches where it occurs as it is. An empty query
  // matches everything. Only the first 16 words, of the first 1,024 bytes, count.
  bool matches(std::string_view text) const;

 private:
  std::vector<std::u16string> words_;
  std::u16string verbatim_;
};

}  // namespace heliograph::store
