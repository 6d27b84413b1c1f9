#include "services/accounts/terms.h"

#include <charconv>

namespace heliograph::services {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool read_number(std::string_view text, std::int32_t min, std::int32_t max, std::int32_t& to) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to);
  return error == std::errc{} && end == text.data() + text.size() && to >= min && to <= max;
}

}  // namespace

Result<Terms> parse_terms(std::string_view file) {
  Terms terms;
  terms.version = 0;
  while (!file.empty()) {
    const auto end = file.find('\n');
    const auto line = trimmed(file.substr(0, end));
    file = end == std::string_view::npos ? std::string_view{} : file.substr(end + 1);
    if (line.empty()) break;
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    const auto value = colon == std::string_view::npos ? std::string_view{} : trimmed(line.substr(colon + 1));
    const bool known = (name == "Version" && read_number(value, 1, 1'000'000, terms.version)) ||
                       (name == "Minimum age" && read_number(value, 0, 150, terms.min_age));
    if (!known) {
      return fail(
          Error::invalid("TERMS_INVALID", "Expected \"Version: N\" or \"Minimum age: N\" before the text."));
    }
  }
  if (terms.version == 0) return fail(Error::invalid("TERMS_INVALID", "The \"Version: N\" line is missing."));
  terms.text = trimmed(file);
  if (terms.text.empty()) return fail(Error::invalid("TERMS_INVALID", "There is no text."));
  return terms;
}

}  // namespace heliograph::services
