// Where cases wait: the operator's own queues beside the built-in ones, and rules that say which cases go
// there. Part of the policy file ([[queue]], [[route]]): docs/moderation.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/cases.h"
#include "terms/category.h"

namespace heliograph::safety {

struct OwnQueue {
  std::int32_t number = 0;  // 1 to own_queues_max; stored with cases, so that it keeps its meaning
  std::string id, title, about;
  std::uint32_t line = 0;

  store::CaseQueue queue() const {
    return static_cast<store::CaseQueue>(store::own_queue_first + number - 1);
  }
};
inline constexpr std::int32_t own_queues_max = 32;

// All that it names has to hold; what it does not name does not matter.
struct Route {
  std::string queue_id;
  store::CaseQueue queue = store::CaseQueue::general;
  std::uint32_t categories = ~0U;                 // bits by terms::Category
  std::vector<std::string> languages, countries;  // BCP 47 ("pt" takes "pt-BR"), ISO 3166; empty: any
  std::uint8_t severity_from = 0;
  std::uint32_t line = 0;
};

class Routes {
 public:
  // Of a case that nobody has handed anywhere, is no order and about no term: by the first route that holds;
  // `general` where none does.
  store::CaseQueue queue_for(const store::Case& one) const;

  // The id of a queue, built in or own; "queue-7" of one that the policy does not know any more.
  std::string id_of(store::CaseQueue queue) const;
  std::optional<store::CaseQueue> find(std::string_view id) const;
  const std::vector<OwnQueue>& own() const { return own_; }
  bool is_own(store::CaseQueue queue) const;

 private:
  friend class PolicyReader;
  std::vector<OwnQueue> own_;
  std::vector<Route> routes_;
};

// Those that every server has, as store/cases.h numbers them.
struct BuiltInQueue {
  std::string_view id, title, about;
};
inline constexpr BuiltInQueue built_in_queues[] = {
    {"general", "General", "What members, lists and models have found"},
    {"orders", "Orders", "Authorities have ordered a removal; there is an hour"},
    {"terms", "Search terms", "What search may have to be guarded against"},
    {"second", "Second look", "Somebody has decided; for so grave an effect another one has to agree"},
    {"seniors", "Senior moderators", "Handed up by a moderator"},
};

}  // namespace heliograph::safety
