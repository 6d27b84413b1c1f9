#include "services/groups/topics.h"

#include <algorithm>

#include "services/accounts/names.h"
#include "services/chats/dialog.h"
#include "services/chats/send_as.h"
#include "services/groups/admin_log.h"
#include "services/groups/notice.h"
#include "services/moderation/judge.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::size_t erased_at_once = 1'000;  // messages a transaction

Result<std::string> clean_topic_title(std::string_view text) {
  auto title = clean_name(text, topic_title_max);
  if (!title || title->empty()) return fail(Error::invalid("TOPIC_TITLE_EMPTY"));
  return std::move(*title);
}

std::int32_t color_or_first(std::int32_t color) {
  const bool known = std::ranges::find(topic_colors, color) != topic_colors.end();
  return known ? color : topic_colors.front();
}

// An icon is a custom emoji, or none.
Status check_icon(store::Tx& tx, std::int64_t document, UnixSeconds now) {
  if (document == 0) return {};
  HG_ASSIGN(const auto row, tx.media().find(document));
  if (!row || row->kind != store::MediaKind::document) return fail(Error::invalid("DOCUMENT_INVALID"));
  HG_ASSIGN(const auto found, document_from(*row));
  if (found.find(AttributeKind::custom_emoji) == nullptr) return fail(Error::invalid("DOCUMENT_INVALID"));
  return tx.media().touch(document, now);
}

std::string shown_title(const store::Message& message, const std::string& title) {
  return (message.flags & store::message_withheld) != 0 ? message.text : title;
}

Status log_topic(store::Tx& tx, const Caller& caller, const Place& forum, AdminActKind kind,
                 const std::optional<store::Topic>& before, const std::optional<store::Topic>& after) {
  AdminActBody act;
  if (before) act.topic_before = shot_of(*before);
  if (after) act.topic_after = shot_of(*after);
  return log_act(tx, forum.peer, caller.user, forum.now, kind, std::move(act));
}

// A service message about a topic, by the caller.
Outgoing notice_in(const Caller& caller, const Place& forum, ActionKind kind) {
  Outgoing notice;
  notice.from = caller.user;
  notice.to = forum.peer;
  notice.date = forum.now;
  notice.flags = store::message_service;
  notice.content.action.emplace();
  notice.content.action->kind = kind;
  return notice;
}

Result<Appended> create_in_forum(const Environment& environment, store::Tx& tx, const Caller& caller,
                                 UnixSeconds now, const NewTopic& wanted) {
  HG_ASSIGN(const auto place, open_forum(tx, caller.user, wanted.forum, now));
  HG_ASSIGN(auto before, sent_before(tx, caller.user, wanted.forum, wanted.random_id));
  if (before) return std::move(*before);
  HG_TRY(require_either(place.standing(), admin_manage_topics, banned_manage_topics));
  HG_TRY(may_send(place.standing(), store::MessageKind::plain, 0));
  HG_TRY(check_icon(tx, wanted.icon_emoji, now));
  HG_ASSIGN(const auto author, author_of(tx, caller.user, place, wanted.send_as));
  auto notice = notice_in(caller, place, ActionKind::topic_create);
  notice.flags |= store::message_topic;
  notice.random_id = wanted.random_id;
  if (author != Peer::of(caller.user)) notice.content.shown_as = author;
  notice.content.action->text = wanted.title;
  notice.content.action->number = color_or_first(wanted.icon_color);
  notice.content.action->id = wanted.icon_emoji;
  HG_ASSIGN(auto appended, append_judged(environment, tx, caller, place, std::move(notice)));
  store::Topic topic;
  topic.box = place.box;
  topic.id = appended.message.id;
  topic.creator = caller.user;
  if (author != Peer::of(caller.user)) topic.shown_as = author;
  topic.date = now;
  topic.title = shown_title(appended.message, wanted.title);
  topic.icon_color = color_or_first(wanted.icon_color);
  topic.icon_emoji = wanted.icon_emoji;
  topic.titled_by = appended.message.id;
  topic.top = appended.message.id;
  HG_TRY(tx.topics().put(topic));
  HG_TRY(log_topic(tx, caller, place, AdminActKind::topic_create, {}, topic));
  return appended;
}

