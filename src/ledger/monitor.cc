#include "ledger/monitor.h"

#include "base/codec.h"
#include "base/log.h"

namespace heliograph::ledger {

namespace {

// Where the last run of the server has come to.
constexpr std::string_view kCheckedName = "ledger.checked";
constexpr std::size_t kRecordsAtOnce = 2'000;

struct CheckedUpTo {
  std::int64_t id = 0;
  void fields(auto& codec) { codec(id); }
};

}  // namespace

void Monitor::alarm(const std::string& what) {
  ++stats_.alarms;
  log::error("ledger monitor: {}", what);
}

Task<Status> Monitor::check(Batch batch) {
  const auto note = Note::parse(log_.checkpoint());
  const auto tree = note ? open_checkpoint(*note, log_.key()) : Result<Checkpoint>(fail(note.error()));
  if (!tree) {
    alarm("the published checkpoint is not signed as it should be: " + std::string(tree.error().code));
    co_return Status{};
  }
  if (tree->size < batch.size) alarm("the published checkpoint leaves out the last batch");
  if (last_) {
    auto prove = [old = last_->size, size = tree->size](store::Tx& tx) {
      return tree_in(tx, size).consistency(old);
    };
    const auto proof = co_await store_.read(std::move(prove));
    if (!proof || !verify_consistency(last_->size, last_->root, tree->size, tree->root, *proof)) {
      alarm("the checkpoint of size " + std::to_string(tree->size) + " does not continue the one of size " +
            std::to_string(last_->size));
    }
  }
  last_ = *tree;

  if (!checked_up_to_) {
    auto find = [](store::Tx& tx) -> Result<CheckedUpTo> {
      HG_ASSIGN(const auto kept, tx.settings().find_global(kCheckedName));
      return kept ? decode<CheckedUpTo>(*kept) : CheckedUpTo{};
    };
    CO_ASSIGN(const auto kept, co_await store_.read(std::move(find)));
    checked_up_to_ = kept.id;
  }
  const auto began_at = *checked_up_to_;
  for (;;) {
    auto body = [this, after = *checked_up_to_, tree = *tree, batch](store::Tx& tx) {
      return check_records(tx, after, tree, batch);
    };
    CO_ASSIGN(const auto done, co_await store_.read(std::move(body)));
    for (const auto& what : done.wrong) alarm(what);
    stats_.checked += done.good;
    if (done.up_to == *checked_up_to_) break;
    checked_up_to_ = done.up_to;
  }
  CO_TRY(co_await count());
  if (*checked_up_to_ == began_at) co_return Status{};
  auto keep = [id = *checked_up_to_](store::Tx& tx) {
    return tx.settings().put_global(kCheckedName, encode(CheckedUpTo{id}));
  };
  co_return co_await store_.write(std::move(keep));
}

Task<Status> Monitor::count() {
  auto body = [](store::Tx& tx) { return tx.ledger().count_waiting(); };
  CO_ASSIGN(const auto waiting, co_await store_.read(std::move(body)));
  stats_.waiting = waiting;
  co_return Status{};
}

Result<Monitor::Checked> Monitor::check_records(store::Tx& tx, std::int64_t after, const Checkpoint& tree,
                                                const Batch& batch) const {
  Checked out;
  out.up_to = after;
  HG_ASSIGN(const auto records, tx.ledger().records_after(after, kRecordsAtOnce));
  auto reader = tree_in(tx, tree.size);
  for (const auto& record : records) {
    // Later than the batch: the next one's turn.
    if (!record.leaf_index && record.id > batch.newest.value) break;
    out.up_to = record.id;
    const auto name = "record " + std::to_string(record.id);
    if (!record.leaf_index || *record.leaf_index >= tree.size) {
      out.wrong.push_back(name + " is not in the log of the next checkpoint");
      continue;
    }
    auto proof = reader.inclusion(*record.leaf_index);
    if (!proof ||
        !verify_inclusion(leaf_hash(record.entry), *record.leaf_index, tree.size, tree.root, *proof)) {
      out.wrong.push_back(name + " has no valid proof for its place in the log");
      continue;
    }
    ++out.good;
  }
  return out;
}

}  // namespace heliograph::ledger
