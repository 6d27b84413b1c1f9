// Opening an entry: showing that it commits to a record. Each field has its own salt, so that some can be
// shown and the others stay hidden. docs/ledger.md has every byte.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/record.h"

namespace heliograph::ledger {

struct Opening {
  struct Part {
    std::string name;  // empty when hidden
    std::string value;
    Hash salt{};
    std::optional<Hash> hidden;  // the field's hash, in place of the rest
    bool operator==(const Part&) const = default;
  };
  std::vector<Part> parts;
  // Opens the cell commitment, to the value of the part "cell" (padding: to none).
  std::optional<crypto::Scalar> blinding;

  // Whether this is what `entry` commits to.
  bool opens(const Entry& entry) const;

  // A document of lines, for people and tools.
  std::string encode() const;
  // invalid LEDGER_OPENING_INVALID. At most 8 MiB.
  static Result<Opening> parse(std::string_view encoded);
  bool operator==(const Opening&) const = default;
};

// Padding is what opens to the one field "padding" without a value, and to no cell.
inline constexpr std::string_view kPaddingField = "padding";

// The salt of the `position`th field of a record.
Hash field_salt(ByteView record_salt, std::size_t position);
Hash field_hash(const Hash& salt, std::string_view name, std::string_view value);
Hash record_commitment(const std::vector<Hash>& fields);

// The entry of a record, and the opening of it; without `staff` the fields for the staff alone are hidden.
Entry entry_of(const StoredRecord& record);
Opening opening_of(const StoredRecord& record, bool staff);

}  // namespace heliograph::ledger
