#include "terms/reading.h"

#include <algorithm>

namespace heliograph::terms {

namespace {

bool is_letter(const RawCharacter& c) {
  return c.kind == CharacterKind::letter;
}
bool is_digit(const RawCharacter& c) {
  return c.kind == CharacterKind::digit;
}
bool is_substitute(const RawCharacter& c) {
  return c.kind == CharacterKind::substitute;
}
bool reads_as_digit(const RawCharacter& c) {
  return is_digit(c) && c.letter == c.written;
}
bool in_word(const RawCharacter& c) {
  return is_letter(c) || is_digit(c) || is_substitute(c);
}

bool vowel(char32_t c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

// Cyrillic letters of no large language, each the image of a Latin one.
bool rare_cyrillic(char32_t c) {
  return c == U'ԁ' || c == U'ԛ' || c == U'ԝ' || c == U'ҽ' || c == U'ѵ';
}

// Latin letters whose Cyrillic twin is seldom mistaken for them: they hold a word in Latin.
bool loose_twin(char32_t c) {
  return c == 'i' || c == 'j' || c == 'n' || c == 'r' || c == 's' || c == 'u';
}

// Digits that are often written for letters. 2, 6, 8 and 9 are more often numbers.
bool leet_digit(char32_t c) {
  return c == '0' || c == '1' || c == '3' || c == '4' || c == '5' || c == '7';
}

// Latin letters outside a-z that are letters of living languages, not shapes of a-z.
bool own_letter(char32_t c) {
  if (c < 0x180) return true;
  constexpr std::u32string_view kAfrican = U"əɛɔŋɗɓƙƴɖƒɣơưǝțș";
  return (c >= 0x1e00 && c < 0x1f00) || (c >= 0x1cd && c < 0x220) || kAfrican.find(c) != kAfrican.npos;
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

// What alphabet the text is in, and whether it is written in leet throughout: single words do not always
// tell.
void Reader::survey() {
  std::uint32_t words = 0, leet_words = 0;
  Index i = 0;
  while (i < raw_.size()) {
    if (!in_word(raw_[i])) {
      ++i;
      continue;
    }
    const Index begin = i;
    bool leet = false;
    for (; i < raw_.size() && in_word(raw_[i]); ++i) {
      const auto& c = raw_[i];
      if (is_letter(c)) {
        latin_ += c.script == Script::latin;
        cyrillic_ += c.script == Script::cyrillic;
        greek_ += c.script == Script::greek;
        strong_ += c.strong;
      } else if (i > begin && is_letter(raw_[i - 1]) && i + 1 < raw_.size() && is_letter(raw_[i + 1])) {
        leet |= c.written == '@' || c.written == '$' || leet_digit(c.written);
      }
    }
    ++words;
    leet_words += leet;
  }
  message_is_leet_ = leet_words >= 2 && leet_words * 6 >= words;
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

bool Reader::accept_substitute(Index begin, Index end, Index at) const {
  const bool letter_before = at > begin && is_letter(raw_[at - 1]);
  const bool letter_after = at + 1 < end && is_letter(raw_[at + 1]);
  if (raw_[at].joined) return at > begin && at + 1 < end;
  const auto another = [&](Index i) {  // a neighbour that is read as a letter itself
    return in_word(raw_[i]) && !(raw_[at].written == '!' && raw_[i].written == '!');
  };
  const bool before = at > begin && another(at - 1);
  const bool after = at + 1 < end && another(at + 1);
  Index letters = 0;
  for (Index i = at > 16 ? std::max(begin, at - 16) : begin; i < end && i < at + 16; ++i)
    letters += is_letter(raw_[i]);
  if (letters == 0) return false;
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

void Reader::as_latin(RawCharacter& c) {
  if (c.latin == 0) return;
  c.letter = c.base = c.written = c.latin;
  c.script = Script::latin;
}

void Reader::as_cyrillic(RawCharacter& c) {
  const auto twin = cyrillic_twin(c.base);
  if (twin == 0) return;
  c.letter = c.base = c.written = twin;
  c.script = Script::cyrillic;
}

// Settles which alphabet the word is in, and reads its foreign letters as that one's.
Script Reader::read_script(Index begin, Index end) {
  Index latin = 0, upper_latin = 0, cyrillic = 0, greek = 0, other = 0, strong_latin = 0, strong = 0,
        like_latin = 0;
  Index changes = 0, rare = 0, seldom = 0;
  Script before = Script::other;
  for (Index i = begin; i < end; ++i) {
    auto& c = raw_[i];
    if (!is_letter(c)) continue;
    if (c.script == Script::latin) {
      ++latin;
      strong_latin += cyrillic_twin(c.base) == 0 || loose_twin(c.base);
      upper_latin += c.upper;
      if (c.base > 'z' && c.latin != 0 && !own_letter(c.letter)) as_latin(c);
      if (c.base > 'z' && c.latin != 0) c.base = c.latin;
    } else if (c.script == Script::cyrillic) {
      ++cyrillic;
      strong += c.strong;
      rare += rare_cyrillic(c.letter);
      seldom += c.letter == U'ѕ' || c.letter == U'ј' || c.letter == U'һ' || c.letter == U'ү';
    } else if (c.script == Script::greek) {
      ++greek;
      strong += c.strong;
    } else {
      ++other;
    }
    if (c.script != Script::latin) like_latin += c.latin != 0;
    changes += i > begin && c.script != before;
    before = c.script;
  }
  const Index foreign = cyrillic + greek + other;
  if (foreign == 0) return Script::latin;
  const auto own = cyrillic > greek ? Script::cyrillic : greek > 0 ? Script::greek : raw_[begin].script;
  const auto all_latin = [&] {
    for (Index i = begin; i < end; ++i) {
      if (is_letter(raw_[i]) && raw_[i].script != Script::latin) as_latin(raw_[i]);
    }
    return Script::latin;
  };
  if (latin == 0) {
    const bool dressed = rare > 0 || (cyrillic > 0 && greek > 0);
    if (dressed && like_latin == foreign && strong == 0 && strong_ == 0) return all_latin();
    // A word of look-alikes only, in a text that is otherwise Latin throughout.
    const bool lonely =
        like_latin == foreign && strong == 0 && strong_ == 0 && latin_ >= 2 * (cyrillic_ + greek_);
    if (lonely && (other == 0 || latin_ > 2 * other)) return latin_ > 0 ? all_latin() : own;
    return own;
  }
  if (like_latin == 0) return own;
  // A foreign root with an ending of the language around it ("PDFки", "VIPы") is what it is.
  if (changes <= 1 && latin >= 2 && foreign >= 1 && raw_[begin].script == Script::latin &&
      ((strong > 0 && strong_latin > 0) || (upper_latin == latin && !raw_[end - 1].upper))) {
    return own;
  }
  bool latin_word = strong_latin > strong;
  if (strong_latin == strong)
    latin_word = latin > foreign || (latin == foreign && latin_ >= cyrillic_ + greek_);
  if (strong == 0 && strong_ == 0 && (latin_ >= cyrillic_ + greek_ || 2 * latin >= foreign))
    latin_word = true;
  // Three alphabets in a word, or letters of languages hardly written: it is dressed up, and meant to be
  // Latin.
  if (strong == 0 && (other > 0 || rare + seldom > 0 || (cyrillic > 0 && greek > 0))) latin_word = true;
  // Letters that nobody takes for Latin hold the word where it is, unless they are few.
  if (strong > 0 && latin_word && like_latin < foreign) latin_word = false;
  if (latin_word) return all_latin();
  if (cyrillic > 0) {
    for (Index i = begin; i < end; ++i) {
      if (is_letter(raw_[i]) && raw_[i].script == Script::latin) as_cyrillic(raw_[i]);
    }
  }
  return own;
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

// Digits that stand for letters become letters where the word leaves little doubt; in all others they keep
// their look, but are marked as substitutes for the term matcher.
void Reader::read_digits(Index begin, Index end, Script script) {
  Index letters = 0, others = 0;
  for (Index i = begin; i < end; ++i) (is_letter(raw_[i]) ? letters : others) += 1;
  if (others == 0 || letters == 0) return;
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
    bool reads = is_substitute(c) || c.joined || (ells && i + 2 >= end);
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

void Reader::piece(Index begin, Index end) {
  bool plain = true;  // a-z without repetition: most words
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
