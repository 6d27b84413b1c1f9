// What a row of the legal tables holds sealed: to the table and the row's number, so that one row's file
// cannot be put into another.
#pragma once

#include <string>

#include "base/codec.h"
#include "crypto/sealer.h"

namespace heliograph::legal {

inline Bytes row_of(std::string_view table, std::int64_t id) {
  return to_bytes(as_bytes(std::string(table) + ".sealed/" + std::to_string(id)));
}

template <typename File>
Bytes seal_row_of(File& file, std::string_view table, std::int64_t id, const crypto::Sealer& sealer,
                  Random& random) {
  return sealer.seal(encode(file), row_of(table, id), random);
}

// Of a row that was not sealed yet: nothing. SEAL_BROKEN, CODEC_CORRUPT.
template <typename File>
Result<File> open_row_of(ByteView sealed, std::string_view table, std::int64_t id,
                         const crypto::Sealer& sealer) {
  if (sealed.empty()) return File{};
  HG_ASSIGN(const auto bytes, sealer.open(sealed, row_of(table, id)));
  return decode<File>(bytes);
}

}  // namespace heliograph::legal
