#include "web/console/fields.h"

#include <algorithm>

namespace heliograph::web {

namespace {

constexpr int kDepthMax = 16;

// Before it is parsed: what is nested deep costs more to hold than it did to send.
bool too_deep(std::string_view body) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDepthMax) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

std::string between(std::int64_t least, std::int64_t most) {
  return std::to_string(least) + " to " + std::to_string(most);
}

}  // namespace

Result<Json> parse_body(std::string_view body) {
  const auto refused = [] {
    return fail(
        Error::invalid("BODY_INVALID", "The body must be one JSON object, as docs/api/console.yaml says."));
  };
  if (body.empty()) return Json::object();
  if (too_deep(body)) return refused();
  auto parsed = Json::parse(body.begin(), body.end(), nullptr, false);
  if (!parsed.is_object()) return refused();
  return parsed;
}

Fields::Fields(const Json& object, std::string& at_fault, std::string path)
    : object_(object), at_fault_(at_fault), path_(std::move(path)) {}

void Fields::refuse(const char* key, std::string_view must) {
  if (error_) return;
  at_fault_ = path_ + key;
  error_ = Error::invalid("FIELD_INVALID", at_fault_ + " must be " + std::string(must) + ".");
}

const Json* Fields::find(const char* key, bool needed) {
  read_.insert(key);
  const auto at = object_.find(key);
  if (at != object_.end() && !at->is_null()) return &*at;
  if (needed) refuse(key, "there");
  return nullptr;
}

std::string Fields::text(const char* key, std::size_t least, std::size_t most) {
  if (find(key, true) == nullptr) return {};
  return text_if(key, least, most).value_or(std::string());
}

std::optional<std::string> Fields::text_if(const char* key, std::size_t least, std::size_t most) {
  const auto* value = find(key, false);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) {
    const auto& text = value->get_ref<const std::string&>();
    const auto length = characters(text);
    if (length >= least && length <= most) return text;
  }
  refuse(key, "a text of " + std::to_string(least) + " to " + std::to_string(most) + " characters");
  return std::nullopt;
}

std::int64_t Fields::number(const char* key, std::int64_t least, std::int64_t most) {
  if (find(key, true) == nullptr) return 0;
  return number_if(key, least, most).value_or(0);
}

std::optional<std::int64_t> Fields::number_if(const char* key, std::int64_t least, std::int64_t most) {
  const auto* value = find(key, false);
  if (value == nullptr) return std::nullopt;
  const bool fits = !value->is_number_unsigned() || value->get<std::uint64_t>() <= INT64_MAX;
  if (value->is_number_integer() && fits) {
    const auto number = value->get<std::int64_t>();
    if (number >= least && number <= most) return number;
  }
  refuse(key, "a whole number from " + between(least, most));
  return std::nullopt;
}

bool Fields::flag(const char* key) {
  if (find(key, true) == nullptr) return false;
  return flag_if(key).value_or(false);
}

std::optional<bool> Fields::flag_if(const char* key) {
  const auto* value = find(key, false);
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  refuse(key, "true or false");
  return std::nullopt;
}

std::optional<std::vector<std::string>> Fields::texts_if(const char* key, std::size_t count_most,
                                                         std::size_t most) {
  const auto* value = find(key, false);
  if (value == nullptr) return std::nullopt;
  std::vector<std::string> out;
  bool right = value->is_array() && value->size() <= count_most;
  for (std::size_t i = 0; right && i < value->size(); ++i) {
    const auto& item = (*value)[i];
    right = item.is_string() && characters(item.get_ref<const std::string&>()) <= most;
    if (right) out.push_back(item.get<std::string>());
  }
  if (right) return out;
  refuse(key, "a list of at most " + std::to_string(count_most) + " texts");
  return std::nullopt;
}

std::optional<std::uint32_t> Fields::categories_if(const char* key) {
  const auto names = texts_if(key, terms::kCategoryCount, 64);
  if (!names) return std::nullopt;
  std::uint32_t bits = 0;
  for (const auto& name : *names) {
    const auto category = terms::category_of(name);
    if (!category) return refuse(key, "a list of categories of harm"), std::nullopt;
    bits |= 1U << static_cast<unsigned>(*category);
  }
  return bits;
}

const Json* Fields::object(const char* key, bool needed) {
  const auto* value = find(key, needed);
  if (value == nullptr || value->is_object()) return value;
  refuse(key, "an object");
  return nullptr;
}

const Json* Fields::list(const char* key, std::size_t least, std::size_t most) {
  const auto* value = find(key, true);
  if (value == nullptr || (value->is_array() && value->size() >= least && value->size() <= most))
    return value;
  refuse(key, "a list of " + std::to_string(least) + " to " + std::to_string(most) + " items");
  return nullptr;
}

Status Fields::done() {
  for (const auto& [key, value] : object_.items()) {
    if (error_ || pass_over_) break;
    if (read_.contains(key)) continue;
    at_fault_ = path_ + key.substr(0, 64);
    error_ = Error::invalid("FIELD_UNKNOWN", "There is no field of this name here.");
  }
  if (error_) return fail(*error_);
  return {};
}

bool is_language(const std::string& text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto first = std::min(text.find('-'), text.size());
  return first >= 2 && first <= 3 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(first), letter) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || c == '-' || (c >= '0' && c <= '9'); });
}

Json category_names(std::uint32_t bits) {
  auto names = Json::array();
  for (std::size_t i = 0; i < terms::kCategoryCount; ++i) {
    if ((bits >> i & 1U) != 0) names.push_back(terms::kCategoryNames[i]);
  }
  return names;
}

}  // namespace heliograph::web
