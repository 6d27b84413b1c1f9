// Blocking that blocks: who is blocked cannot write, and sees neither status nor typing.
#pragma once

#include <vector>

#include "services/caller.h"
#include "services/environment.h"
#include "services/limits.h"
#include "store/tx.h"

namespace heliograph::services {

// Whether a private message from `from` to `to` is accepted, as far as people and their rules go. Call it in
// the transaction that would store the message.
//   invalid USER_IS_BLOCKED           `to` blocks `from`
//   invalid YOU_BLOCKED_USER          the other way round
//   not_acceptable PRIVACY_PREMIUM_REQUIRED   `to` takes messages from contacts only, and `from` is none
Status may_write(store::Tx& tx, UserId from, UserId to);

// Thread-safe.
class Blocking {
 public:
  static constexpr std::size_t blocked_max = 10'000;

  static constexpr Rate rate{100, std::chrono::seconds(2)};
  static constexpr Rate set_rate{5, std::chrono::minutes(1)};  // may change all of the list

  Blocking(const Environment& environment, Limits& limits) : environment_(environment), limits_(limits) {}

  // All: flood FLOOD_WAIT. Blocking twice is no error. invalid CONTACT_ID_INVALID (oneself), PEER_ID_INVALID
  // (no such user), BLOCKED_TOO_MUCH.
  Task<Status> block(Caller caller, UserId user);
  Task<Status> unblock(Caller caller, UserId user);
  // Makes the list be exactly `users`, at most `limit` of them.
  Task<Status> set(Caller caller, std::vector<UserId> users, std::size_t limit);

  struct Page {
    std::vector<store::Block> blocks;  // newest first
    std::size_t total = 0;
  };
  Task<Result<Page>> list(UserId owner, std::size_t offset, std::size_t limit) const;

 private:
  const Environment& environment_;
  Limits& limits_;
};

}  // namespace heliograph::services
