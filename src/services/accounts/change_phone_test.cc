#include <gtest/gtest.h>

#include "services/accounts/sign_in.h"
#include "services/testing/world.h"
#include "services/updates/events.h"

namespace heliograph::services {
namespace {

using testing::World;

constexpr auto ip = "192.0.2.1";
const std::string new_phone = "+12025550199";

class ChangePhoneTest : public ::testing::Test {
 protected:
  void SetUp() override { world.clock.advance(std::chrono::hours(24)); }
  Result<SentCode> send(const Caller& caller, const std::string& phone = new_phone) {
    return world.run(world.services.sign_in.send_change_code(caller, ip, phone));
  }
  Status change(const Caller& caller, const std::string& code_hash, const std::string& code,
                const std::string& phone = new_phone) {
    auto status = world.run(world.services.sign_in.change_phone(caller, phone, code_hash, code));
    world.services.users.forget(caller.user);
    return status;
  }
  std::string phone_of(const Caller& viewer, const Caller& user) {
    return World::must(world.run(world.services.users.view_one(viewer.user, user.user))).phone;
  }
  void import(const Caller& owner, std::string phone) {
    PhoneContact line;
    line.phone = std::move(phone);
    line.first_name = "A";
    ASSERT_TRUE(world.run(world.services.contacts.import(owner, {line})));
  }

  World world;
  const std::string old_phone = "+12025550177";
  Caller ada = world.sign_up("Ada", "Lovelace", old_phone);
};

TEST_F(ChangePhoneTest, TheNewNumberSignsInAndTheOldOneIsFree) {
  const auto sent = send(ada);
  ASSERT_TRUE(sent) << sent.error().code;
  EXPECT_EQ(world.codes.sent.back().address, new_phone);
  world.sign_in_again(ada);
  const auto heard = world.listen(ada.user);
  ASSERT_TRUE(change(ada, sent->code_hash, world.codes.last()));
  world.executor.run();
  EXPECT_EQ("+" + phone_of(ada, ada), new_phone);
  ASSERT_GE(heard->heard.size(), 2u);  // the other devices, and the notice to all of them
  EXPECT_EQ(heard->heard[0]->update.kind, store::UpdateKind::user_phone);
  EXPECT_EQ(heard->heard[1]->update.kind, store::UpdateKind::new_message);

  const auto device = world.new_device();
  const auto code = World::must(world.run(world.services.sign_in.send_code(device, ip, new_phone)));
  EXPECT_EQ(code.route, CodeRoute::app);
  const auto other = world.sign_up("Bob", {}, old_phone);
  EXPECT_NE(other.user, ada.user);
}

TEST_F(ChangePhoneTest, PeopleWhoKnowTheNumberKnowTheNewOne) {
  const auto bob = world.sign_up("Bob"), cem = world.sign_up("Cem");
  import(bob, old_phone);
  import(cem, new_phone);  // nobody's yet
  const auto sent = send(ada).value();
  ASSERT_TRUE(change(ada, sent.code_hash, world.codes.last()));
  world.executor.run();
  EXPECT_EQ("+" + phone_of(bob, ada), new_phone);
  EXPECT_TRUE(World::must(world.run(world.services.users.view_one(cem.user, ada.user))).contact);
  const auto joined =
      world.read([&](store::Tx& tx) { return tx.messages().history(cem.user, Peer::of(ada.user), {}); });
  EXPECT_TRUE(joined->messages.empty()) << "nobody has joined";
}

TEST_F(ChangePhoneTest, WrongCodesAreCounted) {
  const auto sent = send(ada).value();
  auto wrong = world.codes.last();
  wrong[0] = wrong[0] == '9' ? '0' : static_cast<char>(wrong[0] + 1);
  EXPECT_EQ(change(ada, sent.code_hash, "").error().code, "PHONE_CODE_EMPTY");
  for (int i = 0; i < SignInLimits{}.wrong_codes_max; ++i) {
    EXPECT_EQ(change(ada, sent.code_hash, wrong).error().code, "PHONE_CODE_INVALID");
  }
  EXPECT_EQ(change(ada, sent.code_hash, world.codes.last()).error().code, "PHONE_CODE_EXPIRED");
  EXPECT_EQ("+" + phone_of(ada, ada), old_phone);
}

TEST_F(ChangePhoneTest, NotToANumberInUseAndNotFromANewDevice) {
  const auto sent = send(ada).value();
  const auto code = world.codes.last();
  const auto bob = world.sign_up("Bob", {}, new_phone);  // in the meantime
  EXPECT_EQ(change(ada, sent.code_hash, code).error().code, "PHONE_NUMBER_OCCUPIED");
  EXPECT_EQ(send(ada).error().code, "PHONE_NUMBER_OCCUPIED");
  EXPECT_EQ(send(ada, old_phone).error().code, "PHONE_NUMBER_OCCUPIED");
  EXPECT_EQ(send(bob, "+12025550166").error().code, "FRESH_CHANGE_PHONE_FORBIDDEN");
  EXPECT_EQ(send(ada, "12").error().code, "PHONE_NUMBER_INVALID");
}

}  // namespace
}  // namespace heliograph::services
