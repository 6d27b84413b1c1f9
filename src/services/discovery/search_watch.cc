#include "services/discovery/search_watch.h"

#include <algorithm>

#include "ledger/record.h"
#include "safety/policy/policy.h"
#include "services/discovery/guarded_terms.h"

namespace heliograph::services {

namespace {

constexpr UnixSeconds seconds_a_day = 86'400;
constexpr auto idle_time = std::chrono::hours(1);
constexpr std::size_t asked_looked_at = 500;
constexpr std::size_t led_looked_at = 50;
constexpr std::size_t cases_of_subject = 8;

std::string subject_of_hit(const search::Hit& hit) {
  if (hit.key.is_peer()) return ledger::Subject::of(hit.key.peer).text;
  return ledger::Subject::of(hit.key.peer, MessageId{hit.key.message}).text;
}

// "message/channel/9/31" is in "channel/9".
std::string_view place_in(std::string_view subject) {
  constexpr std::string_view message = "message/";
  if (!subject.starts_with(message)) return {};
  subject.remove_prefix(message.size());
  return subject.substr(0, subject.rfind('/'));
}

// The category of what was found against it, if it was removed, closed or hidden.
Result<std::optional<std::uint8_t>> removed_for(store::Tx& tx, std::string_view subject) {
  HG_ASSIGN(const auto cases, tx.cases().of_subject(subject, cases_of_subject));
  for (const auto& one : cases) {
    const bool taken = one.effect >= static_cast<std::uint8_t>(safety::Effect::hide_from_search);
    if (one.state == store::CaseState::decided && taken) return one.category;
  }
  const auto place = place_in(subject);
  if (place.empty()) return std::nullopt;
  return removed_for(tx, place);
}

struct Finding {
  std::int64_t shown = 0, removed = 0;
  std::map<std::uint8_t, std::int64_t> categories;

