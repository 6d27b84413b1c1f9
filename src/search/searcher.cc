#include "search/searcher.h"

#include <algorithm>

namespace heliograph::search {

namespace {
constexpr std::size_t looked_at_max = 2'000;
constexpr std::size_t looked_at_warily_max = 400;
}  // namespace

// From one place on until there is a page of what is wanted: what is shown, and what goes last.
struct Searcher::Sweep {
  std::optional<ResultPage> page;
  std::vector<Hit> last;
  bool gave_up = false;  // there may be more, but enough was looked at
};

Task<Result<Searcher::Sweep>> Searcher::sweep(const GuardedQuery& asked, const Opinion& opinion,
                                              const Filter& filter, Wanted wanted) const {
  const auto limit = asked.query().limit;
  const auto most = opinion.wary() ? looked_at_warily_max : looked_at_max;
  auto fetch = limit;
  std::size_t looked_at = 0;
  Sweep out;
  for (auto after = asked.query().after;; after = out.page->next()) {
    auto step = asked.resumed(after, fetch);
    CO_ASSIGN(auto raw, co_await index_.search(step));
    auto found = guard_.pass(step, std::move(raw), opinion);
    looked_at += found.hits().size();
    if (filter && !found.hits().empty()) {
      auto shown = found.hits();
      CO_ASSIGN(const auto footings, co_await filter(std::move(shown), opinion.wary()));
      for (const auto& hit : found.settle(footings)) {
        if (out.last.size() < limit) out.last.push_back(hit);
      }
    }
    if (out.page && wanted == Wanted::shown) {
      out.page->extend(std::move(found), limit);
    } else {
      out.page.emplace(std::move(found));
    }
    const auto got = wanted == Wanted::shown ? out.page->hits().size() : out.last.size();
    if (got >= limit || !out.page->next()) break;
    out.gave_up = looked_at >= most;
    if (out.gave_up) break;
    fetch = std::min<std::size_t>(fetch * 2, 200);  // much is filtered out: ask for more at once
  }
  co_return std::move(out);
}

Task<Result<ResultPage>> Searcher::search(Query query, Filter filter, Asker asker) const {
  CO_ASSIGN(const auto passage, guard_.pass(std::move(query), asker));
  if (!passage.query) co_return guard_.refuse(passage.opinion);
  const auto& asked = *passage.query;
  CO_ASSIGN(auto found, co_await sweep(asked, passage.opinion, filter, Wanted::shown));
  auto& page = *found.page;
  // Clients take an empty page for the end, wherever it says that the list goes on.
  const bool ends = !page.next() || (found.gave_up && page.hits().empty() && !found.last.empty());
  if (!ends) co_return std::move(page);
  const auto limit = asked.query().limit;
  if (filter && asked.query().after) {
    // Those on the pages before, which showed none of them.
    const auto begun = asked.resumed({}, limit);
    CO_ASSIGN(auto all, co_await sweep(begun, passage.opinion, filter, Wanted::last));
    found.last = std::move(all.last);
  }
  page.close(found.last, limit);
  co_return std::move(page);
}

}  // namespace heliograph::search
