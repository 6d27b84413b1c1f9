// Any bytes as WebSocket frames: the same payload comes out however they are cut. The first byte chooses the
// cuts.
#include "base/assert.h"
#include "net/websocket_frame.h"

namespace {

using namespace heliograph;

struct Seen : net::WebSocketDecoder::Events {
  void on_payload(MutableByteView piece) override { append(payload, piece); }
  void on_ping(ByteView bytes) override { append(pings, bytes); }
  void on_close() override { stop = true; }
  Bytes payload, pings;
  bool stop = false;
};

net::WebSocketClose feed(ByteView bytes, std::size_t step, Seen& seen) {
  net::WebSocketDecoder decoder(1 << 16);
  Bytes copy = to_bytes(bytes);
  MutableByteView rest(copy);
  while (!rest.empty()) {
    const auto count = std::min(step, rest.size());
    const auto result = decoder.feed(rest.first(count), seen, seen.stop);
    if (result != net::WebSocketClose::normal || seen.stop) return result;
    rest = rest.subspan(count);
  }
  return net::WebSocketClose::normal;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const ByteView bytes(data + 1, size - 1);
  Seen whole, cut;
  const auto a = feed(bytes, bytes.size() + 1, whole);
  const auto b = feed(bytes, static_cast<std::size_t>(data[0]) + 1, cut);
  HG_ASSERT(a == b && whole.payload == cut.payload && whole.pings == cut.pings && whole.stop == cut.stop);
  HG_ASSERT(whole.payload.size() + whole.pings.size() <= size);
  return 0;
}
