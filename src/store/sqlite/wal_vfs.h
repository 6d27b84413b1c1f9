// An SQLite VFS that gathers what is written to the write-ahead log and hands it to the system in large
// pieces. SQLite writes each page of a commit with two small calls, which cost more than the pages
// themselves.
//
// Nobody may look at the gathered part before it is written: SQLite publishes a commit to other connections
// only after it has synced the log (synchronous = FULL), and a sync writes everything out first, as does a
// read. So this is for the connection that writes, with that setting; what a crash leaves is the same as
// without it.
#pragma once

namespace heliograph::store::sqlite {

// Registers it over the VFS of that name (null: the system's), once. Returns its own name, which lives on.
// Null when there is no such VFS. Thread-safe.
const char* buffered_log_vfs(const char* under);

}  // namespace heliograph::store::sqlite
