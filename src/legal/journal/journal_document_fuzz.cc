// Documents of the journal's ceremony and of unsealing, as officers' machines and the server read them.
#include "legal/journal/ceremony.h"
#include "legal/journal/question.h"

using namespace heliograph;
using namespace heliograph::legal;

namespace {

// What is read is written back the same.
template <typename Document>
void read_back(std::string_view text) {
  const auto read = Document::parse(text);
  if (read && read->encode() != text) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text({data, size});
  read_back<CeremonyPlan>(text);
  read_back<Seat>(text);
  read_back<Deal>(text);
  read_back<Confirmation>(text);
  read_back<JournalKey>(text);
  read_back<LockedSecret>(text);
  read_back<Question>(text);
  read_back<Contribution>(text);
  static const crypto::Point key = crypto::Point::base(crypto::Scalar::of(7));
  static_cast<void>(check_row(key, {}, {data, size}));
  static_cast<void>(IpAddress::parse(text));
  return 0;
}
