// Any bytes as a text: the canonical form is bounded, its maps point into the original, and it can be
// scanned.
#include "base/assert.h"
#include "terms/term_set.h"

using namespace heliograph;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto set = [] {
    std::vector<terms::TermList> lists;
    lists.push_back(
        *terms::parse_terms("version: 1\ncategory: spam\nweed\nbuy now\nab* :: near=c\ncd :: group=c\n"
                            "кокаин\n/a[0-9]{1,3}b/\nsst :: kind=substring\n",
                            "fuzz.terms"));
    return *terms::TermSet::build(std::move(lists), 0);
  }();
  static terms::Canonical canonical;
  static terms::TermScratch scratch;
  static std::vector<terms::TermHit> hits;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  terms::canonicalise(text, canonical);
  HG_ASSERT(canonical.text.size() <= 20 * size && canonical.letters.size() <= 6 * size);
  HG_ASSERT(canonical.letter_at.size() == canonical.skeleton.size());
  HG_ASSERT(canonical.origin_at.size() == canonical.plain.size());
  std::uint32_t before = 0;
  for (const auto& letter : canonical.letters) {
    HG_ASSERT(letter.begin >= before && letter.begin < letter.end && letter.end <= size);
    HG_ASSERT(letter.word <= canonical.words);
    before = letter.begin;
  }
  set->scan(canonical, scratch, hits);
  for (const auto& hit : hits) HG_ASSERT(hit.begin < hit.end && hit.end <= size);
  return 0;
}
