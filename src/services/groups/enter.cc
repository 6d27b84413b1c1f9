#include "services/groups/enter.h"

#include "services/groups/create.h"
#include "services/groups/notice.h"

namespace heliograph::services {

using store::MemberStatus;

Status enter(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Chat& chat,
             const Entry& entry) {
  HG_ASSIGN(auto before, tx.chats().find_member(chat.peer, entry.user));
  if (before && store::is_in(before->status)) return fail(Error::invalid("USER_ALREADY_PARTICIPANT"));
  HG_ASSIGN(const auto chats, tx.chats().chats_of(entry.user, chats_per_account_max));
  if (chats.size() >= chats_per_account_max) {
    return fail(Error::invalid(entry.user == caller.user ? "CHANNELS_TOO_MUCH" : "USER_CHANNELS_TOO_MUCH"));
  }
  if (chat.peer.is_chat() && static_cast<std::size_t>(chat.members) >= group_members_max) {
    return fail(Error::invalid("USERS_TOO_MUCH"));
  }
  store::Member member;
  member.chat = chat.peer;
  member.user = entry.user;
  member.status = entry.status;
  if (before && before->status == MemberStatus::restricted_left) {
    member.status = MemberStatus::restricted;
    member.banned = before->banned;
    member.until = before->until;
    member.by = before->by;
  }
  // The owner of a basic group stays its owner, also where they have left meanwhile.
  if (chat.peer.is_chat() && chat.creator == entry.user) member.status = MemberStatus::creator;
  member.inviter = entry.inviter;
  member.link = entry.link;
  member.date = member.joined_at = now;
  if (member.status == MemberStatus::creator) member.admin_rights = admin_everything;

  MessageId newest;
  if (chat.peer.is_channel()) {
    HG_ASSIGN(const auto top, tx.messages().newest(BoxId::of(chat.peer.channel()), chat.peer));
    if (top) newest = top->id;
    if ((chat.flags & store::chat_hidden_history) != 0) member.history_from = newest;
    store::Dialog dialog;
    HG_ASSIGN(auto found, tx.dialogs().find(entry.user, chat.peer));
    if (found) dialog = std::move(*found);
    dialog.owner = entry.user;
    dialog.peer = chat.peer;
    dialog.top_date = now;
    dialog.read_inbox_max_id = newest;  // what was there before is no news
    HG_TRY(tx.dialogs().put(dialog));
  }
  HG_TRY(tx.chats().put_member(member));
  HG_TRY(tx.invites().erase_request(chat.peer, entry.user));  // answered, whoever let them in
  return tell_member(tx, caller, now, chat.peer, entry.user, true);
}

Status go_out(store::Tx& tx, const Caller& caller, UnixSeconds now, store::Member member) {
  member.admin_rights = 0;
  member.rank.clear();
  member.date = now;
  HG_TRY(tx.chats().put_member(member));
  if (member.chat.is_channel()) HG_TRY(tx.dialogs().erase(member.user, member.chat));
  return tell_member(tx, caller, now, member.chat, member.user, false);
}

}  // namespace heliograph::services
