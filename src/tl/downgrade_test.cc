// What becomes of values that a client's layer cannot express.
#include <gtest/gtest.h>

#include "tl/api.h"
#include "tl/decode.h"
#include "tl/encode.h"
#include "tl/schema.h"

namespace heliograph::tl {
namespace {

constexpr std::int32_t kOld = 144;

// What a client of layer `layer` would see of the value.
template <typename T, typename C>
Box<T> seen(const C& value, std::int32_t layer) {
  const auto bytes = encode(value, layer);
  EXPECT_TRUE(bytes);
  auto read = decode_boxed<T>(*bytes);
  EXPECT_TRUE(read);
  return std::move(*read);
}

TEST(Downgrade, AnUnknownEntityIsDroppedFromTheList) {
  message text{.id = 1, .peer_id = peerUser{.user_id = 7}, .message = "12:00"};
  auto& entities = text.entities.emplace();
  entities.emplace_back(messageEntityBold{.offset = 0, .length = 2});
  entities.emplace_back(messageEntityFormattedDate{.offset = 0, .length = 5});
  entities.emplace_back(messageEntityItalic{.offset = 3, .length = 2});

  auto old = seen<Message>(text, kOld);
  const auto& kept = *old.get_if<message>()->entities;
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_TRUE(kept[0].is<messageEntityBold>());
  EXPECT_TRUE(kept[1].is<messageEntityItalic>());
  auto now = seen<Message>(text, max_layer());
  EXPECT_EQ(now.get_if<message>()->entities->size(), 3u);
}

TEST(Downgrade, AnUnknownActionBecomesAnEmptyOne) {
  const messageService notice{
      .id = 1, .peer_id = peerUser{.user_id = 7}, .action = messageActionGiftStars{.currency = "XTR"}};
  EXPECT_TRUE(seen<Message>(notice, kOld).get_if<messageService>()->action.is<messageActionEmpty>());
  EXPECT_TRUE(seen<Message>(notice, 228).get_if<messageService>()->action.is<messageActionGiftStars>());
}

TEST(Downgrade, UnknownMediaBecomesUnsupported) {
  const message post{.id = 1, .peer_id = peerUser{.user_id = 7}, .media = messageMediaStory{.id = 3}};
  EXPECT_TRUE(seen<Message>(post, kOld).get_if<message>()->media.is<messageMediaUnsupported>());
}

TEST(Downgrade, AnUnknownUpdateIsDroppedAndTheRestArrives) {
  updates_ batch{.date = 5, .seq = 1};
  batch.updates.emplace_back(updateStarsBalance{});
  batch.updates.emplace_back(updateUserName{.user_id = 7});
  auto old = seen<Updates>(batch, kOld);
  ASSERT_EQ(old.get_if<updates_>()->updates.size(), 1u);
  EXPECT_TRUE(old.get_if<updates_>()->updates[0].is<updateUserName>());
}

TEST(Downgrade, AnOptionalFieldWithoutAFormIsLeftOut) {
  const user ann{.id = 7, .emoji_status = emojiStatusCollectible{}};
  EXPECT_FALSE(seen<User>(ann, 167).get_if<user>()->emoji_status);
  EXPECT_TRUE(seen<User>(ann, 228).get_if<user>()->emoji_status);
}

TEST(Downgrade, AForgottenRequiredFieldNeverBreaksTheBytes) {
  const messageService forgotten{.id = 1, .peer_id = peerUser{.user_id = 7}};
  EXPECT_TRUE(seen<Message>(forgotten, 228).get_if<messageService>()->action.is<messageActionEmpty>());

  Bytes out{1, 2, 3};
  const Status status = encode_to(out, message{.id = 1}, 228);  // no peer, and Peer has no stand-in
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, "TL_NOT_EXPRESSIBLE");
  EXPECT_EQ(out, (Bytes{1, 2, 3}));
}

TEST(Downgrade, FieldsOnOneBitComeTogether) {
  const messageFwdHeader forward{.date = 1, .saved_from_msg_id = 9};
  EXPECT_FALSE(encode(forward, 228)) << "saved_from_peer shares the bit and a Peer has no default";
  const messageFwdHeader whole{.date = 1, .saved_from_peer = peerUser{.user_id = 7}, .saved_from_msg_id = 9};
  EXPECT_EQ(seen<MessageFwdHeader>(whole, 228).get_if<messageFwdHeader>()->saved_from_msg_id, 9);
}

TEST(Downgrade, TextWithEntitiesWasAString) {
  const dialogFilter folder{.id = 2, .title = textWithEntities{.text = "Work"}};
  const auto old = *encode(folder, 189);
  const auto read = decode_boxed<DialogFilter>(old);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->get_if<dialogFilter>()->title.get_if<textWithEntities>()->text, "Work");
  EXPECT_NE(old, *encode(folder, 228));
}

TEST(Downgrade, RepliesHaveTheTypeThatTheCalledFormAnswers) {
  const auto old_join = decode_request(*encode_request(
      fn::channels::joinChannel{.channel = inputChannel{.channel_id = 5, .access_hash = 6}}, 198));
  ASSERT_TRUE(old_join);
  fn::channels::joinChannel::Reply reply =
      messages::chatInviteJoinResultOk{.updates = updates_{.date = 1, .seq = 2}};
  Bytes out;
  ASSERT_TRUE(encode_reply(out, old_join->id(), reply, 198));
  EXPECT_TRUE(decode<AnyBox>(out)->is<updates_>());

  const auto new_join = decode_request(*encode_request(
      fn::channels::joinChannel{.channel = inputChannel{.channel_id = 5, .access_hash = 6}}, 228));
  out.clear();
  ASSERT_TRUE(encode_reply(out, new_join->id(), reply, 228));
  EXPECT_TRUE(decode<AnyBox>(out)->is<messages::chatInviteJoinResultOk>());

  const auto report = decode_request(
      *encode_request(fn::messages::report{.peer = inputPeerSelf{}, .reason = inputReportReasonSpam{}}, 144));
  ASSERT_TRUE(report);
  fn::messages::report::Reply done = reportResultReported{};
  out.clear();
  ASSERT_TRUE(encode_reply(out, report->id(), done, 144));
  EXPECT_EQ(to_hex(out), "b5757299");  // boolTrue

  const auto filters = decode_request(*encode_request(fn::messages::getDialogFilters{}, 144));
  ASSERT_TRUE(filters);
  messages::dialogFilters all;
  all.filters.emplace_back(dialogFilter{.id = 2, .title = textWithEntities{.text = "Work"}});
  out.clear();
  fn::messages::getDialogFilters::Reply folders = std::move(all);
  ASSERT_TRUE(encode_reply(out, filters->id(), folders, 144));
  const auto list = decode<std::vector<Box<DialogFilter>>>(out);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->size(), 1u);
}

}  // namespace
}  // namespace heliograph::tl
