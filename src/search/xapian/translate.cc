#include "search/xapian/translate.h"

#include <algorithm>
#include <cmath>

#include "search/language.h"
#include "search/text.h"
#include "search/xapian/layout.h"
#include "search/xapian/score.h"

namespace heliograph::search {

namespace {

constexpr double unaccented_factor = 0.8;
constexpr double stem_factor = 0.6;
constexpr double ending_factor = 0.5;
constexpr double username_factor = 2.0;
constexpr double about_factor = 0.3;

constexpr std::size_t endings_max = 64;            // taken, the commonest
constexpr std::size_t endings_looked_at = 20'000;  // so that a beginning of two letters costs milliseconds
constexpr std::size_t peers_max = 1'000;

}  // namespace

std::vector<Translator::Form> Translator::forms(const std::string& word) {
  std::vector<Form> out;
  const auto plain = without_accents(word);
  if (subject_ == Subject::peers) {
    out.push_back({"N" + word, username_factor, {}});
    out.push_back({"U" + word, 1, {}});
    out.push_back({"A" + word, about_factor, {}});
    if (!plain.empty()) out.push_back({"U" + plain, unaccented_factor, {}});
    return out;
  }
  out.push_back({word, 1, {}});
  if (plain.empty()) {
    out.push_back({"Y" + word, unaccented_factor, {}});
  } else {
    out.push_back({"Y" + plain, unaccented_factor, {}});
    out.push_back({plain, unaccented_factor, {}});
  }
  for (const auto& language : languages_of(script_of(word))) {
    const auto spoken = language_term(language.code);
    if (!db_.term_exists(spoken)) continue;
    const auto stem = stems_.stem(language, word);
    if (stem.empty()) continue;
    out.push_back({stem_term(language.code, stem), stem_factor, {}});
    // The stem itself as a word; posts in other languages may mean something else by it.
    if (stem != word) out.push_back({stem, stem_factor, spoken});
  }
  return out;
}

std::vector<std::string> Translator::endings(const std::string& beginning, bool& all) {
  std::vector<std::pair<Xapian::doccount, std::string>> found;
  const auto end = db_.allterms_end(beginning);
  all = true;
  for (auto term = db_.allterms_begin(beginning); term != end; ++term) {
    if (found.size() == endings_looked_at) {
      all = false;
      break;
    }
    found.emplace_back(term.get_termfreq(), *term);
  }
  if (found.size() > endings_max) {
    all = false;
    std::ranges::nth_element(found, found.begin() + endings_max, std::ranges::greater());
    found.resize(endings_max);
  }
  std::vector<std::string> out;
  out.reserve(found.size());
  for (auto& [frequency, term] : found) out.push_back(std::move(term));
  std::ranges::sort(out);
  return out;
}

std::vector<std::string> Translator::terms_in_a_row(const Clause& clause) const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < clause.texts.size(); ++i) {
    const bool pair = clause.joined[i] && i > 0;
    if (pair) {
      out.push_back(prefixed(clause.texts[i - 1] + clause.texts[i]));
    } else if (i + 1 >= clause.texts.size() || !clause.joined[i + 1]) {
      out.push_back(prefixed(clause.texts[i]));  // a character that is in a pair needs no term of its own
    }
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

Plan Translator::plan(const std::vector<Clause>& clauses, UnixSeconds now) {
  Plan out;
  out.made = now;
  const auto all = db_.get_doccount();
  for (const auto& clause : clauses) {
    Plan::Part part;
    std::uint64_t found = 0;
    switch (clause.kind) {
      case Clause::Kind::tag:
        found = db_.get_termfreq(clause.texts[0]);
        break;
      case Clause::Kind::cjk:
      case Clause::Kind::phrase:
        found = all;
        for (const auto& term : terms_in_a_row(clause)) {
          found = std::min<std::uint64_t>(found, db_.get_termfreq(term));
        }
        break;
      case Clause::Kind::prefix: {
        bool complete = false;
        auto terms = endings(prefixed(clause.texts[0]), complete);
        for (const auto& term : terms) found += db_.get_termfreq(term);
        if (!complete) part.endings = std::move(terms);
        break;
      }
      case Clause::Kind::word:
        break;
    }
    if (clause.kind == Clause::Kind::word || clause.kind == Clause::Kind::prefix) {
      for (const auto& form : forms(clause.texts[0])) {
        if (form.language.empty()) found += db_.get_termfreq(form.term);
      }
    }
    part.rarity = rarity(found, all);
    out.parts.push_back(std::move(part));
  }
  return out;
}

Xapian::Query Translator::best_of(const std::vector<Form>& forms, double rarity) const {
  std::vector<Xapian::Query> queries;
  for (const auto& form : forms) {
    Xapian::Query query(form.term);
    if (!form.language.empty())
      query = Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(form.language));
    queries.emplace_back(rarity * form.factor, query);
  }
  return {Xapian::Query::OP_MAX, queries.begin(), queries.end()};
}

