#include "web/console/pages.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/day.h"
#include "crypto/hash.h"

namespace heliograph::web {

namespace {

constexpr store::Day kDaysUnasked = 30;
constexpr store::Day kDaysMost = 366;
constexpr std::size_t kPage = 50;
constexpr std::int64_t kPageMax = 200;
constexpr std::size_t kMarkBytes = 4;
constexpr std::int64_t kCursorMost = std::numeric_limits<std::int64_t>::max();

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

void Query::refuse(const char* key, std::string_view must) {
  if (error_) return;
  call_.at_fault = key;
  error_ = Error::invalid("FIELD_INVALID", std::string(key) + " must be " + std::string(must) + ".");
}

std::optional<std::string> Query::text(const char* key, std::size_t most) {
  auto value = call_.request.query_value(key);
  if (!value || value->empty()) return std::nullopt;
  if (value->size() > most) return refuse(key, "shorter"), std::nullopt;
  filter_ += std::string(key) + "=" + *value + "\n";
  return value;
}

std::optional<std::uint32_t> Query::categories(const char* key) {
  const auto wanted = std::string(key) + "=";
  std::optional<std::uint32_t> bits;
  std::string_view rest = call_.request.query;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('&'), rest.size());
    const auto pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!pair.starts_with(wanted) || pair.size() == wanted.size()) continue;
    const auto category = terms::category_of(pair.substr(wanted.size()));
    if (!category) return refuse(key, "a category of harm"), std::nullopt;
    bits = bits.value_or(0) | 1U << static_cast<unsigned>(*category);
  }
  if (bits) filter_ += wanted + std::to_string(*bits) + "\n";
  return bits;
}

std::optional<std::int64_t> Query::number(const char* key, std::int64_t least, std::int64_t most) {
  const auto value = text(key, 20);
  if (!value) return std::nullopt;
  const auto number = whole_number(*value);
  if (number && *number >= least && *number <= most) return number;
  refuse(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

std::pair<store::Day, store::Day> Query::days() {
  const auto day_in = [this](const char* key) -> std::optional<store::Day> {
    const auto value = text(key, 10);
    if (!value) return std::nullopt;
    const auto at = parse_day(*value);
    if (!at) return refuse(key, "a day, like 2026-11-28"), std::nullopt;
    return store::day_of(*at);
  };
  const auto to = day_in("to").value_or(store::day_of(call_.now));
  const auto from = day_in("from").value_or(to - kDaysUnasked + 1);
  if (from > to || to - from >= kDaysMost) refuse("from", "before `to`, by less than 366 days");
  return {from, to};
}

std::size_t Query::limit() {
  const auto filter = filter_;
  const auto asked = number("limit", 1, kPageMax);
  filter_ = filter;  // pages may differ in length
  return asked ? static_cast<std::size_t>(*asked) : kPage;
}

std::string Query::mark() const {
  const auto digest = crypto::sha256({as_bytes(call_.endpoint.operation), as_bytes("\n"), as_bytes(filter_)});
  return to_hex(ByteView(digest).first(kMarkBytes));
}

std::optional<std::vector<std::int64_t>> Query::numbers(std::size_t count) {
  const auto value = call_.request.query_value("cursor");
  if (!value) return std::nullopt;
  std::string_view rest = *value;
  const auto dot = std::min(rest.find('.'), rest.size());
  bool right = rest.substr(0, dot) == mark();
  rest.remove_prefix(dot);
  std::vector<std::int64_t> found;
  while (right && !rest.empty()) {
    const auto end = std::min(rest.find('.', 1), rest.size());
    const auto number = whole_number(rest.substr(1, end - 1));
    // Far from the end of what a number holds, so that whoever reads it may turn it round.
    right = number && *number >= -kCursorMost && *number <= kCursorMost;
    if (right) found.push_back(*number);
    rest.remove_prefix(end);
  }
  if (right && found.size() == count) return found;
  if (!error_) error_ = Error::invalid("CURSOR_INVALID", "Begin again at the first page of this filter.");
  return std::nullopt;
}

std::optional<std::int64_t> Query::cursor() {
  const auto found = numbers(1);
  if (!found) return std::nullopt;
  return found->front();
}

std::optional<std::pair<std::int64_t, std::int64_t>> Query::cursor_of_two() {
  const auto found = numbers(2);
  if (!found) return std::nullopt;
  return std::pair(found->front(), found->back());
}

std::string Query::next(std::int64_t last) const {
  return mark() + "." + std::to_string(last);
}

std::string Query::next(std::int64_t key, std::int64_t last) const {
  return mark() + "." + std::to_string(key) + "." + std::to_string(last);
}

Status Query::done() {
  if (error_) return fail(*error_);
  return {};
}

}  // namespace heliograph::web
