// Byte strings that client libraries made, and what we read and write in their place.
#include <gtest/gtest.h>

#include "tl/api.h"
#include "tl/decode.h"
#include "tl/encode.h"
#include "tl/schema.h"

namespace heliograph::tl {
namespace {

constexpr std::int64_t kAnn = 1000000007;

Request request_of(const char* hex) {
  auto request = decode_request(from_hex(hex));
  EXPECT_TRUE(request) << hex;
  return std::move(*request);
}

// Telethon 1.25.1, layer 144: bytes(SendMessageRequest(...)); replies were still an int.
TEST(Foreign, TelethonOfLayer144SendsAReply) {
  const char* sent =
      "a4759d0d290000004ca5e8dd07ca9a3b00000000fbffffffffffffff2a0000000668c3a96c6c6f004d0000000000000015c4b5"
      "1c01"
      "000000c90b61bd0000000002000000";
  Request request = request_of(sent);
  auto* send = request.get_if<fn::messages::sendMessage>();
  ASSERT_NE(send, nullptr);
  auto* peer = send->peer.get_if<inputPeerUser>();
  ASSERT_NE(peer, nullptr);
  EXPECT_EQ(peer->user_id, kAnn);
  EXPECT_EQ(peer->access_hash, -5);
  EXPECT_EQ(send->reply_to_msg_id, 42);
  EXPECT_FALSE(send->reply_to);
  EXPECT_EQ(send->message, "h\u00e9llo");
  EXPECT_EQ(send->random_id, 77);
  EXPECT_TRUE(send->silent);
  EXPECT_EQ(send->entities->at(0).get_if<messageEntityBold>()->length, 2);
  EXPECT_EQ(to_hex(*encode_request(*send, 144)), sent);
}

// Telethon 1.45.0, layer 229: the same call with a quote.
TEST(Foreign, TelethonOfLayer229SendsAReplyWithAQuote) {
  const char* sent =
      "628ff4fe290000004ca5e8dd07ca9a3b00000000fbffffffffffffffc2b7d43b040000002a0000000368c3a90668c3a96c6c6f"
      "004d00"
      "00000000000015c4b51c01000000c90b61bd0000000002000000";
  Request request = request_of(sent);
  auto* send = request.get_if<fn::messages::sendMessage>();
  ASSERT_NE(send, nullptr);
  auto* reply = send->reply_to.get_if<inputReplyToMessage>();
  ASSERT_NE(reply, nullptr);
  EXPECT_EQ(reply->reply_to_msg_id, 42);
  EXPECT_EQ(reply->quote_text, "h\u00e9");
  EXPECT_EQ(to_hex(*encode_request(*send, 229)), sent);
}

// GramJS 2.26.22, layer 198.
TEST(Foreign, GramjsSendsAReply) {
  const char* sent =
      "45973f98210000004ca5e8dd07ca9a3b00000000fbffffffffffffffd5f6c022000000002a0000000668c3a96c6c6f004d0000"
      "0000000"
      "000";
  Request request = request_of(sent);
  auto* send = request.get_if<fn::messages::sendMessage>();
  ASSERT_NE(send, nullptr);
  EXPECT_EQ(send->reply_to.get_if<inputReplyToMessage>()->reply_to_msg_id, 42);
  EXPECT_EQ(to_hex(*encode_request(*send, 198)), sent);
}

TEST(Foreign, GramjsAsksForDialogs) {
  const char* sent = "4fcbf4a0000000000000000000000000ea183b7f140000000000000000000000";
  Request request = request_of(sent);
  EXPECT_EQ(request.name(), "messages.getDialogs");
  auto* get = request.get_if<fn::messages::getDialogs>();
  ASSERT_NE(get, nullptr);
  EXPECT_EQ(get->limit, 20);
  EXPECT_TRUE(get->offset_peer.is<inputPeerEmpty>());
}

// mtcute core 0.30.3, layer 227.
TEST(Foreign, MtcuteSendsAReply) {
  const char* sent =
      "628ff4fe290000004ca5e8dd07ca9a3b00000000fbffffffffffffffc2b7d43b000000002a0000000668c3a96c6c6f004d0000"
      "00000000"
      "0015c4b51c01000000c90b61bd0000000002000000";
  Request request = request_of(sent);
  auto* send = request.get_if<fn::messages::sendMessage>();
  ASSERT_NE(send, nullptr);
  EXPECT_EQ(to_hex(*encode_request(*send, 227)), sent);
}

// Telethon 1.45.0: invokeWithLayer(229, initConnection(help.getConfig)).
TEST(Foreign, WrappersComeOffOneByOne) {
  Request outer = request_of(
      "0d0d9bdae5000000a95ecdc1000000000100000002504300013100000132000002656e000000000002656e006b18f9c4");
  auto* layer = outer.get_if<fn::invokeWithLayer>();
  ASSERT_NE(layer, nullptr);
  EXPECT_EQ(layer->layer, 229);
  auto middle = decode_request(layer->query);
  ASSERT_TRUE(middle);
  auto* connection = middle->get_if<fn::initConnection>();
  ASSERT_NE(connection, nullptr);
  EXPECT_EQ(connection->device_model, "PC");
  EXPECT_EQ(connection->lang_code, "en");
  auto inner = decode_request(connection->query);
  ASSERT_TRUE(inner);
  EXPECT_NE(inner->get_if<fn::help::getConfig>(), nullptr);
}

// bytes(User(...)) of both Telethons: one struct, two wire forms.
TEST(Foreign, OneUserInTwoLayers) {
  const user ann{.self = true,
                 .id = kAnn,
                 .access_hash = 9,
                 .first_name = "Ann",
                 .status = userStatusOnline{.expires = 1700000000}};
  EXPECT_EQ(to_hex(*encode(ann, 144)),
            "b0ecf63f4304000007ca9a3b00000000090000000000000003416e6e4939b9ed00f15365");
  EXPECT_EQ(to_hex(*encode(ann, 229)),
            "83ccb8b1430400000000000007ca9a3b00000000090000000000000003416e6e4939b9ed00f15365");
  const auto read = decode_boxed<User>(*encode(ann, 144));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->get_if<user>()->first_name, "Ann");
}

// The example of the public auth key documentation: req_pq_multi and what follows its first answer.
TEST(Foreign, ServiceMessagesAreOfTheSameTables) {
  Request request = request_of("f18e7ebe3e0549828cca27e966b301a48fece2fc");
  auto* ask = request.get_if<fn::mt::req_pq_multi>();
  ASSERT_NE(ask, nullptr);
  EXPECT_EQ(to_hex(ask->nonce), "3e0549828cca27e966b301a48fece2fc");

  const mt::future_salt salt{.valid_since = 1, .valid_until = 2, .salt = 3};
  mt::future_salts salts{.req_msg_id = 5, .now = 6};
  salts.salts.emplace_back(salt);
  const Bytes bytes = *encode(salts, max_layer());
  EXPECT_EQ(to_hex(bytes), "950850ae0500000000000000060000000100000001000000020000000300000000000000");
  const auto back = decode_boxed<mt::FutureSalts>(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->get_if<mt::future_salts>()->salts[0].get_if<mt::future_salt>()->salt, 3);
}

}  // namespace
}  // namespace heliograph::tl
