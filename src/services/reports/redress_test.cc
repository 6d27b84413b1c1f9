// Who is banned reads why and appeals, with a code sent to their number; nobody else can.
#include "services/reports/redress.h"

#include <gmock/gmock.h>

#include "services/testing/reports.h"

namespace heliograph::services {
namespace {

using safety::Effect;
using safety::Staffer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::World;

constexpr const char* kHome = "192.0.2.7";

class RedressTest : public testing::ReportedTest {
 protected:
  Redress& redress = world.services.redress;
  std::string phone = world.new_phone();
  Caller eve = world.sign_up("Eve", {}, phone);

  std::int64_t banned() {
    const auto filed = World::must(world.run(world.services.reports.peer(
        bob, Peer::of(eve.user), {terms::Category::illegal_goods, "goods/drugs", "She sells pills."})));
    for (const auto& staff : {Staffer{StaffId{1}, "mia", false}, Staffer{StaffId{2}, "noah", false}}) {
      safety::PersonDecision decision;
      decision.effect = Effect::ban;
      decision.clause = "illegal-goods";
      decision.why = "It offers pills.";
      World::must(world.write(
          [&](store::Tx& tx) { return moderation.desk()->decide(tx, staff, filed.case_id, decision, ""); }));
    }
    return filed.case_id;
  }
  std::string pass_of(const std::string& number) {
    const auto handle = World::must(world.run(redress.send_code(kHome, number)));
    return World::must(world.run(redress.open(number, handle, world.codes.last())));
  }
  std::string code_of_opening(const std::string& number, const std::string& handle, const std::string& code) {
    const auto opened = world.run(redress.open(number, handle, code));
    return opened ? "" : std::string(opened.error().code);
  }
};

TEST_F(RedressTest, WhoIsBannedReadsWhyAndAppealsAndReadsTheAnswer) {
  const auto number = banned();
  ASSERT_EQ(world.run(world.services.sign_in.send_code(world.new_device(), kHome, phone)).error().code,
            "PHONE_NUMBER_BANNED");
  const auto pass = pass_of(phone);
  EXPECT_EQ(world.codes.sent.back().purpose, CodeMessage::Purpose::appeal);

  auto told = World::must(world.run(redress.decisions(pass)));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].case_id, number);
  ASSERT_EQ(told[0].reasons.size(), 1U);
  EXPECT_THAT(told[0].reasons[0], HasSubstr("Your account was banned"));
  EXPECT_THAT(told[0].reasons[0], HasSubstr("It offers pills."));
  EXPECT_TRUE(told[0].open_to_appeal);

  const auto appeal = World::must(world.run(redress.appeal(pass, number, "I sell vitamins.")));
  EXPECT_EQ(world.run(redress.appeal(pass, number, "again")).error().code, "APPEAL_WAITS");
  told = World::must(world.run(redress.decisions(pass)));
  EXPECT_FALSE(told[0].open_to_appeal);
  EXPECT_EQ(told[0].appeals.at(0).text, "I sell vitamins.");

  World::must(world.write([&](store::Tx& tx) {
    return moderation.desk()->decide_appeal(tx, Staffer{StaffId{3}, "olga", true}, appeal, true, "They are.");
  }));
  told = World::must(world.run(redress.decisions(pass)));
  EXPECT_TRUE(told[0].reversed);
  EXPECT_EQ(told[0].appeals.at(0).answer, "They are.");
  EXPECT_TRUE(world.run(world.services.sign_in.send_code(world.new_device(), kHome, phone)));
}

TEST_F(RedressTest, NoCodeIsSentWhereNothingWasDoneAndTheAnswerIsTheSame) {
  World::must(world.run(world.services.reports.peer(
      bob, Peer::of(eve.user), {terms::Category::illegal_goods, "goods/drugs", "She sells pills."})));
  const auto before = world.codes.sent.size();
  EXPECT_EQ(World::must(world.run(redress.send_code(kHome, phone))).size(), 32U) << "a case waits: no hint";
  const auto handle = World::must(world.run(redress.send_code(kHome, world.new_phone())));
  EXPECT_EQ(handle.size(), 32U) << "nobody has this number";
  EXPECT_EQ(world.codes.sent.size(), before);
  EXPECT_EQ(code_of_opening(phone, handle, "12345"), "PHONE_CODE_EXPIRED") << "another number's handle";
  EXPECT_EQ(world.run(redress.send_code(kHome, "12")).error().code, "PHONE_NUMBER_INVALID");
}

