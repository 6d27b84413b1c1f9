// What somebody has begun to write and not sent (core.telegram.org/api/drafts): one per dialog, and one per
// topic or thread of a supergroup, shared by the account's devices.
#pragma once

#include <optional>

#include "services/caller.h"
#include "services/chats/reply.h"
#include "services/environment.h"

namespace heliograph::services {

struct Draft {
  std::string text;
  std::vector<Entity> entities;
  std::optional<ReplyTo> reply;
  UnixSeconds date = 0;
  bool no_webpage = false;
  bool invert_media = false;
  void fields(auto& codec) { codec(text, entities, reply, date, no_webpage, invert_media); }
};

// None when the dialog has none. internal CODEC_CORRUPT.
Result<std::optional<Draft>> draft_of(const store::Dialog& dialog);

// A draft without text and reply removes the one there is. It is a thread's where `draft.reply` names one
// (`top`), or answers what begins a topic. PEER_ID_INVALID, ENTITY_BOUNDS_INVALID, MESSAGE_TOO_LONG,
// TOPIC_ID_INVALID, MSG_ID_INVALID (no such thread).
Task<Status> save_draft(const Environment& environment, Caller caller, Peer peer, Draft draft);

// What `owner` has begun to write in a thread of a supergroup.
Result<std::optional<Draft>> thread_draft(store::Tx& tx, UserId owner, Peer peer, MessageId top);
// The same; with `top` 0 that of the dialog.
Task<Result<std::optional<Draft>>> current_draft(const Environment& environment, UserId owner, Peer peer,
                                                 MessageId top);

struct PeerDraft {
  Peer peer;
  MessageId top;  // of a thread; 0: of the dialog
  Draft draft;
};
Task<Result<std::vector<PeerDraft>>> all_drafts(const Environment& environment, UserId owner);
Task<Status> clear_all_drafts(const Environment& environment, Caller caller);

// Does nothing where there is none. `top`: a thread's, or 0.
Status clear_draft_in(store::Tx& tx, const Caller& origin, UnixSeconds now, UserId owner, Peer peer,
                      MessageId top = {});

}  // namespace heliograph::services
