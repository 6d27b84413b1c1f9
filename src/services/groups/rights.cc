#include "services/groups/rights.h"

#include <string_view>

namespace heliograph::services {

namespace {

using store::MessageKind;

constexpr std::uint32_t media_bits = banned_send_photos | banned_send_videos | banned_send_roundvideos |
                                     banned_send_audios | banned_send_voices | banned_send_docs |
                                     banned_send_stickers | banned_send_gifs | banned_send_games |
                                     banned_send_inline | banned_embed_links | banned_send_polls;

// What a message of a kind takes, and what the protocol says to those who may not.
struct Rule {
  BannedRight right;
  std::string_view error;
};
Rule rule_of(MessageKind kind) {
  switch (kind) {
    case MessageKind::photo:
      return {banned_send_photos, "CHAT_SEND_PHOTOS_FORBIDDEN"};
    case MessageKind::video:
      return {banned_send_videos, "CHAT_SEND_VIDEOS_FORBIDDEN"};
    case MessageKind::document:
      return {banned_send_docs, "CHAT_SEND_DOCS_FORBIDDEN"};
    case MessageKind::music:
      return {banned_send_audios, "CHAT_SEND_AUDIOS_FORBIDDEN"};
    case MessageKind::voice:
      return {banned_send_voices, "CHAT_SEND_VOICES_FORBIDDEN"};
    case MessageKind::round_video:
      return {banned_send_roundvideos, "CHAT_SEND_ROUNDVIDEOS_FORBIDDEN"};
    case MessageKind::animation:
      return {banned_send_gifs, "CHAT_SEND_GIFS_FORBIDDEN"};
    case MessageKind::sticker:
      return {banned_send_stickers, "CHAT_SEND_STICKERS_FORBIDDEN"};
    case MessageKind::poll:
      return {banned_send_polls, "CHAT_SEND_POLL_FORBIDDEN"};
    case MessageKind::contact:
    case MessageKind::geo:
      return {banned_send_media, "CHAT_SEND_MEDIA_FORBIDDEN"};
    case MessageKind::plain:
    case MessageKind::chat_photo:
      break;
  }
  return {banned_send_plain, "CHAT_SEND_PLAIN_FORBIDDEN"};
}

// A restriction counts until it runs out, also before the sweep that lifts it.
bool in_force(const store::Member& member, UnixSeconds now) {
  return member.until == 0 || member.until > now;
}

}  // namespace

std::uint32_t with_implied(std::uint32_t banned) {
  banned &= banned_all_bits;
  if ((banned & banned_view_messages) != 0) banned |= banned_send_messages;
  if ((banned & banned_send_messages) != 0) banned |= banned_send_media | banned_send_plain;
  if ((banned & banned_send_media) != 0) banned |= media_bits;
  return banned;
}

bool Standing::is_banned() const {
  return member && member->status == store::MemberStatus::banned && in_force(*member, now);
}

bool Standing::has(AdminRight right) const {
  if (is_creator()) return right != admin_anonymous || (member->admin_rights & right) != 0;
  return is_admin() && (member->admin_rights & right) != 0;
}

bool Standing::forbidden(BannedRight right) const {
  if (is_admin()) return false;
  if ((with_implied(chat.default_banned) & right) != 0) return true;
  return member && (with_implied(member->banned) & right) != 0 && in_force(*member, now);
}

Status require(const Standing& who, AdminRight right) {
  if (who.has(right)) return {};
  return fail(Error::invalid("CHAT_ADMIN_REQUIRED", "This takes an administrator with that right."));
}

Status require_either(const Standing& who, AdminRight right, BannedRight unless) {
  if (who.has(right)) return {};
  if (!who.is_in()) return fail(Error::invalid("USER_NOT_PARTICIPANT", "Join first."));
  if (who.chat.kind == store::ChatKind::broadcast || who.is_admin() || who.forbidden(unless)) {
    return fail(Error::invalid("CHAT_ADMIN_REQUIRED", "This takes an administrator with that right."));
  }
  return {};
}

Status may_read(const Standing& who) {
  if (who.is_banned()) return fail(Error::invalid("CHANNEL_PRIVATE", "You are banned here."));
  if (who.is_in()) return {};
  // Of a private discussion group open_place() knows more: whether the caller sees the channel.
  const bool discussion = who.chat.kind == store::ChatKind::supergroup && who.chat.linked;
  const bool open = !who.chat.username.empty() || discussion;
  if (!open) return fail(Error::invalid("CHANNEL_PRIVATE", "This is private; join first."));
  return {};
}

Status may_send(const Standing& who, MessageKind kind, std::uint32_t message_flags) {
  using store::ChatKind;
  if ((who.chat.flags & store::chat_deleted) != 0) return fail(Error::forbidden("CHAT_WRITE_FORBIDDEN"));
  if (who.chat.kind == ChatKind::broadcast) return require(who, admin_post_messages);
  if (who.is_banned()) return fail(Error::invalid("USER_BANNED_IN_CHANNEL", "You are banned here."));
  if (!who.is_in()) {
    // In a discussion group those may write who see the channel, unless its owner wants members only.
    const bool guest = who.chat.kind == ChatKind::supergroup && who.chat.linked &&
                       (who.chat.flags & store::chat_join_to_send) == 0;
    if (!guest) {
      const bool open = who.chat.kind == ChatKind::supergroup && !who.chat.username.empty();
      return fail(open ? Error::forbidden("CHAT_GUEST_SEND_FORBIDDEN", "Join first.")
                       : Error::forbidden("CHAT_WRITE_FORBIDDEN", "Join first."));
    }
  }
  if (who.is_admin()) return {};
  if (who.forbidden(banned_send_messages)) {
    const bool own = who.member && (who.member->banned & banned_send_messages) != 0;
    return fail(own ? Error::invalid("USER_BANNED_IN_CHANNEL", "You may not write here.")
                    : Error::forbidden("CHAT_WRITE_FORBIDDEN", "Members may not write here."));
  }
  const auto rule = rule_of(kind);
  if (who.forbidden(rule.right)) return fail(Error::forbidden(rule.error));
  if ((message_flags & store::message_has_link) != 0 && kind == MessageKind::plain &&
      who.forbidden(banned_embed_links)) {
    // The link stays text; only its preview is not shown, and previews are the sender's to supply.
    return {};
  }
  return {};
}

Status may_rule(const Standing& who, const std::optional<store::Member>& other) {
  if (!other) return {};
  if (other->status == store::MemberStatus::creator) return fail(Error::invalid("USER_CREATOR"));
  if (other->status == store::MemberStatus::admin && !who.is_creator() && other->by != who.member->user) {
    return fail(Error::invalid("CHAT_ADMIN_REQUIRED", "Somebody else made them an administrator."));
  }
  return {};
}

}  // namespace heliograph::services
