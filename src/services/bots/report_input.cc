#include "services/bots/report_input.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>

namespace heliograph::services {

namespace {

constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view appeal_prefix = "appeal_";
constexpr std::size_t parameter_max = 64;  // of a link

template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number{};
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

// None: not base64url, or not in its shortest form.
std::optional<std::string> from_base64url(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    const auto digit = base64url.find(c);
    if (digit == base64url.npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out.push_back(static_cast<char>(bits >> have & 0xff));
  }
  if (have >= 6 || (bits & ((1U << have) - 1)) != 0) return std::nullopt;
  return out;
}

std::string to_base64url(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    bits = bits << 8 | static_cast<std::uint8_t>(c);
    have += 8;
    while (have >= 6) {
      have -= 6;
      out.push_back(base64url[bits >> have & 0x3f]);
    }
  }
  if (have > 0) out.push_back(base64url[bits << (6 - have) & 0x3f]);
  return out;
}

bool is_plain_text(std::string_view text) {
  const auto size = static_cast<std::int32_t>(text.size());
  bool letters = false;
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c < 0x20 || c == 0x7f) return false;
    letters = letters || c != ' ';
  }
  return letters;
}

}  // namespace

ReportStart parse_report_start(std::string_view parameter) {
  ReportStart start;
  if (parameter == "show") {
    start.kind = ReportStart::Kind::show;
  } else if (parameter.starts_with(appeal_prefix)) {
    const auto number = parse_case_number(parameter.substr(appeal_prefix.size()));
    if (!number) return start;
    start.kind = ReportStart::Kind::appeal;
    start.case_id = *number;
  } else if (auto term = from_base64url(parameter); term && is_plain_text(*term)) {
    start.kind = ReportStart::Kind::term;
    start.term = std::move(*term);
  }
  return start;
}

std::string report_start_for(std::string_view term) {
  auto parameter = to_base64url(term);
  // Words that would read as something else have no link.
  if (parameter.size() > parameter_max || parse_report_start(parameter).term != term) return {};
  return parameter;
}

std::string appeal_start_for(std::int64_t case_id) {
  return std::string(appeal_prefix) + std::to_string(case_id);
}

std::string appeal_link_for(std::int64_t case_id) {
  return "tg://resolve?domain=searchreport&start=" + appeal_start_for(case_id);
}

Bytes button_data(const ReportPress& press) {
  std::string data(1, static_cast<char>(press.kind));
  data += ':' + std::to_string(press.talk) + ':' + std::to_string(press.value) + ':' + press.text;
  return to_bytes(as_bytes(data));
}

std::optional<ReportPress> parse_press(ByteView data) {
  constexpr std::string_view kinds = "clsyxpg";
  std::string_view rest = as_text(data);
  if (rest.size() < 2 || kinds.find(rest[0]) == kinds.npos || rest[1] != ':') return std::nullopt;
  ReportPress press;
  press.kind = static_cast<ReportPress::Kind>(rest[0]);
  rest.remove_prefix(2);
  const auto first = rest.find(':');
  const auto second = first == rest.npos ? rest.npos : rest.find(':', first + 1);
  if (second == rest.npos) return std::nullopt;
  const auto talk = whole_number<std::int64_t>(rest.substr(0, first));
  const auto value = whole_number<std::int32_t>(rest.substr(first + 1, second - first - 1));
  if (!talk || !value || *talk < 0 || *value < 0) return std::nullopt;
  press.talk = *talk;
  press.value = *value;
  press.text = rest.substr(second + 1);
  const bool small = std::ranges::all_of(press.text, [](char c) { return c >= 'a' && c <= 'z'; });
  if (!small || press.text.size() > 2) return std::nullopt;
  return press;
}

std::optional<std::int64_t> parse_case_number(std::string_view text) {
  const auto first = text.find_first_of("0123456789");
  if (first == text.npos || first > 8) return std::nullopt;
  text.remove_prefix(first);
  while (text.ends_with(' ') || text.ends_with('.')) text.remove_suffix(1);
  const auto number = whole_number<std::int64_t>(text);
  if (!number || *number <= 0) return std::nullopt;
  return number;
}

}  // namespace heliograph::services
