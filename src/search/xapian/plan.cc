#include "search/xapian/plan.h"

#include <algorithm>

#include "base/codec.h"

namespace heliograph::search {

namespace {
constexpr UnixSeconds fresh_for = 60;
constexpr std::size_t queries_max = 4'096;
constexpr std::size_t plans_a_query_max = 16;
}  // namespace

std::string Plans::name(Subject subject, const std::vector<Clause>& clauses) {
  std::string out(1, static_cast<char>(subject));
  for (const auto& clause : clauses) {
    out.push_back(static_cast<char>('0' + static_cast<int>(clause.kind)));
    for (const auto& text : clause.texts) out.append(text).push_back(' ');
  }
  return out;
}

Plans::Entry* Plans::find(const std::string& name) {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return &entries_.front();
}

std::shared_ptr<const Plan> Plans::recent(const std::string& name, UnixSeconds now) {
  std::lock_guard lock(mutex_);
  const auto* entry = find(name);
  if (entry == nullptr) return nullptr;
  const auto& newest = entry->plans.back();
  return now >= newest->made && now - newest->made < fresh_for ? newest : nullptr;
}

std::shared_ptr<const Plan> Plans::numbered(const std::string& name, std::uint32_t number) {
  std::lock_guard lock(mutex_);
  const auto* entry = find(name);
  if (entry == nullptr) return nullptr;
  const auto found = std::ranges::find(entry->plans, number, [](const auto& plan) { return plan->number; });
  return found == entry->plans.end() ? nullptr : *found;
}

std::shared_ptr<const Plan> Plans::keep(const std::string& name, Plan plan) {
  std::lock_guard lock(mutex_);
  plan.number = next_number_++ & 1023;
  auto kept = std::make_shared<const Plan>(std::move(plan));
  auto* entry = find(name);
  if (entry == nullptr) {
    entries_.push_front({name, {}});
    by_name_.emplace(entries_.front().name, entries_.begin());
    entry = &entries_.front();
    if (entries_.size() > queries_max) {
      by_name_.erase(entries_.back().name);
      entries_.pop_back();
    }
  }
  if (entry->plans.size() == plans_a_query_max) entry->plans.erase(entry->plans.begin());
  entry->plans.push_back(kept);
  return kept;
}

}  // namespace heliograph::search
