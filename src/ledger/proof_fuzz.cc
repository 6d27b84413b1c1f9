// Proofs, openings and bundles of entries, as a stranger may hand them in to be checked.
#include "ledger/proof.h"

#include "ledger/opening.h"

using namespace heliograph;
using namespace heliograph::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto text = as_text(bytes);
  if (const auto proof = TlogProof::parse(text)) {
    if (proof->encode() != text) __builtin_trap();
    static_cast<void>(proof->verify(bytes, {"example.org/log", KeyKind::log, {}}));
    if (const auto tree = Checkpoint::parse(Note::parse(proof->checkpoint)->text)) {
      static_cast<void>(verify_inclusion({}, proof->index, tree->size, tree->root, proof->inclusion));
      static_cast<void>(verify_consistency(proof->index, {}, tree->size, tree->root, proof->inclusion));
    }
  }
  if (const auto opening = Opening::parse(text)) {
    if (Opening::parse(opening->encode()) != *opening) __builtin_trap();
    static_cast<void>(opening->opens({}));
  }
  if (const auto entries = split_bundle(bytes)) {
    for (const auto entry : *entries) static_cast<void>(Entry::parse(entry));
  }
  return 0;
}
