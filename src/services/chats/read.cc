#include "services/chats/read.h"

#include <algorithm>
#include <limits>

#include "services/chats/dialog.h"
#include "services/chats/read_marks.h"
#include "services/chats/vanish.h"
#include "services/groups/place.h"
#include "services/people/privacy.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

// The newest message that `peer` wrote to `owner` with an id in (after, up_to] and that the writer still has:
// its number in the writer's box. 0: none.
Result<MessageId> read_at_writer(store::Tx& tx, UserId owner, Peer peer, MessageId after, MessageId up_to) {
  store::HistoryRange range;
  range.offset_id = MessageId{up_to.value + 1};
  range.min_id = after;
  range.limit = 4;  // nearly always the first one
  for (int step = 0; step < 8; ++step) {
    HG_ASSIGN(const auto page, tx.messages().history(owner, peer, range));
    for (const auto& message : page.messages) {
      if ((message.flags & store::message_out) != 0) continue;
      HG_ASSIGN(const auto copies, tx.messages().copies(message.link));
      const auto theirs = std::ranges::find(copies, BoxId(peer.user()), &store::Message::owner);
      if (theirs != copies.end()) return theirs->id;
    }
    if (page.messages.size() < static_cast<std::size_t>(range.limit)) break;
    range.offset_id = page.messages.back().id;
    range.limit = 100;
  }
  return MessageId{};
}

// In a basic group every writer of what was read hears how far.
Status tell_group(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Dialog& dialog,
                  MessageId after, MessageId up_to) {
  store::HistoryRange range;
  range.offset_id = MessageId{up_to.value + 1};
  range.min_id = after;
  range.limit = 100;
  HG_ASSIGN(const auto page, tx.messages().history(dialog.owner, dialog.peer, range));
  std::vector<UserId> told;
  for (const auto& message : page.messages) {
    if ((message.flags & store::message_out) != 0) continue;
    if (std::ranges::find(told, message.from) != told.end()) continue;
    told.push_back(message.from);
    HG_ASSIGN(const auto copies, tx.messages().copies(message.link));
    const auto own = std::ranges::find(copies, BoxId(message.from), &store::Message::owner);
    if (own == copies.end()) continue;
    HG_ASSIGN(auto theirs, tx.dialogs().find(message.from, dialog.peer));
    if (!theirs || own->id <= theirs->read_outbox_max_id) continue;
    theirs->read_outbox_max_id = own->id;
    theirs->read_outbox_at = now;
    HG_TRY(tx.dialogs().put(*theirs));
    HG_TRY(append_event(tx, caller, message.from, now, events::ReadOutbox{dialog.peer, own->id}));
  }
  return {};
}

// The same in a supergroup, where a message has one number for everybody.
Status tell_supergroup(store::Tx& tx, const Caller& caller, UnixSeconds now, const Place& place,
                       MessageId after, MessageId up_to) {
  store::HistoryRange range;
  range.offset_id = MessageId{up_to.value + 1};
  range.min_id = after;
  range.limit = 100;
  HG_ASSIGN(const auto page, tx.messages().history(place.box, place.peer, range));
  std::vector<UserId> told;
  for (const auto& message : page.messages) {  // newest first: the first of each is what counts
    if (message.from == caller.user || std::ranges::find(told, message.from) != told.end()) continue;
    told.push_back(message.from);
    HG_ASSIGN(auto theirs, tx.dialogs().find(message.from, place.peer));
    if (!theirs || message.id <= theirs->read_outbox_max_id) continue;
    theirs->read_outbox_max_id = message.id;
    theirs->read_outbox_at = now;
    HG_TRY(tx.dialogs().put(*theirs));
    HG_TRY(append_event(tx, caller, message.from, now, events::ReadChannelOutbox{place.peer, message.id}));
  }
  return {};
}

