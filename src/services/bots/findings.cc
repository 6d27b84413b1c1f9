#include "services/bots/findings.h"

#include <unicode/utf8.h>

#include "services/chats/origin.h"
#include "services/reports/notices.h"

namespace heliograph::services {

namespace {

constexpr std::int32_t beginning_bytes = 120;

// The first line, or the beginning of it, without cutting a character in two.
std::string first_words(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  if (text.size() <= static_cast<std::size_t>(beginning_bytes)) return std::string(text);
  std::int32_t end = beginning_bytes;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  U8_SET_CP_START(bytes, 0, end);
  return std::string(text.substr(0, static_cast<std::size_t>(end))) + "…";
}

std::string link_to(const std::string& username, MessageId message) {
  if (!message) return "@" + username;
  return "https://t.me/" + username + "/" + std::to_string(message.value);
}

struct Named {
  std::string title;
  std::string username;
};
Result<Named> name_parts(store::Tx& tx, Peer peer) {
  if (peer.is_user()) {
    HG_ASSIGN(auto title, display_name(tx, peer.user()));
    HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
    return Named{std::move(title), account ? account->username : std::string()};
  }
  HG_ASSIGN(auto chat, tx.chats().find(peer));
  if (!chat) return fail(Error::not_found("PEER_ID_INVALID"));
  return Named{std::move(chat->title), std::move(chat->username)};
}

}  // namespace

Result<std::string> name_of(store::Tx& tx, const ReportExample& where) {
  HG_ASSIGN(const auto name, name_parts(tx, where.peer));
  return name.username.empty() ? name.title : name.title + ", " + link_to(name.username, where.message);
}

Task<Result<Findings>> find_now(const Environment& environment, const Discovery& discovery, Caller caller,
                                std::string term) {
  Findings findings;
  auto peers = co_await discovery.peers(caller, term, findings_max);
  if (!peers && peers.error().code != "SEARCH_QUERY_EMPTY") co_return fail(peers.error());
  if (peers) {
    for (const auto* list : {&peers->mine, &peers->public_}) {
      for (const auto peer : *list) {
        if (findings.examples.size() < findings_max) findings.examples.push_back({peer, {}});
      }
    }
  }
  auto posts = co_await discovery.posts(caller, term, {}, static_cast<std::int32_t>(findings_max));
  if (!posts && posts.error().code != "SEARCH_QUERY_EMPTY") co_return fail(posts.error());
  std::vector<store::Message> messages;
  if (posts) messages = std::move(posts->messages);
  for (const auto& message : messages) findings.examples.push_back({message.peer, message.id});
  auto read = [&examples = findings.examples, &messages](store::Tx& tx) -> Result<std::vector<std::string>> {
    std::vector<std::string> lines;
    const auto peers_found = examples.size() - messages.size();
    for (std::size_t i = 0; i < examples.size(); ++i) {
      const bool post = i >= peers_found;
      // What has just gone has no name to show.
      const auto name = name_parts(tx, examples[i].peer);
      if (!name && name.error().kind != ErrorKind::not_found) return fail(name.error());
      if (!name) continue;
      std::string line = "• " + name->title;
      if (post) line += ": " + first_words(messages[i - peers_found].text);
      if (!name->username.empty()) line += " – " + link_to(name->username, examples[i].message);
      lines.push_back(std::move(line));
    }
    return lines;
  };
  CO_ASSIGN(findings.lines, co_await environment.store.read(std::move(read)));
  co_return findings;
}

Result<std::optional<ReportExample>> resolve_link(store::Tx& tx, std::string_view text) {
  // A word alone is a word that somebody has searched for.
  const bool link = text.starts_with('@') || text.find('/') != text.npos;
  const auto location = link ? parse_location(text) : std::nullopt;
  if (!location) return std::nullopt;
  HG_ASSIGN(const auto holder, tx.chats().resolve(location->username));
  if (!holder || (location->message && !holder->is_channel())) return std::nullopt;
  return ReportExample{*holder, location->message};
}

}  // namespace heliograph::services
