#include "services/moderation/lookup.h"

#include <algorithm>
#include <charconv>

#include "services/accounts/phone.h"
#include "services/discovery/public.h"
#include "services/moderation/judge.h"
#include "store/console.h"
#include "store/text.h"

namespace heliograph::services {

namespace {

constexpr std::size_t kCasesShown = 50;
constexpr std::size_t kPlacesShown = 50;
constexpr std::size_t kReportsOfMember = 1000;
constexpr std::int32_t kPostsShown = 20;

std::string_view without_spaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<std::int64_t> number_from(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

// "@name", "t.me/name", "https://t.me/name" and the name alone.
std::string_view username_in(std::string_view text) {
  if (const auto at = text.rfind('/'); at != text.npos) text.remove_prefix(at + 1);
  if (text.starts_with('@')) text.remove_prefix(1);
  return text;
}

// Of an invite link; empty: it is none.
std::string_view invite_in(std::string_view text) {
  for (const std::string_view mark : {"joinchat/", "invite=", "/+"}) {
    const auto at = text.rfind(mark);
    if (at == text.npos) continue;
    text.remove_prefix(at + mark.size());
    return text.substr(0, text.find_first_of("?&#/"));
  }
  return text.starts_with('+') ? text.substr(1) : std::string_view();
}

// Those that the query names, as a number or with its kind.
std::vector<Peer> chats_named(std::string_view text) {
  std::vector<Peer> peers;
  if (const auto number = number_from(text)) {
    peers.push_back(Peer::of(ChannelId{*number}));
    peers.push_back(Peer::of(ChatId{*number}));
  }
  if (text.starts_with("channel/")) {
    if (const auto number = number_from(text.substr(8))) peers.push_back(Peer::of(ChannelId{*number}));
  }
  if (text.starts_with("group/")) {
    if (const auto number = number_from(text.substr(6))) peers.push_back(Peer::of(ChatId{*number}));
  }
  return peers;
}

template <typename T>
void add_once(std::vector<T>& all, T one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

// None: it is private, and nothing of it was reported or found.
Result<std::optional<PlaceView>> shown_place(const Casework& casework, store::Tx& tx, Peer peer) {
  HG_ASSIGN(auto place, casework.place_in(tx, peer));
  if (place && !place->open && place->cases == 0) place.reset();
  return place;
}

}  // namespace

Result<std::vector<UserId>> Lookup::accounts_for(store::Tx& tx, const std::string& query) const {
  std::vector<UserId> found;
  const auto text = without_spaces(query);
  if (const auto number = number_from(text)) {
    HG_ASSIGN(const auto account, tx.accounts().find(UserId{*number}));
    if (account) add_once(found, account->id);
  }
  HG_ASSIGN(const auto by_name, tx.accounts().find_by_username(username_in(text)));
  if (by_name) add_once(found, by_name->id);
  if (const auto phone = parse_phone(text)) {
    HG_ASSIGN(const auto by_phone, tx.accounts().find_by_phone(phone_index(environment_, *phone)));
    if (by_phone) add_once(found, by_phone->id);
  }
  HG_ASSIGN(const auto named, store::console_of(tx).lookups().named(text, found_most));
  for (const auto id : named) add_once(found, id);
  if (found.size() > found_most) found.resize(found_most);
  return found;
}

Task<Result<std::vector<PersonView>>> Lookup::members(std::string query) const {
  auto body = [this, query = std::move(query)](store::Tx& tx) -> Result<std::vector<PersonView>> {
    HG_ASSIGN(const auto found, accounts_for(tx, query));
    std::vector<PersonView> people;
    for (const auto id : found) {
      HG_ASSIGN(auto person, casework_.person_in(tx, id));
      people.push_back(std::move(person));
    }
    return people;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<MemberLookup>> Lookup::member(UserId user) const {
  auto body = [this, user](store::Tx& tx) -> Result<MemberLookup> {
    HG_ASSIGN(const auto account, tx.accounts().find(user));
    if (!account) return fail(Error::not_found("MEMBER_UNKNOWN", "There is no member of this number."));
    MemberLookup found;
    HG_ASSIGN(found.person, casework_.person_in(tx, user));
    found.about = account->about;
    HG_ASSIGN(auto cases, tx.cases().of_user(user, kCasesShown));
    HG_ASSIGN(found.cases, casework_.views_in(tx, std::move(cases)));
    HG_ASSIGN(const auto places, tx.chats().administered(user, kPlacesShown));
    for (const auto peer : places) {
      HG_ASSIGN(auto place, casework_.place_in(tx, peer));
      if (place) found.places.push_back(std::move(*place));
    }
    HG_ASSIGN(found.record, tx.reports().record_of(user));
    HG_ASSIGN(const auto reports, tx.reports().of_reporter(user, 0, kReportsOfMember));
    found.reports = static_cast<std::int64_t>(reports.size());
    HG_ASSIGN(const auto standing, tx.reports().standing(user));
    if (standing.paused_until > environment_.clock.unix_seconds()) found.paused_until = standing.paused_until;
    HG_ASSIGN(const auto open, tx.cases().find_open(ledger::Subject::of(user).text));
    if (open) found.open_case = open->id;
    return found;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<std::vector<PlaceView>>> Lookup::chats(std::string query) const {
  const std::string text(without_spaces(query));
  CO_ASSIGN(const auto listed, co_await discovery_.unguarded(text, found_most));
  std::vector<Peer> by_title;
  const auto beginning = store::fold(text);
  for (const auto& card : listed.peers) {
    if (!card.peer.is_user() && store::fold(card.title).starts_with(beginning)) by_title.push_back(card.peer);
  }
  auto body = [this, text, by_title = std::move(by_title)](store::Tx& tx) -> Result<std::vector<PlaceView>> {
    auto peers = chats_named(text);
    HG_ASSIGN(const auto named, tx.chats().resolve(username_in(text)));
    if (named && !named->is_user()) add_once(peers, *named);
    if (const auto hash = invite_in(text); !hash.empty()) {
      HG_ASSIGN(const auto invite, tx.invites().find(hash));
      if (invite) add_once(peers, invite->chat);
    }
    for (const auto peer : by_title) add_once(peers, peer);
    std::vector<PlaceView> places;
    for (const auto peer : peers) {
      HG_ASSIGN(auto place, shown_place(casework_, tx, peer));
      if (place && places.size() < found_most) places.push_back(std::move(*place));
    }
    return places;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<PlaceLookup>> Lookup::chat(Peer peer) const {
  auto body = [this, peer](store::Tx& tx) -> Result<PlaceLookup> {
    PlaceLookup found;
    HG_ASSIGN(auto place, shown_place(casework_, tx, peer));
    if (!place) {
      return fail(Error::not_found(
          "CHAT_UNKNOWN", "There is no public chat of this number, and no case about a private one."));
    }
    found.place = std::move(*place);
    HG_ASSIGN(const auto chat, tx.chats().find(peer));
    found.about = chat->about;
    if (chat->creator) {
      auto owner = casework_.person_in(tx, chat->creator);
      if (owner) found.owner = std::move(*owner);
    }
    HG_ASSIGN(auto cases, tx.cases().of_subject(ledger::Subject::of(peer).text, kCasesShown));
    HG_ASSIGN(found.cases, casework_.views_in(tx, std::move(cases)));
    if (!found.place.open || !peer.is_channel()) return found;
    store::HistoryRange range;
    range.limit = kPostsShown;
    HG_ASSIGN(const auto page, tx.messages().history(BoxId::of(peer.channel()), peer, range));
    for (const auto& message : page.messages) {
      if ((message.flags & store::message_service) != 0) continue;
      HG_ASSIGN(auto entry, casework_.entry_in(tx, message));
      found.posts.push_back(std::move(entry));
    }
    return found;
  };
  co_return co_await environment_.store.read(std::move(body));
}

}  // namespace heliograph::services
