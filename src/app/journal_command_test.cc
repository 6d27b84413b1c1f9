#include "app/journal_command.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "crypto/random.h"
#include "legal/journal/ceremony.h"
#include "legal/testing/ceremony.h"
#include "store/sqlite/open.h"
#include "store/suite/temp_directory.h"

namespace heliograph::app {
namespace {

using ::testing::HasSubstr;
using Action = JournalOptions::Action;

class JournalCommandTest : public ::testing::Test {
 protected:
  JournalCommandTest() {
    config.data_dir = folder / "data";
    EXPECT_TRUE(store::sqlite::open({.directory = config.data_dir}));
  }
  JournalOptions options(Action action) const {
    JournalOptions out;
    out.action = action;
    out.cost = {1, 8 * 1024};
    return out;
  }
  std::string run(const JournalOptions& given, const std::string& typed = "") {
    std::istringstream in(typed);
    std::ostringstream out;
    const auto done = journal_command(config, given, in, out);
    return done ? out.str() : std::string(done.error().code);
  }
  std::filesystem::path file(const std::string& name) const { return folder.path() / name; }
  std::string text(const std::string& name) const {
    std::ifstream in(file(name));
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // One officer after another, each on what the others handed over; gives what the last was shown.
  std::string ceremony(const std::vector<std::string>& names, const std::string& plan) {
    std::vector<std::filesystem::path> seats, deals;
    for (std::uint32_t i = 1; i <= names.size(); ++i) {
      auto given = options(Action::seat);
      given.plan = file(plan);
      given.share = i;
      given.out = file("seat" + std::to_string(i));
      given.secret_out = file("seat" + std::to_string(i) + ".secret");
      EXPECT_THAT(run(given, "passphrase of seat\n"), HasSubstr("Give"));
      seats.push_back(given.out);
    }
    for (std::uint32_t i = 1; i <= names.size(); ++i) {
      auto given = options(Action::deal);
      given.plan = file(plan);
      given.seats = seats;
      given.share = i;
      given.out = file("deal" + std::to_string(i));
      EXPECT_THAT(run(given), HasSubstr("Give"));
      deals.push_back(given.out);
    }
    std::string shown;
    for (std::uint32_t i = 1; i <= names.size(); ++i) {
      auto given = options(Action::finish);
      given.plan = file(plan);
      given.seats = seats;
      given.deals = deals;
      given.share = i;
      given.secret = file("seat" + std::to_string(i) + ".secret");
      given.secret_out = file("share" + std::to_string(i) + ".secret");
      given.key_out = file("key" + std::to_string(i));
      given.confirmation_out = file("confirmation" + std::to_string(i));
      shown = run(given, "passphrase of seat\npassphrase of " + names[i - 1] + "\n");
      EXPECT_THAT(shown, HasSubstr("fingerprint"));
    }
    return shown;
  }

  store::suite::TempDirectory folder;
  config::Config config;
};

TEST_F(JournalCommandTest, ThreeOfficersMakeAKeyAndTwoContribute) {
  auto given = options(Action::ceremony);
  given.shares = 3;
  given.threshold = 2;
  given.names = {"Ana", "Ben", "Cem"};
  given.out = file("plan");
  EXPECT_THAT(run(given), HasSubstr("fingerprint"));
  EXPECT_EQ(run(given), "FILE_EXISTS");
  ceremony(given.names, "plan");
  EXPECT_EQ(text("key1"), text("key2"));
  EXPECT_EQ(text("key1"), text("key3"));
  EXPECT_EQ(std::filesystem::status(file("share1.secret")).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);

  EXPECT_THAT(run(options(Action::status)), HasSubstr("There is no key"));
  auto put = options(Action::install);
  put.key = file("key1");
  put.confirmations = {file("confirmation1"), file("confirmation2")};
  EXPECT_EQ(run(put), "CONFIRMATION_WRONG");
  put.confirmations.push_back(file("confirmation3"));
  EXPECT_THAT(run(put), HasSubstr("it takes 2 of 3 shares"));
  EXPECT_THAT(run(options(Action::status)), HasSubstr("in use"));

  // What the server would ask.
  crypto::SystemRandom random;
  const auto key = legal::JournalKey::parse(text("key1")).value();
  legal::Question question{7, Bytes(65, 1), UserId{1'000'001}, 1'699'999'000, 1'700'001'000, {}, key.id()};
  question.rows.push_back(legal::testing::a_row(key, question.user, 1'700'000'000, "203.0.113.7", random));
  std::ofstream(file("question")) << question.encode();
  auto part = options(Action::contribute);
  part.key = file("key1");
  part.question = file("question");
  part.secret = file("share2.secret");
  part.out = file("contribution2");
  EXPECT_EQ(run(part, "a wrong passphrase\n"), "PASSPHRASE_WRONG");
  EXPECT_THAT(run(part, "passphrase of Ben\n"), HasSubstr("request 7: account 1000001"));
  const auto made = legal::Contribution::parse(text("contribution2")).value();
  const auto elements = legal::check_question(question, key).value();
  EXPECT_TRUE(legal::check_contribution(question, key, elements, made));
}

TEST_F(JournalCommandTest, WhatIsMissingIsSaid) {
  auto given = options(Action::ceremony);
  given.shares = 3;
  given.threshold = 2;
  given.names = {"Ana", "Ben"};
  given.out = file("plan");
  EXPECT_EQ(run(given), "CLI_INVALID");
  auto seat = options(Action::seat);
  seat.plan = file("no such plan");
  EXPECT_EQ(run(seat), "FILE_UNREADABLE");
  auto show = options(Action::show);
  std::ofstream(file("rubbish")) << "rubbish";
  show.key = file("rubbish");
  EXPECT_EQ(run(show), "JOURNAL_DOCUMENT_INVALID");
}

}  // namespace
}  // namespace heliograph::app
