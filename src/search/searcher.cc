#include "search/searcher.h"

#include <algorithm>

namespace heliograph::search {

namespace {
constexpr std::size_t looked_at_max = 2'000;
}

Task<Result<ResultPage>> Searcher::search(Query query, Filter filter) const {
  CO_ASSIGN(const auto asked, guard_.pass(std::move(query)));
  const auto limit = asked.query().limit;
  auto fetch = limit;
  std::size_t looked_at = 0;
  std::optional<ResultPage> page;
  for (auto after = asked.query().after;; after = page->next()) {
    auto step = asked.resumed(after, fetch);
    CO_ASSIGN(auto raw, co_await index_.search(step));
    auto found = guard_.pass(step, std::move(raw));
    looked_at += found.hits().size();
    if (filter && !found.hits().empty()) {
      auto shown = found.hits();
      CO_ASSIGN(const auto keep, co_await filter(std::move(shown)));
      found.narrow(keep);
    }
    if (page) {
      page->extend(std::move(found), limit);
    } else {
      page.emplace(std::move(found));
    }
    if (page->hits().size() >= limit || !page->next() || looked_at >= looked_at_max) break;
    fetch = std::min<std::size_t>(fetch * 2, 200);  // much is filtered out: ask for more at once
  }
  co_return std::move(*page);
}

}  // namespace heliograph::search
