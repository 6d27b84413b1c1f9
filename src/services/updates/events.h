// What the entries of the update log carry: one struct per store::UpdateKind, encoded into Update::body.
// new_message and edit_message carry nothing: message_id says it all.
//
// To tell an account's devices of a change, append an event inside the transaction that makes it:
//   HG_TRY(append_event(tx, caller, account, now, events::ReadInbox{peer, max_id, still_unread}));
// It is stored, numbered (pts or seq) and, once committed, pushed to the account's live sessions except the
// one that caused it.
#pragma once

#include <string>
#include <vector>

#include "base/codec.h"
#include "services/caller.h"
#include "services/chats/content.h"
#include "services/chats/poll_tally.h"
#include "store/tx.h"

namespace heliograph::services {

namespace events {

using store::UpdateKind;

struct DeleteMessages {
  static constexpr auto kind = UpdateKind::delete_messages;
  std::vector<MessageId> ids;  // pts_count is their number
  void fields(auto& codec) { codec(ids); }
};
struct ReadInbox {
  static constexpr auto kind = UpdateKind::read_inbox;
  Peer peer;
  MessageId max_id;
  std::int32_t still_unread = 0;
  std::int32_t folder_id = 0;
  void fields(auto& codec) { codec(peer, max_id, still_unread, folder_id); }
};
struct ReadOutbox {
  static constexpr auto kind = UpdateKind::read_outbox;
  Peer peer;
  MessageId max_id;
  void fields(auto& codec) { codec(peer, max_id); }
};
struct ReadContents {
  static constexpr auto kind = UpdateKind::read_contents;
  std::vector<MessageId> ids;
  void fields(auto& codec) { codec(ids); }
};
struct PinnedMessages {
  static constexpr auto kind = UpdateKind::pinned_messages;
  Peer peer;
  std::vector<MessageId> ids;
  bool pinned = false;
  void fields(auto& codec) { codec(peer, ids, pinned); }
};
struct FolderPeer {
  Peer peer;
  std::int32_t folder_id = 0;
  void fields(auto& codec) { codec(peer, folder_id); }
};
struct FolderPeers {
  static constexpr auto kind = UpdateKind::folder_peers;
  std::vector<FolderPeer> peers;
  void fields(auto& codec) { codec(peers); }
};

struct UserName {  // first, last name or username of `user` changed: the new values are read when rendered
  static constexpr auto kind = UpdateKind::user_name;
  UserId user;
  void fields(auto& codec) { codec(user); }
};
struct UserPhone {  // read when rendered, subject to privacy
  static constexpr auto kind = UpdateKind::user_phone;
  UserId user;
  void fields(auto& codec) { codec(user); }
};
struct UserChanged {  // anything else about a user: fetch again
  static constexpr auto kind = UpdateKind::user_changed;
  UserId user;
  void fields(auto& codec) { codec(user); }
};
struct DraftChanged {  // the draft is read from the dialog, or the thread, when rendered
  static constexpr auto kind = UpdateKind::draft;
  Peer peer;
  MessageId top;  // 0: of the dialog
  void fields(auto& codec) { codec(peer, top); }
};
struct DialogPinned {
  static constexpr auto kind = UpdateKind::dialog_pinned;
  Peer peer;
  bool pinned = false;
  std::int32_t folder_id = 0;
  void fields(auto& codec) { codec(peer, pinned, folder_id); }
};
struct PinnedDialogs {
  static constexpr auto kind = UpdateKind::pinned_dialogs;
  std::int32_t folder_id = 0;
  std::vector<Peer> order;
  void fields(auto& codec) { codec(folder_id, order); }
};
struct SavedDialogPinned {
  static constexpr auto kind = UpdateKind::saved_dialog_pinned;
  Peer peer;
  bool pinned = false;
  void fields(auto& codec) { codec(peer, pinned); }
};
struct PinnedSavedDialogs {
  static constexpr auto kind = UpdateKind::pinned_saved_dialogs;
  std::vector<Peer> order;
  void fields(auto& codec) { codec(order); }
};
struct DialogUnreadMark {
  static constexpr auto kind = UpdateKind::dialog_unread_mark;
  Peer peer;
  bool unread = false;
  void fields(auto& codec) { codec(peer, unread); }
};
struct DialogFilterChanged {  // read when rendered; gone: deleted
  static constexpr auto kind = UpdateKind::dialog_filter;
  std::int32_t filter_id = 0;
  void fields(auto& codec) { codec(filter_id); }
};
struct DialogFilterOrder {
  static constexpr auto kind = UpdateKind::dialog_filter_order;
  std::vector<std::int32_t> order;
  void fields(auto& codec) { codec(order); }
};
struct NotifySettingsChanged {  // key as in the settings table; read when rendered
  static constexpr auto kind = UpdateKind::notify_settings;
  std::int64_t key = 0;
  MessageId topic;  // of the forum that `key` names; 0: of the whole
  void fields(auto& codec) { codec(key, topic); }
};
struct PrivacyChanged {  // key: privacy key number; read when rendered
  static constexpr auto kind = UpdateKind::privacy;
  std::int32_t key = 0;
  void fields(auto& codec) { codec(key); }
};
struct PeerBlocked {
  static constexpr auto kind = UpdateKind::peer_blocked;
  Peer peer;
  bool blocked = false;
  void fields(auto& codec) { codec(peer, blocked); }
};
struct ContactsReset {
  static constexpr auto kind = UpdateKind::contacts_reset;
  void fields(auto&) {}
};
struct PeerSettingsChanged {  // read when rendered
  static constexpr auto kind = UpdateKind::peer_settings;
  Peer peer;
  void fields(auto& codec) { codec(peer); }
};
struct NewAuthorization {
  static constexpr auto kind = UpdateKind::new_authorization;
  std::int64_t hash = 0;
  UnixSeconds date = 0;
  std::string device;
  std::string location;
  void fields(auto& codec) { codec(hash, date, device, location); }
};
struct NewScheduled {
  static constexpr auto kind = UpdateKind::new_scheduled;
  MessageId id;  // of the scheduled message; read when rendered
  Peer channel;  // whose queue it is in; none: the account's own
  void fields(auto& codec) { codec(id, channel); }
};
struct DeleteScheduled {
  static constexpr auto kind = UpdateKind::delete_scheduled;
  Peer peer;
  std::vector<MessageId> ids;
  std::vector<MessageId> sent_as;  // parallel to ids where they were sent, else empty
  void fields(auto& codec) { codec(peer, ids, sent_as); }
};
struct PeerHistoryTtl {
  static constexpr auto kind = UpdateKind::peer_history_ttl;
  Peer peer;
  std::int32_t ttl_period = 0;
  void fields(auto& codec) { codec(peer, ttl_period); }
};
struct StickerSets {  // a list of sets or stickers, or one of the sets in it: fetch again
  static constexpr auto kind = UpdateKind::sticker_sets;
  static constexpr std::int32_t recent = 10;
  static constexpr std::int32_t faved = 11;
  std::int32_t of = 0;  // a list of sets: store::StickerKind; or one of the above
  void fields(auto& codec) { codec(of); }
};
struct ConfigChanged {
  static constexpr auto kind = UpdateKind::config;
  void fields(auto&) {}
};

struct ChatChanged {  // a group or channel, or what the account is in it; read when rendered
  static constexpr auto kind = UpdateKind::chat;
  Peer chat;
  bool in = false;  // the account is in it from now on
  void fields(auto& codec) { codec(chat, in); }
};
struct ChatParticipants {  // of a basic group; read when rendered
  static constexpr auto kind = UpdateKind::chat_participants;
  Peer chat;
  void fields(auto& codec) { codec(chat); }
};
struct ReadChannelInbox {
  static constexpr auto kind = UpdateKind::read_channel_inbox;
  Peer channel;
  MessageId max_id;
  std::int32_t still_unread = 0;
  std::int32_t folder_id = 0;
  std::int32_t pts = 0;
  void fields(auto& codec) { codec(channel, max_id, still_unread, folder_id, pts); }
};
struct ReadChannelOutbox {
  static constexpr auto kind = UpdateKind::read_channel_outbox;
  Peer channel;
  MessageId max_id;
  void fields(auto& codec) { codec(channel, max_id); }
};

struct ReadChannelContents {  // mentions and reactions that the account has seen
  static constexpr auto kind = UpdateKind::read_channel_contents;
  Peer channel;
  std::vector<MessageId> ids;
  MessageId thread;  // all of them are in it; 0: they may be anywhere
  void fields(auto& codec) { codec(channel, ids, thread); }
};
struct ReadDiscussionInbox {  // a thread of a supergroup; `channel`, `post`: what it comments on
  static constexpr auto kind = UpdateKind::read_discussion_inbox;
  Peer group;
  MessageId top;
  MessageId max_id;
  Peer channel;
  MessageId post;
  void fields(auto& codec) { codec(group, top, max_id, channel, post); }
};
struct ReadDiscussionOutbox {
  static constexpr auto kind = UpdateKind::read_discussion_outbox;
  Peer group;
  MessageId top;
  MessageId max_id;
  void fields(auto& codec) { codec(group, top, max_id); }
};

struct ViewForumAsMessages {
  static constexpr auto kind = UpdateKind::view_forum_as_messages;
  Peer forum;
  bool enabled = false;
  void fields(auto& codec) { codec(forum, enabled); }
};

// Never stored (store::Updates::publish_transient, Hub::publish). Kinds from 1000 on.
struct LoginToken {
  static constexpr auto kind = UpdateKind::login_token;
  void fields(auto&) {}
};
struct Typing {
  static constexpr auto kind = static_cast<UpdateKind>(1001);
  UserId user;
  std::int32_t action = 0;    // services/people/typing.h numbers them
  std::int32_t progress = 0;  // uploads
  void fields(auto& codec) { codec(user, action, progress); }
};
struct ChatNews {  // something about a group or channel that everybody in it sees; read when rendered
  static constexpr auto kind = static_cast<UpdateKind>(1003);
  Peer chat;
  void fields(auto& codec) { codec(chat); }
};
struct ChannelTooLong {  // a channel has gone on: ask it for the difference
  static constexpr auto kind = static_cast<UpdateKind>(1004);
  Peer channel;
  std::int32_t pts = 0;
  void fields(auto& codec) { codec(channel, pts); }
};
struct TypingInChat {  // in a group or channel; `shown_as` in place of `user`, where that is to stay unknown
  static constexpr auto kind = static_cast<UpdateKind>(1010);
  Peer chat;
  UserId user;
  Peer shown_as;
  MessageId top;            // the thread it is in; 0: none
  std::int32_t action = 0;  // as in Typing
  std::int32_t progress = 0;
  void fields(auto& codec) { codec(chat, user, shown_as, top, action, progress); }
};
struct PendingJoinRequests {  // how many wait to be let into a group or channel, and who came last
  static constexpr auto kind = static_cast<UpdateKind>(1005);
  Peer chat;
  std::int32_t count = 0;
  std::vector<UserId> recent;
  void fields(auto& codec) { codec(chat, count, recent); }
};
struct PostViewed {  // how often a post has been seen; in the channel's box
  static constexpr auto kind = static_cast<UpdateKind>(1006);
  MessageId id;
  std::int32_t views = 0;
  void fields(auto& codec) { codec(id, views); }
};
// The reactions to a message, said in full: a push to many reads nothing.
struct ReactionsChanged {
  static constexpr auto kind = static_cast<UpdateKind>(1007);
  struct Count {
    std::string reaction;
    std::int32_t count = 0;
    void fields(auto& codec) { codec(reaction, count); }
  };
  struct Given {
    UserId user;
    std::string reaction;
    UnixSeconds date = 0;
    bool big = false;
    void fields(auto& codec) { codec(user, reaction, date, big); }
  };
  Peer peer;
  MessageId id;
  MessageId thread;
  std::vector<Count> counts;
  std::vector<Given> recent;
  UserId by;                        // who has changed theirs
  std::vector<std::string> chosen;  // to this
  UserId unread_by;                 // whose message it is, if it is new to them
  bool may_list = false;
  void fields(auto& codec) { codec(peer, id, thread, counts, recent, by, chosen, unread_by, may_list); }
};
// How a poll stands, said in full, and what it asks: a push to many reads nothing.
struct PollChanged {
  static constexpr auto kind = static_cast<UpdateKind>(1008);
  Peer peer;
  MessageId id;
  MessageId thread;
  Poll poll;
  PollTally tally;
  UserId by;                         // who has voted or taken a vote back, or nobody
  std::vector<std::int32_t> chosen;  // by them, now
  void fields(auto& codec) { codec(peer, id, thread, poll, tally, by, chosen); }
};
struct ChannelWatched {  // the account looks at a channel that it is not in: its sessions listen for a while
  static constexpr auto kind = static_cast<UpdateKind>(1013);
  Peer channel;
  void fields(auto& codec) { codec(channel); }
};
struct TopicPinned {  // in the forum's box
  static constexpr auto kind = static_cast<UpdateKind>(1011);
  Peer forum;
  MessageId topic;
  bool pinned = false;
  void fields(auto& codec) { codec(forum, topic, pinned); }
};
struct PinnedTopics {  // in the forum's box; top first
  static constexpr auto kind = static_cast<UpdateKind>(1012);
  Peer forum;
  std::vector<MessageId> order;
  void fields(auto& codec) { codec(forum, order); }
};
struct Status {  // read (subject to privacy) when rendered
  static constexpr auto kind = static_cast<UpdateKind>(1002);
  UserId user;
  void fields(auto& codec) { codec(user); }
};

}  // namespace events

// Appends to the box's log and publishes. `pts_count` matters in the pts box only.
template <typename Event>
Result<store::Update> append_event(store::Tx& tx, const Caller& origin, BoxId box, UnixSeconds now,
                                   Event event, std::int32_t pts_count = 1) {
  store::Publication p;
  p.update.box = box;
  p.update.kind = Event::kind;
  p.update.pts_count = pts_count;
  p.update.date = now;
  p.update.body = encode(std::move(event));
  p.origin_key = origin.key;
  p.origin_session = origin.session;
  return tx.updates().append(std::move(p));
}

// A message was added to (or changed in) its owner's box.
inline Result<store::Update> append_message_event(store::Tx& tx, const Caller& origin, UnixSeconds now,
                                                  store::UpdateKind kind, store::Message message) {
  store::Publication p;
  p.update.box = message.owner;
  p.update.kind = kind;
  p.update.pts_count = 1;
  p.update.date = now;
  p.update.message_id = message.id;
  p.message = std::make_shared<const store::Message>(std::move(message));
  p.origin_key = origin.key;
  p.origin_session = origin.session;
  return tx.updates().append(std::move(p));
}

template <typename Event>
store::Publication transient_event(const Caller& origin, BoxId box, Event event) {
  store::Publication p;
  p.update.box = box;
  p.update.kind = Event::kind;
  p.update.body = encode(std::move(event));
  p.origin_key = origin.key;
  p.origin_session = origin.session;
  return p;
}

}  // namespace heliograph::services
