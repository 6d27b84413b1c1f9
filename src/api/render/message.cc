#include "api/render/message.h"

#include <algorithm>

#include "api/render/chat.h"
#include "api/render/entity.h"
#include "api/render/markup.h"
#include "api/render/media.h"
#include "api/render/poll.h"
#include "api/render/responses.h"
#include "services/chats/content.h"
#include "services/chats/vanish.h"
#include "services/groups/barred.h"
#include "tl/core_g.h"

namespace heliograph::api {

namespace {

tl::messageFwdHeader render_forward(const services::ForwardHeader& header) {
  tl::messageFwdHeader wire;
  wire.date = wire_date(header.date);
  if (header.from) wire.from_id = render_peer(Peer::of(header.from));
  if (header.from_chat) wire.from_id = render_peer(header.from_chat);
  if (header.post) wire.channel_post = header.post.value;
  if (!header.author.empty()) wire.post_author = header.author;
  if (!header.from_name.empty()) wire.from_name = header.from_name;
  if (header.saved_from_peer) {
    wire.saved_from_peer = render_peer(header.saved_from_peer);
    wire.saved_from_msg_id = header.saved_from_id.value;
  }
  return wire;
}

tl::messageReplyHeader render_reply(const services::ReplyHeader& header) {
  tl::messageReplyHeader wire;
  if (header.id) wire.reply_to_msg_id = header.id.value;
  if (header.top) wire.reply_to_top_id = header.top.value;
  wire.forum_topic = header.topic;
  if (header.peer && header.id) wire.reply_to_peer_id = render_peer(header.peer);
  if (header.origin) wire.reply_from = render_forward(*header.origin);
  if (header.quote) {
    wire.quote = true;
    wire.quote_text = header.quote_text;
    wire.quote_entities = render_optional_entities(header.quote_entities);
    if (header.quote_offset != 0) wire.quote_offset = header.quote_offset;
  }
  return wire;
}

std::vector<std::int64_t> ids_of(const std::vector<UserId>& users) {
  std::vector<std::int64_t> ids;
  for (const auto user : users) ids.push_back(user.value);
  return ids;
}

// `media`: a new photo of the chat.
tl::Box<tl::MessageAction> render_action(const services::Action& action,
                                         const std::optional<services::Media>& media, const Viewer& viewer) {
  using services::ActionKind;
  switch (action.kind) {
    case ActionKind::contact_sign_up:
      return tl::messageActionContactSignUp{};
    case ActionKind::pin_message:
      return tl::messageActionPinMessage{};
    case ActionKind::set_messages_ttl: {
      tl::messageActionSetMessagesTTL wire;
      wire.period = action.ttl_period;
      return wire;
    }
    case ActionKind::screenshot:
      return tl::messageActionScreenshotTaken{};
    case ActionKind::history_clear:
      return tl::messageActionHistoryClear{};
    case ActionKind::custom: {
      tl::messageActionCustomAction wire;
      wire.message = action.text;
      return wire;
    }
    case ActionKind::chat_create: {
      tl::messageActionChatCreate wire;
      wire.title = action.text;
      wire.users = ids_of(action.users);
      return wire;
    }
    case ActionKind::chat_edit_title: {
      tl::messageActionChatEditTitle wire;
      wire.title = action.text;
      return wire;
    }
    case ActionKind::chat_delete_photo:
      return tl::messageActionChatDeletePhoto{};
    case ActionKind::chat_add_user: {
      tl::messageActionChatAddUser wire;
      wire.users = ids_of(action.users);
      return wire;
    }
    case ActionKind::chat_delete_user: {
      tl::messageActionChatDeleteUser wire;
      if (!action.users.empty()) wire.user_id = action.users.front().value;
      return wire;
    }
    case ActionKind::chat_joined_by_link: {
      tl::messageActionChatJoinedByLink wire;
      if (!action.users.empty()) wire.inviter_id = action.users.front().value;
      return wire;
    }
    case ActionKind::chat_joined_by_request:
      return tl::messageActionChatJoinedByRequest{};
    case ActionKind::channel_create: {
      tl::messageActionChannelCreate wire;
      wire.title = action.text;
      return wire;
    }
    case ActionKind::chat_migrate_to: {
      tl::messageActionChatMigrateTo wire;
      wire.channel_id = action.peer.id;
      return wire;
    }
    case ActionKind::channel_migrate_from: {
      tl::messageActionChannelMigrateFrom wire;
      wire.title = action.text;
      wire.chat_id = action.peer.id;
      return wire;
    }
    case ActionKind::chat_edit_photo: {
      if (!media || !media->photo) break;
      tl::messageActionChatEditPhoto wire;
      wire.photo = render_photo(viewer.files, *media->photo);
      return wire;
    }
    case ActionKind::topic_create: {
      tl::messageActionTopicCreate wire;
      wire.title = action.text;
      wire.icon_color = action.number;
      if (action.id != 0) wire.icon_emoji_id = action.id;
      return wire;
    }
    case ActionKind::topic_edit: {
      const auto says = [&](services::TopicEdit what) { return (action.flags & what) != 0; };
      tl::messageActionTopicEdit wire;
      if (says(services::topic_edit_title)) wire.title = action.text;
      if (says(services::topic_edit_icon)) wire.icon_emoji_id = action.id;
      if (says(services::topic_edit_closed)) wire.closed = says(services::topic_edit_is_closed);
      if (says(services::topic_edit_hidden)) wire.hidden = says(services::topic_edit_is_hidden);
      return wire;
    }
    case ActionKind::none:
      break;
  }
  return tl::messageActionEmpty{};
}

tl::Box<tl::GeoPoint> render_geo(const services::Media& media) {
  tl::geoPoint wire;
  wire.lat = media.latitude_e6 / 1e6;
  wire.long_ = media.longitude_e6 / 1e6;
  if (media.accuracy_radius_m != 0) wire.accuracy_radius = media.accuracy_radius_m;
  return wire;
}

std::optional<std::int32_t> ttl_of(const store::Message& message) {
  if (message.expires_at <= message.date) return std::nullopt;
  return static_cast<std::int32_t>(message.expires_at - message.date);
}

}  // namespace

tl::Box<tl::MessageMedia> render_media(const services::Media& media, const Viewer& viewer,
                                       const services::PollView* poll) {
  using services::MediaKind;
  switch (media.kind) {
    case MediaKind::contact: {
      tl::messageMediaContact wire;
      wire.phone_number = media.phone;
      wire.first_name = media.first_name;
      wire.last_name = media.last_name;
      wire.vcard = media.vcard;
      wire.user_id = media.user.value;
      return wire;
    }
    case MediaKind::geo: {
      tl::messageMediaGeo wire;
      wire.geo = render_geo(media);
      return wire;
    }
    case MediaKind::venue: {
      tl::messageMediaVenue wire;
      wire.geo = render_geo(media);
      wire.title = media.title;
      wire.address = media.address;
      wire.provider = media.provider;
      wire.venue_id = media.venue_id;
      wire.venue_type = media.venue_type;
      return wire;
    }
    case MediaKind::photo:
      if (!media.photo && media.ttl_seconds != 0)
        return tl::messageMediaPhoto{.ttl_seconds = media.ttl_seconds};
      if (!media.photo) break;
      return render_photo_media(render_photo(viewer.files, *media.photo), media.spoiler, media.ttl_seconds);
    case MediaKind::document:
      if (!media.document && media.ttl_seconds != 0)
        return tl::messageMediaDocument{.ttl_seconds = media.ttl_seconds};
      if (!media.document) break;
      return render_document_media(*media.document, render_document(viewer.files, *media.document),
                                   media.spoiler, media.ttl_seconds);
    case MediaKind::poll: {
      if (!media.poll) break;
      services::PollView fresh;
      fresh.tally.closed = media.poll->closed;
      return render_poll_media(*media.poll, poll == nullptr ? fresh : *poll, viewer.user);
    }
    case MediaKind::none:
      break;
  }
  return {};
}

namespace {

// Whose it is shown as. Null: a post, which is the channel's, unless it links to its author's profile.
tl::Box<tl::Peer> shown_from(const store::Message& message, const services::MessageContent& content) {
  if ((message.flags & store::message_post) != 0 && !content.shown_as) return {};
  return render_peer(content.shown_as ? content.shown_as : Peer::of(message.from));
}

bool is_out(const store::Message& message, UserId viewer) {
  if ((message.flags & store::message_discussed) != 0) return false;  // the channel's
  if (message.owner.is_channel()) return message.from == viewer;
  return (message.flags & store::message_out) != 0;
}

}  // namespace

namespace {

const services::Responses* responses_in(const Viewer& viewer, const store::Message& message) {
  if (!viewer.responses) return nullptr;
  const auto found = viewer.responses->find({message.owner, message.id});
  return found == viewer.responses->end() ? nullptr : &found->second;
}

// What is said of the thread that a message begins. A message that is new has none of what is looked up.
std::optional<services::ThreadSummary> thread_of(const store::Message& message,
                                                 const services::MessageContent& content,
                                                 const Viewer& viewer) {
  if ((message.flags & store::message_thread) == 0) return std::nullopt;
  if (const auto* responses = responses_in(viewer, message)) return responses->thread;
  services::ThreadSummary fresh;
  fresh.group = content.discussion;
  fresh.box_pts = 1;
  return fresh;
}

}  // namespace

namespace {

// What somebody sees in place of a message that is not shown where they are.
store::Message barred_form(const store::Message& message, const services::Barred& barred) {
  auto shown = message;
  shown.text = barred.text;
  shown.kind = store::MessageKind::plain;
  constexpr auto gone = store::message_barred | store::message_has_link | store::message_sensitive |
                        store::message_media_unread | store::message_reactions | store::message_invert_media;
  shown.flags = (shown.flags & ~std::uint32_t{gone}) | store::message_withheld | store::message_no_forwards;
  shown.album = 0;
  return shown;
}

bool is_barred(const store::Message& message, const services::MessageContent& content, const Viewer& viewer) {
  if ((message.flags & store::message_barred) == 0 || !content.barred) return false;
  return !viewer.country || services::is_barred(content.barred->countries, *viewer.country);
}

}  // namespace

Result<tl::Box<tl::Message>> render_message(const store::Message& message, const Viewer& viewer) {
  HG_ASSIGN(auto content, services::decode_content(message));
  if (is_barred(message, content, viewer)) {
    auto shown = barred_form(message, *content.barred);
    content.entities.clear();
    content.media.reset();
    content.forward.reset();
    content.barred.reset();
    shown.content = services::encode_content(content);
    return render_message(shown, viewer);
  }
  const auto has = [&](store::MessageFlag flag) { return (message.flags & flag) != 0; };
  const auto* responses = responses_in(viewer, message);
  // In a channel the flag says that somebody is mentioned, and the responses who.
  const bool shared = message.owner.is_channel();
  const bool mentioned =
      shared ? responses != nullptr && responses->mentioned : has(store::message_mentioned);
  const bool unread =
      has(store::message_media_unread) || (shared && responses != nullptr && responses->unread);
  if (has(store::message_service)) {
    tl::messageService wire;
    wire.out = is_out(message, viewer.user);
    wire.post = has(store::message_post);
    wire.mentioned = mentioned;
    wire.media_unread = unread;
    wire.silent = has(store::message_silent);
    wire.id = message.id.value;
    wire.from_id = shown_from(message, content);
    wire.peer_id = render_peer(message.peer);
    if (content.reply) wire.reply_to = render_reply(*content.reply);
    wire.date = wire_date(message.date);
    auto action = content.action.value_or(services::Action{});
    if (has(store::message_withheld)) action.text = message.text;  // the title that it gives a topic
    wire.action = render_action(action, content.media, viewer);
    wire.ttl_period = ttl_of(message);
    return tl::Box<tl::Message>(std::move(wire));
  }
  tl::message wire;
  if (has(store::message_sensitive)) {
    // core.telegram.org/constructor/restrictionReason: clients blur it until they are asked not to.
    wire.restriction_reason.emplace().push_back(
        render_restriction("sensitive", "This message was marked as sensitive."));
  }
  if (has(store::message_withheld)) {
    wire.restriction_reason.emplace().push_back(render_restriction("terms", message.text));
  }
  wire.out = is_out(message, viewer.user);
  wire.post = has(store::message_post);
  wire.mentioned = mentioned;
  wire.media_unread = unread;
  wire.silent = has(store::message_silent);
  wire.from_scheduled = has(store::message_from_scheduled);
  wire.edit_hide = has(store::message_edit_hide);
  wire.pinned = has(store::message_pinned);
  wire.noforwards = has(store::message_no_forwards);
  wire.invert_media = has(store::message_invert_media);
  wire.id = message.id.value;
  wire.from_id = shown_from(message, content);
  wire.peer_id = render_peer(message.peer);
  if (content.forward) wire.fwd_from = render_forward(*content.forward);
  if (content.via_bot) wire.via_bot_id = content.via_bot.value;
  if (content.reply) wire.reply_to = render_reply(*content.reply);
  wire.date = wire_date(message.date);
  wire.message = message.text;
  if (content.media) {
    const bool stands = responses != nullptr && responses->poll;
    wire.media = render_media(*content.media, viewer, stands ? &*responses->poll : nullptr);
  }
  wire.entities = render_optional_entities(content.entities);
  if (content.markup) wire.reply_markup = render_markup(*content.markup);
  if (message.edited_at != 0) wire.edit_date = wire_date(message.edited_at);
  if (!services::vanishes(content)) wire.ttl_period = ttl_of(message);
  if (!content.author.empty()) wire.post_author = content.author;
  if (message.album != 0) wire.grouped_id = message.album;
  if (has(store::message_views)) {
    const auto count = responses == nullptr ? store::PostCount{} : responses->count;
    wire.views = static_cast<std::int32_t>(count.views + 1);  // its author has seen it
    wire.forwards = static_cast<std::int32_t>(count.forwards);
  }
  if (responses != nullptr && responses->reactions && !responses->reactions->counts.empty()) {
    wire.reactions = render_reactions(*responses->reactions, viewer.user);
  }
  if (const auto thread = thread_of(message, content, viewer)) wire.replies = render_replies(*thread);
  if (message.peer.is_user() && message.peer.user() == message.owner.user()) {
    wire.saved_peer_id = render_peer(message.saved_peer ? message.saved_peer : message.peer);
  }
  return tl::Box<tl::Message>(std::move(wire));
}

void collect_peers(const store::Message& message, std::vector<Peer>& peers) {
  peers.push_back(message.peer);
  const auto content = services::decode_content(message);
  if (!content) return;  // render_message has said so
  // Whoever is shown as something else is not named.
  if ((message.flags & store::message_post) == 0 && !content->shown_as) {
    peers.push_back(Peer::of(message.from));
  }
  const auto add_forward = [&](const services::ForwardHeader& header) {
    if (header.from) peers.push_back(Peer::of(header.from));
    if (header.from_chat) peers.push_back(header.from_chat);
    if (header.saved_from_peer) peers.push_back(header.saved_from_peer);
  };
  if (content->forward) add_forward(*content->forward);
  if (content->reply) {
    if (content->reply->origin) add_forward(*content->reply->origin);
    if (content->reply->peer) peers.push_back(content->reply->peer);
  }
  if (content->shown_as) peers.push_back(content->shown_as);
  if (content->action) {
    for (const auto user : content->action->users) peers.push_back(Peer::of(user));
    if (content->action->peer) peers.push_back(content->action->peer);
  }
  if (content->via_bot) peers.push_back(Peer::of(content->via_bot));
  if (content->media && content->media->user) peers.push_back(Peer::of(content->media->user));
  for (const auto& entity : content->entities) {
    if (entity.kind == services::EntityKind::mention_name) peers.push_back(Peer::of(entity.user));
  }
}

void collect_peers(const store::Message& message, const Viewer& viewer, std::vector<Peer>& peers) {
  collect_peers(message, peers);
  if ((message.flags & store::message_thread) == 0) return;
  const auto content = services::decode_content(message);
  if (!content) return;
  const auto thread = thread_of(message, *content, viewer);
  if (!thread || !thread->group) return;
  peers.push_back(thread->group);
  for (const auto peer : thread->count.recent) peers.push_back(peer);
}

Result<std::vector<tl::Box<tl::Message>>> render_messages(const std::vector<store::Message>& messages,
                                                          const Viewer& viewer) {
  std::vector<tl::Box<tl::Message>> wire;
  wire.reserve(messages.size());
  for (const auto& message : messages) {
    HG_ASSIGN(auto rendered, render_message(message, viewer));
    wire.push_back(std::move(rendered));
  }
  return wire;
}

Task<Result<tl::Box<tl::messages::Messages>>> render_page(services::Services& services, UserId viewer,
                                                          store::Page page, std::int32_t channel_pts) {
  CO_ASSIGN(const auto seen_by, co_await viewer_of(services, viewer, page.messages));
  CO_ASSIGN(auto messages, render_messages(page.messages, seen_by));
  std::vector<Peer> named;
  for (const auto& message : page.messages) collect_peers(message, seen_by, named);
  collect_peers(seen_by, named);
  CO_ASSIGN(auto described, co_await describe(services, viewer, std::move(named)));
  if (channel_pts != 0) {
    tl::messages::channelMessages channel;
    channel.pts = channel_pts;
    channel.count = static_cast<std::int32_t>(page.total);
    channel.inexact = page.inexact;
    channel.messages = std::move(messages);
    channel.users = std::move(described.users);
    channel.chats = std::move(described.chats);
    co_return tl::Box<tl::messages::Messages>(std::move(channel));
  }
  if (page.total <= static_cast<std::int64_t>(messages.size()) && !page.inexact) {
    tl::messages::messages whole;
    whole.messages = std::move(messages);
    whole.users = std::move(described.users);
    whole.chats = std::move(described.chats);
    co_return tl::Box<tl::messages::Messages>(std::move(whole));
  }
  tl::messages::messagesSlice slice;
  slice.count = static_cast<std::int32_t>(page.total);
  slice.inexact = page.inexact;
  slice.messages = std::move(messages);
  slice.users = std::move(described.users);
  slice.chats = std::move(described.chats);
  co_return tl::Box<tl::messages::Messages>(std::move(slice));
}

}  // namespace heliograph::api
