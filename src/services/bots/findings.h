// What a search finds for somebody at this moment, as a bot shows it.
#pragma once

#include <string>
#include <vector>

#include "services/bots/report_desk.h"
#include "services/discovery/discovery.h"

namespace heliograph::services {

struct Findings {
  std::vector<std::string> lines;  // a name or the beginning of a post, with where to find it
  std::vector<ReportExample> examples;
};
inline constexpr std::size_t findings_max = 5;  // people and channels, and as many posts

// As Discovery answers this caller, and at their rate; its errors.
Task<Result<Findings>> find_now(const Environment& environment, const Discovery& discovery, Caller caller,
                                std::string term);

// "Title, @name", "@name/12"; for somebody without a name in public the title alone. In a transaction.
Result<std::string> name_of(store::Tx& tx, const ReportExample& where);

// What a link or a name means (services/reports/notices.h, parse_location()). None: it is neither, or there
// is nobody of that name. In a transaction.
Result<std::optional<ReportExample>> resolve_link(store::Tx& tx, std::string_view text);

}  // namespace heliograph::services
