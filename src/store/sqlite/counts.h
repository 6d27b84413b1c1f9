// How many messages a dialog has, for the `total` of every page of history: counted once, and from then on
// only what has been added. Boxes say when something was taken out (boxes.erasures); then it is counted anew.
// Belongs to one reading connection, whose snapshots only move forward.
#pragma once

#include <unordered_map>

#include "base/ids.h"
#include "base/peer.h"
#include "store/sqlite/connection.h"

namespace heliograph::store::sqlite {

struct Session;

class Counts {
 public:
  // `capacity`: dialogs remembered.
  explicit Counts(std::size_t capacity = 10'000) : capacity_(capacity) {}
  Result<std::int64_t> of(Session& session, BoxId owner, Peer peer);

 private:
  struct Dialog {
    BoxId owner;
    Peer peer;
    bool operator==(const Dialog&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Dialog& dialog) const {
      return std::hash<BoxId>{}(dialog.owner) * 31 + std::hash<Peer>{}(dialog.peer);
    }
  };
  struct Count {
    std::int64_t messages = 0;
    std::int32_t up_to = 0;  // counted up to this id
    std::int64_t erasures = 0;
  };

  std::size_t capacity_;
  std::unordered_map<Dialog, Count, Hash> counts_;
};

}  // namespace heliograph::store::sqlite
