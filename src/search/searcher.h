// What services use: guard, index and the caller's own filter together.
#pragma once

#include <functional>
#include <vector>

#include "base/task.h"
#include "search/guard.h"
#include "search/index.h"

namespace heliograph::search {

// Which of the hits this caller may see (membership, bans, deletions, restrictions): one answer for each.
// Called on the caller's executor, several times in one search if need be.
using Filter = std::function<Task<Result<std::vector<bool>>>(std::vector<Hit>)>;

class Searcher {
 public:
  Searcher(Index& index, const Guard& guard) : index_(index), guard_(guard) {}

  // Goes on until the page has query.limit hits that pass the filter, there are no more, or 2,000 have been
  // looked at; then the page is shorter and next() says where to go on. An empty filter lets all pass.
  Task<Result<ResultPage>> search(Query query, Filter filter = {}) const;

 private:
  Index& index_;
  const Guard& guard_;
};

}  // namespace heliograph::search
