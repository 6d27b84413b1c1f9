#include "safety/enforcement/case_file.h"

#include <algorithm>

namespace heliograph::safety {

namespace {

Bytes about(const std::string& subject) {
  return to_bytes(as_bytes("cases.sealed/" + subject));
}

}  // namespace

Bytes seal_file(CaseFile file, const std::string& subject, const crypto::Sealer& sealer, Random& random) {
  return sealer.seal(encode(file), about(subject), random);
}

Bytes seal_member(CaseFile file, const store::CaseMember& member, const crypto::Sealer& sealer,
                  Random& random) {
  return sealer.seal(encode(file), about(member.subject), random);
}

Result<CaseFile> open_member(const store::CaseMember& sealed, const crypto::Sealer& sealer) {
  HG_ASSIGN(const auto bytes, sealer.open(sealed.sealed, about(sealed.subject)));
  return decode<CaseFile>(bytes);
}

Measures measures_of(const Finding& finding) {
  Measures measures{};
  for (const auto& one : finding.measured) {
    const auto found = std::ranges::find(kMeasureNames, one.measure);
    if (found != kMeasureNames.end()) {
      measures[static_cast<std::size_t>(found - kMeasureNames.begin())] = one.value;
    }
  }
  return measures;
}

std::vector<Measured> measured_of(const Measures& measures) {
  std::vector<Measured> all;
  for (std::size_t i = 0; i < kMeasureCount; ++i) {
    if (measures[i] != 0) all.push_back({std::string(kMeasureNames[i]), measures[i]});
  }
  return all;
}

Result<CaseFile> open_file(const store::Case& sealed, const crypto::Sealer& sealer) {
  HG_ASSIGN(const auto bytes, sealer.open(sealed.sealed, about(sealed.subject)));
  return decode<CaseFile>(bytes);
}

}  // namespace heliograph::safety
