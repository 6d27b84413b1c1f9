#include "services/discovery/discovery.h"

#include <algorithm>
#include <unordered_set>

#include "ledger/record.h"
#include "services/accounts/phone.h"
#include "services/chats/content.h"
#include "services/discovery/public.h"
#include "services/discovery/search_watch.h"
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

bool is_well_known(bool verified, UnixSeconds created_at, UnixSeconds now) {
  return verified || (created_at != 0 && now - created_at >= long_standing);
}

// A person, channel or supergroup among the hits: asked of the store once.
struct Source {
  Peer peer;
  bool shown = false;
  std::optional<Place> place;  // of a channel or supergroup that is shown
  bool suspect = false;
  bool well_known = false;

  search::Footing footing(bool wary) const {
    if (!shown) return search::Footing::hidden;
    return suspect || (wary && !well_known) ? search::Footing::last : search::Footing::shown;
  }
};

Result<Source> source_of(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now) {
  Source source;
  source.peer = peer;
  if (peer.is_user()) {
    HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
    source.shown = account && is_listed(*account);
    if (source.shown) source.well_known = is_well_known(account->verified, account->created_at, now);
  } else {
    HG_ASSIGN(source.place, visible_place(tx, caller, peer, now));
    source.shown = source.place.has_value();
    if (source.shown) {
      const auto& chat = *source.place->chat;
      source.well_known = is_well_known((chat.flags & store::chat_verified) != 0, chat.created_at, now);
    }
  }
  if (source.shown) {
    HG_ASSIGN(source.suspect, is_suspect(tx, ledger::Subject::of(peer).text));
  }
  return source;
}

// The message, if it is there and the caller may see it.
Result<std::optional<store::Message>> visible_message(store::Tx& tx, UserId caller, const Place& place,
                                                      std::int32_t id) {
  if (MessageId{id} <= place.hidden_up_to()) return std::nullopt;
  HG_ASSIGN(auto message, tx.messages().find(place.box, MessageId{id}));
  if (!message || !is_searchable(*message)) return std::nullopt;
  HG_ASSIGN(const bool barred, is_barred_for(tx, *message, caller));
  if (barred) message.reset();
  return message;
}

struct Seen {
  std::vector<search::Footing> footings;
  std::vector<std::pair<search::Key, store::Message>> messages;
};

Result<search::Footing> look_at(store::Tx& tx, UserId caller, const search::Key& key, const Source& source,
                                bool wary, Seen& seen) {
  auto footing = source.footing(wary);
  if (footing == search::Footing::hidden || key.is_peer()) return footing;
  HG_ASSIGN(auto message, visible_message(tx, caller, *source.place, key.message));
  if (!message) return search::Footing::hidden;
  if (footing == search::Footing::shown) {
    HG_ASSIGN(const bool suspect, is_suspect(tx, ledger::Subject::of(source.peer, message->id).text));
    if (suspect) footing = search::Footing::last;
  }
  seen.messages.emplace_back(key, std::move(*message));
  return footing;
}

Task<Result<std::vector<search::Footing>>> look(const Environment& environment, UserId caller,
                                                std::vector<search::Hit> hits, bool wary,
                                                std::shared_ptr<LoadedPosts> loaded) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, wary, hits = std::move(hits)](store::Tx& tx) -> Result<Seen> {
    Seen seen;
    std::vector<Source> sources;
    for (const auto& hit : hits) {
      auto at = std::ranges::find(sources, hit.key.peer, &Source::peer);
      if (at == sources.end()) {
        HG_ASSIGN(auto source, source_of(tx, caller, hit.key.peer, now));
        at = sources.insert(sources.end(), std::move(source));
      }
      HG_ASSIGN(const auto footing, look_at(tx, caller, hit.key, *at, wary, seen));
      seen.footings.push_back(footing);
    }
    return seen;
  };
  CO_ASSIGN(auto seen, co_await environment.store.read(std::move(body)));
  if (loaded) std::ranges::move(seen.messages, std::back_inserter(loaded->messages));
  co_return std::move(seen.footings);
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
  return [&environment, caller, loaded = std::move(loaded)](std::vector<search::Hit> hits, bool wary) {
    return look(environment, caller, std::move(hits), wary, loaded);
  };
}

