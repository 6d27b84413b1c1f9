// What was found, as docs/api/console.yaml writes it: with the places of terms in the text, and the words
// that weigh most in the model's judgement.
#pragma once

#include <map>

#include "safety/scan/explain.h"
#include "web/console/case_json.h"

namespace heliograph::web {

// What findings say of one text, by the terms and the model in force now; each looked up once.
class Reasons {
 public:
  Reasons(const CaseReader& reader, std::string text);

  // Where what was found stands in it.
  Json highlights(const safety::Finding& finding) const;
  // Only as long as the model is the one that judged: another one has other reasons.
  Json why(const safety::Finding& finding);

 private:
  const std::shared_ptr<const safety::Rulebook> book_;
  const std::string text_;
  std::vector<safety::TermSpan> spans_;
  std::map<terms::Category, Json> why_;
};

// Who found it, by the names that the document has.
std::string_view source_shown(const std::string& finding);
Json finding_json(const safety::Finding& finding, const store::Case& one, Reasons& reasons);

}  // namespace heliograph::web
