// A disk that fails on command, for tests: an SQLite VFS over the system's that counts what changes a file
// (writes, syncs, truncations), fails the call that it is told to, and remembers what each file held when it
// was last synced, so that a test can pull the plug.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "base/bytes.h"

namespace heliograph::store::sqlite {

class FaultVfs {
 public:
  enum class Fault : std::uint8_t {
    once,   // one call fails with an I/O error
    full,   // every write from then on fails: no space; until heal()
    death,  // every call from then on fails and does nothing: the process or the machine has gone
  };
  // What the plug leaves of what was written and not synced.
  enum class Left : std::uint8_t { nothing, everything, database_only };

  // The one instance, registered with SQLite under name(). Use it from one test at a time.
  static FaultVfs& instance();
  const char* name() const { return "heliograph-fault"; }

  // Forgets all files and faults.
  void reset();
  // The `nth` call from now (1: the next).
  void arm(Fault fault, std::int64_t nth);
  void heal();
  // Calls counted since the last arm() or reset().
  std::int64_t calls() const { return calls_; }
  bool fired() const { return fired_; }
  // With all files closed: makes them what a machine finds after the power has come back.
  void pull_plug(Left left);

  // For the VFS's own functions.
  enum class Call : std::uint8_t { write, sync, truncate, remove };
  // SQLITE_OK, or the error to answer with.
  int next(Call call);
  bool dead();
  void opened(const std::string& path);
  void synced(const std::string& path);
  void removed(const std::string& path);

 private:
  FaultVfs();

  std::mutex mutex_;
  std::atomic<std::int64_t> calls_ = 0;
  std::atomic<bool> fired_ = false;
  Fault fault_ = Fault::once;
  std::int64_t fail_at_ = 0;  // 0: never
  std::set<std::string> files_;
  std::map<std::string, Bytes> on_disk_;  // as last synced
  sqlite3_vfs vfs_{};
};

}  // namespace heliograph::store::sqlite
