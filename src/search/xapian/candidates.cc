#include "search/xapian/candidates.h"

#include "search/xapian/score.h"

namespace heliograph::search {

namespace {
constexpr int documents_a_look = 128;
}

Candidates::Candidates(const CandidateRules& rules, std::shared_ptr<const Blocks> blocks)
    : rules_(rules),
      by_date_(rules.order == Order::newest || rules.since != 0 || rules.until != 0xffffffff),
      blocks_(std::move(blocks)) {}

void Candidates::init(const Xapian::Database& db) {
  db_ = db;
  count_ = db.get_doccount();
  end_ = db.valuestream_end(facts_slot);
  values_ = end_;
  begun_ = false;
  timed_out_ = false;
  block_known_ = false;
  set_maxweight(rules_.order == Order::newest
                    ? std::min(blocks_->from(~std::size_t{0}).last_date, rules_.after_date)
                    : recency_score(rules_.now, rules_.now) + 0xffff + age_score(1, rules_.now));
}

bool Candidates::begin() {
  if (begun_) return false;
  begun_ = true;
  values_ = db_.valuestream_begin(facts_slot);
  return true;
}

double Candidates::get_weight() const {
  if (rules_.order == Order::newest) return facts_.date;
  return recency_score(facts_.date, rules_.now) + facts_.weight + age_score(facts_.since, rules_.now);
}

double Candidates::most_from_here() const {
  const auto& bounds = blocks_->from(block_);
  if (rules_.order == Order::newest) return std::min(bounds.last_date, rules_.after_date);
  return recency_score(bounds.last_date, rules_.now) + bounds.most_weight +
         age_score(bounds.first_since, rules_.now);
}

void Candidates::enter_block() {
  const auto block = Blocks::number(values_.get_docid());
  if (block_known_ && block == block_) return;
  block_ = block;
  block_known_ = true;
  const auto& bounds = blocks_->at(block);
  block_empty_ = by_date_ && (bounds.first_date > std::min(rules_.until, rules_.after_date) ||
                              bounds.last_date < rules_.since);
  const auto most = most_from_here();
  if (most < get_maxweight()) set_maxweight(most);
}

bool Candidates::passes() {
  if (--until_look_ < 0) {
    until_look_ = documents_a_look;
    if (std::chrono::steady_clock::now() > rules_.deadline) {
      timed_out_ = true;
      return false;
    }
  }
  enter_block();
  if (block_empty_) return false;
  facts_ = Facts::unpacked(*values_);
  if (!by_date_) return true;
  if (facts_.date < rules_.since || facts_.date > rules_.until) return false;
  return facts_.date < rules_.after_date ||
         (facts_.date == rules_.after_date && values_.get_docid() > rules_.after_id);
}

void Candidates::settle() {
  while (values_ != end_ && !passes()) {
    if (timed_out_) return;
    if (block_empty_) {
      values_.skip_to(Blocks::last_of(block_) + 1);
    } else {
      ++values_;
    }
  }
}

void Candidates::next(double) {
  if (!begin()) ++values_;
  settle();
}

void Candidates::skip_to(Xapian::docid id, double) {
  begin();
  values_.skip_to(id);
  settle();
}

bool Candidates::check(Xapian::docid id, double) {
  begin();
  values_.skip_to(id);
  if (values_ == end_) return true;
  if (values_.get_docid() == id && !passes()) return timed_out_;
  if (values_.get_docid() != id) settle();
  return true;
}

}  // namespace heliograph::search
