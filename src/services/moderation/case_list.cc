// Cases in lists: what waits in the order of the queue, which the store keeps; everything else put in order
// here, as far as there is not too much of it.
#include <algorithm>
#include <limits>

#include "safety/cases/intake.h"
#include "services/moderation/casework.h"
#include "services/moderation/moderation.h"

namespace heliograph::services {

namespace {

using ListState = CaseQuery::State;
using ListOrder = CaseQuery::Order;

constexpr std::size_t kCasesAtOnce = 200;
constexpr std::size_t kSortedMost = 5000;      // that wait
constexpr std::size_t kPassedOverMost = 5000;  // for one page
constexpr std::size_t kClosedMost = 1000;
constexpr std::size_t kAppealsCounted = 10'000;

// What the store does not look at.
bool passes(const CaseQuery& query, const store::Case& one) {
  if (query.kind && kind_of(one) != *query.kind) return false;
  if (!query.held_by_others) return true;
  return one.assignee && one.assigned_until > query.filter.now && one.assignee != *query.held_by_others;
}

// As the store filters those that wait.
bool passes_closed(const CaseQuery& query, const store::Case& one) {
  const auto& filter = query.filter;
  const bool state = query.state == ListState::all ||
                     (query.state == ListState::decided && one.state == store::CaseState::decided) ||
                     (query.state == ListState::reversed && one.state == store::CaseState::reversed);
  return state && (!query.kind || kind_of(one) == *query.kind) &&
         (!filter.queue || one.queue == *filter.queue) &&
         (filter.categories == 0 || (filter.categories >> one.category & 1U) != 0) &&
         (filter.language.empty() || one.language == filter.language) &&
         (filter.country.empty() || one.country == filter.country) && one.severity >= filter.severity_from;
}

// Smaller comes first.
std::int64_t key_of(const CaseQuery& query, const store::Case& one) {
  switch (query.order) {
    case ListOrder::priority:
      if (query.state == ListState::decided || query.state == ListState::reversed) return -one.decided_at;
      return -one.rank;
    case ListOrder::oldest:
      return one.opened_at;
    case ListOrder::newest:
      return -one.opened_at;
    case ListOrder::due:
      return one.due_at == 0 ? std::numeric_limits<std::int64_t>::max() : one.due_at;
  }
  return 0;
}

struct Listed {
  std::vector<store::Case> cases;
  std::optional<CasePosition> next;
};

Result<Listed> waiting_page(store::Tx& tx, const CaseQuery& query, std::optional<CasePosition> after,
                            std::size_t limit) {
  Listed listed;
  store::CasePlace place;
  if (after) place = {-after->key, after->id};
  for (std::size_t seen = 0; seen < kPassedOverMost;) {
    HG_ASSIGN(auto page, tx.cases().queue(query.filter, place, kCasesAtOnce));
    for (auto& one : page) {
      place = {one.rank, one.id};
      if (!passes(query, one)) continue;
      listed.cases.push_back(std::move(one));
      if (listed.cases.size() < limit) continue;
      listed.next = {-place.rank, place.id};
      return listed;
    }
    if (page.size() < kCasesAtOnce) return listed;
    seen += page.size();
  }
  listed.next = {-place.rank, place.id};
  return listed;
}

Result<std::vector<store::Case>> all_waiting(store::Tx& tx, const CaseQuery& query) {
  std::vector<store::Case> all;
  for (store::CasePlace place;;) {
    HG_ASSIGN(auto page, tx.cases().queue(query.filter, place, kCasesAtOnce));
    const bool last = page.size() < kCasesAtOnce;
    for (auto& one : page) {
      place = {one.rank, one.id};
      if (passes(query, one)) all.push_back(std::move(one));
    }
    if (last) return all;
    if (all.size() > kSortedMost) {
      return fail(Error::unavailable("NOT_OFFERED",
                                     "More than 5,000 cases wait here, too many for this order. Narrow the "
                                     "filter, or go by priority."));
    }
  }
}

Result<Listed> sorted_page(store::Tx& tx, const CaseQuery& query, std::optional<CasePosition> after,
                           std::size_t limit) {
  std::vector<store::Case> all;
  if (query.state != ListState::decided && query.state != ListState::reversed) {
    HG_ASSIGN(all, all_waiting(tx, query));
  }
  if (query.state != ListState::open && query.state != ListState::awaiting_second && !query.held_by_others) {
    HG_ASSIGN(auto closed, tx.cases().decided_since(0, kClosedMost));
    for (auto& one : closed) {
      if (passes_closed(query, one)) all.push_back(std::move(one));
    }
  }
  const auto place_in_order = [&](const store::Case& one) { return std::pair(key_of(query, one), one.id); };
  std::ranges::sort(all, {}, place_in_order);
  Listed listed;
  for (auto& one : all) {
    const auto place = place_in_order(one);
    if (after && place <= std::pair(after->key, after->id)) continue;
    if (listed.cases.size() == limit) {
      const auto last = place_in_order(listed.cases.back());
      listed.next = {last.first, last.second};
      break;
    }
    listed.cases.push_back(std::move(one));
  }
  return listed;
}

}  // namespace

CaseKind kind_of(const store::Case& one) {
  const auto& subject = one.subject;
  if (subject.starts_with("message/")) return CaseKind::message;
  if (subject.starts_with("account/")) return CaseKind::account;
  if (subject.starts_with("campaign/")) return CaseKind::campaign;
  return safety::term_of(one).empty() ? CaseKind::chat : CaseKind::term;
}

Task<Result<CasePage>> Casework::list(CaseQuery query, std::optional<CasePosition> after,
                                      std::size_t limit) const {
  query.filter.now = environment_.clock.unix_seconds();
  limit = std::clamp<std::size_t>(limit, 1, kCasesAtOnce);
  if (query.state == ListState::awaiting_second) {
    if (query.filter.queue && *query.filter.queue != store::CaseQueue::second) co_return CasePage{};
    query.filter.queue = store::CaseQueue::second;
  }
  auto body = [this, query = std::move(query), after, limit](store::Tx& tx) -> Result<CasePage> {
    const bool queued = query.order == ListOrder::priority &&
                        (query.state == ListState::open || query.state == ListState::awaiting_second);
    HG_ASSIGN(auto listed,
              queued ? waiting_page(tx, query, after, limit) : sorted_page(tx, query, after, limit));
    CasePage page;
    HG_ASSIGN(page.views, views_in(tx, std::move(listed.cases)));
    page.next = listed.next;
    return page;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Result<std::vector<QueueFigures>> Casework::figures_in(store::Tx& tx, UnixSeconds now) const {
  std::vector<QueueFigures> all;
  using enum store::CaseQueue;
  for (const auto queue : {general, orders, terms, second, seniors}) {
    HG_ASSIGN(const auto figures, tx.cases().figures(queue, now));
    all.push_back({queue, figures, 0});
  }
  // Of the operator's those that the policy has, and those in which something waits whether it has them or
  // not.
  const auto* desk = desk_of(environment_);
  const auto book = desk == nullptr ? nullptr : environment_.moderation->gate()->rulebook();
  for (std::int32_t n = 0; n < safety::own_queues_max; ++n) {
    const auto queue = static_cast<store::CaseQueue>(store::own_queue_first + n);
    HG_ASSIGN(const auto figures, tx.cases().figures(queue, now));
    const bool known = book != nullptr && book->policy->routes().is_own(queue);
    if (known || figures.open > 0) all.push_back({queue, figures, 0});
  }
  return all;
}

Task<Result<std::vector<QueueFigures>>> Casework::figures() const {
  const auto now = environment_.clock.unix_seconds();
  auto body = [this, now](store::Tx& tx) { return figures_in(tx, now); };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<std::shared_ptr<const CaseCounts>>> Casework::counts(std::vector<StaffId> staff) const {
  const auto now = environment_.clock.unix_seconds();
  {
    const std::lock_guard lock(counting_);
    if (counted_ && now >= counted_->at && now - counted_->at < counted_for) co_return counted_;
  }
  auto body = [this, now, staff = std::move(staff)](store::Tx& tx) -> Result<CaseCounts> {
    CaseCounts counts;
    counts.at = now;
    HG_ASSIGN(counts.queues, figures_in(tx, now));
    for (const auto who : staff) {
      store::CaseFilter filter;
      filter.assignee = who;
      filter.now = now;
      HG_ASSIGN(const auto theirs, tx.cases().queue(filter, {}, kClosedMost));
      if (!theirs.empty()) counts.held[who] = static_cast<std::int64_t>(theirs.size());
      for (const auto& one : theirs) {
        const auto row = std::ranges::find(counts.queues, one.queue, &QueueFigures::queue);
        if (row != counts.queues.end()) ++row->held;
      }
    }
    for (std::int64_t after = 0; counts.appeals < static_cast<std::int64_t>(kAppealsCounted);) {
      HG_ASSIGN(const auto page, tx.cases().waiting_appeals(after, kCasesAtOnce));
      counts.appeals += static_cast<std::int64_t>(page.size());
      if (page.size() < kCasesAtOnce) break;
      after = page.back().id;
    }
    return counts;
  };
  CO_ASSIGN(auto counts, co_await environment_.store.read(std::move(body)));
  auto shared = std::make_shared<const CaseCounts>(std::move(counts));
  const std::lock_guard lock(counting_);
  counted_ = shared;
  co_return shared;
}

Task<Result<std::vector<AppealView>>> Casework::appeals_of(std::optional<store::AppealState> state,
                                                           std::int64_t after, std::size_t limit) const {
  auto body = [this, state, after, limit](store::Tx& tx) -> Result<std::vector<AppealView>> {
    std::vector<store::Appeal> all;
    HG_ASSIGN(const auto cases, tx.cases().decided_since(0, kClosedMost));
    for (const auto& one : cases) {
      HG_ASSIGN(auto appeals, tx.cases().appeals_of(one.id));
      for (auto& appeal : appeals) {
        if (appeal.id > after && (!state || appeal.state == *state)) all.push_back(std::move(appeal));
      }
    }
    std::ranges::sort(all, {}, &store::Appeal::id);
    if (all.size() > limit) all.erase(all.begin() + static_cast<std::ptrdiff_t>(limit), all.end());
    std::vector<AppealView> views;
    for (auto& appeal : all) {
      HG_ASSIGN(auto view, appeal_view(tx, std::move(appeal)));
      views.push_back(std::move(view));
    }
    return views;
  };
  co_return co_await environment_.store.read(std::move(body));
}

}  // namespace heliograph::services
