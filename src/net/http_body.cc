#include "net/http_body.h"

#include <algorithm>

namespace heliograph::net {

namespace {

constexpr std::uint16_t overhead_max = 4096;
constexpr std::uint8_t digits_max = 15;  // of a chunk's size: no overflow is possible

std::unexpected<Error> invalid() {
  return fail(Error::invalid("HTTP_BODY_INVALID", "The body is not well formed."));
}
std::unexpected<Error> too_long() {
  return fail(Error::invalid("HTTP_BODY_TOO_LONG", "The body is too long."));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

HttpBody HttpBody::of_length(std::uint64_t length, std::uint64_t limit) {
  HttpBody body(limit);
  body.left_ = length;
  body.state_ = length == 0 ? State::complete : State::data;
  return body;
}

HttpBody HttpBody::chunked(std::uint64_t limit) {
  HttpBody body(limit);
  body.chunked_ = true;
  return body;
}

Result<std::size_t> HttpBody::take(ByteView bytes) {
  if (state_ == State::data && left_ > limit_ - text_.size()) return too_long();
  std::size_t taken = 0;
  while (taken < bytes.size() && state_ != State::complete) {
    if (state_ == State::data) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - taken));
      text_ += as_text(bytes.subspan(taken, count));
      taken += count;
      left_ -= count;
      if (left_ == 0) state_ = chunked_ ? State::data_end : State::complete;
      continue;
    }
    HG_TRY(take_byte(static_cast<char>(bytes[taken++])));
  }
  return taken;
}

// Everything around the data of chunks.
Status HttpBody::take_byte(char byte) {
  switch (state_) {
    case State::size:
      if (const int digit = hex_digit(byte); digit >= 0) {
        if (++digits_ > digits_max) return too_long();
        left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
        return {};
      }
      if (digits_ == 0) return invalid();
      overhead_ = 0;
      if (byte == '\r') return state_ = State::size_end, Status();
      if (byte == ';' || byte == ' ' || byte == '\t') return state_ = State::extension, Status();
      return invalid();
    case State::extension:
      if (byte == '\r') return state_ = State::size_end, Status();
      if (byte == '\n' || ++overhead_ > overhead_max) return invalid();
      return {};
    case State::size_end:
      if (byte != '\n') return invalid();
      if (left_ > limit_ - text_.size()) return too_long();
      overhead_ = 0;
      line_ = 0;
      digits_ = 0;
      state_ = left_ == 0 ? State::trailer : State::data;
      return {};
    case State::data_end:
      if (byte != '\r') return invalid();
      return state_ = State::data_end_lf, Status();
    case State::data_end_lf:
      if (byte != '\n') return invalid();
      return state_ = State::size, Status();
    case State::trailer:
      // Trailer fields are read over; an empty line ends them.
      if (++overhead_ > overhead_max) return invalid();
      if (after_cr_) {
        if (byte != '\n') return invalid();
        after_cr_ = false;
        if (line_ == 0) state_ = State::complete;
        line_ = 0;
        return {};
      }
      if (byte == '\n') return invalid();
      if (byte == '\r') {
        after_cr_ = true;
      } else {
        line_ = 1;
      }
      return {};
    case State::data:
    case State::complete:
      break;
  }
  return {};
}

}  // namespace heliograph::net
