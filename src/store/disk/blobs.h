// Blobs in a folder: <folder>/ab/<64 hex digits>, written under <folder>/tmp/ and renamed when on disk; parts
// of unfinished uploads as <folder>/parts/<owner>/<file>/<number>.
#pragma once

#include <filesystem>
#include <memory>

#include "store/blobs.h"

namespace heliograph::store::disk {

struct BlobLimits {
  std::size_t threads = 2;     // for parts, reads and small blobs
  std::size_t queue = 4096;    // of those, waiting
  std::size_t joining = 1024;  // uploads waiting to be joined, which one thread does
};

// Makes the folder where it is missing, and clears what a crash has left in tmp/. One process at a time.
// `clock` gives blobs their times and outlives them.
Result<std::unique_ptr<Blobs>> open_blobs(const std::filesystem::path& folder, const Clock& clock,
                                          const BlobLimits& limits = {});

// Where a blob is, for a program that reads beside the server: open_blobs() is the server's alone.
std::filesystem::path path_of_blob(const std::filesystem::path& folder, const BlobName& name);

}  // namespace heliograph::store::disk
