// How runs of characters become words. The inside of canonicalise().
#pragma once

#include "terms/canonical.h"

namespace heliograph::terms {

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
  bool accept_substitute(Index begin, Index end, Index at) const;
  Script read_script(Index begin, Index end);
  void as_latin(RawCharacter& c);
  void as_cyrillic(RawCharacter& c);
  bool inner_digit_reads_as_letter(Index begin, Index end, Index at, Index letters) const;
  void read_digits(Index begin, Index end, Script script);
  void emit_word(Index begin, Index end, Script script);
  void emit_other(Index at);
  void emit(const RawCharacter& c, std::uint32_t end, std::uint8_t run, unsigned copies, std::uint16_t flags);
  void put(std::string& to, char32_t code);

  Canonical& out_;
  std::vector<RawCharacter>& raw_;
  std::uint32_t latin_ = 0, cyrillic_ = 0, greek_ = 0, strong_ = 0;
  bool message_is_leet_ = false;
  std::uint16_t gap_ = Letter::after_space;
  bool tag_ = false;
};

}  // namespace heliograph::terms
