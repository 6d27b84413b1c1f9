#include "api/render/event.h"

#include "api/render/chat.h"
#include "api/render/dialog.h"
#include "api/render/filter.h"
#include "api/render/message.h"
#include "api/render/notify.h"
#include "api/render/peer.h"
#include "api/render/poll.h"
#include "api/render/privacy.h"
#include "api/render/responses.h"
#include "api/render/topic.h"
#include "api/render/user.h"
#include "services/chats/scheduled.h"
#include "services/updates/events.h"
#include "tl/core_f.h"

namespace heliograph::api {

namespace {

namespace events = services::events;
using store::UpdateKind;
using Rendered = Result<RenderedEvent>;

std::vector<std::int32_t> numbers(const std::vector<MessageId>& ids) {
  std::vector<std::int32_t> out;
  out.reserve(ids.size());
  for (const auto id : ids) out.push_back(id.value);
  return out;
}

tl::Box<tl::DialogPeer> dialog_peer(Peer peer) {
  tl::dialogPeer wrapped;
  wrapped.peer = render_peer(peer);
  return wrapped;
}

template <typename U>
U counted(const store::Update& entry) {
  U update;
  update.pts = entry.pts;
  update.pts_count = entry.pts_count;
  return update;
}

// Entries whose body says it all. One overload an event; the wire's fields in the schema's order.

RenderedEvent plain(const store::Update& entry, const events::DeleteMessages& event) {
  auto update = counted<tl::updateDeleteMessages>(entry);
  update.messages = numbers(event.ids);
  return {std::move(update), {}};
}

RenderedEvent plain(const store::Update& entry, const events::ReadInbox& event) {
  auto update = counted<tl::updateReadHistoryInbox>(entry);
  if (event.folder_id != 0) update.folder_id = event.folder_id;
  update.peer = render_peer(event.peer);
  update.max_id = event.max_id.value;
  update.still_unread_count = event.still_unread;
  return {std::move(update), {event.peer}};
}

RenderedEvent plain(const store::Update& entry, const events::ReadOutbox& event) {
  auto update = counted<tl::updateReadHistoryOutbox>(entry);
  update.peer = render_peer(event.peer);
  update.max_id = event.max_id.value;
  return {std::move(update), {event.peer}};
}

RenderedEvent plain(const store::Update& entry, const events::ReadContents& event) {
  auto update = counted<tl::updateReadMessagesContents>(entry);
  update.messages = numbers(event.ids);
  update.date = static_cast<std::int32_t>(entry.date);
  return {std::move(update), {}};
}

RenderedEvent plain(const store::Update& entry, const events::PinnedMessages& event) {
  auto update = counted<tl::updatePinnedMessages>(entry);
  update.pinned = event.pinned;
  update.peer = render_peer(event.peer);
  update.messages = numbers(event.ids);
  return {std::move(update), {event.peer}};
}

RenderedEvent plain(const store::Update& entry, const events::FolderPeers& event) {
  RenderedEvent rendered;
  auto update = counted<tl::updateFolderPeers>(entry);
  for (const auto& moved : event.peers) {
    tl::folderPeer peer;
    peer.peer = render_peer(moved.peer);
    peer.folder_id = moved.folder_id;
    update.folder_peers.push_back(std::move(peer));
    rendered.named.push_back(moved.peer);
  }
  rendered.update = std::move(update);
  return rendered;
}

RenderedEvent plain(const store::Update&, const events::DialogPinned& event) {
  tl::updateDialogPinned update;
  update.pinned = event.pinned;
  if (event.folder_id != 0) update.folder_id = event.folder_id;
  update.peer = dialog_peer(event.peer);
  return {std::move(update), {event.peer}};
}

RenderedEvent in_order(auto update, const std::vector<Peer>& order) {
  RenderedEvent rendered;
  update.order.emplace();
  for (const auto peer : order) {
    update.order->push_back(dialog_peer(peer));
    rendered.named.push_back(peer);
  }
  rendered.update = std::move(update);
  return rendered;
}

RenderedEvent plain(const store::Update&, const events::PinnedDialogs& event) {
  tl::updatePinnedDialogs update;
  if (event.folder_id != 0) update.folder_id = event.folder_id;
  return in_order(std::move(update), event.order);
}

RenderedEvent plain(const store::Update&, const events::SavedDialogPinned& event) {
  tl::updateSavedDialogPinned update;
  update.pinned = event.pinned;
  update.peer = dialog_peer(event.peer);
  return {std::move(update), {event.peer}};
}

RenderedEvent plain(const store::Update&, const events::PinnedSavedDialogs& event) {
  return in_order(tl::updatePinnedSavedDialogs{}, event.order);
}

RenderedEvent plain(const store::Update&, const events::DialogUnreadMark& event) {
  tl::updateDialogUnreadMark update;
  update.unread = event.unread;
  update.peer = dialog_peer(event.peer);
  return {std::move(update), {event.peer}};
}

RenderedEvent plain(const store::Update&, const events::DialogFilterOrder& event) {
  tl::updateDialogFilterOrder update;
  update.order = event.order;
  return {std::move(update), {}};
}

RenderedEvent plain(const store::Update&, const events::PeerBlocked& event) {
  tl::updatePeerBlocked update;
  update.blocked = event.blocked;
  update.peer_id = render_peer(event.peer);
  return {std::move(update), {event.peer}};
}

RenderedEvent plain(const store::Update&, const events::ContactsReset&) {
  return {tl::updateContactsReset{}, {}};
}

RenderedEvent plain(const store::Update&, const events::NewAuthorization& event) {
  tl::updateNewAuthorization update;
  update.hash = event.hash;
  update.date = static_cast<std::int32_t>(event.date);
  update.device = event.device;
  update.location = event.location;
  update.unconfirmed = true;
  return {std::move(update), {}};
}

RenderedEvent plain(const store::Update&, const events::DeleteScheduled& event) {
  tl::updateDeleteScheduledMessages update;
  update.peer = render_peer(event.peer);
  update.messages = numbers(event.ids);
  if (!event.sent_as.empty()) update.sent_messages = numbers(event.sent_as);
  return {std::move(update), {event.peer}};
}

RenderedEvent plain(const store::Update&, const events::PeerHistoryTtl& event) {
  tl::updatePeerHistoryTTL update;
  update.peer = render_peer(event.peer);
  if (event.ttl_period != 0) update.ttl_period = event.ttl_period;
  return {std::move(update), {event.peer}};
}

RenderedEvent plain(const store::Update&, const events::StickerSets& event) {
  if (event.of == events::StickerSets::recent) return {tl::updateRecentStickers{}, {}};
  if (event.of == events::StickerSets::faved) return {tl::updateFavedStickers{}, {}};
  tl::updateStickerSets update;
  update.masks = event.of == static_cast<std::int32_t>(store::StickerKind::masks);
  update.emojis = event.of == static_cast<std::int32_t>(store::StickerKind::emojis);
  return {std::move(update), {}};
}

RenderedEvent plain(const store::Update&, const events::ConfigChanged&) {
  return {tl::updateConfig{}, {}};
}

RenderedEvent plain(const store::Update&, const events::LoginToken&) {
  return {tl::updateLoginToken{}, {}};
}

RenderedEvent plain(const store::Update&, const events::Typing& event) {
  tl::updateUserTyping update;
  update.user_id = event.user.value;
  update.action = render_typing(event);
  return {std::move(update), {Peer::of(event.user)}};
}

Rendered typing_in_chat(const store::Update& entry, UserId viewer) {
  HG_ASSIGN(const auto event, decode<events::TypingInChat>(entry.body));
  RenderedEvent rendered;
  if (event.user == viewer) return rendered;  // a channel's devices all hear of it, the writer's own, too
  const auto from = event.shown_as ? event.shown_as : Peer::of(event.user);
  const auto action = [&] { return render_typing({event.user, event.action, event.progress}); };
  if (event.chat.is_channel()) {
    tl::updateChannelUserTyping update;
    update.channel_id = event.chat.id;
    if (event.top) update.top_msg_id = event.top.value;
    update.from_id = render_peer(from);
    update.action = action();
    rendered.update = std::move(update);
  } else {
    tl::updateChatUserTyping update;
    update.chat_id = event.chat.id;
    update.from_id = render_peer(from);
    update.action = action();
    rendered.update = std::move(update);
  }
  rendered.named = {event.chat, from};
  return rendered;
}

RenderedEvent plain(const store::Update&, const events::PendingJoinRequests& event) {
  RenderedEvent rendered;
  tl::updatePendingJoinRequests update;
  update.peer = render_peer(event.chat);
  update.requests_pending = event.count;
  rendered.named.push_back(event.chat);
  for (const auto user : event.recent) {
    update.recent_requesters.push_back(user.value);
    rendered.named.push_back(Peer::of(user));
  }
  rendered.update = std::move(update);
  return rendered;
}

RenderedEvent plain(const store::Update&, const events::ReadChannelContents& event) {
  tl::updateChannelReadMessagesContents update;
  update.channel_id = event.channel.id;
  if (event.thread) update.top_msg_id = event.thread.value;
  update.messages = numbers(event.ids);
  return {std::move(update), {event.channel}};
}

RenderedEvent plain(const store::Update&, const events::ViewForumAsMessages& event) {
  tl::updateChannelViewForumAsMessages update;
  update.channel_id = event.forum.id;
  update.enabled = event.enabled;
  return {std::move(update), {event.forum}, {}};
}

RenderedEvent two_forms(std::vector<tl::Box<tl::Update>> both, Peer named) {
  return {std::move(both.front()), {named}, std::move(both.back())};
}

RenderedEvent plain(const store::Update&, const events::TopicPinned& event) {
  return two_forms(render_topic_pinned(event.forum, event.topic, event.pinned), event.forum);
}

RenderedEvent plain(const store::Update&, const events::PinnedTopics& event) {
  return two_forms(render_pinned_topics(event.forum, event.order), event.forum);
}

RenderedEvent plain(const store::Update&, const events::ReadChannelInbox& event);
RenderedEvent plain(const store::Update&, const events::ReadChannelOutbox& event);
RenderedEvent plain(const store::Update&, const events::ChannelTooLong& event);
RenderedEvent plain(const store::Update&, const events::ReadDiscussionInbox& event);
RenderedEvent plain(const store::Update&, const events::ReadDiscussionOutbox& event);

template <typename Event>
Rendered from_body(const store::Update& entry) {
  HG_ASSIGN(const auto event, decode<Event>(entry.body));
  return plain(entry, event);
}

// Entries that only point at something: it is read as it is now.

// The same entry has another name in a channel's log.
RenderedEvent in_channel(const store::Update& entry, const events::DeleteMessages& event) {
  auto update = counted<tl::updateDeleteChannelMessages>(entry);
  update.channel_id = entry.box.channel().value;
  update.messages = numbers(event.ids);
  return {std::move(update), {Peer::of(entry.box.channel())}};
}

RenderedEvent in_channel(const store::Update& entry, const events::PinnedMessages& event) {
  auto update = counted<tl::updatePinnedChannelMessages>(entry);
  update.pinned = event.pinned;
  update.channel_id = entry.box.channel().value;
  update.messages = numbers(event.ids);
  return {std::move(update), {Peer::of(entry.box.channel())}};
}

template <typename Event>
Rendered from_channel(const store::Update& entry) {
  HG_ASSIGN(const auto event, decode<Event>(entry.body));
  return in_channel(entry, event);
}

Rendered message_event(const store::Update& entry, const store::Message& message, const Viewer& viewer) {
  RenderedEvent rendered;
  HG_ASSIGN(auto wire, render_message(message, viewer));
  collect_peers(message, viewer, rendered.named);
  collect_peers(viewer, rendered.named);
  const auto fill = [&]<typename U>(U update) {
    update.message = std::move(wire);
    rendered.update = std::move(update);
  };
  const bool is_new = entry.kind == UpdateKind::new_message;
  if (message.owner.is_channel()) {
    is_new ? fill(counted<tl::updateNewChannelMessage>(entry))
           : fill(counted<tl::updateEditChannelMessage>(entry));
  } else {
    is_new ? fill(counted<tl::updateNewMessage>(entry)) : fill(counted<tl::updateEditMessage>(entry));
  }
  return rendered;
}

// A new message has nothing yet that people answered to it, unless it passes on a poll; it may mention some
// of those who get it.
Task<Rendered> message_event(services::Services& services, UserId viewer, const store::Update& entry,
                             const store::Message& message) {
  const bool looked_up =
      entry.kind == UpdateKind::edit_message || (message.flags & store::message_mentioned) != 0 ||
      message.kind == store::MessageKind::poll || (message.flags & store::message_barred) != 0;
  std::vector<const store::Message*> one;
  if (looked_up) one.push_back(&message);
  CO_ASSIGN(const auto seen_by, co_await viewer_of(services, viewer, std::move(one)));
  co_return message_event(entry, message, seen_by);
}

Rendered viewed_event(const store::Update& entry) {
  HG_ASSIGN(const auto event, decode<events::PostViewed>(entry.body));
  tl::updateChannelMessageViews update;
  update.channel_id = entry.box.channel().value;
  update.id = event.id.value;
  update.views = event.views;
  return RenderedEvent{std::move(update), {Peer::of(entry.box.channel())}};
}

Rendered reactions_event(UserId viewer, const store::Update& entry) {
  HG_ASSIGN(const auto event, decode<events::ReactionsChanged>(entry.body));
  RenderedEvent rendered;
  tl::updateMessageReactions update;
  update.peer = render_peer(event.peer);
  update.msg_id = event.id.value;
  if (event.thread) update.top_msg_id = event.thread.value;
  update.reactions = render_reactions(event, viewer);
  rendered.update = std::move(update);
  rendered.named.push_back(event.peer);
  for (const auto& given : event.recent) rendered.named.push_back(Peer::of(given.user));
  return rendered;
}

Rendered poll_event(UserId viewer, const store::Update& entry) {
  HG_ASSIGN(const auto event, decode<events::PollChanged>(entry.body));
  RenderedEvent rendered;
  rendered.update = render_poll_update(event, viewer);
  rendered.named.push_back(event.peer);
  for (const auto user : event.tally.recent) rendered.named.push_back(Peer::of(user));
  return rendered;
}

// A group or channel that is to be looked at again.
Rendered chat_event(Peer chat) {
  RenderedEvent rendered;
  rendered.named = {chat};
  if (chat.is_channel()) {
    tl::updateChannel update;
    update.channel_id = chat.id;
    rendered.update = std::move(update);
  } else {
    tl::updateChat update;
    update.chat_id = chat.id;
    rendered.update = std::move(update);
  }
  return rendered;
}

RenderedEvent plain(const store::Update&, const events::ReadChannelInbox& event) {
  tl::updateReadChannelInbox update;
  if (event.folder_id != 0) update.folder_id = event.folder_id;
  update.channel_id = event.channel.id;
  update.max_id = event.max_id.value;
  update.still_unread_count = event.still_unread;
  update.pts = event.pts;
  return {std::move(update), {event.channel}};
}

RenderedEvent plain(const store::Update&, const events::ReadChannelOutbox& event) {
  tl::updateReadChannelOutbox update;
  update.channel_id = event.channel.id;
  update.max_id = event.max_id.value;
  return {std::move(update), {event.channel}};
}

RenderedEvent plain(const store::Update&, const events::ChannelTooLong& event) {
  tl::updateChannelTooLong update;
  update.channel_id = event.channel.id;
  update.pts = event.pts;
  return {std::move(update), {event.channel}};
}

RenderedEvent plain(const store::Update&, const events::ReadDiscussionInbox& event) {
  tl::updateReadChannelDiscussionInbox update;
  update.channel_id = event.group.id;
  update.top_msg_id = event.top.value;
  update.read_max_id = event.max_id.value;
  RenderedEvent rendered;
  rendered.named.push_back(event.group);
  if (event.channel) {
    update.broadcast_id = event.channel.id;
    update.broadcast_post = event.post.value;
    rendered.named.push_back(event.channel);
  }
  rendered.update = std::move(update);
  return rendered;
}

RenderedEvent plain(const store::Update&, const events::ReadDiscussionOutbox& event) {
  tl::updateReadChannelDiscussionOutbox update;
  update.channel_id = event.group.id;
  update.top_msg_id = event.top.value;
  update.read_max_id = event.max_id.value;
  return {std::move(update), {event.group}};
}

Task<Rendered> participants_event(services::Services& services, UserId viewer, const store::Update& entry) {
  CO_ASSIGN(const auto event, decode<events::ChatParticipants>(entry.body));
  services::Caller caller;
  caller.user = viewer;
  const auto full = co_await services::full_chat(services.environment, caller, event.chat);
  RenderedEvent rendered;
  if (!full) co_return rendered;  // not theirs to see any more
  tl::updateChatParticipants update;
  update.participants = render_participants(*full, viewer);
  rendered.update = std::move(update);
  rendered.named.push_back(event.chat);
  for (const auto& member : full->members) rendered.named.push_back(Peer::of(member.user));
  co_return rendered;
}

Task<Rendered> user_event(services::Services& services, UserId viewer, const store::Update& entry) {
  // UserName, UserPhone, UserChanged and Status name the user and nothing else.
  CO_ASSIGN(const auto event, decode<events::UserChanged>(entry.body));
  CO_ASSIGN(const auto view, co_await services.users.view_one(viewer, event.user));
  RenderedEvent rendered;
  rendered.named = {Peer::of(event.user)};
  if (entry.kind == UpdateKind::user_name) {
    tl::updateUserName update;
    update.user_id = event.user.value;
    update.first_name = view.first_name;
    update.last_name = view.last_name;
    update.username = view.username;
    if (!view.username.empty()) {
      tl::username name;
      name.editable = true;
      name.active = true;
      name.username = view.username;
      update.usernames.push_back(std::move(name));
    }
    rendered.update = std::move(update);
  } else if (entry.kind == UpdateKind::user_phone) {
    tl::updateUserPhone update;
    update.user_id = event.user.value;
    update.phone = view.phone;
    rendered.update = std::move(update);
  } else if (entry.kind == events::Status::kind) {
    tl::updateUserStatus update;
    update.user_id = event.user.value;
    update.status = render_status(view.status);
    rendered.update = std::move(update);
  } else {
    tl::updateUser update;
    update.user_id = event.user.value;
    rendered.update = std::move(update);
  }
  co_return rendered;
}

Task<Rendered> privacy_event(services::Services& services, UserId viewer, const store::Update& entry) {
  CO_ASSIGN(const auto event, decode<events::PrivacyChanged>(entry.body));
  const auto key = static_cast<services::PrivacyKey>(event.key);
  CO_ASSIGN(const auto rules, co_await services.privacy.get(viewer, key));
  tl::updatePrivacy update;
  update.key = render_privacy_key(key);
  update.rules = render_privacy_rules(rules);
  RenderedEvent rendered;
  rendered.update = std::move(update);
  for (const auto user : users_in(rules)) rendered.named.push_back(Peer::of(user));
  co_return rendered;
}

Task<Rendered> notify_event(services::Services& services, UserId viewer, const store::Update& entry) {
  CO_ASSIGN(const auto event, decode<events::NotifySettingsChanged>(entry.body));
  auto target = services::NotifyTarget::from_key(event.key);
  target.topic = event.topic;
  CO_ASSIGN(const auto settings, co_await services.notify.get(viewer, target));
  tl::updateNotifySettings update;
  update.peer = render_notify_target(target);
  update.notify_settings = render_notify_settings(settings);
  RenderedEvent rendered;
  rendered.update = std::move(update);
  if (target.peer) rendered.named.push_back(target.peer);
  co_return rendered;
}

Task<Rendered> peer_settings_event(services::Services& services, UserId viewer, const store::Update& entry) {
  CO_ASSIGN(const auto event, decode<events::PeerSettingsChanged>(entry.body));
  if (!event.peer.is_user()) co_return RenderedEvent{};
  CO_ASSIGN(const auto settings,
            co_await services::peer_settings(services.environment, viewer, event.peer.user()));
  tl::updatePeerSettings update;
  update.peer = render_peer(event.peer);
  update.settings = render_peer_settings(settings);
  RenderedEvent rendered;
  rendered.update = std::move(update);
  rendered.named.push_back(event.peer);
  co_return rendered;
}

Task<Rendered> draft_event(services::Services& services, UserId viewer, const store::Update& entry) {
  CO_ASSIGN(const auto event, decode<events::DraftChanged>(entry.body));
  tl::updateDraftMessage update;
  update.peer = render_peer(event.peer);
  if (event.top) update.top_msg_id = event.top.value;
  CO_ASSIGN(update.draft, co_await render_current_draft(services, viewer, event.peer, event.top));
  RenderedEvent rendered;
  rendered.update = std::move(update);
  rendered.named.push_back(event.peer);
  co_return rendered;
}

Task<Rendered> scheduled_event(services::Services& services, UserId viewer, const store::Update& entry) {
  CO_ASSIGN(const auto event, decode<events::NewScheduled>(entry.body));
  CO_ASSIGN(const auto message,
            co_await services::scheduled_message(services.environment, viewer, event.channel, event.id));
  if (!message) co_return RenderedEvent{};  // sent or deleted since: another entry says so
  RenderedEvent rendered;
  tl::updateNewScheduledMessage update;
  CO_ASSIGN(update.message, render_message(*message, Viewer(services, viewer)));
  rendered.update = std::move(update);
  collect_peers(*message, rendered.named);
  co_return rendered;
}

Task<Rendered> filter_event(services::Services& services, UserId viewer, const store::Update& entry) {
  CO_ASSIGN(const auto event, decode<events::DialogFilterChanged>(entry.body));
  CO_ASSIGN(const auto filter,
            co_await services::dialog_filter(services.environment, viewer, event.filter_id));
  RenderedEvent rendered;
  tl::updateDialogFilter update;
  update.id = event.filter_id;
  if (filter) {
    update.filter = render_filter(services.environment, viewer, *filter);
    collect_peers(*filter, rendered.named);
  }
  rendered.update = std::move(update);
  co_return rendered;
}

}  // namespace

Task<Rendered> render_event(services::Services& services, UserId viewer, const store::Update& entry,
                            const store::Message* message) {
  // What is never stored has no place in the enumeration of what is.
  if (entry.kind == events::Typing::kind) co_return from_body<events::Typing>(entry);
  if (entry.kind == events::Status::kind) co_return co_await user_event(services, viewer, entry);
  if (entry.kind == events::PostViewed::kind) co_return viewed_event(entry);
  if (entry.kind == events::ReactionsChanged::kind) co_return reactions_event(viewer, entry);
  if (entry.kind == events::PollChanged::kind) co_return poll_event(viewer, entry);
  if (entry.kind == events::ChannelTooLong::kind) co_return from_body<events::ChannelTooLong>(entry);
  if (entry.kind == events::TopicPinned::kind) co_return from_body<events::TopicPinned>(entry);
  if (entry.kind == events::PinnedTopics::kind) co_return from_body<events::PinnedTopics>(entry);
  if (entry.kind == events::TypingInChat::kind) co_return typing_in_chat(entry, viewer);
  if (entry.kind == events::PendingJoinRequests::kind)
    co_return from_body<events::PendingJoinRequests>(entry);
  if (entry.kind == events::ChatNews::kind || entry.kind == UpdateKind::chat) {
    // Both begin with the chat.
    CO_ASSIGN(const auto event, decode<events::ChatNews>(entry.body));
    co_return chat_event(event.chat);
  }
  switch (entry.kind) {
    case UpdateKind::chat_participants:
      co_return co_await participants_event(services, viewer, entry);
    case UpdateKind::view_forum_as_messages:
      co_return from_body<events::ViewForumAsMessages>(entry);
    case UpdateKind::read_channel_inbox:
      co_return from_body<events::ReadChannelInbox>(entry);
    case UpdateKind::read_channel_contents:
      co_return from_body<events::ReadChannelContents>(entry);
    case UpdateKind::read_channel_outbox:
      co_return from_body<events::ReadChannelOutbox>(entry);
    case UpdateKind::read_discussion_inbox:
      co_return from_body<events::ReadDiscussionInbox>(entry);
    case UpdateKind::read_discussion_outbox:
      co_return from_body<events::ReadDiscussionOutbox>(entry);
    case UpdateKind::new_message:
    case UpdateKind::edit_message:
      if (message == nullptr) co_return RenderedEvent{};
      co_return co_await message_event(services, viewer, entry, *message);
    case UpdateKind::delete_messages:
      if (entry.box.is_channel()) co_return from_channel<events::DeleteMessages>(entry);
      co_return from_body<events::DeleteMessages>(entry);
    case UpdateKind::read_inbox:
      co_return from_body<events::ReadInbox>(entry);
    case UpdateKind::read_outbox:
      co_return from_body<events::ReadOutbox>(entry);
    case UpdateKind::read_contents:
      co_return from_body<events::ReadContents>(entry);
    case UpdateKind::pinned_messages:
      if (entry.box.is_channel()) co_return from_channel<events::PinnedMessages>(entry);
      co_return from_body<events::PinnedMessages>(entry);
    case UpdateKind::folder_peers:
      co_return from_body<events::FolderPeers>(entry);
    case UpdateKind::user_name:
    case UpdateKind::user_phone:
    case UpdateKind::user_changed:
      co_return co_await user_event(services, viewer, entry);
    case UpdateKind::privacy:
      co_return co_await privacy_event(services, viewer, entry);
    case UpdateKind::notify_settings:
      co_return co_await notify_event(services, viewer, entry);
    case UpdateKind::peer_settings:
      co_return co_await peer_settings_event(services, viewer, entry);
    case UpdateKind::dialog_pinned:
      co_return from_body<events::DialogPinned>(entry);
    case UpdateKind::pinned_dialogs:
      co_return from_body<events::PinnedDialogs>(entry);
    case UpdateKind::saved_dialog_pinned:
      co_return from_body<events::SavedDialogPinned>(entry);
    case UpdateKind::pinned_saved_dialogs:
      co_return from_body<events::PinnedSavedDialogs>(entry);
    case UpdateKind::dialog_unread_mark:
      co_return from_body<events::DialogUnreadMark>(entry);
    case UpdateKind::draft:
      co_return co_await draft_event(services, viewer, entry);
    case UpdateKind::new_scheduled:
      co_return co_await scheduled_event(services, viewer, entry);
    case UpdateKind::dialog_filter:
      co_return co_await filter_event(services, viewer, entry);
    case UpdateKind::dialog_filter_order:
      co_return from_body<events::DialogFilterOrder>(entry);
    case UpdateKind::peer_blocked:
      co_return from_body<events::PeerBlocked>(entry);
    case UpdateKind::contacts_reset:
      co_return from_body<events::ContactsReset>(entry);
    case UpdateKind::new_authorization:
      co_return from_body<events::NewAuthorization>(entry);
    case UpdateKind::delete_scheduled:
      co_return from_body<events::DeleteScheduled>(entry);
    case UpdateKind::peer_history_ttl:
      co_return from_body<events::PeerHistoryTtl>(entry);
    case UpdateKind::sticker_sets:
      co_return from_body<events::StickerSets>(entry);
    case UpdateKind::config:
      co_return from_body<events::ConfigChanged>(entry);
    case UpdateKind::login_token:
      co_return from_body<events::LoginToken>(entry);
    default:
      co_return fail(Error::internal("UPDATE_KIND_UNKNOWN", "The update log holds a kind nobody renders."));
  }
}

}  // namespace heliograph::api
