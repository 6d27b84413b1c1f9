// What an agency's officer sends: a form as JSON, and the identifier in it. And what anybody sends who
// applies for an agency.
#include "services/legal/legal_people.h"
#include "web/portal/application_json.h"
#include "web/portal/form_json.h"

using namespace heliograph;
using namespace heliograph::web;

namespace {

// What was taken is written as it was, and the desk takes it, but for characters that no line has.
void look_at_application(const Json& body) {
  std::string at_fault;
  Fields fields(body, at_fault);
  const auto form = application_in(fields);
  if (!fields.done() || !legal::check_application(form)) return;
  const auto json = application_json(form);
  Fields again(json, at_fault);
  const auto twice = application_in(again);
  if (!again.done() || encode(twice) != encode(form)) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text({data, size});
  if (const auto parts = services::parse_legal_link(text); parts && parts->message < 0) __builtin_trap();
  const auto body = parse_body(text);
  if (!body) return 0;
  look_at_application(*body);
  std::string at_fault;
  Fields fields(*body, at_fault);
  const auto form = form_in(fields);
  if (!fields.done()) return 0;
  if (!legal::check_form(form, legal::Type::epoc, 366, 1'800'000'000)) return 0;
  // What was taken is written as it was, and is asked for a bounded time that has been.
  if (form.wants_addresses && form.to - form.from > 366 * UnixSeconds{86'400}) __builtin_trap();
  const auto json = form_json(form);
  Fields again(json, at_fault);
  const auto twice = form_in(again);
  if (!again.done() || encode(twice) != encode(form)) __builtin_trap();
  return 0;
}
