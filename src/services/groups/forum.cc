#include "services/groups/forum.h"

#include "services/groups/admin_log.h"
#include "services/groups/notice.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::size_t gathered_at_once = 5'000;  // messages a transaction

// Opens it for its owner, who is about to turn topics on or off.
Result<Place> open_owned(store::Tx& tx, const Caller& caller, Peer channel, UnixSeconds now, bool enabled,
                         bool tabs) {
  HG_ASSIGN(auto place, open_chat(tx, caller.user, channel, now));
  if (place.chat->kind != store::ChatKind::supergroup) return fail(Error::invalid("CHANNEL_INVALID"));
  if (!place.standing().is_creator()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
  const bool has_tabs = (place.chat->flags & store::chat_forum_tabs) != 0;
  if (place.is_forum() == enabled && has_tabs == (enabled && tabs)) {
    return fail(Error::invalid("CHAT_NOT_MODIFIED"));
  }
  if (enabled && place.chat->linked) {
    return fail(Error::invalid("CHAT_DISCUSSION_UNALLOWED", "The group discusses a channel."));
  }
  return place;
}

Status turn_topics(store::Tx& tx, const Caller& caller, UnixSeconds now, Place& place, bool enabled,
                   bool tabs) {
  const auto before = *place.chat;
  auto& flags = place.chat->flags;
  flags &= ~std::uint32_t{store::chat_forum | store::chat_forum_tabs};
  if (enabled) flags |= store::chat_forum;
  if (enabled && tabs) flags |= store::chat_forum_tabs;
  HG_TRY(tx.chats().update(*place.chat));
  HG_TRY(log_changes(tx, caller.user, now, before, *place.chat));
  return tell_changed(tx, caller, place.peer);
}

}  // namespace

Task<Status> set_forum(const Environment& environment, Caller caller, Peer channel, bool enabled, bool tabs) {
  const auto now = environment.clock.unix_seconds();
  // A large group's messages come into General a step at a time; the last step makes it a forum.
  MessageId after;
  for (;;) {
    auto body = [=](store::Tx& tx) -> Result<MessageId> {
      HG_ASSIGN(auto place, open_owned(tx, caller, channel, now, enabled, tabs));
      if (enabled && !place.is_forum()) {
        HG_TRY(begin_forum(tx, *place.chat));
        HG_ASSIGN(const auto last, tx.topics().gather(place.box, after, gathered_at_once));
        if (last) return last;
      }
      HG_TRY(turn_topics(tx, caller, now, place, enabled, tabs));
      return MessageId{};
    };
    CO_ASSIGN(after, co_await environment.store.write(std::move(body)));
    if (!after) co_return Status();
  }
}

Status begin_forum(store::Tx& tx, const store::Chat& chat) {
  store::Topic general;
  general.box = BoxId::of(chat.peer.channel());
  general.id = general_topic;
  general.creator = chat.creator;
  general.date = chat.created_at;
  general.title = "General";
  general.icon_color = topic_colors.front();
  general.top = general_topic;
  HG_ASSIGN(const auto former, tx.topics().find(general.box, general.id));
  return former ? Status() : tx.topics().put(general);
}

Task<Status> view_forum_as_messages(const Environment& environment, Caller caller, Peer forum, bool enabled) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Status {
    HG_TRY(open_forum(tx, caller.user, forum, now));
    HG_ASSIGN(const bool was, views_as_messages(tx, caller.user, forum));
    if (was == enabled) return {};
    constexpr auto kind = store::SettingKind::view_as_messages;
    if (enabled) {
      HG_TRY(tx.settings().put(caller.user, kind, forum.id, {}));
    } else {
      HG_TRY(tx.settings().erase(caller.user, kind, forum.id));
    }
    HG_TRY(append_event(tx, caller, caller.user, now, events::ViewForumAsMessages{forum, enabled}));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Result<bool> views_as_messages(store::Tx& tx, UserId account, Peer forum) {
  HG_ASSIGN(const auto set, tx.settings().find(account, store::SettingKind::view_as_messages, forum.id));
  return set.has_value();
}

Result<Place> open_forum(store::Tx& tx, UserId caller, Peer forum, UnixSeconds now) {
  if (!forum.is_channel()) return fail(Error::invalid("PEER_ID_INVALID", "Only supergroups have topics."));
  HG_ASSIGN(auto place, open_chat(tx, caller, forum, now));
  if (!place.is_forum()) return fail(Error::invalid("CHANNEL_FORUM_MISSING", "It has no topics."));
  return place;
}

Result<store::Topic> find_topic(store::Tx& tx, const Place& forum, MessageId id) {
  HG_ASSIGN(auto topic, tx.topics().find(forum.box, id));
  if (!topic || (topic->flags & store::topic_deleted) != 0) return fail(Error::invalid("TOPIC_ID_INVALID"));
  return std::move(*topic);
}

bool may_change(const Place& forum, const store::Topic& topic, UserId account) {
  const auto who = forum.standing();
  if (who.has(admin_manage_topics)) return true;
  return topic.id != general_topic && topic.creator == account && who.is_in() &&
         !who.forbidden(banned_send_messages);
}

Status may_write_in(store::Tx& tx, const Place& forum, MessageId id, UserId account) {
  const auto topic = find_topic(tx, forum, id);
  if (!topic && topic.error().code == "TOPIC_ID_INVALID") return fail(Error::invalid("TOPIC_DELETED"));
  if (!topic) return fail(topic.error());
  if ((topic->flags & store::topic_closed) == 0 || may_change(forum, *topic, account)) return {};
  return fail(Error::invalid("TOPIC_CLOSED", "Nobody may write in it any more."));
}

Status end_topic(store::Tx& tx, BoxId box, MessageId id) {
  HG_ASSIGN(auto topic, tx.topics().find(box, id));
  if (!topic) return {};
  topic->title.clear();
  topic->icon_emoji = 0;
  topic->flags = store::topic_deleted;
  topic->pinned_order = 0;
  HG_TRY(tx.topics().put(*topic));
  return tx.threads().erase(box, id);
}

Result<bool> lies_in_general(store::Tx& tx, const Place& group, const store::Message& message) {
  if (group.is_forum()) return topic_of(message) == general_topic;
  if (message.thread != general_topic) return false;
  // Where there have never been topics, this is the thread that the first message begins.
  HG_ASSIGN(const auto general, tx.topics().find(group.box, general_topic));
  return general.has_value();
}

MessageId topic_of(const store::Message& message) {
  if (message.thread) return message.thread;
  return (message.flags & store::message_topic) != 0 ? message.id : general_topic;
}

}  // namespace heliograph::services
