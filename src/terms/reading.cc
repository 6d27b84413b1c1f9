#include "terms/reading.h"

#include <algorithm>

namespace heliograph::terms {

namespace {

bool reads_as_digit(const RawCharacter& c) {
  return is_digit(c) && c.letter == c.written;
}

}  // namespace

void Reader::put(std::string& to, char32_t code) {
  if (code < 0x80) {
    to.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    to.push_back(static_cast<char>(0xc0 | (code >> 6)));
    to.push_back(static_cast<char>(0x80 | (code & 0x3f)));
  } else if (code < 0x10000) {
    to.push_back(static_cast<char>(0xe0 | (code >> 12)));
    to.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3f)));
    to.push_back(static_cast<char>(0x80 | (code & 0x3f)));
  } else {
    to.push_back(static_cast<char>(0xf0 | (code >> 18)));
    to.push_back(static_cast<char>(0x80 | ((code >> 12) & 0x3f)));
    to.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3f)));
    to.push_back(static_cast<char>(0x80 | (code & 0x3f)));
  }
}

void Reader::read() {
  survey();
  Index i = 0;
  while (i < raw_.size()) {
    if (!in_word(raw_[i])) {
      emit_other(i++);
      continue;
    }
    Index end = i;
    const bool joined = raw_[i].joined;
    while (end < raw_.size() && in_word(raw_[end]) && raw_[end].joined == joined &&
           !(end > i && raw_[end].first_of_word)) {
      ++end;
    }
    word(i, end);
    i = end;
  }
  while (!out_.text.empty() && out_.text.back() == ' ') out_.text.pop_back();
  while (!out_.plain.empty() && out_.plain.back() == ' ') {
    out_.plain.pop_back();
    out_.origin_at.pop_back();
  }
}

// What alphabet the text is in, and whether it is written in leet or in look-alikes throughout: single words
// do not always tell.
void Reader::survey() {
  std::uint32_t words = 0, leet_words = 0, long_words = 0, edge_words = 0, like_latin = 0, like_own = 0;
  Index i = 0;
  while (i < raw_.size()) {
    if (!in_word(raw_[i])) {
      ++i;
      continue;
    }
    const Index begin = i;
    bool leet = false, edge = false;
    std::uint32_t latin = 0, foreign = 0, strong = 0, changes = 0;
    for (; i < raw_.size() && in_word(raw_[i]); ++i) {
      const auto& c = raw_[i];
      if (is_letter(c)) {
        latin += c.script == Script::latin;
        foreign += c.script != Script::latin;
        changes += i > begin && is_letter(raw_[i - 1]) && raw_[i - 1].script != c.script;
        cyrillic_ += c.script == Script::cyrillic;
        greek_ += c.script == Script::greek;
        strong += c.strong;
      } else if (i > begin && is_letter(raw_[i - 1]) && i + 1 < raw_.size() && is_letter(raw_[i + 1])) {
        leet |= c.written == '@' || c.written == '$' || leet_digit(c.written);
      } else if (c.written == '@' || c.written == '$' || leet_digit(c.written)) {
        // "h3", "heut3", "@ufs"; no "covid19"
        const bool digits =
            (i > begin && is_digit(raw_[i - 1])) || (i + 1 < raw_.size() && is_digit(raw_[i + 1]));
        edge |= !digits;
      }
    }
    ++words;
    leet_words += leet;
    edge_words += !leet && edge && latin + foreign > 0 && !number_with_unit(begin, i);
    long_words += i - begin >= 3;
    latin_ += latin;
    strong_ += strong;
    const bool root_and_ending = changes == 1 && latin >= 2 && foreign >= 2;  // "PDFки"
    if (latin > 0 && foreign > 0 && !root_and_ending) (strong == 0 ? like_latin : like_own) += 1;
  }
  message_is_leet_ = leet_words >= 2 && leet_words * 6 >= words;
  leet_throughout_ =
      leet_words >= 2 && leet_words + edge_words >= 3 && (leet_words + edge_words) * 3 >= long_words;
  // A word with letters of two alphabets is dressed up; where many are, those with no letter of their own
  // left are, too.
  const auto dressed = like_latin + like_own;
  dressed_ = dressed >= 2 && dressed * 5 >= words;
  if (dressed_) dressed_in_latin_ = like_latin <= like_own;
}

// [begin, end) holds letters, digits and substitutes without a gap. Cuts it where a substitute is
// punctuation.
void Reader::word(Index begin, Index end) {
  Index from = begin;
  for (Index i = begin; i < end; ++i) {
    if (!is_substitute(raw_[i]) || accept_substitute(begin, end, i)) continue;
    if (from < i) piece(from, i);
    emit_other(i);
    from = i + 1;
  }
  if (from < end) piece(from, end);
}

