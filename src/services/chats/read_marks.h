// When the other side of a dialog read what the owner wrote: one mark each time they read on, for a week.
#pragma once

#include "store/tx.h"

namespace heliograph::services {

inline constexpr UnixSeconds read_dates_kept = 7 * 86'400;  // seconds

Status remember_read(store::Tx& tx, UserId owner, Peer peer, MessageId up_to, UnixSeconds now);
// 0: not known (any more).
Result<UnixSeconds> read_date(store::Tx& tx, UserId owner, Peer peer, MessageId id);

// The same from the other side, in groups of so few that they are told who read what: when `reader` read on.
inline constexpr std::int32_t group_reads_members_max = 100;
Status remember_group_read(store::Tx& tx, UserId reader, const store::Chat& group, MessageId up_to,
                           UnixSeconds now);
Result<UnixSeconds> group_read_date(store::Tx& tx, UserId reader, Peer group, MessageId id);

}  // namespace heliograph::services
