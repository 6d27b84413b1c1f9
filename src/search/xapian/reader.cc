#include "search/xapian/reader.h"

#include <algorithm>
#include <string>

#include "base/log.h"
#include "search/xapian/candidates.h"
#include "search/xapian/layout.h"
#include "search/xapian/score.h"
#include "search/xapian/translate.h"

namespace heliograph::search {

namespace {

constexpr int attempts_max = 5;
// How far down a list ordered by relevance goes.
constexpr Xapian::doccount ranked_max = 10'240;
constexpr Xapian::doccount ranked_first = 256;

// The phrases of a query against the text of what matches otherwise.
class SequenceCheck final : public Xapian::MatchDecider {
 public:
  SequenceCheck(std::vector<std::string> sequences, Monotonic deadline)
      : sequences_(std::move(sequences)), deadline_(deadline) {}
  bool needed() const { return !sequences_.empty(); }
  bool timed_out() const { return timed_out_; }
  bool operator()(const Xapian::Document& document) const override {
    if (!timed_out_ && std::chrono::steady_clock::now() > deadline_) timed_out_ = true;
    if (timed_out_) return false;
    const auto data = document.get_data();
    const auto stored = decode<Stored>(as_bytes(data));
    return stored && std::ranges::all_of(sequences_, [&](const auto& sequence) {
             return stored->sequence.find(sequence) != std::string::npos;
           });
  }

 private:
  const std::vector<std::string> sequences_;
  const Monotonic deadline_;
  mutable bool timed_out_ = false;
};

std::int32_t rate_of(std::uint32_t plan, double weight) {
  const auto score = std::clamp(static_cast<std::int32_t>(weight), 0, score_max);
  return static_cast<std::int32_t>(plan << score_bits) | score;
}

}  // namespace

Reader::Reader(const std::filesystem::path& folder, Shared& shared, const Clock& clock, Duration time_limit)
    : shared_(shared), clock_(clock), time_limit_(time_limit), db_(folder.string()) {}

Result<RawPage> Reader::search(const GuardedQuery& query) {
  const auto deadline = std::chrono::steady_clock::now() + time_limit_;
  for (int i = 1;; ++i) {
    try {
      const auto commits = shared_.commits.load();
      if (i > 1 || commits != commits_seen_) db_.reopen();
      commits_seen_ = commits;
      return attempt(query, deadline);
    } catch (const Xapian::DatabaseModifiedError&) {
      // The writer has committed twice since the beginning: what was being read is gone. Again.
      if (i < attempts_max) continue;
      return fail(Error::unavailable("SEARCH_OVERLOADED", "The index changes too fast; try again."));
    } catch (const Xapian::Error& error) {
      log::error("search failed: {}", error.get_type());
      return fail(Error::internal("SEARCH_FAILED"));
    } catch (const std::exception& error) {
      log::error("search failed: {}", error.what());
      return fail(Error::internal("SEARCH_FAILED"));
    }
  }
}

Xapian::docid Reader::find(const Key& key) const {
  const auto term = key_term(key);
  const auto found = db_.postlist_begin(term);
  return found == db_.postlist_end(term) ? 0 : *found;
}

Hit Reader::hit(const Xapian::MSetIterator& found, const Query& query, const Plan& plan) const {
  const auto document = found.get_document();
  const auto data = document.get_data();
  Hit out;
  if (const auto stored = decode<Stored>(as_bytes(data))) out.key = stored->key();
  out.date = Facts::unpacked(document.get_value(facts_slot)).date;
  out.rate = query.order == Order::newest ? static_cast<std::int32_t>(out.date)
                                          : rate_of(plan.number, found.get_weight());
  return out;
}

RawPage Reader::attempt(const GuardedQuery& asked, Monotonic deadline) {
  auto query = asked.query();
  if (query.subject == Subject::peers) query.order = Order::relevance;  // peers have no date
  const bool ranked = query.order == Order::relevance;
  const auto blocks = shared_.blocks();

  Translator translator(db_, stems_, query.subject);
  const auto name = Plans::name(query.subject, asked.clauses());
  const auto now = clock_.unix_seconds();
  std::shared_ptr<const Plan> plan;
  bool resumed = false;  // with the figures that the cursor was made with
  if (query.after && ranked) {
    plan = shared_.plans.numbered(name, static_cast<std::uint32_t>(query.after->rate) >> score_bits);
    resumed = plan != nullptr;
  }
  if (!plan) plan = shared_.plans.recent(name, now);
  if (!plan) plan = shared_.plans.keep(name, translator.plan(asked.clauses(), now));

  CandidateRules rules;
  rules.order = query.order;
  rules.now = plan->made;
  rules.deadline = deadline;
  if (query.since > 0)
    rules.since = static_cast<std::uint32_t>(std::min<UnixSeconds>(query.since, 0xffffffff));
  if (query.until > 0)
    rules.until = static_cast<std::uint32_t>(std::min<UnixSeconds>(query.until, 0xffffffff));
  const Xapian::docid after_id = query.after ? find(query.after->key) : 0;
  if (query.after && !ranked) {
    rules.after_date = static_cast<std::uint32_t>(query.after->rate);
    rules.after_id = after_id;
  }

  Candidates candidates(rules, blocks);
  const Xapian::Query source(&candidates);
  auto wanted = translator.words(asked.clauses(), *plan);
  const auto filters = translator.filters(query);
  if (wanted.empty()) {
    wanted = Xapian::Query(Xapian::Query::OP_FILTER, source, filters);
  } else {
    // By date the words only choose.
    wanted = Xapian::Query(ranked ? Xapian::Query::OP_AND : Xapian::Query::OP_FILTER, source, wanted);
    if (!filters.empty()) wanted = Xapian::Query(Xapian::Query::OP_FILTER, wanted, filters);
  }

  Xapian::Enquire enquire(db_);
  enquire.set_query(wanted);
  enquire.set_weighting_scheme(WordWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  const SequenceCheck check(Translator::sequences(asked.clauses()), deadline);

  const auto limit = static_cast<Xapian::doccount>(query.limit);
  auto depth = query.after && ranked ? std::max(ranked_first, limit + 1) : limit + 1;
  Xapian::MSet found;
  Xapian::doccount from = 0;
  for (;; depth = std::min(depth * 4, ranked_max)) {
    found = enquire.get_mset(0, depth, 0, nullptr, check.needed() ? &check : nullptr);
    from = 0;
    if (query.after && ranked) {
      const auto score = query.after->rate & score_max;
      auto at = found.begin();
      if (resumed || after_id == 0) {
        while (at != found.end() &&
               (at.get_weight() > score || (at.get_weight() == score && *at <= after_id))) {
          ++at, ++from;
        }
      } else {
        // Other figures, another order: go on after the hit itself, wherever it is now.
        while (at != found.end() && *at != after_id) ++at, ++from;
        if (at != found.end()) ++from;
      }
    }
    const bool enough = found.size() > from + limit;
    if (enough || found.size() < depth || depth == ranked_max) break;
  }

  std::vector<Hit> hits;
  for (auto i = from; i < found.size() && hits.size() < limit; ++i)
    hits.push_back(hit(found[i], query, *plan));
  const bool more = found.size() > from + limit;
  return {std::move(hits), static_cast<std::int64_t>(found.get_matches_estimated()), more,
          candidates.timed_out() || check.timed_out()};
}

}  // namespace heliograph::search
