#include "services/accounts/sign_in.h"

#include <gtest/gtest.h>

#include <fstream>

#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;
using Outcome = SignedIn::Outcome;

constexpr auto kIp = "192.0.2.1";
const std::string kPhone = "+12025550123";

class SignInTest : public ::testing::Test {
 protected:
  Result<SentCode> send(const Caller& caller, const std::string& phone = kPhone) {
    return world.run(world.services.sign_in.send_code(caller, kIp, phone));
  }
  Result<SignedIn> enter(const Caller& caller, const std::string& code_hash, const std::string& code,
                         const std::string& phone = kPhone) {
    return world.run(world.services.sign_in.sign_in(caller, kIp, phone, code_hash, code));
  }
  Result<UserId> join(const Caller& caller, const std::string& code_hash,
                      const std::string& first_name = "Ada") {
    SignIn::NewPerson person{first_name, "Lovelace", true};
    return world.run(world.services.sign_in.sign_up(caller, kIp, kPhone, code_hash, person));
  }
  Result<SentCode> resend(const Caller& caller, const std::string& code_hash) {
    return world.run(world.services.sign_in.resend_code(caller, kIp, kPhone, code_hash));
  }
  std::string wrong_code() {
    auto code = world.codes.last();
    code[0] = code[0] == '9' ? '0' : static_cast<char>(code[0] + 1);
    return code;
  }
  std::vector<store::Message> inbox(UserId user) {
    return world
        .read([user](store::Tx& tx) { return tx.messages().history(user, Peer::of(service_user), {}); })
        ->messages;
  }
  KeyInfo info(const Caller& caller) { return *world.run(world.services.keys.info(caller.key)); }

  World world;
};

TEST_F(SignInTest, ANewNumberSignsUp) {
  const auto device = world.new_device();
  const auto sent = send(device);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->route, CodeRoute::sms);
  EXPECT_EQ(world.codes.sent.back().address, kPhone);
  EXPECT_EQ(world.codes.last().size(), 5u);

  const auto entered = enter(device, sent->code_hash, world.codes.last());
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->outcome, Outcome::sign_up_required);
  EXPECT_EQ(info(device).user, UserId{});

  const auto user = join(device, sent->code_hash);
  ASSERT_TRUE(user);
  EXPECT_EQ(info(device).user, *user);
  const auto account = *world.read([&](store::Tx& tx) { return tx.accounts().find(*user); });
  EXPECT_EQ(account->first_name, "Ada");
  EXPECT_EQ(account->last_name, "Lovelace");
  EXPECT_EQ(account->terms_version, world.services.terms.now()->version);
  EXPECT_EQ(open_phone(world.environment, account->phone_sealed, account->phone_index)->digits,
            "12025550123");
}

TEST_F(SignInTest, TheNumberIsNotStoredInTheClear) {
  world.sign_up("Ada", {}, kPhone);
  for (const auto& file : std::filesystem::directory_iterator(world.folder.path)) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    EXPECT_EQ(bytes.find("2025550123"), std::string::npos) << file.path();
  }
}

TEST_F(SignInTest, ASecondDeviceGetsItsCodeAsAServiceMessage) {
  const auto first = world.sign_up("Ada", {}, kPhone);
  const auto texts_before = world.codes.sent.size();
  const auto second = world.new_device("Phone");
  const auto sent = send(second);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->route, CodeRoute::app);
  EXPECT_EQ(world.codes.sent.size(), texts_before);

  const auto messages = inbox(first.user);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].from, service_user);
  const auto at = messages[0].text.find_first_of("0123456789");
  const auto entered = enter(second, sent->code_hash, messages[0].text.substr(at, 5));
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->outcome, Outcome::signed_in);
  EXPECT_EQ(entered->user, first.user);
}

TEST_F(SignInTest, TheOtherDevicesHearOfASignIn) {
  const auto first = world.sign_up("Ada", {}, kPhone);
  EXPECT_TRUE(inbox(first.user).empty()) << "there was nobody to tell";
  const auto second = world.new_device("Phone");
  const auto sent = send(second);
  auto code = inbox(first.user)[0].text;
  code = code.substr(code.find_first_of("0123456789"), 5);
  const auto heard = world.listen(first.user);
  ASSERT_TRUE(enter(second, sent->code_hash, code));
  world.executor.run();

  std::vector<store::UpdateKind> kinds;
  for (const auto& publication : heard->heard) {
    kinds.push_back(publication->update.kind);
    if (publication->update.kind == store::UpdateKind::new_authorization) {
      EXPECT_EQ(publication->origin_key, second.key) << "the new device itself is not told";
    }
  }
  EXPECT_EQ(kinds, (std::vector{store::UpdateKind::new_authorization, store::UpdateKind::new_message}));
  EXPECT_NE(inbox(first.user)[0].text.find("Phone"), std::string::npos) << "the notice names the device";
}

