#include "transparency/desk.h"

#include <algorithm>

#include "ledger/sequence.h"

namespace heliograph::transparency {

namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::size_t kNameBytesMost = 100;
constexpr int kPeriodsLookedAt = 40;
constexpr std::size_t kReportsLookedAt = 1000;

Error no_report() {
  return Error::not_found("PUBLIC_REPORT_UNKNOWN", "There is no report of this number.");
}

}  // namespace

Result<std::int64_t> keep_draft(store::Transparency& table, const Report& report, UnixSeconds now) {
  store::PublicReport row;
  row.from = report.period.from;
  row.to = report.period.to;
  row.version = report.version;
  row.document = to_json(report);
  row.reason = report.reason;
  row.drafted_at = now;
  HG_ASSIGN(const auto newest, table.find_period(row.from, row.to, false));
  if (!newest || newest->state == store::PublicReportState::published) return table.add(row);
  row.id = newest->id;
  HG_TRY(table.update(row));
  return row.id;
}

Status review(store::Transparency& table, std::int64_t id, const std::string& words, const std::string& by,
              UnixSeconds now) {
  if (by.empty() || by.size() > kNameBytesMost || words.size() > kWordsBytesMost) {
    return fail(Error::invalid("REVIEW_INVALID", "Say who reviews it; its words are 64 KiB at most."));
  }
  HG_ASSIGN(auto row, table.find(id));
  if (!row) return fail(no_report());
  HG_ASSIGN(auto report, parse_report(row->document));
  report.words = words;
  row->document = to_json(report);
  row->state = store::PublicReportState::reviewed;
  row->reviewed_by = by;
  row->reviewed_at = now;
  return table.update(*row);
}

Task<Status> check_counts(const ledger::PublicLog& log, const Report& report) {
  if (report.tallies.empty()) co_return fail(Error::forbidden("TALLY_WRONG", "The report counts nothing."));
  const auto first = report.tallies.front().claim.first, end = report.tallies.front().claim.end;
  std::map<ledger::Book, ledger::CommitmentSum> sums;
  for (auto bundle = first / ledger::kTileWidth; bundle * ledger::kTileWidth < end; ++bundle) {
    const auto begin = bundle * ledger::kTileWidth;
    const auto width = std::min<std::uint64_t>(ledger::kTileWidth, end - begin);
    const ledger::TileId id{ledger::kEntriesLevel, bundle, static_cast<unsigned>(width)};
    CO_ASSIGN(const auto bytes, co_await log.tile(id));
    CO_ASSIGN(const auto entries, ledger::split_bundle(bytes));
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (begin + i < first) continue;
      CO_ASSIGN(const auto entry, ledger::Entry::parse(entries[i]));
      sums[entry.book].add(entry);
    }
  }
  for (const auto& tally : report.tallies) {
    if (tally.claim.first != first || tally.claim.end != end) {
      co_return fail(Error::forbidden("TALLY_WRONG", "The books are counted over different leaves."));
    }
    CO_TRY(verify(tally.claim, sums[tally.claim.book].value(), tally.proof));
  }
  co_return Status{};
}

Task<Status> check_cells(const ledger::PublicLog& log, const ledger::PublicCells& cells, const Report& report,
                         Random& random) {
  if (report.tallies.empty()) co_return fail(Error::forbidden("TALLY_WRONG", "The report counts nothing."));
  const auto first = report.tallies.front().claim.first, end = report.tallies.front().claim.end;
  CO_ASSIGN(const auto text, co_await cells.cells());
  CO_ASSIGN(const auto list, ledger::CellList::parse(text));
  ledger::CellProofCheck check(list, random);
  for (auto bundle = first / ledger::kTileWidth; bundle * ledger::kTileWidth < end; ++bundle) {
    const auto begin = bundle * ledger::kTileWidth;
    const auto width = std::min<std::uint64_t>(ledger::kTileWidth, end - begin);
    const ledger::TileId id{ledger::kEntriesLevel, bundle, static_cast<unsigned>(width)};
    CO_ASSIGN(const auto bytes, co_await log.tile(id));
    CO_ASSIGN(const auto entries, ledger::split_bundle(bytes));
    CO_ASSIGN(const auto proofs, co_await cells.cell_proofs(id));
    const ledger::CellPlace place{log.key().name, begin};
    CO_TRY(ledger::add_bundle(check, place, entries, proofs));
  }
  co_return check.finish();
}

