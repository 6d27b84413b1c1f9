// Keeping one dialog's row true to the messages in it, inside a transaction.
#pragma once

#include "services/caller.h"
#include "store/tx.h"

namespace heliograph::services {

// Call after messages have gone or the draft has changed: sets the top message and the date again and stores
// the dialog, or erases it when nothing keeps it (no message, draft, pin, mark, or time to live).
Status settle_dialog(store::Tx& tx, store::Dialog& dialog);

// Takes one message away with what was answered to it: mentions, views, the count of its thread, and once no
// copy is left reactions, and votes in a poll that no other message shows.
// Dialogs and the log are the caller's to see to.
Status erase_with_responses(store::Tx& tx, const store::Message& message);

// Takes messages out of one box: rows, dialogs with their counters, and the log; with posts of a channel
// their copies in its discussion group. All of `messages` are in `owner`'s box and exist. Returns the log's
// entry; with no messages an entry with the present pts and count 0.
Result<store::Update> erase_from_box(store::Tx& tx, const Caller& origin, UnixSeconds now, BoxId owner,
                                     const std::vector<store::Message>& messages);

// An answer for "nothing changed": the box's present pts, count 0.
Result<store::Update> unchanged(store::Tx& tx, BoxId box);

// Call when something came in: brings a dialog back from the archive, unless it is muted there or its owner
// wants archived dialogs to stay.
Status return_from_archive(store::Tx& tx, UnixSeconds now, store::Dialog& dialog);

}  // namespace heliograph::services
