// The HTML of web/public/transparency.h.
#pragma once

#include "web/public/transparency.h"

namespace heliograph::web {

struct FrontFacts {
  const std::vector<store::PublicReport>& published;
  const std::vector<transparency::Missing>& late;
  const std::vector<ReportShelf::Totals>& totals;
  const std::vector<std::string>& jurisdictions;  // names of files
  const transparency::Report* newest;             // null: none has been published yet
  std::string key;                                // of the log
  std::string root;                               // of its newest tree; empty: there is none yet
  std::uint64_t size = 0;
  std::string rules_version, policy_version;
};

net::HttpResponse front_page(const FrontFacts& facts);
net::HttpResponse report_page(const transparency::Report& report, const store::PublicReport& row);

}  // namespace heliograph::web
