// Making, changing, pinning and ending the topics of a forum.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/caller.h"
#include "services/chats/append.h"
#include "services/groups/forum.h"
#include "services/limits.h"

namespace heliograph::services {

inline constexpr std::size_t topic_title_max = 128;  // Unicode code points
inline constexpr std::size_t pinned_topics_max = 5;  // of a forum; help.getAppConfig says so too
inline constexpr std::size_t own_topic_max = 11;     // messages that its creator may delete it with
inline constexpr Rate create_topic_rate{20, std::chrono::seconds(15)};

struct NewTopic {
  Peer forum;
  std::string title;
  std::int32_t icon_color = 0;  // one of topic_colors, or taken for the first
  std::int64_t icon_emoji = 0;  // 0: none
  std::int64_t random_id = 0;
  Peer send_as;  // empty: not said
};
// The service message that begins it, or began it when this random_id came before. TOPIC_TITLE_EMPTY,
// RANDOM_ID_EMPTY, DOCUMENT_INVALID (no custom emoji), CHAT_ADMIN_REQUIRED, USER_NOT_PARTICIPANT, FLOOD_WAIT,
// SEND_AS_PEER_INVALID; as open_forum, may_send and append_judged.
Task<Result<Appended>> create_topic(const Environment& environment, Limits& limits, Caller caller,
                                    NewTopic wanted);

// What is not set stays.
struct EditTopic {
  Peer forum;
  MessageId id;
  std::optional<std::string> title;
  std::optional<std::int64_t> icon_emoji;  // 0: none any more
  std::optional<bool> closed;
  std::optional<bool> hidden;
};
// By its creator, or by who manages topics; General by the latter alone. Hiding General closes it, too;
// opening it shows it again. TOPIC_ID_INVALID, TOPIC_NOT_MODIFIED, TOPIC_TITLE_EMPTY, TOPIC_CLOSE_SEPARATELY,
// TOPIC_HIDE_SEPARATELY (with anything else), NOGENERAL_HIDE_FORBIDDEN, GENERAL_MODIFY_ICON_FORBIDDEN,
// DOCUMENT_INVALID, CHAT_ADMIN_REQUIRED; as open_forum and append_judged.
Task<Result<Appended>> edit_topic(const Environment& environment, Caller caller, EditTopic edit);

// By who manages topics. TOPIC_ID_INVALID, PINNED_TOO_MUCH, CHAT_ADMIN_REQUIRED; as open_forum.
Task<Status> pin_topic(const Environment& environment, Caller caller, Peer forum, MessageId id, bool pinned);
// `order`: top first. With `force` it becomes the list of pinned topics, and without, those of them that are
// pinned come in this order. As pin_topic().
Task<Result<std::vector<MessageId>>> reorder_pinned_topics(const Environment& environment, Caller caller,
                                                           Peer forum, std::vector<MessageId> order,
                                                           bool force);

// channels.deleteTopicHistory: the topic goes with all that is in it. By who deletes messages there, or by
// its creator while it is small and nobody else has written in it. The last entry of the log that says so.
// TOPIC_ID_INVALID (General, too), CHAT_WRITE_FORBIDDEN (forbidden); as open_forum.
Task<Result<store::Update>> delete_topic(const Environment& environment, Caller caller, Peer forum,
                                         MessageId id);

// A service message that gives a topic its title was withheld, or given back: what is shown of the topic
// follows. Nothing for other messages.
Status retitle_topic(store::Tx& tx, const store::Message& message);

}  // namespace heliograph::services
