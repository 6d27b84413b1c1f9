// Errors are values. Every function that can fail for a reason its caller should handle returns
// Result<T>; the compiler insists that it is looked at.
//
// Three kinds of failure, told apart by Error::kind:
//   the caller was wrong   invalid, unauthorized, forbidden, not_found, not_acceptable, flood
//   the world failed       unavailable (database away, deadline passed, disk full): retriable
//   we were wrong          internal; or HG_ASSERT, never on anything a stranger sent
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace heliograph {

enum class ErrorKind : std::uint8_t {
  invalid,         // the request cannot be right as sent (wire 400)
  unauthorized,    // who is asking is not known (wire 401)
  forbidden,       // known, and not allowed (wire 403)
  not_found,       // what was named does not exist (wire 404 or 400)
  not_acceptable,  // the client should not show this error to its user (wire 406)
  flood,           // too often, or not now; wait_seconds says when to come back, 0: not known (wire 420)
  internal,        // our fault (wire 500)
  unavailable,     // the world failed; trying again may help (wire 500)
};

// `code` is stable: clients and tests compare it. Where the wire protocol has a name for the error
// (PHONE_CODE_INVALID) the code is that name. It must have static storage duration.
// `message` tells a person what to do; it never holds personal data or secrets.
struct [[nodiscard]] Error {
  ErrorKind kind = ErrorKind::internal;
  std::string_view code;
  std::string message;
  std::int32_t wait_seconds = 0;  // flood only

  static Error invalid(std::string_view code, std::string message = {}) {
    return {ErrorKind::invalid, code, std::move(message)};
  }
  static Error unauthorized(std::string_view code, std::string message = {}) {
    return {ErrorKind::unauthorized, code, std::move(message)};
  }
  static Error forbidden(std::string_view code, std::string message = {}) {
    return {ErrorKind::forbidden, code, std::move(message)};
  }
  static Error not_found(std::string_view code, std::string message = {}) {
    return {ErrorKind::not_found, code, std::move(message)};
  }
  static Error not_acceptable(std::string_view code, std::string message = {}) {
    return {ErrorKind::not_acceptable, code, std::move(message)};
  }
  // `code` is the prefix ("FLOOD_WAIT", "SLOWMODE_WAIT"); the wire appends "_<seconds>", unless they are 0.
  static Error flood(std::int32_t wait_seconds, std::string_view code = "FLOOD_WAIT") {
    return {ErrorKind::flood, code, "Too many attempts; wait before trying again.", wait_seconds};
  }
  static Error internal(std::string_view code, std::string message = {}) {
    return {ErrorKind::internal, code, std::move(message)};
  }
  static Error unavailable(std::string_view code, std::string message = {}) {
    return {ErrorKind::unavailable, code, std::move(message)};
  }
};

template <typename T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

inline std::unexpected<Error> fail(Error error) {
  return std::unexpected<Error>(std::move(error));
}

}  // namespace heliograph

// Early return. HG_TRY(expr) for its effect; HG_ASSIGN(auto x, expr) for its value.
// The CO_ forms are for coroutines (Task<Result<T>>).
#define HG_CONCAT_(a, b) a##b
#define HG_CONCAT(a, b) HG_CONCAT_(a, b)
#define HG_TRY_IMPL(tmp, ret, ...)                             \
  do {                                                         \
    auto tmp = (__VA_ARGS__);                                  \
    if (!tmp) ret ::std::unexpected(::std::move(tmp).error()); \
  } while (false)
#define HG_ASSIGN_IMPL(tmp, ret, decl, ...)                  \
  auto tmp = (__VA_ARGS__);                                  \
  if (!tmp) ret ::std::unexpected(::std::move(tmp).error()); \
  decl = ::std::move(*tmp)
#define HG_TRY(...) HG_TRY_IMPL(HG_CONCAT(hg_try_, __LINE__), return, __VA_ARGS__)
#define HG_ASSIGN(decl, ...) HG_ASSIGN_IMPL(HG_CONCAT(hg_try_, __LINE__), return, decl, __VA_ARGS__)
#define CO_TRY(...) HG_TRY_IMPL(HG_CONCAT(hg_try_, __LINE__), co_return, __VA_ARGS__)
#define CO_ASSIGN(decl, ...) HG_ASSIGN_IMPL(HG_CONCAT(hg_try_, __LINE__), co_return, decl, __VA_ARGS__)
