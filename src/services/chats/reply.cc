#include "services/chats/reply.h"

#include <algorithm>
#include <cstdlib>

#include "services/chats/comments.h"
#include "services/chats/origin.h"
#include "services/chats/text.h"
#include "services/groups/forum.h"

namespace heliograph::services {

namespace {

constexpr std::size_t quote_length_max = 1024;  // UTF-16 code units; help.getConfig says so too

bool may_be_quoted(EntityKind kind) {
  return kind == EntityKind::bold || kind == EntityKind::italic || kind == EntityKind::underline ||
         kind == EntityKind::strike || kind == EntityKind::spoiler || kind == EntityKind::custom_emoji;
}

// Where the quotation is in the text: the place nearest to the one the client names, in UTF-16 code units.
std::optional<std::int32_t> find_quote(std::string_view text, std::string_view quote, std::int32_t near) {
  std::optional<std::int32_t> best;
  std::size_t counted_to = 0;
  std::size_t units = 0;
  for (auto at = text.find(quote); at != std::string_view::npos; at = text.find(quote, at + 1)) {
    units += utf16_length(text.substr(counted_to, at - counted_to));
    counted_to = at;
    const auto place = static_cast<std::int32_t>(units);
    if (!best || std::abs(std::int64_t{place} - near) < std::abs(std::int64_t{*best} - near)) best = place;
    if (place >= near) break;
  }
  return best;
}

Status fill_quote(ReplyHeader& header, const store::Message& answered, const ReplyTo& reply) {
  if (reply.quote_text.empty()) return {};
  if (utf16_length(reply.quote_text) > quote_length_max) return fail(Error::invalid("QUOTE_TEXT_INVALID"));
  const auto place = find_quote(answered.text, reply.quote_text, reply.quote_offset);
  if (!place) return fail(Error::invalid("QUOTE_TEXT_INVALID"));
  header.quote = true;
  header.quote_text = reply.quote_text;
  header.quote_offset = *place;
  const auto units = static_cast<std::int64_t>(utf16_length(reply.quote_text));
  for (const auto& entity : reply.quote_entities) {
    if (header.quote_entities.size() == 100) break;
    if (!may_be_quoted(entity.kind)) continue;
    if (entity.offset < 0 || entity.length <= 0 || std::int64_t{entity.offset} + entity.length > units) {
      return fail(Error::invalid("ENTITY_BOUNDS_INVALID"));
    }
    header.quote_entities.push_back(entity);
  }
  return {};
}

}  // namespace

std::optional<ReplyHeader> Reply::in(BoxId box) const {
  auto out = header;
  if (elsewhere) {
    out.id = {};
    out.peer = {};
    return out;
  }
  const auto copy = std::ranges::find(copies, box, &std::pair<BoxId, MessageId>::first);
  out.id = copy == copies.end() ? MessageId{} : copy->second;
  // They deleted it: the quotation is all that is left of the reply for them.
  if (!out.id && !out.quote) return std::nullopt;
  return out;
}

Result<Reply> reply_to_topic(store::Tx& tx, const Place& forum, MessageId id) {
  HG_ASSIGN(const auto topic, tx.topics().find(forum.box, id));
  if (!topic || (topic->flags & store::topic_deleted) != 0) return fail(Error::invalid("TOPIC_DELETED"));
  Reply out;
  out.thread = id;
  if (id == general_topic) return out;
  out.header.id = id;
  out.header.topic = true;
  out.copies.emplace_back(forum.box, id);
  return out;
}

namespace {

// A message of the forum is not there (any more): an answer to it, or to a topic that may have gone with it.
Result<Reply> reply_to_gone(store::Tx& tx, const Place& forum, const ReplyTo& reply) {
  HG_ASSIGN(const auto topic, tx.topics().find(forum.box, reply.id));
  if (topic) return reply_to_topic(tx, forum, reply.id);
  if (reply.top) return reply_to_topic(tx, forum, reply.top);
  return fail(Error::invalid("REPLY_MESSAGE_ID_INVALID"));
}

// The thread that an answer to `found` belongs to.
Status find_thread(store::Tx& tx, const Place& to, const store::Message& found, Reply& out) {
  HG_ASSIGN(const bool general, lies_in_general(tx, to, found));
  if (general) {
    out.thread = general_topic;
    out.subthread = found.subthread ? found.subthread : found.id;
    return {};
  }
  out.thread = to.is_forum() ? topic_of(found) : found.thread ? found.thread : found.id;
  return {};
}

// `header` within the thread: General itself, and a thread that begins with the answered message, are not
// said.
void say_thread(ReplyHeader& header, const Place& to, const Reply& in) {
  if (in.subthread) {
    if (in.subthread != header.id) header.top = in.subthread;
    return;
  }
  if (to.is_forum() && in.thread == general_topic) return;
  if (in.thread != header.id || header.peer) header.top = in.thread;
  header.topic = to.is_forum();
}

}  // namespace

Result<Reply> resolve_reply(store::Tx& tx, UserId from, const Place& to, const ReplyTo& asked) {
  auto reply = asked;
  const bool here = !reply.peer || reply.peer == to.peer;
  if (to.is_forum() && here && (!reply.id || reply.id == general_topic)) {
    return reply_to_topic(tx, to, reply.top ? reply.top : general_topic);
  }
  if (!reply.id) reply.id = reply.top;
  std::optional<Place> other;
  if (!here) {
    HG_ASSIGN(auto opened, open_place(tx, from, reply.peer, to.now));
    other = std::move(opened);
  }
  const auto& where = other ? *other : to;
  HG_ASSIGN(const auto found, tx.messages().find(where.box, reply.id));
  if (!found && !other && to.is_forum()) return reply_to_gone(tx, to, reply);
  if (!found || found->peer != where.peer || found->id <= where.hidden_up_to()) {
    if (to.is_forum() && here && found && (found->flags & store::message_topic) != 0) {
      return reply_to_topic(tx, to, found->id);  // older than what they see, but it goes on
    }
    return fail(Error::invalid("REPLY_MESSAGE_ID_INVALID"));
  }

  Reply out;
  out.author = found->from;
  out.header.id = found->id;
  HG_TRY(fill_quote(out.header, *found, reply));
  if (other) {
    const bool protected_chat = where.chat && (where.chat->flags & store::chat_no_forwards) != 0;
    if ((found->flags & store::message_no_forwards) != 0 || protected_chat) {
      return fail(Error::invalid("CHAT_FORWARDS_RESTRICTED"));
    }
    HG_ASSIGN(out.header.origin, origin_of(tx, *found, from));
    out.header.peer = where.peer;
    out.elsewhere = true;
    if (to.is_forum()) {
      HG_ASSIGN(const auto topic, reply_to_topic(tx, to, reply.top ? reply.top : general_topic));
      out.thread = topic.thread;
      say_thread(out.header, to, out);
    }
    return out;
  }
  if (to.peer.is_channel()) {
    HG_TRY(find_thread(tx, to, *found, out));
    if ((found->flags & store::message_topic) != 0) out.author = {};  // written to the topic, not to them
    if ((found->flags & store::message_discussed) != 0) {
      HG_ASSIGN(const auto top, thread_of_copy(*found));
      (out.subthread ? out.subthread : out.thread) = top;  // of a copy that lies in General, inside that
      out.author = {};                                     // it is the channel's, whoever wrote the post
    }
    say_thread(out.header, to, out);
    out.copies.emplace_back(to.box, found->id);
    return out;
  }
  HG_ASSIGN(const auto copies, tx.messages().copies(found->link));
  for (const auto& copy : copies) out.copies.emplace_back(copy.owner, copy.id);
  return out;
}

}  // namespace heliograph::services
