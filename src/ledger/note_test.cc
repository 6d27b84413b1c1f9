#include "ledger/note.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/checkpoint.h"
#include "ledger/text.h"

namespace heliograph::ledger {
namespace {

crypto::Ed25519Key key_of(std::uint8_t byte) {
  std::array<std::uint8_t, 32> seed;
  seed.fill(byte);
  return crypto::Ed25519Key(crypto::SecretKey(seed));
}

// The example of golang.org/x/mod/sumdb/note's documentation: a key and a note made by another program.
constexpr std::string_view kForeignKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kForeignNote =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\xe2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

TEST(Note, OneThatAnotherProgramHasSigned) {
  const auto key = VerifierKey::parse(kForeignKey);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->text(), kForeignKey);
  auto note = Note::parse(kForeignNote);
  ASSERT_TRUE(note) << note.error().message;
  EXPECT_TRUE(note->signed_by(*key));
  EXPECT_EQ(note->encode(), kForeignNote);
  note->text[0] = 'i';
  EXPECT_EQ(note->signed_by(*key).error().code, "LEDGER_SIGNATURE_WRONG");
  const NoteSigner other("PeterNeumann", key_of(1));
  EXPECT_EQ(note->signed_by(other.verifier()).error().code, "LEDGER_NOT_SIGNED");
}

TEST(Note, WhatIsSignedIsReadBack) {
  const NoteSigner log("example.org/log", key_of(1));
  const std::string text = "one\n\ntwo\n";
  const Note note{text, {log.sign(text)}};
  const auto parsed = Note::parse(note.encode());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text, text);  // the last blank line is the one that ends the text
  EXPECT_TRUE(parsed->signed_by(log.verifier()));
  EXPECT_EQ(VerifierKey::parse(log.verifier().text()).value(), log.verifier());
}

TEST(Note, MalformedOnesAreRefused) {
  const std::string good(kForeignNote);
  const auto with = [&](std::string_view from, std::string_view to) {
    auto out = good;
    out.replace(out.find(from), from.size(), to);
    return out;
  };
  for (const auto& bad :
       {std::string(), std::string("\n\n"), std::string("text\n\n"), good.substr(0, good.size() - 1),
        with("\xe2\x80\x94 ", "- "), with("x08go", "x08g"), with("wJnAM=", "wJnAN="),
        with("PeterNeumann x", "x"), with("If", "I\tf"), with("If", "\xff"), with("is.\n\n", "is.\n"),
        with("PeterNeumann x", "Peter+Neumann x"), good + "more", std::string(100'000, 'x')}) {
    EXPECT_FALSE(Note::parse(bad)) << bad;
  }
  for (const auto* bad :
       {"", "+", "++", "a+00000000+", "a b+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"}) {
    EXPECT_FALSE(VerifierKey::parse(bad)) << bad;
  }
}

TEST(Note, ACosignatureCoversItsTime) {
  const std::string text = "example.org/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
  const auto key = key_of(2);
  const VerifierKey witness{"w.example", KeyKind::cosigner, key.public_key()};
  Note note{text, {cosign(key, "w.example", text, 1'700'000'000)}};
  ASSERT_TRUE(note.signed_by(witness));
  EXPECT_EQ(cosigned_at(*note.signed_by(witness)), 1'700'000'000);
  note.signatures[0].signature[7] ^= 1;
  EXPECT_FALSE(note.signed_by(witness));
  EXPECT_EQ(VerifierKey::parse(witness.text()).value(), witness);
}

TEST(Note, NamesAreNamesOnly) {
  EXPECT_TRUE(is_key_name("example.org/log"));
  EXPECT_TRUE(is_key_name("caf\xc3\xa9"));
  for (const auto* bad : {"", "a b", "a+b", "a\nb",
                          "a\xc2\xa0"
                          "b",
                          "\xff", "a\xe3\x80\x80"}) {
    EXPECT_FALSE(is_key_name(bad)) << bad;
  }
  EXPECT_FALSE(is_key_name(std::string(201, 'a')));
}

TEST(Checkpoint, TheSpecificationsExample) {
  const std::string text =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  const auto parsed = Checkpoint::parse(text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->origin, "example.com/behind-the-sofa");
  EXPECT_EQ(parsed->size, 20852163u);
  EXPECT_EQ(parsed->text(), text);
  EXPECT_TRUE(Checkpoint::parse(text + "extension\n"));
  for (const auto& bad : {std::string(), std::string("a\n1\n"), text + "\n", text + "x", "\n" + text,
                          std::string("a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"),
                          std::string("a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"),
                          std::string("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n")}) {
    EXPECT_FALSE(Checkpoint::parse(bad)) << bad;
  }
}

TEST(Text, Base64HasOneSpelling) {
  for (const auto* plain : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
    EXPECT_EQ(from_base64(to_base64(as_bytes(plain))), to_bytes(as_bytes(plain)));
  }
  EXPECT_EQ(to_base64(as_bytes("fooba")), "Zm9vYmE=");
  for (const auto* bad :
       {"Zg=", "Zh==", "Z===", "====", "Zm9=", "Zm 9", "Zm9v=", "Zg==Zg==", "Zm9vYg", "Z-9v"}) {
    EXPECT_FALSE(from_base64(bad)) << bad;
  }
}

}  // namespace
}  // namespace heliograph::ledger
