// msg_container (core.telegram.org/mtproto/service_messages#containers): several messages in one.
#pragma once

#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace heliograph::mtproto {

// One message as it stands in a container; `body` is a view into the container's bytes.
struct InnerMessage {
  std::int64_t msg_id = 0;
  std::int32_t seqno = 0;
  ByteView body;
};

// `body` starts with msg_container's constructor id. Error: CONTAINER_INVALID for anything that the protocol
// answers with code 64: cut short, bytes left over, a container inside, more than `count_max` messages, an
// inner id that is not below the container's.
Result<std::vector<InnerMessage>> parse_container(ByteView body, std::int64_t container_msg_id,
                                                  std::size_t count_max);

// The container's body. Each message's length must be a multiple of 4.
Bytes build_container(const std::vector<InnerMessage>& messages);

}  // namespace heliograph::mtproto
