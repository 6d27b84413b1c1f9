#include "services/groups/place.h"

#include "services/groups/barred.h"

namespace heliograph::services {

namespace {

// A private discussion group is read by those who see the channel that it discusses.
Status may_read_discussion(store::Tx& tx, UserId caller, const Place& place) {
  const auto who = place.standing();
  if (who.is_in() || !who.chat.username.empty() || !who.chat.linked) return {};
  HG_ASSIGN(const auto channel, tx.chats().find(who.chat.linked));
  HG_ASSIGN(const auto member, tx.chats().find_member(who.chat.linked, caller));
  if (!channel || (channel->flags & store::chat_closed) != 0) return fail(Error::invalid("CHANNEL_PRIVATE"));
  return may_read(Standing{*channel, member, place.now});
}

// Whether they may read it is for the callers to ask.
Result<Place> find_place(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now) {
  if (!peer) return fail(Error::invalid("PEER_ID_INVALID"));
  Place place;
  place.peer = peer;
  place.box = peer.is_channel() ? BoxId::of(peer.channel()) : BoxId(caller);
  place.now = now;
  if (peer.is_user()) return place;
  HG_ASSIGN(place.chat, tx.chats().find(peer));
  if (!place.chat) return fail(Error::invalid(peer.is_channel() ? "CHANNEL_INVALID" : "CHAT_ID_INVALID"));
  HG_ASSIGN(place.member, tx.chats().find_member(peer, caller));
  if (peer.is_chat() && !place.member) return fail(Error::invalid("CHAT_ID_INVALID"));
  if (peer.is_chat()) return place;
  if ((place.chat->flags & store::chat_deleted) != 0) return fail(Error::invalid("CHANNEL_PRIVATE"));
  return place;
}

}  // namespace

Result<Place> open_place(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now) {
  HG_ASSIGN(auto place, find_place(tx, caller, peer, now));
  if (!peer.is_channel()) return place;
  HG_ASSIGN(auto why, restriction_for(tx, *place.chat, caller));
  if (!why.empty()) return fail(Error::invalid("CHANNEL_PRIVATE", std::move(why)));
  HG_TRY(may_read(place.standing()));
  HG_TRY(may_read_discussion(tx, caller, place));
  return place;
}

Result<Place> open_chat(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now) {
  if (peer.is_user()) return fail(Error::invalid("PEER_ID_INVALID"));
  return open_place(tx, caller, peer, now);
}

Result<Place> open_managed(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now) {
  HG_ASSIGN(auto place, open_chat(tx, caller, peer, now));
  if ((place.chat->flags & store::chat_deleted) != 0) return fail(Error::invalid("CHAT_ID_INVALID"));
  return place;
}

Result<Place> open_to_leave(store::Tx& tx, UserId caller, Peer chat, UnixSeconds now) {
  if (!chat.is_channel()) return open_chat(tx, caller, chat, now);
  HG_ASSIGN(auto place, find_place(tx, caller, chat, now));
  if (place.standing().is_in()) return place;
  return open_chat(tx, caller, chat, now);
}

}  // namespace heliograph::services
