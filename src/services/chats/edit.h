// Changing what was said.
#pragma once

#include <optional>
#include <string>

#include "services/caller.h"
#include "services/chats/content.h"
#include "services/environment.h"
#include "services/groups/place.h"

namespace heliograph::services {

inline constexpr UnixSeconds edit_time_limit = 48 * 3600;  // seconds; saved messages have none

struct EditMessage {
  Peer peer;
  MessageId id;
  std::optional<std::string> text;  // none: as it was
  std::vector<Entity> entities;
  std::optional<Media> media;  // in place of what it had; a message keeps having media, or none
  bool invert_media = false;
};

struct Edited {
  store::Message message;  // the editor's copy
  store::Update update;    // of the editor's log
};

// A message that the caller may change, and what is in it; for others who change one in a transaction of
// their own. The errors are edit_message's.
struct Editable {
  store::Message message;
  MessageContent content;
  Place place;  // that it was found in
};
enum class EditTime : std::uint8_t { limited, any };
Result<Editable> find_editable(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer peer, MessageId id,
                               EditTime time);

// Whether edit_message would take a change of this message: nothing, or its error.
Task<Status> check_editable(const Environment& environment, Caller caller, Peer peer, MessageId id);

// Both copies change, both logs say so. Errors: MESSAGE_ID_INVALID (not there, a service message, another
// dialog), MESSAGE_AUTHOR_REQUIRED (somebody else's, or forwarded), MESSAGE_EDIT_TIME_EXPIRED,
// MESSAGE_NOT_MODIFIED, MEDIA_NEW_INVALID (a text gets no media, an album stays one, a
// poll cannot be changed), those of format_text;
// USER_IS_BLOCKED and YOU_BLOCKED_USER as for sending.
Task<Result<Edited>> edit_message(const Environment& environment, Caller caller, EditMessage edit);

}  // namespace heliograph::services
