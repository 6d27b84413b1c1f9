// channels.*: supergroups and broadcast channels.
#include "tl/channels.h"
#include "api/auth_answers.h"
#include "api/chats_families.h"
#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/message.h"
#include "api/render/responses.h"
#include "services/chats/comments.h"
#include "services/chats/erase.h"
#include "services/chats/history.h"
#include "services/chats/mentions.h"
#include "services/chats/read.h"
#include "services/groups/banned_channels.h"
#include "services/groups/clear.h"
#include "services/groups/create.h"
#include "services/groups/discussion.h"
#include "services/groups/members.h"
#include "services/groups/migrate.h"
#include "services/groups/participants.h"
#include "services/groups/settings.h"
#include "tl/core_e.h"
#include "tl/fn_channels.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::channels;  // NOLINT(google-build-using-namespace): the methods this file serves
using store::ChatFlag;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

Answer<createChannel> create_channel(Context& context, createChannel& request) {
  services::NewChannel channel;
  if (request.broadcast == request.megagroup && !(request.forum && !request.broadcast)) {
    co_return fail(Error::invalid("CHANNEL_INVALID", "Either a broadcast channel or a supergroup."));
  }
  channel.broadcast = request.broadcast;
  channel.forum = request.forum;
  channel.title = std::move(request.title);
  channel.about = std::move(request.about);
  channel.ttl_period = request.ttl_period.value_or(0);
  CO_ASSIGN(const auto created,
            co_await services::create_channel(context.services.environment, context.services.limits,
                                              context.caller, std::move(channel)));
  UpdatesAnswer answer;
  answer.updates.push_back(changed_update(created.peer));
  CO_TRY(add_new_message(answer, created.notice, Viewer(context.services, context.caller.user)));
  co_return co_await render_answer(context, std::move(answer));
}

Answer<deleteChannel> delete_channel(Context& context, deleteChannel& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_TRY(co_await services::delete_chat(context.services.environment, context.caller, channel));
  context.services.chat_views.forget(channel);
  co_return co_await render_changed(context, channel);
}

Answer<inviteToChannel> invite_to_channel(Context& context, inviteToChannel& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(auto users, co_await users_from(context, request.users));
  CO_ASSIGN(const auto change, co_await services::add_members(context.services.environment, context.caller,
                                                              channel, std::move(users), 0));
  co_return co_await render_invited(context, channel, change);
}

Answer<joinChannel> join_channel(Context& context, joinChannel& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(const auto change,
            co_await services::join(context.services.environment, context.caller, channel));
  tl::messages::chatInviteJoinResultOk answer;
  CO_ASSIGN(answer.updates, co_await render_membership(context, channel, change));
  co_return tl::Box<tl::messages::ChatInviteJoinResult>(std::move(answer));
}

Answer<leaveChannel> leave_channel(Context& context, leaveChannel& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(const auto change,
            co_await services::leave(context.services.environment, context.caller, channel));
  co_return co_await render_membership(context, channel, change);
}

Answer<editAdmin> edit_admin(Context& context, editAdmin& request) {
  services::Promotion promotion;
  CO_ASSIGN(promotion.chat, co_await channel_from(context, request.channel));
  CO_ASSIGN(promotion.user, co_await user_from(context, request.user_id));
  promotion.rights = admin_rights_from(request.admin_rights);
  promotion.rank = request.rank.value_or("");
  const auto channel = promotion.chat;
  CO_ASSIGN(const auto change,
            co_await services::promote(context.services.environment, context.caller, std::move(promotion)));
  co_return co_await render_membership(context, channel, change);
}

Answer<editBanned> edit_banned(Context& context, editBanned& request) {
  services::Restriction restriction;
  CO_ASSIGN(restriction.channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.participant));
  restriction.banned = banned_rights_from(request.banned_rights);
  if (!peer.is_user()) {
    const services::ChannelBanRequest ban{restriction.channel, peer, restriction.banned != 0};
    CO_TRY(co_await services::ban_channel(context.services.environment, context.caller, ban));
    co_return co_await render_changed(context, restriction.channel);
  }
  restriction.user = peer.user();
  if (const auto* rights = request.banned_rights.get_if<tl::chatBannedRights>()) {
    restriction.until = rights->until_date == 0x7fffffff ? 0 : std::max(rights->until_date, 0);
  }
  CO_ASSIGN(const auto change,
            co_await services::restrict_member(context.services.environment, context.caller, restriction));
  co_return co_await render_membership(context, restriction.channel, change);
}

