// File references: what shows that a client has seen a photo or document lately, in a place it may look at
// (core.telegram.org/api/file_reference). Bytes that only this server can make, with a date; every answer
// that shows the object carries a fresh one. They are the same for every viewer and for an eighth of their
// lifetime, so that a post can be rendered once for all its readers.
#pragma once

#include "services/environment.h"
#include "services/files/limits.h"

namespace heliograph::services {

// Goes with the id wherever the object is named. Never 0.
std::int64_t media_access_hash(const Environment& environment, std::int64_t media);

// The same of a set of stickers.
std::int64_t sticker_set_access_hash(const Environment& environment, std::int64_t set);

class FileReferences {
 public:
  // `secret`: Environment::access_secret. Both outlive it.
  FileReferences(const Bytes& secret, const Clock& clock, const FileLimits& limits)
      : secret_(secret),
        clock_(clock),
        lifetime_(std::chrono::duration_cast<std::chrono::seconds>(limits.reference_lifetime).count()) {}

  Bytes make(std::int64_t media) const;
  // invalid FILE_REFERENCE_EMPTY, FILE_REFERENCE_INVALID, FILE_REFERENCE_EXPIRED.
  Status check(std::int64_t media, ByteView reference) const;

 private:
  Bytes signed_until(std::int64_t media, UnixSeconds until) const;

  const Bytes& secret_;
  const Clock& clock_;
  const std::int64_t lifetime_;  // seconds
};

}  // namespace heliograph::services
