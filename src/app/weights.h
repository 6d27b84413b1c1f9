// Files that hold what a model has learned: see models/fetch.sh.
#pragma once

#include <filesystem>

#include "base/bytes.h"
#include "base/result.h"

namespace heliograph::app {

// Where the running program lies: what is named nowhere is looked for there.
std::filesystem::path program_folder();

// At most 512 MiB. not_found WEIGHTS_MISSING, also what is larger; unavailable WEIGHTS_UNREADABLE. The
// message says which file and what is wrong, as part of a sentence.
Result<Bytes> read_weights(const std::filesystem::path& file);

}  // namespace heliograph::app
