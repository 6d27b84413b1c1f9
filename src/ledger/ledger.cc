#include "ledger/ledger.h"

#include "base/codec.h"
#include "base/log.h"
#include "ledger/text.h"

namespace heliograph::ledger {

namespace {

constexpr std::size_t kTallyStep = std::size_t{8} * kTileWidth;  // leaves in one read transaction
constexpr std::string_view kOriginName = "ledger.origin";
constexpr auto kBatchDeadline = std::chrono::seconds(60);

Error key_changed() {
  return Error::unavailable(
      "LEDGER_KEY_CHANGED",
      "The ledger's last checkpoint was signed with another key. Put back the key, or set "
      "ledger.origin to a new name, which begins a new log.");
}

Error rolled_back(const std::string& what) {
  return Error::unavailable("LEDGER_ROLLED_BACK",
                            "The database does not hold the ledger that was last published (" + what +
                                "). Publishing on would give the log two histories. Put back the newer "
                                "database; if it is lost, set "
                                "ledger.origin to a new name, which begins a new log from what is left.");
}

Error not_published() {
  return Error::not_found("LEDGER_NOT_PUBLISHED", "The entry is in the log with the next checkpoint.");
}

}  // namespace

Ledger::Ledger(LedgerParts parts, std::size_t pad_to)
    : parts_(std::move(parts)),
      pad_to_(pad_to),
      sealer_(parts_.secret.derive("ledger seal")),
      padding_(parts_.secret.derive("ledger padding")) {}

Task<Status> Ledger::open() {
  CO_ASSIGN(const auto last, co_await parts_.published.last());
  std::optional<Checkpoint> before;
  if (!last.empty()) {
    CO_ASSIGN(const auto note, Note::parse(last));
    CO_ASSIGN(auto parsed, Checkpoint::parse(note.text));
    if (parsed.origin == key().name) {
      if (!note.signed_by(key())) co_return fail(key_changed());
      before = std::move(parsed);
    }
  }
  auto body = [before, origin = key().name](store::Tx& tx) -> Result<std::optional<Checkpoint>> {
    HG_ASSIGN(const auto newest, tx.ledger().newest_tree());
    const auto size = newest ? newest->size : 0;
    auto tree = tree_in(tx, size);
    HG_ASSIGN(const auto root, tree.root());
    if (newest && Bytes(root.begin(), root.end()) != newest->root) {
      return fail(
          Error::internal("LEDGER_CORRUPT", "The ledger's stored tree is not the one that was signed."));
    }
    if (before) {
      if (before->size > size) {
        return fail(rolled_back(std::to_string(before->size) + " entries were published, it has " +
                                std::to_string(size)));
      }
      HG_ASSIGN(const auto then, tree.root_at(before->size));
      if (then != before->root) return fail(rolled_back("the entries differ"));
    }
    if (!newest) return std::nullopt;
    // A database that was put back from a copy: what was published since it was made, nobody here knows.
    HG_ASSIGN(const auto published_as, tx.settings().find_global(kOriginName));
    if (!before && published_as && as_text(*published_as) == origin) {
      return fail(rolled_back("there is no record of the last publication"));
    }
    return Checkpoint{{}, size, root};
  };
  CO_ASSIGN(const auto newest, co_await parts_.store.read(std::move(body)));
  if (!newest) co_return Status{};
  co_return co_await publish(newest->size, newest->root);
}

Result<Receipt> Ledger::record(store::Tx& tx, const Record& record) const {
  HG_TRY(check(record));
  const auto now = parts_.clock.unix_seconds();
  StoredRecord stored;
  stored.book = record.book;
  stored.parts = committed_fields(record, now);
  stored.cell = record.cell;
  stored.salt = parts_.random.bytes(32);
  stored.blinding = to_bytes(crypto::Scalar::generate(parts_.random).bytes);
  const auto entry = entry_of(stored).encode();
  const auto sealed = sealer_.seal(encode(stored), seal_place(entry), parts_.random);
  HG_ASSIGN(const auto id, tx.ledger().add_record(entry, now, sealed));
  return Receipt(RecordId{id}, entry, record.act, record.subject);
}

Result<Receipt> Ledger::receipt(store::Tx& tx, RecordId id) const {
  HG_ASSIGN(const auto found, tx.ledger().find_record(id.value));
  if (!found || found->spent) {
    return fail(Error::forbidden("LEDGER_RECEIPT_VOID", "There is no such record, or its act is done."));
  }
  HG_ASSIGN(const auto stored, unseal(*found));
  std::string act;
  Subject subject;
  for (const auto& field : stored.parts) {
    if (field.name == "act") act = field.value;
    if (field.name == "subject") subject.text = field.value;
  }
  return Receipt(id, found->entry, std::move(act), std::move(subject));
}

Result<StoredRecord> Ledger::unseal(const store::LedgerRecord& record) const {
  return unseal_record(sealer_, record);
}

Task<Result<Batch>> Ledger::batch() {
  for (;;) {
    if (stats_.halted) co_return fail(Error::unavailable("LEDGER_HALTED", "The ledger has been halted."));
    BatchPlan plan;
    plan.pad_to = pad_to_;
    plan.now = parts_.clock.unix_seconds();
    parts_.random.fill(plan.order);
    auto body = [this, plan](store::Tx& tx) -> Result<Batch> {
      HG_ASSIGN(const auto published_as, tx.settings().find_global(kOriginName));
      if (!published_as || as_text(*published_as) != key().name) {
        HG_TRY(tx.settings().put_global(kOriginName, as_bytes(key().name)));
      }
      return sequence(tx, padding_, plan);
    };
    auto done = co_await parts_.store.write(std::move(body), kBatchDeadline);
    if (!done) {
      ++stats_.failures;
      if (done.error().code == "LEDGER_CORRUPT") halt(done.error().message);
      co_return fail(std::move(done).error());
    }
    // On disk from here on: only now may anybody be told.
    if (auto status = co_await publish(done->size, done->root); !status) {
      ++stats_.failures;
      co_return fail(std::move(status).error());
    }
    ++stats_.batches;
    stats_.records += done->records;
    stats_.last_batch_at = done->at;
    if (!done->more) co_return std::move(*done);
  }
}

Task<Status> Ledger::publish(std::uint64_t size, Hash root) {
  auto next = std::make_shared<Published>();
  next->tree = {key().name, size, root};
  next->text = next->tree.text();
  next->signatures.push_back(parts_.signer.sign(next->text));
  auto note = Note{next->text, next->signatures}.encode();
  CO_TRY(co_await parts_.published.keep(std::move(note)));
  auto body = [size](store::Tx& tx) { return tx.ledger().cosignatures(size); };
  CO_ASSIGN(const auto cosignatures, co_await parts_.store.read(std::move(body)));
  for (const auto& each : cosignatures) {
    CO_ASSIGN(auto signature, NoteSignature::parse(each.line));
    next->signatures.push_back(std::move(signature));
  }
  set_published(std::move(next));
  stats_.size = size;
  co_return Status{};
}

void Ledger::halt(const std::string& why) {
  log::error("ledger: halted: {}", why);
  stats_.halted = true;
}

std::shared_ptr<const Ledger::Published> Ledger::published() const {
  const std::lock_guard lock(mutex_);
  return published_;
}

void Ledger::set_published(std::shared_ptr<const Published> published) {
  const std::lock_guard lock(mutex_);
  published_ = std::move(published);
}

Task<Status> Ledger::add_cosignature(std::uint64_t size, NoteSignature signature) {
  auto line = signature.line();
  line.pop_back();
  store::LedgerCosignature row{size, signature.name + "+" + std::to_string(signature.key_id),
                               std::move(line)};
  auto body = [row](store::Tx& tx) { return tx.ledger().put_cosignature(row); };
  CO_TRY(co_await parts_.store.write(std::move(body)));
  const std::lock_guard lock(mutex_);
  if (!published_ || published_->tree.size != size) co_return Status{};
  auto next = std::make_shared<Published>(*published_);
  std::erase_if(next->signatures, [&](const auto& each) {
    return each.name == signature.name && each.key_id == signature.key_id;
  });
  next->signatures.push_back(std::move(signature));
  published_ = std::move(next);
  co_return Status{};
}

std::string Ledger::checkpoint() const {
  const auto now = published();
  return now ? Note{now->text, now->signatures}.encode() : "";
}

Task<Result<Bytes>> Ledger::tile(TileId tile) const {
  const auto now = published();
  if (!now || tile_width(now->tree.size, tile.level, tile.index) < tile.width) {
    co_return fail(Error::not_found("LEDGER_TILE_MISSING", "The log has no such tile."));
  }
  auto body = [tile](store::Tx& tx) { return read_tile(tx, tile); };
  co_return co_await parts_.store.read(std::move(body));
}

Task<Result<std::string>> Ledger::proof(std::uint64_t index) const {
  const auto now = published();
  const auto size = now ? now->tree.size : 0;
  auto body = [size, index](store::Tx& tx) { return tree_in(tx, size).inclusion(index); };
  CO_ASSIGN(auto inclusion, co_await parts_.store.read(std::move(body)));
  co_return TlogProof{{}, index, std::move(inclusion), Note{now->text, now->signatures}.encode()}.encode();
}

Task<Result<std::optional<std::uint64_t>>> Ledger::leaf_of(RecordId id) const {
  auto body = [id](store::Tx& tx) { return tx.ledger().find_record(id.value); };
  CO_ASSIGN(const auto found, co_await parts_.store.read(std::move(body)));
  if (!found) co_return fail(Error::not_found("LEDGER_RECORD_UNKNOWN"));
  const auto now = published();
  if (!found->leaf_index || !now || *found->leaf_index >= now->tree.size) co_return std::nullopt;
  co_return *found->leaf_index;
}

Task<Result<std::string>> Ledger::proof_of(RecordId id) const {
  CO_ASSIGN(const auto leaf, co_await leaf_of(id));
  if (!leaf) co_return fail(not_published());
  co_return co_await proof(*leaf);
}

Task<Result<Opening>> Ledger::opening(RecordId id, bool staff) const {
  auto body = [this, id](store::Tx& tx) -> Result<StoredRecord> {
    HG_ASSIGN(const auto found, tx.ledger().find_record(id.value));
    if (!found) return fail(Error::not_found("LEDGER_RECORD_UNKNOWN"));
    return unseal(*found);
  };
  CO_ASSIGN(const auto stored, co_await parts_.store.read(std::move(body)));
  co_return opening_of(stored, staff);
}

Result<StoredRecord> Ledger::record_at(store::Tx& tx, std::uint64_t index) const {
  HG_ASSIGN(const auto found, tx.ledger().placed(index, index + 1, 1));
  if (!found.empty()) return unseal(found.front());
  HG_ASSIGN(const auto bundle, read_tile(tx, {kEntriesLevel, index / kTileWidth,
                                              static_cast<unsigned>(index % kTileWidth + 1)}));
  HG_ASSIGN(const auto entries, split_bundle(bundle));
  HG_ASSIGN(const auto entry, Entry::parse(entries.back()));
  return padding_.at(entry.book, index);
}

Task<Result<Opening>> Ledger::opening_at(std::uint64_t index) const {
  const auto now = published();
  if (!now || index >= now->tree.size) co_return fail(Error::invalid("LEDGER_RANGE"));
  auto body = [this, index](store::Tx& tx) { return record_at(tx, index); };
  CO_ASSIGN(const auto stored, co_await parts_.store.read(std::move(body)));
  co_return opening_of(stored, true);
}

Task<Result<Tally>> Ledger::tally(std::uint64_t first, std::uint64_t end, std::optional<Book> book) const {
  const auto now = published();
  if (first > end || end > (now ? now->tree.size : 0)) co_return fail(Error::invalid("LEDGER_RANGE"));
  Tally out{first, end, {}, {}};
  for (auto from = first; from < end;) {
    const auto to = std::min<std::uint64_t>(end, from - from % kTileWidth + kTallyStep);
    auto body = [this, from, to, book](store::Tx& tx) -> Result<Tally> {
      Tally part;
      HG_ASSIGN(const auto records, tx.ledger().placed(from, to, to - from));
      auto next = records.begin();
      for (auto at = from; at < to;) {
        const auto bundle_end = std::min<std::uint64_t>(to, at - at % kTileWidth + kTileWidth);
        const auto width = static_cast<unsigned>(bundle_end - at / kTileWidth * kTileWidth);
        HG_ASSIGN(const auto bundle, read_tile(tx, {kEntriesLevel, at / kTileWidth, width}));
        HG_ASSIGN(const auto entries, split_bundle(bundle));
        for (; at < bundle_end; ++at) {
          const bool real = next != records.end() && *next->leaf_index == at;
          const auto& record = real ? *next++ : store::LedgerRecord{};
          const auto entry = entries[at % kTileWidth];
          if (book && (entry.empty() || entry[0] != static_cast<std::uint8_t>(*book))) continue;
          if (!real) {
            part.blinding = part.blinding + padding_.blinding(at);
            continue;
          }
          HG_ASSIGN(const auto stored, unseal(record));
          HG_ASSIGN(const auto blinding, crypto::Scalar::parse(stored.blinding));
          part.blinding = part.blinding + blinding;
          if (!stored.cell.empty()) ++part.counts[stored.cell];
        }
      }
      return part;
    };
    CO_ASSIGN(const auto part, co_await parts_.store.read(std::move(body)));
    for (const auto& [cell, count] : part.counts) out.counts[cell] += count;
    out.blinding = out.blinding + part.blinding;
    from = to;
  }
  co_return out;
}

Task<Status> Ledger::visit(std::uint64_t first, std::uint64_t end, Book book, Visitor visitor) const {
  const auto now = published();
  if (first > end || end > (now ? now->tree.size : 0)) co_return fail(Error::invalid("LEDGER_RANGE"));
  for (auto from = first; from < end;) {
    const auto to = std::min<std::uint64_t>(end, from + kTallyStep);
    using Found = std::vector<std::pair<std::uint64_t, StoredRecord>>;
    auto body = [this, from, to, book](store::Tx& tx) -> Result<Found> {
      Found found;
      HG_ASSIGN(const auto records, tx.ledger().placed(from, to, to - from));
      for (const auto& record : records) {
        if (record.entry.empty() || record.entry[0] != static_cast<std::uint8_t>(book)) continue;
        HG_ASSIGN(auto stored, unseal(record));
        found.emplace_back(*record.leaf_index, std::move(stored));
      }
      return found;
    };
    CO_ASSIGN(const auto found, co_await parts_.store.read(std::move(body)));
    for (const auto& [leaf, record] : found) visitor(leaf, record);
    from = to;
  }
  co_return Status{};
}

Result<std::string> Ledger::sign(const std::string& text) const {
  if (stats_.halted || !published()) {
    return fail(Error::unavailable("LEDGER_HALTED", "The ledger publishes nothing; its log line says why."));
  }
  if (text.substr(0, text.find('\n')).find(' ') == std::string::npos || !text.ends_with('\n')) {
    return fail(
        Error::invalid("LEDGER_TEXT_INVALID", "Only what cannot be taken for a checkpoint is signed."));
  }
  return Note{text, {parts_.signer.sign(text)}}.encode();
}

Task<Result<Ledger::Range>> Ledger::range_of(UnixSeconds from, UnixSeconds to) const {
  auto body = [from, to](store::Tx& tx) -> Result<Range> {
    HG_ASSIGN(const auto first, tx.ledger().size_before(from));
    HG_ASSIGN(const auto end, tx.ledger().size_before(to));
    return Range{first, std::max(first, end)};
  };
  co_return co_await parts_.store.read(std::move(body));
}

}  // namespace heliograph::ledger
