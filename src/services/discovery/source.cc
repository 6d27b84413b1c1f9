#include "services/discovery/source.h"

#include <algorithm>

#include "services/chats/content.h"
#include "services/chats/new_poll.h"
#include "services/discovery/public.h"
#include "services/discovery/traits.h"

namespace heliograph::services {

namespace {

constexpr std::size_t messages_step = 1'000;
constexpr std::size_t peers_step = 200;

search::Standing standing_of(const store::Chat& chat) {
  return {chat.members, (chat.flags & store::chat_verified) != 0, chat.created_at};
}

search::Document card_of(const store::Account& account) {
  search::Card card;
  card.usernames.push_back(account.username);
  card.title = account.first_name;
  if (!account.last_name.empty()) card.title += ' ' + account.last_name;
  card.standing.verified = account.verified;
  card.standing.since = account.created_at;
  return {{Peer::of(account.id), 0}, std::move(card)};
}

search::Document card_of(const store::Chat& chat) {
  search::Card card;
  card.usernames.push_back(chat.username);
  card.title = chat.title;
  card.about = chat.about;
  card.standing = standing_of(chat);
  return {{chat.peer, 0}, std::move(card)};
}

search::Document post_of(const store::Chat& chat, const store::Message& message) {
  search::Post post;
  post.text = message.text;
  if (message.kind == store::MessageKind::poll) {
    const auto content = decode_content(message);
    if (content && content->media && content->media->poll)
      post.text += '\n' + words_of(*content->media->poll);
  }
  post.date = message.date;
  post.traits = traits_of(message);
  post.standing = standing_of(chat);
  return {{chat.peer, message.id.value}, std::move(post)};
}

Result<std::optional<search::Document>> card(store::Tx& tx, Peer peer) {
  if (peer.is_user()) {
    HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
    if (!account || !is_listed(*account)) return std::nullopt;
    return card_of(*account);
  }
  HG_ASSIGN(const auto chat, listed_chat(tx, peer));
  if (!chat) return std::nullopt;
  return card_of(*chat);
}

// Adds the posts above `after`, oldest first, until `out` has `limit`.
Status add_posts(store::Tx& tx, const store::Chat& chat, MessageId after, std::size_t limit,
                 std::vector<search::Document>& out) {
  while (out.size() < limit) {
    const auto step = std::min(limit - out.size(), messages_step);
    store::HistoryRange range;
    range.offset_id = MessageId{after.value + 1};  // the window ends just above `after`
    range.add_offset = -static_cast<std::int32_t>(step);
    range.limit = static_cast<std::int32_t>(step);
    range.min_id = after;
    const auto box = BoxId::of(chat.peer.channel());
    HG_ASSIGN(auto page, tx.messages().history(box, chat.peer, range));
    std::ranges::reverse(page.messages);
    for (const auto& message : page.messages) {
      if (is_searchable(message)) out.push_back(post_of(chat, message));
      after = message.id;
    }
    if (page.messages.size() < step) return {};
  }
  return {};
}

}  // namespace

Result<std::optional<search::Document>> PublicSource::load(store::Tx& tx, const search::Key& key) const {
  if (key.is_peer()) return card(tx, key.peer);
  HG_ASSIGN(const auto chat, listed_chat(tx, key.peer));
  if (!chat) return std::nullopt;
  HG_ASSIGN(const auto message, tx.messages().find(BoxId::of(key.peer.channel()), MessageId{key.message}));
  if (!message || !is_searchable(*message)) return std::nullopt;
  return post_of(*chat, *message);
}

Result<std::vector<search::Document>> PublicSource::scan(store::Tx& tx, const search::Key& after,
                                                         std::size_t limit) const {
  std::vector<search::Document> out;
  if (after.peer && after.message < INT32_MAX) {
    HG_ASSIGN(const auto chat, listed_chat(tx, after.peer));
    if (chat) HG_TRY(add_posts(tx, *chat, MessageId{after.message}, limit, out));
  }
  for (Peer last = after.peer; out.size() < limit;) {
    HG_ASSIGN(const auto peers, tx.chats().named(last, std::min(limit - out.size(), peers_step)));
    if (peers.empty()) break;
    for (const auto peer : peers) {
      if (out.size() >= limit) break;
      last = peer;
      HG_ASSIGN(const auto chat, listed_chat(tx, peer));
      if (chat) {
        out.push_back(card_of(*chat));
        HG_TRY(add_posts(tx, *chat, {}, limit, out));
        continue;
      }
      HG_ASSIGN(auto document, card(tx, peer));
      if (document) out.push_back(std::move(*document));
    }
  }
  return out;
}

}  // namespace heliograph::services
