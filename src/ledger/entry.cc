#include "ledger/entry.h"

#include <algorithm>

#include "ledger/tile.h"

namespace heliograph::ledger {

Bytes Entry::encode() const {
  Bytes out;
  out.reserve(kEntrySize);
  out.push_back(static_cast<std::uint8_t>(book));
  append(out, commitment);
  append(out, cell.bytes);
  return out;
}

Result<Entry> Entry::parse(ByteView encoded) {
  const auto wrong = fail(Error::invalid("LEDGER_ENTRY_INVALID", "Not an entry of the ledger."));
  if (encoded.size() != kEntrySize) return wrong;
  Entry out;
  out.book = static_cast<Book>(encoded[0]);
  if (std::ranges::find(kBooks, out.book) == std::end(kBooks)) return wrong;
  std::memcpy(out.commitment.data(), encoded.data() + 1, out.commitment.size());
  auto point = crypto::Point::parse(encoded.subspan(1 + out.commitment.size()));
  if (!point) return wrong;
  out.cell = *point;
  return out;
}

crypto::Point cell_point(std::string_view cell) {
  if (cell.empty()) return {};
  constexpr std::string_view label = "heliograph/ledger/cell/v1";
  constexpr std::uint8_t zero[] = {0};
  return crypto::Point::from_hash(crypto::sha512({as_bytes(label), zero, as_bytes(cell)}));
}

crypto::Point commit_cell(std::string_view cell, const crypto::Scalar& blinding) {
  return cell_point(cell) + crypto::Point::base(blinding);
}

void append_to_bundle(Bytes& bundle, ByteView entry) {
  bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
  bundle.push_back(static_cast<std::uint8_t>(entry.size()));
  append(bundle, entry);
}

Result<std::vector<ByteView>> split_bundle(ByteView bundle) {
  std::vector<ByteView> out;
  while (!bundle.empty()) {
    const std::size_t size = bundle.size() < 2 ? bundle.size() : std::size_t{bundle[0]} << 8 | bundle[1];
    if (bundle.size() < 2 + size || out.size() == kTileWidth) {
      return fail(Error::invalid("LEDGER_BUNDLE_INVALID", "Not a bundle of entries."));
    }
    out.push_back(bundle.subspan(2, size));
    bundle = bundle.subspan(2 + size);
  }
  return out;
}

Bytes bundle_hashes(std::span<const ByteView> entries) {
  Bytes out;
  out.reserve(entries.size() * sizeof(Hash));
  for (const auto entry : entries) append(out, leaf_hash(entry));
  return out;
}

}  // namespace heliograph::ledger