TEST_F(SignInTest, ABadNumberIsRefused) {
  EXPECT_EQ(send(world.new_device(), "+15550001").error().code, "PHONE_NUMBER_INVALID");
  EXPECT_TRUE(world.codes.sent.empty());
}

TEST_F(SignInTest, AWrongCodeIsRefusedAndTheRightOneStillWorks) {
  const auto device = world.new_device();
  const auto sent = send(device);
  EXPECT_EQ(enter(device, sent->code_hash, wrong_code()).error().code, "PHONE_CODE_INVALID");
  EXPECT_EQ(enter(device, sent->code_hash, "").error().code, "PHONE_CODE_EMPTY");
  EXPECT_TRUE(enter(device, sent->code_hash, world.codes.last()));
}

TEST_F(SignInTest, TooManyWrongCodesVoidTheCode) {
  const auto device = world.new_device();
  const auto sent = send(device);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(enter(device, sent->code_hash, wrong_code()).error().code, "PHONE_CODE_INVALID");
  }
  EXPECT_EQ(enter(device, sent->code_hash, world.codes.last()).error().code, "PHONE_CODE_EXPIRED");
}

TEST_F(SignInTest, WrongCodesAreCountedOverAllCodesOfANumber) {
  int wrong = 0;
  for (int round = 0; round < 4; ++round) {
    const auto device = world.new_device();
    const auto sent = send(device);
    for (int i = 0; i < 5; ++i, ++wrong) ASSERT_FALSE(enter(device, sent->code_hash, wrong_code()));
  }
  EXPECT_EQ(wrong, 20);
  EXPECT_EQ(send(world.new_device()).error().code, "PHONE_NUMBER_FLOOD");
  world.clock.advance(std::chrono::hours(25));
  EXPECT_TRUE(send(world.new_device()));
}

TEST_F(SignInTest, ACodeExpires) {
  const auto device = world.new_device();
  const auto sent = send(device);
  world.clock.advance(std::chrono::seconds(300));
  EXPECT_EQ(enter(device, sent->code_hash, world.codes.last()).error().code, "PHONE_CODE_EXPIRED");
}

TEST_F(SignInTest, ACodeIsGoodForItsKeyAndNumberOnly) {
  const auto device = world.new_device();
  const auto sent = send(device);
  const auto code = world.codes.last();
  EXPECT_EQ(enter(world.new_device(), sent->code_hash, code).error().code, "PHONE_CODE_EXPIRED");
  EXPECT_EQ(enter(device, sent->code_hash, code, "+12025550124").error().code, "PHONE_CODE_EXPIRED");
  EXPECT_EQ(enter(device, "no such handle", code).error().code, "PHONE_CODE_EXPIRED");
  EXPECT_TRUE(enter(device, sent->code_hash, code));
}

TEST_F(SignInTest, ANewCodeReplacesTheOneBefore) {
  const auto device = world.new_device();
  const auto first = send(device);
  const auto first_code = world.codes.last();
  const auto second = send(device);
  EXPECT_EQ(enter(device, first->code_hash, first_code).error().code, "PHONE_CODE_EXPIRED");
  EXPECT_TRUE(enter(device, second->code_hash, world.codes.last()));
}

TEST_F(SignInTest, AUsedCodeIsGone) {
  world.sign_up("Ada", {}, kPhone);
  const auto device = world.new_device();
  const auto sent = send(device);
  const auto text =
      inbox(*world.read([&](store::Tx& tx) -> Result<UserId> {
        HG_ASSIGN(const auto account,
                  tx.accounts().find_by_phone(phone_index(world.environment, *parse_phone(kPhone))));
        return account->id;
      }))[0]
          .text;
  const auto code = text.substr(text.find_first_of("0123456789"), 5);
  EXPECT_TRUE(enter(device, sent->code_hash, code));
  EXPECT_EQ(enter(device, sent->code_hash, code).error().code, "PHONE_CODE_EXPIRED");
}

TEST_F(SignInTest, AskingWithoutEndMeetsAFloodWait) {
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(send(world.new_device()));
  world.clock.advance(std::chrono::seconds(100));
  const auto refused = send(world.new_device());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "FLOOD_WAIT");
  EXPECT_EQ(refused.error().wait_seconds, 500);
  EXPECT_EQ(world.codes.sent.size(), 6u);
  world.clock.advance(std::chrono::seconds(500));
  EXPECT_TRUE(send(world.new_device()));
}

TEST_F(SignInTest, OneAddressCannotAskForAllNumbers) {
  const auto device = world.new_device();
  const auto ask = [&](const std::string& ip) {
    return world.run(world.services.sign_in.send_code(device, ip, world.new_phone()));
  };
  for (int i = 0; i < world.services.sign_in_limits.codes_per_ip.burst; ++i) {
    ASSERT_TRUE(ask("2001:db8::" + std::to_string(i + 1)));
  }
  EXPECT_EQ(ask("2001:db8::ffff").error().code, "FLOOD_WAIT") << "the same /64";
  EXPECT_TRUE(ask("2001:db8:0:1::1"));
  EXPECT_TRUE(ask("192.0.2.1"));
}