services::ParticipantsQuery query_from(const tl::Box<tl::ChannelParticipantsFilter>& wire) {
  using Filter = services::ParticipantsQuery::Filter;
  services::ParticipantsQuery query;
  const auto take = [&]<typename F>(Filter filter) {
    if (const auto* given = wire.get_if<F>()) {
      query.filter = filter;
      if constexpr (requires { given->q.size(); }) query.text = given->q;
    }
  };
  take.operator()<tl::channelParticipantsAdmins>(Filter::admins);
  take.operator()<tl::channelParticipantsKicked>(Filter::kicked);
  take.operator()<tl::channelParticipantsBanned>(Filter::banned);
  take.operator()<tl::channelParticipantsBots>(Filter::bots);
  take.operator()<tl::channelParticipantsSearch>(Filter::search);
  take.operator()<tl::channelParticipantsContacts>(Filter::contacts);
  if (const auto* mentions = wire.get_if<tl::channelParticipantsMentions>()) {
    query.filter = Filter::mentions;
    query.text = mentions->q.value_or("");
  }
  return query;
}

Answer<getParticipants> get_participants(Context& context, getParticipants& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  auto query = query_from(request.filter);
  query.offset = static_cast<std::size_t>(std::max(request.offset, 0));
  query.limit = static_cast<std::size_t>(std::max(request.limit, 0));
  CO_ASSIGN(const auto found, co_await services::participants(context.services.environment, context.caller,
                                                              channel, std::move(query)));
  tl::channels::channelParticipants answer;
  answer.count = static_cast<std::int32_t>(found.total);
  std::vector<Peer> named{channel};
  for (const auto& member : found.members) {
    answer.participants.push_back(render_participant(member, context.caller.user));
    collect_peers(member, named);
  }
  for (const auto& ban : found.channels) {
    answer.participants.push_back(render_channel_ban(ban));
    named.push_back(ban.channel);
    named.push_back(Peer::of(ban.by));
  }
  CO_TRY(co_await describe_into(answer, context.services, context.caller.user, std::move(named)));
  co_return tl::Box<tl::channels::ChannelParticipants>(std::move(answer));
}

Answer<getParticipant> get_participant(Context& context, getParticipant& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.participant));
  tl::channels::channelParticipant answer;
  std::vector<Peer> named{channel};
  if (peer.is_user()) {
    CO_ASSIGN(const auto member, co_await services::participant(context.services.environment, context.caller,
                                                                channel, peer.user()));
    answer.participant = render_participant(member, context.caller.user);
    collect_peers(member, named);
  } else {
    CO_ASSIGN(const auto ban,
              co_await services::channel_ban(context.services.environment, context.caller, channel, peer));
    answer.participant = render_channel_ban(ban);
    named.insert(named.end(), {ban.channel, Peer::of(ban.by)});
  }
  CO_TRY(co_await describe_into(answer, context.services, context.caller.user, std::move(named)));
  co_return tl::Box<tl::channels::ChannelParticipant>(std::move(answer));
}

Answer<getFullChannel> get_full_channel(Context& context, getFullChannel& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  co_return co_await render_full_chat(context, channel);
}

Answer<getChannels> get_channels(Context& context, getChannels& request) {
  if (request.id.size() > 200) co_return fail(Error::invalid("LIMIT_INVALID"));
  std::vector<Peer> named;
  for (const auto& wire : request.id) {
    CO_ASSIGN(const auto channel, co_await channel_from(context, wire));
    named.push_back(channel);
  }
  co_return co_await render_chats(context, std::move(named));
}

Answer<getAdminedPublicChannels> get_admined_public_channels(Context& context,
                                                             getAdminedPublicChannels& request) {
  CO_ASSIGN(auto peers, co_await services::administered_public(context.services.environment, context.caller));
  if (request.check_limit && peers.size() >= services::public_chats_max) {
    co_return fail(Error::invalid("CHANNELS_ADMIN_PUBLIC_TOO_MUCH"));
  }
  co_return co_await render_chats(context, std::move(peers));
}

Answer<editTitle> edit_title(Context& context, editTitle& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(const auto notice, co_await services::set_title(context.services.environment, context.caller,
                                                            channel, std::move(request.title)));
  services::MembershipChange change;
  change.notice = notice;
  co_return co_await render_membership(context, channel, change);
}

Answer<updateUsername> update_channel_username(Context& context, updateUsername& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_TRY(co_await services::set_chat_username(context.services.environment, context.caller, channel,
                                              std::move(request.username)));
  co_return true;
}

Answer<checkUsername> check_channel_username(Context& context, checkUsername& request) {
  Peer channel;
  if (!request.channel.is<tl::inputChannelEmpty>()) {
    CO_ASSIGN(channel, co_await channel_from(context, request.channel));
  }
  co_return co_await services::chat_username_free(context.services.environment, context.caller, channel,
                                                  std::move(request.username));
}

