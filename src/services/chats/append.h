// Adding messages to boxes, inside the transaction that decides on them: the message rows, the dialogs with
// their unread counters, and the update log that tells everybody's devices. Nothing here checks whether the
// message is allowed; the callers do, in the same transaction.
#pragma once

#include <string>
#include <vector>

#include "services/caller.h"
#include "services/chats/content.h"
#include "services/chats/reply.h"
#include "store/tx.h"

namespace heliograph::services {

inline constexpr std::size_t group_members_max = 200;  // of a basic group; help.getConfig says so too

// What is to be sent, before it is in any box.
struct Outgoing {
  UserId from;
  Peer to;  // the sender itself: saved messages
  UnixSeconds date = 0;
  std::uint32_t flags = 0;      // store::MessageFlag, without message_out
  std::int64_t random_id = 0;   // 0: none
  std::int32_t ttl_period = 0;  // seconds; 0: the message stays
  store::MessageKind kind = store::MessageKind::plain;
  MessageId thread;
  MessageId subthread;  // as of store::Message
  std::int64_t album = 0;
  std::string text;
  MessageContent content;         // without the reply
  std::optional<Reply> reply;     // said differently in each box
  std::vector<UserId> mentioned;  // groups: members whose attention it asks for
  std::string start;              // /start to a bot: what a link passed, for the bot alone
  Peer send_as;                   // whose it is to be shown as (services/chats/send_as.h); empty: not said
};

struct Appended {
  store::Message message;  // the sender's copy; of a channel: the message
  store::Update update;    // its entry in that box's log; of a duplicate: the box's present pts, count 0
  bool duplicate = false;  // random_id was used before: `message` is the first one, nothing was changed
};

// Stores and logs it: private chats and basic groups get a copy for everybody in them, on top of the dialog;
// a channel gets it once, whatever its size.
Result<Appended> append_message(store::Tx& tx, const Caller& origin, const Outgoing& message);

// What append_message() would give back for a random_id used before, without changing anything. None: not
// used.
Result<std::optional<Appended>> sent_before(store::Tx& tx, UserId from, Peer to, std::int64_t random_id);

// Puts an incoming message into `owner`'s box alone; the sender keeps no copy.
Result<store::Message> append_incoming(store::Tx& tx, UnixSeconds now, UserId owner, UserId from,
                                       std::string text, const MessageContent& content,
                                       std::uint32_t flags = 0);

// A message from the service account (777000): sign-in codes, notices. Only `to` keeps a copy. `buttons` open
// links: the service account does not listen.
Result<store::Message> send_notice(store::Tx& tx, UnixSeconds now, UserId to, std::string text,
                                   std::vector<Entity> entities = {},
                                   std::optional<ReplyMarkup> buttons = {});

// A service message about `from` in `owner`'s box alone, e.g. contact_sign_up. `silent`: clients show no
// alert.
Result<store::Message> append_action(store::Tx& tx, UnixSeconds now, UserId owner, UserId from, Action action,
                                     bool silent = false);

}  // namespace heliograph::services
