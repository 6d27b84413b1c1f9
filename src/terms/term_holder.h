// The term set in force, swapped while others scan: who began with the old one ends with it.
#pragma once

#include <atomic>
#include <memory>

#include "terms/term_set.h"

namespace heliograph::terms {

class TermHolder {
 public:
  explicit TermHolder(std::shared_ptr<const TermSet> first) : current_(std::move(first)) {}

  std::shared_ptr<const TermSet> current() const { return current_.load(std::memory_order_acquire); }
  void swap(std::shared_ptr<const TermSet> next) {
    current_.store(std::move(next), std::memory_order_release);
  }

 private:
  std::atomic<std::shared_ptr<const TermSet>> current_;
};

}  // namespace heliograph::terms
