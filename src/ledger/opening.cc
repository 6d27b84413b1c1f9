#include "ledger/opening.h"

#include "ledger/text.h"

namespace heliograph::ledger {

namespace {

constexpr std::string_view kHeader = "heliograph-ledger-opening v1";
constexpr std::size_t kBytesMax = 8 * 1024 * 1024;
constexpr std::size_t kPartsMax = 64;
constexpr std::uint8_t kZero[] = {0};

Error bad_opening() {
  return Error::invalid("LEDGER_OPENING_INVALID", "Not an opening of a ledger entry.");
}

Hash hash_of(const Opening::Part& part) {
  return part.hidden ? *part.hidden : field_hash(part.salt, part.name, part.value);
}

crypto::Scalar scalar_of(ByteView bytes) {
  return crypto::Scalar::parse(bytes).value_or(crypto::Scalar{});
}

// "field <name> <salt> <value>", "hidden <hash>", "blinding <r>".
Result<Opening::Part> parse_part(std::string_view line) {
  Opening::Part out;
  if (line.starts_with("hidden ")) {
    out.hidden = from_base64_exactly<32>(line.substr(7));
    if (!out.hidden) return fail(bad_opening());
    return out;
  }
  if (!line.starts_with("field ")) return fail(bad_opening());
  line.remove_prefix(6);
  const auto first = line.find(' ');
  const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos || first == 0) return fail(bad_opening());
  const auto salt = from_base64_exactly<32>(line.substr(first + 1, second - first - 1));
  const auto value = from_base64(line.substr(second + 1));
  if (!salt || !value) return fail(bad_opening());
  out.name = line.substr(0, first);
  out.salt = *salt;
  out.value = as_text(*value);
  return out;
}

}  // namespace

Hash field_salt(ByteView record_salt, std::size_t position) {
  const std::uint8_t number[] = {static_cast<std::uint8_t>(position)};
  return crypto::hmac_sha256(record_salt, {number});
}

Hash field_hash(const Hash& salt, std::string_view name, std::string_view value) {
  constexpr std::string_view label = "heliograph/ledger/field/v1";
  return crypto::sha256({as_bytes(label), kZero, salt, as_bytes(name), kZero, as_bytes(value)});
}

Hash record_commitment(const std::vector<Hash>& fields) {
  constexpr std::string_view label = "heliograph/ledger/record/v1";
  Bytes all;
  for (const auto& hash : fields) append(all, hash);
  return crypto::sha256({as_bytes(label), kZero, all});
}

Entry entry_of(const StoredRecord& record) {
  std::vector<Hash> hashes;
  for (std::size_t i = 0; i < record.parts.size(); ++i) {
    hashes.push_back(field_hash(field_salt(record.salt, i), record.parts[i].name, record.parts[i].value));
  }
  return {record.book, record_commitment(hashes), commit_cell(record.cell, scalar_of(record.blinding))};
}

Opening opening_of(const StoredRecord& record, bool staff) {
  Opening out;
  for (std::size_t i = 0; i < record.parts.size(); ++i) {
    const auto& field = record.parts[i];
    Opening::Part part{field.name, field.value, field_salt(record.salt, i), {}};
    if (field.staff_only && !staff) part = {{}, {}, {}, hash_of(part)};
    out.parts.push_back(std::move(part));
  }
  out.blinding = scalar_of(record.blinding);
  return out;
}

bool Opening::opens(const Entry& entry) const {
  std::vector<Hash> hashes;
  std::optional<std::string_view> cell, book;
  for (const auto& part : parts) {
    hashes.push_back(hash_of(part));
    if (part.hidden) continue;
    if (part.name == "cell") cell = part.value;
    if (part.name == "book") book = part.value;
    if (part.name == kPaddingField) cell = "";
  }
  if (record_commitment(hashes) != entry.commitment) return false;
  if (book && *book != std::to_string(static_cast<int>(entry.book))) return false;
  if (!blinding) return true;
  return cell && commit_cell(*cell, *blinding) == entry.cell;
}

std::string Opening::encode() const {
  std::string out = std::string(kHeader) + "\n";
  for (const auto& part : parts) {
    if (part.hidden) {
      out += "hidden " + to_base64(*part.hidden) + "\n";
    } else {
      out += "field " + part.name + " " + to_base64(part.salt) + " " + to_base64(as_bytes(part.value)) + "\n";
    }
  }
  if (blinding) out += "blinding " + to_base64(blinding->bytes) + "\n";
  return out;
}

Result<Opening> Opening::parse(std::string_view encoded) {
  if (encoded.size() > kBytesMax || take_line(encoded) != kHeader) return fail(bad_opening());
  Opening out;
  while (!encoded.empty()) {
    const auto line = take_line(encoded);
    if (!line) return fail(bad_opening());
    if (line->starts_with("blinding ")) {
      const auto bytes = from_base64(line->substr(9));
      if (!bytes || !encoded.empty()) return fail(bad_opening());
      const auto scalar = crypto::Scalar::parse(*bytes);
      if (!scalar) return fail(bad_opening());
      out.blinding = *scalar;
      break;
    }
    if (out.parts.size() == kPartsMax) return fail(bad_opening());
    HG_ASSIGN(auto part, parse_part(*line));
    out.parts.push_back(std::move(part));
  }
  if (out.parts.empty()) return fail(bad_opening());
  return out;
}

}  // namespace heliograph::ledger
