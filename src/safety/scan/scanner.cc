#include "safety/scan/scanner.h"

#include <algorithm>

#include "safety/scan/features.h"
#include "safety/signals/signals.h"
#include "safety/signals/simhash.h"

namespace heliograph::safety {

namespace {

// A host name that poses as another one.
constexpr float kPosing = 0.6f;

// Of several pictures, and of several lists, the surest counts.
void judge_media(const Rulebook& rulebook, std::span<const MediaPrint> media, Verdict& verdict) {
  auto& hash = verdict.evidence[static_cast<std::size_t>(Witness::hash)];
  auto& image = verdict.evidence[static_cast<std::size_t>(Witness::image)];
  hash = image = {};
  verdict.hash_matches.clear();
  for (const auto& print : media) {
    for (auto& match : rulebook.hashes->match(print)) {
      auto& score = hash[static_cast<std::size_t>(match.category)];
      score = std::max(score, match.score);
      verdict.hash_matches.push_back(std::move(match));
    }
    if (!print.image_model.empty()) {
      auto& score = image[static_cast<std::size_t>(terms::Category::sexual)];
      score = std::max(score, print.sexual);
    }
  }
}

}  // namespace

void Scanner::scan(const Rulebook& rulebook, std::string_view text, std::span<const MediaPrint> media,
                   const Context& context, Verdict& verdict) {
  terms::canonicalise(text, canonical_);
  verdict.versions = {rulebook.terms->version(), rulebook.links->version(), rulebook.model->version(),
                      rulebook.policy->version(), rulebook.hashes->version()};
  verdict.failed = !rulebook.terms->scan(canonical_, scratch_, verdict.terms);
  extract_links(text, verdict.links);
  extract_features(canonical_, features_);
  verdict.model = rulebook.model->score(features_);
  verdict.scores = verdict.model;

  // Of the terms of a category the surest counts: many words for one thing are one thing.
  Scores by_term{};
  for (const auto& hit : verdict.terms) {
    if (!hit.term->category) continue;
    auto& score = by_term[static_cast<std::size_t>(*hit.term->category)];
    score = std::max(score, static_cast<float>(hit.term->score));
  }
  verdict.link_hits.clear();
  for (std::uint32_t i = 0; i < verdict.links.size(); ++i) {
    const auto& link = verdict.links[i];
    if (const auto* entry = rulebook.links->find(link)) {
      verdict.link_hits.push_back({i, entry});
      auto& score = by_term[static_cast<std::size_t>(entry->category)];
      score = std::max(score, static_cast<float>(entry->score));
    }
    if (link.mixed) {
      auto& score = by_term[static_cast<std::size_t>(terms::Category::fraud)];
      score = std::max(score, kPosing);
    }
  }
  for (std::size_t i = 0; i < by_term.size(); ++i) {
    if (by_term[i] > 0) verdict.scores[i] = together(verdict.scores[i], by_term[i]);
  }
  verdict.evidence[static_cast<std::size_t>(Witness::text)] = verdict.scores;
  judge_media(rulebook, media, verdict);
  verdict.decision = rulebook.policy->decide(verdict.evidence, context);
  verdict.add_up();
}

std::uint64_t Scanner::print() const {
  return canonical_.letters.size() < Signals::letters_least ? 0 : simhash(features_);
}

}  // namespace heliograph::safety
