#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Account full_account() {
  Account account;
  account.phone_sealed = {1, 2, 3};
  account.phone_index = {9, 9};
  account.first_name = "Ann";
  account.last_name = "Archer";
  account.about = "hi";
  account.username = "Ann_Archer";
  account.support = true;
  account.created_at = 100;
  account.last_online_at = 200;
  account.ttl_days = 30;
  account.terms_version = 2;
  account.password = {7};
  account.country = "DE";
  account.limited_until = 900;
  account.limited_since = 800;
  account.limited_as = 2;
  account.paced_at = 850;
  return account;
}

std::vector<std::string> names(const std::vector<Account>& accounts) {
  std::vector<std::string> names;
  for (const auto& account : accounts) names.push_back(account.first_name);
  return names;
}

TEST_P(StoreSuite, AnAccountComesBackAsItWasPut) {
  const auto put = full_account();
  const auto id = must_write([&](Tx& tx) { return tx.accounts().insert(put); });
  const auto got = must_read([&](Tx& tx) { return tx.accounts().find(id); });
  ASSERT_TRUE(got);
  EXPECT_EQ(got->id, id);
  EXPECT_EQ(got->state, AccountState::active);
  EXPECT_EQ(got->phone_sealed, put.phone_sealed);
  EXPECT_EQ(got->phone_index, put.phone_index);
  EXPECT_EQ(got->first_name, "Ann");
  EXPECT_EQ(got->last_name, "Archer");
  EXPECT_EQ(got->about, "hi");
  EXPECT_EQ(got->country, "DE");
  EXPECT_EQ(got->username, "Ann_Archer");
  EXPECT_TRUE(got->support);
  EXPECT_FALSE(got->bot);
  EXPECT_FALSE(got->verified);
  EXPECT_EQ(got->created_at, 100);
  EXPECT_EQ(got->last_online_at, 200);
  EXPECT_EQ(got->ttl_days, 30);
  EXPECT_EQ(got->terms_version, 2);
  EXPECT_EQ(got->password, put.password);
  EXPECT_EQ(got->limited_until, 900);
  EXPECT_EQ(got->limited_since, 800);
  EXPECT_EQ(got->limited_as, 2);
  EXPECT_EQ(got->paced_at, 850);
}

TEST_P(StoreSuite, AccountIdsAreNewEachTimeAlsoAfterReopening) {
  const auto first = add_account();
  const auto second = add_account();
  reopen();
  const auto third = add_account();
  EXPECT_NE(first, second);
  EXPECT_NE(second, third);
  EXPECT_NE(first, third);
  // One that asks for its id gets it, and the numbering steps over ids in use.
  const auto service = must_write([](Tx& tx) {
    Account account;
    account.id = service_user;
    return tx.accounts().insert(account);
  });
  EXPECT_EQ(service, service_user);
  must_write([&](Tx& tx) {
    Account account;
    account.id = UserId{third.value + 1};
    return tx.accounts().insert(account);
  });
  EXPECT_GT(add_account().value, third.value + 1);
}

TEST_P(StoreSuite, PhoneAndUsernameBelongToOneAccount) {
  must_write([](Tx& tx) { return tx.accounts().insert(full_account()); });
  const auto same_phone = write([](Tx& tx) {
    auto account = full_account();
    account.username.clear();
    return tx.accounts().insert(account);
  });
  ASSERT_FALSE(same_phone);
  EXPECT_EQ(same_phone.error().code, "PHONE_NUMBER_OCCUPIED");
  EXPECT_EQ(same_phone.error().kind, ErrorKind::invalid);
  const auto same_username = write([](Tx& tx) {
    auto account = full_account();
    account.phone_index = {8};
    account.username = "ann_archer";  // case does not tell usernames apart
    return tx.accounts().insert(account);
  });
  ASSERT_FALSE(same_username);
  EXPECT_EQ(same_username.error().code, "USERNAME_OCCUPIED");

  const auto other = add_account("Bob");
  const auto taken = write([&](Tx& tx) -> Status {
    auto account = full_account();
    account.id = other;
    account.phone_index = {8};
    return tx.accounts().update(account);
  });
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "USERNAME_OCCUPIED");
}

TEST_P(StoreSuite, ManyAccountsMayHaveNeitherPhoneNorUsername) {
  add_account("Bot one");
  add_account("Bot two");
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.accounts().find_by_phone({}); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.accounts().find_by_username(""); }));
}

