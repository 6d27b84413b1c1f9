// Taking many messages of a supergroup or channel away at once.
#pragma once

#include "services/caller.h"
#include "services/environment.h"
#include "store/updates.h"

namespace heliograph::services {

inline constexpr std::int64_t clear_messages_max = 10'000;  // of a channel, for everyone

// channels.deleteHistory. Messages up to `max_id` (0: all) go: `for_everyone` for all, or else for the caller
// alone, who from then on sees what comes after the result. CHAT_ADMIN_REQUIRED, CHANNEL_TOO_BIG,
// USER_NOT_PARTICIPANT.
Task<Result<MessageId>> clear_channel(const Environment& environment, Caller caller, Peer channel,
                                      MessageId max_id, bool for_everyone);

struct Cleared {
  store::Update update;
  bool more = false;  // call again
};
// channels.deleteParticipantHistory: all that somebody has written in a supergroup as themselves; of a
// channel, what its owner has written as it. CHAT_ADMIN_REQUIRED, CHANNEL_INVALID, PARTICIPANT_ID_INVALID.
Task<Result<Cleared>> clear_participant(const Environment& environment, Caller caller, Peer channel,
                                        Peer whose);

}  // namespace heliograph::services