Answer<tl::fn::channels::deleteMessages> delete_channel_messages(Context& context,
                                                                 tl::fn::channels::deleteMessages& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(const auto update,
            co_await services::delete_channel_messages(context.services.environment, context.caller, channel,
                                                       message_ids_from(request.id)));
  co_return render_affected(update);
}

Answer<tl::fn::channels::readHistory> read_history(Context& context, tl::fn::channels::readHistory& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_TRY(co_await services::read_channel(context.services.environment, context.caller, channel,
                                         MessageId{std::max(request.max_id, 0)}));
  co_return true;
}

Answer<tl::fn::channels::getMessages> get_messages(Context& context, tl::fn::channels::getMessages& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  std::vector<MessageId> ids;
  for (const auto& wire : request.id) {
    const auto* plain = wire.get_if<tl::inputMessageID>();
    ids.emplace_back(plain == nullptr ? 0 : plain->id);
  }
  const auto viewer = context.caller.user;
  CO_ASSIGN(const auto found,
            co_await services::channel_messages(context.services.environment, viewer, channel, ids));
  tl::messages::channelMessages answer;
  answer.count = static_cast<std::int32_t>(found.size());
  std::vector<Peer> named{channel};
  CO_TRY(co_await render_found(answer, context, ids, found, std::move(named)));
  co_return tl::Box<tl::messages::Messages>(std::move(answer));
}

Answer<readMessageContents> read_contents(Context& context, readMessageContents& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_TRY(co_await services::read_channel_contents(context.services.environment, context.caller, channel,
                                                  message_ids_from(request.id)));
  co_return true;
}

Task<Result<tl::Box<tl::Updates>>> give_away(Context& context, Peer chat, auto& request) {
  CO_ASSIGN(const auto user, co_await user_from(context, request.user_id));
  auto proof = proof_from(request.password);
  CO_TRY(co_await services::edit_creator(context.services.environment, context.services.passwords,
                                         context.caller, chat, user, std::move(proof)));
  context.services.chat_views.forget(chat);
  co_return co_await render_changed(context, chat);
}

Answer<editCreator> edit_creator(Context& context, editCreator& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  co_return co_await give_away(context, channel, request);
}

// Newer layers have this in its place, for basic groups, too.
using tl::fn::messages::editChatCreator;
Answer<editChatCreator> edit_chat_creator(Context& context, editChatCreator& request) {
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  if (chat.is_user()) co_return fail(Error::invalid("PEER_ID_INVALID"));
  co_return co_await give_away(context, chat, request);
}

Answer<tl::fn::channels::deleteHistory> delete_history(Context& context,
                                                       tl::fn::channels::deleteHistory& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(const auto seen_from,
            co_await services::clear_channel(context.services.environment, context.caller, channel,
                                             MessageId{request.max_id}, request.for_everyone));
  context.services.chat_views.forget(channel);
  UpdatesAnswer answer;
  answer.named.push_back(channel);
  if (seen_from) {
    tl::updateChannelAvailableMessages update;
    update.channel_id = channel.id;
    update.available_min_id = seen_from.value;
    answer.updates.emplace_back(std::move(update));
  } else {
    answer.updates.push_back(changed_update(channel));
  }
  co_return co_await render_answer(context, std::move(answer));
}

Answer<deleteParticipantHistory> delete_participant_history(Context& context,
                                                            deleteParticipantHistory& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(const auto whose, co_await peer_from(context, request.participant));
  CO_ASSIGN(const auto cleared, co_await services::clear_participant(context.services.environment,
                                                                     context.caller, channel, whose));
  co_return render_affected_history(cleared.update, cleared.more);
}

Task<Result<std::string>> link_to(Context& context, Peer channel, MessageId id) {
  CO_ASSIGN(const auto view, co_await context.services.chat_views.view_one(context.caller.user, channel));
  const auto& name = view.chat->username;
  co_return context.facts.url + "/" + (name.empty() ? "c/" + std::to_string(channel.id) : name) + "/" +
      std::to_string(id.value);
}

// The post that a thread's messages comment on, if they do.
Task<Result<std::optional<services::CommentedPost>>> commented_by(Context& context, Peer group,
                                                                  MessageId top) {
  std::vector<MessageId> ids{top};
  CO_ASSIGN(const auto found, co_await services::channel_messages(
                                  context.services.environment, context.caller.user, group, std::move(ids)));
  if (found.empty() || !found.front()) co_return std::nullopt;
  co_return services::commented_post(*found.front());
}

