// Messages in boxes. Every account has its own copy of each private message and of each message of a basic
// group, under its own number: that is what the protocol shows (core.telegram.org/api/updates), and what lets
// each side delete alone. Copies of one message share a `link`. A message of a channel or a supergroup is
// once, in the channel's box.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format.
enum MessageFlag : std::uint32_t {
  message_out = 1,  // sent by the owner of the box
  message_silent = 2,
  message_media_unread = 4,
  message_mentioned = 8,
  message_pinned = 16,
  message_service = 32,  // an action, not something written
  message_no_forwards = 64,
  message_edit_hide = 128,
  message_invert_media = 256,
  message_has_link = 512,  // text or entities hold a URL
  message_from_scheduled = 1024,
  message_post = 2048,       // of a broadcast channel: shown as the channel's
  message_reactions = 4096,  // has some
  message_views = 8192,      // views are counted
  message_withheld = 16384,  // for breaking the rules: a tombstone is shown in its place
  message_sensitive = 32768,
  message_unsearchable = 65536,
  message_thread = 131072,     // begins a thread; a post: has comments
  message_discussed = 262144,  // the copy of a post in the group that discusses its channel
  message_topic = 524288,      // the service message that begins a topic of a forum
  message_barred = 1048576,    // not shown in some countries (services/chats/content.h says in which)
  message_shown_as = 2097152,  // in a group: as a channel or the group, not as the account that wrote it
};

// What it carries, for the filters of a search. Part of the stored format: do not renumber.
enum class MessageKind : std::uint8_t {
  plain = 0,
  photo = 1,
  video = 2,
  document = 3,
  music = 4,
  voice = 5,
  round_video = 6,
  animation = 7,
  sticker = 8,
  poll = 9,
  contact = 10,
  geo = 11,
  chat_photo = 12,  // the service message
};

struct Message {
  BoxId owner;
  MessageId id;             // 0 on append: the box numbers it
  Peer peer;                // the dialog, as the owner sees it
  UserId from;              // the account that wrote it, whatever it is shown as
  std::int64_t link = 0;    // joins the copies of one message; 0 on append of the first copy: assigned
  std::uint32_t flags = 0;  // MessageFlag
  UnixSeconds date = 0;
  UnixSeconds edited_at = 0;   // 0: never
  UnixSeconds expires_at = 0;  // 0: never; the messages timer deletes it then
  std::int64_t random_id = 0;  // the sender's copy only
  MessageKind kind = MessageKind::plain;
  MessageId thread;        // the first message of the topic or comment thread that it belongs to; 0: none
  MessageId subthread;     // in General alone: the first message of the thread of answers; 0: none
  std::int64_t album = 0;  // messages shown together share it (grouped_id); 0: none
  Peer saved_peer;         // in an account's dialog with itself: what it is filed under; 0 on append: itself
  std::string text;
  Bytes content;  // everything else, encoded by services/chats (entities, reply, forward, ...)
};

// Where to begin and how to go on, as core.telegram.org/api/offsets describes for messages.getHistory.
// Results are newest first. With offset_id 0 it starts at the newest; otherwise at the first message whose id
// is < offset_id, moved by add_offset (negative: towards newer).
struct HistoryRange {
  MessageId offset_id;
  UnixSeconds offset_date = 0;  // when set (and offset_id is 0): begin with messages older than this
  std::int32_t add_offset = 0;
  std::int32_t limit = 100;  // the caller has clamped it
  MessageId max_id;          // when set: only ids < max_id
  MessageId min_id;          // when set: only ids > min_id
  MessageId thread;          // when set: only this thread
  bool in_general = false;   // `thread` is one of answers in General (Message::subthread)
  Peer saved_peer;           // when set: only what is filed under it, and `peer` does not matter
};

struct SearchFilter {
  std::string text;  // empty: any. Matched case-folded, each word as a prefix of a word.
  UserId from;       // 0: anybody. Only what is shown as theirs, or else one could ask who wrote the rest
  bool shown_as = false;                   // of `from`, only what is shown as a channel's or the group's
  UnixSeconds min_date = 0, max_date = 0;  // 0: open
  std::uint32_t flags_any = 0;     // when set: only messages with one of these flags (pinned, mentioned)
  bool links_only = false;         // only messages flagged message_has_link
  std::vector<MessageKind> kinds;  // only messages of these kinds; empty: any
  MessageId thread;                // only this thread
  bool in_general = false;         // as of HistoryRange
  // search() looks at no more messages than this on either side of where the page begins, so that it costs
  // the same however long the dialog is; who goes on from the last one found gets further. 0: at all.
  std::size_t looks_at = 0;
  Peer saved_peer;  // only what is filed under it
  // Where several dialogs are searched at once:
  std::optional<PeerKind> dialogs;  // only those of this kind
  std::vector<Peer> only_in;        // only these; empty: any
  std::vector<Peer> not_in;         // not these
};

