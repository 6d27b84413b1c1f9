// Any bytes as a term list: refused or usable, never more.
#include "terms/term_set.h"

using namespace heliograph;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto list =
      terms::parse_terms({reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 4096)}, "f.terms");
  if (!list) return 0;
  std::vector<terms::TermList> lists;
  lists.push_back(std::move(*list));
  const auto set = terms::TermSet::build(std::move(lists), 0);
  if (!set) return 0;
  terms::Canonical canonical;
  terms::TermScratch scratch;
  std::vector<terms::TermHit> hits;
  terms::canonicalise("buy 2 grams of snow from @shop", canonical);
  (*set)->scan(canonical, scratch, hits);
  return 0;
}
