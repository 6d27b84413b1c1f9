// Documents of the journal's key ceremony and of unsealing, which people hand to each other: text, one field
// a line ("name value"), under a header that names the kind. Read strictly: each field in its place, each
// value in one spelling. docs/legal.md lists them.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/ristretto.h"
#include "ledger/hash.h"

namespace heliograph::legal {

using Hash = ledger::Hash;

inline constexpr std::size_t kDocumentBytesMax = 64 * 1024 * 1024;

class DocumentWriter {
 public:
  explicit DocumentWriter(std::string_view header) : text_(std::string(header) + "\n") {}
  void text(std::string_view name, std::string_view value);
  void number(std::string_view name, std::uint64_t value);
  void bytes(std::string_view name, ByteView value);
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

class DocumentReader {
 public:
  // `text` outlives it.
  DocumentReader(std::string_view text, std::string_view header);

  // Each reads the next line, which must have this name. After a fault all give nothing, and done() says it.
  std::string_view text(std::string_view name);
  std::uint64_t number(std::string_view name, std::uint64_t least, std::uint64_t most);
  Bytes bytes(std::string_view name);
  template <std::size_t Size>
  std::array<std::uint8_t, Size> exactly(std::string_view name) {
    const auto read = bytes(name);
    std::array<std::uint8_t, Size> out{};
    if (read.size() != Size) {
      refuse();
    } else {
      std::memcpy(out.data(), read.data(), Size);
    }
    return out;
  }
  crypto::Scalar scalar(std::string_view name);
  // Not the identity.
  crypto::Point point(std::string_view name);
  // Whether the next line has this name.
  bool next_is(std::string_view name) const;
  // All that is left; the document must not be read on.
  std::string_view rest();
  void refuse() { good_ = false; }
  bool good() const { return good_; }
  // invalid JOURNAL_DOCUMENT_INVALID: a fault, or something follows.
  Status done() const;

 private:
  std::string_view left_;
  bool good_ = true;
};

// Of a person or a share: letters, digits, spaces and what names have; at most 64 bytes of UTF-8, no line
// breaks, no blanks at the ends.
bool is_member_name(std::string_view name);

// SHA-256 and SHA-512 (reduced to a scalar) over parts with their lengths, so that no two lists of parts
// give the same input. `label` names the purpose.
Hash hash_parts(std::string_view label, std::initializer_list<ByteView> parts);
crypto::Scalar challenge(std::string_view label, std::initializer_list<ByteView> parts);
// Eight bytes, little-endian.
std::array<std::uint8_t, 8> number_bytes(std::uint64_t value);

// What people compare by voice: five groups of four hexadecimal digits.
std::string fingerprint(const Hash& hash);

}  // namespace heliograph::legal
