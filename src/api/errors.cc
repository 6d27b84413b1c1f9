#include "api/errors.h"

namespace heliograph::api {

WireError to_wire(const Error& error) {
  std::string message(error.code.empty() ? "INTERNAL" : error.code);
  switch (error.kind) {
    case ErrorKind::invalid:
    case ErrorKind::not_found:  // the protocol names what was not found in the message, under 400
      if (error.wait_seconds > 0) message += "_" + std::to_string(error.wait_seconds);
      return {400, std::move(message)};
    case ErrorKind::unauthorized:
      return {401, std::move(message)};
    case ErrorKind::forbidden:
      return {403, std::move(message)};
    case ErrorKind::not_acceptable:
      return {406, std::move(message)};
    case ErrorKind::flood:
      if (error.wait_seconds > 0) message += "_" + std::to_string(error.wait_seconds);
      return {420, std::move(message)};
    case ErrorKind::internal:
    case ErrorKind::unavailable:
      break;
  }
  return {500, std::move(message)};
}

Bytes encode_error(const Error& error) {
  const auto wire = to_wire(error);
  Bytes out;
  append_le<std::uint32_t>(out, 0x2144ca19);  // rpc_error
  append_le<std::int32_t>(out, wire.code);
  const auto size = std::min<std::size_t>(wire.message.size(), 253);
  out.push_back(static_cast<std::uint8_t>(size));
  append(out, as_bytes(wire.message).first(size));
  while (out.size() % 4 != 0) out.push_back(0);
  return out;
}

}  // namespace heliograph::api