// Which fields the client may set together.
Status check_edit(const EditTopic& edit) {
  const bool looks = edit.title || edit.icon_emoji;
  if (edit.closed && (looks || edit.hidden)) return fail(Error::invalid("TOPIC_CLOSE_SEPARATELY"));
  if (edit.hidden && looks) return fail(Error::invalid("TOPIC_HIDE_SEPARATELY"));
  if (edit.hidden && edit.id != general_topic) return fail(Error::invalid("NOGENERAL_HIDE_FORBIDDEN"));
  if (edit.icon_emoji && edit.id == general_topic) {
    return fail(Error::invalid("GENERAL_MODIFY_ICON_FORBIDDEN"));
  }
  return {};
}

void set_switch(store::Topic& topic, store::TopicFlag flag, bool on) {
  topic.flags = on ? topic.flags | flag : topic.flags & ~std::uint32_t{flag};
}

store::Topic edited(store::Topic topic, const EditTopic& edit) {
  if (edit.title) topic.title = *edit.title;
  if (edit.icon_emoji) topic.icon_emoji = *edit.icon_emoji;
  if (edit.closed) {
    set_switch(topic, store::topic_closed, *edit.closed);
    if (!*edit.closed) set_switch(topic, store::topic_hidden, false);
  }
  if (edit.hidden) {
    set_switch(topic, store::topic_hidden, *edit.hidden);
    if (*edit.hidden) set_switch(topic, store::topic_closed, true);
  }
  return topic;
}

// What the service message says: all that differs.
void say_changes(Action& action, const store::Topic& before, const store::Topic& after) {
  if (before.title != after.title) {
    action.flags |= topic_edit_title;
    action.text = after.title;
  }
  if (before.icon_emoji != after.icon_emoji) {
    action.flags |= topic_edit_icon;
    action.id = after.icon_emoji;
  }
  const auto changed = before.flags ^ after.flags;
  if ((changed & store::topic_closed) != 0) {
    action.flags |= topic_edit_closed;
    if ((after.flags & store::topic_closed) != 0) action.flags |= topic_edit_is_closed;
  }
  if ((changed & store::topic_hidden) != 0) {
    action.flags |= topic_edit_hidden;
    if ((after.flags & store::topic_hidden) != 0) action.flags |= topic_edit_is_hidden;
  }
}

Result<Appended> edit_in_forum(const Environment& environment, store::Tx& tx, const Caller& caller,
                               UnixSeconds now, const EditTopic& edit) {
  HG_ASSIGN(const auto place, open_forum(tx, caller.user, edit.forum, now));
  HG_ASSIGN(const auto before, find_topic(tx, place, edit.id));
  if (!may_change(place, before, caller.user)) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
  HG_TRY(check_edit(edit));
  auto after = edited(before, edit);
  if (edit.icon_emoji) HG_TRY(check_icon(tx, *edit.icon_emoji, now));
  auto notice = notice_in(caller, place, ActionKind::topic_edit);
  say_changes(*notice.content.action, before, after);
  if (notice.content.action->flags == 0) return fail(Error::invalid("TOPIC_NOT_MODIFIED"));
  if (place.member && (place.member->admin_rights & admin_anonymous) != 0) {
    notice.content.shown_as = place.peer;
  }
  HG_ASSIGN(auto where, reply_to_topic(tx, place, edit.id));
  notice.thread = where.thread;
  if (where.header.id) notice.reply = std::move(where);
  const bool retitled = before.title != after.title;
  HG_ASSIGN(auto appended, retitled ? append_judged(environment, tx, caller, place, std::move(notice))
                                    : append_message(tx, caller, notice));
  if (retitled) {
    after.title = shown_title(appended.message, after.title);
    after.titled_by = appended.message.id;
  }
  HG_TRY(tx.topics().put(after));
  HG_TRY(log_topic(tx, caller, place, AdminActKind::topic_edit, before, after));
  return appended;
}

