#include "api/render/topic.h"

#include "api/render/dialog.h"
#include "api/render/notify.h"
#include "api/render/peer.h"

namespace heliograph::api {

tl::forumTopic render_short_topic(const store::Topic& topic, UserId viewer) {
  tl::forumTopic wire;
  wire.short_ = true;
  wire.my = topic.creator == viewer;
  wire.closed = (topic.flags & store::topic_closed) != 0;
  wire.hidden = (topic.flags & store::topic_hidden) != 0;
  wire.pinned = topic.pinned_order != 0;
  wire.id = topic.id.value;
  wire.date = static_cast<std::int32_t>(topic.date);
  wire.peer = render_peer(Peer::of(topic.box.channel()));
  wire.title = topic.title;
  wire.icon_color = topic.icon_color;
  if (topic.icon_emoji != 0) wire.icon_emoji_id = topic.icon_emoji;
  wire.from_id = render_peer(topic.shown_as ? topic.shown_as : Peer::of(topic.creator));
  wire.notify_settings = tl::peerNotifySettings{};
  return wire;
}

tl::Box<tl::ForumTopic> render_topic(const services::Environment& environment, UserId viewer,
                                     const services::TopicView& view) {
  if ((view.topic.flags & store::topic_deleted) != 0) {
    tl::forumTopicDeleted gone;
    gone.id = view.topic.id.value;
    return gone;
  }
  auto wire = render_short_topic(view.topic, viewer);
  wire.short_ = false;
  wire.top_message = view.topic.top.value;
  wire.read_inbox_max_id = view.read.inbox.value;
  wire.read_outbox_max_id = view.read.outbox.value;
  wire.unread_count = view.unread;
  wire.unread_mentions_count = view.unread_mentions;
  wire.unread_reactions_count = view.unread_reactions;
  wire.notify_settings = render_notify_settings(view.notify);
  if (view.draft) wire.draft = render_draft(environment, viewer, *view.draft);
  return wire;
}

std::vector<tl::Box<tl::Update>> render_topic_pinned(Peer forum, MessageId topic, bool pinned) {
  tl::updateChannelPinnedTopic older;
  older.pinned = pinned;
  older.channel_id = forum.id;
  older.topic_id = topic.value;
  tl::updatePinnedForumTopic newer;
  newer.pinned = pinned;
  newer.peer = render_peer(forum);
  newer.topic_id = topic.value;
  std::vector<tl::Box<tl::Update>> both;
  both.emplace_back(std::move(older));
  both.emplace_back(std::move(newer));
  return both;
}

std::vector<tl::Box<tl::Update>> render_pinned_topics(Peer forum, const std::vector<MessageId>& order) {
  tl::updateChannelPinnedTopics older;
  older.channel_id = forum.id;
  older.order.emplace();
  for (const auto id : order) older.order->push_back(id.value);
  tl::updatePinnedForumTopics newer;
  newer.peer = render_peer(forum);
  newer.order = older.order;
  std::vector<tl::Box<tl::Update>> both;
  both.emplace_back(std::move(older));
  both.emplace_back(std::move(newer));
  return both;
}

}  // namespace heliograph::api
