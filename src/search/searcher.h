// What services use: guard, index and the caller's own filter together.
#pragma once

#include <functional>
#include <vector>

#include "base/task.h"
#include "search/guard.h"
#include "search/index.h"

namespace heliograph::search {

// How this caller may see the hits (membership, bans, deletions, restrictions; what goes last): one answer
// for each. `wary`: the query is such that what comes of little-known sources goes last, too. Called on the
// caller's executor, several times in one search if need be.
using Filter = std::function<Task<Result<std::vector<Footing>>>(std::vector<Hit>, bool wary)>;

class Searcher {
 public:
  Searcher(Index& index, const Guard& guard) : index_(index), guard_(guard) {}

  const Guard& guard() const { return guard_; }

  // Goes on until the page has query.limit hits that pass the filter, there are no more, or 2,000 have been
  // looked at (400 of a wary one); then the page is shorter and next() says where to go on. What goes last is
  // on the last page, behind the rest, as far as that page has room. An empty filter lets all pass. A query
  // that is refused gives an empty page that says so (ResultPage::opinion()).
  Task<Result<ResultPage>> search(Query query, Filter filter = {}, Asker asker = {}) const;

 private:
  struct Sweep;
  enum class Wanted : std::uint8_t { shown, last };
  Task<Result<Sweep>> sweep(const GuardedQuery& asked, const Opinion& opinion, const Filter& filter,
                            Wanted wanted) const;

  Index& index_;
  const Guard& guard_;
};

}  // namespace heliograph::search
