// The platform's rules: what people agree to when they sign up (rules/terms-of-service.md), cut into clauses
// that policy, cases and statements of reasons name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace heliograph::safety {

struct Clause {
  std::string id;     // "illegal-goods"
  std::string title;  // "Illegal goods"
  std::string text;
};

class Rules {
 public:
  // Lines like "Version: 2", an empty line, text; a clause begins with "## Title (id)" and goes on to the
  // next. invalid RULES_INVALID: "file:line: what is wrong".
  static Result<std::shared_ptr<const Rules>> parse(std::string_view markdown, std::string_view file_name);

  // As it was given.
  const std::string& source() const { return source_; }
  std::int32_t version() const { return version_; }
  const std::vector<Clause>& clauses() const { return clauses_; }
  // Null: there is none.
  const Clause* find(std::string_view id) const;

 private:
  std::string source_;
  std::int32_t version_ = 0;
  std::vector<Clause> clauses_;
};

}  // namespace heliograph::safety
