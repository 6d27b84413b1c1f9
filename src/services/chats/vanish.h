// Photos, videos and voice messages that go once they have been looked at
// (inputMediaUploadedPhoto.ttl_seconds): between two people alone. Opening is messages.readMessageContents by
// whoever got them; the message stays, empty, in both boxes. Until then they cannot be forwarded, edited or
// found.
#pragma once

#include "services/chats/append.h"
#include "store/tx.h"

namespace heliograph::services {

inline constexpr std::int32_t vanish_seconds_max = 60;
inline constexpr std::int32_t view_once = 0x7fffffff;
// One to view once is given as long as others at most: what is playing must still load.
inline constexpr std::int32_t view_once_seconds = vanish_seconds_max;

inline bool vanishes(const MessageContent& content) {
  return content.media && content.media->ttl_seconds != 0;
}

// Whether such media may be sent there, and now: nothing for media that stay. TTL_MEDIA_INVALID.
Status check_vanishing(const Caller& caller, Peer to, const std::optional<Media>& media,
                       UnixSeconds schedule_date);
// Marks one that is being sent: unread until it is opened, not to be forwarded, in no list of media.
void mark_vanishing(Outgoing& message);
// One that the recipient has opened; `copy` is changed, not stored.
Status open_vanishing(store::Message& copy, UnixSeconds now);
// Takes away what a message showed, if it was opened and its time is over; whether it was. Stored, and both
// sides' devices are told.
Result<bool> vanish_if_due(store::Tx& tx, store::Message message, UnixSeconds now);

}  // namespace heliograph::services
