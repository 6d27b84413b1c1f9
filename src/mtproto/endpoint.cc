#include "mtproto/endpoint.h"

namespace heliograph::mtproto {

Result<std::uint32_t> Endpoint::receive(ConnectionId connection, ByteView packet, Output& out) {
  // One packet at a time on a thread; large ones give their memory back.
  constexpr std::size_t scratch_bytes_max = 64 << 10;
  thread_local Bytes scratch;
  auto message = decrypt(key_, Sender::client, packet, scratch);
  if (!message) return fail(std::move(message).error());
  auto status = sessions_.receive(connection, *message, out);
  if (scratch.capacity() > scratch_bytes_max) Bytes().swap(scratch);
  if (!status) return fail(std::move(status).error());
  return message->quick_ack_token;
}

void Endpoint::flush(Output& out) {
  std::vector<OutgoingMessage> messages;
  sessions_.flush(out, messages);
  for (const auto& each : messages) {
    auto& packet = out.packets.emplace_back(Packet{.connection = each.connection, .bytes = {}});
    packet.bytes.reserve(each.body.size() + packet_overhead_max);
    encrypt(key_, Sender::server,
            Message{.salt = each.salt,
                    .session_id = each.session,
                    .msg_id = each.msg_id,
                    .seqno = each.seqno,
                    .data = each.body},
            *random_, packet.bytes);
  }
}

}  // namespace heliograph::mtproto
