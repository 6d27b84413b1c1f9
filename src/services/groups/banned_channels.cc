#include "services/groups/banned_channels.h"

#include "services/groups/admin_log.h"
#include "services/groups/notice.h"
#include "services/groups/place.h"

namespace heliograph::services {

namespace {

Status ban_in(store::Tx& tx, const Caller& caller, UnixSeconds now, const ChannelBanRequest& request) {
  HG_ASSIGN(const auto place, open_chat(tx, caller.user, request.group, now));
  if (!request.group.is_channel() || !place.is_group()) return fail(Error::invalid("CHANNEL_INVALID"));
  HG_TRY(require(place.standing(), admin_ban_users));
  HG_ASSIGN(const auto channel, tx.chats().find(request.channel));
  // What the group discusses is written there by the server.
  if (!channel || channel->kind != store::ChatKind::broadcast || request.channel == place.chat->linked) {
    return fail(Error::invalid("PARTICIPANT_ID_INVALID"));
  }
  HG_ASSIGN(const auto before, tx.chats().find_channel_ban(request.group, request.channel));
  if (before.has_value() == request.banned) return {};
  if (request.banned) {
    HG_ASSIGN(const auto count, tx.chats().count_channel_bans(request.group));
    if (count >= banned_channels_max) {
      return fail(Error::invalid("KICKED_TOO_MUCH", "Lift the ban of another channel first."));
    }
    HG_TRY(tx.chats().put_channel_ban({request.group, request.channel, caller.user, now}));
  } else {
    HG_TRY(tx.chats().erase_channel_ban(request.group, request.channel));
  }
  AdminActBody body;
  body.channel = request.channel;
  const auto kind = request.banned ? AdminActKind::kick : AdminActKind::unkick;
  HG_TRY(log_act(tx, request.group, caller.user, now, kind, std::move(body)));
  return tell_changed(tx, caller, request.group);
}

}  // namespace

Task<Status> ban_channel(const Environment& environment, Caller caller, ChannelBanRequest request) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return ban_in(tx, caller, now, request); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<store::ChannelBan>> channel_ban(const Environment& environment, Caller caller, Peer group,
                                            Peer channel) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<store::ChannelBan> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, group, now));
    if (!place.standing().is_admin()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
    HG_ASSIGN(const auto ban, tx.chats().find_channel_ban(group, channel));
    if (!ban) return fail(Error::invalid("USER_NOT_PARTICIPANT"));
    return *ban;
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
