#include "ledger/checkpoint.h"

#include "ledger/text.h"

namespace heliograph::ledger {

std::string Checkpoint::text() const {
  return origin + "\n" + std::to_string(size) + "\n" + to_base64(root) + "\n";
}

Result<Checkpoint> Checkpoint::parse(std::string_view note_text) {
  const auto wrong = fail(Error::invalid("LEDGER_CHECKPOINT_INVALID", "Not the text of a checkpoint."));
  const auto origin = take_line(note_text);
  const auto size = take_line(note_text);
  const auto root = take_line(note_text);
  if (!origin || origin->empty() || !size || !root) return wrong;
  const auto count = from_decimal(*size);
  const auto hash = from_base64_exactly<32>(*root);
  if (!count || !hash) return wrong;
  while (!note_text.empty()) {
    const auto extension = take_line(note_text);
    if (!extension || extension->empty()) return wrong;
  }
  return Checkpoint{std::string(*origin), *count, *hash};
}

Result<Checkpoint> open_checkpoint(const Note& note, const VerifierKey& key) {
  HG_TRY(note.signed_by(key));
  HG_ASSIGN(auto out, Checkpoint::parse(note.text));
  if (out.origin != key.name) {
    return fail(Error::forbidden("LEDGER_ORIGIN_WRONG", "The checkpoint is of another log: " + out.origin));
  }
  return out;
}

}  // namespace heliograph::ledger
