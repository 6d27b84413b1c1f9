#include "net/websocket_frame.h"

#include <gtest/gtest.h>

namespace heliograph::net {
namespace {

// A client's frame: masked.
Bytes frame(std::uint8_t first, std::string_view payload, bool masked = true) {
  Bytes out{first};
  const std::uint8_t mask_bit = masked ? 0x80 : 0;
  if (payload.size() < 126) {
    out.push_back(static_cast<std::uint8_t>(mask_bit | payload.size()));
  } else if (payload.size() < 65536) {
    out.push_back(mask_bit | 126);
    out.push_back(static_cast<std::uint8_t>(payload.size() >> 8));
    out.push_back(static_cast<std::uint8_t>(payload.size()));
  } else {
    out.push_back(mask_bit | 127);
    for (int shift = 56; shift >= 0; shift -= 8)
      out.push_back(static_cast<std::uint8_t>(payload.size() >> shift));
  }
  const std::uint8_t mask[4] = {0x12, 0xfe, 0x00, 0x7b};
  if (masked) append(out, mask);
  for (std::size_t i = 0; i < payload.size(); ++i) {
    out.push_back(static_cast<std::uint8_t>(payload[i]) ^ (masked ? mask[i & 3] : 0));
  }
  return out;
}

struct Seen : WebSocketDecoder::Events {
  void on_payload(MutableByteView piece) override { payload += as_text(piece); }
  void on_ping(ByteView bytes) override { pings += as_text(bytes); }
  void on_close() override {
    closed = true;
    stop = true;
  }
  std::string payload, pings;
  bool closed = false;
  bool stop = false;
};

WebSocketClose feed(Bytes bytes, Seen& seen, std::size_t cut = 1'000'000, std::size_t limit = 100'000) {
  WebSocketDecoder decoder(limit);
  for (std::size_t at = 0; at < bytes.size(); at += cut) {
    const auto piece = MutableByteView(bytes).subspan(at, std::min(cut, bytes.size() - at));
    const auto result = decoder.feed(piece, seen, seen.stop);
    if (result != WebSocketClose::normal || seen.stop) return result;
  }
  return WebSocketClose::normal;
}

TEST(WebSocketDecoder, UnmasksPayloadHoweverItIsCut) {
  const std::string medium(300, 'm'), large(70'000, 'l');
  Bytes all = frame(0x82, "hello");
  append(all, frame(0x82, ""));
  append(all, frame(0x82, medium));
  append(all, frame(0x82, large));
  for (const std::size_t cut : {1u, 2u, 3u, 7u, 1000u, 1'000'000u}) {
    Seen seen;
    EXPECT_EQ(feed(all, seen, cut), WebSocketClose::normal);
    EXPECT_EQ(seen.payload, "hello" + medium + large) << cut;
  }
}

TEST(WebSocketDecoder, ControlFramesMayComeBetweenFragments) {
  Bytes all = frame(0x02, "one ");
  append(all, frame(0x89, "are you there"));
  append(all, frame(0x00, "two "));
  append(all, frame(0x8a, "unasked pong"));
  append(all, frame(0x80, "three"));
  Seen seen;
  EXPECT_EQ(feed(all, seen, 3), WebSocketClose::normal);
  EXPECT_EQ(seen.payload, "one two three");
  EXPECT_EQ(seen.pings, "are you there");
}

TEST(WebSocketDecoder, NothingIsReadAfterClose) {
  Bytes all = frame(0x88, std::string("\x03\xe8", 2));
  append(all, frame(0x82, "late"));
  Seen seen;
  EXPECT_EQ(feed(all, seen), WebSocketClose::normal);
  EXPECT_TRUE(seen.closed);
  EXPECT_EQ(seen.payload, "");
}

TEST(WebSocketDecoder, NamesWhatIsWrong) {
  const struct {
    const char* what;
    Bytes bytes;
    WebSocketClose code;
  } cases[] = {
      {"text", frame(0x81, "hi"), WebSocketClose::unsupported_data},
      {"not masked", frame(0x82, "hi", false), WebSocketClose::protocol_error},
      {"reserved bit", frame(0xc2, "hi"), WebSocketClose::protocol_error},
      {"reserved opcode", frame(0x83, "hi"), WebSocketClose::protocol_error},
      {"continues nothing", frame(0x80, "hi"), WebSocketClose::protocol_error},
      {"fragmented ping", frame(0x09, "hi"), WebSocketClose::protocol_error},
      {"long ping", frame(0x89, std::string(126, 'x')), WebSocketClose::protocol_error},
      {"half a close code", frame(0x88, "x"), WebSocketClose::protocol_error},
      {"too long", frame(0x82, std::string(100'001, 'x')), WebSocketClose::too_big},
      {"negative length",
       {0x82, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4},
       WebSocketClose::protocol_error},
      {"absurd length", {0x82, 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}, WebSocketClose::too_big},
  };
  for (const auto& c : cases) {
    Seen seen;
    EXPECT_EQ(feed(c.bytes, seen, 1), c.code) << c.what;
  }
  Bytes nested = frame(0x02, "begun");
  append(nested, frame(0x82, "another"));
  Seen seen;
  EXPECT_EQ(feed(nested, seen), WebSocketClose::protocol_error);
  Bytes parts = frame(0x02, std::string(60'000, 'x'));
  append(parts, frame(0x80, std::string(60'000, 'x')));
  EXPECT_EQ(feed(parts, seen), WebSocketClose::too_big) << "fragments count together";
}

TEST(WebSocketFrames, HeadersHaveTheShortestLength) {
  EXPECT_EQ(to_hex(websocket_frame_header(2, 125)), "827d");
  EXPECT_EQ(to_hex(websocket_frame_header(2, 126)), "827e007e");
  EXPECT_EQ(to_hex(websocket_frame_header(2, 65536)), "827f0000000000010000");
  EXPECT_EQ(to_hex(websocket_close(WebSocketClose::too_big)), "880203f1");
}

}  // namespace
}  // namespace heliograph::net
