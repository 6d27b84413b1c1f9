#include "services/bots/countries.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace heliograph::services {

namespace {

icu::UnicodeString folded_name(const icu::UnicodeString& name) {
  auto folded = name;
  return folded.trim().foldCase();
}

icu::UnicodeString name_in(const char* code, std::string_view language) {
  icu::UnicodeString name;
  icu::Locale("", code).getDisplayCountry(icu::Locale(std::string(language).c_str()), name);
  return name;
}

bool is_iso_country(std::string_view code) {
  const char* const* all = icu::Locale::getISOCountries();
  for (; *all != nullptr; ++all) {
    if (code == *all) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> country_named(std::string_view text, std::string_view language) {
  if (text.size() > 200) return std::nullopt;
  const auto given =
      folded_name(icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}));
  std::string as_code;
  icu::UnicodeString(given).toUpper(icu::Locale::getRoot()).toUTF8String(as_code);
  if (is_iso_country(as_code)) return as_code;
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    for (const auto in : {language, std::string_view("en")}) {
      if (folded_name(name_in(*code, in)) == given) return std::string(*code);
    }
  }
  return std::nullopt;
}

std::string country_name(std::string_view code, std::string_view language) {
  if (!is_iso_country(code)) return {};
  std::string name;
  name_in(std::string(code).c_str(), language).toUTF8String(name);
  return name;
}

}  // namespace heliograph::services