Status tell_writer(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Dialog& dialog,
                   MessageId after, MessageId up_to) {
  if (dialog.peer.is_chat()) return tell_group(tx, caller, now, dialog, after, up_to);
  if (dialog.peer.user() == dialog.owner) return {};
  HG_ASSIGN(auto theirs, tx.dialogs().find(dialog.peer.user(), Peer::of(dialog.owner)));
  if (!theirs) return {};
  HG_ASSIGN(const auto read, read_at_writer(tx, dialog.owner, dialog.peer, after, up_to));
  if (read <= theirs->read_outbox_max_id) return {};
  theirs->read_outbox_max_id = read;
  theirs->read_outbox_at = now;
  HG_TRY(tx.dialogs().put(*theirs));
  HG_TRY(remember_read(tx, theirs->owner, theirs->peer, read, now));
  HG_TRY(append_event(tx, caller, theirs->owner, now, events::ReadOutbox{theirs->peer, read}));
  return {};
}

}  // namespace

Result<store::Update> read_in(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer peer,
                              MessageId max_id) {
  HG_ASSIGN(auto dialog, tx.dialogs().find(caller.user, peer));
  if (!dialog) return unchanged(tx, caller.user);
  const auto up_to = max_id ? std::min(max_id, dialog->top_message) : dialog->top_message;
  if (dialog->unread_mark) {
    dialog->unread_mark = false;
    HG_TRY(tx.dialogs().put(*dialog));
    HG_TRY(append_event(tx, caller, caller.user, now, events::DialogUnreadMark{peer, false}));
  }
  if (up_to <= dialog->read_inbox_max_id) return unchanged(tx, caller.user);

  const auto after = dialog->read_inbox_max_id;
  HG_ASSIGN(const auto were_unread, tx.messages().count_incoming(caller.user, peer, after, up_to));
  dialog->read_inbox_max_id = up_to;
  dialog->unread_count = std::max(0, dialog->unread_count - were_unread);
  HG_TRY(tx.dialogs().put(*dialog));
  if (were_unread == 0) return unchanged(tx, caller.user);
  if (peer.is_chat()) {
    HG_ASSIGN(const auto group, tx.chats().find(peer));
    if (group) HG_TRY(remember_group_read(tx, caller.user, *group, up_to, now));
  }
  events::ReadInbox event{peer, up_to, dialog->unread_count, dialog->folder_id};
  HG_ASSIGN(auto update, append_event(tx, caller, caller.user, now, event));
  HG_TRY(tell_writer(tx, caller, now, *dialog, after, up_to));
  return update;
}

