// What bounds durable sends from below: the disk, and the store without a network before it.
#pragma once

#include <filesystem>

#include "base/random.h"

namespace heliograph::bench {

// fdatasync calls a second, each after 4 KiB written over a file in `folder`, one thread.
double syncs_per_second(const std::filesystem::path& folder);

// Private messages a second that the store takes through services::send_message, each acknowledged when
// durable, with `window` outstanding between `accounts` accounts in pairs: group commit, no sockets, no
// encryption.
double store_sends_per_second(const std::filesystem::path& folder, std::size_t accounts, std::size_t window,
                              Random& random);

}  // namespace heliograph::bench
