// The first byte says how the rest is cut into pieces; the rest is what a stranger sends on a new connection.
#include <algorithm>

#include "base/assert.h"
#include "mtproto/transport.h"

using namespace heliograph;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = data[0] == 0 ? size : data[0];
  ByteView stream(data + 1, size - 1);
  mtproto::Transport transport(mtproto::Transport::Limits{.packet_bytes_max = 4096});
  std::size_t received = 0, delivered = 0;
  while (!stream.empty()) {
    const auto count = std::min(piece, stream.size());
    if (!transport.receive(stream.first(count))) return 0;
    received += count;
    stream = stream.subspan(count);
    for (;;) {
      const auto packet = transport.next();
      if (!packet) {
        HG_ASSERT(transport.buffered() == 0);
        return 0;
      }
      if (!*packet) break;
      HG_ASSERT((*packet)->payload.size() >= 4 && (*packet)->payload.size() <= 4096 + 16);
      delivered += (*packet)->payload.size();
      Bytes out;
      transport.write(Bytes(8), out);
      transport.write_quick_ack(1, out);
    }
    HG_ASSERT(delivered + transport.buffered() <= received);
  }
  return 0;
}
