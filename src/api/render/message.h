// Messages on the wire, and the answers made of them.
#pragma once

#include <optional>
#include <vector>

#include "api/render/peer.h"
#include "services/chats/content.h"
#include "services/services.h"
#include "store/messages.h"
#include "tl/core_m.h"
#include "tl/messages.h"

namespace heliograph::api {

// tl::message or tl::messageService. internal CODEC_CORRUPT when what is stored cannot be read.
Result<tl::Box<tl::Message>> render_message(const store::Message& message);

// Whom the message names: author, dialog, forwarded author, mentioned people. May add one twice.
void collect_users(const store::Message& message, std::vector<UserId>& users);

Result<std::vector<tl::Box<tl::Message>>> render_messages(const std::vector<store::Message>& messages);
tl::Box<tl::MessageMedia> render_media(const services::Media& media);

// messages.messages when the page is all there is, else messages.messagesSlice.
Task<Result<tl::Box<tl::messages::Messages>>> render_page(services::Services& services, UserId viewer,
                                                          store::Page page);

}  // namespace heliograph::api
