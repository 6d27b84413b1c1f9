// Groups and channels as a particular viewer sees them. On the path of every push and every answer that names
// one, so what it takes is cached, as services/people/users.h does it for people.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "services/environment.h"
#include "services/groups/place.h"
#include "services/hub.h"
#include "services/people/cache.h"

namespace heliograph::services {

struct ChatView {
  std::shared_ptr<const store::Chat> chat;
  std::shared_ptr<const std::optional<store::Member>> member;  // the viewer
  std::int64_t access_hash = 0;                                // for this viewer
  std::int64_t migrated_access_hash = 0;                       // of the supergroup that a basic group became
  UnixSeconds now = 0;
  std::int32_t dc_id = 0;   // where its photo is
  std::string restriction;  // why the viewer may not see what is in it (barred.h); empty: they may

  Standing standing() const { return {*chat, *member, now}; }
  // May not even look: shown by name alone.
  bool forbidden() const;
};

// Thread-safe. Keep one per process; it listens to the hub for what makes its caches stale.
class ChatViews {
 public:
  ChatViews(const Environment& environment, Hub& hub);

  // In the order asked for, each once; those that do not exist are left out.
  Task<Result<std::vector<ChatView>>> view(UserId viewer, std::vector<Peer> chats);
  // CHAT_ID_INVALID, CHANNEL_INVALID.
  Task<Result<ChatView>> view_one(UserId viewer, Peer chat);
  // Must be called where a change has been committed and the caller is about to read it.
  void forget(Peer chat);

 private:
  struct Who {
    Peer chat;
    UserId user;
    bool operator==(const Who&) const = default;
  };
  struct WhoHash {
    std::size_t operator()(const Who& who) const noexcept {
      return std::hash<Peer>{}(who.chat) * 31 + std::hash<UserId>{}(who.user);
    }
  };
  static UserId subject(Peer chat) { return UserId{-(chat.id * 4 + static_cast<int>(chat.kind))}; }
  std::optional<std::vector<ChatView>> recall(UserId viewer, const std::vector<Peer>& chats);

  const Environment& environment_;
  Versions versions_;
  VersionedCache<Peer, store::Chat, Versions::Version> chats_;
  VersionedCache<Who, std::optional<store::Member>, Versions::Version, WhoHash> members_;
};

}  // namespace heliograph::services
