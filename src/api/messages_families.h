// The parts that the files of messages.* methods share.
#pragma once

#include <vector>

#include "api/method.h"
#include "api/render/chat.h"
#include "api/render/message.h"
#include "api/render/responses.h"
#include "services/chats/append.h"
#include "services/chats/polls.h"
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
// Messages asked for by number, for an answer that has `messages`, `users` and `chats`: an empty one stands
// for each that is not there. `found` is parallel to `ids`; `named`: whom the answer names besides.
template <typename Wire>
Task<Status> render_found(Wire& wire, Context& context, const std::vector<MessageId>& ids,
                          const std::vector<std::optional<store::Message>>& found, std::vector<Peer> named) {
  const auto user = context.caller.user;
  std::vector<const store::Message*> shown;
  for (const auto& one : found) {
    if (one) shown.push_back(&*one);
  }
  CO_ASSIGN(const auto viewer, co_await viewer_of(context.services, user, std::move(shown)));
  collect_peers(viewer, named);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i]) {
      CO_ASSIGN(auto message, render_message(*found[i], viewer));
      wire.messages.push_back(std::move(message));
      collect_peers(*found[i], viewer, named);
    } else {
      tl::messageEmpty empty;
      empty.id = ids[i].value;
      wire.messages.emplace_back(std::move(empty));
    }
  }
  co_return co_await describe_into(wire, context.services, user, std::move(named));
}

Task<Result<tl::Box<tl::Updates>>> render_answer(Context& context, UpdatesAnswer answer);

tl::Box<tl::messages::AffectedMessages> render_affected(const store::Update& update);
// Adds the message and whom it names.
Status add_new_message(UpdatesAnswer& answer, const services::Appended& appended, const Viewer& viewer);
// updateMessagePoll, and whom it names.
void add_poll(UpdatesAnswer& answer, const services::ShownPoll& shown, UserId viewer);
// `more`: the client is to call again.
tl::Box<tl::messages::AffectedHistory> render_affected_history(const store::Update& update, bool more);

// Called by register_messages().
void register_bots(Methods& methods);
void register_history(Methods& methods);
void register_overview(Methods& methods);
void register_responses(Methods& methods);
void register_kept(Methods& methods);
void register_polls(Methods& methods);
void register_saved(Methods& methods);
void register_threads(Methods& methods);
void register_topics(Methods& methods);
void register_send_as(Methods& methods);
void register_dialog_filters(Methods& methods);
void register_messages_boot(Methods& methods);

}  // namespace heliograph::api
