#include "app/answer_certificate.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "store/suite/temp_directory.h"

namespace heliograph::app {
namespace {

using ::testing::HasSubstr;

constexpr UnixSeconds kNow = 1'800'000'000;
constexpr UnixSeconds kDay = 86'400;

class AnswerCertificateTest : public ::testing::Test {
 protected:
  Result<crypto::CmsKey> at(UnixSeconds now) {
    return answer_certificate(config, folder.path(), "Heliograph, example.org/ledger", now);
  }
  static std::string code(const Result<crypto::CmsKey>& read) {
    return read ? std::string() : std::string(read.error().code);
  }
  // The operator's own, valid for so many days.
  void configure(std::int64_t days = 365) {
    config.legal_cms_certificate = (folder / "operator.crt").string();
    config.legal_cms_key = (folder / "operator.key").string();
    ASSERT_TRUE(
        make_certificate_files(config.legal_cms_certificate, config.legal_cms_key, "Example", kNow, days));
  }

  store::suite::TempDirectory folder;
  config::Config config;
};

TEST_F(AnswerCertificateTest, WithoutOneTheServerMakesItsOwnOnceForItsOwnerAlone) {
  const auto made = at(kNow).value();
  EXPECT_TRUE(made.self_signed());
  EXPECT_EQ(made.subject(), "CN=Heliograph\\, example.org/ledger");
  struct stat info{};
  ASSERT_EQ(::stat((folder / "answers.pem").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  EXPECT_EQ(at(kNow + 1000 * kDay)->sha256(), made.sha256());
  ::chmod((folder / "answers.pem").c_str(), 0640);
  EXPECT_EQ(code(at(kNow)), "KEY_FILE_INVALID");
}

TEST_F(AnswerCertificateTest, ItsOwnIsMadeAnewBeforeItEnds) {
  const auto made = at(kNow).value();
  const auto end = made.valid_to();
  EXPECT_FALSE(ends_soon(made, end - 31 * kDay));
  EXPECT_TRUE(ends_soon(made, end - 30 * kDay));
  const auto next = at(end - 29 * kDay).value();
  EXPECT_NE(next.sha256(), made.sha256());
  EXPECT_EQ(at(end - 28 * kDay)->sha256(), next.sha256());
  EXPECT_NE(at(next.valid_to() + kDay)->sha256(), next.sha256()) << "also when it has ended";
}

TEST_F(AnswerCertificateTest, ADamagedOneIsNotReplaced) {
  ASSERT_TRUE(at(kNow));
  std::ofstream(folder / "answers.pem") << "no certificate\n";
  EXPECT_EQ(code(at(kNow)), "CMS_CERTIFICATE_INVALID");
  std::ifstream kept(folder / "answers.pem");
  EXPECT_EQ((std::string{std::istreambuf_iterator<char>(kept), {}}), "no certificate\n");
}

TEST_F(AnswerCertificateTest, TheOperatorsIsUsedInstead) {
  configure();
  const auto read = at(kNow).value();
  EXPECT_EQ(read.subject(), "CN=Example");
  EXPECT_FALSE(std::filesystem::exists(folder / "answers.pem"));
  EXPECT_EQ(code(make_certificate_files(config.legal_cms_certificate, folder / "new.key", "x", kNow, 1)),
            "FILE_EXISTS");
}

TEST_F(AnswerCertificateTest, WhatIsWrongWithTheOperatorsNamesTheFile) {
  configure(10);
  EXPECT_EQ(code(at(kNow + 10 * kDay)), "CMS_CERTIFICATE_EXPIRED");
  EXPECT_THAT(at(kNow + 10 * kDay).error().message, HasSubstr("operator.crt"));
  ::chmod(config.legal_cms_key.c_str(), 0644);
  EXPECT_EQ(code(at(kNow)), "KEY_FILE_INVALID");
  ::chmod(config.legal_cms_key.c_str(), 0600);
  std::ofstream(config.legal_cms_key) << "no key\n";
  EXPECT_EQ(code(at(kNow)), "CMS_KEY_INVALID");
  EXPECT_THAT(at(kNow).error().message, HasSubstr("operator.key"));
  config.legal_cms_key = (folder / "nowhere").string();
  EXPECT_EQ(code(at(kNow)), "FILE_UNREADABLE");
  config.legal_cms_key.clear();
  EXPECT_EQ(code(at(kNow)), "CMS_KEY_MISSING");
}

}  // namespace
}  // namespace heliograph::app
