// Digits and symbols that are written for letters.
#include "terms/reading.h"

#include <algorithm>
#include <string_view>

namespace heliograph::terms {

namespace {

bool vowel(char32_t c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

}  // namespace

// Whether a symbol in a text that is leet throughout is a letter. "@friend" stays a name, which has five
// letters or more.
bool Reader::throughout(Index begin, Index end, Index at) const {
  switch (raw_[at].written) {
    case '@':
      return at > begin || end - begin <= 4;
    case '$':
      return true;
    case '!':
      return at + 1 < end && raw_[at + 1].written != '!';
    default:
      return false;
  }
}

bool Reader::accept_substitute(Index begin, Index end, Index at) const {
  const bool letter_before = at > begin && is_letter(raw_[at - 1]);
  const bool letter_after = at + 1 < end && is_letter(raw_[at + 1]);
  if (raw_[at].joined) {  // "f.u.n.!.!" ends in marks
    Index after = at + 1;
    while (after < end && raw_[after].written == '!') ++after;
    return at > begin && after < end;
  }
  const auto another = [&](Index i) {  // a neighbour that is read as a letter itself
    return in_word(raw_[i]) && !(raw_[at].written == '!' && raw_[i].written == '!');
  };
  const bool before = at > begin && another(at - 1);
  const bool after = at + 1 < end && another(at + 1);
  Index letters = 0;
  for (Index i = at > 16 ? std::max(begin, at - 16) : begin; i < end && i < at + 16; ++i)
    letters += is_letter(raw_[i]);
  if (letters == 0) return false;
  if (leet_throughout_ && throughout(begin, end, at)) return true;
  switch (raw_[at].written) {
    case '@': {
      // Not in an address (name@host.tld), nor where a mention starts.
      const bool address = end + 1 < raw_.size() && raw_[end].written == '.' && is_letter(raw_[end + 1]);
      if (at + 1 == end && letter_before && letters >= 3 && !address) return true;  // "mdm@"
      return before && after && (letter_before || letter_after) && !address;
    }
    case '$':
      if (letter_before && (at + 1 == end || raw_[at + 1].written == '$'))
        return letters >= 2 || at + 2 == end;
      if (at > begin && raw_[at - 1].written == '$' && at - 1 > begin) return at + 1 == end || letter_after;
      if (at == begin) return letter_after && letters >= 2;
      return before && after;
    case 0x20ac:
    case 0xa3:
      return letter_before && letter_after;
    case '!': {
      if (!before || !after || !(letter_before || letter_after)) return false;
      if (message_is_leet_ || !letter_before || !letter_after) return true;
      // "k!ll", "cannab!s", but not "wow!great": a left part without a vowel is no word, a right part of two
      // neither.
      Index left = at, right = at;
      bool vowel_before = false;
      for (; left > begin && is_letter(raw_[left - 1]) && at - left < 4; --left)
        vowel_before |= vowel(raw_[left - 1].base);
      while (right + 1 < end && is_letter(raw_[right + 1]) && right - at < 4) ++right;
      return !vowel(raw_[at - 1].base) && ((at - left <= 3 && !vowel_before) || right - at <= 2);
    }
    default:  // + |
      return letter_before && letter_after && message_is_leet_;
  }
}

bool Reader::inner_digit_reads_as_letter(Index begin, Index end, Index at, Index letters) const {
  // The block of digits around `at`, looked at no further than matters.
  Index left = at, right = at + 1;
  while (left > begin && is_digit(raw_[left - 1]) && right - left <= 2) --left;
  while (right < end && is_digit(raw_[right]) && right - left <= 2) ++right;
  if (right - left > 2 || left == begin || right == end) return false;
  if (letters < 2) return false;
  if (right - left == 2 && raw_[left].written == raw_[left + 1].written) return true;  // w33d
  for (Index i = left; i < right; ++i) {
    if (!leet_digit(raw_[i].written) && !(letters >= 3 && raw_[i].written == '8')) return false;
  }
  // mp3s, web3wallet, h1b: names with a number in them.
  const auto is = [&](std::u32string_view name) {
    if (left - begin != name.size()) return false;
    for (Index i = 0; i < name.size(); ++i) {
      if (raw_[begin + i].written != name[i]) return false;
    }
    return true;
  };
  return !(is(U"mp") || is(U"web") || is(U"ps") || is(U"gpt") || is(U"covid") || is(U"iphone"));
}

// "50g", "5k", "7th": what stays a number even where digits are letters.
bool Reader::number_with_unit(Index begin, Index end) const {
  Index i = begin;
  while (i < end && is_digit(raw_[i])) ++i;
  if (i == begin) return false;
  static constexpr std::u32string_view kUnits[] = {U"k",  U"g",  U"h",  U"d",  U"x",  U"m",  U"l", U"kg",
                                                   U"mg", U"ml", U"km", U"am", U"pm", U"th", U"cm"};
  return std::ranges::any_of(kUnits, [&](std::u32string_view unit) {
    return unit.size() == end - i &&
           std::equal(unit.begin(), unit.end(), raw_.begin() + i,
                      [](char32_t a, const RawCharacter& b) { return a == b.written; });
  });
}

// Digits that stand for letters become letters where the word leaves little doubt; in all others they keep
// their look, but are marked as substitutes for the term matcher.
void Reader::read_digits(Index begin, Index end, Script script) {
  Index letters = 0, others = 0;
  for (Index i = begin; i < end; ++i) (is_letter(raw_[i]) ? letters : others) += 1;
  if (leet_throughout_ && end - begin == 1 && others == 1) {  // "don'7"
    const auto meant = substitute_letter(raw_[begin].written, script);
    if (begin > 1 && is_apostrophe(raw_[begin - 1]) && is_letter(raw_[begin - 2]) && meant != 0)
      raw_[begin].letter = raw_[begin].base = meant;
    return;
  }
  if (others == 0 || letters == 0) return;
  const bool amount = number_with_unit(begin, end);
  if (amount && (raw_[begin].joined || message_is_leet_)) return;
  const bool throughout = leet_throughout_ && !amount;
  bool evidence = message_is_leet_ || raw_[begin].joined;
  for (Index i = begin; i < end && !evidence; ++i) {
    if (is_substitute(raw_[i])) evidence = true;
    if (is_digit(raw_[i]) && i > begin && i + 1 < end && inner_digit_reads_as_letter(begin, end, i, letters))
      evidence = true;
  }
  // "ki11", "se11"
  const bool ells = letters <= 3 && end - begin >= 4 && raw_[end - 1].written == '1' &&
                    raw_[end - 2].written == '1' && vowel(raw_[end - 3].base);
  for (Index i = begin; i < end; ++i) {
    auto& c = raw_[i];
    if (is_letter(c)) continue;
    auto meant = substitute_letter(c.written, script);
    if (meant == 0) continue;
    if (c.written == '1' || c.written == '!' || c.written == '|') {
      // i or l: l beside itself, after a vowel, and between these consonants and a vowel ("g1ass").
      const char32_t before = i > begin ? raw_[i - 1].letter : 0;
      const char32_t after = i + 1 < end ? raw_[i + 1].letter : 0;
      constexpr std::u32string_view kBeforeL = U"bcfgp";
      if (script != Script::cyrillic &&
          (ells || (vowel(before) && after != 'n' && after != 'r') || (before == 0 && vowel(after)) ||
           (after == c.written) || before == c.written ||
           (kBeforeL.find(before) != kBeforeL.npos && vowel(after)))) {
        meant = 'l';
      } else if (script == Script::cyrillic) {
        continue;
      }
    }
    c.base = meant;
    bool reads = is_substitute(c) || c.joined || (ells && i + 2 >= end) ||
                 (throughout && (leet_digit(c.written) || letters >= 2));
    if (is_digit(c) && evidence && !reads) {
      const bool inner = i > begin && i + 1 < end;
      const bool alone = (i == begin || !is_digit(raw_[i - 1])) && (i + 1 == end || !is_digit(raw_[i + 1]));
      reads = (inner && (leet_digit(c.written) || alone) &&
               (message_is_leet_ || inner_digit_reads_as_letter(begin, end, i, letters))) ||
              (!inner && alone && letters >= 2 && leet_digit(c.written));
    }
    if (reads) c.letter = meant;
  }
}

}  // namespace heliograph::terms
