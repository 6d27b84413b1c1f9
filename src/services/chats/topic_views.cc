#include "services/chats/topic_views.h"

#include <algorithm>

#include "services/chats/thread_counts.h"

namespace heliograph::services {

namespace {

Result<TopicView> topic_view(store::Tx& tx, const Place& forum, UserId viewer, store::Topic topic) {
  TopicView view;
  HG_ASSIGN(view.top, tx.messages().find(forum.box, topic.top));
  if (view.top && view.top->id <= forum.hidden_up_to()) view.top.reset();
  HG_ASSIGN(view.read, thread_read_by(tx, viewer, forum.peer, topic.id));
  HG_ASSIGN(view.unread, unread_in_topic(tx, forum, topic, view.read, viewer));
  using store::AttentionKind;
  auto& attention = tx.attention();
  HG_ASSIGN(view.unread_mentions,
            attention.count_unread(viewer, forum.peer, AttentionKind::mention, topic.id));
  HG_ASSIGN(view.unread_reactions,
            attention.count_unread(viewer, forum.peer, AttentionKind::reaction, topic.id));
  NotifyTarget target;
  target.peer = forum.peer;
  target.topic = topic.id;
  HG_ASSIGN(view.notify, notify_settings(tx, viewer, target));
  HG_ASSIGN(view.draft, thread_draft(tx, viewer, forum.peer, topic.id));
  view.topic = std::move(topic);
  return view;
}

// Where the unpinned ones begin that the client does not have yet. 0: at the first.
Result<MessageId> begin_below(store::Tx& tx, const Place& forum, const TopicRange& range) {
  if (range.offset_id) return range.offset_id;
  if (range.offset_topic) {
    HG_ASSIGN(const auto topic, tx.topics().find(forum.box, range.offset_topic));
    if (topic) return topic->top;
  }
  if (range.offset_date == 0) return MessageId{};
  store::HistoryRange older;
  older.offset_date = range.offset_date;
  older.limit = 1;
  HG_ASSIGN(const auto page, tx.messages().history(forum.box, forum.peer, older));
  return page.messages.empty() ? general_topic : MessageId{page.messages.front().id.value + 1};
}

Result<TopicPage> topic_page(store::Tx& tx, const Place& forum, UserId viewer,
                             std::vector<store::Topic> topics) {
  TopicPage page;
  for (auto& topic : topics) {
    HG_ASSIGN(auto view, topic_view(tx, forum, viewer, std::move(topic)));
    page.topics.push_back(std::move(view));
  }
  HG_ASSIGN(const auto state, tx.updates().state(forum.box));
  page.pts = state.pts;
  return page;
}

Result<TopicPage> list_topics(store::Tx& tx, const Place& forum, UserId viewer, const TopicRange& range) {
  const auto limit = static_cast<std::size_t>(range.limit);
  HG_ASSIGN(auto found, tx.topics().pinned(forum.box, range.text));
  const auto last = std::ranges::find(found, range.offset_topic, &store::Topic::id);
  const bool within_pinned = range.offset_topic && last != found.end();
  const bool first = !range.offset_id && !range.offset_topic && range.offset_date == 0;
  if (within_pinned) {
    found.erase(found.begin(), last + 1);
  } else if (!first) {
    found.clear();
  }
  MessageId below;
  if (!within_pinned && !first) {
    HG_ASSIGN(below, begin_below(tx, forum, range));
  }
  if (found.size() > limit) found.resize(limit);
  HG_ASSIGN(auto rest, tx.topics().list(forum.box, range.text, below, limit - found.size()));
  std::ranges::move(rest, std::back_inserter(found));
  HG_ASSIGN(auto page, topic_page(tx, forum, viewer, std::move(found)));
  HG_ASSIGN(page.total, tx.topics().count(forum.box, range.text));
  return page;
}

}  // namespace

Task<Result<TopicPage>> forum_topics(const Environment& environment, UserId viewer, Peer forum,
                                     TopicRange range) {
  const auto now = environment.clock.unix_seconds();
  range.limit = std::clamp(range.limit, 1, topics_limit_max);
  auto body = [=, range = std::move(range)](store::Tx& tx) -> Result<TopicPage> {
    HG_ASSIGN(const auto place, open_forum(tx, viewer, forum, now));
    return list_topics(tx, place, viewer, range);
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<TopicPage>> topics_by_id(const Environment& environment, UserId viewer, Peer forum,
                                     std::vector<MessageId> ids) {
  if (ids.empty()) co_return fail(Error::invalid("TOPICS_EMPTY"));
  if (ids.size() > topics_limit_max) co_return fail(Error::invalid("LIMIT_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [=, ids = std::move(ids)](store::Tx& tx) -> Result<TopicPage> {
    HG_ASSIGN(const auto place, open_forum(tx, viewer, forum, now));
    HG_ASSIGN(auto page, topic_page(tx, place, viewer, {}));
    for (const auto id : ids) {
      HG_ASSIGN(auto topic, tx.topics().find(place.box, id));
      TopicView view;
      if (topic && (topic->flags & store::topic_deleted) == 0) {
        HG_ASSIGN(view, topic_view(tx, place, viewer, std::move(*topic)));
      } else {
        view.topic.box = place.box;
        view.topic.id = id;
        view.topic.flags = store::topic_deleted;
      }
      page.topics.push_back(std::move(view));
    }
    page.total = page.topics.size();
    return page;
  };
  co_return co_await environment.store.read(std::move(body));
}

Result<std::int32_t> unread_in_topic(store::Tx& tx, const Place& forum, const store::Topic& topic,
                                     const store::ThreadRead& read, UserId account) {
  const auto after = std::max(read.inbox, forum.hidden_up_to());
  if (topic.top <= after) return 0;
  HG_ASSIGN(auto unread, tx.threads().count_after(forum.box, topic.id, after, account));
  // The message that began it is in no thread, but it is news as well.
  if (topic.id != general_topic && topic.id > after && topic.creator != account) ++unread;
  return unread;
}

}  // namespace heliograph::services
