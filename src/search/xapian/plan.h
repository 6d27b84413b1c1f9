// The figures that the scores of a query rest on: how rare its words are, what its last word may become. They
// change with every post, so they are kept while people page through the results, and shared: who asks the
// same within a minute gets the same plan. A cursor names its plan by number.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "search/query.h"

namespace heliograph::search {

struct Plan {
  std::uint32_t number = 0;  // 0 .. 1023
  UnixSeconds made = 0;
  struct Part {  // of one clause
    double rarity = 0;
    // A prefix with more endings than are looked at: the commonest of them. Otherwise looked up each time, so
    // that a new word is found at once.
    std::vector<std::string> endings;
  };
  std::vector<Part> parts;
};

class Plans {
 public:
  // What tells one query from another.
  static std::string name(Subject subject, const std::vector<Clause>& clauses);

  // A plan that is fresh enough for a first page; null: make one.
  std::shared_ptr<const Plan> recent(const std::string& name, UnixSeconds now);
  // The plan that a cursor came from; null: forgotten.
  std::shared_ptr<const Plan> numbered(const std::string& name, std::uint32_t number);
  // Gives it its number and keeps it for a while.
  std::shared_ptr<const Plan> keep(const std::string& name, Plan plan);

 private:
  struct Entry {
    std::string name;
    std::vector<std::shared_ptr<const Plan>> plans;  // oldest first
  };
  Entry* find(const std::string& name);

  std::mutex mutex_;
  std::list<Entry> entries_;  // latest used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_name_;
  std::uint32_t next_number_ = 0;
};

}  // namespace heliograph::search
