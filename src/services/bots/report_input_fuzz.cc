// Any bytes as the parameter of a link and as the data of a button: what is taken is written the same way
// again, and what a parameter names is text.
#include "base/assert.h"
#include "services/bots/report_input.h"
#include "services/chats/text.h"

namespace {
using namespace heliograph;
using namespace heliograph::services;
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto text = as_text(bytes);
  const auto start = parse_report_start(text);
  if (start.kind == ReportStart::Kind::term) {
    HG_ASSERT(utf16_length(start.term) > 0);
    HG_ASSERT(size > 64 || report_start_for(start.term) == text);
  }
  HG_ASSERT((start.kind == ReportStart::Kind::appeal) == (start.case_id > 0));
  if (const auto press = parse_press(bytes)) HG_ASSERT(parse_press(button_data(*press)) == press);
  if (const auto number = parse_case_number(text)) HG_ASSERT(*number > 0);
  return 0;
}
