#include "ledger/note.h"

#include <algorithm>

#include "crypto/hash.h"
#include "ledger/text.h"

namespace heliograph::ledger {

namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 ";  // U+2014 and a space
constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kTimeBytes = 8;

Error bad_note(std::string what) {
  return Error::invalid("LEDGER_NOTE_INVALID", "Not a signed note: " + what);
}

// The code point at the front of `text`, taken off it; nullopt when it is not valid UTF-8.
std::optional<char32_t> take_code_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || text.size() < length) return std::nullopt;
  char32_t out = length == 1 ? lead : lead & (0x7f >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0) != 0x80) return std::nullopt;
    out = out << 6 | (next & 0x3f);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (out < least[length] || out > 0x10ffff || (out >= 0xd800 && out < 0xe000)) return std::nullopt;
  text.remove_prefix(length);
  return out;
}

// Unicode's White_Space.
bool is_space(char32_t c) {
  return (c >= 9 && c <= 13) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

bool is_note_text(std::string_view text) {
  while (!text.empty()) {
    const auto c = take_code_point(text);
    if (!c || (*c < 0x20 && *c != '\n')) return false;
  }
  return true;
}

std::string cosigned_text(std::string_view text, std::uint64_t at) {
  return "cosignature/v1\ntime " + std::to_string(at) + "\n" + std::string(text);
}

std::uint64_t load_be64(ByteView bytes) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < kTimeBytes; ++i) out = out << 8 | bytes[i];
  return out;
}

bool verifies(const VerifierKey& key, std::string_view text, ByteView signature) {
  if (key.kind == KeyKind::log) return crypto::verify_ed25519(key.key, as_bytes(text), signature);
  if (signature.size() <= kTimeBytes) return false;
  const auto at = load_be64(signature);
  return at >> 63 == 0 &&
         crypto::verify_ed25519(key.key, as_bytes(cosigned_text(text, at)), signature.subspan(kTimeBytes));
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > kNameBytesMax) return false;
  while (!name.empty()) {
    const auto c = take_code_point(name);
    if (!c || is_space(*c) || *c == '+' || *c < 0x20 || *c == 0x7f) return false;
  }
  return true;
}

std::uint32_t VerifierKey::id() const {
  const std::uint8_t middle[] = {'\n', static_cast<std::uint8_t>(kind)};
  const auto digest = crypto::sha256({as_bytes(name), middle, key});
  return std::uint32_t{digest[0]} << 24 | std::uint32_t{digest[1]} << 16 | std::uint32_t{digest[2]} << 8 |
         digest[3];
}

std::string VerifierKey::text() const {
  const auto hash = id();
  const std::uint8_t id_bytes[] = {static_cast<std::uint8_t>(hash >> 24),
                                   static_cast<std::uint8_t>(hash >> 16),
                                   static_cast<std::uint8_t>(hash >> 8), static_cast<std::uint8_t>(hash)};
  Bytes typed{static_cast<std::uint8_t>(kind)};
  append(typed, key);
  return name + "+" + to_hex(id_bytes) + "+" + to_base64(typed);
}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  const auto wrong = fail(Error::invalid(
      "LEDGER_VKEY_INVALID", "Not a verifier key; it looks like example.org/log+1a2b3c4d+AbCd..."));
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return wrong;
  VerifierKey out;
  out.name = text.substr(0, first);
  const auto typed = from_base64_exactly<33>(text.substr(second + 1));
  if (!is_key_name(out.name) || !typed) return wrong;
  if ((*typed)[0] != static_cast<std::uint8_t>(KeyKind::log) &&
      (*typed)[0] != static_cast<std::uint8_t>(KeyKind::cosigner)) {
    return wrong;
  }
  out.kind = static_cast<KeyKind>((*typed)[0]);
  std::copy(typed->begin() + 1, typed->end(), out.key.begin());
  if (out.text() != text) return wrong;
  return out;
}

