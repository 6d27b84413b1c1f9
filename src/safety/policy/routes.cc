#include "safety/policy/routes.h"

#include <algorithm>
#include <iterator>

namespace heliograph::safety {

namespace {

std::string_view base_of(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

bool holds(const Route& route, const store::Case& one) {
  if (((route.categories >> one.category) & 1U) == 0 || one.severity < route.severity_from) return false;
  const auto speaks = [&](const std::string& language) {
    return language == one.language || language == base_of(one.language);
  };
  if (!route.languages.empty() && std::ranges::none_of(route.languages, speaks)) return false;
  return route.countries.empty() || std::ranges::find(route.countries, one.country) != route.countries.end();
}

}  // namespace

store::CaseQueue Routes::queue_for(const store::Case& one) const {
  const auto found = std::ranges::find_if(routes_, [&](const Route& route) { return holds(route, one); });
  return found == routes_.end() ? store::CaseQueue::general : found->queue;
}

std::string Routes::id_of(store::CaseQueue queue) const {
  const auto number = static_cast<std::size_t>(queue);
  if (number < std::size(built_in_queues)) return std::string(built_in_queues[number].id);
  const auto found = std::ranges::find(own_, queue, &OwnQueue::queue);
  if (found != own_.end()) return found->id;
  return "queue-" + std::to_string(number + 1 - store::own_queue_first);
}

std::optional<store::CaseQueue> Routes::find(std::string_view id) const {
  for (std::size_t i = 0; i < std::size(built_in_queues); ++i) {
    if (built_in_queues[i].id == id) return static_cast<store::CaseQueue>(i);
  }
  const auto found = std::ranges::find(own_, id, &OwnQueue::id);
  if (found == own_.end()) return std::nullopt;
  return found->queue();
}

bool Routes::is_own(store::CaseQueue queue) const {
  return std::ranges::find(own_, queue, &OwnQueue::queue) != own_.end();
}

}  // namespace heliograph::safety
