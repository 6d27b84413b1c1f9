#include "services/groups/views.h"

#include <algorithm>

#include "services/groups/barred.h"
#include "services/people/access.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {
constexpr std::size_t chats_cached = 100'000;
constexpr std::size_t members_cached = 400'000;
}  // namespace

bool ChatView::forbidden() const {
  const auto who = standing();
  if (chat->peer.is_chat()) return who.is_banned();
  return (chat->flags & store::chat_deleted) != 0 || !may_read(who);
}

ChatViews::ChatViews(const Environment& environment, Hub& hub)
    : environment_(environment), chats_(chats_cached), members_(members_cached) {
  hub.add_observer([this](const store::Publication& publication) {
    const auto kind = publication.update.kind;
    if (kind != events::ChatNews::kind && kind != events::ChatChanged::kind) return;
    // Both begin with the chat.
    if (const auto event = decode<events::ChatNews>(publication.update.body)) forget(event->chat);
  });
}

void ChatViews::forget(Peer chat) {
  versions_.bump(subject(chat));
}

std::optional<std::vector<ChatView>> ChatViews::recall(UserId viewer, const std::vector<Peer>& chats) {
  std::vector<ChatView> views;
  views.reserve(chats.size());
  for (const auto peer : chats) {
    const auto version = versions_.of(subject(peer));
    ChatView view;
    view.chat = chats_.find(peer, version);
    view.member = members_.find({peer, viewer}, version);
    if (!view.chat || !view.member) return std::nullopt;
    views.push_back(std::move(view));
  }
  return views;
}

Task<Result<std::vector<ChatView>>> ChatViews::view(UserId viewer, std::vector<Peer> chats) {
  std::vector<Peer> wanted;
  for (const auto peer : chats) {
    if (peer.is_user() || !peer || std::ranges::find(wanted, peer) != wanted.end()) continue;
    wanted.push_back(peer);
  }
  auto known = recall(viewer, wanted);
  if (!known) {
    // Versions from before the read: see cache.h.
    std::vector<Versions::Version> versions;
    for (const auto peer : wanted) versions.push_back(versions_.of(subject(peer)));
    auto read = [viewer, wanted](store::Tx& tx) -> Result<std::vector<ChatView>> {
      std::vector<ChatView> views;
      for (const auto peer : wanted) {
        HG_ASSIGN(auto chat, tx.chats().find(peer));
        if (!chat) continue;
        HG_ASSIGN(auto member, tx.chats().find_member(peer, viewer));
        ChatView view;
        view.chat = std::make_shared<const store::Chat>(std::move(*chat));
        view.member = std::make_shared<const std::optional<store::Member>>(std::move(member));
        views.push_back(std::move(view));
      }
      return views;
    };
    CO_ASSIGN(known, co_await environment_.store.read(std::move(read)));
    for (const auto& view : *known) {
      const auto peer = view.chat->peer;
      const auto at = static_cast<std::size_t>(std::ranges::find(wanted, peer) - wanted.begin());
      chats_.put(peer, versions[at], view.chat);
      members_.put({peer, viewer}, versions[at], view.member);
    }
  }
  const auto now = environment_.clock.unix_seconds();
  std::string country;  // read where it matters
  if (std::ranges::any_of(*known, [](const auto& view) { return !view.chat->barred_in.empty(); })) {
    auto read = [viewer](store::Tx& tx) { return country_of(tx, viewer); };
    CO_ASSIGN(country, co_await environment_.store.read(std::move(read)));
  }
  for (auto& view : *known) {
    view.restriction = restriction_of(*view.chat, country);
    view.access_hash = access_hash(environment_, viewer, view.chat->peer);
    if (view.chat->migrated) {
      view.migrated_access_hash = access_hash(environment_, viewer, view.chat->migrated);
    }
    view.now = now;
    view.dc_id = environment_.dc_id;
  }
  co_return std::move(*known);
}

Task<Result<ChatView>> ChatViews::view_one(UserId viewer, Peer chat) {
  std::vector<Peer> chats{chat};
  CO_ASSIGN(auto views, co_await view(viewer, std::move(chats)));
  if (views.empty())
    co_return fail(Error::invalid(chat.is_channel() ? "CHANNEL_INVALID" : "CHAT_ID_INVALID"));
  co_return std::move(views.front());
}

}  // namespace heliograph::services
