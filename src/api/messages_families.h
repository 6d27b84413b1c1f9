// The parts that the files of messages.* methods share.
#pragma once

#include <vector>

#include "api/method.h"
#include "api/render/viewer.h"
#include "services/chats/append.h"
#include "store/updates.h"
#include "tl/core_u.h"
#include "tl/messages.h"

namespace heliograph::api {

// An `updates` object in the making.
struct UpdatesAnswer {
  std::vector<tl::Box<tl::Update>> updates;
  std::vector<Peer> named;  // whom they speak of; may name one twice
};
// updateNewMessage or updateNewChannelMessage, with the place it has in its box's log.
Result<tl::Box<tl::Update>> new_message_update(const store::Message& message, const store::Update& entry,
                                               const Viewer& viewer);
Task<Result<tl::Box<tl::Updates>>> render_answer(Context& context, UpdatesAnswer answer);

tl::Box<tl::messages::AffectedMessages> render_affected(const store::Update& update);
// Adds the message and whom it names.
Status add_new_message(UpdatesAnswer& answer, const services::Appended& appended, const Viewer& viewer);
// `more`: the client is to call again.
tl::Box<tl::messages::AffectedHistory> render_affected_history(const store::Update& update, bool more);

// Called by register_messages().
void register_history(Methods& methods);
void register_overview(Methods& methods);
void register_responses(Methods& methods);
void register_kept(Methods& methods);
void register_dialog_filters(Methods& methods);
void register_messages_boot(Methods& methods);

}  // namespace heliograph::api
