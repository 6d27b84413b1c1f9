// What a stranger searches for, against what a stranger has written.
#include <fuzzer/FuzzedDataProvider.h>

#include "store/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider input(data, size);
  const auto query = input.ConsumeRandomLengthString(2048);
  const auto text = input.ConsumeRemainingBytesAsString();
  const heliograph::store::Matcher matcher(query);
  static_cast<void>(matcher.matches(text));
  static_cast<void>(heliograph::store::fold(text));
  return 0;
}