// Opens a forum for who manages its topics.
Result<Place> open_for_topics(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer forum) {
  HG_ASSIGN(auto place, open_forum(tx, caller.user, forum, now));
  HG_TRY(require(place.standing(), admin_manage_topics));
  return place;
}

Status set_pinned(store::Tx& tx, const Caller& caller, const Place& forum, const store::Topic& before,
                  std::int32_t order) {
  if (before.pinned_order == order) return {};
  auto after = before;
  after.pinned_order = order;
  HG_TRY(tx.topics().put(after));
  if ((before.pinned_order != 0) == (order != 0)) return {};
  // The one that is pinned is said as the new one, the one that is unpinned as the old one.
  using Shown = std::optional<store::Topic>;
  return log_topic(tx, caller, forum, AdminActKind::topic_pin, order == 0 ? Shown(before) : Shown(),
                   order == 0 ? Shown() : Shown(after));
}

// Gives the pinned topics this order, top first.
Status store_order(store::Tx& tx, const Caller& caller, const Place& forum,
                   const std::vector<store::Topic>& order) {
  auto place = static_cast<std::int32_t>(order.size());
  for (const auto& topic : order) HG_TRY(set_pinned(tx, caller, forum, topic, place--));
  return {};
}

template <typename Event>
void tell_forum(store::Tx& tx, const Place& forum, Event event) {
  tx.updates().publish_transient(transient_event(Caller{}, forum.box, std::move(event)));
}

// What is left of a topic: some messages, the oldest first, its first one last.
Result<std::vector<store::Message>> some_of(store::Tx& tx, const Place& forum, MessageId topic) {
  store::HistoryRange range;
  range.thread = topic;
  range.limit = static_cast<std::int32_t>(erased_at_once);
  HG_ASSIGN(auto page, tx.messages().history(forum.box, forum.peer, range));
  if (page.messages.size() < erased_at_once) {
    HG_ASSIGN(auto first, tx.messages().find(forum.box, topic));
    if (first) page.messages.push_back(std::move(*first));
  }
  return std::move(page.messages);
}

Status may_delete(store::Tx& tx, const Place& forum, const store::Topic& topic, UserId account) {
  if (forum.standing().has(admin_delete_messages)) return {};
  const auto refused = [] { return fail(Error::forbidden("CHAT_WRITE_FORBIDDEN")); };
  if (!may_change(forum, topic, account)) return refused();
  HG_ASSIGN(const auto all, some_of(tx, forum, topic.id));
  const bool small = all.size() <= own_topic_max + 1;
  const bool own = std::ranges::all_of(all, [&](const auto& message) { return message.from == account; });
  return small && own && topic.creator == account ? Status() : refused();
}

struct EraseStep {
  store::Update update;
  bool more = false;
};
// The first step ends the topic, so that nobody writes in it between the steps.
Result<EraseStep> erase_step(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer peer, MessageId id,
                             bool first) {
  HG_ASSIGN(const auto place, open_forum(tx, caller.user, peer, now));
  if (first) {
    if (id == general_topic) return fail(Error::invalid("TOPIC_ID_INVALID", "General is always there."));
    HG_ASSIGN(const auto topic, find_topic(tx, place, id));
    HG_TRY(may_delete(tx, place, topic, caller.user));
    HG_TRY(log_topic(tx, caller, place, AdminActKind::topic_erase, topic, {}));
    HG_TRY(end_topic(tx, place.box, id));
  }
  HG_ASSIGN(const auto messages, some_of(tx, place, id));
  EraseStep step;
  step.more = std::ranges::none_of(messages, [&](const auto& message) { return message.id == id; }) &&
              !messages.empty();
  // The answer speaks of the last step; of the others all devices hear by the log.
  HG_ASSIGN(step.update, erase_from_box(tx, step.more ? Caller{} : caller, now, place.box, messages));
  return step;
}

}  // namespace

