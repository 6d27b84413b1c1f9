// The process that reads pictures. It serves one request and ends: a file that takes it over has nothing to
// find in it but itself.
//
// A request is an operation and what it takes, an answer a status and what it gives; each in a frame of a
// little-endian length and so many bytes.
#pragma once

#include <functional>

#include "images/images.h"

namespace heliograph::images {

enum class Operation : std::uint8_t {
  pictures = 1,  // Job -> Pictures
  look = 2,      // a file -> Seen; in a program of its own (vision/main.cc)
};

enum class Answer : std::uint8_t {
  // None is an Operation: a request that comes back is no answer.
  done = 0x80,
  wrong_format = 0x81,
  wrong_dimensions = 0x82,
  failed = 0x83,
};

inline constexpr std::size_t request_bytes_max = 64 << 20;
inline constexpr std::size_t answer_bytes_max = 32 << 20;

// What the worker does with a request; never fails, whatever it is given.
Bytes answer_to(ByteView request);

Bytes request_for(const Job& job);
// The caller's side: what an answer to request_for() says. Not believed more than it has to be: whoever
// wrote it may have been taken over.
Result<Pictures> pictures_from(ByteView answer);

// The same for a model that looks at pictures: `look` says how surely one is sexual, 0 to 1.
Bytes answer_to_look(ByteView request, const std::function<Result<float>(ByteView file)>& look);
Bytes request_to_look(ByteView file);
Result<Seen> seen_from(ByteView answer);

// The whole of the worker's life: gives up its rights, reads a request from `descriptor`, answers, returns
// what the process should end with.
int run_worker(int descriptor, const std::function<Bytes(ByteView request)>& answer = answer_to);

}  // namespace heliograph::images
