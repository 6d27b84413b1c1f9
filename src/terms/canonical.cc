#include "terms/canonical.h"

#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>

#include "terms/reading.h"

namespace heliograph::terms {

namespace {

// The next code point, or 0xffffffff for a byte that is part of none. Moves `at` past it.
char32_t decode(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  constexpr char32_t kInvalid = 0xffffffff;
  std::size_t more = 0;
  char32_t code = 0, least = 0;
  if (lead < 0x80) {
    ++at;
    return lead;
  }
  if (lead >= 0xc2 && lead < 0xe0) {
    more = 1, code = lead & 0x1f, least = 0x80;
  } else if (lead >= 0xe0 && lead < 0xf0) {
    more = 2, code = lead & 0x0f, least = 0x800;
  } else if (lead >= 0xf0 && lead < 0xf5) {
    more = 3, code = lead & 0x07, least = 0x10000;
  } else {
    ++at;
    return kInvalid;
  }
  if (text.size() - at <= more) {
    ++at;
    return kInvalid;
  }
  for (std::size_t i = 1; i <= more; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) {
      ++at;
      return kInvalid;
    }
    code = (code << 6) | (byte(at + i) & 0x3f);
  }
  if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
    ++at;
    return kInvalid;
  }
  at += more + 1;
  return code;
}

const icu::Normalizer2* composer() {
  static const icu::Normalizer2* const made = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(status);
  }();
  return made;
}

// An accent after its letter: "e" + U+0301 reads é. A second one that does not belong is decoration, and then
// so is the first.
void add_mark(std::vector<RawCharacter>& raw, char32_t mark, std::uint32_t end) {
  if (raw.empty()) return;
  auto& last = raw.back();
  last.end = end;
  if (last.kind != CharacterKind::letter) return;
  if (last.marks < 255) ++last.marks;
  const auto* compose = composer();
  if (last.marks > 2 || compose == nullptr) {
    last.letter = last.base;
    return;
  }
  const auto composed = compose->composePair(static_cast<UChar32>(last.letter), static_cast<UChar32>(mark));
  if (composed < 0) {
    if (last.marks > 1 && last.script != Script::latin) last.letter = last.base;
    return;
  }
  const auto& info = character(static_cast<char32_t>(composed));
  last.letter = last.written = info.letter;
  if (last.script == Script::cyrillic)
    last.base = info.base, last.strong = info.strong, last.latin = info.latin;
}

void append(std::vector<RawCharacter>& raw, char32_t code, const Character& info, std::uint32_t begin,
            std::uint32_t end) {
  auto& added = raw.emplace_back();
  added.letter = added.written = info.letter;
  added.base = info.base;
  added.latin = info.latin;
  added.begin = begin;
  added.end = end;
  added.kind = info.kind;
  added.script = info.script;
  added.upper = info.upper;
  added.strong = info.strong;
  added.regional = code >= 0x1f1e6 && code <= 0x1f1ff;
  if (info.kind == CharacterKind::letter && code >= 0x1100 && raw.size() > 1) {
    // Conjoining Hangul.
    auto& before = raw[raw.size() - 2];
    if (code >= 0x1160 && code < 0x1200 && composer() != nullptr) {
      const auto composed =
          composer()->composePair(static_cast<UChar32>(before.letter), static_cast<UChar32>(code));
      if (composed >= 0) {
        before.letter = before.base = before.written = static_cast<char32_t>(composed);
        before.end = end;
        raw.pop_back();
        return;
      }
    }
  }
  if (info.extra != 0) {
    for (const char32_t more : expansion(info)) {
      const auto& part = character(more);
      auto& next = raw.emplace_back(raw.back());
      next.letter = next.written = more;
      next.base = part.base;
      next.latin = part.latin;
      next.kind = part.kind;
      next.script = part.script;
      next.strong = part.strong;
    }
  }
}

void read_characters(std::string_view original, std::vector<RawCharacter>& raw) {
  static const std::array<Character, 128> ascii = [] {
    std::array<Character, 128> made;
    for (char32_t c = 0; c < 128; ++c) made[c] = character(c);
    return made;
  }();
  raw.clear();
  std::size_t at = 0;
  while (at < original.size()) {
    const auto begin = static_cast<std::uint32_t>(at);
    const auto lead = static_cast<unsigned char>(original[at]);
    if (lead < 0x80) [[likely]] {
      ++at;
      append(raw, lead, ascii[lead], begin, begin + 1);
      continue;
    }
    const char32_t code = decode(original, at);
    if (code > 0x10ffff) continue;
    const auto end = static_cast<std::uint32_t>(at);
    const auto& info = character(code);
    switch (info.kind) {
      case CharacterKind::ignored:
        if (!raw.empty()) raw.back().end = end;
        break;
      case CharacterKind::mark:
        add_mark(raw, code, end);
        break;
      default:
        append(raw, code, info, begin, end);
    }
  }
}

// Regional indicators are flags in pairs, and letters where the pairs are no countries. Flags become
// pictures.
void read_flags(std::vector<RawCharacter>& raw) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (!raw[i].regional) continue;
    std::size_t end = i;
    while (end < raw.size() && raw[end].regional) ++end;
    bool flags = (end - i) % 2 == 0;
    const auto code = [&](std::size_t k) { return 0x1f1e6 + (raw[k].letter - 'a'); };
    for (std::size_t k = i; flags && k < end; k += 2) flags = is_flag(code(k), code(k + 1));
    if (flags) {
      for (std::size_t k = i; k < end; ++k) {
        raw[k].letter = raw[k].base = code(k);
        raw[k].kind = CharacterKind::emoji;
      }
    }
    i = end - 1;
  }
}

}  // namespace

void canonicalise(std::string_view original, Canonical& out) {
  out.text.clear();
  out.plain.clear();
  out.skeleton.clear();
  out.letters.clear();
  out.letter_at.clear();
  out.origin_at.clear();
  out.words = 0;
  original = original.substr(0, 0xffffffff);
  read_characters(original, out.raw);
  read_flags(out.raw);
  join_letters(out.raw);
  Reader(out).read();
}

}  // namespace heliograph::terms
