// Every identifier is a type of its own, so that a chat can never be passed where a user is meant.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace heliograph {

template <typename Tag, typename Rep>
struct Id {
  using rep = Rep;
  Rep value = 0;

  constexpr Id() = default;
  constexpr explicit Id(Rep v) : value(v) {}
  constexpr explicit operator bool() const { return value != 0; }
  constexpr auto operator<=>(const Id&) const = default;
};

// A person, a bot or the service account. 1 .. 2^40-1 on the wire.
using UserId = Id<struct UserTag, std::int64_t>;
// A message in one account's box: every account numbers its private and basic-group messages itself.
using MessageId = Id<struct MessageTag, std::int32_t>;
// A basic group: a small group whose messages every member has in their own box.
using ChatId = Id<struct ChatTag, std::int64_t>;
// A channel or a supergroup: it has a box of its own, in which each message is once.
using ChannelId = Id<struct ChannelTag, std::int64_t>;
// Lower 64 bits of SHA-1 of an authorization key.
using AuthKeyId = Id<struct AuthKeyTag, std::int64_t>;
// An MTProto session: chosen by the client, unique per authorization key.
using SessionId = Id<struct SessionTag, std::int64_t>;

// Somebody on the operator's staff: a moderator, a legal officer. No account of the messenger's.
using StaffId = Id<struct StaffTag, std::int64_t>;

// What numbers messages and counts pts: an account, or a channel (core.telegram.org/api/updates). Positive
// values are accounts, negative ones channels.
struct BoxId {
  std::int64_t value = 0;

  constexpr BoxId() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): an account is its box's owner, wherever a box is meant
  constexpr BoxId(UserId user) : value(user.value) {}
  static constexpr BoxId of(ChannelId channel) { return from_value(-channel.value); }
  static constexpr BoxId from_value(std::int64_t value) {
    BoxId box;
    box.value = value;
    return box;
  }
  constexpr bool is_channel() const { return value < 0; }
  // 0 for a channel's box, and the other way round.
  constexpr UserId user() const { return UserId{value > 0 ? value : 0}; }
  constexpr ChannelId channel() const { return ChannelId{value < 0 ? -value : 0}; }
  constexpr explicit operator bool() const { return value != 0; }
  constexpr auto operator<=>(const BoxId&) const = default;
};

// The account that delivers sign-in codes and notices; clients treat it specially.
inline constexpr UserId service_user{777000};

}  // namespace heliograph

template <typename Tag, typename Rep>
struct std::hash<heliograph::Id<Tag, Rep>> {
  std::size_t operator()(const heliograph::Id<Tag, Rep>& id) const noexcept {
    // Ids are often sequential or attacker-chosen: mix before a power-of-two table sees them.
    auto x = static_cast<std::uint64_t>(id.value);
    x ^= x >> 32;
    x *= 0x9e3779b97f4a7c15ULL;
    x ^= x >> 29;
    return static_cast<std::size_t>(x);
  }
};

template <>
struct std::hash<heliograph::BoxId> {
  std::size_t operator()(heliograph::BoxId box) const noexcept {
    return std::hash<heliograph::UserId>{}(heliograph::UserId{box.value});
  }
};
