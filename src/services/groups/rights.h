// What administrators may do in a group or channel, and what members may not: bit sets as the wire numbers
// them (core.telegram.org/constructor/chatAdminRights, .../chatBannedRights), and the rules made of them.
// Part of the stored format (store::Member, store::Chat).
#pragma once

#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "store/chats.h"
#include "store/messages.h"

namespace heliograph::services {

enum AdminRight : std::uint32_t {
  admin_change_info = 1U << 0,
  admin_post_messages = 1U << 1,  // broadcast channels
  admin_edit_messages = 1U << 2,  // broadcast channels
  admin_delete_messages = 1U << 3,
  admin_ban_users = 1U << 4,
  admin_invite_users = 1U << 5,
  admin_pin_messages = 1U << 7,
  admin_add_admins = 1U << 9,
  admin_anonymous = 1U << 10,  // shown as the group itself
  admin_manage_call = 1U << 11,
  admin_other = 1U << 12,  // an administrator without any particular right
  admin_manage_topics = 1U << 13,
  admin_post_stories = 1U << 14,
  admin_edit_stories = 1U << 15,
  admin_delete_stories = 1U << 16,
  admin_manage_direct_messages = 1U << 17,
};
// What a creator has: all but being anonymous, which is a choice.
inline constexpr std::uint32_t admin_everything = 0x3fabf;

enum BannedRight : std::uint32_t {
  banned_view_messages = 1U << 0,  // a ban
  banned_send_messages = 1U << 1,
  banned_send_media = 1U << 2,
  banned_send_stickers = 1U << 3,
  banned_send_gifs = 1U << 4,
  banned_send_games = 1U << 5,
  banned_send_inline = 1U << 6,
  banned_embed_links = 1U << 7,
  banned_send_polls = 1U << 8,
  banned_change_info = 1U << 10,
  banned_invite_users = 1U << 15,
  banned_pin_messages = 1U << 17,
  banned_manage_topics = 1U << 18,
  banned_send_photos = 1U << 19,
  banned_send_videos = 1U << 20,
  banned_send_roundvideos = 1U << 21,
  banned_send_audios = 1U << 22,
  banned_send_voices = 1U << 23,
  banned_send_docs = 1U << 24,
  banned_send_plain = 1U << 25,
};
inline constexpr std::uint32_t banned_all_bits = 0x3fe85ff;
// Whoever may not send media may send no particular kind of it, either; and so on.
std::uint32_t with_implied(std::uint32_t banned);

// Somebody's position in a chat. `member` empty: never was in it.
struct Standing {
  const store::Chat& chat;
  const std::optional<store::Member>& member;
  UnixSeconds now = 0;

  bool is_in() const { return member && store::is_in(member->status); }
  bool is_creator() const { return member && member->status == store::MemberStatus::creator; }
  bool is_admin() const { return member && member->status <= store::MemberStatus::admin; }
  bool is_banned() const;  // may not even look
  bool has(AdminRight right) const;
  // Whether this is forbidden to them: by the chat's default or by a restriction of their own, which
  // administrators are exempt from.
  bool forbidden(BannedRight right) const;
};

// Each of these: success, or the protocol's error.

// CHAT_ADMIN_REQUIRED.
Status require(const Standing& who, AdminRight right);
// For what members may do by default, and administrators with `right`: change_info, pin, invite, topics.
// CHAT_ADMIN_REQUIRED, USER_NOT_PARTICIPANT.
Status require_either(const Standing& who, AdminRight right, BannedRight unless);
// Whether they may read: CHANNEL_PRIVATE (not in it and not public, or banned).
Status may_read(const Standing& who);
// Whether they may send a message of this kind: CHAT_ADMIN_REQUIRED (broadcast), CHANNEL_PRIVATE,
// CHAT_WRITE_FORBIDDEN, USER_BANNED_IN_CHANNEL, CHAT_SEND_*_FORBIDDEN, CHAT_GUEST_SEND_FORBIDDEN.
Status may_send(const Standing& who, store::MessageKind kind, std::uint32_t message_flags);
// Whether `who` may change what `other` is or may do: nobody the creator, administrators only those whom
// they promoted. USER_CREATOR, USER_ADMIN_INVALID, CHAT_ADMIN_REQUIRED.
Status may_rule(const Standing& who, const std::optional<store::Member>& other);

}  // namespace heliograph::services
