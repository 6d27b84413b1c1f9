// Pictures of cases, and what looking at them does to people.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "images/decode.h"
#include "images/testing/samples.h"
#include "web/console/testing/cases.h"

namespace heliograph::web {
namespace {

using staff::Role;
using ::testing::IsEmpty;

class ConsolePictures : public testing::ConsoleCasesTest {
 protected:
  static constexpr const char* kShown = "?blur=false";

  services::UploadedFile upload(Bytes bytes) {
    services::UploadedFile file;
    file.file = ++uploads_;
    file.parts = 1;
    file.name = "picture";
    World::must(world.run(
        world.services.files.uploads.save_part(ada.user, file.file, 0, std::nullopt, std::move(bytes))));
    return file;
  }
  services::Media photo(std::int32_t width, std::int32_t height) {
    services::Media media;
    media.kind = services::MediaKind::photo;
    media.photo = World::must(world.run(world.services.files.photos.create(
        ada.user, upload(images::testing::jpeg(width, height)), services::Photos::Use::message)));
    return media;
  }
  services::Media file(Bytes bytes, std::string type) {
    services::NewDocument wanted;
    wanted.file = upload(std::move(bytes));
    wanted.mime_type = std::move(type);
    services::Media media;
    media.kind = services::MediaKind::document;
    media.document =
        World::must(world.run(world.services.files.documents.create(ada.user, std::move(wanted))));
    return media;
  }
  std::int64_t reported_media(services::Media media, services::ReportWords words = testing::kPills) {
    services::SendMessage message;
    message.to = news;
    message.text = "look";
    message.media = std::move(media);
    message.random_id = ++last_random_id;
    message_ = World::must(try_send(ada, std::move(message))).message.id;
    return World::must(world.run(world.services.reports.messages(bob, news, {message_}, words))).case_id;
  }
  net::HttpResponse picture(const Who& who, std::int64_t id, const std::string& more = {}, int index = 0) {
    auto request = request_of(who, "GET", at(id, "/media/" + std::to_string(index)) + more, {});
    return world.run(router.handle(request));
  }
  static images::Raster pixels(const std::string& body) {
    return World::must(images::decode_image(as_bytes(body), {})).raster;
  }
  Json wellness(const Who& who) { return ask(who, "GET", "/wellness").json; }

  MessageId message_;

 private:
  std::int64_t uploads_ = 0;
};

TEST_F(ConsolePictures, APictureIsBlurredAndGreyUntilItIsAskedFor) {
  const auto id = reported_media(photo(1600, 800));
  const auto content = ask(mia, "GET", at(id)).json["content"];
  ASSERT_EQ(content["media"].size(), 1U);
  EXPECT_EQ(content["media"][0]["kind"], "photo");
  EXPECT_EQ(content["media"][0]["width"], 1600);
  EXPECT_EQ(content["media"][0]["closed"], false);
  EXPECT_EQ(ask(mia, "GET", "/queue").json["items"][0]["media"], 1);

  const auto veiled = picture(mia, id);
  ASSERT_EQ(veiled.status, 200);
  EXPECT_EQ(veiled.content_type, "image/jpeg");
  const auto grey = pixels(veiled.body);
  EXPECT_EQ(grey.width, 1280);
  EXPECT_EQ(grey.height, 640);
  const auto* left = grey.row(320);
  EXPECT_NEAR(left[0], left[2], 6) << "no colour is left";
  EXPECT_EQ(wellness(mia)["exposures"], 0);

  const auto shown = pixels(picture(mia, id, kShown).body);
  EXPECT_EQ(shown.width, 1280);
  const auto* right = shown.row(320) + 1270 * 3;
  EXPECT_GT(right[0], 220);
  EXPECT_NEAR(right[2], 128, 24);
  EXPECT_EQ(wellness(mia)["exposures"], 1);
}

TEST_F(ConsolePictures, ItIsKeptWithTheReportWhateverBecomesOfTheMessage) {
  const auto id = reported_media(photo(300, 200));
  ASSERT_EQ(decide(mia, id, "remove").status, 200);
  EXPECT_EQ(picture(noah, id).status, 200);
}

TEST_F(ConsolePictures, EachLookIsRecorded) {
  const auto id = reported_media(photo(300, 200));
  picture(mia, id);
  const auto reads = ask(person("Ivo", Role::auditor), "GET", "/staff/reads").json["items"];
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0]["what"], "getMedia");
  EXPECT_EQ(reads[0]["case_id"], id);
  EXPECT_EQ(reads[0]["member"], ada.user.value);
}

