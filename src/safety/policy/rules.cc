#include "safety/policy/rules.h"

#include <algorithm>
#include <charconv>

namespace heliograph::safety {

namespace {

constexpr std::size_t rules_bytes_max = 256 * 1024;
constexpr std::string_view kHeading = "## ";
constexpr std::string_view kVersion = "Version:";

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

Result<std::shared_ptr<const Rules>> Rules::parse(std::string_view markdown, std::string_view file_name) {
  auto rules = std::make_shared<Rules>();
  rules->source_ = markdown;
  std::size_t number = 0;
  const auto wrong = [&](std::string_view what) {
    return fail(Error::invalid(
        "RULES_INVALID", std::string(file_name) + ":" + std::to_string(number) + ": " + std::string(what)));
  };
  if (markdown.size() > rules_bytes_max) return wrong("the file is larger than 256 KiB");
  while (!markdown.empty()) {
    ++number;
    const auto end = markdown.find('\n');
    const auto line = trimmed(markdown.substr(0, end));
    markdown = end == markdown.npos ? std::string_view{} : markdown.substr(end + 1);
    if (line.starts_with(kHeading)) {
      const auto open = line.rfind('(');
      if (open == line.npos || !line.ends_with(')')) return wrong("a clause is \"## Title (id)\"");
      Clause clause;
      clause.id = line.substr(open + 1, line.size() - open - 2);
      clause.title = trimmed(line.substr(kHeading.size(), open - kHeading.size()));
      if (!is_id(clause.id)) return wrong("an id has small letters, digits and -, at most 40");
      if (clause.title.empty()) return wrong("the clause has no title");
      if (rules->find(clause.id) != nullptr) return wrong("there is another clause with this id");
      rules->clauses_.push_back(std::move(clause));
    } else if (!rules->clauses_.empty()) {
      if (line.empty()) continue;
      auto& text = rules->clauses_.back().text;
      if (!text.empty()) text += ' ';
      text += line;
    } else if (line.starts_with(kVersion)) {
      const auto value = trimmed(line.substr(kVersion.size()));
      const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), rules->version_);
      if (error != std::errc{} || stop != value.data() + value.size() || rules->version_ < 1) {
        return wrong("Version must be a whole number from 1 on");
      }
    }
  }
  if (rules->version_ == 0) return wrong("there is no line \"Version: N\"");
  for (const auto& clause : rules->clauses_) {
    if (clause.text.empty()) return wrong("the clause " + clause.id + " says nothing");
  }
  return std::shared_ptr<const Rules>(std::move(rules));
}

const Clause* Rules::find(std::string_view id) const {
  const auto found = std::ranges::find(clauses_, id, &Clause::id);
  return found == clauses_.end() ? nullptr : &*found;
}

}  // namespace heliograph::safety
