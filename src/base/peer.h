// Whom or what a dialog is with.
#pragma once

#include "base/ids.h"

namespace heliograph {

enum class PeerKind : std::uint8_t { user = 1, chat = 2, channel = 3 };

struct Peer {
  PeerKind kind = PeerKind::user;
  std::int64_t id = 0;

  static constexpr Peer of(UserId user) { return {PeerKind::user, user.value}; }
  static constexpr Peer of(ChatId chat) { return {PeerKind::chat, chat.value}; }
  static constexpr Peer of(ChannelId channel) { return {PeerKind::channel, channel.value}; }
  constexpr bool is_user() const { return kind == PeerKind::user; }
  constexpr UserId user() const { return UserId{is_user() ? id : 0}; }
  constexpr bool is_chat() const { return kind == PeerKind::chat; }
  constexpr ChatId chat() const { return ChatId{is_chat() ? id : 0}; }
  constexpr bool is_channel() const { return kind == PeerKind::channel; }
  constexpr ChannelId channel() const { return ChannelId{is_channel() ? id : 0}; }
  constexpr auto operator<=>(const Peer&) const = default;
  constexpr explicit operator bool() const { return id != 0; }
};

}  // namespace heliograph

template <>
struct std::hash<heliograph::Peer> {
  std::size_t operator()(const heliograph::Peer& peer) const noexcept {
    return std::hash<heliograph::UserId>{}(heliograph::UserId{peer.id * 4 + static_cast<int>(peer.kind)});
  }
};
