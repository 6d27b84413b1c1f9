// How much of files a server takes, from the configuration.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/clock.h"

namespace heliograph::services {

struct FileLimits {
  // Parts of one file; with parts of at most 512 KiB this is what limits its size (2,000 MiB).
  std::int32_t parts_max = 4000;
  // What one account may have sent without using it. Over it: FLOOD_WAIT.
  std::int64_t unfinished_bytes_max = std::int64_t{4} << 30;
  std::int64_t unfinished_files_max = 100;
  // An upload that no part has been added to for so long is forgotten.
  Duration upload_lifetime = std::chrono::hours(24);
  // A file reference is good for this long, and up to an eighth longer.
  Duration reference_lifetime = std::chrono::hours(24);
  // What can become a photo, or a thumbnail.
  std::int64_t photo_bytes_max = 10 << 20;
  std::int64_t thumb_bytes_max = 2 << 20;
};

}  // namespace heliograph::services
