// Copies of the database: taken while a server runs, from any process; put back while none does.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace heliograph::store::sqlite {

// Writes a consistent copy of the database in `place` (a data folder or a database file) to the folder
// `target`, which is created, or must be empty. The server goes on writing meanwhile. When it returns, the
// copy is checked and on disk; after an error nothing is left that looks like a backup. Errors: not_found
// STORE_NOT_FOUND; invalid BACKUP_EXISTS (target holds something); unavailable STORE_FULL, STORE_READONLY,
// STORE_FAILED about the target or the source, as the message says.
Status backup(const std::filesystem::path& place, const std::filesystem::path& target);

// Puts the backup in the folder `source` into the data folder `data`, which is created if missing and must
// hold no database: invalid DATA_EXISTS otherwise, so that nothing is ever overwritten. No server may use the
// folder (STORE_LOCKED). The backup is checked first. Errors else as backup(), and STORE_TOO_NEW.
Status restore(const std::filesystem::path& source, const std::filesystem::path& data);

}  // namespace heliograph::store::sqlite