Xapian::Query Translator::clause(const Clause& clause, const Plan::Part& part) {
  switch (clause.kind) {
    case Clause::Kind::word:
      return best_of(forms(clause.texts[0]), part.rarity);
    case Clause::Kind::prefix: {
      bool ignored = false;
      const auto terms = part.endings.empty() ? endings(prefixed(clause.texts[0]), ignored) : part.endings;
      auto whole = best_of(forms(clause.texts[0]), part.rarity);
      if (terms.empty()) return whole;
      const Xapian::Query begun(part.rarity * ending_factor,
                                Xapian::Query(Xapian::Query::OP_SYNONYM, terms.begin(), terms.end()));
      return {Xapian::Query::OP_MAX, whole, begun};
    }
    case Clause::Kind::tag: {
      if (subject_ == Subject::posts) return {part.rarity, Xapian::Query(clause.texts[0])};
      return best_of(forms(clause.texts[0].substr(1)), part.rarity);
    }
    case Clause::Kind::cjk:
    case Clause::Kind::phrase: {
      const auto terms = terms_in_a_row(clause);
      return {part.rarity / static_cast<double>(terms.size()),
              Xapian::Query(Xapian::Query::OP_AND, terms.begin(), terms.end())};
    }
  }
  return Xapian::Query::MatchNothing;
}

Xapian::Query Translator::words(const std::vector<Clause>& clauses, const Plan& plan) {
  std::vector<Xapian::Query> all;
  for (std::size_t i = 0; i < clauses.size(); ++i) all.push_back(clause(clauses[i], plan.parts[i]));
  return {Xapian::Query::OP_AND, all.begin(), all.end()};
}

Xapian::Query Translator::filters(const Query& query) const {
  std::vector<Xapian::Query> all;
  if (query.text.empty() || !query.peers.empty() || query.sender || query.traits != 0) {
    all.emplace_back(subject_ == Subject::posts ? "Dp" : "Dc");
  }
  if (!query.peers.empty()) {
    std::vector<Xapian::Query> any;
    for (std::size_t i = 0; i < query.peers.size() && i < peers_max; ++i) {
      any.emplace_back(peer_term('P', query.peers[i]));
    }
    all.emplace_back(Xapian::Query::OP_OR, any.begin(), any.end());
  }
  if (query.sender) all.emplace_back(peer_term('S', query.sender));
  if (query.traits != 0) {
    std::vector<Xapian::Query> any;
    for (int bit = 0; bit < 26; ++bit) {
      if ((query.traits >> bit & 1) != 0) any.emplace_back(trait_term(bit));
    }
    all.emplace_back(Xapian::Query::OP_OR, any.begin(), any.end());
  }
  return {Xapian::Query::OP_AND, all.begin(), all.end()};
}

std::vector<std::string> Translator::sequences(const std::vector<Clause>& clauses) {
  std::vector<std::string> out;
  for (const auto& clause : clauses) {
    const bool checked =
        clause.kind == Clause::Kind::phrase || (clause.kind == Clause::Kind::cjk && clause.texts.size() >= 3);
    if (!checked) continue;
    std::string sequence = " ";
    for (const auto& text : clause.texts) sequence.append(text).append(" ");
    out.push_back(std::move(sequence));
  }
  return out;
}

}  // namespace heliograph::search
