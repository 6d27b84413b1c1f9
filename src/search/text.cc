#include "search/text.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

#include "base/assert.h"

namespace heliograph::search {

namespace {

constexpr std::size_t unit_bytes_max = 64;
constexpr int marks_in_a_row_max = 8;
constexpr std::int32_t tag_max = 64;  // UTF-16 units

bool is_mark(UChar32 c) {
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

bool is_cjk(UChar32 c) {
  if (c < 0x1100) return false;
  switch (u_getIntPropertyValue(c, UCHAR_SCRIPT)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
      return u_isalpha(c);
    default:
      return c == 0x30fc || c == 0xff70;  // the long vowel mark belongs to both kana
  }
}

bool is_emoji(UChar32 c) {
  return c > 0x2000 && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC);
}

bool in_word(UChar32 c) {
  return c == '_' || u_isalnum(c) || is_mark(c);
}

// UTF-16, with what would make normalizing slow taken out.
icu::UnicodeString decode(std::string_view text) {
  icu::UnicodeString out(static_cast<std::int32_t>(text.size()), 0, 0);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  std::int32_t at = 0;
  int marks = 0;
  while (at < size) {
    UChar32 c;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) c = ' ';
    if (c >= 0x300 && is_mark(c)) {
      if (++marks > marks_in_a_row_max) continue;
    } else {
      marks = 0;
    }
    if (c == 0x640) continue;  // Arabic tatweel: only stretches
    if (c == 0x2019) c = '\'';
    out.append(c);
  }
  return out;
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string to_unit(const icu::UnicodeString& text, std::int32_t from, std::int32_t to) {
  std::string out;
  text.tempSubStringBetween(from, std::min(to, from + static_cast<std::int32_t>(unit_bytes_max)))
      .toUTF8String(out);
  if (out.size() > unit_bytes_max) out.resize(cut(out, unit_bytes_max).size());
  return out;
}

// ICU's break iterators keep state: one a thread.
icu::BreakIterator& words() {
  thread_local const std::unique_ptr<icu::BreakIterator> iterator = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
    HG_ASSERT(U_SUCCESS(error));
    return made;
  }();
  return *iterator;
}

const icu::Normalizer2& folding() {
  static const icu::Normalizer2& normalizer = [] -> const icu::Normalizer2& {
    UErrorCode error = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(error);
    HG_ASSERT(U_SUCCESS(error));
    return *found;
  }();
  return normalizer;
}

const icu::Normalizer2& decomposing() {
  static const icu::Normalizer2& normalizer = [] -> const icu::Normalizer2& {
    UErrorCode error = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFDInstance(error);
    HG_ASSERT(U_SUCCESS(error));
    return *found;
  }();
  return normalizer;
}

struct TagPlace {
  std::int32_t from = 0;  // after the sign
  std::int32_t to = 0;
};

std::vector<TagPlace> find_tags(const icu::UnicodeString& text, std::vector<std::string>& tags) {
  std::vector<TagPlace> places;
  const auto size = text.length();
  for (std::int32_t i = 0; i < size; ++i) {
    const auto sign = text.charAt(i);
    if (sign != '#' && sign != '$' && sign != '@') continue;
    const auto before = i > 0 ? text.char32At(i - 1) : 0;
    if (in_word(before) || before == '#' || before == '$' || before == '@') continue;
    auto end = i + 1;
    bool letter = false;
    while (end < size && end - i <= tag_max) {
      const auto c = text.char32At(end);
      if (sign == '#' ? !in_word(c) : !(c < 0x80 && in_word(c))) break;
      letter = letter || (!u_isdigit(c) && c != '_');
      end += U16_LENGTH(c);
    }
    if (!letter || (sign == '$' && end - i > 9)) continue;
    places.push_back({i + 1, end});
    tags.push_back(to_utf8(text.tempSubStringBetween(i, end)));
    i = end - 1;
  }
  return places;
}

class Cutter {
 public:
  Cutter(const icu::UnicodeString& text, std::size_t units_max) : text_(text), units_max_(units_max) {}

