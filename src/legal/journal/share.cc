#include "legal/journal/share.h"

#include "crypto/sealer.h"

namespace heliograph::legal {

namespace {

constexpr std::string_view kSecretHeader = "heliograph-journal-secret v1";
constexpr std::size_t kSealedBytes = 32 + crypto::Sealer::overhead;

std::string_view kind_text(SecretKind kind) {
  return kind == SecretKind::seat ? "seat" : "share";
}

// Everything but the salt, which the key is made with, and the seal itself.
Bytes about_secret(const LockedSecret& locked) {
  auto head = locked;
  head.sealed.clear();
  return to_bytes(as_bytes(head.encode()));
}

}  // namespace

std::string LockedSecret::encode() const {
  DocumentWriter out(kSecretHeader);
  out.text("kind", kind_text(kind));
  out.number("share", share);
  out.bytes("about", about);
  out.number("passes", cost.passes);
  out.number("memory_kib", cost.memory_kib);
  out.bytes("salt", salt);
  out.bytes("sealed", sealed);
  return out.take();
}

Result<LockedSecret> LockedSecret::parse(std::string_view text) {
  DocumentReader in(text, kSecretHeader);
  LockedSecret out;
  const auto word = in.text("kind");
  if (word != "seat" && word != "share") in.refuse();
  out.kind = word == "seat" ? SecretKind::seat : SecretKind::share;
  out.share = static_cast<std::uint32_t>(in.number("share", 1, kMembersMost));
  out.about = in.exactly<32>("about");
  out.cost.passes = static_cast<std::uint32_t>(in.number("passes", 1, 1000));
  out.cost.memory_kib = static_cast<std::uint32_t>(in.number("memory_kib", 1, 1 << 30));
  if (!out.cost.bearable()) in.refuse();
  out.salt = in.exactly<16>("salt");
  out.sealed = in.bytes("sealed");
  if (out.sealed.size() != kSealedBytes) in.refuse();
  HG_TRY(in.done());
  return out;
}

Result<LockedSecret> lock(SecretKind kind, std::uint32_t share, const Hash& about, const SecretScalar& secret,
                          std::string_view passphrase, const crypto::PassphraseCost& cost, Random& random) {
  if (passphrase.size() < kPassphraseLeast) {
    return fail(Error::invalid("PASSPHRASE_SHORT", "A passphrase has at least 12 characters."));
  }
  LockedSecret out{kind, share, about, cost, {}, {}};
  random.fill(out.salt);
  HG_ASSIGN(const auto key, crypto::key_of_passphrase(passphrase, out.salt, cost));
  out.sealed = crypto::Sealer(key).seal(secret.value().bytes, about_secret(out), random);
  return out;
}

Result<SecretScalar> unlock(const LockedSecret& locked, std::string_view passphrase) {
  HG_ASSIGN(const auto key, crypto::key_of_passphrase(passphrase, locked.salt, locked.cost));
  auto opened = crypto::Sealer(key).open(locked.sealed, about_secret(locked));
  const auto scalar = opened ? crypto::Scalar::parse(*opened) : fail(opened.error());
  if (opened) crypto::wipe(*opened);
  if (!scalar) {
    return fail(Error::invalid("PASSPHRASE_WRONG", "The passphrase is wrong, or the file was changed."));
  }
  return SecretScalar(*scalar);
}

Result<Share> open_share(const LockedSecret& locked, const JournalKey& key, std::string_view passphrase) {
  const auto other = [] {
    return fail(Error::invalid("SHARE_OTHER", "This is not a share of the journal's key."));
  };
  if (locked.kind != SecretKind::share || locked.about != key.id() || key.member(locked.share) == nullptr) {
    return other();
  }
  HG_ASSIGN(auto secret, unlock(locked, passphrase));
  if (crypto::Point::base(secret.value()) != key.share_key(locked.share)) return other();
  return Share{locked.share, std::move(secret)};
}

}  // namespace heliograph::legal
