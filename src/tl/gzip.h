// gzip_packed contents: inflating what a client sent, deflating large answers. Thread-safe.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/result.h"

namespace heliograph::tl {

// Memory grows with what comes out and stops at `size_max` bytes.
// Errors: GZIP_INVALID (not gzip or zlib data, damaged, cut short), GZIP_TOO_LARGE.
Result<Bytes> gunzip(ByteView packed, std::size_t size_max);

// The gzip form, or nothing where it would save less than a tenth. Data that does not look compressible is
// given up after a first look at a few KiB (file parts mostly are compressed already).
std::optional<Bytes> gzip_if_smaller(ByteView data);

// Whether this is a gzip_packed object, by its id.
bool is_gzip_packed(ByteView object);
// What is in it. Errors: those of gunzip; GZIP_INVALID where `object` is cut short.
Result<Bytes> unpack_gzip_packed(ByteView object, std::size_t size_max);

}  // namespace heliograph::tl
