// The list of dialogs on the wire.
#pragma once

#include "services/chats/dialogs.h"
#include "services/chats/draft.h"
#include "services/services.h"
#include "tl/core_d.h"
#include "tl/messages.h"

namespace heliograph::api {

// internal CODEC_CORRUPT when a stored draft cannot be read.
Result<tl::Box<tl::Dialog>> render_dialog(const services::DialogView& view);

tl::Box<tl::DraftMessage> render_draft(const services::Environment& environment, UserId owner,
                                       const services::Draft& draft);
// The draft of a dialog, or of the thread `top` in it, as it is now; draftMessageEmpty where there is none.
Task<Result<tl::Box<tl::DraftMessage>>> render_current_draft(services::Services& services, UserId owner,
                                                             Peer peer, MessageId top);

// messages.dialogs when the page is all there is, else messages.dialogsSlice.
Task<Result<tl::Box<tl::messages::Dialogs>>> render_dialogs(services::Services& services, UserId viewer,
                                                            services::DialogPage page);
Task<Result<tl::Box<tl::messages::PeerDialogs>>> render_peer_dialogs(services::Services& services,
                                                                     UserId viewer,
                                                                     services::DialogPage page);

}  // namespace heliograph::api
