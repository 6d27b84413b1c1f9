#include "app/scan_command.h"

#include <cmath>
#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/encoder_judge.h"
#include "app/media_file.h"
#include "base/clock.h"
#include "safety/scan/built_in.h"
#include "terms/query_guard.h"

namespace heliograph::app {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLineMost = 16u << 20;

void write(std::ostream& out, const Json& row) {
  // A text may hold bytes that are no UTF-8; the answer never does.
  out << row.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

double rounded(double value) {
  return std::round(value * 10'000) / 10'000;
}

// Calls `each(row, text)` for every line with a text under `key`.
template <typename Each>
Status each_line(std::istream& in, std::ostream& out, std::string_view key, const Each& each) {
  std::string line;
  while (std::getline(in, line)) {
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    Json answer;
    if (line.size() > kLineMost) {
      answer["id"] = nullptr;
      answer["error"] = "the line is longer than 16 MiB";
      write(out, answer);
      continue;
    }
    const auto row = Json::parse(line, nullptr, false);
    answer["id"] = row.is_object() && row.contains("id") ? row["id"] : Json(nullptr);
    const auto text = row.is_object() ? row.find(std::string(key)) : row.end();
    if (!row.is_object() || text == row.end() || !text->is_string()) {
      answer["error"] = row.is_discarded() ? "the line is no JSON"
                                           : "the line is no object with a text \"" + std::string(key) + "\"";
    } else {
      each(row, text->template get_ref<const std::string&>(), answer);
    }
    write(out, answer);
    if (!out) return fail(Error::unavailable("OUTPUT_FAILED", "The output cannot be written."));
  }
  return {};
}

template <typename Names, typename Value>
bool read_name(const Json& row, const char* key, const Names& names, Value& value) {
  if (!row.contains(key)) return true;
  for (std::size_t i = 0; row[key].is_string() && i < names.size(); ++i) {
    if (row[key].get_ref<const std::string&>() == names[i]) {
      value = static_cast<Value>(i);
      return true;
    }
  }
  return false;
}

// What was found, and what is done about it.
void describe(const safety::Verdict& verdict, Json& answer) {
  Json categories = Json::object();
  for (std::size_t i = 0; i < terms::kCategoryCount; ++i) {
    categories[std::string(terms::kCategoryNames[i])] = rounded(verdict.scores[i]);
  }
  answer["categories"] = std::move(categories);
  Json found = Json::array(), highlights = Json::array();
  for (const auto& hit : verdict.terms) {
    if (hit.term->effect == terms::SearchEffect::allow) continue;
    found.push_back(hit.term->id);
    highlights.push_back(Json::array({hit.begin, hit.end}));
  }
  answer["terms"] = std::move(found);
  answer["highlights"] = std::move(highlights);
  Json links = Json::array();
  for (const auto& link : verdict.links) {
    Json one = {{"domain", link.domain}};
    if (!link.peer.empty()) one["peer"] = link.peer;
    if (link.redirected) one["redirected"] = true;
    links.push_back(std::move(one));
  }
  answer["links"] = std::move(links);
  if (!verdict.hash_matches.empty()) {
    Json matches = Json::array();
    for (const auto& match : verdict.hash_matches) matches.push_back(match.text());
    answer["hashes"] = std::move(matches);
  }
  const auto& decision = verdict.decision;
  answer["action"] = safety::name(decision.effect);
  if (decision.rule != nullptr) {
    answer["rule"] = decision.rule->id;
    answer["clause"] = decision.rule->clause;
    answer["severity"] = decision.severity;
    if (decision.proposed != decision.effect) answer["proposed"] = safety::name(decision.proposed);
  }
  if (decision.shadow != nullptr) answer["shadow"] = decision.shadow->id;
  answer["versions"] = {{"terms", verdict.versions.terms},
                        {"links", verdict.versions.links},
                        {"model", verdict.versions.model},
                        {"policy", verdict.versions.policy},
                        {"hashes", verdict.versions.hashes}};
}

}  // namespace

Status scan_lines(const ScanOptions& options, std::istream& in, std::ostream& out) {
  HG_ASSIGN(const auto book, safety::load_rulebook(options.files, SystemClock().unix_seconds()));
  std::shared_ptr<const EncoderJudge> second;
  if (options.second_stage) {
    HG_ASSIGN(second, EncoderJudge::load(*options.second_stage));
  }
  safety::Scanner scanner;
  safety::Verdict verdict;
  return each_line(in, out, "text", [&](const Json& row, const std::string& text, Json& answer) {
    auto context = options.context;
    if (!read_name(row, "place", safety::kPlaceNames, context.place) ||
        !read_name(row, "standing", safety::kStandingNames, context.standing)) {
      answer["error"] = "place or standing is not known";
      return;
    }
    scanner.scan(*book, text, context, verdict);
    answer["canonical"] = scanner.canonical().text;
    auto& words = verdict.evidence[static_cast<std::size_t>(safety::Witness::text)];
    const bool unsure = second && book->policy->unsure().holds(words);
    if (unsure) {
      words = second->judge(words, scanner.canonical().text);
      verdict.add_up();
      verdict.decision = book->policy->decide(verdict.evidence, context);
    }
    describe(verdict, answer);
    if (unsure) answer["versions"]["model"] = std::string(verdict.versions.model) + ", " + second->version();
  });
}

Status scan_files(const ScanOptions& options, const std::vector<std::string>& files, std::ostream& out) {
  HG_ASSIGN(const auto book, safety::load_rulebook(options.files, SystemClock().unix_seconds()));
  NamedViewer viewer;
  if (options.image_model) {
    HG_ASSIGN(viewer, load_viewer(*options.image_model));
  }
  safety::Scanner scanner;
  safety::Verdict verdict;
  for (const auto& file : files) {
    Json answer;
    answer["id"] = file;
    if (const auto print = print_of_file(file, viewer)) {
      scanner.scan(*book, "", std::span(&*print, 1), options.context, verdict);
      describe(verdict, answer);
      if (!print->image_model.empty()) answer["versions"]["image"] = print->image_model;
    } else {
      answer["error"] = print.error().message;
    }
    write(out, answer);
  }
  return {};
}

Status guard_lines(const ScanOptions& options, std::istream& in, std::ostream& out) {
  const auto now = SystemClock().unix_seconds();
  HG_ASSIGN(const auto book, safety::load_rulebook(options.files, now));
  const auto guard = terms::QueryGuard::build(book->terms, safety::built_in_ordinary_words(), now);
  terms::GuardScratch scratch;
  terms::GuardVerdict verdict;
  return each_line(in, out, "query", [&](const Json&, const std::string& query, Json& answer) {
    guard->check(query, scratch, verdict);
    answer["effect"] = terms::name(verdict.effect);
    Json found = Json::array();
    for (const auto& hit : verdict.hits) found.push_back(hit.term->id);
    answer["terms"] = std::move(found);
    if (verdict.read_as != query) answer["read_as"] = verdict.read_as;
    answer["versions"] = {{"terms", book->terms->version()}};
  });
}

}  // namespace heliograph::app
