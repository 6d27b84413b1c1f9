// The transparency ledger of one server: records acts, puts them into the public log batch by batch, signs
// the log's checkpoints, and gives proofs and tallies. Whoever removes content, limits an account or
// discloses data needs a Receipt, and only record() makes one.
//
//   auto done = co_await store.write([&ledger, record](store::Tx& tx) -> Status {
//     HG_ASSIGN(const auto receipt, ledger.record(tx, record));
//     return ban(tx, user, receipt);  // redeems it
//   });
//
// Threads: record() and receipt() in transaction bodies; the rest on any executor thread. open() before
// anything else; batch() by one caller at a time.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "crypto/sealer.h"
#include "ledger/proof.h"
#include "ledger/public_log.h"
#include "ledger/receipt.h"
#include "ledger/sequence.h"
#include "ledger/tally.h"
#include "store/store.h"

namespace heliograph::ledger {

// Remembers outside of the store what was last published, so that a store put back from an older copy cannot
// sign a second history.
class PublicationRecord {
 public:
  virtual ~PublicationRecord() = default;
  // The note of the last call of keep(), or "".
  virtual Task<Result<std::string>> last() = 0;
  // Returns when it is durable. A checkpoint is published only after that.
  virtual Task<Status> keep(std::string note) = 0;
};

struct LedgerParts {
  store::Store& store;
  const Clock& clock;
  Random& random;
  crypto::SecretKey secret;  // seals private records and makes padding; the log's records are lost with it
  NoteSigner signer;         // its name is the log's origin
  PublicationRecord& published;
};

struct LedgerStats {
  std::atomic<std::uint64_t> size = 0;      // of the newest published tree
  std::atomic<std::uint64_t> batches = 0;   // since the start
  std::atomic<std::uint64_t> records = 0;   // put into the log since the start
  std::atomic<std::uint64_t> failures = 0;  // batches that failed
  std::atomic<std::int64_t> last_batch_at = 0;
  std::atomic<bool> halted = false;  // no batch is taken any more: see halt()
};

class Ledger final : public PublicLog {
 public:
  Ledger(LedgerParts parts, std::size_t pad_to);

  // Reads what the store has, checks it against what was last published, and signs the newest tree again.
  // Errors: those of the store; unavailable LEDGER_ROLLED_BACK: the store is older than what was published,
  // or has another history, or was put back from a copy and nobody knows what was published since;
  // unavailable LEDGER_KEY_CHANGED; internal LEDGER_CORRUPT.
  Task<Status> open();

  // Enters an act, in the transaction that does it: both are on disk, or neither. The entry is in the log
  // with the next batch. Errors: invalid LEDGER_RECORD_INVALID, those of the store.
  Result<Receipt> record(store::Tx& tx, const Record& record) const;
  // The receipt of an act that was recorded and is done later. forbidden LEDGER_RECEIPT_VOID when it is done.
  Result<Receipt> receipt(store::Tx& tx, RecordId id) const;

  // Takes all that waits into the log, with padding, and publishes the new checkpoint. Gives the newest of
  // the batches. Errors: those of the store and of PublicationRecord; unavailable LEDGER_HALTED;
  // internal LEDGER_CORRUPT, which halts it.
  Task<Result<Batch>> batch();
  // Ends batches until the next start: somebody has seen a tree of this log that is not this one. `why` is
  // logged.
  void halt(const std::string& why);

  // A witness's signature of a published tree, checked by the caller, to be stored and served.
  Task<Status> add_cosignature(std::uint64_t size, NoteSignature signature);

  // PublicLog.
  const VerifierKey& key() const override { return parts_.signer.verifier(); }
  std::string checkpoint() const override;
  Task<Result<Bytes>> tile(TileId tile) const override;
  Task<Result<std::string>> proof(std::uint64_t index) const override;

  // Where a record is in the published log; none until the next checkpoint. not_found LEDGER_RECORD_UNKNOWN.
  Task<Result<std::optional<std::uint64_t>>> leaf_of(RecordId id) const;
  // Of a record: not_found LEDGER_RECORD_UNKNOWN; not_found LEDGER_NOT_PUBLISHED until the next checkpoint.
  Task<Result<std::string>> proof_of(RecordId id) const;
  // Of a record, without what is for the staff alone unless `staff`. The caller checks who asks.
  Task<Result<Opening>> opening(RecordId id, bool staff) const;
  // Of any entry of the published log, for an auditor: padding too.
  Task<Result<Opening>> opening_at(std::uint64_t index) const;

  // The counts of the leaves [first, end) of a book (none: all), from the private records. invalid
  // LEDGER_RANGE.
  Task<Result<Tally>> tally(std::uint64_t first, std::uint64_t end, std::optional<Book> book) const;
  // The sizes the log had between two times: first and end for a period's tally, never cutting a batch.
  struct Range {
    std::uint64_t first = 0, end = 0;
  };
  Task<Result<Range>> range_of(UnixSeconds from, UnixSeconds to) const;

  // Gives the private records of the leaves [first, end) of a book, in their order and without padding, on
  // the caller's thread. invalid LEDGER_RANGE.
  using Visitor = std::function<void(std::uint64_t leaf, const StoredRecord& record)>;
  Task<Status> visit(std::uint64_t first, std::uint64_t end, Book book, Visitor visitor) const;

  // The note of a text that is no checkpoint, signed with the log's key: what the log itself says of its
  // entries. invalid LEDGER_TEXT_INVALID: the first line must have a space in it, which no log's name has.
  // unavailable LEDGER_HALTED: a log that may have two histories says nothing.
  Result<std::string> sign(const std::string& text) const;

  const LedgerStats& stats() const { return stats_; }

 private:
  struct Published {
    Checkpoint tree;
    std::string text;
    std::vector<NoteSignature> signatures;  // the log's, then witnesses'
  };

  Task<Status> publish(std::uint64_t size, Hash root);
  std::shared_ptr<const Published> published() const;
  void set_published(std::shared_ptr<const Published> published);
  Result<StoredRecord> unseal(const store::LedgerRecord& record) const;
  Result<StoredRecord> record_at(store::Tx& tx, std::uint64_t index) const;

  LedgerParts parts_;
  const std::size_t pad_to_;
  const crypto::Sealer sealer_;
  const Padding padding_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Published> published_;  // under mutex_; null before open()
  LedgerStats stats_;
};

}  // namespace heliograph::ledger
