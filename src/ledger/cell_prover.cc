#include "ledger/cell_prover.h"

#include <algorithm>
#include <set>

#include "base/codec.h"
#include "store/cell_proofs.h"

namespace heliograph::ledger {

namespace {

// Leaves before it are proven, or of other books.
constexpr std::string_view kProvenName = "ledger.cells_proven";
constexpr std::uint64_t kLeavesLookedAt = std::uint64_t{8} * kTileWidth;

struct ProvenUpTo {
  std::uint64_t leaf = 0;
  void fields(auto& codec) { codec(leaf); }
};

Result<std::uint64_t> proven_up_to(store::Tx& tx) {
  HG_ASSIGN(const auto kept, tx.settings().find_global(kProvenName));
  if (!kept) return 0;
  HG_ASSIGN(const auto up_to, decode<ProvenUpTo>(*kept));
  return up_to.leaf;
}

}  // namespace

Result<CellList> proven_list(store::Tx& tx) {
  HG_ASSIGN(auto cells, store::cell_proofs_of(tx).cells());
  if (cells.size() > kCellListMost) return fail(Error::internal("CELL_LIST_FULL"));
  return CellList(std::move(cells));
}

CellProver::CellProver(CellProverParts parts)
    : parts_(std::move(parts)),
      sealer_(parts_.secret.derive("ledger seal")),
      padding_(parts_.secret.derive("ledger padding")) {}

struct CellProver::Unproven {
  struct One {
    std::uint64_t leaf = 0;
    Entry entry;
    std::string cell;
    crypto::Scalar blinding;
  };
  std::vector<One> entries;
  std::vector<std::string> known, added;  // cells
  std::uint64_t end = 0;                  // what comes after is not looked at
};

Result<CellProver::Unproven> CellProver::unproven(store::Tx& tx, std::uint64_t size,
                                                  const Order& order) const {
  Unproven out;
  HG_ASSIGN(out.end, proven_up_to(tx));
  HG_ASSIGN(out.known, store::cell_proofs_of(tx).cells());
  const auto stop = std::min(size, out.end + kLeavesLookedAt);
  while (out.end < stop && out.entries.size() < order.entries_most) {
    const auto index = out.end / kTileWidth;
    const auto width = std::min<std::uint64_t>(kTileWidth, stop - index * kTileWidth);
    HG_ASSIGN(const auto records, tx.ledger().placed(out.end, index * kTileWidth + width, kTileWidth));
    auto next = records.begin();
    HG_ASSIGN(const auto bundle, read_tile(tx, {kEntriesLevel, index, static_cast<unsigned>(width)}));
    HG_ASSIGN(const auto entries, split_bundle(bundle));
    for (; out.end < index * kTileWidth + width && out.entries.size() < order.entries_most; ++out.end) {
      const bool real = next != records.end() && *next->leaf_index == out.end;
      const auto& record = real ? *next++ : store::LedgerRecord{};
      HG_ASSIGN(const auto entry, Entry::parse(entries[out.end % kTileWidth]));
      if (entry.book != kProvenBook) continue;
      Unproven::One one{out.end, entry, {}, {}};
      if (real) {
        HG_ASSIGN(const auto stored, unseal_record(sealer_, record));
        HG_ASSIGN(one.blinding, crypto::Scalar::parse(stored.blinding));
        one.cell = stored.cell;
      } else {
        one.blinding = padding_.blinding(out.end);
      }
      out.entries.push_back(std::move(one));
    }
  }
  std::set<std::string> known(out.known.begin(), out.known.end());
  const auto add = [&](const std::string& cell) {
    if (!cell.empty() && known.insert(cell).second) out.added.push_back(cell);
  };
  if (order.cells) {
    HG_ASSIGN(const auto wanted, order.cells(tx));
    // All or nothing: the list cannot take more than it can hold.
    const auto unknown =
        std::ranges::count_if(wanted, [&known](const std::string& cell) { return !known.contains(cell); });
    if (static_cast<std::size_t>(unknown) + known.size() <= kCellListMost) {
      for (const auto& cell : wanted) add(cell);
    }
  }
  for (const auto& one : out.entries) add(one.cell);
  if (known.size() > kCellListMost) {
    return fail(Error::internal("CELL_LIST_FULL", "There are too many cells to prove anything about them."));
  }
  return out;
}

Task<Result<std::uint64_t>> CellProver::prove(Order order) {
  const auto checkpoint = parts_.log.checkpoint();
  if (checkpoint.empty()) co_return std::uint64_t{0};
  CO_ASSIGN(const auto note, Note::parse(checkpoint));
  CO_ASSIGN(const auto tree, open_checkpoint(note, parts_.log.key()));
  const auto size = tree.size;
  auto look = [this, size, order](store::Tx& tx) { return unproven(tx, size, order); };
  CO_ASSIGN(const auto found, co_await parts_.store.read(std::move(look)));
  if (found.entries.empty() && found.added.empty() && found.end >= size) co_return std::uint64_t{0};

  auto work = [this, found]() -> Result<std::vector<Row>> {
    auto cells = found.known;
    cells.insert(cells.end(), found.added.begin(), found.added.end());
    const CellList list(std::move(cells));
    CellProofCheck check(list, parts_.random);
    std::vector<Row> out;
    for (const auto& one : found.entries) {
      const CellPlace place{parts_.log.key().name, one.leaf};
      const auto position = list.position(one.cell).value_or(0);
      out.push_back({one.leaf, prove_cell(list, place, one.entry, position, one.blinding, parts_.random)});
      HG_TRY(check.add(place, one.entry, out.back().proof));
    }
    HG_TRY(check.finish());
    return out;
  };
  std::vector<Row> proofs;
  if (order.elsewhere) {
    CO_ASSIGN(proofs, co_await order.elsewhere(std::move(work)));
  } else {
    CO_ASSIGN(proofs, work());
  }
  auto keep = [&proofs, &found](store::Tx& tx) -> Status {
    auto& table = store::cell_proofs_of(tx);
    HG_ASSIGN(const auto cells, table.cells());
    if (cells != found.known)
      return fail(Error::internal("LEDGER_CORRUPT", "Somebody else proves entries, too."));
    for (const auto& cell : found.added) HG_TRY(table.add_cell(cell));
    for (const auto& row : proofs) HG_TRY(table.put_proof({row.leaf, row.proof.cells, row.proof.encode()}));
    return tx.settings().put_global(kProvenName, encode(ProvenUpTo{found.end}));
  };
  CO_TRY(co_await parts_.store.write(std::move(keep)));
  co_return size - found.end;
}

Task<Result<std::string>> CellProver::cells() const {
  auto body = [](store::Tx& tx) -> Result<std::string> {
    HG_ASSIGN(const auto list, proven_list(tx));
    return list.text();
  };
  co_return co_await parts_.store.read(std::move(body));
}

Task<Result<Bytes>> CellProver::cell_proofs(TileId bundle) const {
  const auto first = bundle.index * kTileWidth, end = first + bundle.width;
  auto body = [first, end](store::Tx& tx) -> Result<Bytes> {
    HG_ASSIGN(const auto up_to, proven_up_to(tx));
    if (end > up_to) {
      return fail(Error::not_found("LEDGER_PROOFS_MISSING", "These entries' proofs are not made yet."));
    }
    HG_ASSIGN(const auto rows, store::cell_proofs_of(tx).proofs(first, end));
    Bytes out;
    for (const auto& row : rows) append(out, row.proof);
    return out;
  };
  if (bundle.level != kEntriesLevel || bundle.width == 0 || bundle.index > (std::uint64_t{1} << 40)) {
    co_return fail(Error::not_found("LEDGER_PROOFS_MISSING", "Proofs are of bundles of entries."));
  }
  co_return co_await parts_.store.read(std::move(body));
}

}  // namespace heliograph::ledger