Task<Result<Publication>> prepare(store::Store& store, const ledger::Ledger& ledger, std::int64_t id) {
  auto find = [id](store::Tx& tx) { return store::transparency_of(tx).find(id); };
  CO_ASSIGN(auto row, co_await store.read(std::move(find)));
  if (!row) co_return fail(no_report());
  if (row->state == store::PublicReportState::published) {
    co_return fail(Error::forbidden("PUBLIC_REPORT_PUBLISHED", "The report has been published."));
  }
  if (row->state != store::PublicReportState::reviewed) {
    co_return fail(Error::forbidden("REPORT_NOT_REVIEWED", "Nobody has reviewed the report yet."));
  }
  CO_ASSIGN(const auto report, parse_report(row->document));
  const auto& tree = report.tallies.empty() ? ledger::Checkpoint{} : report.tallies.front().claim.tree;
  auto look = [tree](store::Tx& tx) -> Result<bool> {
    HG_ASSIGN(const auto newest, tx.ledger().newest_tree());
    if (!newest || newest->size < tree.size) return false;
    HG_ASSIGN(const auto root, ledger::tree_in(tx, newest->size).root_at(tree.size));
    return root == tree.root;
  };
  CO_ASSIGN(const bool same, co_await store.read(std::move(look)));
  if (!same || tree.origin != ledger.key().name) {
    co_return fail(Error::unavailable(
        "LEDGER_ROLLED_BACK", "The log is not the one that the report is about; make the report anew."));
  }
  CO_TRY(co_await check_counts(ledger, report));
  CO_ASSIGN(row->note, ledger.sign(signed_text(ledger.key().name, report.name(), row->document)));
  co_return Publication{std::move(*row)};
}

Status publish(store::Transparency& table, const Publication& publication, UnixSeconds now) {
  HG_ASSIGN(const auto there, table.find(publication.row.id));
  if (!there) return fail(no_report());
  if (there->state != store::PublicReportState::reviewed || there->document != publication.row.document) {
    return fail(Error::forbidden("REPORT_CHANGED", "Somebody has changed the report since."));
  }
  auto row = publication.row;
  row.state = store::PublicReportState::published;
  row.published_at = now;
  return table.update(row);
}

Result<std::vector<Period>> published_periods(store::Tx& tx) {
  HG_ASSIGN(const auto rows, store::transparency_of(tx).list(true, kReportsLookedAt));
  std::vector<Period> out;
  for (const auto& row : rows) out.push_back({row.from, row.to});
  return out;
}

bool is_covered(const Period& period, std::vector<Period> published) {
  std::ranges::sort(published, {}, &Period::from);
  auto until = period.from;
  for (const auto& one : published) {
    if (one.from <= until) until = std::max(until, one.to);
  }
  return until >= period.to;
}

Task<Result<std::vector<Missing>>> missing(store::Store& store, Schedule schedule, std::int64_t days,
                                           UnixSeconds now) {
  auto body = [schedule, days, now](store::Tx& tx) -> Result<std::vector<Missing>> {
    std::vector<Missing> out;
    HG_ASSIGN(const auto published, published_periods(tx));
    auto period = last_period(schedule, now);
    for (int i = 0; period && i < kPeriodsLookedAt; ++i, period = period_before(schedule, *period)) {
      HG_ASSIGN(const auto size, tx.ledger().size_before(period->to));
      if (size == 0) break;
      const auto due = period->to + days * kDaySeconds;
      if (now < due) continue;
      if (!is_covered(*period, published)) out.push_back({*period, due});
    }
    return out;
  };
  co_return co_await store.read(std::move(body));
}

}  // namespace heliograph::transparency
