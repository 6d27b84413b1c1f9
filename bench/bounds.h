// What bounds the workloads from below: the disk, and the services on the store without a network before
// them.
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

// Pages of 100 messages a second that the service reads from a dialog of `messages`, one after the other.
double store_pages_per_second(const std::filesystem::path& folder, std::size_t messages, Random& random);

// Updates a second that the service reads for an account that is `messages` behind, slice after slice.
double store_updates_per_second(const std::filesystem::path& folder, std::size_t messages, Random& random);

}  // namespace heliograph::bench
