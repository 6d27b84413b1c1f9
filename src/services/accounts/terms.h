// The terms of service that people accept when they sign up: rules/terms-of-service.md.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"

namespace heliograph::services {

struct Terms {
  std::int32_t version = 1;  // moves when the text changes in a way that people must agree to again
  std::string text;          // shown as it is
  std::int32_t min_age = 0;  // years; 0: clients do not ask

  std::string id() const { return std::to_string(version); }
};

// Those that hold now. Thread-safe.
class TermsInForce {
 public:
  TermsInForce(Terms terms) : terms_(std::make_shared<const Terms>(std::move(terms))) {}  // as a value
  std::shared_ptr<const Terms> now() const {
    const std::lock_guard lock(mutex_);
    return terms_;
  }
  void replace(Terms terms) {
    auto made = std::make_shared<const Terms>(std::move(terms));
    const std::lock_guard lock(mutex_);
    terms_ = std::move(made);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Terms> terms_;  // under mutex_
};

// From a file that begins with lines like "Version: 2" and "Minimum age: 16" (the latter may be missing),
// then an empty line and the text. invalid TERMS_INVALID, with what is wrong.
Result<Terms> parse_terms(std::string_view file);

}  // namespace heliograph::services
