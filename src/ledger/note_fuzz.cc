// Notes, verifier keys and checkpoints, as they come from logs and witnesses.
#include "ledger/checkpoint.h"
#include "ledger/witness.h"

using namespace heliograph;
using namespace heliograph::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text({data, size});
  // What is read is written back the same.
  if (const auto note = Note::parse(text)) {
    if (note->encode() != text) __builtin_trap();
    static_cast<void>(Checkpoint::parse(note->text));
    static_cast<void>(note->signed_by({"example.org/log", KeyKind::log, {}}));
    static_cast<void>(note->signed_by({note->signatures.front().name, KeyKind::cosigner, {}}));
  }
  if (const auto key = VerifierKey::parse(text); key && key->text() != text) __builtin_trap();
  static_cast<void>(NoteSignature::parse(text));
  static_cast<void>(Witness::parse(text));
  return 0;
}
