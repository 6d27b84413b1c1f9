#include "legal/journal/document.h"

#include <algorithm>

#include "crypto/hash.h"
#include "ledger/text.h"

namespace heliograph::legal {

namespace {

Bytes joined_parts(std::string_view label, std::initializer_list<ByteView> parts) {
  Bytes out;
  append_le(out, static_cast<std::uint64_t>(label.size()));
  append(out, as_bytes(label));
  for (const auto part : parts) {
    append_le(out, static_cast<std::uint64_t>(part.size()));
    append(out, part);
  }
  return out;
}

}  // namespace

void DocumentWriter::text(std::string_view name, std::string_view value) {
  text_ += std::string(name) + " " + std::string(value) + "\n";
}
void DocumentWriter::number(std::string_view name, std::uint64_t value) {
  text(name, std::to_string(value));
}
void DocumentWriter::bytes(std::string_view name, ByteView value) {
  text(name, ledger::to_base64(value));
}

DocumentReader::DocumentReader(std::string_view text, std::string_view header) : left_(text) {
  if (text.size() > kDocumentBytesMax || ledger::take_line(left_) != header) good_ = false;
}

std::string_view DocumentReader::text(std::string_view name) {
  if (!good_) return {};
  const auto line = ledger::take_line(left_);
  if (!line || !line->starts_with(name) || line->size() <= name.size() || (*line)[name.size()] != ' ') {
    good_ = false;
    return {};
  }
  return line->substr(name.size() + 1);
}

std::uint64_t DocumentReader::number(std::string_view name, std::uint64_t least, std::uint64_t most) {
  const auto read = ledger::from_decimal(text(name));
  if (!read || *read < least || *read > most) good_ = false;
  return good_ ? *read : least;
}

Bytes DocumentReader::bytes(std::string_view name) {
  auto read = ledger::from_base64(text(name));
  if (!read) good_ = false;
  return good_ ? std::move(*read) : Bytes();
}

crypto::Scalar DocumentReader::scalar(std::string_view name) {
  const auto read = crypto::Scalar::parse(bytes(name));
  if (!read) good_ = false;
  return read.value_or(crypto::Scalar{});
}

crypto::Point DocumentReader::point(std::string_view name) {
  const auto read = crypto::Point::parse(bytes(name));
  if (!read || *read == crypto::Point{}) good_ = false;
  return read.value_or(crypto::Point{});
}

bool DocumentReader::next_is(std::string_view name) const {
  return good_ && left_.starts_with(name) && left_.size() > name.size() && left_[name.size()] == ' ';
}

std::string_view DocumentReader::rest() {
  return std::exchange(left_, std::string_view());
}

Status DocumentReader::done() const {
  if (good_ && left_.empty()) return {};
  return fail(Error::invalid("JOURNAL_DOCUMENT_INVALID", "This is not the document that is needed here."));
}

bool is_member_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && name.front() != ' ' && name.back() != ' ' &&
         std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

Hash hash_parts(std::string_view label, std::initializer_list<ByteView> parts) {
  return crypto::sha256(joined_parts(label, parts));
}

crypto::Scalar challenge(std::string_view label, std::initializer_list<ByteView> parts) {
  return crypto::Scalar::from_wide(crypto::sha512(joined_parts(label, parts)));
}

std::array<std::uint8_t, 8> number_bytes(std::uint64_t value) {
  std::array<std::uint8_t, 8> out{};
  store_le(out.data(), value);
  return out;
}

std::string fingerprint(const Hash& hash) {
  const auto digits = to_hex(ByteView(hash).first(10));
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 4) out += (i == 0 ? "" : " ") + digits.substr(i, 4);
  return out;
}

}  // namespace heliograph::legal
