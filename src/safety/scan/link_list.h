// Domains, addresses and channels that are known for harm.
//
//   version: 2026-11-01
//   category: fraud        # holds for all entries after it
//   score: 0.95
//   example-bank-login.com          the domain and all below it
//   example.org/wallet/             the path and all below it
//   t.me/example_shop               a channel, also as @example_shop
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "safety/scan/links.h"
#include "terms/category.h"

namespace heliograph::safety {

struct LinkEntry {
  terms::Category category = terms::Category::fraud;
  double score = 0.95;
  std::string path;  // prefix, without the slash; empty: all of the domain
};

class LinkList {
 public:
  // Errors: LINKS_INVALID with file, line and reason.
  static Result<std::shared_ptr<const LinkList>> parse(std::string_view text, std::string_view file_name);

  // The entry with the highest score that the link falls under, or none. Thread-safe.
  const LinkEntry* find(const Link& link) const;
  const std::string& version() const { return version_; }
  std::size_t size() const { return size_; }

 private:
  std::string version_;
  std::unordered_map<std::string, std::vector<LinkEntry>> domains_;
  std::unordered_map<std::string, LinkEntry> peers_;
  std::size_t size_ = 0;
};

}  // namespace heliograph::safety