struct Page {
  std::vector<Message> messages;
  std::int64_t total = 0;  // how many match without the offset and the limit
  bool inexact = false;    // not everything was looked at (SearchFilter::looks_at): there may be more
};

// One of the messages that a search finds.
struct FoundMessage {
  MessageId id;
  UnixSeconds date = 0;
};

class Messages {
 public:
  virtual ~Messages() = default;

  // Numbers the message (owner's next id), gives it a link if it has none, stores it. Returns it complete.
  // A random_id already used in this box by the same sender: returns the first message unchanged, and
  // `duplicate` says so.
  struct Appended {
    Message message;
    bool duplicate = false;
  };
  virtual Result<Appended> append(Message message) = 0;
  // What append() would call the first message: the sender's own one with this random_id.
  virtual Result<std::optional<Message>> find_by_random_id(BoxId owner, UserId from,
                                                           std::int64_t random_id) = 0;
  virtual Result<std::optional<Message>> find(BoxId owner, MessageId id) = 0;
  // In the order asked for; those that do not exist are left out.
  virtual Result<std::vector<Message>> find_many(BoxId owner, const std::vector<MessageId>& ids) = 0;
  // All copies, in every box.
  virtual Result<std::vector<Message>> copies(std::int64_t link) = 0;
  // Replaces text, content, flags, kind, thread, edited_at, expires_at of an existing message.
  virtual Status update(const Message& message) = 0;
  virtual Status erase(BoxId owner, MessageId id) = 0;

  virtual Result<Page> history(BoxId owner, Peer peer, const HistoryRange& range) = 0;
  virtual Result<Page> search(BoxId owner, std::optional<Peer> peer, const SearchFilter& filter,
                              const HistoryRange& range) = 0;
  // Everything that search() finds, newest first, without the messages themselves.
  virtual Result<std::vector<FoundMessage>> places(BoxId owner, std::optional<Peer> peer,
                                                   const SearchFilter& filter) = 0;
  // The newest message of the dialog, or none.
  virtual Result<std::optional<Message>> newest(BoxId owner, Peer peer) = 0;
  // Ids of the dialog's messages with id <= max_id, oldest first, at most `limit` (for deletion in steps).
  virtual Result<std::vector<MessageId>> ids_up_to(BoxId owner, Peer peer, MessageId max_id,
                                                   std::size_t limit) = 0;
  // Incoming messages of the dialog with id in (after, up_to].
  virtual Result<std::int32_t> count_incoming(BoxId owner, Peer peer, MessageId after, MessageId up_to) = 0;
  // The newest message of the dialog sent by the owner with id <= up_to, or 0.
  virtual Result<MessageId> newest_outgoing(BoxId owner, Peer peer, MessageId up_to) = 0;
  // Messages with expires_at in (0, now], any owner, at most `limit`.
  virtual Result<std::vector<Message>> expired(UnixSeconds now, std::size_t limit) = 0;

  // How many messages of the box have an id in (after, up_to] and are not `except`'s own: what is unread in a
  // channel.
  virtual Result<std::int32_t> count_between(BoxId owner, MessageId after, MessageId up_to,
                                             UserId except) = 0;

  // What the account's saved messages are filed under, and the newest message of each, newest first.
  struct SavedDialog {
    Peer peer;
    MessageId top;
  };
  virtual Result<std::vector<SavedDialog>> saved_dialogs(UserId owner) = 0;

  // Scheduled messages are kept apart: not in history, not numbered in the box until sent. `date` is when
  // they fall due. Numbered per (owner).
  virtual Result<Message> append_scheduled(Message message) = 0;
  virtual Result<std::vector<Message>> scheduled(BoxId owner, Peer peer) = 0;  // by date
  virtual Result<std::optional<Message>> find_scheduled(BoxId owner, MessageId id) = 0;
  virtual Status update_scheduled(const Message& message) = 0;
  virtual Status erase_scheduled(BoxId owner, MessageId id) = 0;
  virtual Result<std::vector<Message>> due(UnixSeconds now, std::size_t limit) = 0;
  // Anybody's to `peer` that bear exactly this date, by (owner, id), strictly after this place; at most
  // `limit`.
  virtual Result<std::vector<Message>> scheduled_for(Peer peer, UnixSeconds date, UserId after_owner,
                                                     MessageId after_id, std::size_t limit) = 0;
};

}  // namespace heliograph::store
