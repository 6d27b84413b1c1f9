#include "services/updates/channel_difference.h"

#include <algorithm>

#include "services/groups/place.h"
#include "services/updates/logged.h"

namespace heliograph::services {

namespace {

using store::UpdateKind;

Result<ChannelDifference> start_over(store::Tx& tx, const Caller& caller, const Place& place,
                                     std::int32_t pts) {
  ChannelDifference difference;
  difference.kind = ChannelDifference::Kind::too_long;
  difference.member = place.standing().is_in();
  difference.pts = pts;
  store::HistoryRange range;
  range.limit = 20;
  range.min_id = place.hidden_up_to();
  HG_ASSIGN(auto page, tx.messages().history(place.box, place.peer, range));
  difference.newest = std::move(page.messages);
  HG_ASSIGN(difference.dialog, tx.dialogs().find(caller.user, place.peer));
  return difference;
}

}  // namespace

Task<Result<ChannelDifference>> channel_difference(const Environment& environment, Caller caller,
                                                   Peer channel, std::int32_t pts, std::int32_t limit) {
  if (!channel.is_channel()) co_return fail(Error::invalid("CHANNEL_INVALID"));
  if (pts < 1) co_return fail(Error::invalid("PERSISTENT_TIMESTAMP_INVALID", "Send the pts of the channel."));
  const auto entries_max = std::clamp<std::size_t>(
      limit > 0 ? static_cast<std::size_t>(limit) : channel_difference_limit, 10, channel_difference_limit);
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<ChannelDifference> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, channel, now));
    auto& log = tx.updates();
    HG_ASSIGN(const auto state, log.state(place.box));
    HG_ASSIGN(const auto oldest, log.oldest_pts(place.box));
    // A pts from the future is one of a server that has since been restored from a backup.
    if (pts > state.pts || pts < oldest || state.pts - pts > channel_box_size) {
      return start_over(tx, caller, place, state.pts);
    }
    ChannelDifference difference;
    difference.member = place.standing().is_in();
    difference.pts = state.pts;
    HG_ASSIGN(auto entries, log.after_pts(place.box, pts, entries_max));
    if (entries.empty()) return difference;
    difference.kind = ChannelDifference::Kind::some;
    difference.pts = entries.back().pts;
    difference.final = difference.pts == state.pts;
    HG_TRY(read_logged(tx, place.box, place.hidden_up_to(), entries, difference.new_messages,
                       difference.edited_messages));
    for (auto& entry : entries) {
      if (entry.kind != UpdateKind::new_message) difference.others.push_back(std::move(entry));
    }
    return difference;
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