TEST_F(SignInTest, ResendGoesFromServiceMessageToTextAndThenWaits) {
  world.sign_up("Ada", {}, kPhone);
  const auto device = world.new_device();
  auto sent = send(device);
  EXPECT_EQ(sent->route, CodeRoute::app);
  EXPECT_EQ(sent->next, CodeRoute::sms);
  EXPECT_EQ(sent->timeout, 0);

  sent = resend(device, sent->code_hash);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->route, CodeRoute::sms);
  EXPECT_EQ(sent->timeout, 60);
  EXPECT_EQ(resend(device, sent->code_hash).error().code, "FLOOD_WAIT");
  world.clock.advance(std::chrono::seconds(60));
  EXPECT_TRUE(resend(device, sent->code_hash));
  world.clock.advance(std::chrono::seconds(60));
  sent = resend(device, sent->code_hash);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->next, std::nullopt) << "that was the last one";
  world.clock.advance(std::chrono::seconds(60));
  EXPECT_EQ(resend(device, sent->code_hash).error().code, "SEND_CODE_UNAVAILABLE");
  EXPECT_TRUE(enter(device, sent->code_hash, world.codes.last()));
}

TEST_F(SignInTest, ACancelledCodeIsVoid) {
  const auto device = world.new_device();
  const auto sent = send(device);
  EXPECT_TRUE(world.run(world.services.sign_in.cancel_code(device, kPhone, sent->code_hash)));
  EXPECT_EQ(enter(device, sent->code_hash, world.codes.last()).error().code, "PHONE_CODE_EXPIRED");
  EXPECT_EQ(world.run(world.services.sign_in.cancel_code(device, kPhone, sent->code_hash)).error().code,
            "PHONE_CODE_EXPIRED");
}

TEST_F(SignInTest, SignUpNeedsTheRightCodeFirst) {
  const auto device = world.new_device();
  const auto sent = send(device);
  EXPECT_EQ(join(device, sent->code_hash).error().code, "PHONE_CODE_EMPTY");
  EXPECT_FALSE(enter(device, sent->code_hash, wrong_code()));
  EXPECT_EQ(join(device, sent->code_hash).error().code, "PHONE_CODE_EMPTY");
  EXPECT_TRUE(enter(device, sent->code_hash, world.codes.last()));
  EXPECT_EQ(join(device, sent->code_hash, " \n").error().code, "FIRSTNAME_INVALID");
  EXPECT_TRUE(join(device, sent->code_hash));
}

TEST_F(SignInTest, SignUpMayTakeLongerThanTheCodeLived) {
  const auto device = world.new_device();
  const auto sent = send(device);
  EXPECT_TRUE(enter(device, sent->code_hash, world.codes.last()));
  world.clock.advance(std::chrono::seconds(800));
  EXPECT_TRUE(join(device, sent->code_hash));
}

TEST_F(SignInTest, OfTwoSignUpsAtOnceOneWins) {
  std::vector<Caller> devices{world.new_device(), world.new_device()};
  std::vector<Task<Result<UserId>>> calls;
  for (const auto& device : devices) {
    const auto sent = send(device);
    ASSERT_TRUE(enter(device, sent->code_hash, world.codes.last()));
    SignIn::NewPerson person{"Ada", "", true};
    calls.push_back(world.services.sign_in.sign_up(device, kIp, kPhone, sent->code_hash, person));
  }
  const auto answers = world.run_all(std::move(calls));
  ASSERT_NE(answers[0].has_value(), answers[1].has_value());
  const auto& loser = answers[0] ? answers[1] : answers[0];
  EXPECT_EQ(loser.error().code, "PHONE_NUMBER_OCCUPIED");
}

TEST_F(SignInTest, ATemporaryKeyMustBeBoundFirst) {
  EXPECT_EQ(send(Caller{}).error().code, "AUTH_KEY_PERM_EMPTY");
  EXPECT_EQ(enter(Caller{}, "x", "12345").error().code, "AUTH_KEY_PERM_EMPTY");
}

TEST_F(SignInTest, BrokenDeliveryIsSaid) {
  world.codes.broken = true;
  EXPECT_EQ(send(world.new_device()).error().code, "SMS_CODE_CREATE_FAILED");
}

TEST_F(SignInTest, LoggingOutForgetsTheUserOfTheKey) {
  const auto device = world.sign_up("Ada");
  EXPECT_EQ(info(device).user, device.user);
  EXPECT_TRUE(world.run(world.services.sign_in.log_out(device)));
  EXPECT_EQ(info(device).user, UserId{});
}

}  // namespace
}  // namespace heliograph::services
