#include "api/render/update.h"

#include <algorithm>

#include "api/render/chat.h"
#include "api/render/dialog.h"
#include "api/render/event.h"
#include "api/render/message.h"
#include "api/render/responses.h"
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
  const auto is_known = [&](Peer peer) {
    return peer.is_user() && std::ranges::find(known, peer.user()) != known.end();
  };
  if (!std::ranges::all_of(rendered.named, is_known)) return {};
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
  if (entry.box.is_channel() && (entry.pts != 0 || entry.message_id)) {
    // What was closed, or is not shown in the viewer's country, is not pushed either, nor what was written
    // before the viewer came, where that is hidden: the client notices that something is missing, asks, and
    // is told what it may see.
    const auto chat = co_await services.chat_views.view_one(viewer, Peer::of(entry.box.channel()));
    if (!chat || !chat->restriction.empty()) co_return out;
    const auto& member = *chat->member;
    if (entry.message_id && member && entry.message_id <= member->history_from) co_return out;
  }
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
  auto described = co_await describe(services, viewer, rendered->named);
  if (!described) {
    log::warn("an update was not pushed: {}", described.error().code);
    co_return out;
  }
  tl::updates_ updates;
  updates.updates.push_back(std::move(rendered->update));
  if (rendered->newer) updates.updates.push_back(std::move(rendered->newer));
  updates.users = std::move(described->users);
  updates.chats = std::move(described->chats);
  const auto date = entry.date != 0 ? entry.date : services.environment.clock.unix_seconds();
  updates.date = static_cast<std::int32_t>(date);
  updates.seq = entry.seq;
  out.updates = std::move(updates);
  for (const auto peer : rendered->named) {
    if (peer.is_user()) out.introduced.push_back(peer.user());
  }
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

namespace {

// What the differences of an account and of a channel have in common.
struct DifferenceParts {
  std::vector<tl::Box<tl::Message>> messages;
  std::vector<tl::Box<tl::Update>> others;
  Described described;
};

Task<Status> render_parts(services::Services& services, UserId viewer,
                          const std::vector<store::Message>& messages,
                          const std::vector<store::Update>& others, const std::vector<store::Message>& edited,
                          std::vector<Peer> named, DifferenceParts& parts) {
  CO_ASSIGN(const auto seen_by, co_await viewer_of(services, viewer, messages));
  collect_peers(seen_by, named);
  for (const auto& message : messages) {
    CO_ASSIGN(auto wire, render_message(message, seen_by));
    parts.messages.push_back(std::move(wire));
    collect_peers(message, seen_by, named);
  }
  for (const auto& entry : others) {
    const auto found = std::ranges::find(edited, entry.message_id, &store::Message::id);
    const auto* message = found == edited.end() ? nullptr : &*found;
    CO_ASSIGN(auto rendered, co_await render_event(services, viewer, entry, message));
    if (!rendered.update) continue;
    parts.others.push_back(std::move(rendered.update));
    if (rendered.newer) parts.others.push_back(std::move(rendered.newer));
    std::ranges::copy(rendered.named, std::back_inserter(named));
  }
  CO_ASSIGN(parts.described, co_await describe(services, viewer, std::move(named)));
  co_return Status();
}

}  // namespace

Task<Result<tl::Box<tl::updates::ChannelDifference>>> render_channel_difference(
    services::Services& services, UserId viewer, Peer channel, services::ChannelDifference difference) {
  using Kind = services::ChannelDifference::Kind;
  std::vector<Peer> named{channel};
  DifferenceParts parts;
  if (difference.kind == Kind::empty) {
    tl::updates::channelDifferenceEmpty empty;
    empty.final = true;
    empty.pts = difference.pts;
    if (difference.watches()) empty.timeout = services::channel_watch_again;
    co_return tl::Box<tl::updates::ChannelDifference>(std::move(empty));
  }
  if (difference.kind == Kind::too_long) {
    CO_TRY(co_await render_parts(services, viewer, difference.newest, {}, {}, std::move(named), parts));
    tl::updates::channelDifferenceTooLong too_long;
    too_long.final = true;
    if (difference.watches()) too_long.timeout = services::channel_watch_again;
    services::DialogView view;
    if (difference.dialog) view.dialog = std::move(*difference.dialog);
    view.dialog.owner = viewer;
    view.dialog.peer = channel;
    if (!difference.newest.empty()) view.dialog.top_message = difference.newest.front().id;
    view.pts = difference.pts;
    CO_ASSIGN(too_long.dialog, render_dialog(view));
    too_long.messages = std::move(parts.messages);
    too_long.users = std::move(parts.described.users);
    too_long.chats = std::move(parts.described.chats);
    co_return tl::Box<tl::updates::ChannelDifference>(std::move(too_long));
  }
  CO_TRY(co_await render_parts(services, viewer, difference.new_messages, difference.others,
                               difference.edited_messages, std::move(named), parts));
  tl::updates::channelDifference some;
  some.final = difference.final;
  if (difference.watches()) some.timeout = services::channel_watch_again;
  some.pts = difference.pts;
  some.new_messages = std::move(parts.messages);
  some.other_updates = std::move(parts.others);
  some.users = std::move(parts.described.users);
  some.chats = std::move(parts.described.chats);
  co_return tl::Box<tl::updates::ChannelDifference>(std::move(some));
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

  DifferenceParts parts;
  CO_TRY(co_await render_parts(services, viewer, difference.new_messages, difference.others,
                               difference.edited_messages, {}, parts));

  if (difference.kind == Kind::slice) {
    tl::updates::differenceSlice slice;
    slice.new_messages = std::move(parts.messages);
    slice.other_updates = std::move(parts.others);
    slice.users = std::move(parts.described.users);
    slice.chats = std::move(parts.described.chats);
    slice.intermediate_state = render_state(difference.state);
    co_return tl::Box<tl::updates::Difference>(std::move(slice));
  }
  tl::updates::difference whole;
  whole.new_messages = std::move(parts.messages);
  whole.other_updates = std::move(parts.others);
  whole.users = std::move(parts.described.users);
  whole.chats = std::move(parts.described.chats);
  whole.state = render_state(difference.state);
  co_return tl::Box<tl::updates::Difference>(std::move(whole));
}

}  // namespace heliograph::api
