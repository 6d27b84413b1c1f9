#include "app/legal_command.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "crypto/cms.h"
#include "crypto/random.h"
#include "ledger/text.h"
#include "legal/disclosure/answer.h"
#include "legal/disclosure/pdf_pages.h"
#include "legal/testing/certificate.h"
#include "store/suite/temp_directory.h"

namespace heliograph::app {
namespace {

using ::testing::HasSubstr;
using Action = LegalOptions::Action;

class LegalCommandTest : public ::testing::Test {
 protected:
  std::string run(const LegalOptions& options) {
    std::ostringstream out;
    const auto done = legal_command(config, options, out);
    return done ? out.str() : std::string(done.error().code);
  }
  store::suite::TempDirectory folder;
  config::Config config;
};

TEST_F(LegalCommandTest, AnOfficerMakesAKeyAndReadsAnAnswer) {
  LegalOptions make{.action = Action::key, .key = folder / "officer.key", .package = {}};
  const auto shown = run(make);
  EXPECT_EQ(run(make), "FILE_EXISTS");
  const auto bytes = ledger::from_base64(shown.substr(0, 44)).value();
  crypto::BoxPublicKey key{};
  std::copy(bytes.begin(), bytes.end(), key.begin());
  crypto::SystemRandom random;
  const legal::AnswerSigner signer{crypto::Ed25519Key(crypto::SecretKey::generate(random)),
                                   legal::testing::a_certificate()};
  const legal::Disclosure disclosure{legal::PhoneNumber::parse("4915112345678").value(), {}};
  const legal::Cover cover{7, 1'800'000'000, "example.org/ledger", Bytes(65, 1)};
  const auto json = legal::to_json(disclosure, cover);
  std::ofstream(folder / "package") << ledger::to_base64(
                                           legal::seal_answer(disclosure, cover, signer, key).value())
                                    << '\n';
  LegalOptions open{.action = Action::open,
                    .key = folder / "officer.key",
                    .package = folder / "package",
                    .signer = to_hex(signer.ed25519.public_key())};
  EXPECT_EQ(run(open), json + "\n");
  open.pdf = folder / "answer.pdf";
  EXPECT_EQ(run(open), json + "\n");
  std::ifstream kept(folder / "answer.pdf", std::ios::binary);
  EXPECT_EQ((std::string{std::istreambuf_iterator<char>(kept), {}}), legal::to_pdf(disclosure, cover));
  EXPECT_EQ(run(open), "FILE_EXISTS");
  open.pdf.clear();
  open.p7s = folder / "answer.p7s";
  open.signed_bytes = folder / "answer.signed";
  EXPECT_EQ(run(open), json + "\n");
  const auto of = [&](const char* name) {
    std::ifstream in(folder / name, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  EXPECT_THAT(of("answer.signed"), HasSubstr(json));
  const auto facts = crypto::read_cms(as_bytes(of("answer.p7s")), as_bytes(of("answer.signed")), {}, 0);
  EXPECT_TRUE(facts.value().good);
  open.p7s.clear();
  open.signed_bytes.clear();
  open.signer = std::string(64, '0');
  EXPECT_EQ(run(open), "PACKAGE_INVALID");
  open.key = folder / "no such key";
  EXPECT_EQ(run(open), "FILE_UNREADABLE");
  EXPECT_FALSE(std::filesystem::exists(folder / "no such key"));
}

TEST_F(LegalCommandTest, AnOperatorMakesACertificateThatTheConfigurationTakes) {
  LegalOptions make{.action = Action::certificate,
                    .key = folder / "answers.key",
                    .package = {},
                    .certificate = folder / "answers.crt",
                    .name = "Example Ltd, legal desk",
                    .days = 30};
  const auto shown = run(make);
  EXPECT_THAT(shown, HasSubstr("CN=Example Ltd\\, legal desk"));
  EXPECT_EQ(run(make), "FILE_EXISTS");
  config.legal_cms_certificate = make.certificate.string();
  config.legal_cms_key = make.key.string();
  LegalOptions rules{.action = Action::rules, .key = {}, .package = {}};
  EXPECT_THAT(run(rules), HasSubstr(shown));
  config.legal_cms_key.clear();
  EXPECT_EQ(run(rules), "CMS_KEY_MISSING");
}

TEST_F(LegalCommandTest, RulesAreCheckedBeforeAServerReadsThem) {
  LegalOptions rules{.action = Action::rules, .key = {}, .package = {}};
  EXPECT_THAT(run(rules), HasSubstr("European Union"));
  std::filesystem::create_directory(folder / "rules");
  std::ofstream(folder / "rules" / "eu.toml") << "title = 7\n";
  config.legal_rules = (folder / "rules").string();
  EXPECT_EQ(run(rules), "JURISDICTION_INVALID");
  config.legal_rules = (folder / "nowhere").string();
  EXPECT_EQ(run(rules), "FILE_UNREADABLE");
}

}  // namespace
}  // namespace heliograph::app
