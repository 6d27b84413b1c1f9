// The one place where errors become the wire's: rpc_error with a number and a name
// (core.telegram.org/api/errors).
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace heliograph::api {

struct WireError {
  std::int32_t code = 500;
  std::string message;  // PHONE_CODE_INVALID, FLOOD_WAIT_30
};

// Pure. An error without a code of its own becomes INTERNAL.
WireError to_wire(const Error& error);
// rpc_error, TL-encoded.
Bytes encode_error(const Error& error);

}  // namespace heliograph::api
