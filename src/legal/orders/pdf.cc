#include "legal/orders/pdf.h"

#include <algorithm>
#include <array>

namespace heliograph::legal {

namespace {

constexpr std::size_t kSignaturesMost = 8;
constexpr std::string_view kRange = "/ByteRange";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0';
}

bool is_delimiter(char c) {
  return is_blank(c) || std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}

// A name of PDF as it stands there; hexadecimal spellings of its letters (#4a) are not undone, and are
// counted as active by themselves.
bool has_name(std::string_view text, std::string_view name) {
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const auto end = at + name.size();
    if (end >= text.size() || is_delimiter(text[end])) return true;
  }
  return false;
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
}

std::optional<std::size_t> take_number(std::string_view& text) {
  skip_blanks(text);
  std::size_t out = 0, digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9' && digits < 12) {
    out = out * 10 + static_cast<std::size_t>(text.front() - '0');
    text.remove_prefix(1);
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  return out;
}

struct Range {
  std::size_t first = 0, first_size = 0, second = 0, second_size = 0;
};

// "[ 0 840 960 240 ]"
std::optional<Range> take_range(std::string_view text) {
  skip_blanks(text);
  if (!text.starts_with('[')) return std::nullopt;
  text.remove_prefix(1);
  std::array<std::size_t, 4> numbers{};
  for (auto& number : numbers) {
    const auto read = take_number(text);
    if (!read) return std::nullopt;
    number = *read;
  }
  skip_blanks(text);
  if (!text.starts_with(']')) return std::nullopt;
  return Range{numbers[0], numbers[1], numbers[2], numbers[3]};
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// "<3082...00>", which is all that a signature leaves out.
std::optional<Bytes> hole(std::string_view text) {
  if (text.size() < 4 || text.front() != '<' || text.back() != '>') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  if (text.size() % 2 != 0 || text.size() / 2 > crypto::kCmsBytesMax) return std::nullopt;
  Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return out;
}

PdfSignature examine_signature(ByteView file, std::string_view at_range, const crypto::CmsTrust& trust,
                               UnixSeconds at) {
  PdfSignature out;
  const auto range = take_range(at_range);
  if (!range || range->first != 0 || range->first_size > file.size() || range->second > file.size() ||
      range->second < range->first_size || range->second_size > file.size() - range->second) {
    out.problem = "What the signature covers cannot be read.";
    return out;
  }
  const auto der = hole(as_text(file).substr(range->first_size, range->second - range->first_size));
  if (!der) {
    out.problem = "What the signature leaves out is not the signature alone.";
    return out;
  }
  out.whole = range->second + range->second_size == file.size();
  Bytes content = to_bytes(file.first(range->first_size));
  append(content, file.subspan(range->second, range->second_size));
  const auto facts = crypto::read_cms(*der, content, trust, at);
  if (!facts) {
    out.problem = facts.error().message;
    return out;
  }
  out.readable = true;
  out.good = facts->good;
  out.problem = facts->problem;
  out.trusted = facts->good && !facts->signers.empty() &&
                std::ranges::all_of(facts->signers, &crypto::CmsSigner::trusted);
  if (facts->signers.empty()) return out;
  const auto& signer = facts->signers.front();
  out.signer = signer.subject;
  out.issuer = signer.issuer;
  out.serial = signer.serial;
  out.digest = signer.digest;
  out.valid_from = signer.valid_from;
  out.valid_to = signer.valid_to;
  out.signed_at = signer.signed_at;
  if (out.problem.empty()) out.problem = signer.problem;
  if (out.problem.empty() && !out.whole) out.problem = "The signature does not cover the whole file.";
  return out;
}

}  // namespace

PdfFacts examine_pdf(ByteView file, const crypto::CmsTrust& trust, UnixSeconds at) {
  PdfFacts out;
  const auto text = as_text(file);
  out.pdf = text.substr(0, 1024).find("%PDF-") != std::string_view::npos;
  if (!out.pdf) return out;
  const auto tail = text.substr(text.size() - std::min<std::size_t>(text.size(), 1024));
  out.complete = tail.find("%%EOF") != std::string_view::npos;
  out.encrypted = has_name(text, "/Encrypt");
  for (const auto* name : {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia",
                           "/OpenAction", "/AA", "/XFA", "/SubmitForm", "/ImportData"}) {
    out.active = out.active || has_name(text, name);
  }
  // A letter of a name that is spelt in hexadecimal has no honest reason.
  for (auto hash = text.find("/J#"); hash != std::string_view::npos && !out.active;) out.active = true;
  for (auto found = text.find(kRange);
       found != std::string_view::npos && out.signatures.size() < kSignaturesMost;
       found = text.find(kRange, found + kRange.size())) {
    out.signatures.push_back(examine_signature(file, text.substr(found + kRange.size()), trust, at));
  }
  return out;
}

}  // namespace heliograph::legal