Task<Result<Appended>> create_topic(const Environment& environment, Limits& limits, Caller caller,
                                    NewTopic wanted) {
  CO_ASSIGN(wanted.title, clean_topic_title(wanted.title));
  if (wanted.random_id == 0) co_return fail(Error::invalid("RANDOM_ID_EMPTY"));
  CO_TRY(limits.take("create-topic", std::to_string(caller.user.value), create_topic_rate));
  const auto now = environment.clock.unix_seconds();
  auto body = [&environment, caller, now, wanted = std::move(wanted)](store::Tx& tx) {
    return create_in_forum(environment, tx, caller, now, wanted);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<Appended>> edit_topic(const Environment& environment, Caller caller, EditTopic edit) {
  if (edit.title) {
    CO_ASSIGN(edit.title, clean_topic_title(*edit.title));
  }
  const auto now = environment.clock.unix_seconds();
  auto body = [&environment, caller, now, edit = std::move(edit)](store::Tx& tx) {
    return edit_in_forum(environment, tx, caller, now, edit);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> pin_topic(const Environment& environment, Caller caller, Peer forum, MessageId id, bool pinned) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto place, open_for_topics(tx, caller, now, forum));
    HG_ASSIGN(auto topic, find_topic(tx, place, id));
    if ((topic.pinned_order != 0) == pinned) return {};
    if (pinned) {
      HG_ASSIGN(auto order, tx.topics().pinned(place.box, {}));
      if (order.size() >= pinned_topics_max) return fail(Error::invalid("PINNED_TOO_MUCH"));
      order.insert(order.begin(), std::move(topic));
      HG_TRY(store_order(tx, caller, place, order));
    } else {
      HG_TRY(set_pinned(tx, caller, place, topic, 0));
    }
    tell_forum(tx, place, events::TopicPinned{forum, id, pinned});
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::vector<MessageId>>> reorder_pinned_topics(const Environment& environment, Caller caller,
                                                           Peer forum, std::vector<MessageId> order,
                                                           bool force) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, forum, force, now,
               order = std::move(order)](store::Tx& tx) -> Result<std::vector<MessageId>> {
    HG_ASSIGN(const auto place, open_for_topics(tx, caller, now, forum));
    HG_ASSIGN(auto present, tx.topics().pinned(place.box, {}));
    std::vector<store::Topic> wanted;
    for (const auto id : order) {
      if (std::ranges::find(wanted, id, &store::Topic::id) != wanted.end()) continue;
      const auto at = std::ranges::find(present, id, &store::Topic::id);
      if (at != present.end()) {
        wanted.push_back(std::move(*at));
        present.erase(at);
      } else if (force) {
        HG_ASSIGN(auto topic, find_topic(tx, place, id));
        wanted.push_back(std::move(topic));
      }
      if (wanted.size() > pinned_topics_max) return fail(Error::invalid("PINNED_TOO_MUCH"));
    }
    for (auto& left : present) {
      if (force) {
        HG_TRY(set_pinned(tx, caller, place, left, 0));
      } else {
        wanted.push_back(std::move(left));
      }
    }
    HG_TRY(store_order(tx, caller, place, wanted));
    events::PinnedTopics event;
    event.forum = forum;
    for (const auto& topic : wanted) event.order.push_back(topic.id);
    tell_forum(tx, place, event);
    return event.order;
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<store::Update>> delete_topic(const Environment& environment, Caller caller, Peer forum,
                                         MessageId id) {
  const auto now = environment.clock.unix_seconds();
  for (bool first = true;; first = false) {
    auto body = [=](store::Tx& tx) { return erase_step(tx, caller, now, forum, id, first); };
    CO_ASSIGN(const auto step, co_await environment.store.write(std::move(body)));
    if (!step.more) co_return step.update;
  }
}

Status retitle_topic(store::Tx& tx, const store::Message& message) {
  if (!message.owner.is_channel() || (message.flags & store::message_service) == 0) return {};
  HG_ASSIGN(auto topic, tx.topics().find(message.owner, topic_of(message)));
  if (!topic || topic->titled_by != message.id || (topic->flags & store::topic_deleted) != 0) return {};
  HG_ASSIGN(const auto content, decode_content(message));
  if (!content.action) return {};
  topic->title = shown_title(message, content.action->text);
  return tx.topics().put(*topic);
}

}  // namespace heliograph::services
