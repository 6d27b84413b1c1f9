// Reading what is in a box: history, single messages, search.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/environment.h"
#include "services/groups/place.h"

namespace heliograph::services {

// A page of a place; of a channel with its pts.
struct PlacePage : store::Page {
  std::int32_t channel_pts = 0;
};

inline constexpr std::size_t searched_at_once = 100'000;  // messages a search looks at
inline constexpr std::int32_t history_limit_max = 100;    // messages a call
inline constexpr std::int32_t export_limit_max = 300;     // messages a call of an export

// The part of `range` that is for the caller's eyes, its limit and offset clamped.
store::HistoryRange visible(const Place& place, store::HistoryRange range,
                            std::int32_t limit_max = history_limit_max);

Result<PlacePage> of_place(store::Tx& tx, const Place& place, store::Page page);

// core.telegram.org/api/offsets; the limit is clamped to 0..limit_max. PEER_ID_INVALID.
Task<Result<PlacePage>> history(const Environment& environment, UserId owner, Peer peer,
                                store::HistoryRange range, std::int32_t limit_max = history_limit_max);

// In the order asked for; nothing in place of those that do not exist. At most 100, MESSAGE_ID_INVALID
// beyond.
Task<Result<std::vector<std::optional<store::Message>>>> messages_by_id(const Environment& environment,
                                                                        UserId owner,
                                                                        std::vector<MessageId> ids);
// channels.getMessages: the same of a channel. As open_chat.
Task<Result<std::vector<std::optional<store::Message>>>> channel_messages(const Environment& environment,
                                                                          UserId caller, Peer channel,
                                                                          std::vector<MessageId> ids);
// The message that `id` answers to, if it is there (inputMessageReplyTo), and the one pinned last
// (inputMessagePinned).
Task<Result<std::optional<store::Message>>> answered_by(const Environment& environment, UserId owner,
                                                        MessageId id);

// What to look for.
struct Search {
  enum class Filter : std::uint8_t {
    any,
    links,
    pinned,
    mentions,
    photos,
    videos,
    photos_and_videos,
    documents,
    animations,
    voices,
    round_videos,
    voices_and_round_videos,
    music,
    chat_photos,
    contacts,
    places,
    polls,
    none,  // finds nothing
  };
  std::optional<Peer> peer;  // none: in all of the owner's dialogs
  std::string text;
  Filter filter = Filter::any;
  UserId from;
  UnixSeconds min_date = 0, max_date = 0;
  MessageId thread;  // of a supergroup: only what was written in it; 0: anywhere
  Peer saved_peer;   // of saved messages: only what is filed under it
};
inline constexpr std::size_t search_text_max = 1024;  // bytes; nothing is found for more
// As the store looks for it; none: nothing can match.
std::optional<store::SearchFilter> filter_of(const Search& search);
// SEARCH_QUERY_EMPTY (no text, no filter, in all dialogs), PEER_ID_INVALID.
Task<Result<PlacePage>> search_messages(const Environment& environment, UserId owner, Search search,
                                        store::HistoryRange range,
                                        std::int32_t limit_max = history_limit_max);
// How many messages of one dialog each filter finds; with `saved_peer` of what is filed under it, with
// `thread` of what was written in it.
Task<Result<std::vector<std::int64_t>>> search_counts(const Environment& environment, UserId owner, Peer peer,
                                                      std::vector<Search::Filter> filters,
                                                      Peer saved_peer = {}, MessageId thread = {});

}  // namespace heliograph::services
