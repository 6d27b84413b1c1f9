#include "services/groups/participants.h"

#include <algorithm>

#include "services/chats/send_as.h"
#include "services/groups/forum.h"
#include "services/groups/notice.h"

namespace heliograph::services {

namespace {

using store::MemberStatus;
using Filter = ParticipantsQuery::Filter;

std::vector<MemberStatus> statuses_of(Filter filter) {
  switch (filter) {
    case Filter::admins:
      return {MemberStatus::creator, MemberStatus::admin};
    case Filter::kicked:
      return {MemberStatus::banned};
    case Filter::banned:
      return {MemberStatus::restricted, MemberStatus::restricted_left};
    default:
      return {MemberStatus::creator, MemberStatus::admin, MemberStatus::member, MemberStatus::restricted};
  }
}

Status may_list(const Place& place, Filter filter) {
  const auto who = place.standing();
  if (who.is_admin()) return {};
  if (filter == Filter::kicked || filter == Filter::banned)
    return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
  if (filter == Filter::admins && place.is_group()) return {};
  const bool hidden =
      place.chat->kind == store::ChatKind::broadcast || (place.chat->flags & store::chat_hidden_members) != 0;
  if (hidden) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
  return {};
}

// Filters that take a look at each member.
Result<Participants> picked(store::Tx& tx, const Place& place, UserId caller,
                            const ParticipantsQuery& query) {
  Participants out;
  HG_ASSIGN(const auto all,
            tx.chats().search_members(place.peer, statuses_of(query.filter), query.text, 0, 10'000));
  for (const auto& member : all) {
    if (query.filter == Filter::bots) {
      HG_ASSIGN(const auto account, tx.accounts().find(member.user));
      if (!account || !account->bot) continue;
    } else {
      HG_ASSIGN(const auto contact, tx.contacts().find(caller, member.user));
      if (!contact) continue;
    }
    if (out.total++ < query.offset || out.members.size() >= query.limit) continue;
    out.members.push_back(member);
  }
  return out;
}

}  // namespace

Task<Result<Participants>> participants(const Environment& environment, Caller caller, Peer channel,
                                        ParticipantsQuery query) {
  query.limit = std::min(query.limit, participants_limit_max);
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<Participants> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, channel, now));
    if (!channel.is_channel()) return fail(Error::invalid("CHANNEL_INVALID"));
    HG_TRY(may_list(place, query.filter));
    if (query.filter == Filter::bots || query.filter == Filter::contacts) {
      return picked(tx, place, caller.user, query);
    }
    Participants out;
    const auto statuses = statuses_of(query.filter);
    if (query.text.empty()) {
      HG_ASSIGN(out.total, tx.chats().count_members(channel, statuses));
      HG_ASSIGN(out.members, tx.chats().members(channel, statuses, query.offset, query.limit));
      if (query.filter == Filter::kicked) {
        const auto skip = query.offset - std::min(query.offset, out.total);
        HG_ASSIGN(out.channels, tx.chats().channel_bans(channel, skip, query.limit - out.members.size()));
        HG_ASSIGN(const auto channels, tx.chats().count_channel_bans(channel));
        out.total += channels;
      }
    } else {
      HG_ASSIGN(out.members,
                tx.chats().search_members(channel, statuses, query.text, query.offset, query.limit));
      out.total = query.offset + out.members.size();
      if (out.members.size() == query.limit) ++out.total;  // there may be more: ask again
    }
    return out;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<store::Member>> participant(const Environment& environment, Caller caller, Peer channel,
                                        UserId user) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<store::Member> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, channel, now));
    if (user != caller.user) HG_TRY(may_list(place, Filter::recent));
    HG_ASSIGN(auto member, tx.chats().find_member(channel, user));
    if (!member || member->status == MemberStatus::left) {
      return fail(Error::invalid("USER_NOT_PARTICIPANT"));
    }
    return std::move(*member);
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<std::vector<Peer>>> administered_public(const Environment& environment, Caller caller) {
  auto body = [caller](store::Tx& tx) {
    return tx.chats().administered(caller.user, participants_limit_max);
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<LeftChannels>> left_channels(const Environment& environment, Caller caller, std::size_t offset,
                                         std::size_t limit) {
  auto body = [=](store::Tx& tx) -> Result<LeftChannels> {
    LeftChannels left;
    HG_ASSIGN(left.channels, tx.chats().left(caller.user, offset, limit));
    HG_ASSIGN(left.total, tx.chats().count_left(caller.user));
    return left;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<std::vector<Peer>>> common_chats(const Environment& environment, Caller caller, UserId user,
                                             std::int64_t max_id, std::int32_t limit) {
  if (user == caller.user) co_return fail(Error::invalid("USER_ID_INVALID"));
  const auto count = static_cast<std::size_t>(std::clamp(limit, 1, 100));
  // Of one id there is at most one chat; channel is the last kind.
  const auto after = max_id > 0 ? Peer{PeerKind::channel, max_id} : Peer{};
  auto body = [=](store::Tx& tx) { return tx.chats().common(caller.user, user, after, count); };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<std::size_t>> count_online(const Environment& environment, const Online& online, Caller caller,
                                       Peer chat) {
  constexpr std::size_t looked_at = 1'000;
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<std::vector<store::Member>> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, chat, now));
    if (!place.is_group()) return std::vector<store::Member>{};
    return tx.chats().members(
        chat, {MemberStatus::creator, MemberStatus::admin, MemberStatus::member, MemberStatus::restricted}, 0,
        looked_at);
  };
  CO_ASSIGN(const auto members, co_await environment.store.read(std::move(body)));
  std::size_t count = 0;
  for (const auto& member : members) {
    const auto presence = online.find(member.user);
    if (presence && presence->until > now) ++count;
  }
  co_return count;
}

namespace {

// Messages that the account sees wait to be sent here.
Result<bool> something_waits(store::Tx& tx, UserId account, const Place& place) {
  const bool posts = place.chat->kind == store::ChatKind::broadcast;
  if (posts && !place.standing().has(admin_post_messages)) return false;
  HG_ASSIGN(const auto waiting, tx.messages().scheduled(posts ? place.box : BoxId(account), place.peer));
  return !waiting.empty();
}

}  // namespace

Task<Result<FullChat>> full_chat(const Environment& environment, Caller caller, Peer chat) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<FullChat> {
    HG_ASSIGN(auto place, open_chat(tx, caller.user, chat, now));
    FullChat full;
    if (chat.is_chat()) {
      HG_ASSIGN(full.members, present_members(tx, chat));
    }
    HG_ASSIGN(auto dialog, tx.dialogs().find(caller.user, chat));
    if (dialog) full.dialog = std::move(*dialog);
    store::SearchFilter filter;
    filter.flags_any = store::message_pinned;
    store::HistoryRange range;
    range.limit = 1;
    range.min_id = place.hidden_up_to();
    HG_ASSIGN(const auto pinned, tx.messages().search(place.box, chat, filter, range));
    if (!pinned.messages.empty()) full.pinned_message = pinned.messages.front().id;
    HG_ASSIGN(full.has_scheduled, something_waits(tx, caller.user, place));
    HG_ASSIGN(const auto state, tx.updates().state(place.box));
    full.pts = state.pts;
    if (chat.is_channel() && place.is_group()) {
      HG_ASSIGN(const auto author, author_of(tx, caller.user, place, {}));
      if (author != Peer::of(caller.user)) full.default_send_as = author;
      HG_ASSIGN(full.as_messages, views_as_messages(tx, caller.user, chat));
    }
    if (place.standing().has(admin_invite_users)) {
      HG_ASSIGN(auto permanent, tx.invites().permanent(chat, caller.user));
      if (permanent) full.invite = InviteView{std::move(*permanent), 0};
      HG_ASSIGN(full.pending, pending_requests(tx, chat));
    }
    full.chat = std::move(*place.chat);
    full.self = std::move(place.member);
    return full;
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
