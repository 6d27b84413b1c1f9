// channels.getAdminLog.
#include "services/groups/admin_log.h"
#include "api/chats_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/media.h"
#include "api/render/message.h"
#include "api/render/responses.h"
#include "api/render/topic.h"
#include "tl/fn_channels.h"

namespace heliograph::api {

namespace {

using services::AdminActBody;
using services::AdminActKind;
using tl::fn::channels::getAdminLog;

using EventsFilter = tl::channelAdminLogEventsFilter;
struct FilterField {
  bool EventsFilter::* field;
  std::vector<AdminActKind> kinds;
};
const std::vector<FilterField>& filter_fields() {
  using enum AdminActKind;
  static const std::vector<FilterField> fields{
      {&EventsFilter::join, {join, join_by_invite, join_by_request}},
      {&EventsFilter::leave, {leave}},
      {&EventsFilter::invite, {invite}},
      {&EventsFilter::ban, {ban}},
      {&EventsFilter::unban, {unban}},
      {&EventsFilter::kick, {kick}},
      {&EventsFilter::unkick, {unkick}},
      {&EventsFilter::promote, {promote}},
      {&EventsFilter::demote, {demote}},
      {&EventsFilter::info, {title, about, username, photo, linked_chat}},
      {&EventsFilter::settings,
       {signatures, signature_profiles, hidden_history, no_forwards, anti_spam, slow_mode, default_banned,
        history_ttl, reactions}},
      {&EventsFilter::pinned, {pin}},
      {&EventsFilter::edit, {edit, stop_poll}},
      {&EventsFilter::delete_, {erase}},
      {&EventsFilter::invites, {invite_edit, invite_revoke, invite_delete}},
      {&EventsFilter::forums, {forum, topic_create, topic_edit, topic_erase, topic_pin}},
  };
  return fields;
}

// Whoever wants only what nothing here is (group calls) gets nothing: kind 0 is nobody's.
std::vector<AdminActKind> kinds_from(const EventsFilter& filter) {
  std::vector<AdminActKind> kinds{AdminActKind{}};
  for (const auto& [field, of_it] : filter_fields()) {
    if (filter.*field) kinds.insert(kinds.end(), of_it.begin(), of_it.end());
  }
  return kinds;
}

// All that the rendering of an entry needs and adds to.
struct Rendering {
  Context& context;
  Peer channel;
  UserId viewer;
  std::vector<Peer> named;
  std::vector<services::Photo> photos;

