// What is too long for one body comes in pieces, each in a request of its own, in their order. Kept in memory
// until the last one has come: a restart forgets them, and whoever sends begins again. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace heliograph::web {

class Pieces {
 public:
  static constexpr std::int64_t pieces_most = 1000;
  static constexpr std::size_t bytes_most = 16 * 1024 * 1024;      // of one whole
  static constexpr std::size_t all_bytes_most = 64 * 1024 * 1024;  // of all that are not whole yet
  static constexpr auto kept = std::chrono::minutes(10);           // after the last piece

  explicit Pieces(const Clock& clock) : clock_(clock) {}

  // `whose`: who sends, and what for; one whole at a time. Piece 1 begins anew. Gives the whole with the last
  // piece, nothing before. invalid PIECE_MISSING: begin again; invalid PIECES_TOO_LONG; unavailable
  // PIECES_BUSY.
  Result<std::optional<std::string>> add(const std::string& whose, std::int64_t piece, std::int64_t pieces,
                                         std::string text);

 private:
  struct Begun {
    std::int64_t next = 1, pieces = 1;
    std::string text;
    Monotonic at;
  };

  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Begun> begun_;  // under mutex_
  std::size_t bytes_ = 0;               // the same
};

}  // namespace heliograph::web
