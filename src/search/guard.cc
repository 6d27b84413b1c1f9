#include "search/guard.h"

#include <algorithm>

namespace heliograph::search {

GuardedQuery GuardedQuery::resumed(std::optional<Cursor> after, std::size_t limit) const {
  auto out = *this;
  out.query_.after = after;
  out.query_.limit = std::clamp<std::size_t>(limit, 1, 200);
  return out;
}

void ResultPage::narrow(const std::vector<bool>& keep) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < hits_.size() && i < keep.size(); ++i) {
    if (keep[i]) hits_[kept++] = hits_[i];
  }
  hits_.resize(kept);
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

Result<GuardedQuery> Guard::pass(Query query) const {
  query.limit = std::clamp<std::size_t>(query.limit, 1, 100);
  auto clauses = parse(query.text);
  const bool filtered = !query.peers.empty() || query.sender || query.traits != 0;
  const bool blank = query.text.find_first_not_of(" \t\r\n") == std::string::npos;
  if (clauses.empty() && !(blank && filtered && query.subject == Subject::posts)) {
    return fail(Error::invalid("SEARCH_QUERY_EMPTY", "There is no word in the query to search for."));
  }
  return GuardedQuery(std::move(query), std::move(clauses));
}

ResultPage Guard::pass(const GuardedQuery& /*query*/, RawPage page) const {
  ResultPage out;
  out.hits_ = std::move(page.hits_);
  out.total_ = page.total_;
  out.partial_ = page.partial_;
  if (page.more_ && !out.hits_.empty()) out.next_ = out.hits_.back().cursor();
  return out;
}

}  // namespace heliograph::search