Answer<exportMessageLink> export_message_link(Context& context, exportMessageLink& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  std::vector<MessageId> ids{MessageId{request.id}};
  CO_ASSIGN(const auto found,
            co_await services::channel_messages(context.services.environment, context.caller.user, channel,
                                                std::move(ids)));
  if (found.empty() || !found.front()) co_return fail(Error::invalid("MESSAGE_ID_INVALID"));
  const auto& message = *found.front();
  CO_ASSIGN(std::string link, co_await link_to(context, channel, message.id));
  char separator = '?';
  if (message.album != 0 && !request.grouped) {
    link += "?single";
    separator = '&';
  }
  if (request.thread && message.thread) {
    CO_ASSIGN(const auto post, co_await commented_by(context, channel, message.thread));
    if (post) {
      CO_ASSIGN(link, co_await link_to(context, post->channel, post->id));
      link += "?comment=" + std::to_string(message.id.value);
    } else {
      link += separator + std::string("thread=") + std::to_string(message.thread.value);
    }
  }
  tl::exportedMessageLink answer;
  answer.html = "<a href=\"" + link + "\">" + link + "</a>";
  answer.link = std::move(link);
  co_return tl::Box<tl::ExportedMessageLink>(std::move(answer));
}

Answer<setDiscussionGroup> set_discussion_group(Context& context, setDiscussionGroup& request) {
  Peer channel, group;
  if (!request.broadcast.is<tl::inputChannelEmpty>()) {
    CO_ASSIGN(channel, co_await channel_from(context, request.broadcast));
  }
  if (!request.group.is<tl::inputChannelEmpty>()) {
    CO_ASSIGN(group, co_await channel_from(context, request.group));
  }
  CO_TRY(
      co_await services::set_discussion_group(context.services.environment, context.caller, channel, group));
  co_return true;
}

Answer<getGroupsForDiscussion> get_groups_for_discussion(Context& context, getGroupsForDiscussion&) {
  CO_ASSIGN(auto groups,
            co_await services::groups_for_discussion(context.services.environment, context.caller));
  co_return co_await render_chats(context, std::move(groups));
}

// The switches: a flag each.
template <ChatFlag flag, typename Fn>
Answer<Fn> toggle(Context& context, Fn& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  const std::uint32_t on = request.enabled ? flag : 0U;
  CO_TRY(co_await services::set_flags(context.services.environment, context.caller, channel, on, flag & ~on));
  context.services.chat_views.forget(channel);
  co_return co_await render_changed(context, channel);
}

Answer<toggleSignatures> toggle_signatures(Context& context, toggleSignatures& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  const bool signs = request.signatures_enabled || request.enabled;
  const std::uint32_t on = (signs ? store::chat_signatures : 0U) |
                           (signs && request.profiles_enabled ? store::chat_signature_profiles : 0U);
  constexpr std::uint32_t both = store::chat_signatures | store::chat_signature_profiles;
  CO_TRY(co_await services::set_flags(context.services.environment, context.caller, channel, on, both & ~on));
  context.services.chat_views.forget(channel);
  co_return co_await render_changed(context, channel);
}

Answer<toggleSlowMode> toggle_slow_mode(Context& context, toggleSlowMode& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_TRY(co_await services::set_slow_mode(context.services.environment, context.caller, channel,
                                          request.seconds));
  context.services.chat_views.forget(channel);
  co_return co_await render_changed(context, channel);
}

}  // namespace

void register_channels(Methods& methods) {
  methods.on(create_channel);
  methods.on(delete_channel);
  methods.on(invite_to_channel);
  methods.on(join_channel);
  methods.on(leave_channel);
  methods.on(edit_admin);
  methods.on(edit_banned);
  methods.on(get_participants);
  methods.on(get_participant);
  methods.on(get_full_channel);
  methods.on(get_channels);
  methods.on(get_admined_public_channels);
  methods.on(edit_title);
  methods.on(update_channel_username);
  methods.on(check_channel_username);
  methods.on(delete_channel_messages);
  methods.on(read_history);
  methods.on(get_messages);
  methods.on(read_contents);
  methods.on(edit_creator);
  methods.on(edit_chat_creator);
  methods.on(set_discussion_group);
  methods.on(get_groups_for_discussion);
  methods.on(export_message_link);
  methods.on(delete_history);
  methods.on(delete_participant_history);
  methods.on(toggle<store::chat_hidden_history, togglePreHistoryHidden>);
  methods.on(toggle<store::chat_hidden_members, toggleParticipantsHidden>);
  methods.on(toggle<store::chat_join_to_send, toggleJoinToSend>);
  methods.on(toggle<store::chat_join_request, toggleJoinRequest>);
  methods.on(toggle<store::chat_anti_spam, toggleAntiSpam>);
  methods.on(toggle_signatures);
  methods.on(toggle_slow_mode);
}

}  // namespace heliograph::api
