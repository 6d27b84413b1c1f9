// Signed notes (c2sp.org/signed-note), and the two kinds of signatures used here: a log's own (Ed25519, type
// 1) and a witness's timestamped cosignature (type 4, c2sp.org/tlog-cosignature).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "crypto/ed25519.h"

namespace heliograph::ledger {

inline constexpr std::size_t kNoteBytesMax = 64 * 1024;
inline constexpr std::size_t kNoteSignaturesMax = 64;

enum class KeyKind : std::uint8_t { log = 1, cosigner = 4 };

// Not empty, no spaces, no plus, valid UTF-8, no control characters, at most 200 bytes.
bool is_key_name(std::string_view name);

// A public key with its name, as written "<name>+<8 hex digits>+<base64 of type and key>".
struct VerifierKey {
  std::string name;
  KeyKind kind = KeyKind::log;
  crypto::Ed25519PublicKey key{};

  // The first four bytes of SHA-256(name, line break, type, key).
  std::uint32_t id() const;
  std::string text() const;
  // invalid LEDGER_VKEY_INVALID.
  static Result<VerifierKey> parse(std::string_view text);
  bool operator==(const VerifierKey&) const = default;
};

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;

  // "— name base64" and a line break.
  std::string line() const;
  // invalid LEDGER_NOTE_INVALID. `line` is without its line break.
  static Result<NoteSignature> parse(std::string_view line);
  bool operator==(const NoteSignature&) const = default;
};

struct Note {
  std::string text;  // ends with a line break
  std::vector<NoteSignature> signatures;

  std::string encode() const;
  // invalid LEDGER_NOTE_INVALID: not the form of a note, too long, too many signatures. Checks no signature.
  static Result<Note> parse(std::string_view encoded);

  // The signature by `key`, checked. not_found LEDGER_NOT_SIGNED when there is none by that name and id;
  // forbidden LEDGER_SIGNATURE_WRONG when there is one and it does not verify.
  Result<NoteSignature> signed_by(const VerifierKey& key) const;
};

// Signs note texts for a log.
class NoteSigner {
 public:
  NoteSigner(std::string name, crypto::Ed25519Key key);
  const VerifierKey& verifier() const { return verifier_; }
  NoteSignature sign(std::string_view text) const;

 private:
  crypto::Ed25519Key key_;
  VerifierKey verifier_;
};

// When a valid cosignature says that it was made.
UnixSeconds cosigned_at(const NoteSignature& signature);
// What a witness does; here for tests and for standing in as one.
NoteSignature cosign(const crypto::Ed25519Key& key, const std::string& name, std::string_view text,
                     UnixSeconds at);

}  // namespace heliograph::ledger
