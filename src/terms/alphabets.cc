// Which alphabet a word is in.
#include "terms/reading.h"

#include <algorithm>
#include <string_view>

namespace heliograph::terms {

namespace {

// Cyrillic letters of no large language, each the image of a Latin one.
bool rare_cyrillic(char32_t c) {
  return c == U'ԁ' || c == U'ԛ' || c == U'ԝ' || c == U'ҽ' || c == U'ѵ';
}

// Latin letters whose Cyrillic twin is seldom mistaken for them: they hold a word in Latin.
bool loose_twin(char32_t c) {
  return c == 'i' || c == 'j' || c == 'n' || c == 'r' || c == 's' || c == 'u';
}

// Latin letters outside a-z that are letters of living languages, not shapes of a-z.
bool own_letter(char32_t c) {
  if (c < 0x180) return true;
  constexpr std::u32string_view kAfrican = U"əɛɔŋɗɓƙƴɖƒɣơưǝțș";
  return (c >= 0x1e00 && c < 0x1f00) || (c >= 0x1cd && c < 0x220) || kAfrican.find(c) != kAfrican.npos;
}

}  // namespace

void Reader::as_latin(RawCharacter& c) {
  if (c.latin == 0) return;
  c.letter = c.base = c.written = c.latin;
  c.script = Script::latin;
}

void Reader::as_cyrillic(RawCharacter& c) {
  const auto twin = is_letter(c) && c.script == Script::latin ? cyrillic_twin(c.base) : 0;
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
  if (foreign == 0) {
    const auto twin = [](const RawCharacter& c) { return !is_letter(c) || cyrillic_twin(c.base) != 0; };
    if (!dressed_in_latin_ || !std::all_of(raw_.begin() + begin, raw_.begin() + end, twin))
      return Script::latin;
    for (Index i = begin; i < end; ++i) as_cyrillic(raw_[i]);
    return Script::cyrillic;
  }
  const auto own = cyrillic > greek ? Script::cyrillic : greek > 0 ? Script::greek : raw_[begin].script;
  const auto all_latin = [&] {
    for (Index i = begin; i < end; ++i) {
      if (is_letter(raw_[i]) && raw_[i].script != Script::latin) as_latin(raw_[i]);
    }
    return Script::latin;
  };
  if (latin == 0) {
    if (dressed_ && !dressed_in_latin_ && like_latin == foreign && strong == 0) return all_latin();
    const bool dressed = rare > 0 || (cyrillic > 0 && greek > 0);
    if (dressed && like_latin == foreign && strong == 0 && strong_ == 0) return all_latin();
    // A word of look-alikes only, in a text that is otherwise Latin throughout.
    const bool lonely =
        like_latin == foreign && strong == 0 && strong_ == 0 && latin_ >= 2 * (cyrillic_ + greek_);
    if (lonely && (other == 0 || latin_ > 2 * other)) return latin_ > 0 ? all_latin() : own;
    return own;
  }
  if (like_latin == 0) {
    const bool inside = changes >= 2 || dressed_;  // "любoй"
    for (Index i = begin; i < end && cyrillic > 0 && strong_latin == 0 && inside; ++i) as_cyrillic(raw_[i]);
    return own;
  }
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
  if (dressed_ && strong == 0 && strong_latin == 0) latin_word = !dressed_in_latin_;
  // Letters that nobody takes for Latin hold the word where it is, unless they are few.
  if (strong > 0 && latin_word && like_latin < foreign) latin_word = false;
  if (latin_word) return all_latin();
  if (cyrillic > 0) {
    for (Index i = begin; i < end; ++i) as_cyrillic(raw_[i]);
  }
  return own;
}

}  // namespace heliograph::terms