Task<Result<store::Update>> read_history(const Environment& environment, Caller caller, Peer peer,
                                         MessageId max_id) {
  if (peer.is_channel() || !peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, peer, max_id](store::Tx& tx) { return read_in(tx, caller, now, peer, max_id); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> read_channel(const Environment& environment, Caller caller, Peer channel, MessageId max_id) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, channel, max_id](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, channel, now));
    if (!channel.is_channel()) return fail(Error::invalid("CHANNEL_INVALID"));
    HG_ASSIGN(auto dialog, tx.dialogs().find(caller.user, channel));
    if (!dialog) return {};  // a look at a public channel leaves no trace
    const auto up_to = max_id ? std::min(max_id, dialog->top_message) : dialog->top_message;
    if (dialog->unread_mark) {
      dialog->unread_mark = false;
      HG_TRY(tx.dialogs().put(*dialog));
      HG_TRY(append_event(tx, caller, caller.user, now, events::DialogUnreadMark{channel, false}));
    }
    if (up_to <= dialog->read_inbox_max_id) return {};
    if (place.is_group()) {
      HG_TRY(tell_supergroup(tx, caller, now, place, dialog->read_inbox_max_id, up_to));
      HG_TRY(remember_group_read(tx, caller.user, *place.chat, up_to, now));
    }
    dialog->read_inbox_max_id = up_to;
    HG_TRY(tx.dialogs().put(*dialog));
    HG_ASSIGN(dialog, tx.dialogs().find(caller.user, channel));
    HG_ASSIGN(const auto state, tx.updates().state(place.box));
    events::ReadChannelInbox event{channel, up_to, dialog->unread_count, dialog->folder_id, state.pts};
    HG_TRY(append_event(tx, caller, caller.user, now, event));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<store::Update>> read_contents(const Environment& environment, Caller caller,
                                          std::vector<MessageId> ids) {
  if (ids.size() > 1000) co_return fail(Error::invalid("LIMIT_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, ids = std::move(ids)](store::Tx& tx) -> Result<store::Update> {
    HG_ASSIGN(auto own, tx.messages().find_many(caller.user, ids));
    std::erase_if(own, [](const store::Message& m) {
      const bool own_voice = (m.flags & store::message_out) != 0 && (m.flags & store::message_mentioned) == 0;
      return (m.flags & store::message_media_unread) == 0 || own_voice;  // the other one is to hear it
    });
    if (own.empty()) return unchanged(tx, caller.user);
    events::ReadContents mine;
    for (auto& message : own) {
      if ((message.flags & store::message_mentioned) != 0) {
        // A mention is unread to the one mentioned alone.
        message.flags &= ~std::uint32_t{store::message_media_unread};
        HG_TRY(tx.messages().update(message));
        HG_TRY(
            tx.attention().mark_read(caller.user, message.peer, store::AttentionKind::mention, message.id));
        mine.ids.push_back(message.id);
        continue;
      }
      HG_ASSIGN(auto copies, tx.messages().copies(message.link));
      for (auto& copy : copies) {
        if ((copy.flags & store::message_media_unread) == 0) continue;
        copy.flags &= ~std::uint32_t{store::message_media_unread};
        HG_TRY(open_vanishing(copy, now));
        HG_TRY(tx.messages().update(copy));
        if (copy.owner == caller.user) {
          mine.ids.push_back(copy.id);
        } else {
          events::ReadContents theirs;
          theirs.ids.push_back(copy.id);
          HG_TRY(append_event(tx, caller, copy.owner, now, std::move(theirs)));
        }
      }
    }
    const auto count = static_cast<std::int32_t>(mine.ids.size());
    return append_event(tx, caller, caller.user, now, std::move(mine), count);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<UnixSeconds>> outbox_read_date(const Environment& environment, UserId owner, Peer peer,
                                           MessageId id) {
  const auto now = environment.clock.unix_seconds();
  auto body = [owner, peer, id, now](store::Tx& tx) -> Result<UnixSeconds> {
    HG_ASSIGN(const auto message, tx.messages().find(owner, id));
    if (!message || message->peer != peer || (message->flags & store::message_out) == 0 || !peer.is_user() ||
        peer.user() == owner) {
      return fail(Error::invalid("MESSAGE_ID_INVALID"));
    }
    if (now - message->date > read_dates_kept) return fail(Error::invalid("MESSAGE_TOO_OLD"));
    HG_ASSIGN(const auto dialog, tx.dialogs().find(owner, peer));
    if (!dialog || dialog->read_outbox_max_id < id) return fail(Error::invalid("MESSAGE_NOT_READ_YET"));
    // Who hides when they were online sees neither that nor this of others.
    HG_ASSIGN(const bool shown, allows(tx, PrivacyKey::status_timestamp, owner, peer.user()));
    if (!shown) return fail(Error::forbidden("YOUR_PRIVACY_RESTRICTED"));
    HG_ASSIGN(const bool theirs, allows(tx, PrivacyKey::status_timestamp, peer.user(), owner));
    HG_ASSIGN(const auto global, global_privacy(tx, peer.user()));
    if (!theirs || global.hide_read_marks) return fail(Error::forbidden("USER_PRIVACY_RESTRICTED"));
    HG_ASSIGN(const auto at, read_date(tx, owner, peer, id));
    if (at == 0) return fail(Error::invalid("MESSAGE_TOO_OLD"));
    return at;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Status> mark_unread(const Environment& environment, Caller caller, Peer peer, bool unread) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, peer, unread, now](store::Tx& tx) -> Status {
    HG_ASSIGN(auto dialog, tx.dialogs().find(caller.user, peer));
    if (!dialog) return fail(Error::invalid("PEER_ID_INVALID"));
    if (dialog->unread_mark == unread) return {};
    dialog->unread_mark = unread;
    HG_TRY(tx.dialogs().put(*dialog));
    HG_TRY(append_event(tx, caller, caller.user, now, events::DialogUnreadMark{peer, unread}));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::vector<Peer>>> marked_unread(const Environment& environment, UserId owner) {
  auto body = [owner](store::Tx& tx) -> Result<std::vector<Peer>> {
    HG_ASSIGN(const auto dialogs, tx.dialogs().marked_unread(owner));
    std::vector<Peer> peers;
    for (const auto& dialog : dialogs) peers.push_back(dialog.peer);
    return peers;
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
