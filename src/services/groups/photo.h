// The photo of a group or channel.
#pragma once

#include "services/caller.h"
#include "services/chats/append.h"
#include "services/environment.h"
#include "services/files/media.h"

namespace heliograph::services {

// Whether the caller may change it: asked before a picture is made. CHAT_ADMIN_REQUIRED; as open_chat.
Task<Status> may_set_photo(const Environment& environment, Caller caller, Peer chat);
// None: takes it away. A service message says so. CHAT_NOT_MODIFIED, and as may_set_photo().
Task<Result<Appended>> set_photo(const Environment& environment, Caller caller, Peer chat,
                                 std::optional<Photo> photo);

}  // namespace heliograph::services
