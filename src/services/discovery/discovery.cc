#include "services/discovery/discovery.h"

#include <algorithm>
#include <unordered_set>

#include "services/discovery/public.h"
#include "services/groups/place.h"

namespace heliograph::services {

namespace {

constexpr std::size_t hashtag_bytes_max = 256;

// The public channel or supergroup, if the caller may read it.
Result<std::optional<Place>> visible_place(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now) {
  if (!peer.is_channel()) return std::nullopt;
  auto place = open_place(tx, caller, peer, now);
  if (place && is_listed(*place->chat)) return std::move(*place);
  if (place) return std::nullopt;
  const auto kind = place.error().kind;
  if (kind == ErrorKind::invalid || kind == ErrorKind::forbidden) return std::nullopt;
  return fail(place.error());
}

Result<bool> is_listed_person(store::Tx& tx, Peer peer) {
  HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
  return account && is_listed(*account);
}

// The message, if it is there and the caller may see it.
Result<std::optional<store::Message>> visible_message(store::Tx& tx, const std::optional<Place>& place,
                                                      std::int32_t id) {
  if (!place || MessageId{id} <= place->hidden_up_to()) return std::nullopt;
  HG_ASSIGN(auto message, tx.messages().find(place->box, MessageId{id}));
  if (message && !is_searchable(*message)) message.reset();
  return message;
}

struct Seen {
  std::vector<bool> keep;
  std::vector<std::pair<search::Key, store::Message>> messages;
};

Task<Result<std::vector<bool>>> look(const Environment& environment, UserId caller,
                                     std::vector<search::Hit> hits, std::shared_ptr<LoadedPosts> loaded) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, hits = std::move(hits)](store::Tx& tx) -> Result<Seen> {
    Seen seen;
    std::vector<std::pair<Peer, std::optional<Place>>> places;
    for (const auto& hit : hits) {
      const auto peer = hit.key.peer;
      if (peer.is_user()) {
        HG_ASSIGN(const bool may, is_listed_person(tx, peer));
        seen.keep.push_back(may);
        continue;
      }
      auto at = std::ranges::find(places, peer, [](const auto& one) { return one.first; });
      if (at == places.end()) {
        HG_ASSIGN(auto place, visible_place(tx, caller, peer, now));
        at = places.insert(places.end(), {peer, std::move(place)});
      }
      if (hit.key.is_peer()) {
        seen.keep.push_back(at->second.has_value());
        continue;
      }
      HG_ASSIGN(auto message, visible_message(tx, at->second, hit.key.message));
      seen.keep.push_back(message.has_value());
      if (message) seen.messages.emplace_back(hit.key, std::move(*message));
    }
    return seen;
  };
  CO_ASSIGN(auto seen, co_await environment.store.read(std::move(body)));
  if (loaded) std::ranges::move(seen.messages, std::back_inserter(loaded->messages));
  co_return std::move(seen.keep);
}

std::size_t page_size(std::int32_t limit) {
  return static_cast<std::size_t>(std::clamp(limit, 1, Discovery::page_max));
}

std::optional<search::Cursor> cursor_of(const SearchOffset& after) {
  if (after.rate <= 0 || !after.peer || after.message <= 0) return std::nullopt;
  return search::Cursor{after.rate, {after.peer, after.message}};
}

}  // namespace

search::Filter visible_to(const Environment& environment, UserId caller,
                          std::shared_ptr<LoadedPosts> loaded) {
  return [&environment, caller, loaded = std::move(loaded)](std::vector<search::Hit> hits) {
    return look(environment, caller, std::move(hits), loaded);
  };
}

std::vector<store::Message> take_messages(const search::ResultPage& page, LoadedPosts& loaded) {
  std::vector<store::Message> messages;
  for (const auto& hit : page.hits()) {
    const auto at = std::ranges::find(loaded.messages, hit.key, [](const auto& one) { return one.first; });
    if (at != loaded.messages.end()) messages.push_back(std::move(at->second));
  }
  return messages;
}

Result<const search::Searcher*> Discovery::searcher() const {
  if (searcher_ == nullptr) return fail(Error::unavailable("SEARCH_UNAVAILABLE"));
  return searcher_;
}

Task<Result<FoundPosts>> Discovery::find_posts(Caller caller, search::Query query) const {
  CO_ASSIGN(const auto* const asked, searcher());
  CO_TRY(limits_.take("search", std::to_string(caller.user.value), search_rate));
  auto loaded = std::make_shared<LoadedPosts>();
  auto filter = visible_to(environment_, caller.user, loaded);
  CO_ASSIGN(const auto page, co_await asked->search(std::move(query), std::move(filter)));
  FoundPosts found;
  found.messages = take_messages(page, *loaded);
  found.total = std::max(page.total(), static_cast<std::int64_t>(found.messages.size()));
  // Clients go on from the last message they were given: a page without any is the last.
  if (page.next() && !page.hits().empty()) found.next_rate = page.hits().back().rate;
  co_return found;
}

Task<Result<FoundPosts>> Discovery::posts(Caller caller, std::string text, SearchOffset after,
                                          std::int32_t limit) const {
  if (text.empty()) co_return fail(Error::invalid("SEARCH_QUERY_EMPTY"));
  search::Query query;
  query.text = std::move(text);
  query.after = cursor_of(after);
  query.limit = page_size(limit);
  co_return co_await find_posts(caller, std::move(query));
}

Task<Result<FoundPosts>> Discovery::tagged(Caller caller, std::string hashtag, SearchOffset after,
                                           std::int32_t limit) const {
  if (hashtag.starts_with('#')) hashtag.erase(0, 1);
  const bool one_word = !hashtag.empty() && hashtag.size() <= hashtag_bytes_max &&
                        hashtag.find_first_of(" \t\r\n\"#$@") == std::string::npos;
  if (!one_word) co_return fail(Error::invalid("SEARCH_QUERY_EMPTY", "A hashtag is one word."));
  search::Query query;
  query.text = "#" + hashtag + " ";  // the blank: whole, not the beginning of a longer one
  query.order = search::Order::newest;
  query.after = cursor_of(after);
  query.limit = page_size(limit);
  co_return co_await find_posts(caller, std::move(query));
}

Task<Result<Discovery::Found>> Discovery::peers(Caller caller, std::string text, std::size_t limit) const {
  limit = std::clamp<std::size_t>(limit, 1, PeopleSearch::found_max);
  Found found;
  CO_ASSIGN(found.mine, co_await people_.own_peers(caller, text, limit));
  if (PeopleSearch::too_short(text)) co_return found;
  CO_ASSIGN(const auto* const asked, searcher());
  search::Query query;
  query.text = std::move(text);
  query.subject = search::Subject::peers;
  query.limit = limit;
  auto filter = visible_to(environment_, caller.user);
  auto page = co_await asked->search(std::move(query), std::move(filter));
  if (!page) {
    // Signs alone: nobody is called that.
    if (page.error().code == "SEARCH_QUERY_EMPTY") co_return found;
    co_return fail(page.error());
  }
  const std::unordered_set<Peer> mine(found.mine.begin(), found.mine.end());
  for (const auto& hit : page->hits()) {
    if (hit.key.peer == Peer::of(caller.user) || mine.contains(hit.key.peer)) continue;
    found.public_.push_back(hit.key.peer);
  }
  co_return found;
}

}  // namespace heliograph::services
