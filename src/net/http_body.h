// The body of an HTTP request, by length or in chunks (RFC 9112 sections 6 and 7), as it comes.
//
// Beast parses headers only: its chunk parser (1.74 to 1.81) asserts when the last chunk comes byte by byte.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace heliograph::net {

class HttpBody {
 public:
  // `limit`: of the decoded body.
  static HttpBody of_length(std::uint64_t length, std::uint64_t limit);
  static HttpBody chunked(std::uint64_t limit);

  // Takes what belongs to the body off the front of `bytes`; the number of bytes taken. Errors:
  // HTTP_BODY_INVALID, HTTP_BODY_TOO_LONG; then the connection is of no use any more.
  Result<std::size_t> take(ByteView bytes);
  bool complete() const { return state_ == State::complete; }
  std::string& text() { return text_; }

 private:
  enum class State : std::uint8_t {
    size,
    extension,
    size_end,
    data,
    data_end,
    data_end_lf,
    trailer,
    complete
  };
  explicit HttpBody(std::uint64_t limit) : limit_(limit) {}
  Status take_byte(char byte);

  std::uint64_t limit_;
  std::uint64_t left_ = 0;  // bytes of data still to come, of this chunk or of all
  std::string text_;
  State state_ = State::size;
  bool chunked_ = false;
  std::uint8_t digits_ = 0;
  std::uint16_t overhead_ = 0;  // bytes of this chunk's extension, or of the trailer
  std::uint8_t line_ = 0;       // bytes of this trailer line so far (0, 1 or more)
  bool after_cr_ = false;
};

}  // namespace heliograph::net
