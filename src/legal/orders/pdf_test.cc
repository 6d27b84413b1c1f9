#include "legal/orders/pdf.h"

#include <gmock/gmock.h>

namespace heliograph::legal {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr UnixSeconds kNow = 1'800'000'000;
constexpr UnixSeconds kYear = 365 * 86'400;

struct Signed {
  std::string file;
  std::string certificate;
};

// A PDF as a signing tool leaves it: what is signed is all but the signature itself.
Signed signed_pdf(UnixSeconds valid_from = kNow - kYear, UnixSeconds valid_to = kNow + kYear) {
  constexpr std::size_t hole = 8192;
  const std::string head = "%PDF-1.7\n1 0 obj << /Type /Sig /SubFilter /ETSI.CAdES.detached /Contents ";
  const std::string tail_text = "The user ann is to be identified.\nendobj\n%%EOF\n";
  std::string range = "/ByteRange [0 0000 00000 0000] >> ";
  const auto second = head.size() + hole + 2;
  const auto second_size = range.size() + tail_text.size();
  char numbers[64];
  std::snprintf(numbers, sizeof numbers, "/ByteRange [0 %04zu %05zu %04zu] >> ", head.size(), second,
                second_size);
  const auto tail = std::string(numbers) + tail_text;
  const auto content = head + tail;
  const auto made =
      crypto::sample_cms(as_bytes(content), "Staatsanwaltschaft Musterstadt", valid_from, valid_to);
  auto hex = to_hex(made.der);
  EXPECT_LE(hex.size(), hole);
  hex.resize(hole, '0');
  return {head + "<" + hex + ">" + tail, made.certificate_pem};
}

PdfFacts examine(const std::string& file, const crypto::CmsTrust& trust = {}, UnixSeconds at = kNow) {
  return examine_pdf(as_bytes(file), trust, at);
}

TEST(Pdf, ASignatureThatFitsIsShownWithWhoMadeIt) {
  const auto made = signed_pdf();
  const auto facts = examine(made.file);
  EXPECT_TRUE(facts.pdf && facts.complete);
  EXPECT_FALSE(facts.encrypted || facts.active);
  ASSERT_THAT(facts.signatures, SizeIs(1));
  const auto& one = facts.signatures[0];
  EXPECT_TRUE(one.readable && one.good && one.whole) << one.problem;
  EXPECT_EQ(one.signer, "CN=Staatsanwaltschaft Musterstadt");
  EXPECT_EQ(one.digest, "SHA256");
  EXPECT_EQ(one.valid_to, kNow + kYear);
  // Anybody can make such a certificate: it is not trusted by itself.
  EXPECT_FALSE(one.trusted);
  EXPECT_THAT(one.problem, ::testing::Not(IsEmpty()));
}

TEST(Pdf, ATrustedSignerIsTrustedWhileTheCertificateIsValid) {
  const auto made = signed_pdf();
  const auto trust = crypto::CmsTrust::read(made.certificate).value();
  EXPECT_TRUE(examine(made.file, trust).signatures.at(0).trusted);
  const auto late = examine(made.file, trust, kNow + 2 * kYear).signatures.at(0);
  EXPECT_TRUE(late.good);
  EXPECT_FALSE(late.trusted);
  EXPECT_THAT(late.problem, HasSubstr("expired"));
  EXPECT_FALSE(
      examine(made.file, crypto::CmsTrust::read(signed_pdf().certificate).value()).signatures.at(0).trusted);
}

TEST(Pdf, WhatWasChangedOrAddedIsSeen) {
  const auto made = signed_pdf();
  const auto trust = crypto::CmsTrust::read(made.certificate).value();
  auto changed = made.file;
  changed.replace(changed.find("ann"), 3, "bob");
  auto one = examine(changed, trust).signatures.at(0);
  EXPECT_TRUE(one.readable);
  EXPECT_FALSE(one.good);
  EXPECT_FALSE(one.trusted);
  one = examine(made.file + "2 0 obj (and bob too) endobj\n%%EOF\n", trust).signatures.at(0);
  EXPECT_TRUE(one.good);
  EXPECT_FALSE(one.whole);
  EXPECT_THAT(one.problem, HasSubstr("whole file"));
  // Something hidden in what the signature leaves out.
  auto hidden = made.file;
  hidden.replace(hidden.find("00000000>"), 9, "0> (x) <0");
  EXPECT_FALSE(examine(hidden, trust).signatures.at(0).good);
}

TEST(Pdf, HostileFilesDoNoHarm) {
  EXPECT_FALSE(examine("").pdf);
  EXPECT_FALSE(examine("MZ\x90 not a PDF").pdf);
  EXPECT_TRUE(examine("%PDF-1.4 /Encrypt 5 0 R %%EOF").encrypted);
  EXPECT_TRUE(examine("%PDF-1.4 /OpenAction << /S /JavaScript >>").active);
  EXPECT_TRUE(examine("%PDF-1.4 /J#61vaScript").active);
  EXPECT_FALSE(examine("%PDF-1.4").complete);
  for (const auto* range : {"", "[", "[0 1 2]", "[0 99999999999 99999999999 99999999999]", "[0 5 3 1]",
                            "[1 2 3 4]", "[0 8 20 0 ", "[0 0 0 0]", "[0 18446744073709551615 0 0]"}) {
    const auto facts = examine(std::string("%PDF-1.7 /ByteRange ") + range + " %%EOF");
    ASSERT_THAT(facts.signatures, SizeIs(1)) << range;
    EXPECT_FALSE(facts.signatures[0].readable || facts.signatures[0].good) << range;
  }
  std::string many = "%PDF-1.7";
  for (int i = 0; i < 100'000; ++i) many += "/ByteRange [0 1 2 3]";
  EXPECT_THAT(examine(many).signatures, SizeIs(8));
  EXPECT_FALSE(crypto::CmsTrust::read("no certificate"));
}

}  // namespace
}  // namespace heliograph::legal
