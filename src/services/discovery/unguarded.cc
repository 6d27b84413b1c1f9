// What words find, for those of the staff who decide what becomes of them: through the guard like every
// query, which is told that it is they who ask.
#include <algorithm>

#include "ledger/record.h"
#include "services/chats/origin.h"
#include "services/discovery/discovery.h"
#include "services/discovery/public.h"

namespace heliograph::services {

namespace {

constexpr std::size_t cases_counted = 100;

Result<std::optional<FoundUnguarded::Card>> unguarded_card(store::Tx& tx, Peer peer) {
  FoundUnguarded::Card card;
  card.peer = peer;
  if (peer.is_user()) {
    HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
    if (!account) return std::nullopt;
    HG_ASSIGN(card.title, display_name(tx, peer.user()));
    card.kind = account->bot ? "bot" : "account";
    card.username = account->username;
    card.verified = account->verified;
    card.created_at = account->created_at;
  } else {
    HG_ASSIGN(const auto chat, tx.chats().find(peer));
    if (!chat) return std::nullopt;
    card.kind = chat->kind == store::ChatKind::broadcast ? "channel" : "supergroup";
    card.title = chat->title;
    card.username = chat->username;
    card.verified = (chat->flags & store::chat_verified) != 0;
    card.members = chat->members;
    card.created_at = chat->created_at;
  }
  HG_ASSIGN(const auto cases, tx.cases().of_subject(ledger::Subject::of(peer).text, cases_counted));
  card.cases = static_cast<std::int32_t>(cases.size());
  const auto open = std::ranges::find(cases, store::CaseState::open, &store::Case::state);
  if (open != cases.end()) card.open_case = open->id;
  return std::optional(std::move(card));
}

Result<FoundUnguarded::Post> unguarded_post(store::Tx& tx, store::Message message) {
  FoundUnguarded::Post post;
  post.place = message.peer;
  post.message = message.id;
  post.date = message.date;
  post.text = std::move(message.text);
  HG_ASSIGN(const auto chat, tx.chats().find(post.place));
  if (chat) {
    post.title = chat->title;
    post.username = chat->username;
  }
  return post;
}

}  // namespace

std::shared_ptr<const terms::QueryGuard> Discovery::guard() const {
  return searcher_ == nullptr ? nullptr : searcher_->guard().terms();
}

Task<Result<FoundUnguarded>> Discovery::unguarded(std::string text, std::size_t limit) const {
  FoundUnguarded none;
  if (searcher_ == nullptr || search::parse(text).empty()) co_return none;
  search::Asker who;
  who.reviews = true;
  search::Query query;
  query.text = std::move(text);
  query.limit = limit;
  auto for_peers = query;
  for_peers.subject = search::Subject::peers;
  auto loaded = std::make_shared<LoadedPosts>();
  auto filter = visible_to(environment_, UserId{}, loaded);
  CO_ASSIGN(const auto posts, co_await searcher_->search(std::move(query), std::move(filter), who));
  auto people = visible_to(environment_, UserId{});
  CO_ASSIGN(const auto peers, co_await searcher_->search(std::move(for_peers), std::move(people), who));
  auto messages = take_messages(posts, *loaded);
  std::vector<Peer> named;
  for (const auto& hit : peers.hits()) named.push_back(hit.key.peer);
  auto body = [messages = std::move(messages),
               named = std::move(named)](store::Tx& tx) -> Result<FoundUnguarded> {
    FoundUnguarded found;
    for (const auto& message : messages) {
      HG_ASSIGN(auto post, unguarded_post(tx, message));
      found.posts.push_back(std::move(post));
    }
    for (const auto peer : named) {
      HG_ASSIGN(auto card, unguarded_card(tx, peer));
      if (card) found.peers.push_back(std::move(*card));
    }
    return found;
  };
  co_return co_await environment_.store.read(std::move(body));
}

}  // namespace heliograph::services
