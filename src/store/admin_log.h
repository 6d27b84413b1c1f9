// What administrators have done in a supergroup or channel, kept for a while for the other administrators.
#pragma once

#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

struct AdminAct {
  std::int64_t id = 0;  // ascending in the order of acting
  Peer chat;
  UserId user;  // who acted
  UnixSeconds date = 0;
  std::uint8_t kind = 0;  // below 64; services/groups/admin_log.h numbers them
  Bytes body;
  std::string text;  // what a search looks in, as it is to be found
};

struct AdminLogFilter {
  std::uint64_t kinds = ~std::uint64_t{0};  // a bit each
  std::vector<UserId> users{};              // empty: everybody's
  std::string query{};                      // in `text`, folded
  std::int64_t below = 0;                   // ids; 0: from the newest
  std::int64_t above = 0;
  std::size_t limit = 100;
};

class AdminLog {
 public:
  virtual ~AdminLog() = default;
  // Gives it its id.
  virtual Result<std::int64_t> append(const AdminAct& act) = 0;
  // Newest first.
  virtual Result<std::vector<AdminAct>> list(Peer chat, const AdminLogFilter& filter) = 0;
  // Drops what is older than `date`; how many.
  virtual Result<std::size_t> trim(UnixSeconds date, std::size_t limit) = 0;
};

}  // namespace heliograph::store
