#include "web/console/finding_json.h"

#include <algorithm>

namespace heliograph::web {

namespace {

constexpr std::size_t kWhyMost = 8;

// Of findings, by the names that the document has; what is left out was brought about by another case.
struct SourceName {
  std::string_view finding, shown;
};
constexpr SourceName kFindingSources[] = {
    {"scan", "scan"}, {"report", "report"}, {"order", "order"}, {"strikes", "strikes"}, {"decision", "staff"},
};

}  // namespace

std::string_view source_shown(const std::string& finding) {
  const auto* row = std::ranges::find(kFindingSources, finding, &SourceName::finding);
  return row == std::end(kFindingSources) ? std::string_view("scan") : row->shown;
}

Reasons::Reasons(const CaseReader& reader, std::string text) : book_(reader.book), text_(std::move(text)) {
  if (book_) spans_ = safety::terms_in(*book_, text_);
}

Json Reasons::highlights(const safety::Finding& finding) const {
  auto json = Json::array();
  for (const auto& span : spans_) {
    if (std::ranges::find(finding.terms, span.term) == finding.terms.end()) continue;
    json.push_back({{"from", span.begin}, {"to", span.end}, {"term", span.term}});
  }
  return json;
}

Json Reasons::why(const safety::Finding& finding) {
  const auto category = terms::category_of(finding.category);
  if (!category || finding.source != "scan" || !book_ || book_->model->version() != finding.model_version) {
    return Json::array();
  }
  const auto known = why_.find(*category);
  if (known != why_.end()) return known->second;
  auto json = Json::array();
  for (const auto& one : safety::weigh_words(*book_->model, text_, *category, kWhyMost)) {
    json.push_back({{"text", one.text}, {"weight", one.weight}});
  }
  return why_[*category] = std::move(json);
}

Json finding_json(const safety::Finding& finding, const store::Case& one, Reasons& reasons) {
  auto measured = Json::array();
  for (const auto& each : finding.measured) {
    measured.push_back({{"measure", each.measure}, {"value", each.value}});
  }
  const auto category = terms::category_of(finding.category);
  Json versions = Json::object();
  const auto version = [&](const char* key, const std::string& named) {
    if (!named.empty()) versions[key] = named;
  };
  version("terms", finding.terms_version);
  version("links", finding.links_version);
  version("model", finding.model_version);
  version("policy", finding.policy_version);
  version("hashes", finding.hashes_version);
  version("image", finding.image_version);
  if (finding.rules_version != 0) versions["rules"] = std::to_string(finding.rules_version);
  Json json{{"at", finding.at},
            {"source", source_shown(finding.source)},
            {"category", terms::name(category.value_or(static_cast<terms::Category>(one.category)))},
            {"confidence", finding.permille / 1000.0},
            {"severity", finding.severity},
            {"terms", finding.terms},
            {"highlights", reasons.highlights(finding)},
            {"measured", measured},
            {"signals", finding.signals},
            {"media", finding.media},
            {"why", reasons.why(finding)},
            {"versions", versions}};
  if (!finding.rule.empty()) json["rule"] = finding.rule;
  if (!finding.clause.empty()) json["clause"] = finding.clause;
  if (safety::effect_named(finding.proposed)) json["proposed"] = finding.proposed;
  return json;
}

}  // namespace heliograph::web
