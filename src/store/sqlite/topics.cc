#include "store/messages.h"
#include "store/sqlite/topic_table.h"
#include "store/text.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_TOPIC_COLUMNS \
  "key, creator, shown_as, date, title, icon_color, icon_emoji, flags, titled_by, top, pinned_order"

Topic read_topic(Row& row) {
  Topic topic;
  std::int64_t key = 0;
  row.read(key, topic.creator, topic.shown_as, topic.date, topic.title, topic.icon_color, topic.icon_emoji,
           topic.flags, topic.titled_by, topic.top, topic.pinned_order);
  topic.box = owner_of(key);
  topic.id = MessageId{number_of(key)};
  return topic;
}

static_assert(topic_deleted == 4 && general_topic == MessageId{1}, "the SQL below tests these");
static_assert(message_thread == 131072 && message_topic == 524288, "the SQL below tests these bits");

}  // namespace

Result<std::optional<Topic>> SqliteTopics::find(BoxId box, MessageId id) {
  if (id.value <= 0) return std::nullopt;
  return db_.one("SELECT " HG_TOPIC_COLUMNS " FROM topics WHERE key = ?", read_topic, key_of(box, id.value));
}

Status SqliteTopics::put(const Topic& topic) {
  HG_TRY(session_.changing());
  return db_.run("INSERT INTO topics (" HG_TOPIC_COLUMNS
                 ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (key) DO UPDATE SET "
                 "creator = ?2, shown_as = ?3, date = ?4, title = ?5, icon_color = ?6, icon_emoji = ?7, "
                 "flags = ?8, titled_by = ?9, pinned_order = ?11",
                 key_of(topic.box, topic.id.value), topic.creator, topic.shown_as ? pack(topic.shown_as) : 0,
                 topic.date, topic.title, topic.icon_color, topic.icon_emoji, topic.flags, topic.titled_by,
                 topic.top, topic.pinned_order);
}

Result<std::vector<Topic>> SqliteTopics::list(BoxId box, std::string_view text, MessageId below,
                                              std::size_t limit) {
  const Matcher matcher(text);
  std::vector<Topic> found;
  if (limit == 0) return found;
  HG_TRY(db_.each(
      "SELECT " HG_TOPIC_COLUMNS
      " FROM topics WHERE box = ?1 AND (?2 = 0 OR top < ?2) AND (flags & 4) = 0 AND "
      "pinned_order = 0 ORDER BY top DESC",
      [&](Row& row) {
        auto topic = read_topic(row);
        if (matcher.matches(topic.title)) found.push_back(std::move(topic));
        return found.size() < limit;
      },
      box, below));
  return found;
}

Result<std::vector<Topic>> SqliteTopics::pinned(BoxId box, std::string_view text) {
  HG_ASSIGN(auto found, db_.all("SELECT " HG_TOPIC_COLUMNS
                                " FROM topics WHERE box = ? AND pinned_order != 0 AND (flags & 4) = 0 "
                                "ORDER BY pinned_order DESC, key",
                                read_topic, box));
  const Matcher matcher(text);
  std::erase_if(found, [&](const Topic& topic) { return !matcher.matches(topic.title); });
  return found;
}

Result<std::size_t> SqliteTopics::count(BoxId box, std::string_view text) {
  if (text.empty()) {
    HG_ASSIGN(const auto count,
              db_.number("SELECT count(*) FROM topics WHERE box = ? AND (flags & 4) = 0", 0, box));
    return static_cast<std::size_t>(count);
  }
  const Matcher matcher(text);
  std::size_t count = 0;
  HG_TRY(db_.each(
      "SELECT title FROM topics WHERE box = ? AND (flags & 4) = 0",
      [&](Row& row) {
        if (matcher.matches(row.text_view())) ++count;
        return true;
      },
      box));
  return count;
}

Status SqliteTopics::erase_all(BoxId box) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM thread_reads WHERE thread > ? AND thread < ?", key_of(box, 0), end_of(box)));
  return db_.run("DELETE FROM topics WHERE box = ?", box);
}

Result<bool> SqliteTopics::reached(BoxId box, MessageId topic, MessageId message) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("UPDATE topics SET top = max(top, ?) WHERE key = ?", message, key_of(box, topic.value)));
  return db_.changes() != 0;
}

Status SqliteTopics::left(BoxId box, MessageId topic, MessageId message) {
  HG_TRY(session_.changing());
  return db_.run(
      "UPDATE topics SET top = coalesce((SELECT m.id FROM messages m WHERE m.owner = ?1 AND m.thread != 0 "
      "AND "
      "m.thread = ?2 ORDER BY m.key DESC LIMIT 1), ?2) WHERE key = ?3 AND top = ?4",
      box, topic, key_of(box, topic.value), message);
}

Result<MessageId> SqliteTopics::gather(BoxId box, MessageId after, std::size_t limit) {
  HG_TRY(session_.changing());
  std::vector<std::int64_t> moved;
  std::size_t looked_at = 0;
  MessageId last;
  HG_TRY(db_.each(
      "SELECT m.key, t.key IS NOT NULL FROM messages m LEFT JOIN topics t ON m.thread != 0 AND "
      "t.key "
      "= (m.key >> 31) * 2147483648 + m.thread WHERE m.key > ? AND m.key < ? AND (m.flags & 524288) = 0 "
      "ORDER BY m.key LIMIT ?",
      [&](Row& row) {
        std::int64_t key = 0;
        bool in_topic = false;
        row.read(key, in_topic);
        ++looked_at;
        last = MessageId{number_of(key)};
        if (in_topic) return true;
        moved.push_back(key);
        return true;
      },
      key_of(box, after.value), end_of(box), limit));
  for (const auto key : moved)
    HG_TRY(db_.run("UPDATE messages SET subthread = thread, thread = 1 WHERE key = ?", key));
  if (!moved.empty()) {
    HG_TRY(reached(box, general_topic, MessageId{number_of(moved.back())}));
  }
  return looked_at < limit ? MessageId{} : last;
}

}  // namespace heliograph::store::sqlite
