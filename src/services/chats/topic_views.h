// The topics of a forum as an account sees them: what is unread there, what it keeps about each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/chats/draft.h"
#include "services/groups/forum.h"
#include "services/people/notify.h"

namespace heliograph::services {

inline constexpr std::int32_t topics_limit_max = 100;  // topics a call

struct TopicView {
  store::Topic topic;                 // deleted: only box, id and flags count
  std::optional<store::Message> top;  // the newest message in it, if the viewer may see it
  store::ThreadRead read;
  std::int32_t unread = 0;
  std::int32_t unread_mentions = 0;
  std::int32_t unread_reactions = 0;
  NotifySettings notify;  // the topic's own
  std::optional<Draft> draft;
};
struct TopicPage {
  std::vector<TopicView> topics;
  std::size_t total = 0;
  std::int32_t pts = 0;  // of the forum
};

struct TopicRange {
  std::string text;                       // in the title; empty: any
  UnixSeconds offset_date = 0;            // without an id: topics whose newest message is older
  MessageId offset_id;                    // the newest message of the last topic that the client has
  MessageId offset_topic;                 // that topic
  std::int32_t limit = topics_limit_max;  // clamped to 1..topics_limit_max
};

// messages.getForumTopics: the pinned ones, and then the one written in last first. As open_forum.
Task<Result<TopicPage>> forum_topics(const Environment& environment, UserId viewer, Peer forum,
                                     TopicRange range);
// messages.getForumTopicsByID: in the order asked for; deleted ones in place of those that are not there.
// TOPICS_EMPTY, LIMIT_INVALID (more than a page); as open_forum.
Task<Result<TopicPage>> topics_by_id(const Environment& environment, UserId viewer, Peer forum,
                                     std::vector<MessageId> ids);

// How many messages of a topic `account` has not read, given how far it has.
Result<std::int32_t> unread_in_topic(store::Tx& tx, const Place& forum, const store::Topic& topic,
                                     const store::ThreadRead& read, UserId account);

}  // namespace heliograph::services
