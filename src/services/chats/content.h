// What a message holds beside its text: entities, where it answers to, where it was forwarded from, what a
// service message says was done. Stored as store::Message::content (base/codec.h): empty bytes mean "nothing
// but text", which is most messages.
// Part of the stored format: enumerators are not renumbered, fields are only added at the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/codec.h"
#include "services/chats/markup.h"
#include "services/files/media.h"
#include "store/tx.h"

namespace heliograph::services {

// core.telegram.org/api/entities
enum class EntityKind : std::uint8_t {
  unknown = 0,
  mention = 1,
  hashtag = 2,
  bot_command = 3,
  url = 4,
  email = 5,
  bold = 6,
  italic = 7,
  code = 8,
  pre = 9,            // text: the language, or empty
  text_url = 10,      // text: the URL
  mention_name = 11,  // user: whom
  phone = 12,
  cashtag = 13,
  underline = 14,
  strike = 15,
  bank_card = 16,
  spoiler = 17,
  custom_emoji = 18,  // document_id
  blockquote = 19,    // collapsed
};

struct Entity {
  EntityKind kind = EntityKind::unknown;
  std::int32_t offset = 0;  // in UTF-16 code units
  std::int32_t length = 0;  // in UTF-16 code units, at least 1
  std::string text;
  UserId user;
  std::int64_t document_id = 0;
  bool collapsed = false;
  void fields(auto& codec) { codec(kind, offset, length, text, user, document_id, collapsed); }
  bool operator==(const Entity&) const = default;
};

// Where a forwarded message was first sent. `from` is 0 when that person hides the link to their account:
// then `from_name` is all there is to see.
struct ForwardHeader {
  UserId from;
  std::string from_name;
  UnixSeconds date = 0;
  // Saved messages: the dialog and message it was saved from (ids of the saver's box). The copy of a post in
  // its discussion group: the post.
  Peer saved_from_peer;
  MessageId saved_from_id;
  // A post of a channel, or a message shown as a group's own: `from` is 0.
  Peer from_chat;
  MessageId post;      // its number there; 0: not a post
  std::string author;  // who signed it
  MessageId thread;    // the copy of a post of an album, but for the first: the first one's
  void fields(auto& codec) {
    codec(from, from_name, date, saved_from_peer, saved_from_id, from_chat, post, author, thread);
  }
  bool operator==(const ForwardHeader&) const = default;
};

// The message this one answers to. Ids are those of the box that the message is in: the two copies of one
// private message differ here.
struct ReplyHeader {
  MessageId id;  // 0: the message is not (any more) in this box
  Peer peer;     // where that message is, when not in the same dialog
  bool quote = false;
  std::string quote_text;
  std::vector<Entity> quote_entities;
  std::int32_t quote_offset = 0;        // in UTF-16 code units of the answered message's text
  std::optional<ForwardHeader> origin;  // who wrote it and when, where it is from another dialog
  MessageId top;       // supergroups: where the thread begins, if not with the answered message
  bool topic = false;  // the thread is a forum's topic
  void fields(auto& codec) {
    codec(id, peer, quote, quote_text, quote_entities, quote_offset, origin, top, topic);
  }
  bool operator==(const ReplyHeader&) const = default;
};

// What a service message reports.
enum class ActionKind : std::uint8_t {
  none = 0,
  contact_sign_up = 1,
  pin_message = 2,       // the pinned message is the one in `reply`
  set_messages_ttl = 3,  // ttl_period: seconds, 0 off
  screenshot = 4,
  history_clear = 5,
  custom = 6,           // text
  chat_create = 7,      // basic group: text: its title; users
  chat_edit_title = 8,  // text
  chat_edit_photo = 9,  // id: the photo
  chat_delete_photo = 10,
  chat_add_user = 11,        // users
  chat_delete_user = 12,     // users: the one
  chat_joined_by_link = 13,  // users: the inviter
  chat_joined_by_request = 14,
  channel_create = 15,        // text: its title
  chat_migrate_to = 16,       // peer
  channel_migrate_from = 17,  // peer, text: the group's title
  topic_create = 18,          // text: its title, number: icon colour, id: icon emoji
  topic_edit = 19,            // text and id as of topic_create, flags: TopicEdit
};

// What a topic_edit says: what has changed, and how switches stand now.
enum TopicEdit : std::uint32_t {
  topic_edit_title = 1,
  topic_edit_icon = 2,
  topic_edit_closed = 4,
  topic_edit_hidden = 8,
  topic_edit_is_closed = 16,
  topic_edit_is_hidden = 32,
};

struct Action {
  ActionKind kind = ActionKind::none;
  std::int32_t ttl_period = 0;
  std::string text;
  std::vector<UserId> users;
  Peer peer;
  std::int64_t id = 0;
  std::int32_t number = 0;
  std::uint32_t flags = 0;
  void fields(auto& codec) { codec(kind, ttl_period, text, users, peer, id, number, flags); }
  bool operator==(const Action&) const = default;
};

struct PollText {
  std::string text;
  std::vector<Entity> entities;
  void fields(auto& codec) { codec(text, entities); }
  bool operator==(const PollText&) const = default;
};
struct PollAnswer {
  PollText text;
  Bytes option;  // by which voters name it
  void fields(auto& codec) { codec(text, option); }
  bool operator==(const PollAnswer&) const = default;
};
// A poll as it was made (services/chats/new_poll.h); it never changes. Its votes, and whether it is closed,
// are in the store under its number (store/polls.h), the same for all messages that show it.
struct Poll {
  std::int64_t id = 0;
  UserId author;
  bool closed = false;  // from the start
  bool public_voters = false;
  bool multiple_choice = false;
  bool quiz = false;
  bool revoting_disabled = false;
  bool shuffle_answers = false;
  bool hide_results_until_close = false;
  PollText question;
  std::vector<PollAnswer> answers;
  std::int32_t close_period_s = 0;  // seconds after it was sent; 0: not given
  UnixSeconds close_date = 0;       // 0: not given
  std::int32_t correct = -1;        // of a quiz: the position of the right answer
  PollText solution;                // of a quiz; may be empty
  void fields(auto& codec) {
    codec(id, author, closed, public_voters, multiple_choice, quiz, revoting_disabled, shuffle_answers,
          hide_results_until_close, question, answers, close_period_s, close_date, correct, solution);
  }
  bool operator==(const Poll&) const = default;
};

enum class MediaKind : std::uint8_t {
  none = 0,
  contact = 1,
  geo = 2,
  venue = 3,
  photo = 4,
  document = 5,
  poll = 6,
};

struct Media {
  MediaKind kind = MediaKind::none;
  // contact
  std::string phone, first_name, last_name, vcard;
  UserId user;  // 0: no account known under that number
  // geo, venue: millionths of a degree
  std::int32_t latitude_e6 = 0, longitude_e6 = 0;
  std::int32_t accuracy_radius_m = 0;  // 0: not given
  std::string title, address, provider, venue_id, venue_type;
  // photo, document: as they were when sent; neither ever changes, and so a message can be shown without
  // looking for them
  std::optional<Photo> photo;
  std::optional<Document> document;
  bool spoiler = false;
  std::optional<Poll> poll;
  // photo, document: they go so many seconds after they were opened (services/chats/vanish.h); 0: they stay
  std::int32_t ttl_seconds = 0;
  UnixSeconds kept_until = 0;  // of one that was opened: when the message itself was to expire; 0: never
  void fields(auto& codec) {
    codec(kind, phone, first_name, last_name, vcard, user, latitude_e6, longitude_e6, accuracy_radius_m,
          title, address, provider, venue_id, venue_type, photo, document, spoiler, poll, ttl_seconds,
          kept_until);
  }
  bool operator==(const Media&) const = default;
};

// What a message said that is withheld (services/moderation/withheld.h). Nobody is shown it.
struct Withheld {
  std::string text;
  std::vector<Entity> entities;
  std::optional<Media> media;
  std::uint32_t flags = 0;  // of store::MessageFlag, those that go with it
  store::MessageKind kind = store::MessageKind::plain;
  void fields(auto& codec) { codec(text, entities, media, flags, kind); }
  bool operator==(const Withheld&) const = default;
};

// Where a message is not shown, and what is in its place there (safety/enforcement/acts.h).
struct Barred {
  std::string countries;  // "DE FR"
  std::string text;
  void fields(auto& codec) { codec(countries, text); }
  bool operator==(const Barred&) const = default;
};

struct MessageContent {
  std::vector<Entity> entities;
  std::optional<ReplyHeader> reply;
  std::optional<ForwardHeader> forward;
  UserId via_bot;
  std::optional<Action> action;
  std::optional<Media> media;
  Peer shown_as;  // in place of the account that wrote it: an anonymous administrator's group, a channel;
                  // of a post: the author whose profile it links to
  std::string author;  // signature of a post
  std::optional<Withheld> withheld;
  Peer discussion;                    // a post: the group that got a copy of it
  std::optional<Barred> barred;       // with message_barred
  std::optional<ReplyMarkup> markup;  // a bot's message
  void fields(auto& codec) {
    codec(entities, reply, forward, via_bot, action, media, shown_as, author, withheld, discussion, barred,
          markup);
  }
  bool operator==(const MessageContent&) const = default;
};

// Whether the message is not shown where this account is from (services/groups/barred.h). Costs nothing for
// messages that are shown everywhere.
Result<bool> is_barred_for(store::Tx& tx, const store::Message& message, UserId user);
// Takes those out.
Status drop_barred(store::Tx& tx, std::vector<store::Message>& messages, UserId user);

// What a message in an account's dialog with itself (`own`) is filed under: where it was saved from, or
// itself.
Peer saved_peer_of(const MessageContent& content, Peer own);

// How a search files a message that carries this.
store::MessageKind kind_of(const std::optional<Media>& media);

// Says that these media are somewhere from now on (services/chats/collect.h). Whoever writes a message calls
// it.
Status touch_media(store::Tx& tx, const std::optional<Media>& media, UnixSeconds now);

// Empty bytes for content that says nothing.
Bytes encode_content(const MessageContent& content);
// As decode(); internal CODEC_CORRUPT.
Result<MessageContent> decode_content(const store::Message& message);

}  // namespace heliograph::services
