#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

AuthKey signed_in(std::int64_t id, UserId user, UnixSeconds active_at) {
  AuthKey key;
  key.id = AuthKeyId{id};
  key.user = user;
  key.authorization_hash = id * 7;
  key.active_at = active_at;
  return key;
}

std::vector<std::int64_t> ids(const std::vector<AuthKey>& keys) {
  std::vector<std::int64_t> ids;
  for (const auto& key : keys) ids.push_back(key.id.value);
  return ids;
}

TEST_P(StoreSuite, AnAuthKeyComesBackAsItWasPut) {
  AuthKey put;
  put.id = AuthKeyId{-77};
  put.key_sealed = Bytes(272, 5);
  put.created_at = 1;
  put.expires_at = 2;
  put.bound_to = AuthKeyId{-78};
  put.layer = 198;
  put.api_id = 6;
  put.device_model = "PC";
  put.system_version = "12";
  put.app_version = "1.0";
  put.lang_code = "de";
  put.user = ann;
  put.authorization_hash = -3;
  put.signed_in_at = 4;
  put.active_at = 5;
  put.ip_sealed = {6};
  put.password_pending = true;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.auth_keys().put(put); }));
  reopen();
  const auto got = must_read([&](Tx& tx) { return tx.auth_keys().find(put.id); });
  ASSERT_TRUE(got);
  EXPECT_EQ(got->id, put.id);
  EXPECT_EQ(got->key_sealed, put.key_sealed);
  EXPECT_EQ(got->created_at, 1);
  EXPECT_EQ(got->expires_at, 2);
  EXPECT_EQ(got->bound_to, put.bound_to);
  EXPECT_EQ(got->layer, 198);
  EXPECT_EQ(got->api_id, 6);
  EXPECT_EQ(got->device_model, "PC");
  EXPECT_EQ(got->system_version, "12");
  EXPECT_EQ(got->app_version, "1.0");
  EXPECT_EQ(got->lang_code, "de");
  EXPECT_EQ(got->user, ann);
  EXPECT_EQ(got->authorization_hash, -3);
  EXPECT_EQ(got->signed_in_at, 4);
  EXPECT_EQ(got->active_at, 5);
  EXPECT_EQ(got->ip_sealed, put.ip_sealed);
  EXPECT_TRUE(got->password_pending);
}

TEST_P(StoreSuite, DevicesOfAnAccountNewestActivityFirst) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.auth_keys().put(signed_in(1, ann, 10)));
    HG_TRY(tx.auth_keys().put(signed_in(2, ann, 30)));
    HG_TRY(tx.auth_keys().put(signed_in(3, bob, 20)));
    auto pending = signed_in(4, ann, 40);
    pending.password_pending = true;
    HG_TRY(tx.auth_keys().put(pending));
    return tx.auth_keys().put(signed_in(5, UserId{}, 50));
  }));
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.auth_keys().of_user(ann); })), ElementsAre(2, 1));
  ASSERT_TRUE(write([](Tx& tx) { return tx.auth_keys().touch(AuthKeyId{1}, 60, Bytes{1, 1}); }));
  const auto devices = must_read([](Tx& tx) { return tx.auth_keys().of_user(ann); });
  EXPECT_THAT(ids(devices), ElementsAre(1, 2));
  EXPECT_EQ(devices[0].ip_sealed, (Bytes{1, 1}));
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.auth_keys().of_user(UserId{}); })), IsEmpty());
}

TEST_P(StoreSuite, APermanentKeyTakesItsTemporaryKeysAlong) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.auth_keys().put(signed_in(1, ann, 10)));
    AuthKey temporary;
    temporary.id = AuthKeyId{2};
    temporary.expires_at = 1000;
    temporary.bound_to = AuthKeyId{1};
    HG_TRY(tx.auth_keys().put(temporary));
    temporary.id = AuthKeyId{3};
    temporary.bound_to = AuthKeyId{9};
    return tx.auth_keys().put(temporary);
  }));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.auth_keys().temporary_of(AuthKeyId{1}); }),
              ElementsAre(AuthKeyId{2}));
  ASSERT_TRUE(write([](Tx& tx) { return tx.auth_keys().erase(AuthKeyId{1}); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.auth_keys().find(AuthKeyId{1}); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.auth_keys().find(AuthKeyId{2}); }));
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.auth_keys().find(AuthKeyId{3}); }));
}

TEST_P(StoreSuite, StaleKeysAreErased) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    AuthKey key;
    key.id = AuthKeyId{1};
    key.created_at = 10;
    key.expires_at = 100;  // temporary, over at 100
    HG_TRY(tx.auth_keys().put(key));
    key.id = AuthKeyId{2};
    key.expires_at = 101;
    HG_TRY(tx.auth_keys().put(key));
    key.id = AuthKeyId{3};
    key.expires_at = 0;  // permanent, never signed in, unused since 10
    HG_TRY(tx.auth_keys().put(key));
    key.id = AuthKeyId{4};
    key.active_at = 60;
    HG_TRY(tx.auth_keys().put(key));
    key.id = AuthKeyId{5};
    key.active_at = 10;
    key.user = ann;  // signed in: kept however idle
    return tx.auth_keys().put(key);
  }));
  EXPECT_EQ(must_write([](Tx& tx) { return tx.auth_keys().erase_stale(100, 50, 1); }), 1u);
  EXPECT_EQ(must_write([](Tx& tx) { return tx.auth_keys().erase_stale(100, 50, 10); }), 1u);
  EXPECT_EQ(must_write([](Tx& tx) { return tx.auth_keys().erase_stale(100, 50, 10); }), 0u);
  for (const std::int64_t id : {2, 4, 5}) {
    EXPECT_TRUE(must_read([=](Tx& tx) { return tx.auth_keys().find(AuthKeyId{id}); })) << id;
  }
}

}  // namespace
}  // namespace heliograph::store::suite
