// Media that are known are found in what is public, whatever size and quality they come in; in private
// nobody looks. All hashes here are of pictures made on the spot.
#include <gmock/gmock.h>

#include "crypto/hash.h"
#include "images/pdq.h"
#include "images/testing/samples.h"
#include "services/files/files.h"
#include "services/groups/photo.h"
#include "services/moderation/judge.h"
#include "services/moderation/moderation.h"
#include "services/testing/moderation.h"

namespace heliograph::services {
namespace {

using safety::Effect;
using ::testing::HasSubstr;
using testing::World;
namespace samples = images::testing;

constexpr const char* kHidden =
    "This message is hidden until a moderator has looked at it (rule: Terrorism).";

// Something to see: rings around a point.
images::Raster rings(std::int32_t width, std::int32_t height, int shift = 0) {
  images::Raster raster(width, height);
  for (std::int32_t y = 0; y < height; ++y) {
    auto* to = raster.row(y);
    for (std::int32_t x = 0; x < width; ++x, to += 3) {
      const auto fx = 1000 * x / width - 300 - shift, fy = 1000 * y / height - 600 + shift;
      const auto ring = (fx * fx + fy * fy) / 40'000 % 2;
      to[0] = static_cast<std::uint8_t>(ring == 0 ? 220 : 30);
      to[1] = static_cast<std::uint8_t>(255 * x / width);
      to[2] = static_cast<std::uint8_t>(ring == 0 ? 40 : 200);
    }
  }
  return raster;
}

class MediaTest : public testing::ModeratedTest {
 protected:
  MediaTest() : ModeratedTest(shipped()) {}

  void know(const std::string& line, const std::string& category = "terrorism") {
    auto bank =
        World::must(safety::parse_bank("version: 7\ncategory: " + category + "\n" + line, "partner.bank"));
    std::vector<safety::Bank> banks;
    banks.push_back(std::move(bank));
    gate.replace(World::must(safety::HashLists::build(std::move(banks), 0)));
  }
  void know_picture(const images::Raster& raster, const std::string& category = "terrorism") {
    know("pdq " + images::pdq(raster).turns[0].hex() + "\n", category);
  }
  // One that has this model look at pictures.
  Moderation with_model(images::Viewer& viewer) {
    return {world.environment,
            {.gate = &gate, .ledger = &ledger, .appeals = "them", .viewer = &viewer, .image_model = "m"},
            {*world.blobs, world.images},
            world.services.keys,
            world.devices,
            world.services.users};
  }
  UploadedFile upload(const Caller& owner, Bytes bytes) {
    UploadedFile file;
    file.file = ++uploads;
    file.parts = 1;
    file.name = "picture";
    World::must(world.run(files.uploads.save_part(owner.user, file.file, 0, std::nullopt, std::move(bytes))));
    return file;
  }
  Media photo(const Caller& owner, Bytes bytes) {
    Media media;
    media.kind = MediaKind::photo;
    media.photo = World::must(
        world.run(files.photos.create(owner.user, upload(owner, std::move(bytes)), Photos::Use::message)));
    return media;
  }
  Media file(const Caller& owner, Bytes bytes, std::string type) {
    NewDocument wanted;
    wanted.file = upload(owner, std::move(bytes));
    wanted.mime_type = std::move(type);
    Media media;
    media.kind = MediaKind::document;
    media.document = World::must(world.run(files.documents.create(owner.user, std::move(wanted))));
    return media;
  }
  store::Message show(const Caller& who, Peer where, Media media, std::string text = "") {
    SendMessage message;
    message.to = where;
    message.text = std::move(text);
    message.media = std::move(media);
    message.random_id = ++last_random_id;
    return World::must(try_send(who, std::move(message))).message;
  }
  std::int64_t waiting() {
    return World::must(world.read([](store::Tx& tx) -> Result<std::int64_t> {
      HG_ASSIGN(const auto all, tx.judge_queue().first(store::Unjudged::Kind::media, 100));
      return static_cast<std::int64_t>(all.size());
    }));
  }

