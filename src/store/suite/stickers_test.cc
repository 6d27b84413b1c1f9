#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

StickerSet named(std::int64_t id, UserId owner, const std::string& short_name, const std::string& title) {
  StickerSet set;
  set.id = id;
  set.owner = owner;
  set.short_name = short_name;
  set.title = title;
  return set;
}

TEST_P(StoreSuite, StickerSetsAreFoundByIdNameAndWords) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.stickers().put(named(1, ann, "Cats_of_ann", "Fluffy Cats")));
    HG_TRY(tx.stickers().put(named(2, ann, "dogs", "Loud dogs")));
    auto masks = named(3, bob, "masks", "Cats again");
    masks.kind = StickerKind::masks;
    return tx.stickers().put(masks);
  }));
  reopen();
  EXPECT_EQ(must_read([](Tx& tx) { return tx.stickers().find(1); })->title, "Fluffy Cats");
  EXPECT_EQ(must_read([](Tx& tx) { return tx.stickers().find_by_name("CATS_OF_ANN"); })->id, 1);
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.stickers().find_by_name("cats"); }));
  const auto found = must_read([](Tx& tx) { return tx.stickers().search(StickerKind::stickers, "cATs", 9); });
  ASSERT_EQ(found.size(), 1u);  // of this kind
  EXPECT_EQ(found[0].id, 1);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.stickers().of_owner(ann, 0, 9); })[0].id, 2);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.stickers().of_owner(ann, 2, 9); }).size(), 1u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.stickers().count_of_owner(ann); }), 2);
  EXPECT_EQ(write([](Tx& tx) { return tx.stickers().put(named(4, bob, "DOGS", "x")); }).error().code,
            "SHORT_NAME_OCCUPIED");
  ASSERT_TRUE(write([](Tx& tx) { return tx.stickers().put(named(2, ann, "dogs", "Quiet dogs")); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.stickers().find(2); })->title, "Quiet dogs");
}

TEST_P(StoreSuite, StickersKeepTheirOrderAndListsTheirs) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    for (std::int64_t id = 1; id <= 3; ++id) {
      HG_TRY(tx.stickers().put(named(id, ann, "set" + std::to_string(id), "Set")));
      HG_TRY(tx.stickers().put_stickers(id, {{id * 10, "🐱"}, {id * 10 + 1, "🐶🐱"}, {id * 10 + 2, "🐶"}}));
      HG_TRY(tx.stickers().install(bob, {id, 0, id == 2, 1000}));
    }
    return tx.stickers().put_stickers(1, {{12, "🐶"}, {10, "🐱"}});
  }));
  const auto stickers = must_read([](Tx& tx) { return tx.stickers().stickers(1); });
  ASSERT_EQ(stickers.size(), 2u);
  EXPECT_EQ(stickers[0].document, 12);
  EXPECT_EQ(stickers[1].emoji, "🐱");
  const auto list = must_read([](Tx& tx) { return tx.stickers().installed(bob); });
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].set, 3);  // the latest at the top
  EXPECT_TRUE(list[1].archived);
  // Not from what is archived.
  EXPECT_THAT(must_read([](Tx& tx) { return tx.stickers().with_emoji(bob, "🐱", 9); }),
              ::testing::ElementsAre(30, 31, 10));
  EXPECT_TRUE(must_write([](Tx& tx) { return tx.stickers().uninstall(bob, 1); }));
  EXPECT_FALSE(must_write([](Tx& tx) { return tx.stickers().uninstall(bob, 1); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.stickers().erase(3); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.stickers().installed(bob); }).size(), 1u);
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.stickers().stickers(3); }).empty());
}

}  // namespace
}  // namespace heliograph::store::suite
