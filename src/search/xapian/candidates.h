// Takes part in every match as one more condition: lets pass what lies in the dates and after the cursor,
// adds the part of the score that does not depend on words, tells Xapian when nothing better can follow, and
// ends the match when time is up.
#pragma once

#include <xapian.h>

#include <memory>

#include "base/clock.h"
#include "search/query.h"
#include "search/xapian/blocks.h"

namespace heliograph::search {

struct CandidateRules {
  Order order = Order::relevance;
  UnixSeconds now = 0;  // for recency
  std::uint32_t since = 0;
  std::uint32_t until = 0xffffffff;
  // newest only: what comes after this date, and at this date after this document.
  std::uint32_t after_date = 0xffffffff;
  Xapian::docid after_id = 0;
  Monotonic deadline;
};

class Candidates final : public Xapian::PostingSource {
 public:
  Candidates(const CandidateRules& rules, std::shared_ptr<const Blocks> blocks);

  bool timed_out() const { return timed_out_; }

  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return count_; }
  Xapian::doccount get_termfreq_max() const override { return count_; }
  double get_weight() const override;
  Xapian::docid get_docid() const override { return values_.get_docid(); }
  void next(double) override;
  void skip_to(Xapian::docid id, double) override;
  bool check(Xapian::docid id, double) override;
  bool at_end() const override { return timed_out_ || values_ == end_; }
  void init(const Xapian::Database& db) override;

 private:
  bool begin();
  // Moves on to the first that passes.
  void settle();
  bool passes();
  void enter_block();
  double most_from_here() const;

  const CandidateRules rules_;
  const bool by_date_;  // blocks can be passed over
  std::shared_ptr<const Blocks> blocks_;
  Xapian::Database db_;
  Xapian::ValueIterator values_;
  Xapian::ValueIterator end_;
  Xapian::doccount count_ = 0;
  bool begun_ = false;
  bool timed_out_ = false;
  int until_look_ = 0;  // at the clock
  std::size_t block_ = 0;
  bool block_known_ = false;
  bool block_empty_ = false;  // nothing in it passes
  Facts facts_;
};

}  // namespace heliograph::search
