// Taking messages away: for oneself or for both.
#pragma once

#include <vector>

#include "services/caller.h"
#include "services/environment.h"

namespace heliograph::services {

// Ids that do not exist (any more) are passed over. `revoke`: from the other person's box, too. Returns the
// log's entry; count 0 when nothing was there. LIMIT_INVALID: more than 1000.
Task<Result<store::Update>> delete_messages(const Environment& environment, Caller caller,
                                            std::vector<MessageId> ids, bool revoke);

// channels.deleteMessages: for everybody. One's own, or everybody's with the right to delete. Those that do
// not exist are passed over. MESSAGE_DELETE_FORBIDDEN; as open_chat.
Task<Result<store::Update>> delete_channel_messages(const Environment& environment, Caller caller,
                                                    Peer channel, std::vector<MessageId> ids);

struct DeleteHistory {
  Peer peer;
  MessageId max_id;         // 0: all
  bool just_clear = false;  // keep the (empty) dialog in the list
  bool revoke = false;
  UnixSeconds min_date = 0, max_date = 0;  // both 0: whatever the date
};

struct HistoryDeleted {
  store::Update update;
  bool more = false;  // the caller is to repeat the call: a step takes at most 500 messages of a box
};

// MIN_DATE_INVALID, MAX_DATE_INVALID.
Status check_dates(const DeleteHistory& request);
// PEER_ID_INVALID, those of check_dates().
Task<Result<HistoryDeleted>> delete_history(const Environment& environment, Caller caller,
                                            DeleteHistory request);

}  // namespace heliograph::services
