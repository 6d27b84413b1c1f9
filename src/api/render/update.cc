#include "api/render/update.h"

#include <algorithm>

#include "api/render/event.h"
#include "api/render/message.h"
#include "api/render/user.h"
#include "base/log.h"

namespace heliograph::api {

namespace {

using store::UpdateKind;

// The short form for the most frequent push: a plain text message from somebody the session knows.
std::optional<tl::updateShortMessage> short_form(RenderedEvent& rendered,
                                                 const store::Publication& publication,
                                                 const std::vector<UserId>& known) {
  if (publication.update.kind != UpdateKind::new_message || !publication.message) return {};
  const auto& message = *publication.message;
  auto* update = rendered.update.get_if<tl::updateNewMessage>();
  auto* full = update == nullptr ? nullptr : update->message.get_if<tl::message>();
  if (full == nullptr || full->media || !message.peer.is_user()) return {};
  const auto is_known = [&](UserId user) { return std::ranges::find(known, user) != known.end(); };
  if (!std::ranges::all_of(rendered.users, is_known)) return {};
  constexpr auto short_flags =
      store::message_out | store::message_silent | store::message_mentioned | store::message_media_unread;
  if ((message.flags & ~short_flags) != 0 || full->via_bot_id) return {};
  tl::updateShortMessage brief;
  brief.out = full->out;
  brief.mentioned = full->mentioned;
  brief.media_unread = full->media_unread;
  brief.silent = full->silent;
  brief.id = full->id;
  brief.user_id = message.peer.id;
  brief.message = std::move(full->message);
  brief.pts = update->pts;
  brief.pts_count = update->pts_count;
  brief.date = full->date;
  brief.fwd_from = std::move(full->fwd_from);
  brief.reply_to = std::move(full->reply_to);
  brief.entities = std::move(full->entities);
  brief.ttl_period = full->ttl_period;
  return brief;
}

}  // namespace

Task<RenderedUpdates> render_publication(services::Services& services, UserId viewer,
                                         const store::Publication& publication,
                                         const std::vector<UserId>& known) {
  RenderedUpdates out;
  const auto& entry = publication.update;
  auto rendered = co_await render_event(services, viewer, entry, publication.message.get());
  if (!rendered) {
    log::warn("an update of kind {} was not pushed: {}", static_cast<int>(entry.kind), rendered.error().code);
    co_return out;
  }
  if (!rendered->update) co_return out;
  if (auto brief = short_form(*rendered, publication, known)) {
    out.updates = std::move(*brief);
    co_return out;
  }
  auto users = co_await describe_users(services.users, viewer, rendered->users);
  if (!users) {
    log::warn("an update was not pushed: {}", users.error().code);
    co_return out;
  }
  tl::updates_ updates;
  updates.updates.push_back(std::move(rendered->update));
  updates.users = std::move(*users);
  const auto date = entry.date != 0 ? entry.date : services.environment.clock.unix_seconds();
  updates.date = static_cast<std::int32_t>(date);
  updates.seq = entry.seq;
  out.updates = std::move(updates);
  out.introduced = std::move(rendered->users);
  co_return out;
}

tl::Box<tl::updates::State> render_state(const services::State& state) {
  tl::updates::state wire;
  wire.pts = state.pts;
  wire.date = static_cast<std::int32_t>(state.date);
  wire.seq = state.seq;
  wire.unread_count = state.unread_count;
  return wire;
}

Task<Result<tl::Box<tl::updates::Difference>>> render_difference(services::Services& services, UserId viewer,
                                                                 services::Difference difference) {
  using Kind = services::Difference::Kind;
  if (difference.kind == Kind::empty) {
    tl::updates::differenceEmpty empty;
    empty.date = static_cast<std::int32_t>(difference.state.date);
    empty.seq = difference.state.seq;
    co_return tl::Box<tl::updates::Difference>(std::move(empty));
  }
  if (difference.kind == Kind::too_long) {
    tl::updates::differenceTooLong too_long;
    too_long.pts = difference.state.pts;
    co_return tl::Box<tl::updates::Difference>(std::move(too_long));
  }

  std::vector<UserId> ids;
  std::vector<tl::Box<tl::Message>> messages;
  for (const auto& message : difference.new_messages) {
    CO_ASSIGN(auto wire, render_message(message));
    messages.push_back(std::move(wire));
    collect_users(message, ids);
  }
  std::vector<tl::Box<tl::Update>> others;
  for (const auto& entry : difference.others) {
    const auto edited = std::ranges::find(difference.edited_messages, entry.message_id, &store::Message::id);
    const auto* message = edited == difference.edited_messages.end() ? nullptr : &*edited;
    CO_ASSIGN(auto rendered, co_await render_event(services, viewer, entry, message));
    if (!rendered.update) continue;
    others.push_back(std::move(rendered.update));
    std::ranges::copy(rendered.users, std::back_inserter(ids));
  }
  CO_ASSIGN(auto users, co_await describe_users(services.users, viewer, std::move(ids)));

  if (difference.kind == Kind::slice) {
    tl::updates::differenceSlice slice;
    slice.new_messages = std::move(messages);
    slice.other_updates = std::move(others);
    slice.users = std::move(users);
    slice.intermediate_state = render_state(difference.state);
    co_return tl::Box<tl::updates::Difference>(std::move(slice));
  }
  tl::updates::difference whole;
  whole.new_messages = std::move(messages);
  whole.other_updates = std::move(others);
  whole.users = std::move(users);
  whole.state = render_state(difference.state);
  co_return tl::Box<tl::updates::Difference>(std::move(whole));
}

}  // namespace heliograph::api