TEST_P(StoreSuite, AccountsAreFoundByPhoneUsernameAndIds) {
  const auto id = must_write([](Tx& tx) { return tx.accounts().insert(full_account()); });
  const auto other = add_account("Bob");
  const Bytes index{9, 9};
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.accounts().find_by_phone(index); })->id, id);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.accounts().find_by_username("ANN_archer"); })->id, id);
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.accounts().find_by_username("nobody"); }));
  const auto many = must_read([&](Tx& tx) { return tx.accounts().find_many({other, UserId{5}, id, other}); });
  EXPECT_THAT(names(many), ElementsAre("Bob", "Ann", "Bob"));
}

TEST_P(StoreSuite, AccountsAreUpdated) {
  const auto id = must_write([](Tx& tx) { return tx.accounts().insert(full_account()); });
  ASSERT_TRUE(write([&](Tx& tx) -> Status {
    auto account = full_account();
    account.id = id;
    account.state = AccountState::deleted;
    account.first_name = "Deleted";
    account.phone_index.clear();
    account.username.clear();
    return tx.accounts().update(account);
  }));
  const auto got = must_read([&](Tx& tx) { return tx.accounts().find(id); });
  EXPECT_EQ(got->state, AccountState::deleted);
  EXPECT_EQ(got->first_name, "Deleted");
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.accounts().find_by_username("ann_archer"); }));

  ASSERT_TRUE(write([&](Tx& tx) { return tx.accounts().set_last_online(id, 555); }));
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.accounts().find(id); })->last_online_at, 555);

  const auto missing = write([](Tx& tx) -> Status {
    Account account;
    account.id = UserId{4};
    return tx.accounts().update(account);
  });
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  EXPECT_EQ(missing.error().code, "USER_ID_INVALID");
}

TEST_P(StoreSuite, AccountsRunOutAfterTheirTime) {
  const auto add = [&](UnixSeconds seen, std::int32_t days, Bytes phone) {
    return must_write([=](Tx& tx) {
      Account account;
      account.last_online_at = seen;
      account.ttl_days = days;
      account.phone_index = phone;
      return tx.accounts().insert(account);
    });
  };
  constexpr UnixSeconds day = 86400;
  const auto away = add(10 * day, 30, {1});
  add(35 * day, 30, {2});
  add(10 * day, 30, {});  // a bot: no phone number, does not age
  EXPECT_THAT(must_read([&](Tx& tx) { return tx.accounts().expired(40 * day - 1, 10); }), IsEmpty());
  EXPECT_THAT(must_read([&](Tx& tx) { return tx.accounts().expired(40 * day, 10); }), ElementsAre(away));
  EXPECT_THAT(must_read([&](Tx& tx) { return tx.accounts().expired(100 * day, 1); }), ElementsAre(away));
}

TEST_P(StoreSuite, SignInCodes) {
  SignInCode code;
  code.code_hash = "abc";
  code.phone_index = {1, 2};
  code.key = AuthKeyId{-5};
  code.code_digest = {3};
  code.sent_at = 10;
  code.expires_at = 20;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.accounts().put_code(code); }));
  code.attempts = 2;
  code.resends = 1;
  code.verified = true;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.accounts().put_code(code); }));
  const auto got = must_read([](Tx& tx) { return tx.accounts().find_code("abc"); });
  ASSERT_TRUE(got);
  EXPECT_EQ(got->phone_index, code.phone_index);
  EXPECT_EQ(got->key, AuthKeyId{-5});
  EXPECT_EQ(got->code_digest, code.code_digest);
  EXPECT_EQ(got->sent_at, 10);
  EXPECT_EQ(got->expires_at, 20);
  EXPECT_EQ(got->attempts, 2);
  EXPECT_EQ(got->resends, 1);
  EXPECT_TRUE(got->verified);

  code.code_hash = "later";
  code.sent_at = 15;
  code.expires_at = 25;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.accounts().put_code(code); }));
  const auto codes = must_read([&](Tx& tx) { return tx.accounts().codes_of(code.phone_index); });
  ASSERT_EQ(codes.size(), 2u);
  EXPECT_EQ(codes[0].code_hash, "later");
  EXPECT_EQ(codes[1].code_hash, "abc");

  ASSERT_TRUE(write([](Tx& tx) { return tx.accounts().delete_codes_before(25); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.accounts().find_code("abc"); }));
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.accounts().find_code("later"); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.accounts().delete_code("later"); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.accounts().find_code("later"); }));
}

}  // namespace
}  // namespace heliograph::store::suite
