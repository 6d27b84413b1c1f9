// Copies of everything a server needs to start again: its database, its files and its keys.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace heliograph::app {

// Writes to the folder `target`, which is created or must be empty; also while a server runs. The copy holds
// the server's secrets: whoever has it has everything. Errors: those of store/sqlite/backup.h,
// and FILE_UNREADABLE, FILE_UNWRITABLE about the keys.
Status back_up(const std::filesystem::path& data, const std::filesystem::path& target);

// Puts it back into the folder `data`, which is created if missing. Nothing is overwritten and no server may
// be using the folder. Errors: BACKUP_INCOMPLETE (the keys are missing), DATA_EXISTS, DATA_DIR_IN_USE, those
// of store/sqlite/backup.h.
Status restore(const std::filesystem::path& source, const std::filesystem::path& data);

}  // namespace heliograph::app