  Analysis run() {
    const auto places = find_tags(text_, out_.tags);
    std::size_t tag = 0;
    auto& iterator = words();
    iterator.setText(text_);
    auto from = iterator.first();
    for (auto to = iterator.next(); to != icu::BreakIterator::DONE && out_.units.size() < units_max_;
         from = to, to = iterator.next()) {
      // ICU keeps an e-mail address together, and @ with what follows also where nothing precedes it.
      while (from < to && text_.charAt(from) == '@') ++from;
      if (from == to) continue;
      while (tag < places.size() && from >= places[tag].to) ++tag;
      tag_ = tag < places.size() && from >= places[tag].from ? static_cast<int>(tag) : -1;
      piece(from, to, iterator.getRuleStatus());
    }
    return std::move(out_);
  }

 private:
  // What stands between two boundaries: a word, an ideograph or several, an emoji, or nothing of interest.
  void piece(std::int32_t from, std::int32_t to, std::int32_t status) {
    if (status >= UBRK_WORD_NONE && status < UBRK_WORD_NONE_LIMIT) {
      const auto c = text_.char32At(from);
      if (is_cjk(c)) {
        characters(from, to);
      } else if (is_emoji(c)) {
        // Without skin tone or variation: the first character stands for all of them.
        add({to_unit(text_, from, from + U16_LENGTH(c)), false, false, tag_}, to);
      }
      return;
    }
    auto at = from;
    while (at < to) {  // a word may mix, as "Tシャツ" does
      const auto c = text_.char32At(at);
      if (is_cjk(c)) {
        at = characters(at, to);
        continue;
      }
      auto end = at;
      while (end < to && !is_cjk(text_.char32At(end))) end += U16_LENGTH(text_.char32At(end));
      add({to_unit(text_, at, end), false, false, tag_}, end);
      at = end;
    }
  }

  std::int32_t characters(std::int32_t at, std::int32_t to) {
    while (at < to) {
      auto end = at + U16_LENGTH(text_.char32At(at));
      if (!is_cjk(text_.char32At(at))) break;
      while (end < to && is_mark(text_.char32At(end))) end += U16_LENGTH(text_.char32At(end));
      const bool joined = !out_.units.empty() && out_.units.back().cjk && end_ == at;
      add({to_unit(text_, at, end), true, joined, tag_}, end);
      at = end;
    }
    return at;
  }

  void add(Unit unit, std::int32_t end) {
    end_ = end;
    if (!unit.text.empty() && out_.units.size() < units_max_) out_.units.push_back(std::move(unit));
  }

  const icu::UnicodeString& text_;
  const std::size_t units_max_;
  Analysis out_;
  std::int32_t end_ = 0;  // where the last unit ended
  int tag_ = -1;
};

}  // namespace

Analysis analyze(std::string_view text, std::size_t bytes_max, std::size_t units_max) {
  UErrorCode error = U_ZERO_ERROR;
  const auto folded = folding().normalize(decode(text.substr(0, bytes_max)), error);
  if (U_FAILURE(error)) return {};
  return Cutter(folded, units_max).run();
}

std::vector<std::string_view> parts(std::string_view word) {
  constexpr std::string_view dividers = "._'-:,@";
  std::vector<std::string_view> out;
  if (word.find_first_of(dividers) == std::string_view::npos) return out;
  for (std::size_t at = 0; at < word.size();) {
    const auto end = std::min(word.find_first_of(dividers, at), word.size());
    if (end > at && end - at < word.size()) out.push_back(word.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string without_accents(std::string_view word) {
  if (std::ranges::all_of(word, [](char c) { return static_cast<std::uint8_t>(c) < 0x80; })) return {};
  const auto text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<int>(word.size())));
  UErrorCode error = U_ZERO_ERROR;
  const auto decomposed = decomposing().normalize(text, error);
  if (U_FAILURE(error)) return {};
  icu::UnicodeString out;
  bool changed = false;
  int script = USCRIPT_COMMON;
  UChar32 previous = 0;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const auto c = decomposed.char32At(i);
    if (!is_mark(c)) {
      script = u_getIntPropertyValue(c, UCHAR_SCRIPT);
      out.append(c);
      previous = c;
      continue;
    }
    const bool yo = c == 0x308 && previous == 0x435;
    if (script == USCRIPT_LATIN || script == USCRIPT_GREEK || yo) {
      changed = true;
    } else {
      out.append(c);
    }
  }
  if (!changed) return {};
  // Put together again what was not taken off (й).
  static const auto* composing = [] {
    UErrorCode failed = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(failed);
  }();
  return to_utf8(composing->normalize(out, error));
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<std::uint8_t>(c) & 0xc0) != 0x80; }));
}

std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<std::uint8_t>(text[bytes]) & 0xc0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

}  // namespace heliograph::search
