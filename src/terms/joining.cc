#include <algorithm>

#include "terms/reading.h"

namespace heliograph::terms {

namespace {

bool gap(const RawCharacter& c) {
  return c.kind == CharacterKind::space || c.kind == CharacterKind::separator ||
         c.kind == CharacterKind::emoji;
}

// Words of one letter, in the languages that have them.
bool is_word(const RawCharacter& c) {
  constexpr std::u32string_view kWords = U"aioyeuиавксоуязійєбж";
  return kWords.find(c.letter) != kWords.npos;
}

struct Gap {
  std::size_t size = 0;   // characters
  std::size_t width = 0;  // the same, but "'" with what stands before it counts for nothing: "d.o.n.'.t"
  std::size_t spaces = 0;
  bool line_end = false;
};

constexpr std::size_t kGapMax = 7;

Gap measure(const std::vector<RawCharacter>& raw, std::size_t at) {
  Gap found;
  bool apostrophe = false;
  while (at + found.size < raw.size() && gap(raw[at + found.size]) && found.size <= kGapMax) {
    const auto& c = raw[at + found.size];
    if (c.kind == CharacterKind::space) ++found.spaces;
    if (c.written == '\n') found.line_end = true;
    apostrophe |= is_apostrophe(c);
    ++found.size;
  }
  found.width = found.size;
  if (apostrophe && found.size % 2 == 1 && found.size > 1) {
    found.width /= 2;
    found.spaces /= 2;
  }
  return found;
}

// A substitute set apart from everything is punctuation, unless letters set apart stand on both sides.
bool single(const std::vector<RawCharacter>& raw, std::size_t at) {
  if (!in_word(raw[at]) || raw[at].script == Script::unspaced) return false;
  if (at > 0 && in_word(raw[at - 1])) return false;
  // Marks that a letter cannot be read without go with it.
  return at + 1 >= raw.size() || !in_word(raw[at + 1]);
}

}  // namespace

void join_letters(std::vector<RawCharacter>& raw) {
  std::size_t write = 0;
  bool moved = false;
  const auto keep = [&](std::size_t from) {
    if (moved) raw[write] = raw[from];
    ++write;
  };
  std::size_t i = 0;
  while (i < raw.size()) {
    // The fast way out: most letters have a neighbour.
    if (!in_word(raw[i]) || (i + 1 < raw.size() && in_word(raw[i + 1]))) {
      while (i < raw.size() && in_word(raw[i])) keep(i++);
      while (i < raw.size() && !in_word(raw[i])) keep(i++);
      continue;
    }
    // raw[i] stands alone (nothing wordly before it: the loops above end at gaps).
    std::size_t last = i, before = i, letters = 0, digits = 0, consonants = 0;
    const auto count = [&](std::size_t at, std::size_t step) {
      const bool letter = raw[at].kind == CharacterKind::letter;
      (letter ? letters : digits) += step;
      if (!is_word(raw[at]) && (letter || at == i)) consonants += step;
    };
    count(i, 1);
    Gap base;
    bool dotted = false;
    while (last + 1 < raw.size()) {
      const auto between = measure(raw, last + 1);
      const std::size_t next = last + 1 + between.size;
      if (between.size == 0 || between.size > kGapMax || between.line_end || next >= raw.size() ||
          !single(raw, next)) {
        break;
      }
      if (base.size == 0) {
        base = between;
        dotted = between.spaces == 0;
      } else if (between.width < base.width || between.spaces < base.spaces) {
        // Wider gaps end words; a narrower one says that `last` begins another: "a   w o r d", "a w.o.r.d".
        count(last, std::size_t(0) - 1);
        last = before;
        break;
      }
      before = last;
      count(next, 1);
      last = next;
    }
    const auto total = letters + digits;
    const bool apart = letters >= 2 && letters >= digits && total >= 3 &&
                       (dotted || total >= 5 || (total == 4 && consonants >= 1) || consonants >= 2 ||
                        (total == 3 && consonants >= 1 && digits == 0));
    if (!apart) {
      while (i <= last) keep(i++);
      continue;
    }
    bool first = true;
    while (i <= last) {
      auto one = raw[i];
      one.joined = true;
      one.first_of_word = first;
      raw[write++] = one;
      moved = true;
      first = false;
      if (i == last) {
        ++i;
        break;
      }
      const auto between = measure(raw, i + 1);
      if (between.spaces > base.spaces) {
        auto space = raw[i + 1];
        space.kind = CharacterKind::space;
        space.letter = ' ';
        raw[write++] = space;
        first = true;
      }
      i += 1 + between.size;
    }
  }
  raw.resize(write);
}

}  // namespace heliograph::terms
