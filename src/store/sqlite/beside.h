// One transaction by another program than the server, also while a server runs on the same database: on
// tables of which it keeps nothing in memory.
#pragma once

#include <filesystem>
#include <functional>

#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

// On disk when this returns without an error. `place`: a data folder or a database file. Errors: those of
// Snapshot::open(); STORE_BUSY, STORE_FULL, STORE_READONLY, STORE_FAILED; the body's, and then nothing has
// changed.
Status change_beside(const std::filesystem::path& place, const std::function<Status(Session&)>& body);

}  // namespace heliograph::store::sqlite
