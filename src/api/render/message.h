// Messages on the wire, and the answers made of them.
#pragma once

#include <optional>
#include <vector>

#include "api/render/peer.h"
#include "api/render/viewer.h"
#include "services/chats/content.h"
#include "services/services.h"
#include "store/messages.h"
#include "tl/core_m.h"
#include "tl/messages.h"

namespace heliograph::api {

// tl::message or tl::messageService, as `viewer` sees it. internal CODEC_CORRUPT when what is stored cannot
// be read.
Result<tl::Box<tl::Message>> render_message(const store::Message& message, const Viewer& viewer);

// Whom the message names: author, dialog, forwarded author, mentioned people, chats. May add one twice.
void collect_peers(const store::Message& message, std::vector<Peer>& peers);
// The same, with whom the viewer sees beside it: who wrote in its thread, and where that is.
void collect_peers(const store::Message& message, const Viewer& viewer, std::vector<Peer>& peers);

Result<std::vector<tl::Box<tl::Message>>> render_messages(const std::vector<store::Message>& messages,
                                                          const Viewer& viewer);
// `poll`: how the poll in it stands; null: as a new one.
tl::Box<tl::MessageMedia> render_media(const services::Media& media, const Viewer& viewer,
                                       const services::PollView* poll = nullptr);

// messages.messages when the page is all there is, else messages.messagesSlice.
// Of a channel (`channel_pts` not 0): messages.channelMessages.
Task<Result<tl::Box<tl::messages::Messages>>> render_page(services::Services& services, UserId viewer,
                                                          store::Page page, std::int32_t channel_pts = 0);

}  // namespace heliograph::api
