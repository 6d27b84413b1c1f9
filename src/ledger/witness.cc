#include "ledger/witness.h"

#include "base/log.h"
#include "ledger/text.h"

namespace heliograph::ledger {

namespace {

constexpr int kOk = 200;
constexpr int kConflict = 409;
constexpr int kUnprovable = 422;
constexpr int kTries = 2;  // the second with the size that the witness has named

}  // namespace

Result<Witness> Witness::parse(std::string_view text) {
  const auto wrong =
      fail(Error::invalid("LEDGER_WITNESS_INVALID",
                          "A witness is its verifier key and its address: \"w.example+1a2b3c4d+BAbc... "
                          "https://w.example/submit\""));
  const auto space = text.find(' ');
  if (space == std::string_view::npos) return wrong;
  auto key = VerifierKey::parse(text.substr(0, space));
  if (!key || key->kind != KeyKind::cosigner) return wrong;
  auto url = text.substr(space + 1);
  while (url.ends_with('/')) url.remove_suffix(1);
  if (!url.starts_with("http://") && !url.starts_with("https://")) return wrong;
  if (url.find_first_of(" \t\r\n") != std::string_view::npos) return wrong;
  return Witness{std::move(*key), std::string(url)};
}

std::string add_checkpoint_body(std::uint64_t old_size, const Proof& proof, std::string_view checkpoint) {
  std::string out = "old " + std::to_string(old_size) + "\n";
  for (const auto& hash : proof) out += to_base64(hash) + "\n";
  return out + "\n" + std::string(checkpoint);
}

Task<Status> Witnesses::submit() {
  for (const auto& witness : witnesses_) {
    auto checkpoint = ledger_.checkpoint();
    if (checkpoint.empty()) co_return Status{};
    CO_ASSIGN(const auto note, Note::parse(checkpoint));
    CO_ASSIGN(const auto tree, Checkpoint::parse(note.text));
    if (note.signed_by(witness.key)) continue;
    const auto done = co_await submit_to(witness, std::move(checkpoint), tree.size);
    if (done) continue;
    ++stats_.failures;
    log::warn("ledger: witness {} has not signed: {} {}", witness.key.name, done.error().code,
              done.error().message);
  }
  co_return Status{};
}

Task<Status> Witnesses::submit_to(const Witness& witness, std::string checkpoint, std::uint64_t size) {
  auto known = [name = witness.key.name + "+" + std::to_string(witness.key.id())](store::Tx& tx) {
    return tx.ledger().cosigned_size(name);
  };
  CO_ASSIGN(auto old_size, co_await store_.read(std::move(known)));
  for (int tries = 0; tries < kTries; ++tries) {
    auto prove = [old_size, size](store::Tx& tx) { return tree_in(tx, size).consistency(old_size); };
    CO_ASSIGN(const auto proof, co_await store_.read(std::move(prove)));
    auto url = witness.url + "/add-checkpoint";
    auto body = add_checkpoint_body(old_size, proof, checkpoint);
    CO_ASSIGN(auto answer, co_await line_.post(std::move(url), std::move(body)));
    if (answer.status == kOk) {
      co_return co_await accept(witness, std::move(checkpoint), size, std::move(answer.body));
    }
    if (answer.status == kUnprovable) {
      // The proof is right for this log: it is another log that the witness has followed.
      ledger_.halt("witness " + witness.key.name + " has seen a tree of " + std::to_string(old_size) +
                   " entries that this log does not continue");
      co_return fail(Error::unavailable("LEDGER_HALTED"));
    }
    if (answer.status != kConflict) {
      co_return fail(
          Error::unavailable("LEDGER_WITNESS_REFUSED", "HTTP status " + std::to_string(answer.status)));
    }
    std::string_view text = answer.body;
    const auto line = take_line(text);
    const auto seen = line ? from_decimal(*line) : std::nullopt;
    if (!seen) co_return fail(Error::invalid("LEDGER_WITNESS_ANSWER", "It does not say which size it has."));
    if (*seen > size || *seen == old_size) {
      // It has signed a longer tree, or another one of the size that we say it has: not ours, or no longer.
      ledger_.halt("witness " + witness.key.name + " has seen a tree of " + std::to_string(*seen) +
                   " entries that this log, of " + std::to_string(size) + ", does not come from");
      co_return fail(Error::unavailable("LEDGER_HALTED"));
    }
    old_size = *seen;
  }
  co_return fail(Error::unavailable("LEDGER_WITNESS_REFUSED", "It names another size each time."));
}

Task<Status> Witnesses::accept(const Witness& witness, std::string checkpoint, std::uint64_t size,
                               std::string lines) {
  CO_ASSIGN(auto note, Note::parse(checkpoint));
  note.signatures.clear();
  std::string_view rest = lines;
  while (!rest.empty() && note.signatures.size() < kNoteSignaturesMax) {
    const auto line = take_line(rest);
    if (!line) break;
    auto signature = NoteSignature::parse(*line);
    if (signature) note.signatures.push_back(std::move(*signature));
  }
  auto good = note.signed_by(witness.key);
  if (!good) {
    co_return fail(Error::invalid("LEDGER_WITNESS_ANSWER", "The cosignature is missing or wrong."));
  }
  CO_TRY(co_await ledger_.add_cosignature(size, std::move(*good)));
  ++stats_.cosignatures;
  co_return Status{};
}

}  // namespace heliograph::ledger
