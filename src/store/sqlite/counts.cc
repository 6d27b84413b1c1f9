#include "store/sqlite/counts.h"

#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

Result<std::int64_t> Counts::of(Session& session, BoxId owner, Peer peer) {
  HG_ASSIGN(const Box box, load_box(session.db, owner));
  if (counts_.size() >= capacity_ && !counts_.contains({owner, peer})) counts_.clear();
  auto& count = counts_[{owner, peer}];
  if (count.erasures != box.erasures) count = {.erasures = box.erasures};
  if (count.up_to < box.last_message) {
    HG_ASSIGN(const auto added,
              session.db.number("SELECT count(*) FROM messages WHERE owner = ? AND peer = ? AND key > ?", 0,
                                owner, peer, key_of(owner, count.up_to)));
    count.messages += added;
    count.up_to = box.last_message;
  }
  return count.messages;
}

}  // namespace heliograph::store::sqlite
