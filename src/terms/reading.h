// How runs of characters become words. The inside of canonicalise().
#pragma once

#include "terms/canonical.h"

namespace heliograph::terms {

inline bool is_letter(const RawCharacter& c) {
  return c.kind == CharacterKind::letter;
}
inline bool is_digit(const RawCharacter& c) {
  return c.kind == CharacterKind::digit;
}
inline bool is_substitute(const RawCharacter& c) {
  return c.kind == CharacterKind::substitute;
}
inline bool in_word(const RawCharacter& c) {
  return is_letter(c) || is_digit(c) || is_substitute(c);
}

inline bool is_apostrophe(const RawCharacter& c) {
  return c.written == '\'' || c.written == 0x2019;
}

// Digits that are often written for letters. 2, 6, 8 and 9 are more often numbers.
inline bool leet_digit(char32_t c) {
  return c == '0' || c == '1' || c == '3' || c == '4' || c == '5' || c == '7';
}

// "b u y   w e e d", "w.e.e.d": takes out what stands between letters that were set apart one by one.
void join_letters(std::vector<RawCharacter>& raw);

// Reads out.raw word by word and fills the views of `out`.
class Reader {
 public:
  explicit Reader(Canonical& out) : out_(out), raw_(out.raw) {}
  void read();

 private:
  using Index = std::size_t;

  void survey();
  void word(Index begin, Index end);
  void piece(Index begin, Index end);
  bool throughout(Index begin, Index end, Index at) const;
  bool accept_substitute(Index begin, Index end, Index at) const;
  Script read_script(Index begin, Index end);
  void as_latin(RawCharacter& c);
  void as_cyrillic(RawCharacter& c);
  bool inner_digit_reads_as_letter(Index begin, Index end, Index at, Index letters) const;
  bool number_with_unit(Index begin, Index end) const;
  void read_digits(Index begin, Index end, Script script);
  void emit_word(Index begin, Index end, Script script);
  void emit_other(Index at);
  void emit(const RawCharacter& c, std::uint32_t end, std::uint8_t run, unsigned copies, std::uint16_t flags);
  void put(std::string& to, char32_t code);

  Canonical& out_;
  std::vector<RawCharacter>& raw_;
  std::uint32_t latin_ = 0, cyrillic_ = 0, greek_ = 0, strong_ = 0;
  bool message_is_leet_ = false;
  bool leet_throughout_ = false;   // short words, too
  bool dressed_ = false;           // in letters of another alphabet
  bool dressed_in_latin_ = false;  // the words are Cyrillic, the dress is Latin
  std::uint16_t gap_ = Letter::after_space;
  bool tag_ = false;
};

}  // namespace heliograph::terms
