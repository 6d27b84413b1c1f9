#include "safety/enforcement/case_file.h"

namespace heliograph::safety {

namespace {

Bytes about(const std::string& subject) {
  return to_bytes(as_bytes("cases.sealed/" + subject));
}

}  // namespace

Bytes seal_file(CaseFile file, const std::string& subject, const crypto::Sealer& sealer, Random& random) {
  return sealer.seal(encode(file), about(subject), random);
}

Result<CaseFile> open_file(const store::Case& sealed, const crypto::Sealer& sealer) {
  HG_ASSIGN(const auto bytes, sealer.open(sealed.sealed, about(sealed.subject)));
  return decode<CaseFile>(bytes);
}

}  // namespace heliograph::safety
