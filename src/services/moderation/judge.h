// Judging on the way into a box: the one function that everything people write in public passes.
#pragma once

#include "safety/enforcement/gate.h"
#include "services/chats/append.h"
#include "services/environment.h"
#include "services/groups/place.h"

namespace heliograph::services {

// append_message() for what an account writes in a group or channel. In public ones it is judged first: what
// may not be seen is appended as a tombstone, so that nobody is sent it; what is done is in the ledger, and
// the author is told, in the same transaction. USER_BANNED_IN_CHANNEL: the account is limited.
Result<Appended> append_judged(const Environment& environment, store::Tx& tx, const Caller& origin,
                               const Place& place, Outgoing message);

// What somebody reads or follows in a message, a line each; of one that is withheld, what it said; of a
// service message the title that it gives a topic, or nothing.
Result<std::string> judged_text(const store::Message& message);
// What a case and its author are shown of a message: its text, and what a poll in it asks.
Result<std::string> quoted_text(const store::Message& message);
// Where it is and what its author is there, at that time.
struct Judged {
  safety::Context context;
  safety::Writing writing;
};
Result<Judged> judged_of(store::Tx& tx, const store::Chat& chat, UserId author, MessageId message,
                         UnixSeconds now);

// An account has come into a place: many new ones at once say something about what they write there.
Status note_joined(const Environment& environment, store::Tx& tx, Peer place, UserId user, UnixSeconds now);

// A post that everybody can read, if it still is one.
struct OpenPost {
  store::Chat chat;
  store::Message message;
};
Result<std::optional<OpenPost>> open_post(store::Tx& tx, Peer place, MessageId id);

safety::Standing standing_of(const store::Account& account, UnixSeconds now);
// A judgement of a post that everybody sees already, if nothing (or less) was done about it before.
Status carry_out_on(const Environment& environment, store::Tx& tx, const store::Chat& chat,
                    const store::Message& post, const safety::Judgement& judgement);
// Judges one that stands in a channel that is public now.
Status judge_post(const Environment& environment, store::Tx& tx, const store::Chat& chat,
                  const store::Message& post);

// What is found at once, and whether there is more to look at.
struct FirstLook {
  safety::Judgement judgement;
  bool unseen = false;  // pictures of which nothing is known yet
};

// A judgement on its way through an edit: made before the new form is stored and shown...
struct JudgedEdit {
  FirstLook look;
  std::optional<store::Message> original;  // of what may not be seen: `edited` is a tombstone now
  std::optional<Barred> barred;            // where it may not be seen
};
Result<JudgedEdit> judge_edit(const Environment& environment, store::Tx& tx, UserId editor,
                              const Place& place, store::Message& edited);
// ... and carried out after that.
Status settle_edit(const Environment& environment, store::Tx& tx, const Place& place,
                   const store::Message& edited, const JudgedEdit& judged);

}  // namespace heliograph::services
