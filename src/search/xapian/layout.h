// How documents lie in Xapian: terms, the value of each document, the data of each document, metadata.
//
// Terms begin with an ASCII capital that says what they are; words have none, because folding leaves no
// capitals. A stem is only written where it differs from the word, and so is a word without accents:
//   word, #tag, $tag, @name   of a post; CJK: each character, and each two that touch
//   Y<word>                   of a post: a word that had accents, without them
//   Z<code><stem>             of a post: a stem in the post's language
//   L<code>                   the post's language
//   U<word>                   of a peer's usernames and title
//   A<word>                   of its about text
//   N<username>               a whole username
//   K<key> P<peer> S<peer> M<trait> D<p or c>   key, peer, sender, trait, post or card
// There are no positions: Xapian stores a row for every word of every document, which took more than all the
// rest together. Phrases are checked against the text, which the data of the document holds.
#pragma once

#include <xapian.h>

#include <array>
#include <string>

#include "base/codec.h"
#include "search/document.h"

namespace heliograph::search {

// The first document gets this number, the next the number below, and so on: Xapian walks a list of postings
// in ascending order, and so meets what is new first and can stop early.
constexpr Xapian::docid first_docid = 4'000'000'000;

constexpr std::string_view layout_version = "2";
constexpr Xapian::valueno facts_slot = 0;

// What ranking needs of every candidate, in the document's one value.
struct Facts {
  std::uint32_t date = 0;    // 0: a peer
  std::uint16_t weight = 0;  // size and verification, in score units
  std::uint16_t since = 0;   // the day its channel, group or person was made, counted from 1970; 0: not known

  static constexpr std::size_t size = 8;
  std::string packed() const;
  static Facts unpacked(const std::string& value);
};

// The document's data.
struct Stored {
  Peer peer;
  std::int32_t message = 0;
  std::string sequence;  // the units, a blank before, between and after them
  void fields(auto& codec) { codec(peer, message, sequence); }
  Key key() const { return {peer, message}; }
};

std::string key_term(const Key& key);
std::string peer_term(char prefix, Peer peer);
std::string trait_term(int bit);
inline std::string language_term(std::string_view code) {
  return "L" + std::string(code);
}
inline std::string stem_term(std::string_view code, std::string_view stem) {
  return "Z" + std::string(code) + std::string(stem);
}

}  // namespace heliograph::search
