#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

TEST_P(StoreSuite, SettingsAreKeptByOwnerKindAndKey) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.settings().put(ann, SettingKind::privacy, 2, Bytes{2}));
    HG_TRY(tx.settings().put(ann, SettingKind::privacy, -1, Bytes{1}));
    HG_TRY(tx.settings().put(ann, SettingKind::notify, 2, Bytes{3}));
    HG_TRY(tx.settings().put(bob, SettingKind::privacy, 2, Bytes{}));
    return tx.settings().put(ann, SettingKind::privacy, 2, Bytes{9});  // replaces
  }));
  const auto all = must_read([](Tx& tx) { return tx.settings().all(ann, SettingKind::privacy); });
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].key, -1);
  EXPECT_EQ(all[1].key, 2);
  EXPECT_EQ(all[1].value, Bytes{9});
  EXPECT_EQ(must_read([](Tx& tx) { return tx.settings().find(ann, SettingKind::notify, 2); }), Bytes{3});
  EXPECT_EQ(must_read([](Tx& tx) { return tx.settings().find(bob, SettingKind::privacy, 2); }), Bytes{});
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.settings().find(bob, SettingKind::privacy, 3); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.settings().erase(ann, SettingKind::privacy, 2); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.settings().find(ann, SettingKind::privacy, 2); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.settings().erase_all(ann); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.settings().find(ann, SettingKind::notify, 2); }));
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.settings().find(bob, SettingKind::privacy, 2); }));
}

TEST_P(StoreSuite, WhatIsSaidOfAContactIsNoChoiceAboutADevice) {
  ASSERT_TRUE(write([](Tx& tx) { return tx.settings().put(ann, SettingKind::contact_note, 7, Bytes{1}); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.settings().find(ann, SettingKind::devices, 7); }));
}

TEST_P(StoreSuite, GlobalValues) {
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.settings().find_global("secret"); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.settings().put_global("secret", Bytes{1, 0, 2}); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.settings().put_global("secret", Bytes{0, 3}); }));
  reopen();
  EXPECT_EQ(must_read([](Tx& tx) { return tx.settings().find_global("secret"); }), (Bytes{0, 3}));
}

}  // namespace
}  // namespace heliograph::store::suite
