#include "mtproto/container.h"

#include "mtproto/service_ids.h"
#include "mtproto/wire.h"

namespace heliograph::mtproto {

namespace {
constexpr std::size_t inner_header_bytes = 16;
}

Result<std::vector<InnerMessage>> parse_container(ByteView body, std::int64_t container_msg_id,
                                                  std::size_t count_max) {
  const auto invalid = [] { return fail(Error::invalid("CONTAINER_INVALID")); };
  WireReader in(body);
  if (in.u32() != id::msg_container) return invalid();
  const std::size_t count = in.u32();
  if (in.failed() || count > count_max || count > in.rest().size() / inner_header_bytes) return invalid();
  std::vector<InnerMessage> messages(count);
  for (auto& message : messages) {
    message.msg_id = in.i64();
    message.seqno = in.i32();
    const std::size_t size = in.u32();
    message.body = in.raw(size);
    if (in.failed() || size < 4 || size % 4 != 0 || message.msg_id >= container_msg_id) return invalid();
    if (load_le<std::uint32_t>(message.body.data()) == id::msg_container) return invalid();
  }
  if (!in.rest().empty()) return invalid();
  return messages;
}

Bytes build_container(const std::vector<InnerMessage>& messages) {
  std::size_t size = 8;
  for (const auto& message : messages) size += inner_header_bytes + message.body.size();
  WireWriter out(size);
  out.u32(id::msg_container).u32(static_cast<std::uint32_t>(messages.size()));
  for (const auto& message : messages) {
    out.i64(message.msg_id).i32(message.seqno).u32(static_cast<std::uint32_t>(message.body.size()));
    out.raw(message.body);
  }
  return out.take();
}

}  // namespace heliograph::mtproto
