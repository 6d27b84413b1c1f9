// Documents that somebody else says are reports: parsing takes any bytes, and what it takes it writes again.
#include <cstdlib>

#include "transparency/report.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph;
  const auto report = transparency::parse_report(as_text({data, size}));
  if (!report) return 0;
  const auto again = transparency::parse_report(transparency::to_json(*report));
  if (!again || *again != *report) std::abort();
  for (const auto& tally : report->tallies) {
    if (tally.claim.hidden.size() < 8) static_cast<void>(verify(tally.claim, {}, tally.proof));
  }
  return 0;
}