void Reader::piece(Index begin, Index end) {
  bool plain = !dressed_in_latin_;  // a-z without repetition: most words
  for (Index i = begin; i < end && plain; ++i) {
    const auto& c = raw_[i];
    plain = is_letter(c) && c.base == c.letter && c.base < 0x80 && !(i > begin && c.base == raw_[i - 1].base);
  }
  Script script = Script::latin;
  if (!plain) {
    script = read_script(begin, end);
    read_digits(begin, end, script);
  }
  emit_word(begin, end, script);
}

void Reader::emit_word(Index begin, Index end, Script script) {
  Index letters = 0;
  for (Index i = begin; i < end; ++i) letters += is_letter(raw_[i]);
  const bool number = letters == 0;
  // The least repetition: "kkiillll" is "kill" with each letter doubled.
  std::uint32_t least = 255, longest = 0;
  Index runs = 0;
  for (Index i = begin; i < end;) {
    Index next = i + 1;
    while (next < end && raw_[next].letter == raw_[i].letter) ++next;
    ++runs;
    if (reads_as_digit(raw_[i])) {
      i = next;
      continue;
    }
    least = std::min<std::uint32_t>(least, static_cast<std::uint32_t>(next - i));
    longest = std::max<std::uint32_t>(longest, static_cast<std::uint32_t>(next - i));
    i = next;
  }
  const bool squeeze = !number && longest >= 3 && runs > 1;
  const std::uint32_t divisor = !number && runs >= 3 && least >= 2 ? least : 1;
  for (Index i = begin; i < end;) {
    const auto& c = raw_[i];
    Index next = i + 1;
    if (!number) {
      while (next < end && raw_[next].letter == c.letter) ++next;
    }
    const bool digit = reads_as_digit(c);
    const auto times = static_cast<std::uint32_t>(next - i) / (digit ? 1 : divisor);
    unsigned copies = times;
    if (digit) {
      copies = times;
    } else if (squeeze && copies > 1)
      copies = divisor > 1 && times == 2 ? 2 : 1;
    if (!digit && !squeeze && copies > 3) copies = 3;
    std::uint16_t flags = gap_;
    gap_ = 0;
    if (c.joined) flags |= Letter::joined;
    if (tag_) flags |= Letter::tag;
    if (!number && !is_letter(c)) flags |= Letter::substitute;
    if (c.script == Script::unspaced && is_letter(c)) flags |= Letter::unspaced;
    if (i > begin) {
      const auto& before = raw_[i - 1];
      if (is_letter(before) && is_letter(c) && c.upper && !before.upper) flags |= Letter::soft_start;
      if (is_digit(before) != is_digit(c)) flags |= Letter::soft_start;
    }
    emit(c, raw_[next - 1].end,
         static_cast<std::uint8_t>(std::min<std::uint32_t>(times == 0 ? 1 : times, 255)),
         std::max(1u, copies), flags);
    i = next;
  }
  (void)script;
}

void Reader::emit(const RawCharacter& c, std::uint32_t end, std::uint8_t run, unsigned copies,
                  std::uint16_t flags) {
  auto& letter = out_.letters.emplace_back();
  letter.letter = c.letter;
  letter.base = c.base;
  letter.written = c.written;
  letter.begin = c.begin;
  letter.end = end;
  letter.word = out_.words;
  letter.run = run;
  letter.flags = flags;
  for (unsigned i = 0; i < copies; ++i) put(out_.text, c.letter);
  const auto plain = c.kind == CharacterKind::letter ? c.base : c.letter;
  for (unsigned i = 0; i < copies; ++i) put(out_.plain, plain);
  out_.origin_at.resize(out_.plain.size(), c.begin);
  const auto before = out_.skeleton.size();
  put(out_.skeleton, letter_class(c.base));
  letter.width = static_cast<std::uint8_t>(out_.skeleton.size() - before);
  out_.letter_at.resize(out_.skeleton.size(), static_cast<std::uint32_t>(out_.letters.size() - 1));
}

// Spaces, punctuation, pictures: in the readable views once, however often repeated; between letters as a
// flag.
void Reader::emit_other(Index at) {
  const auto& c = raw_[at];
  const bool blank = c.kind == CharacterKind::space;
  if (blank || c.kind == CharacterKind::emoji) {
    if (gap_ != Letter::after_space && !out_.letters.empty()) ++out_.words;
    gap_ = Letter::after_space;
    tag_ = false;
  } else if (gap_ == 0) {
    gap_ = Letter::after_separator;
  }
  if (c.letter == '#' || c.letter == '@') tag_ = true;
  const char32_t shown = blank ? U' ' : c.letter;
  if (blank && (out_.text.empty() || out_.text.back() == ' ')) return;
  if (!blank && at > 0 && raw_[at - 1].kind == c.kind && raw_[at - 1].letter == c.letter) return;
  put(out_.text, shown);
  put(out_.plain, shown);
  out_.origin_at.resize(out_.plain.size(), c.begin);
}

}  // namespace heliograph::terms
