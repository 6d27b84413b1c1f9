#include "api/chats_families.h"

#include "api/messages_families.h"
#include "api/render/chat.h"
#include "api/render/media.h"
#include "api/render/message.h"
#include "api/render/notify.h"
#include "api/render/responses.h"
#include "services/chats/react.h"
#include "services/groups/participants.h"

namespace heliograph::api {

namespace {

// What both kinds say to those who may invite.
void add_invites(auto& wire, const services::FullChat& full, const Facts& facts, std::vector<Peer>& named) {
  if (full.invite) wire.exported_invite = render_invite(facts, *full.invite);
  if (full.pending.count == 0) return;
  wire.requests_pending = full.pending.count;
  wire.recent_requesters.emplace();
  for (const auto user : full.pending.recent) {
    wire.recent_requesters->push_back(user.value);
    named.push_back(Peer::of(user));
  }
}

// Which reactions it takes.
void add_reactions(auto& wire, const store::ReactionPolicy& policy) {
  wire.available_reactions = render_taken_reactions(policy.all, policy.some);
  if (policy.limit != 0) wire.reactions_limit = policy.limit;
}

tl::Box<tl::ChatFull> render_group(const services::FullChat& full, UserId viewer,
                                   tl::Box<tl::PeerNotifySettings> notify) {
  tl::chatFull wire;
  wire.can_set_username = full.self && full.self->status == store::MemberStatus::creator;
  wire.has_scheduled = full.has_scheduled;
  wire.id = full.chat.peer.id;
  wire.about = full.chat.about;
  wire.participants = render_participants(full, viewer);
  wire.notify_settings = std::move(notify);
  if (full.pinned_message) wire.pinned_msg_id = full.pinned_message.value;
  if (full.dialog.folder_id != 0) wire.folder_id = full.dialog.folder_id;
  if (full.chat.ttl_period != 0) wire.ttl_period = full.chat.ttl_period;
  return wire;
}

tl::Box<tl::ChatFull> render_channel(const services::FullChat& full, const services::Standing& who,
                                     tl::Box<tl::PeerNotifySettings> notify) {
  const auto& chat = full.chat;
  const bool broadcast = chat.kind == store::ChatKind::broadcast;
  tl::channelFull wire;
  wire.can_view_participants =
      who.is_admin() || (!broadcast && (chat.flags & store::chat_hidden_members) == 0);
  wire.can_set_username = who.is_creator();
  wire.can_delete_channel = who.is_creator();
  wire.has_scheduled = full.has_scheduled;
  wire.hidden_prehistory = (chat.flags & store::chat_hidden_history) != 0;
  wire.antispam = (chat.flags & store::chat_anti_spam) != 0;
  wire.participants_hidden = (chat.flags & store::chat_hidden_members) != 0;
  wire.id = chat.peer.id;
  wire.about = chat.about;
  wire.participants_count = chat.members;
  if (who.is_admin()) {
    wire.admins_count = chat.admins;
    wire.kicked_count = chat.banned;
    wire.banned_count = chat.restricted;
  }
  wire.read_inbox_max_id = full.dialog.read_inbox_max_id.value;
  wire.read_outbox_max_id = full.dialog.read_outbox_max_id.value;
  wire.unread_count = full.dialog.unread_count;
  wire.notify_settings = std::move(notify);
  if (chat.migrated) {
    wire.migrated_from_chat_id = chat.migrated.id;
    wire.migrated_from_max_id = chat.migrated_max_id.value;
  }
  if (full.pinned_message) wire.pinned_msg_id = full.pinned_message.value;
  if (full.self && full.self->history_from) wire.available_min_id = full.self->history_from.value;
  if (full.dialog.folder_id != 0) wire.folder_id = full.dialog.folder_id;
  if (chat.linked) wire.linked_chat_id = chat.linked.id;
  if (chat.slow_mode != 0) {
    wire.slowmode_seconds = chat.slow_mode;
    if (full.self && !who.is_admin() && full.self->wrote_at + chat.slow_mode > who.now) {
      wire.slowmode_next_send_date = static_cast<std::int32_t>(full.self->wrote_at + chat.slow_mode);
    }
  }
  if (chat.ttl_period != 0) wire.ttl_period = chat.ttl_period;
  wire.pts = full.pts;
  wire.view_forum_as_messages = full.as_messages;
  if (full.default_send_as) wire.default_send_as = render_peer(full.default_send_as);
  return wire;
}

}  // namespace

tl::Box<tl::Update> changed_update(Peer chat) {
  if (chat.is_channel()) {
    tl::updateChannel update;
    update.channel_id = chat.id;
    return update;
  }
  tl::updateChat update;
  update.chat_id = chat.id;
  return update;
}

Task<Result<tl::Box<tl::Updates>>> render_changed(Context& context, Peer chat) {
  UpdatesAnswer answer;
  answer.updates.push_back(changed_update(chat));
  answer.named.push_back(chat);
  co_return co_await render_answer(context, std::move(answer));
}

Task<Result<tl::Box<tl::Updates>>> render_membership(Context& context, Peer chat,
                                                     const services::MembershipChange& change) {
  context.services.chat_views.forget(chat);  // the change is committed, and its own answer must show it
  UpdatesAnswer answer;
  answer.updates.push_back(changed_update(chat));
  answer.named.push_back(chat);
  if (change.notice)
    CO_TRY(add_new_message(answer, *change.notice, Viewer(context.services, context.caller.user)));
  co_return co_await render_answer(context, std::move(answer));
}

Task<Result<tl::Box<tl::messages::InvitedUsers>>> render_invited(Context& context, Peer chat,
                                                                 const services::MembershipChange& change) {
  tl::messages::invitedUsers answer;
  CO_ASSIGN(answer.updates, co_await render_membership(context, chat, change));
  for (const auto& missing : change.missing) {
    tl::missingInvitee wire;
    wire.user_id = missing.user.value;
    answer.missing_invitees.emplace_back(std::move(wire));
  }
  co_return tl::Box<tl::messages::InvitedUsers>(std::move(answer));
}

Task<Result<tl::Box<tl::messages::ChatFull>>> render_full_chat(Context& context, Peer chat) {
  const auto viewer = context.caller.user;
  CO_ASSIGN(const auto full,
            co_await services::full_chat(context.services.environment, context.caller, chat));
  services::NotifyTarget target;
  target.peer = chat;
  CO_ASSIGN(const auto notify, co_await context.services.notify.get(viewer, target));
  tl::messages::chatFull answer;
  std::vector<Peer> named{chat};
  if (chat.is_chat()) {
    answer.full_chat = render_group(full, viewer, render_notify_settings(notify));
    for (const auto& member : full.members) named.push_back(Peer::of(member.user));
  } else {
    const services::Standing who{full.chat, full.self, context.now()};
    answer.full_chat = render_channel(full, who, render_notify_settings(notify));
    if (full.chat.linked) named.push_back(full.chat.linked);
    if (full.default_send_as) named.push_back(full.default_send_as);
    if (full.chat.migrated) named.push_back(full.chat.migrated);
  }
  tl::Box<tl::Photo> photo = tl::photoEmpty{};
  if (full.chat.photo != 0) {
    std::vector<std::int64_t> ids{full.chat.photo};
    CO_ASSIGN(const auto photos, co_await context.services.files.library.photos(std::move(ids)));
    if (!photos.empty()) photo = render_photo(context.services.files.library, photos.front());
  }
  CO_ASSIGN(const auto reactions, co_await services::reaction_policy(context.services.environment, chat));
  if (auto* group = answer.full_chat.get_if<tl::chatFull>()) {
    group->chat_photo = std::move(photo);
    add_invites(*group, full, context.facts, named);
    add_reactions(*group, reactions);
  } else if (auto* channel = answer.full_chat.get_if<tl::channelFull>()) {
    channel->chat_photo = std::move(photo);
    if (full.chat.kind == store::ChatKind::supergroup) {
      CO_ASSIGN(const auto online,
                co_await services::count_online(context.services.environment, context.services.online,
                                                context.caller, chat));
      channel->online_count = static_cast<std::int32_t>(online);
    }
    add_invites(*channel, full, context.facts, named);
    add_reactions(*channel, reactions);
  }
  CO_TRY(co_await describe_into(answer, context.services, viewer, std::move(named)));
  co_return tl::Box<tl::messages::ChatFull>(std::move(answer));
}

Task<Result<tl::Box<tl::messages::Chats>>> render_chats(Context& context, std::vector<Peer> chats) {
  tl::messages::chats answer;
  CO_ASSIGN(auto described, co_await describe(context.services, context.caller.user, std::move(chats)));
  answer.chats = std::move(described.chats);
  co_return tl::Box<tl::messages::Chats>(std::move(answer));
}

void collect_peers(const store::Member& member, std::vector<Peer>& named) {
  for (const auto user : {member.user, member.by, member.inviter}) {
    if (user) named.push_back(Peer::of(user));
  }
}

}  // namespace heliograph::api
