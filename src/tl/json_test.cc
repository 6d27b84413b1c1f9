#include "tl/json.h"

#include <gtest/gtest.h>

#include <array>

#include "tl/api.h"

namespace heliograph::tl {
namespace {

template <typename T>
std::string json(const T& value, const JsonOptions& options = {}) {
  std::string out;
  append_json(out, value, options);
  return out;
}

TEST(Json, NamesConstructorsAndFields) {
  message one;
  one.out = true;
  one.id = 7;
  one.peer_id = peerUser{.user_id = 5'000'000'000};
  one.message = "hello";
  one.date = 1;
  one.entities.emplace().emplace_back(messageEntityBold{.offset = 0, .length = 5});
  const auto text = json(one);
  EXPECT_NE(text.find(R"({"_": "message", "out": true)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("peer_id": {"_": "peerUser", "user_id": 5000000000})"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("message": "hello")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("entities": [{"_": "messageEntityBold", "offset": 0, "length": 5}])"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("silent"), std::string::npos);
  EXPECT_EQ(text.find("from_id"), std::string::npos);
}

TEST(Json, LeavesOutWhatItIsToldTo) {
  inputPeerUser peer;
  peer.user_id = 7;
  peer.access_hash = 99;
  const std::array<std::string_view, 1> secrets{"access_hash"};
  EXPECT_EQ(json(peer, {secrets}), R"({"_": "inputPeerUser", "user_id": 7})");
}

TEST(Json, TakesWhatMethodsAnswer) {
  EXPECT_EQ(json(true), "true");
  EXPECT_EQ(json(Box<Peer>()), "null");
  EXPECT_EQ(json(Box<Peer>(peerChat{.chat_id = 3})), R"({"_": "peerChat", "chat_id": 3})");
  EXPECT_EQ(json(std::vector<std::int32_t>{1, 2}), "[1, 2]");
  std::vector<Box<Peer>> peers;
  peers.emplace_back(peerChat{.chat_id = 3});
  EXPECT_EQ(json(peers), R"([{"_": "peerChat", "chat_id": 3}])");
}

TEST(Json, TextIsAlwaysUtf8) {
  const auto quoted = [](std::string_view text) {
    std::string out;
    append_json_text(out, text);
    return out;
  };
  EXPECT_EQ(quoted("a\"b\\c\n\t\x7f"), R"("a\"b\\c\n\u0009\u007f")");
  EXPECT_EQ(quoted("Здравствуй 👋"), "\"Здравствуй 👋\"");
  EXPECT_EQ(quoted("a\xff\xc3"), "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
  EXPECT_EQ(quoted("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

}  // namespace
}  // namespace heliograph::tl
