#include "services/chats/send_as.h"

#include <algorithm>

#include "base/codec.h"
#include "services/groups/create.h"
#include "services/groups/notice.h"

namespace heliograph::services {

namespace {

struct Saved {
  Peer peer;
  void fields(auto& codec) { codec(peer); }
};

// What is written here without saying whose.
Peer plain_author(UserId account, const Place& place) {
  if (place.chat && !place.is_group()) return place.peer;
  const bool anonymous = place.member && store::is_in(place.member->status) &&
                         (place.member->admin_rights & admin_anonymous) != 0;
  return anonymous ? place.peer : Peer::of(account);
}

bool takes_channels(const Place& place) {
  return place.chat && place.chat->kind == store::ChatKind::supergroup &&
         (!place.chat->username.empty() || place.chat->linked);
}

// Whether the account may write here as this channel.
Result<bool> may_write_as(store::Tx& tx, UserId account, const Place& place, Peer channel) {
  if (!takes_channels(place) || !channel.is_channel()) return false;
  HG_ASSIGN(const auto chat, tx.chats().find(channel));
  if (!chat || chat->kind != store::ChatKind::broadcast || (chat->flags & store::chat_deleted) != 0) {
    return false;
  }
  if (chat->username.empty() && channel != place.chat->linked) return false;
  HG_ASSIGN(const auto member, tx.chats().find_member(channel, account));
  if (!member || member->status != store::MemberStatus::creator) return false;
  if (channel == place.chat->linked) return true;
  HG_ASSIGN(const bool banned, tx.chats().has_banned_channel(place.peer, account));
  return !banned;
}

}  // namespace

Result<std::vector<Peer>> authors_for(store::Tx& tx, UserId account, const Place& place) {
  std::vector<Peer> authors{plain_author(account, place)};
  if (!takes_channels(place)) return authors;
  const auto add = [&](Peer channel) -> Status {
    if (std::ranges::find(authors, channel) != authors.end()) return {};
    HG_ASSIGN(const bool may, may_write_as(tx, account, place, channel));
    if (may) authors.push_back(channel);
    return {};
  };
  if (place.chat->linked) HG_TRY(add(place.chat->linked));
  HG_ASSIGN(const auto open, tx.chats().administered(account, chats_per_account_max));
  for (const auto channel : open) HG_TRY(add(channel));
  return authors;
}

Result<Peer> author_of(store::Tx& tx, UserId account, const Place& place, Peer wanted) {
  const auto plain = plain_author(account, place);
  if (wanted == plain) return plain;
  const bool said = static_cast<bool>(wanted);
  if (!said && takes_channels(place)) {
    HG_ASSIGN(const auto stored, tx.settings().find(account, store::SettingKind::send_as, place.peer.id));
    if (stored) {
      HG_ASSIGN(const auto saved, decode<Saved>(*stored));
      wanted = saved.peer;
    }
  }
  HG_ASSIGN(const bool may, may_write_as(tx, account, place, wanted));
  if (may) return wanted;
  if (said) return fail(Error::invalid("SEND_AS_PEER_INVALID", "You may not write there as that."));
  return plain;
}

Task<Result<std::vector<Peer>>> send_as_peers(const Environment& environment, UserId caller, Peer peer) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<std::vector<Peer>> {
    HG_ASSIGN(const auto place, open_place(tx, caller, peer, now));
    return authors_for(tx, caller, place);
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Status> save_default_send_as(const Environment& environment, Caller caller, Peer peer, Peer send_as) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto place, open_place(tx, caller.user, peer, now));
    if (!place.peer.is_channel() || !place.is_group()) return fail(Error::invalid("PEER_ID_INVALID"));
    HG_ASSIGN(const auto author, author_of(tx, caller.user, place, send_as));
    if (author == plain_author(caller.user, place)) {
      HG_TRY(tx.settings().erase(caller.user, store::SettingKind::send_as, peer.id));
    } else {
      HG_TRY(tx.settings().put(caller.user, store::SettingKind::send_as, peer.id, encode(Saved{author})));
    }
    // The account's other devices look again at what it is here.
    if (!place.standing().is_in()) return {};
    return tell_member(tx, caller, now, peer, caller.user, true);
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