  terms::Category category() const {
    const auto most = std::ranges::max_element(categories, {}, [](const auto& one) { return one.second; });
    return static_cast<terms::Category>(most->first);
  }
};

Result<Finding> look_into(store::Tx& tx, const std::string& words, store::Day from) {
  Finding finding;
  HG_ASSIGN(const auto led, tx.search_counts().led_to(words, from, led_looked_at));
  for (const auto& one : led) {
    finding.shown += one.shown;
    HG_ASSIGN(const auto category, removed_for(tx, one.subject));
    if (!category) continue;
    finding.removed += one.shown;
    finding.categories[*category] += one.shown;
  }
  return finding;
}

bool lets_pass(const terms::QueryGuard* guard, const std::string& words) {
  if (guard == nullptr) return true;
  terms::GuardScratch scratch;
  terms::GuardVerdict verdict;
  guard->check(words, scratch, verdict);
  return verdict.effect < terms::SearchEffect::demote;
}

}  // namespace

void SearchWatch::note(UserId who, std::string_view text, const search::Opinion& opinion,
                       const std::vector<search::Hit>& shown) {
  Asked asked;
  asked.words = canonical_term(std::string(text)).value_or("");
  if (asked.words.empty() && opinion.terms.empty()) return;
  asked.terms = opinion.terms;
  asked.disguised = opinion.disguised;
  asked.shown_anyway = opinion.shown_anyway;
  for (const auto& hit : shown) {
    if (asked.shown.size() == leads_max) break;
    asked.shown.push_back(subject_of_hit(hit));
  }
  asked.at = environment_.clock.monotonic();
  const std::lock_guard lock(mutex_);
  turn_day();
  const auto before = typing_.find(who);
  if (before != typing_.end()) {
    const bool goes_on = asked.at - before->second.at < typing_time && !before->second.words.empty() &&
                         asked.words.starts_with(before->second.words);
    if (!goes_on) count(who, before->second);
    before->second = std::move(asked);
  } else if (typing_.size() < words_max) {
    typing_.emplace(who, std::move(asked));
  }
}

void SearchWatch::note_overblock(const search::Opinion& opinion) {
  const std::lock_guard lock(mutex_);
  turn_day();
  for (const auto& term : opinion.terms) ++met(term).overblocked;
}

store::TermMet& SearchWatch::met(const std::string& term) {
  auto& one = met_[term];
  one.term = term;
  one.day = day_;
  return one;
}

void SearchWatch::count(UserId who, const Asked& asked) {
  for (const auto& term : asked.terms) {
    auto& one = met(term);
    ++one.asked;
    one.evaded += asked.disguised && term == asked.terms.front() ? 1 : 0;
    one.shown_anyway += asked.shown_anyway ? 1 : 0;
  }
  if (asked.words.empty()) return;
  const auto found = words_.find(asked.words);
  if (found == words_.end() && words_.size() >= words_max) return;
  auto& one = found != words_.end() ? found->second : words_[asked.words];
  one.touched = asked.at;
  ++one.asked;
  for (const auto& subject : asked.shown) ++one.led[subject];
  if (one.counted) return;
  one.people.insert(who);
  if (one.people.size() < thresholds_.people) return;
  one.counted = true;
  one.people.clear();
}

// What belongs to the day that is over is ready to be written; who searched for what is forgotten.
void SearchWatch::turn_day() {
  const auto today = static_cast<store::Day>(environment_.clock.unix_seconds() / seconds_a_day);
  if (today == day_) return;
  for (const auto& [who, asked] : typing_) count(who, asked);
  typing_.clear();
  take_words();
  words_.clear();
  day_ = today;
}

void SearchWatch::take_words() {
  for (auto& [words, one] : words_) {
    if (!one.counted || one.asked == 0) continue;
    unwritten_.asked.push_back({words, day_, std::exchange(one.asked, 0)});
    for (const auto& [subject, shown] : one.led) unwritten_.led.push_back({words, subject, day_, shown});
    one.led.clear();
  }
  for (const auto& [term, one] : met_) unwritten_.met.push_back(one);
  met_.clear();
}

// So that words which nobody repeats do not keep others out.
void SearchWatch::forget_idle(Monotonic now) {
  if (words_.size() < words_max / 2) return;
  std::erase_if(
      words_, [now](const auto& one) { return !one.second.counted && now - one.second.touched > idle_time; });
}

Task<Status> SearchWatch::flush() {
  auto batch = std::make_shared<Unwritten>();
  store::Day drop = 0;
  {
    const std::lock_guard lock(mutex_);
    turn_day();
    const auto now = environment_.clock.monotonic();
    for (auto at = typing_.begin(); at != typing_.end();) {
      if (now - at->second.at < typing_time) {
        ++at;
        continue;
      }
      count(at->first, at->second);
      at = typing_.erase(at);
    }
    take_words();
    forget_idle(now);
    *batch = std::exchange(unwritten_, {});
    if (dropped_ != day_) drop = day_ - days_kept;
  }
  if (batch->empty() && drop == 0) co_return Status();
  auto body = [batch, drop](store::Tx& tx) -> Status {
    for (const auto& one : batch->asked) HG_TRY(tx.search_counts().add(one));
    for (const auto& one : batch->led) HG_TRY(tx.search_counts().add(one));
    for (const auto& one : batch->met) HG_TRY(tx.search_counts().add(one));
    return drop != 0 ? tx.search_counts().drop_before(drop) : Status();
  };
  auto written = co_await environment_.store.write(std::move(body));
  const std::lock_guard lock(mutex_);
  if (written) {
    if (drop != 0) dropped_ = drop + days_kept;
    co_return written;
  }
  std::ranges::move(batch->asked, std::back_inserter(unwritten_.asked));
  std::ranges::move(batch->led, std::back_inserter(unwritten_.led));
  std::ranges::move(batch->met, std::back_inserter(unwritten_.met));
  co_return written;
}

Task<Result<std::size_t>> SearchWatch::put_forward(std::shared_ptr<const terms::QueryGuard> guard) {
  const auto from = static_cast<store::Day>(environment_.clock.unix_seconds() / seconds_a_day) - days_watched;
  using Found = std::vector<std::pair<std::string, Finding>>;
  auto look = [this, from, guard](store::Tx& tx) -> Result<Found> {
    Found found;
    HG_ASSIGN(const auto asked, tx.search_counts().most_asked(from, thresholds_.asked, asked_looked_at));
    for (const auto& one : asked) {
      if (!lets_pass(guard.get(), one.words)) continue;
      HG_ASSIGN(auto finding, look_into(tx, one.words, from));
      if (finding.removed < thresholds_.removed || finding.removed * 2 < finding.shown) continue;
      found.emplace_back(one.words, std::move(finding));
    }
    return found;
  };
  CO_ASSIGN(auto found, co_await environment_.store.read(std::move(look)));
  if (found.empty()) co_return std::size_t{0};
  auto propose = [this, found = std::move(found)](store::Tx& tx) -> Result<std::size_t> {
    std::size_t proposed = 0;
    for (const auto& [words, finding] : found) {
      const auto why = "Of what searches for it have shown in " + std::to_string(days_watched) + " days (" +
                       std::to_string(finding.shown) + " results), " + std::to_string(finding.removed) +
                       " was removed or hidden since.";
      HG_ASSIGN(const bool put, propose_watched(tx, environment_, words, finding.category(), why));
      proposed += put ? 1 : 0;
    }
    return proposed;
  };
  co_return co_await environment_.store.write(std::move(propose));
}

}  // namespace heliograph::services
