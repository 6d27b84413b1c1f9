// What was reported or found, as it was at that moment. Later edits and deletions do not change it. Part of
// the stored format: fields are only added at the end.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/codec.h"
#include "base/peer.h"

namespace heliograph::safety {

struct Exhibit {
  Peer place;         // where it was said; of a private chat: the person on the other side
  MessageId message;  // 0: the name, text and picture of `place` itself
  UserId author;
  UnixSeconds date = 0;
  std::string title;  // of the place
  std::string text;
  std::vector<std::string> media;       // a line each: what it is, and the SHA-256 of its bytes
  std::vector<std::int64_t> media_ids;  // of the photos and documents themselves
  Bytes digest;                         // SHA-256 of all the above: see digest_of()
  void fields(auto& codec) { codec(place, message, author, date, title, text, media, media_ids, digest); }
};

// Of the exhibit without its digest, so that anybody who holds it can show that it is what was there.
Bytes digest_of(Exhibit exhibit);

inline constexpr std::size_t exhibits_max = 20;  // of one thing, from machines
// With its digest. What is kept already is kept once; beyond exhibits_max the newest takes the place of the
// one before it, so that what was there first stays.
void keep_exhibit(std::vector<Exhibit>& kept, Exhibit exhibit);

}  // namespace heliograph::safety
