// What Sessions knows about the packet it is working on.
#pragma once

#include "mtproto/sessions.h"
#include "mtproto/wire.h"
#include "tl/gzip.h"

namespace heliograph::mtproto {

struct Sessions::Packet {
  ConnectionId connection;
  Session* session = nullptr;
  Output* out = nullptr;
  Monotonic now{};
  UnixSeconds unix_now = 0;
  std::size_t inflate_budget = 0;     // bytes that gzip_packed may still grow to
  std::size_t ids_budget = 2 * 8192;  // ids that lists may still hold
  bool fresh = false;                 // brought a request that was not known
  bool salts_answered = false;
  bool malformed = false;

  // `body` starts with gzip_packed. What comes out is well-formed (not empty, a multiple of 4 bytes).
  Result<Bytes> inflate(ByteView body, std::size_t size_max) {
    WireReader in(body.subspan(4));
    const auto packed = in.bytes();
    if (in.failed() || !in.rest().empty()) return fail(Error::invalid("GZIP_INVALID"));
    HG_ASSIGN(auto out_bytes, tl::gunzip(packed, std::min(size_max, inflate_budget)));
    inflate_budget -= out_bytes.size();
    if (out_bytes.size() < 4 || out_bytes.size() % 4 != 0) return fail(Error::invalid("GZIP_INVALID"));
    return out_bytes;
  }
  std::vector<std::int64_t> ids(WireReader& in, std::size_t count_max) {
    auto out_ids = in.longs(std::min(count_max, ids_budget));
    ids_budget -= out_ids.size();
    return out_ids;
  }
};

}  // namespace heliograph::mtproto
