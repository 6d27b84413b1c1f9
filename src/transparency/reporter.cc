#include "transparency/reporter.h"

#include <algorithm>
#include <charconv>

#include "ledger/cell_prover.h"
#include "transparency/cells.h"

namespace heliograph::transparency {

namespace {

constexpr std::size_t kReportsLookedAt = 1000;

std::string type_in(const std::string& cell) {
  const auto begin = cell.find('/');
  if (begin == std::string::npos) return {};
  const auto end = cell.find('/', begin + 1);
  return cell.substr(begin + 1, end == std::string::npos ? end : end - begin - 1);
}

}  // namespace

// What is known of earlier reports.
struct Reporter::Ground {
  std::optional<Report> same;    // of this period, the newest version that is published
  std::optional<Report> before;  // the last that ends before this begins
  std::optional<Report> after;   // the first that begins after this ends

  // Of the batches of the period, those that count here.
  ledger::Ledger::Range leaves(Period period, ledger::Ledger::Range range) const {
    if (before && !before->tallies.empty()) {
      const auto end = before->tallies.front().claim.end;
      range.first = before->period.to == period.from ? end : std::max(range.first, end);
    }
    if (after && !after->tallies.empty()) {
      const auto first = after->tallies.front().claim.first;
      range.end = after->period.from == period.to ? first : std::min(range.end, first);
    }
    range.end = std::max(range.end, range.first);
    return range;
  }
};

Task<Result<std::optional<Report>>> Reporter::load(std::int64_t id) const {
  if (id == 0) co_return std::nullopt;
  auto body = [id](store::Tx& tx) { return store::transparency_of(tx).find(id); };
  CO_ASSIGN(const auto row, co_await parts_.store.read(std::move(body)));
  if (!row) co_return std::nullopt;
  CO_ASSIGN(auto report, parse_report(row->document));
  co_return std::optional(std::move(report));
}

Task<Result<Reporter::Ground>> Reporter::look(Period period) const {
  auto list = [](store::Tx& tx) { return store::transparency_of(tx).list(true, kReportsLookedAt); };
  CO_ASSIGN(const auto published, co_await parts_.store.read(std::move(list)));
  std::int64_t same = 0, before = 0, after = 0;
  UnixSeconds after_from = 0;
  // The latest period comes first, and of one period the newest version.
  for (const auto& one : published) {
    const Period other{one.from, one.to};
    if (other == period) {
      if (same == 0) same = one.id;
    } else if (other.to <= period.from) {
      if (before == 0) before = one.id;
    } else if (other.from >= period.to) {
      if (after == 0 || other.from != after_from) after = one.id;
      after_from = other.from;
    } else {
      co_return fail(Error::invalid(
          "PERIOD_CUT", "There is a published report of " + other.text() +
                            ", which this period shares days with. Taken off one another, the two would show "
                            "what each hides."));
    }
  }
  Ground out;
  CO_ASSIGN(out.same, co_await load(same));
  CO_ASSIGN(out.before, co_await load(before));
  CO_ASSIGN(out.after, co_await load(after));
  co_return out;
}

Task<Result<Report>> Reporter::make(ReportOrder order) const {
  const auto now = parts_.clock.unix_seconds();
  if (order.period.to > now) {
    co_return fail(Error::invalid("PERIOD_FUTURE", "The period is not over yet."));
  }
  if (parts_.ledger.stats().halted) {
    co_return fail(
        Error::unavailable("LEDGER_HALTED", "The ledger publishes nothing; its log line says why."));
  }
  CO_ASSIGN(const auto ground, co_await look(order.period));
  Report report;
  report.period = order.period;
  report.made_at = now;
  report.threshold = order.threshold;
  report.reason = order.reason;
  report.checkpoint = parts_.ledger.checkpoint();
  if (report.checkpoint.empty()) {
    co_return fail(Error::unavailable("LEDGER_EMPTY", "The ledger has published nothing yet."));
  }
  CO_ASSIGN(const auto note, ledger::Note::parse(report.checkpoint));
  CO_ASSIGN(const auto tree, ledger::open_checkpoint(note, parts_.ledger.key()));
  CO_ASSIGN(auto range, co_await parts_.ledger.range_of(order.period.from, order.period.to));
  range = ground.leaves(order.period, range);
  if (ground.same && !ground.same->tallies.empty()) {
    if (order.reason.empty()) {
      co_return fail(Error::invalid("REPORT_REASON_MISSING",
                                    "The period's report has been published. Say why there is to be another "
                                    "version."));
    }
    report.version = ground.same->version + 1;
    range = {ground.same->tallies.front().claim.first, ground.same->tallies.front().claim.end};
  } else {
    report.reason.clear();
  }
  if (ground.before && !ground.before->tallies.empty() &&
      ground.before->tallies.front().claim.end == range.first) {
    report.previous = ground.before->name();
  }
  if (range.end > tree.size) {
    co_return fail(Error::unavailable("LEDGER_HALTED", "The ledger does not hold what has been published."));
  }

  auto listed = [](store::Tx& tx) { return ledger::proven_list(tx); };
  CO_ASSIGN(const auto proven_about, co_await parts_.store.read(std::move(listed)));
  for (const auto book : ledger::kBooks) {
    std::vector<std::string> ever;
    // What single entries are proven about is named, too.
    if (book == ledger::kProvenBook) ever = proven_about.cells();
    for (const auto* earlier : {&ground.before, &ground.same}) {
      if (!*earlier) continue;
      const auto* other = (*earlier)->find(book);
      if (other == nullptr) continue;
      for (const auto& [cell, count] : other->claim.shown) ever.push_back(cell);
      ever.insert(ever.end(), other->claim.hidden.begin(), other->claim.hidden.end());
    }
    const Claim about{report.name(), tree, book, range.first, range.end, {}, {}, 0, 0};
    CO_ASSIGN(auto proven, co_await count(report, about, ever));
    report.tallies.push_back(std::move(proven));
  }

  CO_ASSIGN(report.figures,
            co_await content_figures(parts_.store, parts_.sealer, order.period, order.threshold));
  if (parts_.more) {
    CO_ASSIGN(auto more, co_await parts_.more(order.period, order.threshold));
    std::ranges::move(more, std::back_inserter(report.figures));
  }
  LegalTimes times;
  const auto see = [&times](std::uint64_t, const ledger::StoredRecord& record) { times.see(record); };
  const ledger::Ledger::Visitor visitor = see;
  CO_TRY(co_await parts_.ledger.visit(range.first, range.end, ledger::Book::legal, visitor));
  report.figures.push_back(times.figure(order.threshold));
  co_return report;
}

Task<Result<ProvenTally>> Reporter::count(const Report& report, const Claim& about,
                                          const std::vector<std::string>& ever) const {
  CO_ASSIGN(const auto tally, co_await parts_.ledger.tally(about.first, about.end, about.book));
  auto named = ever;
  for (const auto& [cell, count] : tally.counts) named.push_back(cell);
  ProvenTally out;
  out.claim = about;
  hide_small(tally.counts, listed_cells(about.book, named), report.threshold, out.claim);
  if (const auto checked = out.claim.check(); !checked) co_return fail(checked.error());
  std::vector<std::uint64_t> hidden;
  for (const auto& cell : out.claim.hidden) {
    const auto found = tally.counts.find(cell);
    hidden.push_back(found == tally.counts.end() ? 0 : found->second);
  }
  auto work = [this, claim = out.claim, hidden, blinding = tally.blinding] {
    return prove(claim, hidden, blinding, parts_.random);
  };
  if (parts_.elsewhere) {
    CO_ASSIGN(out.proof, co_await parts_.elsewhere(std::move(work)));
  } else {
    out.proof = work();
  }
  co_return out;
}

void LegalTimes::see(const ledger::StoredRecord& record) {
  std::string subject;
  UnixSeconds at = 0;
  for (const auto& field : record.parts) {
    if (field.name == "subject") subject = field.value;
    if (field.name == "at") std::from_chars(field.value.data(), field.value.data() + field.value.size(), at);
  }
  auto& seen = by_subject_[subject];
  if (seen.records++ == 0) seen.first = at;
  seen.last = std::max(seen.last, at);
  if (seen.type.empty()) seen.type = type_in(record.cell);
}

Figure LegalTimes::figure(std::uint64_t threshold) const {
  Tabulation table(1);
  for (const auto& [subject, seen] : by_subject_) {
    if (seen.records < 2) continue;  // nothing has followed in this range
    const std::vector<std::string> type{seen.type.empty() ? "unknown" : seen.type};
    table.count(type, 0);
    table.took(type, seen.last - seen.first);
  }
  return {
      "legal.times",
      "Authorities' requests: how long they took",
      "From the legal book's own records: hours from the first record about a request to the last in these "
      "leaves, of requests with more than one.",
      {"type"},
      {"requests", "hours_median", "hours_90"},
      table.rows(threshold, true)};
}

}  // namespace heliograph::transparency
