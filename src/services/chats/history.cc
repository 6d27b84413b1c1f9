#include "services/chats/history.h"

#include <algorithm>

#include "services/chats/content.h"
#include "services/groups/forum.h"
#include "services/groups/place.h"

namespace heliograph::services {

namespace {

void clamp(store::HistoryRange& range, std::int32_t limit_max) {
  range.limit = std::clamp(range.limit, 0, limit_max);
  range.add_offset = std::clamp(range.add_offset, -1000, 1'000'000'000);
}

// Of the messages of a channel that mention somebody, those that mention the caller: everybody reads the same
// message, and who is mentioned is said apart.
Result<store::Page> mentions_of(store::Tx& tx, UserId caller, const Place& place,
                                const store::SearchFilter& filter, const store::HistoryRange& range) {
  HG_ASSIGN(const auto places, tx.messages().places(place.box, place.peer, filter));
  std::vector<MessageId> ids;
  store::Page page;
  std::int64_t skipped = 0;
  for (const auto& one : places) {
    HG_ASSIGN(const auto asked,
              tx.attention().find(caller, place.peer, store::AttentionKind::mention, one.id));
    if (!asked) continue;
    ++page.total;
    if (range.offset_id && one.id >= range.offset_id) continue;
    if (range.offset_date != 0 && one.date >= range.offset_date) continue;
    if ((range.max_id && one.id >= range.max_id) || one.id <= range.min_id) continue;
    if (skipped++ < range.add_offset) continue;
    if (ids.size() < static_cast<std::size_t>(range.limit)) ids.push_back(one.id);
  }
  HG_ASSIGN(page.messages, tx.messages().find_many(place.box, ids));
  return page;
}

// Whether the thread is one of answers in General.
Result<bool> begins_in_general(store::Tx& tx, const Place& place, MessageId thread) {
  if (!thread || !place.peer.is_channel()) return false;
  HG_ASSIGN(const auto topic, tx.topics().find(place.box, thread));
  if (topic) return false;
  HG_ASSIGN(const auto first, tx.messages().find(place.box, thread));
  if (!first) return false;
  return lies_in_general(tx, place, *first);
}

}  // namespace

store::HistoryRange visible(const Place& place, store::HistoryRange range, std::int32_t limit_max) {
  clamp(range, limit_max);
  range.min_id = std::max(range.min_id, place.hidden_up_to());
  return range;
}

Result<PlacePage> of_place(store::Tx& tx, const Place& place, store::Page page) {
  PlacePage out{std::move(page), 0};
  if (place.peer.is_channel()) {
    HG_ASSIGN(const auto state, tx.updates().state(place.box));
    out.channel_pts = state.pts;
  }
  return out;
}

std::optional<store::SearchFilter> filter_of(const Search& search) {
  store::SearchFilter filter;
  filter.looks_at = searched_at_once;
  filter.text = search.text;
  filter.from = search.from;
  filter.min_date = search.min_date;
  filter.max_date = search.max_date;
  filter.thread = search.thread;
  filter.saved_peer = search.saved_peer;
  switch (search.filter) {
    case Search::Filter::any:
      break;
    case Search::Filter::links:
      filter.links_only = true;
      break;
    case Search::Filter::pinned:
      filter.flags_any = store::message_pinned;
      break;
    case Search::Filter::mentions:
      filter.flags_any = store::message_mentioned;
      break;
    case Search::Filter::photos:
      filter.kinds = {store::MessageKind::photo};
      break;
    case Search::Filter::videos:
      filter.kinds = {store::MessageKind::video};
      break;
    case Search::Filter::photos_and_videos:
      filter.kinds = {store::MessageKind::photo, store::MessageKind::video};
      break;
    case Search::Filter::documents:
      filter.kinds = {store::MessageKind::document};
      break;
    case Search::Filter::animations:
      filter.kinds = {store::MessageKind::animation};
      break;
    case Search::Filter::voices:
      filter.kinds = {store::MessageKind::voice};
      break;
    case Search::Filter::round_videos:
      filter.kinds = {store::MessageKind::round_video};
      break;
    case Search::Filter::voices_and_round_videos:
      filter.kinds = {store::MessageKind::voice, store::MessageKind::round_video};
      break;
    case Search::Filter::music:
      filter.kinds = {store::MessageKind::music};
      break;
    case Search::Filter::chat_photos:
      filter.kinds = {store::MessageKind::chat_photo};
      break;
    case Search::Filter::contacts:
      filter.kinds = {store::MessageKind::contact};
      break;
    case Search::Filter::places:
      filter.kinds = {store::MessageKind::geo};
      break;
    case Search::Filter::polls:
      filter.kinds = {store::MessageKind::poll};
      break;
    case Search::Filter::none:
      return std::nullopt;
  }
  return filter;
}

Task<Result<PlacePage>> history(const Environment& environment, UserId owner, Peer peer,
                                store::HistoryRange range, std::int32_t limit_max) {
  if (!peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [owner, peer, range, limit_max, now](store::Tx& tx) -> Result<PlacePage> {
    HG_ASSIGN(const auto place, open_place(tx, owner, peer, now));
    HG_ASSIGN(auto page, tx.messages().history(place.box, peer, visible(place, range, limit_max)));
    return of_place(tx, place, std::move(page));
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<std::vector<std::optional<store::Message>>>> messages_by_id(const Environment& environment,
                                                                        UserId owner,
                                                                        std::vector<MessageId> ids) {
  if (ids.size() > history_limit_max)
    co_return fail(Error::invalid("MESSAGE_ID_INVALID", "Too many at once."));
  auto body = [owner,
               ids = std::move(ids)](store::Tx& tx) -> Result<std::vector<std::optional<store::Message>>> {
    HG_ASSIGN(auto found, tx.messages().find_many(owner, ids));
    std::vector<std::optional<store::Message>> out;
    out.reserve(ids.size());
    for (const auto id : ids) {
      const auto at = std::ranges::find(found, id, &store::Message::id);
      if (at == found.end()) {
        out.emplace_back();
      } else {
        out.emplace_back(*at);
      }
    }
    return out;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<std::vector<std::optional<store::Message>>>> channel_messages(const Environment& environment,
                                                                          UserId caller, Peer channel,
                                                                          std::vector<MessageId> ids) {
  if (!channel.is_channel()) co_return fail(Error::invalid("CHANNEL_INVALID"));
  if (ids.size() > history_limit_max)
    co_return fail(Error::invalid("MESSAGE_ID_INVALID", "Too many at once."));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, channel, now,
               ids = std::move(ids)](store::Tx& tx) -> Result<std::vector<std::optional<store::Message>>> {
    HG_ASSIGN(const auto place, open_chat(tx, caller, channel, now));
    std::vector<std::optional<store::Message>> out;
    for (const auto id : ids) {
      HG_ASSIGN(auto message, tx.messages().find(place.box, id));
      if (message && message->id <= place.hidden_up_to()) message.reset();
      out.push_back(std::move(message));
    }
    return out;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<std::optional<store::Message>>> answered_by(const Environment& environment, UserId owner,
                                                        MessageId id) {
  auto body = [owner, id](store::Tx& tx) -> Result<std::optional<store::Message>> {
    HG_ASSIGN(const auto message, tx.messages().find(owner, id));
    if (!message) return std::nullopt;
    HG_ASSIGN(const auto content, decode_content(*message));
    if (!content.reply || !content.reply->id) return std::nullopt;
    return tx.messages().find(owner, content.reply->id);
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<PlacePage>> search_messages(const Environment& environment, UserId owner, Search search,
                                        store::HistoryRange range, std::int32_t limit_max) {
  if (search.peer && !*search.peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  if (!search.peer && search.text.empty() && search.filter == Search::Filter::any) {
    co_return fail(Error::invalid("SEARCH_QUERY_EMPTY"));
  }
  if (search.text.size() > search_text_max) co_return PlacePage{};
  const auto filter = filter_of(search);
  if (!filter) co_return PlacePage{};
  const auto now = environment.clock.unix_seconds();
  auto body = [owner, peer = search.peer, filter = *filter, range, limit_max,
               now](store::Tx& tx) -> Result<PlacePage> {
    if (!peer) {
      auto wanted = range;
      clamp(wanted, limit_max);
      HG_ASSIGN(auto page, tx.messages().search(owner, peer, filter, wanted));
      return PlacePage{std::move(page), 0};
    }
    HG_ASSIGN(const auto place, open_place(tx, owner, *peer, now));
    if (place.peer.is_channel() && filter.flags_any == store::message_mentioned) {
      HG_ASSIGN(auto page, mentions_of(tx, owner, place, filter, visible(place, range, limit_max)));
      HG_TRY(drop_barred(tx, page.messages, owner));
      return of_place(tx, place, std::move(page));
    }
    auto within = filter;
    HG_ASSIGN(within.in_general, begins_in_general(tx, place, within.thread));
    HG_ASSIGN(auto page, tx.messages().search(place.box, peer, within, visible(place, range, limit_max)));
    HG_TRY(drop_barred(tx, page.messages, owner));
    return of_place(tx, place, std::move(page));
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<std::vector<std::int64_t>>> search_counts(const Environment& environment, UserId owner, Peer peer,
                                                      std::vector<Search::Filter> filters, Peer saved_peer,
                                                      MessageId thread) {
  const auto now = environment.clock.unix_seconds();
  auto body = [owner, peer, now, saved_peer, thread,
               filters = std::move(filters)](store::Tx& tx) -> Result<std::vector<std::int64_t>> {
    HG_ASSIGN(const auto place, open_place(tx, owner, peer, now));
    std::vector<std::int64_t> counts;
    for (const auto kind : filters) {
      Search search;
      search.filter = kind;
      search.saved_peer = saved_peer;
      search.thread = thread;
      const auto filter = filter_of(search);
      if (!filter) {
        counts.push_back(0);
        continue;
      }
      store::HistoryRange range;
      range.limit = 0;
      if (place.peer.is_channel() && kind == Search::Filter::mentions) {
        HG_ASSIGN(const auto page, mentions_of(tx, owner, place, *filter, range));
        counts.push_back(page.total);
        continue;
      }
      HG_ASSIGN(const auto page, tx.messages().search(place.box, peer, *filter, range));
      counts.push_back(page.total);
    }
    return counts;
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