TEST_F(RedressTest, CodesAreGuessedFiveTimesAtMostAndOpenNothingElse) {
  banned();
  const auto handle = World::must(world.run(redress.send_code(kHome, phone)));
  const auto right = world.codes.last();
  const auto wrong = right == "00000" ? "00001" : "00000";
  EXPECT_EQ(
      world.run(world.services.sign_in.sign_in(world.new_device(), kHome, phone, handle, right)).error().code,
      "PHONE_CODE_EXPIRED");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of_opening(phone, handle, wrong), "PHONE_CODE_INVALID");
  EXPECT_EQ(code_of_opening(phone, handle, right), "PHONE_CODE_EXPIRED");
  for (int i = 0; i < 5; ++i) World::must(world.run(redress.send_code(kHome, phone)));
  EXPECT_EQ(world.run(redress.send_code(kHome, phone)).error().kind, ErrorKind::flood);
}

TEST_F(RedressTest, APassIsGoodForAnHourForOneAccountAndCannotBeForged) {
  const auto number = banned();
  auto pass = pass_of(phone);
  EXPECT_THAT(notices_to(eve).front(), HasSubstr("read outside the messenger"));
  EXPECT_EQ(world.run(redress.appeal(pass, number + 1, "why")).error().code, "CASE_UNKNOWN");
  auto forged = pass;
  forged.back() = forged.back() == '0' ? '1' : '0';
  for (const auto& bad : {forged, std::string(), std::string("zz"), pass.substr(2)}) {
    EXPECT_EQ(world.run(redress.decisions(bad)).error().code, "PASS_EXPIRED") << bad;
  }
  world.clock.advance(std::chrono::hours(2));
  EXPECT_EQ(world.run(redress.decisions(pass)).error().code, "PASS_EXPIRED");
  EXPECT_EQ(world.run(redress.appeal(pass, number, "why")).error().code, "PASS_EXPIRED");
}

TEST_F(RedressTest, OfACampaignEverybodyReadsTheirOwnMessageAlone) {
  const auto file_about = [](std::string facts) {
    safety::CaseFile file;
    file.message = MessageId{31};
    file.title = "News";
    safety::Statement statement;
    statement.effect = "remove";
    statement.facts = std::move(facts);
    file.statements.push_back(std::move(statement));
    return file;
  };
  World::must(world.write([&](store::Tx& tx) -> Status {
    store::Case one;
    one.subject = "campaign/cafe";
    one.user = ada.user;
    one.state = store::CaseState::decided;
    one.effect = static_cast<std::uint8_t>(Effect::remove);
    one.opened_at = one.decided_at = world.clock.unix_seconds();
    one.record = 1;
    one.sealed = safety::seal_file(file_about("what Ada wrote"), one.subject, world.sealer, world.random);
    HG_ASSIGN(one.id, tx.cases().add(one));
    for (const auto& [who, words] : {std::pair{ada.user, "what Ada wrote"}, {eve.user, "what Eve wrote"}}) {
      store::CaseMember member;
      member.case_id = one.id;
      member.subject = "message/channel/9/" + std::to_string(who.value);
      member.user = who;
      member.effect = one.effect;
      member.sealed = safety::seal_member(file_about(words), member, world.sealer, world.random);
      HG_TRY(tx.cases().put_member(member));
    }
    return {};
  }));
  const auto told = World::must(world.run(redress.decisions(pass_of(phone))));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(told[0].reasons, ElementsAre(HasSubstr("what Eve wrote")));
  EXPECT_TRUE(told[0].open_to_appeal);
}

}  // namespace
}  // namespace heliograph::services
