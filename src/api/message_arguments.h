// What several methods say about messages: text marks, the message answered, media, what to look for and
// where.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "api/method.h"
#include "services/chats/content.h"
#include "services/chats/history.h"
#include "services/chats/reply.h"
#include "tl/core_i.h"
#include "tl/core_m.h"

namespace heliograph::api {

using WireEntities = std::optional<std::vector<tl::Box<tl::MessageEntity>>>;

// invalid ENTITY_MENTION_USER_INVALID.
Task<Result<std::vector<services::Entity>>> entities_from(Context& context, const WireEntities& wire);

// `plain_id`: how older layers say it. invalid REPLY_TO_INVALID for what cannot be answered here (stories).
Task<Result<std::optional<services::ReplyTo>>> reply_from(Context& context,
                                                          const tl::Box<tl::InputReplyTo>& wire,
                                                          std::optional<std::int32_t> plain_id);

// Contacts, places, polls, photos and documents; what is uploaded is put together and stored. invalid
// MEDIA_INVALID for other kinds, MEDIA_EMPTY for nothing, WEBPAGE_NOT_FOUND for previews of links, which are
// never opened, and what the services of files refuse.
Task<Result<services::Media>> media_from(Context& context, tl::Box<tl::InputMedia>& wire);
// A preview that the sender can do without: the message goes without media.
bool is_optional_preview(const tl::Box<tl::InputMedia>& wire);

// `saved_peer_id` of a method that looks into `peer`: none where it is not said. PEER_ID_INVALID unless
// `peer` is the caller's dialog with itself.
Task<Result<Peer>> saved_peer_from(Context& context, const tl::Box<tl::InputPeer>& wire,
                                   std::optional<Peer> peer);

// `none` for kinds of media that there are not.
services::Search::Filter filter_from(const tl::Box<tl::MessagesFilter>& wire);

// Which part of a history; those of the fields that the method has.
template <typename Fn>
store::HistoryRange range_from(const Fn& request) {
  store::HistoryRange range;
  range.offset_id = MessageId{std::max(request.offset_id, 0)};
  range.limit = request.limit;
  if constexpr (requires { request.offset_date; }) range.offset_date = std::max(request.offset_date, 0);
  if constexpr (requires { request.add_offset; }) range.add_offset = request.add_offset;
  if constexpr (requires { request.max_id; }) range.max_id = MessageId{std::max(request.max_id, 0)};
  if constexpr (requires { request.min_id; }) range.min_id = MessageId{std::max(request.min_id, 0)};
  return range;
}

std::vector<MessageId> message_ids_from(const std::vector<std::int32_t>& ids);

}  // namespace heliograph::api
