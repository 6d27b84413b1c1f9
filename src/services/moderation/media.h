// What of a message's media the judge is shown, and what has still to be looked at.
#pragma once

#include <span>

#include "safety/hashes/media_print.h"
#include "services/chats/content.h"
#include "services/environment.h"
#include "services/files/prints.h"
#include "store/tx.h"

namespace heliograph::services {

struct JudgedMedia {
  std::vector<safety::MediaPrint> prints;
  // Pictures of which nothing is known yet, or which the model in use has not seen.
  std::vector<Looked> unseen;
};

// `image_model`: its name; empty: there is none.
Result<JudgedMedia> judged_media(store::Tx& tx, const std::optional<Media>& media,
                                 const std::string& image_model);
Result<JudgedMedia> judged_media(store::Tx& tx, const Photo& photo, const std::string& image_model);
// Of the picture that an account or a chat is shown with now.
Result<JudgedMedia> judged_media(store::Tx& tx, Peer peer, const std::string& image_model);
// Of a message, also of one that is withheld.
Result<JudgedMedia> judged_media(store::Tx& tx, const store::Message& message,
                                 const std::string& image_model);

// What evidence says of media: a line for each file with the SHA-256 of its bytes, and what to keep.
struct MediaEvidence {
  std::vector<std::string> lines;
  std::vector<std::int64_t> ids;
};
// Also of what is withheld.
MediaEvidence media_evidence(const MessageContent& content);
void add_lines(const std::vector<Looked>& files, std::string_view what, std::vector<std::string>& lines);

// Compares what is about to be sent in public with the lists, before the transaction that sends it: there,
// what was found is remembered, and takes no time. Does nothing for private places. `media` must stay until
// it returns, or is dropped. Errors: those of the store.
Task<Status> match_early(const Environment& environment, Peer to, std::span<const Media* const> media);

}  // namespace heliograph::services
