// The first byte chooses. Even: the rest are requests to one Handshake, each after two bytes of length. Odd:
// a real client makes a key (2: with the legacy padding), and the rest changes bytes of its requests: per
// request a count of changes, then for each a place and a mask, in two bytes each. The server's random
// numbers are the same in each run, all but its RSA key.
#include <algorithm>

#include "base/assert.h"
#include "crypto/random.h"
#include "mtproto/testing/client_handshake.h"

using namespace heliograph;

namespace {

const std::vector<crypto::RsaKey>& keys() {
  static const auto made = [] {
    std::vector<crypto::RsaKey> list;
    list.push_back(crypto::RsaKey::generate());
    return list;
  }();
  return made;
}

// A number of 16 bits from the input, 0 when it is used up.
std::uint16_t take(ByteView& input) {
  if (input.size() < 2) return 0;
  const auto number = load_le<std::uint16_t>(input.data());
  input = input.subspan(2);
  return number;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  ByteView input(data + 1, size - 1);
  SeededRandom random(1);
  ManualClock clock;
  const mtproto::Handshake::Setup setup{keys(), &random, &clock, {}};
  mtproto::Handshake server(setup);

  if ((data[0] & 1) == 0) {
    while (input.size() > 2) {
      const auto length = std::min<std::size_t>(take(input), input.size());
      const auto reply = server.receive(input.first(length));
      HG_ASSERT(!reply || !reply->new_key);
      input = input.subspan(length);
    }
    return 0;
  }

  mtproto::ClientHandshake client(keys()[0].public_key(), {.legacy_padding = (data[0] & 2) != 0}, random,
                                  clock);
  Bytes request = client.start();
  while (!request.empty()) {
    for (auto changes = take(input) % 4; changes > 0; --changes) {
      const auto at = take(input) % request.size();
      const auto by = static_cast<std::uint8_t>(take(input));
      request[at] ^= by;
    }
    auto reply = server.receive(request);
    if (!reply) return 0;
    auto step = client.receive(reply->message);
    if (!step) return 0;
    if (step->new_key) HG_ASSERT(reply->new_key && step->new_key->key.bytes() == reply->new_key->key.bytes());
    request = step->send;
  }
  return 0;
}
