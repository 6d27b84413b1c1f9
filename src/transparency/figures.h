// Figures that the log does not prove: times, outcomes, languages. Counted from the store's rows by the time
// that each figure names, in whole days UTC.
#pragma once

#include "crypto/sealer.h"
#include "store/store.h"
#include "store/transparency.h"
#include "transparency/report.h"

namespace heliograph::transparency {

// Lines that are counted together, by their labels, and measured.
class Tabulation {
 public:
  explicit Tabulation(std::size_t counts) : counts_(counts) {}
  // One more in the column.
  void count(const std::vector<std::string>& labels, std::size_t column);
  // How long something of it took, in seconds.
  void took(const std::vector<std::string>& labels, std::int64_t seconds);

  // The rows by their labels: the counts, then if `times` the median of the hours and the 90th percentile.
  // Counts from 1 to threshold - 1 are left out, and where one alone of a column is, the smallest other one,
  // too, so that no sum gives it away; times are left out where fewer than threshold were measured.
  std::vector<Figure::Row> rows(std::uint64_t threshold, bool times) const;

 private:
  struct Line {
    std::vector<std::uint64_t> counts;
    std::vector<std::int64_t> seconds;
  };
  std::size_t counts_;
  std::map<std::vector<std::string>, Line> lines_;
};

// The `percent`th percentile by the nearest-rank method; values are not empty.
std::int64_t percentile(std::vector<std::int64_t> values, unsigned percent);

// Reports, cases, decisions, appeals, errors of automated means, suspended reporters, search terms,
// moderators. Errors: those of the store; SEAL_BROKEN.
Task<Result<std::vector<Figure>>> content_figures(store::Store& store, const crypto::Sealer& sealer,
                                                  Period period, std::uint64_t threshold);

}  // namespace heliograph::transparency
