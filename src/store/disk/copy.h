// Blobs for a backup, and back.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace heliograph::store::disk {

// Copies every blob in the folder `from` that `to` does not have, on disk when this returns; also while a
// server uses `from`. Taken after the database, the copy has all that the database names. Parts of uploads
// under way stay behind: their senders are asked for them again. A `from` that is not there has no blobs.
// unavailable BLOBS_FULL, BLOBS_FAILED.
Status copy_blobs(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace heliograph::store::disk
