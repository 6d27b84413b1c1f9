#include "services/groups/discussion.h"

#include <utility>

#include "services/discovery/public.h"
#include "services/groups/admin_log.h"
#include "services/groups/create.h"
#include "services/groups/notice.h"

namespace heliograph::services {

namespace {

using store::ChatKind;

// Whoever links a channel may change it; a group is linked by its owner or by who pins there, because the
// posts are pinned in it.
Status may_link(const Place& place) {
  return require(place.standing(), place.is_group() ? admin_pin_messages : admin_change_info);
}

Status set_link(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat, Peer linked) {
  HG_ASSIGN(auto found, tx.chats().find(chat));
  if (!found) return {};
  const auto before = *found;
  found->linked = linked;
  HG_TRY(tx.chats().update(*found));
  HG_TRY(log_changes(tx, caller.user, now, before, *found));
  return tell_changed(tx, caller, chat);
}

// Opens one side. `missing`: what the protocol calls the wrong kind of chat.
Result<Place> open_side(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat, ChatKind kind,
                        std::string_view missing) {
  auto place = open_chat(tx, caller.user, chat, now);
  if (!place || place->chat->kind != kind) return fail(Error::invalid(missing));
  HG_TRY(may_link(*place));
  return place;
}

Status link_in(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer channel, Peer group) {
  std::optional<Place> broadcast, discussion;
  if (channel) {
    HG_ASSIGN(broadcast, open_side(tx, caller, now, channel, ChatKind::broadcast, "BROADCAST_ID_INVALID"));
  }
  if (group) {
    HG_ASSIGN(discussion, open_side(tx, caller, now, group, ChatKind::supergroup, "MEGAGROUP_ID_INVALID"));
  }
  const auto old_group = broadcast ? broadcast->chat->linked : group;
  const auto old_channel = discussion ? discussion->chat->linked : channel;
  if (old_group == group && old_channel == channel) return fail(Error::invalid("LINK_NOT_MODIFIED"));
  if (broadcast && discussion) {
    if (old_channel) return fail(Error::invalid("MEGAGROUP_ID_INVALID", "It discusses another channel."));
    if (discussion->is_forum()) return fail(Error::invalid("MEGAGROUP_ID_INVALID", "It has topics."));
    if ((discussion->chat->flags & store::chat_hidden_history) != 0) {
      return fail(
          Error::invalid("MEGAGROUP_PREHISTORY_HIDDEN", "Who comes from the channel has to see posts."));
    }
  }
  if (broadcast && old_group && old_group != group) HG_TRY(set_link(tx, caller, now, old_group, {}));
  if (discussion && old_channel && old_channel != channel) HG_TRY(set_link(tx, caller, now, old_channel, {}));
  if (broadcast) HG_TRY(set_link(tx, caller, now, channel, group));
  if (discussion) HG_TRY(set_link(tx, caller, now, group, channel));
  if (!broadcast || !discussion) return {};
  // What was said in the group while it was private can be read now by those who see the channel.
  if (!is_public(*broadcast->chat) || is_public(*discussion->chat)) return {};
  return tx.judge_queue().add({0, store::Unjudged::Kind::posts, group, {}});
}

}  // namespace

Task<Status> set_discussion_group(const Environment& environment, Caller caller, Peer channel, Peer group) {
  if (!channel && !group) co_return fail(Error::invalid("LINK_NOT_MODIFIED"));
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return link_in(tx, caller, now, channel, group); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::vector<Peer>>> groups_for_discussion(const Environment& environment, Caller caller) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<std::vector<Peer>> {
    std::vector<Peer> fit;
    HG_ASSIGN(const auto all, tx.chats().chats_of(caller.user, chats_per_account_max));
    for (const auto peer : all) {
      if (!peer.is_channel()) continue;
      const auto place = open_chat(tx, caller.user, peer, now);
      if (!place || place->chat->kind != ChatKind::supergroup || place->chat->linked) continue;
      if (place->is_forum()) continue;
      if (may_link(*place)) fit.push_back(peer);
    }
    return fit;
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