Result<bool> is_suspect(store::Tx& tx, const std::string& subject) {
  HG_ASSIGN(const auto cases, tx.cases().of_subject(subject, 4));
  return std::ranges::any_of(cases, [](const store::Case& one) {
    return one.state == store::CaseState::open && one.severity >= severe_from;
  });
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

void Discovery::show_anyway(UserId user) const {
  const auto now = environment_.clock.monotonic();
  const std::lock_guard lock(mutex_);
  if (shown_until_.size() >= shown_max && !shown_until_.contains(user)) {
    std::erase_if(shown_until_, [now](const auto& one) { return one.second <= now; });
    if (shown_until_.size() >= shown_max) {
      shown_until_.erase(
          std::ranges::min_element(shown_until_, {}, [](const auto& one) { return one.second; }));
    }
  }
  shown_until_[user] = now + shown_for;
}

bool Discovery::wants_shown(UserId user) const {
  const std::lock_guard lock(mutex_);
  const auto found = shown_until_.find(user);
  return found != shown_until_.end() && found->second > environment_.clock.monotonic();
}

Task<Result<search::Asker>> Discovery::asker(Caller caller) const {
  search::Asker asker;
  asker.show_anyway = wants_shown(caller.user);
  auto body = [this, caller](store::Tx& tx) -> Result<terms::Asker> {
    terms::Asker who;
    HG_ASSIGN(const auto account, tx.accounts().find(caller.user));
    if (account) {
      HG_ASSIGN(const auto phone, open_phone(environment_, account->phone_sealed, account->phone_index));
      who.country = region_of(phone);
    }
    HG_ASSIGN(const auto key, tx.auth_keys().find(caller.key));
    if (key) who.language = key->lang_code;
    return who;
  };
  CO_ASSIGN(asker.terms, co_await environment_.store.read(std::move(body)));
  co_return asker;
}

Task<Result<search::Opinion>> Discovery::judge(Caller caller, std::string text) const {
  if (searcher_ == nullptr) co_return search::Opinion{};
  CO_ASSIGN(auto who, co_await asker(caller));
  who.show_anyway = false;
  co_return searcher_->guard().judge(text, who);
}

Task<Result<bool>> Discovery::refuses(Caller caller, std::string text) const {
  if (text.empty()) co_return false;
  CO_ASSIGN(const auto opinion, co_await judge(caller, std::move(text)));
  co_return opinion.refused();
}

Task<Status> Discovery::note_overblock(Caller caller, std::string text) const {
  if (watch_ == nullptr) co_return Status();
  CO_ASSIGN(const auto opinion, co_await judge(caller, std::move(text)));
  watch_->note_overblock(opinion);
  co_return Status();
}

Task<Result<std::vector<store::Message>>> Discovery::help_for(const search::Opinion& opinion,
                                                              const search::Asker& asker) const {
  std::vector<store::Message> out;
  const auto id = help_.find(opinion, asker.terms);
  if (!id) co_return out;
  auto body = [id, box = BoxId::of(help_.channel.channel())](store::Tx& tx) {
    return tx.messages().find(box, id);
  };
  CO_ASSIGN(auto post, co_await environment_.store.read(std::move(body)));
  if (post) out.push_back(std::move(*post));
  co_return out;
}

Task<Result<FoundPosts>> Discovery::find_posts(Caller caller, search::Query query) const {
  CO_ASSIGN(const auto* const asked, searcher());
  CO_TRY(limits_.take("search", std::to_string(caller.user.value), search_rate));
  CO_ASSIGN(const auto who, co_await asker(caller));
  auto loaded = std::make_shared<LoadedPosts>();
  auto filter = visible_to(environment_, caller.user, loaded);
  const bool first = !query.after;
  const auto text = query.text;
  CO_ASSIGN(const auto page, co_await asked->search(std::move(query), std::move(filter), who));
  if (watch_ != nullptr && first) watch_->note(caller.user, text, page.opinion(), page.hits());
  FoundPosts found;
  if (page.opinion().refused()) {
    if (first) {
      CO_ASSIGN(found.messages, co_await help_for(page.opinion(), who));
    }
    found.total = static_cast<std::int64_t>(found.messages.size());
    co_return found;
  }
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
  query.text = text;
  query.subject = search::Subject::peers;
  query.limit = limit;
  CO_ASSIGN(auto who, co_await asker(caller));
  auto filter = visible_to(environment_, caller.user);
  auto page = co_await asked->search(std::move(query), std::move(filter), std::move(who));
  if (!page) {
    // Signs alone: nobody is called that.
    if (page.error().code == "SEARCH_QUERY_EMPTY") co_return found;
    co_return fail(page.error());
  }
  if (watch_ != nullptr) watch_->note(caller.user, text, page->opinion(), page->hits());
  if (page->opinion().refused()) {
    if (help_.channel && std::ranges::find(found.mine, help_.channel) == found.mine.end()) {
      found.public_.push_back(help_.channel);
    }
    co_return found;
  }
  const std::unordered_set<Peer> mine(found.mine.begin(), found.mine.end());
  for (const auto& hit : page->hits()) {
    if (hit.key.peer == Peer::of(caller.user) || mine.contains(hit.key.peer)) continue;
    found.public_.push_back(hit.key.peer);
  }
  co_return found;
}

}  // namespace heliograph::services