  std::int64_t uploads = 0;
  Files& files = world.services.files;
};

TEST_F(MediaTest, AKnownPictureIsHeldInOtherSizeAndQualityAndOnTopOfTheQueue) {
  know_picture(rings(900, 600));
  const auto news = channel(true, "news_channel");
  const auto heard = world.listen(ada.user);
  const auto small = images::shrunk(rings(900, 600), 450, 300);
  const auto shown = show(ada, news, photo(ada, samples::jpeg(small)), "look");
  EXPECT_EQ(shown.text, kHidden);
  for (const auto& publication : heard->heard) {
    if (publication->message && publication->update.box.is_channel()) {
      EXPECT_EQ(publication->message->text, kHidden);
    }
  }
  ASSERT_EQ(queue().size(), 1U);
  const auto one = queue().front();
  EXPECT_EQ(one.severity, 99);
  EXPECT_EQ(one.effect, static_cast<std::uint8_t>(Effect::hold));
  EXPECT_EQ(one.strike, 0) << "nobody is punished before a person has looked";
  const auto finding = file_of(one).findings.front();
  EXPECT_EQ(finding.rule, "terrorism-listed");
  ASSERT_EQ(finding.media.size(), 1U);
  EXPECT_THAT(finding.media[0], HasSubstr("partner 7 pdq "));
  EXPECT_EQ(finding.hashes_version, "partner 7");
  // It can be given back, as it was.
  World::must(world.run(moderation.reverse(one.id, "mo", "a mistake")));
  EXPECT_TRUE(World::must(decode_content(at(news, shown.id))).media->photo);
}

TEST_F(MediaTest, MirroredAndAsADocumentItIsTheSame) {
  know_picture(rings(900, 600), "csae");
  const auto news = channel(true, "news_channel");
  const auto mirrored = images::oriented(rings(900, 600), 2);
  EXPECT_THAT(show(ada, news, photo(ada, samples::jpeg(mirrored))).text, HasSubstr("is hidden"));
  EXPECT_THAT(show(ada, news, file(ada, samples::png(rings(450, 300)), "image/png")).text,
              HasSubstr("is hidden"));
  EXPECT_EQ(queue().front().severity, 100);
}

TEST_F(MediaTest, OtherPicturesAndPrivatePlacesAreNobodysBusiness) {
  know_picture(rings(900, 600));
  const auto news = channel(true, "news_channel"), closed = channel(false);
  EXPECT_EQ(show(ada, news, photo(ada, samples::jpeg(rings(900, 600, -250))), "other").text, "other");
  EXPECT_EQ(show(ada, closed, photo(ada, samples::jpeg(rings(900, 600))), "look").text, "look");
  EXPECT_EQ(show(ada, Peer::of(bob.user), photo(ada, samples::jpeg(rings(900, 600))), "look").text, "look");
  EXPECT_TRUE(queue().empty());
  EXPECT_EQ(waiting(), 0);
}

TEST_F(MediaTest, AnyFileIsKnownByItsBytes) {
  const auto bytes = to_bytes(as_bytes("a film, a book, an archive"));
  know("sha256 " + Hash256::from_bytes(crypto::sha256(bytes))->hex() + "\n", "csae");
  const auto news = channel(true, "news_channel");
  EXPECT_THAT(show(ada, news, file(ada, bytes, "video/mp4")).text, HasSubstr("is hidden"));
  EXPECT_EQ(queue().front().category, static_cast<std::uint8_t>(terms::Category::csae));
  EXPECT_EQ(show(ada, news, file(ada, to_bytes(as_bytes("another")), "video/mp4"), "b").text, "b");
}

TEST_F(MediaTest, APhotoIsAlsoKnownByTheFileThatItWasMadeOf) {
  const auto bytes = samples::png(rings(900, 600));
  know("sha256 " + Hash256::from_bytes(crypto::sha256(bytes))->hex() + "\n");
  const auto news = channel(true, "news_channel");
  EXPECT_EQ(show(ada, news, photo(ada, bytes)).text, kHidden);
}

TEST_F(MediaTest, WhatWasThereBeforeIsLookedAtWhenItBecomesPublic) {
  know_picture(rings(900, 600));
  const auto club = channel(false);
  const auto shown = show(ada, club, photo(ada, samples::jpeg(rings(900, 600))), "look");
  // As if it had come before anybody hashed pictures.
  const auto content = World::must(decode_content(shown)).media->photo->sizes.back().file;
  World::must(world.write([&](store::Tx& tx) { return tx.media_prints().erase(content); }));
  World::must(world.run(set_chat_username(world.environment, ada, club, "open_club")));
  World::must(world.run(moderation.judge_waiting()));
  EXPECT_EQ(at(club, shown.id).text, "look");
  EXPECT_EQ(waiting(), 1);
  World::must(world.run(moderation.look_at_waiting()));
  EXPECT_EQ(at(club, shown.id).text, kHidden);
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(queue().size(), 1U);
}

TEST_F(MediaTest, AChannelsPictureIsJudgedWithItsName) {
  know_picture(rings(900, 600));
  const auto news = channel(true, "news_channel");
  const auto made = World::must(world.run(
      files.photos.create(ada.user, upload(ada, samples::jpeg(rings(900, 600))), Photos::Use::profile)));
  World::must(world.run(set_photo(world.environment, ada, news, made)));
  World::must(world.run(moderation.judge_waiting()));
  ASSERT_EQ(queue().size(), 1U);
  EXPECT_EQ(file_of(queue().front()).findings.front().rule, "terrorism-listed");
  EXPECT_NE(chat_at(news).flags & store::chat_delisted, 0U);
}

// A model that does not work at first.
class LateViewer final : public images::Viewer {
 public:
  Task<Result<images::Seen>> look(Bytes) override {
    if (broken) co_return fail(Error::unavailable("IMAGES_NO_WORKER"));
    co_return images::Seen{.sexual = sexual};
  }
  bool broken = true;
  std::int32_t sexual = 100;
};

TEST_F(MediaTest, AModelLooksAtThePicturesOfProfilesToo) {
  LateViewer viewer;
  viewer.broken = false;
  viewer.sexual = 990;
  auto seeing = with_model(viewer);
  const auto news = channel(true, "news_channel");
  const auto made = World::must(world.run(
      files.photos.create(ada.user, upload(ada, samples::jpeg(rings(300, 200))), Photos::Use::profile)));
  World::must(world.run(set_photo(world.environment, ada, news, made)));
  World::must(world.run(seeing.judge_waiting()));
  EXPECT_NE(waiting(), 0) << "for the model";
  EXPECT_TRUE(queue().empty());
  World::must(world.run(seeing.look_at_waiting()));
  EXPECT_EQ(waiting(), 0);
  ASSERT_EQ(queue().size(), 1U);
  EXPECT_EQ(file_of(queue().front()).findings.front().rule, "sexual-profiles");
}

TEST_F(MediaTest, APictureWaitsForAModelThatDoesNotWork) {
  LateViewer viewer;
  auto seeing = with_model(viewer);
  const auto news = channel(true, "news_channel");
  const auto shown = show(ada, news, photo(ada, samples::jpeg(rings(300, 200))), "look");
  const auto print = [&] {
    const auto content = World::must(decode_content(shown)).media->photo->sizes.back().file;
    return World::must(world.read([&](store::Tx& tx) { return tx.media_prints().find(content); }));
  };
  World::must(world.run(seeing.look_at_waiting()));
  EXPECT_EQ(waiting(), 1) << "nothing is dropped";
  viewer.broken = false;
  World::must(world.run(seeing.look_at_waiting()));
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(print()->image_model, "m");
}

}  // namespace
}  // namespace heliograph::services
