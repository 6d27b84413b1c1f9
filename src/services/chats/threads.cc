#include "services/chats/threads.h"

namespace heliograph::services {

Task<Result<PlacePage>> thread_history(const Environment& environment, UserId caller, Peer group,
                                       MessageId top, store::HistoryRange range) {
  if (!group.is_channel())
    co_return fail(Error::invalid("PEER_ID_INVALID", "Only supergroups have threads."));
  range.thread = top;
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, group, top, range, now](store::Tx& tx) -> Result<PlacePage> {
    HG_ASSIGN(const auto place, open_place(tx, caller, group, now));
    if (!place.is_group()) return fail(Error::invalid("PEER_ID_INVALID", "Only supergroups have threads."));
    HG_ASSIGN(const auto first, tx.messages().find(place.box, top));
    if (!first || first->id <= place.hidden_up_to()) return fail(Error::invalid("MSG_ID_INVALID"));
    HG_ASSIGN(auto page, tx.messages().history(place.box, group, visible(place, range)));
    return of_place(tx, place, std::move(page));
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