std::string NoteSignature::line() const {
  Bytes with_id{static_cast<std::uint8_t>(key_id >> 24), static_cast<std::uint8_t>(key_id >> 16),
                static_cast<std::uint8_t>(key_id >> 8), static_cast<std::uint8_t>(key_id)};
  append(with_id, signature);
  return std::string(kDash) + name + " " + to_base64(with_id) + "\n";
}

Result<NoteSignature> NoteSignature::parse(std::string_view line) {
  if (!line.starts_with(kDash)) return fail(bad_note("a signature line begins with a dash and a space."));
  line.remove_prefix(kDash.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return fail(bad_note("a signature has a name and a value."));
  NoteSignature out;
  out.name = line.substr(0, space);
  const auto value = from_base64(line.substr(space + 1));
  if (!is_key_name(out.name) || !value || value->size() <= 4)
    return fail(bad_note("a signature is malformed."));
  const auto& bytes = *value;
  out.key_id =
      std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
  out.signature.assign(bytes.begin() + 4, bytes.end());
  return out;
}

std::string Note::encode() const {
  std::string out = text + "\n";
  for (const auto& signature : signatures) out += signature.line();
  return out;
}

Result<Note> Note::parse(std::string_view encoded) {
  if (encoded.size() > kNoteBytesMax) return fail(bad_note("it is too long."));
  if (!is_note_text(encoded)) return fail(bad_note("it is not plain text."));
  const auto end = encoded.rfind("\n\n");
  if (end == std::string_view::npos) return fail(bad_note("there is no blank line before the signatures."));
  Note out;
  out.text = encoded.substr(0, end + 1);
  auto rest = encoded.substr(end + 2);
  while (!rest.empty()) {
    const auto line = take_line(rest);
    if (!line || out.signatures.size() == kNoteSignaturesMax)
      return fail(bad_note("the signatures are malformed."));
    HG_ASSIGN(auto signature, NoteSignature::parse(*line));
    out.signatures.push_back(std::move(signature));
  }
  if (out.signatures.empty()) return fail(bad_note("it has no signature."));
  return out;
}

Result<NoteSignature> Note::signed_by(const VerifierKey& key) const {
  const auto id = key.id();
  const auto found = std::ranges::find_if(
      signatures, [&](const auto& each) { return each.key_id == id && each.name == key.name; });
  if (found == signatures.end()) {
    return fail(Error::not_found("LEDGER_NOT_SIGNED", "There is no signature by " + key.name + "."));
  }
  if (!verifies(key, text, found->signature)) {
    return fail(Error::forbidden("LEDGER_SIGNATURE_WRONG", "The signature by " + key.name + " is wrong."));
  }
  return *found;
}

NoteSigner::NoteSigner(std::string name, crypto::Ed25519Key key)
    : key_(key), verifier_{std::move(name), KeyKind::log, key.public_key()} {}

NoteSignature NoteSigner::sign(std::string_view text) const {
  const auto signature = key_.sign(as_bytes(text));
  return {verifier_.name, verifier_.id(), to_bytes(signature)};
}

UnixSeconds cosigned_at(const NoteSignature& signature) {
  if (signature.signature.size() <= kTimeBytes) return 0;
  return static_cast<UnixSeconds>(load_be64(signature.signature));
}

NoteSignature cosign(const crypto::Ed25519Key& key, const std::string& name, std::string_view text,
                     UnixSeconds at) {
  const auto time = static_cast<std::uint64_t>(at);
  NoteSignature out{name, VerifierKey{name, KeyKind::cosigner, key.public_key()}.id(), {}};
  for (int shift = 56; shift >= 0; shift -= 8)
    out.signature.push_back(static_cast<std::uint8_t>(time >> shift));
  append(out.signature, key.sign(as_bytes(cosigned_text(text, time))));
  return out;
}

}  // namespace heliograph::ledger