TEST_F(ConsolePictures, OfChildrenThereIsNothingToSee) {
  const auto id = reported_media(photo(300, 200), {terms::Category::csae, "children", "Look at it."});
  EXPECT_EQ(ask(mia, "GET", at(id)).json["content"]["media"][0]["closed"], true);
  for (const auto* more : {"", kShown}) {
    const auto answer = answer_of(picture(mia, id, more));
    EXPECT_EQ(answer.status, 451);
    EXPECT_EQ(answer.code(), "MEDIA_CLOSED");
  }
  EXPECT_EQ(wellness(mia)["exposures"], 0);

  // One report that says so is enough.
  const auto other = reported_media(photo(300, 200));
  const auto cid = world.sign_up("Cid");
  World::must(world.run(world.services.reports.messages(cid, news, {message_},
                                                        {terms::Category::csae, "children", "Look at it."})));
  EXPECT_EQ(picture(mia, other).status, 451);
}

TEST_F(ConsolePictures, WhatIsNoPictureIsNotShown) {
  const auto sound = reported_media(file(Bytes(5000, 7), "audio/mpeg"));
  EXPECT_EQ(ask(mia, "GET", at(sound)).json["content"]["media"][0]["kind"], "audio");
  EXPECT_EQ(answer_of(picture(mia, sound)).code(), "MEDIA_UNKNOWN");
  const auto broken = reported_media(file(Bytes(5000, 7), "image/jpeg"));
  EXPECT_EQ(answer_of(picture(mia, broken)).code(), "MEDIA_UNKNOWN");
  const auto sent_as_file =
      reported_media(file(images::testing::png(images::testing::gradient(50, 40)), "image/png"));
  EXPECT_EQ(pixels(picture(mia, sent_as_file, kShown).body).width, 50);
  EXPECT_EQ(answer_of(picture(mia, sent_as_file, kShown, 1)).code(), "MEDIA_UNKNOWN");
  EXPECT_EQ(answer_of(picture(mia, 999)).code(), "CASE_UNKNOWN");
  EXPECT_EQ(answer_of(picture(mia, sent_as_file, "?blur=perhaps")).json["field"], "blur");
  EXPECT_EQ(answer_of(picture(person("Ivo", Role::auditor), sent_as_file)).code(), "ROLE_NOT_ALLOWED");
}

TEST_F(ConsolePictures, AfterSoManyABreakIsDue) {
  const auto id = reported_media(photo(60, 40));
  ask(mia, "PUT", "/session/settings",
      Json{
          {"blur", true}, {"grey", true}, {"break_after", 5}, {"theme", "auto"}, {"opt_out", Json::array()}});
  EXPECT_EQ(wellness(mia)["break_after"], 5);
  for (int i = 0; i < 5; ++i) picture(mia, id, kShown);
  const auto due = wellness(mia);
  EXPECT_EQ(due["exposures"], 5);
  EXPECT_EQ(due["today"], 5);
  EXPECT_EQ(due["break_due"], true);
  EXPECT_EQ(wellness(noah)["exposures"], 0) << "each for themselves";

  world.clock.advance(std::chrono::minutes(5));
  const auto rested = ask(mia, "POST", "/wellness/break", Json::object()).json;
  EXPECT_EQ(rested["exposures"], 0);
  EXPECT_EQ(rested["today"], 5);
  EXPECT_EQ(rested["break_due"], false);
  EXPECT_EQ(rested["since"], world.clock.unix_seconds());
  world.clock.advance(std::chrono::hours(23));
  EXPECT_EQ(wellness(mia)["today"], 0);
}

}  // namespace
}  // namespace heliograph::web
