#include "services/updates/difference.h"

#include <algorithm>

#include "services/groups/create.h"
#include "services/updates/events.h"
#include "services/updates/logged.h"

namespace heliograph::services {

namespace {

using store::UpdateKind;

// Channels keep logs of their own: the client is told which of them have gone on.
Status add_channels(store::Tx& tx, UserId account, UnixSeconds date, Difference& difference) {
  HG_ASSIGN(const auto chats, tx.chats().chats_of(account, chats_per_account_max));
  for (const auto peer : chats) {
    if (!peer.is_channel()) continue;
    HG_ASSIGN(const auto state, tx.updates().state(BoxId::of(peer.channel())));
    if (state.date < date) continue;
    store::Update entry;
    entry.box = account;
    entry.kind = events::ChannelTooLong::kind;
    entry.date = state.date;
    entry.body = encode(events::ChannelTooLong{peer, state.pts});
    difference.others.push_back(std::move(entry));
  }
  return {};
}

}  // namespace

Task<Result<State>> Updates::state(Caller caller) {
  const auto now = environment_.clock.unix_seconds();
  co_return co_await environment_.store.read([caller, now](store::Tx& tx) -> Result<State> {
    HG_ASSIGN(auto state, state_of(tx, caller.user));
    state.date = now;
    return state;
  });
}

Task<Result<Difference>> Updates::difference(Caller caller, std::int32_t pts, UnixSeconds date,
                                             std::int32_t pts_total_limit) {
  if (pts < 1) {
    co_return fail(Error::invalid("PERSISTENT_TIMESTAMP_INVALID", "Send the pts of an updates.State."));
  }
  const auto now = environment_.clock.unix_seconds();
  const auto allowed = pts_total_limit > 0
                           ? std::min<std::size_t>(total_limit, static_cast<std::size_t>(pts_total_limit))
                           : total_limit;
  co_return co_await environment_.store.read([=](store::Tx& tx) -> Result<Difference> {
    Difference difference;
    auto& log = tx.updates();
    HG_ASSIGN(difference.state, state_of(tx, caller.user));
    difference.state.date = now;
    const auto current = difference.state.pts;

    HG_ASSIGN(const auto oldest, log.oldest_pts(caller.user));
    HG_ASSIGN(const auto behind, log.count_after_pts(caller.user, pts, allowed + 1));
    // A pts from the future is one of a server that has since been restored from a backup.
    if (pts > current || pts < oldest || behind > allowed) {
      difference.kind = Difference::Kind::too_long;
      return difference;
    }

    HG_ASSIGN(auto entries, log.after_pts(caller.user, pts, slice_limit));
    HG_TRY(read_logged(tx, caller.user, {}, entries, difference.new_messages, difference.edited_messages));
    const bool complete = entries.empty() || entries.back().pts == current;
    if (!complete) difference.state.pts = entries.back().pts;
    for (auto& entry : entries) {
      if (entry.kind != UpdateKind::new_message) difference.others.push_back(std::move(entry));
    }
    if (complete) {
      // The seq box has no counter in the request; its entries are idempotent, so the date serves.
      HG_ASSIGN(auto rest, log.since(caller.user, date, slice_limit));
      std::ranges::move(rest, std::back_inserter(difference.others));
      HG_TRY(add_channels(tx, caller.user, date, difference));
    } else {
      // Otherwise the client would skip the entries of the seq box between its date and ours.
      difference.state.date = date;
    }
    if (!complete) {
      difference.kind = Difference::Kind::slice;
    } else if (difference.new_messages.empty() && difference.others.empty() && pts == current) {
      difference.kind = Difference::Kind::empty;
    } else {
      difference.kind = Difference::Kind::whole;
    }
    return difference;
  });
}

}  // namespace heliograph::services
