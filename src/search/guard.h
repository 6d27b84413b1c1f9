// The one function that every query and every list of results passes. The index takes only a GuardedQuery and
// gives only a RawPage; only the guard makes the first and can open the second, so that there is no way
// around it that compiles. It lets everything through as yet: terms that are demoted, warned about or blocked
// come in here.
//
// Threading: thread-safe.
#pragma once

#include <utility>
#include <vector>

#include "base/result.h"
#include "search/hit.h"
#include "search/query.h"

namespace heliograph::search {

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

  // Leaves out the hits for which `keep`, of the same length, is false.
  void narrow(const std::vector<bool>& keep);
  // Adds the page that follows this one, up to `limit` hits in all.
  void extend(ResultPage following, std::size_t limit);

 private:
  friend class Guard;
  ResultPage() = default;
  std::vector<Hit> hits_;
  std::optional<Cursor> next_;
  std::int64_t total_ = 0;
  bool partial_ = false;
};

class Guard {
 public:
  // invalid SEARCH_QUERY_EMPTY: neither words nor filters, or words without a letter, digit or emoji.
  Result<GuardedQuery> pass(Query query) const;
  ResultPage pass(const GuardedQuery& query, RawPage page) const;
};

}  // namespace heliograph::search
