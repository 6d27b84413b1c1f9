// What belongs to a report, sealed in store::Report::sealed: what its reporter wrote, and what was reported,
// as it was at that moment. Later edits and deletions do not change it. Part of the stored format: fields are
// only added at the end.
#pragma once

#include <string>
#include <vector>

#include "base/codec.h"
#include "crypto/sealer.h"
#include "safety/enforcement/exhibit.h"
#include "store/cases.h"
#include "store/reports.h"

namespace heliograph::safety {

struct ReportFile {
  std::string comment;
  std::string name, contact;  // who has no account: how to reach them; or empty
  std::vector<Exhibit> evidence;
  void fields(auto& codec) { codec(comment, name, contact, evidence); }
};

// Sealed to the case that it belongs to.
Bytes seal_report(ReportFile file, std::int64_t case_id, const crypto::Sealer& sealer, Random& random);
// SEAL_BROKEN, CODEC_CORRUPT.
Result<ReportFile> open_report(const store::Report& sealed, const crypto::Sealer& sealer);

// Of an appeal: what was written, and what was answered.
struct AppealFile {
  std::string text;
  std::string answer;
  std::string through = "bot";  // "bot", "web_form", "administrator": by which way it came
  bool by_reporter = false;     // they reported it, and nothing was done
  void fields(auto& codec) { codec(text, answer, through, by_reporter); }
};
Bytes seal_appeal(AppealFile file, std::int64_t case_id, const crypto::Sealer& sealer, Random& random);
Result<AppealFile> open_appeal(const store::Appeal& sealed, const crypto::Sealer& sealer);

// The words of an entry in a case's history.
Bytes seal_words(std::string words, std::int64_t case_id, const crypto::Sealer& sealer, Random& random);
Result<std::string> open_words(const store::CaseEvent& sealed, const crypto::Sealer& sealer);

}  // namespace heliograph::safety
