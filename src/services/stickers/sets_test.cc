#include "services/stickers/sets.h"

#include <gmock/gmock.h>

#include "images/testing/samples.h"
#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;
namespace samples = images::testing;

struct StickerTest : ::testing::Test {
  MediaName name_of(const Document& document) {
    return {document.id, world.services.files.library.access_hash(document.id),
            world.services.files.library.reference(document.id)};
  }
  Document document(const Caller& owner, Bytes bytes, std::string mime_type = "image/png") {
    NewDocument wanted;
    wanted.file.file = ++last_file;
    wanted.file.parts = 1;
    wanted.mime_type = std::move(mime_type);
    World::must(world.run(
        world.services.files.uploads.save_part(owner.user, last_file, 0, std::nullopt, std::move(bytes))));
    return World::must(world.run(world.services.files.documents.create(owner.user, std::move(wanted))));
  }
  NewSticker sticker(const Caller& owner, std::string emoji = "😀", std::int32_t side = 512) {
    return {name_of(document(owner, samples::png(samples::gradient(side, 300 * side / 512)))),
            std::move(emoji)};
  }
  Result<FullStickerSet> create(std::vector<NewSticker> stickers, std::string short_name = "ada_cats",
                                std::string title = "Cats") {
    return world.run(sets.create(ada, StickerKind::stickers, std::move(title), std::move(short_name),
                                 std::move(stickers)));
  }
  std::string code(const Result<FullStickerSet>& result) {
    return result ? "made" : std::string(result.error().code);
  }
  StickerSetName by_name(std::string short_name) {
    StickerSetName name;
    name.short_name = std::move(short_name);
    return name;
  }
  template <typename... T>
  static std::vector<NewSticker> all(T... sticker) {
    std::vector<NewSticker> stickers;
    (stickers.push_back(std::move(sticker)), ...);
    return stickers;
  }

  World world;
  StickerSets& sets = world.services.sticker_sets;
  Caller ada = world.sign_up("Ada");
  Caller bob = world.sign_up("Bob");
  std::int64_t last_file = 0;
};

TEST_F(StickerTest, ASetIsMadeFoundInstalledAndSearched) {
  const auto made = create(all(sticker(ada, "😀"), sticker(ada, "🐱\xef\xb8\x8f🐶")));
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_TRUE(made->view.creator);
  EXPECT_TRUE(made->view.installed);
  ASSERT_EQ(made->documents.size(), 2u);
  EXPECT_EQ(made->documents[0].find(AttributeKind::sticker)->sticker_set, made->view.set.id);
  EXPECT_EQ(made->documents[1].find(AttributeKind::sticker)->text, "🐱🐶");

  const auto seen = World::must(world.run(sets.find(bob.user, by_name("ADA_cats"))));
  EXPECT_FALSE(seen.view.creator);
  EXPECT_FALSE(seen.view.installed);
  StickerSetName by_id;
  by_id.id = seen.view.set.id;
  by_id.access_hash = seen.view.access_hash;
  EXPECT_TRUE(world.run(sets.find(bob.user, by_id)));
  by_id.access_hash ^= 1;
  EXPECT_EQ(code(world.run(sets.find(bob.user, by_id))), "STICKERSET_INVALID");

  World::must(world.run(sets.install(bob, by_name("ada_cats"), false)));
  EXPECT_EQ(World::must(world.run(sets.installed(bob.user, StickerKind::stickers, false))).size(), 1u);
  EXPECT_EQ(World::must(world.run(sets.with_emoji(bob.user, "🐶"))).size(), 1u);
  EXPECT_EQ(World::must(world.run(sets.search(bob.user, StickerKind::stickers, "cat"))).size(), 1u);
  World::must(world.run(sets.install(bob, by_name("ada_cats"), true)));
  EXPECT_EQ(World::must(world.run(sets.installed(bob.user, StickerKind::stickers, true))).size(), 1u);
  World::must(world.run(sets.uninstall(bob, by_name("ada_cats"))));
  EXPECT_TRUE(World::must(world.run(sets.installed(bob.user, StickerKind::stickers, true))).empty());
}

TEST_F(StickerTest, WhatCannotBeASetIsRefused) {
  EXPECT_EQ(code(create({})), "STICKERS_EMPTY");
  EXPECT_EQ(code(create(all(sticker(ada)), "1cats")), "PACK_SHORT_NAME_INVALID");
  EXPECT_EQ(code(create(all(sticker(ada)), "a__b")), "PACK_SHORT_NAME_INVALID");
  EXPECT_EQ(code(create(all(sticker(ada)), "cats", "")), "PACK_TITLE_INVALID");
  EXPECT_EQ(code(create(all(sticker(ada, "words")))), "STICKER_EMOJI_INVALID");
  EXPECT_EQ(code(create(all(sticker(ada, "")))), "STICKER_EMOJI_INVALID");
  EXPECT_EQ(code(create(all(sticker(ada, "😀", 300)))), "STICKER_PNG_DIMENSIONS");
  NewSticker text{name_of(document(ada, to_bytes(as_bytes("text")), "text/plain")), "😀"};
  EXPECT_EQ(code(create(all(text))), "STICKER_FILE_INVALID");
  NewSticker animation{name_of(document(ada, to_bytes(as_bytes("no gzip")), "application/x-tgsticker")),
                       "😀"};
  EXPECT_EQ(code(create(all(animation))), "STICKER_FILE_INVALID");
  auto forged = sticker(ada);
  forged.document.access_hash ^= 1;
  EXPECT_EQ(code(create(all(forged))), "STICKER_INVALID");
  EXPECT_EQ(code(create(all(sticker(ada)))), "made");
  EXPECT_EQ(code(create(all(sticker(ada)), "ADA_CATS")), "PACK_SHORT_NAME_OCCUPIED");
  EXPECT_EQ(world.run(sets.check_short_name("ada_cats")).error().code, "SHORT_NAME_OCCUPIED");
  EXPECT_TRUE(world.run(sets.check_short_name("bob_cats")));
  std::vector<NewSticker> many(StickerSets::stickers_max + 1, sticker(ada));
  EXPECT_EQ(code(create(std::move(many), "many")), "STICKERPACK_STICKERS_TOO_MUCH");
}