  Result<tl::Box<tl::Message>> message(const services::MessageShot& shot) {
    const auto message = message_of(shot, channel);
    collect_peers(message, named);
    return render_message(message, Viewer(context.services, viewer));
  }
  tl::Box<tl::ChannelParticipant> participant(const std::optional<services::MemberShot>& shot) {
    const auto member = member_of(shot.value_or(services::MemberShot{}), channel);
    collect_peers(member, named);
    return render_participant(member, viewer);
  }
  tl::Box<tl::ExportedChatInvite> invite(const std::optional<services::InviteShot>& shot) {
    if (!shot) return tl::chatInvitePublicJoinRequests{};
    named.push_back(Peer::of(shot->admin));
    services::InviteView view;
    view.invite = invite_of(*shot, channel);
    return render_invite(context.facts, view);
  }
  tl::Box<tl::ForumTopic> topic(const std::optional<services::TopicShot>& shot) {
    const auto topic = topic_of(shot.value_or(services::TopicShot{}), channel);
    named.push_back(topic.shown_as ? topic.shown_as : Peer::of(topic.creator));
    return render_short_topic(topic, viewer);
  }
  tl::Box<tl::Photo> photo(std::int64_t id) const {
    for (const auto& one : photos) {
      if (one.id == id) return render_photo(context.services.files.library, one);
    }
    tl::photoEmpty gone;
    gone.id = id;
    return gone;
  }
};

// PinTopic says the topic that was pinned as the new one, and the one that was unpinned as the one before.
tl::Box<tl::ChannelAdminLogEventAction> pinned_topic(Rendering& rendering, const AdminActBody& body) {
  tl::channelAdminLogEventActionPinTopic wire;
  if (body.topic_before) wire.prev_topic = rendering.topic(body.topic_before);
  if (body.topic_after) wire.new_topic = rendering.topic(body.topic_after);
  return wire;
}

template <typename Wire>
tl::Box<tl::ChannelAdminLogEventAction> texts(const AdminActBody& body) {
  Wire wire;
  wire.prev_value = body.before;
  wire.new_value = body.after;
  return wire;
}
template <typename Wire>
tl::Box<tl::ChannelAdminLogEventAction> numbers(const AdminActBody& body) {
  Wire wire;
  wire.prev_value = static_cast<decltype(wire.prev_value)>(body.number_before);
  wire.new_value = static_cast<decltype(wire.new_value)>(body.number_after);
  return wire;
}
template <typename Wire>
tl::Box<tl::ChannelAdminLogEventAction> turned(const AdminActBody& body) {
  Wire wire;
  wire.new_value = body.number_after != 0;
  return wire;
}
// Of a channel that may not be written as any more, or may again.
tl::Box<tl::ChannelAdminLogEventAction> channel_standing(Rendering& rendering, const store::AdminAct& act,
                                                         Peer channel) {
  rendering.named.push_back(channel);
  tl::channelParticipantLeft free;
  free.peer = render_peer(channel);
  tl::channelAdminLogEventActionParticipantToggleBan wire;
  wire.prev_participant = std::move(free);
  wire.new_participant = render_channel_ban({rendering.channel, channel, act.user, act.date});
  if (act.kind == static_cast<std::uint8_t>(AdminActKind::unkick)) {
    std::swap(wire.prev_participant, wire.new_participant);
  }
  return wire;
}
template <typename Wire>
tl::Box<tl::ChannelAdminLogEventAction> standing(Rendering& rendering, const AdminActBody& body) {
  Wire wire;
  wire.prev_participant = rendering.participant(body.member_before);
  wire.new_participant = rendering.participant(body.member_after);
  return wire;
}

tl::Box<tl::ChatReactions> taken(const std::optional<services::ReactionsShot>& shot) {
  const auto known = shot.value_or(services::ReactionsShot{});
  return render_taken_reactions(known.all, known.some);
}

Result<tl::Box<tl::ChannelAdminLogEventAction>> render_action(Rendering& rendering,
                                                              const store::AdminAct& act,
                                                              const AdminActBody& body) {
  switch (static_cast<AdminActKind>(act.kind)) {
    case AdminActKind::title:
      return texts<tl::channelAdminLogEventActionChangeTitle>(body);
    case AdminActKind::about:
      return texts<tl::channelAdminLogEventActionChangeAbout>(body);
    case AdminActKind::username:
      return texts<tl::channelAdminLogEventActionChangeUsername>(body);
    case AdminActKind::photo: {
      tl::channelAdminLogEventActionChangePhoto wire;
      wire.prev_photo = rendering.photo(body.number_before);
      wire.new_photo = rendering.photo(body.number_after);
      return wire;
    }
    case AdminActKind::signatures:
      return turned<tl::channelAdminLogEventActionToggleSignatures>(body);
    case AdminActKind::signature_profiles:
      return turned<tl::channelAdminLogEventActionToggleSignatureProfiles>(body);
    case AdminActKind::hidden_history:
      return turned<tl::channelAdminLogEventActionTogglePreHistoryHidden>(body);
    case AdminActKind::no_forwards:
      return turned<tl::channelAdminLogEventActionToggleNoForwards>(body);
    case AdminActKind::anti_spam:
      return turned<tl::channelAdminLogEventActionToggleAntiSpam>(body);
    case AdminActKind::forum:
      return turned<tl::channelAdminLogEventActionToggleForum>(body);
    case AdminActKind::slow_mode:
      return numbers<tl::channelAdminLogEventActionToggleSlowMode>(body);
    case AdminActKind::linked_chat:
      for (const auto id : {body.number_before, body.number_after}) {
        if (id != 0) rendering.named.push_back(Peer::of(ChannelId{id}));
      }
      return numbers<tl::channelAdminLogEventActionChangeLinkedChat>(body);
    case AdminActKind::history_ttl:
      return numbers<tl::channelAdminLogEventActionChangeHistoryTTL>(body);
    case AdminActKind::default_banned: {
      tl::channelAdminLogEventActionDefaultBannedRights wire;
      wire.prev_banned_rights = render_banned_rights(static_cast<std::uint32_t>(body.number_before), 0);
      wire.new_banned_rights = render_banned_rights(static_cast<std::uint32_t>(body.number_after), 0);
      return wire;
    }
    case AdminActKind::reactions: {
      tl::channelAdminLogEventActionChangeAvailableReactions wire;
      wire.prev_value = taken(body.reactions_before);
      wire.new_value = taken(body.reactions_after);
      if (body.reactions_before) wire.prev_value_l144 = body.reactions_before->some;
      if (body.reactions_after) wire.new_value_l144 = body.reactions_after->some;
      return wire;
    }
    case AdminActKind::topic_create: {
      tl::channelAdminLogEventActionCreateTopic wire;
      wire.topic = rendering.topic(body.topic_after);
      return wire;
    }
    case AdminActKind::topic_edit: {
      tl::channelAdminLogEventActionEditTopic wire;
      wire.prev_topic = rendering.topic(body.topic_before);
      wire.new_topic = rendering.topic(body.topic_after);
      return wire;
    }
    case AdminActKind::topic_erase: {
      tl::channelAdminLogEventActionDeleteTopic wire;
      wire.topic = rendering.topic(body.topic_before);
      return wire;
    }
    case AdminActKind::topic_pin:
      return pinned_topic(rendering, body);
    case AdminActKind::pin: {
      tl::channelAdminLogEventActionUpdatePinned wire;
      if (body.message_after) {
        HG_ASSIGN(wire.message, rendering.message(*body.message_after));
      }
      return wire;
    }
    case AdminActKind::stop_poll: {
      tl::channelAdminLogEventActionStopPoll wire;
      if (body.message_after) {
        HG_ASSIGN(wire.message, rendering.message(*body.message_after));
      }
      return wire;
    }
    case AdminActKind::edit: {
      tl::channelAdminLogEventActionEditMessage wire;
      if (body.message_before) {
        HG_ASSIGN(wire.prev_message, rendering.message(*body.message_before));
      }
      if (body.message_after) {
        HG_ASSIGN(wire.new_message, rendering.message(*body.message_after));
      }
      return wire;
    }
    case AdminActKind::erase: {
      tl::channelAdminLogEventActionDeleteMessage wire;
      if (body.message_before) {
        HG_ASSIGN(wire.message, rendering.message(*body.message_before));
      }
      return wire;
    }
    case AdminActKind::join:
      return tl::channelAdminLogEventActionParticipantJoin{};
    case AdminActKind::leave:
      return tl::channelAdminLogEventActionParticipantLeave{};
    case AdminActKind::invite: {
      tl::channelAdminLogEventActionParticipantInvite wire;
      wire.participant = rendering.participant(body.member_after);
      return wire;
    }
    case AdminActKind::ban:
    case AdminActKind::unban:
    case AdminActKind::kick:
    case AdminActKind::unkick:
      if (body.channel) return channel_standing(rendering, act, body.channel);
      return standing<tl::channelAdminLogEventActionParticipantToggleBan>(rendering, body);
    case AdminActKind::promote:
    case AdminActKind::demote:
      return standing<tl::channelAdminLogEventActionParticipantToggleAdmin>(rendering, body);
    case AdminActKind::join_by_invite: {
      tl::channelAdminLogEventActionParticipantJoinByInvite wire;
      wire.invite = rendering.invite(body.invite_after);
      return wire;
    }
    case AdminActKind::join_by_request: {
      tl::channelAdminLogEventActionParticipantJoinByRequest wire;
      wire.invite = rendering.invite(body.invite_after);
      wire.approved_by = body.user.value;
      rendering.named.push_back(Peer::of(body.user));
      return wire;
    }
    case AdminActKind::invite_edit: {
      tl::channelAdminLogEventActionExportedInviteEdit wire;
      wire.prev_invite = rendering.invite(body.invite_before);
      wire.new_invite = rendering.invite(body.invite_after);
      return wire;
    }
    case AdminActKind::invite_revoke: {
      tl::channelAdminLogEventActionExportedInviteRevoke wire;
      wire.invite = rendering.invite(body.invite_after);
      return wire;
    }
    case AdminActKind::invite_delete: {
      tl::channelAdminLogEventActionExportedInviteDelete wire;
      wire.invite = rendering.invite(body.invite_before);
      return wire;
    }
  }
  return fail(Error::internal("ADMIN_ACT_UNKNOWN", "The log holds a kind nobody renders."));
}

Task<Result<getAdminLog::Reply>> get_admin_log(Context& context, getAdminLog& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  services::AdminLogQuery query;
  if (const auto* filter = request.events_filter.get_if<EventsFilter>()) query.kinds = kinds_from(*filter);
  if (request.admins) {
    CO_ASSIGN(query.admins, co_await users_from(context, *request.admins));
    if (query.admins.empty() && !request.admins->empty()) co_return fail(Error::invalid("USER_ID_INVALID"));
  }
  query.text = std::move(request.q);
  query.max_id = request.max_id;
  query.min_id = request.min_id;
  query.limit = request.limit > 0 ? static_cast<std::size_t>(request.limit) : services::admin_log_page_max;
  CO_ASSIGN(const auto log, co_await services::admin_log(context.services.environment, context.caller,
                                                         channel, std::move(query)));
  Rendering rendering{context, channel, context.caller.user, {channel}, {}};
  std::vector<std::int64_t> photos;
  for (const auto& [act, body] : log) {
    if (static_cast<AdminActKind>(act.kind) != AdminActKind::photo) continue;
    for (const auto id : {body.number_before, body.number_after}) {
      if (id != 0) photos.push_back(id);
    }
  }
  if (!photos.empty()) {
    CO_ASSIGN(rendering.photos, co_await context.services.files.library.photos(std::move(photos)));
  }
  tl::channels::adminLogResults answer;
  for (const auto& [act, body] : log) {
    tl::channelAdminLogEvent event;
    event.id = act.id;
    event.date = static_cast<std::int32_t>(act.date);
    event.user_id = act.user.value;
    CO_ASSIGN(event.action, render_action(rendering, act, body));
    rendering.named.push_back(Peer::of(act.user));
    answer.events.emplace_back(std::move(event));
  }
  CO_TRY(co_await describe_into(answer, context.services, context.caller.user, std::move(rendering.named)));
  co_return tl::Box<tl::channels::AdminLogResults>(std::move(answer));
}

}  // namespace

void register_admin_log(Methods& methods) {
  methods.on(get_admin_log);
}

}  // namespace heliograph::api
