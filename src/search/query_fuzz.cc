// What a stranger searches for. Whatever it is, it becomes a few clauses of bounded size.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "search/guard.h"
#include "search/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::search;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto clauses = parse(text);
  if (clauses.size() > clauses_max) std::abort();
  for (const auto& clause : clauses) {
    if (clause.texts.empty() || clause.texts.size() > 16) std::abort();
    for (const auto& part : clause.texts) {
      // A tag may be 64 UTF-16 units, everything else 64 bytes.
      if (part.empty() || part.size() > 200 || part.find(' ') != std::string::npos) std::abort();
      static_cast<void>(without_accents(part));
      static_cast<void>(parts(part));
    }
  }
  static_cast<void>(analyze(text, 65'536, 20'000));
  static_cast<void>(Guard().pass(Query{.text = std::string(text)}, {}));
  return 0;
}
