// Cases that are like each other, and why a machine thinks what it thinks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "images/testing/samples.h"
#include "web/console/case_json.h"
#include "web/console/testing/cases.h"

namespace heliograph::web {
namespace {

using services::testing::World;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ConsoleLinked : public testing::ConsoleCasesTest {
 protected:
  std::vector<std::int64_t> linked(std::int64_t id, const std::string& kind) {
    std::vector<std::int64_t> ids;
    const auto answer = ask(mia, "GET", at(id, "/linked"));
    EXPECT_EQ(answer.status, 200) << answer.json;
    for (const auto& one : answer.json[kind]) ids.push_back(one["id"].get<std::int64_t>());
    return ids;
  }
  void keep_up() {
    while (World::must(world.run(work.likeness.keep_up()))) {
    }
  }
  std::int64_t reported_picture(const images::Raster& raster, const std::string& text) {
    services::UploadedFile file;
    file.file = ++uploads_;
    file.parts = 1;
    file.name = "picture";
    World::must(world.run(world.services.files.uploads.save_part(ada.user, file.file, 0, std::nullopt,
                                                                 images::testing::jpeg(raster))));
    services::SendMessage message;
    message.to = news;
    message.text = text;
    message.media.emplace();
    message.media->kind = services::MediaKind::photo;
    message.media->photo = World::must(
        world.run(world.services.files.photos.create(ada.user, file, services::Photos::Use::message)));
    message.random_id = ++last_random_id;
    const auto id = World::must(try_send(ada, std::move(message))).message.id;
    return World::must(world.run(world.services.reports.messages(bob, news, {id}, testing::kPills))).case_id;
  }

 private:
  std::int64_t uploads_ = 0;
};

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

TEST_F(ConsoleLinked, TextsThatReadAlikeFindEachOther) {
  const auto one = reported("Fresh vitamins for your health, best price in town, write to me today");
  const auto two = reported("Fresh v1tamins for your health, best price in town, write to me today!");
  const auto other = reported("The council meets on Thursday to talk about the new bridge over the river");
  const auto brief = reported("Hello");
  reported("Hello!");
  EXPECT_THAT(linked(one, "similar"), IsEmpty()) << "nobody has compared them yet";
  keep_up();
  EXPECT_THAT(linked(one, "similar"), ElementsAre(two));
  EXPECT_THAT(linked(two, "similar"), ElementsAre(one));
  EXPECT_THAT(linked(other, "similar"), IsEmpty());
  EXPECT_THAT(linked(brief, "similar"), IsEmpty()) << "what is short is alike by chance";
  EXPECT_EQ(linked(one, "author").size(), 4U);
}

TEST_F(ConsoleLinked, TheSamePictureIsFoundInAnotherSize) {
  const auto one = reported_picture(rings(900, 600), "one");
  const auto two = reported_picture(rings(600, 400), "two");
  const auto other = reported_picture(rings(900, 600, -250), "three");
  keep_up();
  EXPECT_THAT(linked(one, "media"), ElementsAre(two));
  EXPECT_THAT(linked(other, "media"), IsEmpty());
}

TEST_F(ConsoleLinked, EachCaseIsLookedAtOnce) {
  for (int i = 0; i < 60; ++i) {
    World::must(world.write([&](store::Tx& tx) {
      store::Case one;
      one.subject = "account/" + std::to_string(500 + i);
      one.sealed = safety::seal_file({}, one.subject, world.sealer, world.random);
      return tx.cases().add(one);
    }));
  }
  EXPECT_TRUE(World::must(world.run(work.likeness.keep_up()))) << "fifty at once";
  EXPECT_FALSE(World::must(world.run(work.likeness.keep_up())));
  EXPECT_FALSE(World::must(world.run(work.likeness.keep_up())));
}

// With the rules that the program brings: a machine finds something by itself.
class ConsoleReasons : public services::testing::ModeratedTest {
 protected:
  ConsoleReasons() : ModeratedTest(shipped()) {}
};

TEST_F(ConsoleReasons, WhatWasFoundIsShownInTheTextAndWeighed) {
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, "Fresh c0caine and mdma for sale, write me today"));
  const auto cases = cases_of(ada);
  ASSERT_FALSE(cases.empty());
  const auto detail = World::must(world.run(world.services.casework.detail(cases.front().id)));
  CaseReader reader;
  reader.book = gate.rulebook();
  const auto json = case_json(detail, reader);
  EXPECT_EQ(json["content"]["canonical"].get<std::string>().substr(0, 13), "fresh cocaine");
  const auto& finding = json["findings"][0];
  ASSERT_FALSE(finding["highlights"].empty()) << finding;
  const auto text = json["content"]["text"].get<std::string>();
  const auto from = finding["highlights"][0]["from"].get<std::size_t>();
  const auto to = finding["highlights"][0]["to"].get<std::size_t>();
  EXPECT_EQ(text.substr(from, to - from), "c0caine");
  ASSERT_FALSE(finding["why"].empty());
  EXPECT_LE(finding["why"].size(), 8U);
}

}  // namespace
}  // namespace heliograph::web
