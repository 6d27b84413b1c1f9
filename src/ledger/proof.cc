#include "ledger/proof.h"

#include "ledger/text.h"

namespace heliograph::ledger {

namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::size_t kExtraBytesMax = 64 * 1024;
constexpr std::size_t kHashesMax = 63;

}  // namespace

std::string TlogProof::encode() const {
  std::string out = std::string(kHeader) + "\n";
  if (!extra.empty()) out += "extra " + to_base64(extra) + "\n";
  out += "index " + std::to_string(index) + "\n";
  for (const auto& hash : inclusion) out += to_base64(hash) + "\n";
  return out + "\n" + checkpoint;
}

Result<TlogProof> TlogProof::parse(std::string_view encoded) {
  const auto wrong = fail(Error::invalid("LEDGER_PROOF_INVALID", "Not a proof of a transparency log."));
  if (encoded.size() > kNoteBytesMax + 2 * kExtraBytesMax) return wrong;
  TlogProof out;
  if (take_line(encoded) != kHeader) return wrong;
  auto line = take_line(encoded);
  if (line && line->starts_with("extra ")) {
    auto extra = from_base64(line->substr(6));
    if (!extra || extra->empty() || extra->size() > kExtraBytesMax) return wrong;
    out.extra = std::move(*extra);
    line = take_line(encoded);
  }
  if (!line || !line->starts_with("index ")) return wrong;
  const auto index = from_decimal(line->substr(6));
  if (!index) return wrong;
  out.index = *index;
  for (;;) {
    line = take_line(encoded);
    if (!line) return wrong;
    if (line->empty()) break;
    const auto hash = from_base64_exactly<32>(*line);
    if (!hash || out.inclusion.size() == kHashesMax) return wrong;
    out.inclusion.push_back(*hash);
  }
  HG_TRY(Note::parse(encoded));
  out.checkpoint = encoded;
  return out;
}

Result<Checkpoint> TlogProof::verify(ByteView entry, const VerifierKey& log) const {
  HG_ASSIGN(const auto note, Note::parse(checkpoint));
  HG_ASSIGN(auto signed_tree, open_checkpoint(note, log));
  if (!verify_inclusion(leaf_hash(entry), index, signed_tree.size, signed_tree.root, inclusion)) {
    return fail(Error::forbidden("LEDGER_PROOF_WRONG", "The entry is not in that tree at that place."));
  }
  return signed_tree;
}

}  // namespace heliograph::ledger
