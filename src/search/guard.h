// The one function that every query and every list of results passes. The index takes only a GuardedQuery and
// gives only a RawPage; only the guard makes the first and can open the second, so that there is no way
// around it that compiles.
//
// A query is judged by the guarded terms in force (terms/query_guard.h): it passes, passes with what comes of
// little-known sources put last (demote), or is refused: with help, and for those who then want to see the
// results with a way on (interstitial), or without one (block). Where the policy has rules for searches, the
// stronger of both counts.
//
// Threading: thread-safe; terms are swapped while others search, and who began with the old ones ends with
// them.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "base/result.h"
#include "search/hit.h"
#include "search/query.h"
#include "terms/query_guard.h"

namespace heliograph::search {

// Who searches, as far as it matters here.
struct Asker {
  terms::Asker terms;
  bool show_anyway = false;  // has read the help, and wants to see what an interstitial term finds
  bool reviews = false;      // of the staff: looks at what a term finds, to say what becomes of it
};

// What the policy's rules for searches say of a query, by what a model makes of its words.
struct Ruling {
  terms::SearchEffect effect = terms::SearchEffect::allow;  // allow, demote, interstitial, block
  std::optional<terms::Category> category;
};

// What the guard makes of a query.
struct Opinion {
  terms::SearchEffect effect = terms::SearchEffect::allow;  // allow, demote, interstitial, block
  std::optional<terms::Category> category;                  // of the strongest term, if any guards
  std::vector<std::string> terms;                           // ids of those that guard, the strongest first
  bool disguised = false;                                   // the strongest was not written as it is
  bool shown_anyway = false;                                // passed all the same, because it was wanted

  bool refused() const { return effect >= terms::SearchEffect::interstitial && !shown_anyway; }
  // Of sources that are not well known, what is found comes last.
  bool wary() const { return effect >= terms::SearchEffect::demote; }
};

// A query that may be asked, with its text understood.
class GuardedQuery {
 public:
  const Query& query() const { return query_; }
  const std::vector<Clause>& clauses() const { return clauses_; }
  // The same question, from another place on, for a page of another size (1 to 200).
  GuardedQuery resumed(std::optional<Cursor> after, std::size_t limit) const;

 private:
  friend class Guard;
  GuardedQuery(Query query, std::vector<Clause> clauses)
      : query_(std::move(query)), clauses_(std::move(clauses)) {}
  Query query_;
  std::vector<Clause> clauses_;
};

struct Passage {
  Opinion opinion;
  std::optional<GuardedQuery> query;  // none: refused
};

// What the index found, closed.
class RawPage {
 public:
  RawPage() = default;
  RawPage(std::vector<Hit> hits, std::int64_t total, bool more, bool partial)
      : hits_(std::move(hits)), total_(total), more_(more), partial_(partial) {}

 private:
  friend class Guard;
  std::vector<Hit> hits_;
  std::int64_t total_ = 0;
  bool more_ = false;
  bool partial_ = false;
};

// How a hit is to be shown.
enum class Footing : std::uint8_t {
  hidden,  // not at all
  last,    // after all that is shown
  shown,
};

// What may be shown.
class ResultPage {
 public:
  // In order.
  const std::vector<Hit>& hits() const { return hits_; }
  // Where the next page begins; none: this was the last.
  const std::optional<Cursor>& next() const { return next_; }
  // About how many there are in all, before the caller's filter.
  std::int64_t total() const { return total_; }
  // Time ran out: there may be hits that are not in the list.
  bool partial() const { return partial_; }
  // Of the query. A refused one has no hits.
  const Opinion& opinion() const { return opinion_; }

  // Leaves out the hits that are not `shown`; `footings` has one for each. Gives those that go last.
  std::vector<Hit> settle(const std::vector<Footing>& footings);
  // Adds the page that follows this one, up to `limit` hits in all.
  void extend(ResultPage following, std::size_t limit);
  // Adds, to a list that has come to its end, what goes last, up to `limit` hits in all.
  void close(const std::vector<Hit>& last, std::size_t limit);

 private:
  friend class Guard;
  ResultPage() = default;
  std::vector<Hit> hits_;
  std::optional<Cursor> next_;
  std::int64_t total_ = 0;
  bool partial_ = false;
  Opinion opinion_;
};

class Guard {
 public:
  // Without terms every query passes.
  explicit Guard(std::shared_ptr<const terms::QueryGuard> terms = nullptr) : terms_(std::move(terms)) {}

  std::shared_ptr<const terms::QueryGuard> terms() const { return terms_.load(std::memory_order_acquire); }
  void swap(std::shared_ptr<const terms::QueryGuard> terms) {
    terms_.store(std::move(terms), std::memory_order_release);
  }

  // Before the first query. `rules` is called by whoever searches, at once by many; it does not fail.
  void attach(std::function<Ruling(std::string_view text)> rules) { rules_ = std::move(rules); }

  // Never fails; a text without words is allowed.
  Opinion judge(std::string_view text, const Asker& asker) const;
  // invalid SEARCH_QUERY_EMPTY: neither words nor filters, or words without a letter, digit or emoji.
  Result<Passage> pass(Query query, const Asker& asker) const;
  ResultPage pass(const GuardedQuery& query, RawPage page, Opinion opinion) const;
  // The answer to a query that was refused.
  ResultPage refuse(Opinion opinion) const;

 private:
  void judge_by_terms(std::string_view text, const terms::Asker& asker, Opinion& opinion) const;

  std::atomic<std::shared_ptr<const terms::QueryGuard>> terms_;
  std::function<Ruling(std::string_view)> rules_;
};

}  // namespace heliograph::search
