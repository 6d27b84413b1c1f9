// Files of media at the command line, as the server would see them if somebody posted them.
#pragma once

#include <filesystem>

#include "app/viewer.h"
#include "base/result.h"
#include "safety/hashes/media_print.h"

namespace heliograph::app {

// Pictures are read in a process that can do nothing else, as the server does. A file that is no picture has
// a SHA-256 alone. `viewer`: a picture is also looked at by this model. invalid FILE_UNREADABLE (also: larger
// than 64 MiB), IMAGE_PROCESS_FAILED and the like: a picture that is broken.
Result<safety::MediaPrint> print_of_file(const std::filesystem::path& file, const NamedViewer& viewer = {});

}  // namespace heliograph::app
