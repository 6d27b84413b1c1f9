#include "mtproto/transport.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "mtproto/testing/client_transport.h"

namespace heliograph::mtproto {
namespace {

struct Kind {
  Framing framing;
  bool obfuscated;
};
constexpr Kind kinds[] = {{Framing::abridged, false}, {Framing::intermediate, false},
                          {Framing::padded, false},   {Framing::full, false},
                          {Framing::abridged, true},  {Framing::intermediate, true},
                          {Framing::padded, true}};

std::string name(const testing::TestParamInfo<Kind>& which) {
  static constexpr const char* names[] = {"Abridged", "Intermediate", "Padded", "Full"};
  return std::string(names[static_cast<int>(which.param.framing)]) +
         (which.param.obfuscated ? "Obfuscated" : "");
}

// Everything the transport gives for `stream`, which comes in pieces as `cuts` say.
std::vector<Bytes> packets_of(Transport& transport, ByteView stream, const std::vector<std::size_t>& cuts) {
  std::vector<Bytes> packets;
  std::size_t at = 0;
  const auto feed = [&](std::size_t end) {
    EXPECT_TRUE(transport.receive(stream.subspan(at, end - at)));
    at = end;
    for (;;) {
      const auto packet = transport.next();
      ASSERT_TRUE(packet) << packet.error().code;
      if (!*packet) return;
      packets.push_back(to_bytes((*packet)->payload));
    }
  };
  for (const auto cut : cuts) feed(cut);
  feed(stream.size());
  return packets;
}

class Transports : public testing::TestWithParam<Kind> {
 protected:
  SeededRandom random{1};
  ClientTransport client{GetParam().framing, GetParam().obfuscated, random};
  Transport server;
};
INSTANTIATE_TEST_SUITE_P(, Transports, testing::ValuesIn(kinds), name);

TEST_P(Transports, PacketsComeOutHoweverTheStreamIsCut) {
  // As long as encrypted packets can be; 504 and 520 bytes are either side of the abridged framing's short
  // form.
  const std::vector<Bytes> sent = {random.bytes(40), random.bytes(4), random.bytes(504), random.bytes(520)};
  Bytes stream;
  for (const auto& packet : sent) client.write(packet, stream);

  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    Transport fresh;
    ASSERT_EQ(packets_of(fresh, stream, {cut}), sent) << "cut at " << cut;
    EXPECT_EQ(fresh.buffered(), 0u);
  }
  std::vector<std::size_t> everywhere(stream.size());
  for (std::size_t i = 0; i < everywhere.size(); ++i) everywhere[i] = i;
  EXPECT_EQ(packets_of(server, stream, everywhere), sent);
  EXPECT_EQ(server.framing(), GetParam().framing);
  EXPECT_EQ(server.obfuscated(), GetParam().obfuscated);
}

TEST_P(Transports, AnswersReachTheClient) {
  Bytes stream;
  client.write(random.bytes(40), stream);
  packets_of(server, stream, {});

  const auto large = random.bytes(5000);
  Bytes answers;
  server.write(large, answers);
  server.write_quick_ack(0x12345678, answers);
  server.write_error(TransportError::key_unknown, answers);
  client.receive(answers);
  EXPECT_EQ(to_bytes((*client.next())->payload), large);
  if (GetParam().framing != Framing::full) {
    EXPECT_EQ((*client.next())->quick_ack, 0x92345678u);
  }
  const auto error = client.next();
  EXPECT_EQ(ClientTransport::error_of((*error)->payload), -404);
  EXPECT_FALSE(*client.next());
}

TEST_P(Transports, QuickAckIsAskedForPerPacket) {
  const bool possible = GetParam().framing != Framing::full;
  Bytes stream;
  client.write(random.bytes(40), stream, true);
  client.write(random.bytes(800), stream, true);
  client.write(random.bytes(40), stream);
  ASSERT_TRUE(server.receive(stream));
  EXPECT_EQ((*server.next())->quick_ack, possible);
  EXPECT_EQ((*server.next())->quick_ack, possible);
  EXPECT_FALSE((*server.next())->quick_ack);
}

TEST_P(Transports, ALengthThatIsTooLargeIsRefusedBeforeItsBytesCome) {
  Bytes stream;
  client.write(random.bytes(2000), stream);
  Transport small(Transport::Limits{.packet_bytes_max = 1000});
  const auto greeting = stream.size() - 2000;
  ASSERT_TRUE(small.receive(ByteView(stream).first(greeting)));
  const auto packet = small.next();
  ASSERT_FALSE(packet);
  EXPECT_EQ(packet.error().code, "PACKET_TOO_LARGE");
  EXPECT_EQ(small.buffered(), 0u);
  EXPECT_EQ(small.receive(stream).error().code, "PACKET_TOO_LARGE") << "the error is final";
  EXPECT_EQ(small.next().error().code, "PACKET_TOO_LARGE");
}

TEST_P(Transports, NothingIsWrittenBeforeTheFramingIsKnown) {
  Bytes out;
  server.write(random.bytes(8), out);
  server.write_error(TransportError::flood, out);
  server.write_quick_ack(1, out);
  EXPECT_TRUE(out.empty());
}

Error error_of(ByteView stream) {
  Transport transport;
  if (auto received = transport.receive(stream); !received) return received.error();
  for (;;) {
    auto packet = transport.next();
    if (!packet) return packet.error();
    if (!*packet) return Error::internal("NONE");
  }
}

TEST(Transport, HttpAndTlsAreTold) {
  EXPECT_EQ(error_of(as_bytes("GET / HTTP/1.1\r\n")).code, "TRANSPORT_HTTP");
  EXPECT_EQ(error_of(as_bytes("POST")).code, "TRANSPORT_HTTP");
  EXPECT_EQ(error_of(from_hex("1603010200010001fc")).code, "TRANSPORT_HTTP");
  EXPECT_EQ(error_of(as_bytes("GE")).code, "NONE");
}

TEST(Transport, LengthsThatCannotBeAreRefused) {
  EXPECT_EQ(error_of(from_hex("ef00")).code, "PACKET_LENGTH_INVALID");
  EXPECT_EQ(error_of(from_hex("eeeeeeee 00000000")).code, "PACKET_LENGTH_INVALID");
  EXPECT_EQ(error_of(from_hex("eeeeeeee 29000000")).code, "PACKET_LENGTH_INVALID");
  EXPECT_EQ(error_of(from_hex("dddddddd 03000000")).code, "PACKET_LENGTH_INVALID");
  EXPECT_EQ(error_of(from_hex("0c000000 00000000")).code, "PACKET_LENGTH_INVALID");
  EXPECT_EQ(error_of(from_hex("35000000 00000000")).code, "PACKET_LENGTH_INVALID");
  EXPECT_EQ(error_of(from_hex("ffffffff 00000000")).code, "PACKET_TOO_LARGE");
  EXPECT_EQ(error_of(from_hex("ef7fffffff")).code, "PACKET_TOO_LARGE");
}

TEST(Transport, FullFramingChecksItsNumbersAndSum) {
  SeededRandom random(1);
  ClientTransport client(Framing::full, false, random);
  Bytes first, second;
  client.write(random.bytes(16), first);
  client.write(random.bytes(16), second);

  auto both = first;
  append(both, second);
  EXPECT_EQ(error_of(both).code, "NONE");
  auto again = first;
  append(again, first);
  EXPECT_EQ(error_of(again).code, "PACKET_SEQUENCE_INVALID");
  for (const std::size_t changed : {8u, 23u, 24u, 27u}) {
    auto damaged = first;
    damaged[changed] ^= 1;
    EXPECT_EQ(error_of(damaged).code, "PACKET_CRC_INVALID");
  }
}

TEST(Transport, PaddingIsCutOffEncryptedPackets) {
  SeededRandom random(1);
  const auto packet = random.bytes(24 + 48);
  for (std::uint8_t padding = 0; padding < 16; ++padding) {
    auto stream = from_hex("dddddddd");
    append_le(stream, static_cast<std::uint32_t>(packet.size() + padding));
    append(stream, packet);
    append(stream, random.bytes(padding));
    Transport transport;
    EXPECT_EQ(packets_of(transport, stream, {}), std::vector<Bytes>({packet})) << int{padding};
  }
}

TEST(Transport, SixtyFourBytesOfNothingKnownAreRefused) {
  Bytes garbage(64, 0x42);
  EXPECT_EQ(error_of(ByteView(garbage).first(63)).code, "NONE");
  EXPECT_EQ(error_of(garbage).code, "OBFUSCATION_INVALID");
}

TEST(Transport, TheDataCentreInAnObfuscatedHeaderIsIgnored) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {  // its field is random here as it is in clients
    SeededRandom random(seed);
    ClientTransport client(Framing::intermediate, true, random);
    Bytes stream;
    client.write(random.bytes(40), stream);
    EXPECT_EQ(error_of(stream).code, "NONE");
  }
}

TEST(Transport, IsSmallWhenIdle) {
  EXPECT_LE(sizeof(Transport) + sizeof(Obfuscation), 512u);
}

}  // namespace
}  // namespace heliograph::mtproto
