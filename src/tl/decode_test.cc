#include "tl/decode.h"

#include <gtest/gtest.h>

#include "tl/api.h"
#include "tl/encode.h"
#include "tl/schema.h"

namespace heliograph::tl {
namespace {

std::string_view code_of(const Result<Request>& result) {
  return result ? "" : result.error().code;
}

TEST(Decode, AnIdThatNoLayerHas) {
  const auto result = decode_request(from_hex("78563412"));
  EXPECT_EQ(code_of(result), "INPUT_METHOD_INVALID");
  EXPECT_NE(result.error().message.find("12345678"), std::string::npos);
  // A constructor is no method.
  EXPECT_EQ(code_of(decode_request(*encode(inputPeerSelf{}, 228))), "INPUT_METHOD_INVALID");
}

TEST(Decode, EmptyAndShort) {
  EXPECT_EQ(code_of(decode_request({})), "INPUT_FETCH_ERROR");
  EXPECT_EQ(code_of(decode_request(Bytes{1, 2, 3})), "INPUT_FETCH_ERROR");
}

TEST(Decode, AConstructorOfAnotherType) {
  Bytes call = *encode(fn::messages::getHistory{.peer = inputPeerSelf{}}, 228);
  const Bytes wrong = *encode(inputUserSelf{}, 228);
  std::copy(wrong.begin(), wrong.end(), call.begin() + 4);
  EXPECT_EQ(code_of(decode_request(call)), "INPUT_FETCH_ERROR");
}

TEST(Decode, AVectorThatClaimsMoreThanThereIs) {
  Bytes call = *encode(fn::messages::getMessages{}, 228);
  store_le(call.data() + call.size() - 4, std::int32_t{0x7fffffff});
  EXPECT_EQ(code_of(decode_request(call)), "INPUT_FETCH_ERROR");
  store_le(call.data() + call.size() - 4, std::int32_t{-1});
  EXPECT_EQ(code_of(decode_request(call)), "INPUT_FETCH_ERROR");
}

TEST(Decode, NestingHasAnEnd) {
  const auto nested = [](int depth) {
    Box<RichText> text = textPlain{.text = "x"};
    for (int i = 0; i < depth; ++i) text = textBold{.text = std::move(text)};
    return *encode(text, 228);
  };
  EXPECT_TRUE(decode_boxed<RichText>(nested(20)));
  EXPECT_FALSE(decode_boxed<RichText>(nested(40)));
  EXPECT_TRUE(decode_boxed<RichText>(nested(40), {.depth = 50}));
}

TEST(Decode, MemoryIsInProportionToTheInput) {
  // 100,000 chats of 16 bytes on the wire would need much more than that in memory.
  Bytes many;
  append_le(many, kVectorId);
  append_le(many, std::int32_t{100000});
  const Bytes one = *encode(peerSettings{}, 228);
  for (int i = 0; i < 100000; ++i) append(many, one);
  EXPECT_FALSE(decode<std::vector<Box<PeerSettings>>>(many));
  EXPECT_TRUE(decode<std::vector<Box<PeerSettings>>>(many, {.memory_per_input_byte = 64}));
}

TEST(Decode, PaddingBehindAString) {
  const Bytes good = from_hex("0568656c6c6f0000");
  EXPECT_EQ(*decode<std::string>(good), "hello");
  const Bytes dirty = from_hex("0568656c6c6f0102");  // some clients leave what was there
  EXPECT_EQ(*decode<std::string>(dirty), "hello");
  EXPECT_FALSE(decode<std::string>(from_hex("ff00000000000000")));
  EXPECT_FALSE(decode<std::string>(from_hex("feffffff00000000")));
}

TEST(Decode, AValueWithSomethingBehindIt) {
  Bytes bytes = *encode(peerUser{.user_id = 7}, 228);
  append(bytes, Bytes{9, 9});
  EXPECT_FALSE(decode_boxed<Peer>(bytes));
  ByteView view = bytes;
  const auto peer = decode_prefix<Box<Peer>>(view);
  ASSERT_TRUE(peer);
  EXPECT_EQ(view.size(), 2u);
}

TEST(Schema, KnowsLayersAndNames) {
  EXPECT_EQ(min_layer(), 144);
  EXPECT_GE(max_layer(), 229);
  EXPECT_EQ(serving_layer(228), 228);
  EXPECT_EQ(serving_layer(200), 198);
  EXPECT_EQ(serving_layer(1), 144);
  EXPECT_EQ(serving_layer(999), max_layer());
  EXPECT_EQ(name_of_id(0x0d9d75a4), "messages.sendMessage");
  EXPECT_EQ(name_of_id(0xfef48f62), "messages.sendMessage");
  EXPECT_TRUE(is_method_id(0x0d9d75a4));
  EXPECT_FALSE(is_method_id(0x12345678));
  std::size_t sends = 0;
  for (const Method& method : methods()) sends += method.name == "messages.sendMessage";
  EXPECT_GE(sends, 4u);
}

TEST(Box, HoldsOneConstructor) {
  Box<Peer> peer = peerUser{.user_id = 7};
  EXPECT_EQ(peer.index(), peerUser::kIndex);
  EXPECT_EQ(peer.name(), "peerUser");
  EXPECT_EQ(peer.get_if<peerChat>(), nullptr);
  Box<Peer> twin = peer.copy();
  peer.get_if<peerUser>()->user_id = 8;
  EXPECT_EQ(twin.get_if<peerUser>()->user_id, 7);
  Box<Peer> moved = std::move(peer);
  EXPECT_FALSE(peer);  // NOLINT(bugprone-use-after-move): a moved-from box is empty
  EXPECT_TRUE(moved.is<peerUser>());
  moved = {};
  EXPECT_FALSE(moved);
  EXPECT_EQ(moved.index(), kNoIndex);
}

}  // namespace
}  // namespace heliograph::tl
