#include "api/render/chat.h"

#include "api/render/peer.h"
#include "api/render/user.h"
#include "tl/core_r.h"

namespace heliograph::api {

namespace {

using services::AdminRight;
using services::BannedRight;
using store::ChatKind;
using store::MemberStatus;

// Which field of the wire stands for which bit.
struct AdminField {
  AdminRight right;
  bool tl::chatAdminRights::* field;
};
constexpr AdminField admin_fields[] = {
    {services::admin_change_info, &tl::chatAdminRights::change_info},
    {services::admin_post_messages, &tl::chatAdminRights::post_messages},
    {services::admin_edit_messages, &tl::chatAdminRights::edit_messages},
    {services::admin_delete_messages, &tl::chatAdminRights::delete_messages},
    {services::admin_ban_users, &tl::chatAdminRights::ban_users},
    {services::admin_invite_users, &tl::chatAdminRights::invite_users},
    {services::admin_pin_messages, &tl::chatAdminRights::pin_messages},
    {services::admin_add_admins, &tl::chatAdminRights::add_admins},
    {services::admin_anonymous, &tl::chatAdminRights::anonymous},
    {services::admin_manage_call, &tl::chatAdminRights::manage_call},
    {services::admin_other, &tl::chatAdminRights::other},
    {services::admin_manage_topics, &tl::chatAdminRights::manage_topics},
    {services::admin_post_stories, &tl::chatAdminRights::post_stories},
    {services::admin_edit_stories, &tl::chatAdminRights::edit_stories},
    {services::admin_delete_stories, &tl::chatAdminRights::delete_stories},
    {services::admin_manage_direct_messages, &tl::chatAdminRights::manage_direct_messages},
};
struct BannedField {
  BannedRight right;
  bool tl::chatBannedRights::* field;
};
constexpr BannedField banned_fields[] = {
    {services::banned_view_messages, &tl::chatBannedRights::view_messages},
    {services::banned_send_messages, &tl::chatBannedRights::send_messages},
    {services::banned_send_media, &tl::chatBannedRights::send_media},
    {services::banned_send_stickers, &tl::chatBannedRights::send_stickers},
    {services::banned_send_gifs, &tl::chatBannedRights::send_gifs},
    {services::banned_send_games, &tl::chatBannedRights::send_games},
    {services::banned_send_inline, &tl::chatBannedRights::send_inline},
    {services::banned_embed_links, &tl::chatBannedRights::embed_links},
    {services::banned_send_polls, &tl::chatBannedRights::send_polls},
    {services::banned_change_info, &tl::chatBannedRights::change_info},
    {services::banned_invite_users, &tl::chatBannedRights::invite_users},
    {services::banned_pin_messages, &tl::chatBannedRights::pin_messages},
    {services::banned_manage_topics, &tl::chatBannedRights::manage_topics},
    {services::banned_send_photos, &tl::chatBannedRights::send_photos},
    {services::banned_send_videos, &tl::chatBannedRights::send_videos},
    {services::banned_send_roundvideos, &tl::chatBannedRights::send_roundvideos},
    {services::banned_send_audios, &tl::chatBannedRights::send_audios},
    {services::banned_send_voices, &tl::chatBannedRights::send_voices},
    {services::banned_send_docs, &tl::chatBannedRights::send_docs},
    {services::banned_send_plain, &tl::chatBannedRights::send_plain},
};

tl::Box<tl::ChatPhoto> render_chat_photo(const services::ChatView& view) {
  if (view.chat->photo == 0) return tl::chatPhotoEmpty{};
  tl::chatPhoto wire;
  wire.photo_id = view.chat->photo;
  wire.dc_id = view.dc_id;
  return wire;
}

tl::Box<tl::Chat> render_group(const services::ChatView& view) {
  const auto& chat = *view.chat;
  const auto who = view.standing();
  if (view.forbidden()) {
    tl::chatForbidden wire;
    wire.id = chat.peer.id;
    wire.title = chat.title;
    return wire;
  }
  tl::chat wire;
  wire.creator = who.is_creator();
  wire.left = !who.is_in();
  wire.deactivated = (chat.flags & store::chat_deleted) != 0;
  wire.noforwards = (chat.flags & store::chat_no_forwards) != 0;
  wire.id = chat.peer.id;
  wire.title = chat.title;
  wire.photo = render_chat_photo(view);
  wire.participants_count = chat.members;
  wire.date = wire_date(chat.created_at);
  wire.version = chat.version;
  if (chat.migrated) {
    tl::inputChannel to;
    to.channel_id = chat.migrated.id;
    to.access_hash = view.migrated_access_hash;
    wire.migrated_to = std::move(to);
  }
  if (who.is_admin()) wire.admin_rights = render_admin_rights((*view.member)->admin_rights);
  wire.default_banned_rights = render_banned_rights(chat.default_banned, 0);
  return wire;
}

tl::Box<tl::Chat> render_channel(const services::ChatView& view) {
  const auto& chat = *view.chat;
  const auto who = view.standing();
  const bool broadcast = chat.kind == ChatKind::broadcast;
  if (view.forbidden()) {
    tl::channelForbidden wire;
    wire.broadcast = broadcast;
    wire.megagroup = !broadcast;
    wire.id = chat.peer.id;
    wire.access_hash = view.access_hash;
    wire.title = chat.title;
    if (who.is_banned() && (*view.member)->until != 0) wire.until_date = wire_date((*view.member)->until);
    return wire;
  }
  const auto has = [&](store::ChatFlag flag) { return (chat.flags & flag) != 0; };
  tl::channel wire;
  wire.creator = who.is_creator();
  wire.left = !who.is_in();
  wire.broadcast = broadcast;
  wire.megagroup = !broadcast;
  wire.verified = has(store::chat_verified);
  wire.signatures = has(store::chat_signatures);
  wire.signature_profiles = has(store::chat_signature_profiles);
  wire.has_link = static_cast<bool>(chat.linked);
  wire.slowmode_enabled = chat.slow_mode != 0;
  wire.noforwards = has(store::chat_no_forwards);
  wire.join_to_send = has(store::chat_join_to_send);
  wire.join_request = has(store::chat_join_request);
  wire.forum = has(store::chat_forum);
  wire.forum_tabs = has(store::chat_forum_tabs);
  wire.id = chat.peer.id;
  wire.access_hash = view.access_hash;
  wire.title = chat.title;
  if (!chat.username.empty()) wire.username = chat.username;
  wire.photo = render_chat_photo(view);
  if (!view.restriction.empty()) {
    // core.telegram.org/constructor/restrictionReason: clients show the text in place of what is in it.
    wire.restricted = true;
    wire.restriction_reason.emplace().push_back(render_restriction("terms", view.restriction));
    wire.photo = tl::chatPhotoEmpty{};
  }
  wire.date = wire_date(who.is_in() ? (*view.member)->joined_at : chat.created_at);
  if (who.is_admin()) wire.admin_rights = render_admin_rights((*view.member)->admin_rights);
  if (*view.member && !who.is_admin() && (*view.member)->banned != 0) {
    wire.banned_rights = render_banned_rights((*view.member)->banned, (*view.member)->until);
  }
  if (!broadcast) wire.default_banned_rights = render_banned_rights(chat.default_banned, 0);
  wire.participants_count = chat.members;
  return wire;
}

}  // namespace

tl::Box<tl::Chat> render_chat(const services::ChatView& view) {
  return view.chat->peer.is_chat() ? render_group(view) : render_channel(view);
}

tl::Box<tl::RestrictionReason> render_restriction(std::string reason, std::string text) {
  tl::restrictionReason wire;
  wire.platform = "all";
  wire.reason = std::move(reason);
  wire.text = std::move(text);
  return wire;
}

tl::chatAdminRights render_admin_rights(std::uint32_t rights) {
  tl::chatAdminRights wire;
  for (const auto& [right, field] : admin_fields) wire.*field = (rights & right) != 0;
  return wire;
}

std::uint32_t admin_rights_from(const tl::Box<tl::ChatAdminRights>& wire) {
  std::uint32_t rights = 0;
  if (const auto* given = wire.get_if<tl::chatAdminRights>()) {
    for (const auto& [right, field] : admin_fields) {
      if (given->*field) rights |= right;
    }
  }
  return rights;
}

tl::chatBannedRights render_banned_rights(std::uint32_t banned, UnixSeconds until) {
  tl::chatBannedRights wire;
  for (const auto& [right, field] : banned_fields) wire.*field = (banned & right) != 0;
  wire.until_date = until == 0 ? 0x7fffffff : wire_date(until);
  return wire;
}

std::uint32_t banned_rights_from(const tl::Box<tl::ChatBannedRights>& wire) {
  std::uint32_t banned = 0;
  if (const auto* given = wire.get_if<tl::chatBannedRights>()) {
    for (const auto& [right, field] : banned_fields) {
      if (given->*field) banned |= right;
    }
  }
  return banned;
}

tl::Box<tl::ChannelParticipant> render_participant(const store::Member& member, UserId viewer) {
  const auto rank = member.rank.empty() ? std::nullopt : std::optional(member.rank);
  switch (member.status) {
    case MemberStatus::creator: {
      tl::channelParticipantCreator wire;
      wire.user_id = member.user.value;
      wire.admin_rights = render_admin_rights(member.admin_rights);
      wire.rank = rank;
      return wire;
    }
    case MemberStatus::admin: {
      tl::channelParticipantAdmin wire;
      wire.can_edit = member.by == viewer;
      wire.self = member.user == viewer;
      wire.user_id = member.user.value;
      if (wire.self) wire.inviter_id = (member.inviter ? member.inviter : member.by).value;
      wire.promoted_by = member.by.value;
      wire.date = wire_date(member.date);
      wire.admin_rights = render_admin_rights(member.admin_rights);
      wire.rank = rank;
      return wire;
    }
    case MemberStatus::restricted:
    case MemberStatus::restricted_left:
    case MemberStatus::banned: {
      tl::channelParticipantBanned wire;
      wire.left = member.status != MemberStatus::restricted;
      wire.peer = render_peer(Peer::of(member.user));
      wire.kicked_by = member.by.value;
      wire.date = wire_date(member.date);
      wire.banned_rights = render_banned_rights(member.banned, member.until);
      return wire;
    }
    case MemberStatus::left: {
      tl::channelParticipantLeft wire;
      wire.peer = render_peer(Peer::of(member.user));
      return wire;
    }
    case MemberStatus::member:
      break;
  }
  if (member.user == viewer) {
    tl::channelParticipantSelf wire;
    wire.user_id = member.user.value;
    wire.inviter_id = member.inviter.value;
    wire.date = wire_date(member.joined_at);
    return wire;
  }
  tl::channelParticipant wire;
  wire.user_id = member.user.value;
  wire.date = wire_date(member.joined_at);
  return wire;
}

tl::Box<tl::ChannelParticipant> render_channel_ban(const store::ChannelBan& ban) {
  tl::channelParticipantBanned wire;
  wire.left = true;
  wire.peer = render_peer(ban.channel);
  wire.kicked_by = ban.by.value;
  wire.date = wire_date(ban.date);
  wire.banned_rights = render_banned_rights(services::banned_all_bits, 0);
  return wire;
}

tl::Box<tl::ChatParticipants> render_participants(const services::FullChat& full, UserId) {
  if (!full.self || !store::is_in(full.self->status)) {
    tl::chatParticipantsForbidden wire;
    wire.chat_id = full.chat.peer.id;
    return wire;
  }
  tl::chatParticipants wire;
  wire.chat_id = full.chat.peer.id;
  wire.version = full.chat.version;
  for (const auto& member : full.members) {
    const auto inviter = (member.inviter ? member.inviter : full.chat.creator).value;
    if (member.status == MemberStatus::creator) {
      tl::chatParticipantCreator one;
      one.user_id = member.user.value;
      wire.participants.emplace_back(std::move(one));
    } else if (member.status == MemberStatus::admin) {
      tl::chatParticipantAdmin one;
      one.user_id = member.user.value;
      one.inviter_id = inviter;
      one.date = wire_date(member.joined_at);
      wire.participants.emplace_back(std::move(one));
    } else {
      tl::chatParticipant one;
      one.user_id = member.user.value;
      one.inviter_id = inviter;
      one.date = wire_date(member.joined_at);
      wire.participants.emplace_back(std::move(one));
    }
  }
  return wire;
}

Task<Result<Described>> describe(services::Services& services, UserId viewer, std::vector<Peer> named) {
  Described described;
  std::vector<UserId> users;
  std::vector<Peer> chats;
  for (const auto peer : named) {
    if (peer.is_user()) {
      users.push_back(peer.user());
    } else {
      chats.push_back(peer);
    }
  }
  CO_ASSIGN(described.users, co_await describe_users(services.users, viewer, std::move(users)));
  if (chats.empty()) co_return described;
  CO_ASSIGN(const auto views, co_await services.chat_views.view(viewer, std::move(chats)));
  for (const auto& view : views) described.chats.push_back(render_chat(view));
  co_return described;
}

}  // namespace heliograph::api
