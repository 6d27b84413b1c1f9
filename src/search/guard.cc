#include "search/guard.h"

#include <algorithm>

namespace heliograph::search {

GuardedQuery GuardedQuery::resumed(std::optional<Cursor> after, std::size_t limit) const {
  auto out = *this;
  out.query_.after = after;
  out.query_.limit = std::clamp<std::size_t>(limit, 1, 200);
  return out;
}

std::vector<Hit> ResultPage::settle(const std::vector<Footing>& footings) {
  std::vector<Hit> last;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < hits_.size() && i < footings.size(); ++i) {
    if (footings[i] == Footing::shown) hits_[kept++] = hits_[i];
    if (footings[i] == Footing::last) last.push_back(hits_[i]);
  }
  hits_.resize(kept);
  return last;
}

void ResultPage::extend(ResultPage following, std::size_t limit) {
  next_ = following.next_;
  partial_ = partial_ || following.partial_;
  for (auto& hit : following.hits_) {
    if (hits_.size() == limit) {
      next_ = hits_.back().cursor();
      return;
    }
    hits_.push_back(hit);
  }
}

void ResultPage::close(const std::vector<Hit>& last, std::size_t limit) {
  if (last.empty()) return;
  if (hits_.size() >= limit) {
    next_ = hits_.back().cursor();  // they get a page of their own
    return;
  }
  for (const auto& hit : last) {
    if (hits_.size() < limit) hits_.push_back(hit);
  }
  next_.reset();
}

Opinion Guard::judge(std::string_view text, const Asker& asker) const {
  Opinion opinion;
  if (text.empty()) return opinion;
  judge_by_terms(text, asker.terms, opinion);
  if (rules_ && opinion.effect < terms::SearchEffect::block) {
    const auto ruling = rules_(text);
    if (ruling.effect > opinion.effect) {
      opinion.effect = ruling.effect;
      opinion.category = ruling.category;
    }
  }
  opinion.shown_anyway = (asker.reviews && opinion.effect > terms::SearchEffect::allow) ||
                         (asker.show_anyway && opinion.effect == terms::SearchEffect::interstitial);
  return opinion;
}

void Guard::judge_by_terms(std::string_view text, const terms::Asker& asker, Opinion& opinion) const {
  const auto terms = this->terms();
  if (!terms) return;
  // Both grow to what a query needs and stay; the scratch is made anew when the terms are.
  static thread_local terms::GuardScratch scratch;
  static thread_local terms::GuardVerdict verdict;
  terms->check(text, asker, scratch, verdict);
  opinion.effect = std::max(verdict.effect, terms::SearchEffect::allow);
  if (verdict.hits.empty()) return;
  // The strongest first, of these in the order of the text.
  std::ranges::sort(verdict.hits, [](const terms::TermHit& a, const terms::TermHit& b) {
    if (a.term->effect != b.term->effect) return a.term->effect > b.term->effect;
    return std::pair(a.begin, a.term_index) < std::pair(b.begin, b.term_index);
  });
  for (const auto& hit : verdict.hits) {
    if (std::ranges::find(opinion.terms, hit.term->id) == opinion.terms.end()) {
      opinion.terms.push_back(hit.term->id);
    }
    if (!opinion.category) opinion.category = hit.term->category;
  }
  opinion.disguised = verdict.hits.front().disguised || verdict.read_as != text;
}

Result<Passage> Guard::pass(Query query, const Asker& asker) const {
  query.limit = std::clamp<std::size_t>(query.limit, 1, 100);
  auto clauses = parse(query.text);
  const bool filtered = !query.peers.empty() || query.sender || query.traits != 0;
  const bool blank = query.text.find_first_not_of(" \t\r\n") == std::string::npos;
  if (clauses.empty() && !(blank && filtered && query.subject == Subject::posts)) {
    return fail(Error::invalid("SEARCH_QUERY_EMPTY", "There is no word in the query to search for."));
  }
  Passage passage;
  passage.opinion = judge(query.text, asker);
  if (!passage.opinion.refused()) passage.query = GuardedQuery(std::move(query), std::move(clauses));
  return passage;
}

ResultPage Guard::pass(const GuardedQuery& /*query*/, RawPage page, Opinion opinion) const {
  ResultPage out;
  out.hits_ = std::move(page.hits_);
  out.total_ = page.total_;
  out.partial_ = page.partial_;
  out.opinion_ = std::move(opinion);
  if (page.more_ && !out.hits_.empty()) out.next_ = out.hits_.back().cursor();
  return out;
}

ResultPage Guard::refuse(Opinion opinion) const {
  ResultPage out;
  out.opinion_ = std::move(opinion);
  return out;
}

}  // namespace heliograph::search
