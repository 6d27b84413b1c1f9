// A report in the structure of Annex I of Implementing Regulation (EU) 2024/2835: eleven files, CSV as
// RFC 4180 has it, UTF-8. docs/transparency.md says where the structure was taken from, what each of our
// words is there, and what is left empty.
#pragma once

#include <array>

#include "transparency/report.h"

namespace heliograph::transparency {

struct AnnexFacts {
  std::string provider, service;
  UnixSeconds published_at = 0;      // 0: not yet
  UnixSeconds published_before = 0;  // the latest previous report; 0: there is none
};

struct AnnexFile {
  std::string name;  // "4_notices.csv"
  std::string csv;
};

inline constexpr std::array<std::string_view, 11> kAnnexNames = {"1_report_identification.csv",
                                                                 "2_categories_names.csv",
                                                                 "3_member_states_orders.csv",
                                                                 "4_notices.csv",
                                                                 "5_own_initiative_illegal.csv",
                                                                 "6_own_initiative_TC.csv",
                                                                 "7_appeals_and_recidivism.csv",
                                                                 "8_automated_means.csv",
                                                                 "9_human_resources.csv",
                                                                 "10_AMAR.csv",
                                                                 "11_qualitative.csv"};

// By these names, in their order.
std::vector<AnnexFile> annex_files(const Report& report, const AnnexFacts& facts);

// What one of our categories of harm is in the annex and in the database of statements of reasons.
struct AnnexCategory {
  std::string_view ours;
  std::string_view category;  // "STATEMENT_CATEGORY_..."
  std::string_view keyword;   // "KEYWORD_...", or empty
};
const AnnexCategory& annex_category(std::string_view ours);

}  // namespace heliograph::transparency