TEST_F(StickerTest, OnlyItsOwnerChangesASet) {
  const auto made = create(all(sticker(ada, "😀"), sticker(ada, "😁")));
  ASSERT_TRUE(made);
  EXPECT_EQ(code(world.run(sets.add(bob, by_name("ada_cats"), sticker(bob)))), "STICKERSET_INVALID");
  EXPECT_EQ(code(world.run(sets.rename(bob, by_name("ada_cats"), "Mine"))), "STICKERSET_INVALID");
  EXPECT_EQ(world.run(sets.erase(bob, by_name("ada_cats"))).error().code, "STICKERSET_INVALID");
  EXPECT_EQ(code(world.run(sets.remove(bob, name_of(made->documents[0])))), "STICKER_INVALID");

  const auto added = World::must(world.run(sets.add(ada, by_name("ada_cats"), sticker(ada, "😂"))));
  EXPECT_EQ(added.documents.size(), 3u);
  EXPECT_GT(added.view.set.version, made->view.set.version);
  const auto moved = World::must(world.run(sets.move(ada, name_of(added.documents[2]), 0)));
  EXPECT_EQ(moved.documents[0].id, added.documents[2].id);
  const auto changed = World::must(world.run(sets.change_emoji(ada, name_of(moved.documents[0]), "🐸")));
  EXPECT_EQ(changed.view.stickers[0].emoji, "🐸");
  const auto removed = World::must(world.run(sets.remove(ada, name_of(moved.documents[0]))));
  EXPECT_EQ(removed.documents.size(), 2u);
  EXPECT_EQ(World::must(world.run(sets.rename(ada, by_name("ada_cats"), "Dogs"))).view.set.title, "Dogs");
  World::must(world.run(sets.erase(ada, by_name("ada_cats"))));
  EXPECT_EQ(code(world.run(sets.find(ada.user, by_name("ada_cats")))), "STICKERSET_INVALID");
}

TEST_F(StickerTest, TheListIsKeptInOrderAndOtherDevicesHearOfIt) {
  ASSERT_TRUE(create(all(sticker(ada)), "one"));
  ASSERT_TRUE(create(all(sticker(ada)), "two"));
  const auto heard = world.listen(ada.user);
  auto list = World::must(world.run(sets.installed(ada.user, StickerKind::stickers, false)));
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].set.short_name, "two");
  World::must(world.run(sets.reorder(ada, StickerKind::stickers, {list[1].set.id})));
  list = World::must(world.run(sets.installed(ada.user, StickerKind::stickers, false)));
  EXPECT_EQ(list[0].set.short_name, "one");
  world.executor.run();
  ASSERT_FALSE(heard->heard.empty());
  EXPECT_EQ(heard->heard.back()->update.kind, store::UpdateKind::sticker_sets);
}

TEST_F(StickerTest, RecentAndFavouriteStickersAreKept) {
  auto& kept = world.services.kept_stickers;
  const auto made = World::must(create(all(sticker(ada, "😀"), sticker(ada, "😁"))));
  for (const auto& document : made.documents) {
    World::must(world.run(kept.keep(bob, KeptKind::recent, name_of(document), false)));
  }
  World::must(world.run(kept.keep(bob, KeptKind::recent, name_of(made.documents[0]), false)));  // again
  auto list = World::must(world.run(kept.list(bob.user, KeptKind::recent)));
  ASSERT_EQ(list.documents.size(), 2u);
  EXPECT_EQ(list.documents[0].id, made.documents[0].id);
  EXPECT_TRUE(World::must(world.run(kept.list(bob.user, KeptKind::faved))).documents.empty());
  World::must(world.run(kept.keep(bob, KeptKind::recent, name_of(made.documents[0]), true)));
  EXPECT_EQ(World::must(world.run(kept.list(bob.user, KeptKind::recent))).documents.size(), 1u);
  World::must(world.run(kept.clear(bob, KeptKind::recent)));
  EXPECT_TRUE(World::must(world.run(kept.list(bob.user, KeptKind::recent))).documents.empty());
  const auto text = document(bob, to_bytes(as_bytes("x")), "text/plain");
  EXPECT_EQ(world.run(kept.keep(bob, KeptKind::faved, name_of(text), false)).error().code,
            "STICKER_ID_INVALID");
}

}  // namespace
}  // namespace heliograph::services
