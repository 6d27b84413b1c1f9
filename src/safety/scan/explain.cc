#include "safety/scan/explain.h"

#include <algorithm>
#include <cmath>

#include "safety/scan/features.h"

namespace heliograph::safety {

namespace {

constexpr double kHardly = 0.05;

double log_odds(double probability) {
  const auto p = std::clamp(probability, 1e-6, 1 - 1e-6);
  return std::log(p / (1 - p));
}

class Judge {
 public:
  Judge(const Model& model, terms::Category category) : model_(model), category_(category) {}

  double operator()(std::string_view text) {
    terms::canonicalise(text, canonical_);
    extract_features(canonical_, features_);
    return log_odds(model_.score(features_)[static_cast<std::size_t>(category_)]);
  }

 private:
  const Model& model_;
  const terms::Category category_;
  terms::Canonical canonical_;
  std::vector<std::uint32_t> features_;
};

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  std::vector<std::string_view> words;
  while (words.size() < words_weighed) {
    const auto begin = text.find_first_not_of(kSpaces);
    if (begin == text.npos) break;
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(kSpaces), text.size());
    const auto word = text.substr(0, end);
    if (std::ranges::find(words, word) == words.end()) words.push_back(word);
    text.remove_prefix(end);
  }
  return words;
}

// Wherever it stands by itself.
std::string without(std::string_view text, std::string_view word) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  std::string rest;
  std::size_t at = 0;
  while (at < text.size()) {
    const bool begins = at == 0 || is_space(text[at - 1]);
    const auto after = at + word.size();
    if (begins && text.substr(at).starts_with(word) && (after == text.size() || is_space(text[after]))) {
      at = after;
    } else {
      rest += text[at++];
    }
  }
  return rest;
}

}  // namespace

std::string canonical_text(std::string_view text) {
  terms::Canonical canonical;
  terms::canonicalise(text, canonical);
  return canonical.text;
}

std::vector<TermSpan> terms_in(const Rulebook& book, std::string_view text) {
  terms::Canonical canonical;
  terms::canonicalise(text, canonical);
  terms::TermScratch scratch;
  std::vector<terms::TermHit> hits;
  book.terms->scan(canonical, scratch, hits);
  std::vector<TermSpan> spans;
  for (const auto& hit : hits) spans.push_back({hit.begin, hit.end, hit.term->id});
  return spans;
}

std::vector<Weighed> weigh_words(const Model& model, std::string_view text, terms::Category category,
                                 std::size_t most) {
  Judge judge(model, category);
  const auto whole = judge(text);
  std::vector<Weighed> weighed;
  for (const auto word : words_of(text)) {
    const auto weight = whole - judge(without(text, word));
    if (std::abs(weight) >= kHardly) weighed.push_back({std::string(word), weight});
  }
  std::ranges::sort(weighed, {},
                    [](const Weighed& one) { return std::pair(-std::abs(one.weight), one.text); });
  if (weighed.size() > most) weighed.resize(most);
  return weighed;
}

}  // namespace heliograph::safety
