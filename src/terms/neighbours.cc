#include "terms/neighbours.h"

#include <algorithm>
#include <array>
#include <bit>

namespace heliograph::terms {

namespace {

std::uint64_t hash_of(std::u32string_view letters) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char32_t c : letters) hash = (hash ^ c) * 1099511628211u;
  hash ^= hash >> 32;
  hash *= 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 29);
}
// Of the letters but for the one at `left_out`.
std::uint64_t hash_without(std::u32string_view letters, std::size_t left_out) {
  std::uint64_t hash = 14695981039346656037u;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i != left_out) hash = (hash ^ letters[i]) * 1099511628211u;
  }
  hash ^= hash >> 32;
  hash *= 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 29);
}

constexpr std::size_t edits_most = 2;

// Insert, drop, replace, swap neighbours. More than two is three.
std::size_t edits_between(std::u32string_view a, std::u32string_view b) {
  constexpr auto most = edits_most;
  if ((a.size() > b.size() ? a.size() - b.size() : b.size() - a.size()) > most) return most + 1;
  // What they have in common at both ends needs no looking at.
  while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  if (a.empty() || b.empty()) return std::min(a.size() + b.size(), most + 1);
  std::array<std::array<std::uint8_t, Neighbours::letters_most + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& before = rows[(i + 2) % 3];
    const auto& second = rows[(i + 1) % 3];
    row[0] = static_cast<std::uint8_t>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto best = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = std::min(best, second[j - 2] + 1);
      row[j] = static_cast<std::uint8_t>(best);
    }
  }
  return std::min<std::size_t>(rows[a.size() % 3][b.size()], most + 1);
}

enum class Slip : std::uint8_t { swapped, missing, doubled, beside, other };

bool is_beside(char32_t a, char32_t b) {
  constexpr std::array<std::u32string_view, 6> rows = {U"qwertyuiop",   U"asdfghjkl",   U"zxcvbnm",
                                                       U"йцукенгшщзхъ", U"фывапролджэ", U"ячсмитьбю"};
  for (const auto row : rows) {
    const auto at = row.find(a);
    if (at == row.npos) continue;
    return (at > 0 && row[at - 1] == b) || (at + 1 < row.size() && row[at + 1] == b);
  }
  return false;
}

// What the one edit between them is.
Slip slip_of(std::u32string_view word, std::u32string_view meant) {
  std::size_t at = 0;
  while (at < word.size() && at < meant.size() && word[at] == meant[at]) ++at;
  if (word.size() == meant.size()) {
    if (at + 1 < word.size() && word[at] == meant[at + 1] && word[at + 1] == meant[at]) return Slip::swapped;
    return is_beside(word[at], meant[at]) ? Slip::beside : Slip::other;
  }
  if (word.size() < meant.size()) return Slip::missing;
  return at > 0 && word[at - 1] == word[at] ? Slip::doubled : Slip::other;
}

std::u32string_view latin_of(char32_t c, bool open) {
  // From а on, in the order of the alphabet.
  constexpr std::array<std::u32string_view, 32> letters = {
      U"a", U"b", U"v", U"g", U"d", U"e", U"zh", U"z", U"i", U"i", U"k", U"l", U"m", U"n", U"o",  U"p",
      U"r", U"s", U"t", U"u", U"f", U"h", U"ts", U"S", U"S", U"S", U"",  U"i", U"",  U"e", U"iu", U"ia"};
  if (c == U'о' && open) return U"a";  // where it is not stressed
  if (c >= U'а' && c <= U'я') return letters.at(c - U'а');
  switch (c) {
    case U'ґ':
      return U"g";
    case U'ё':
    case U'є':
      return U"e";
    case U'і':
    case U'ї':
      return U"i";
    default:
      return {};
  }
}

bool is_cyrillic_letter(char32_t c) {
  return (c >= U'а' && c <= U'я') || c == U'ґ' || c == U'ё' || c == U'є' || c == U'і' || c == U'ї';
}

bool is_vowel(char32_t c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

// Two letters that are one sound, and the sound.
char32_t sound_of_pair(char32_t a, char32_t b) {
  if (b == 'h') {
    if (a == 's' || a == 'c') return U'S';
    if (a == 'p') return 'f';
    if (a == 'k') return 'h';
    if (a == 'z') return 's';
    if (a == 't' || a == 'g') return a;
  }
  if (a == 'c' && b == 'k') return 'k';
  if (a == 'q' && b == 'u') return 'k';
  if ((a == 'e' && (b == 'a' || b == 'e'))) return 'i';
  if (a == 'o' && (b == 'o' || b == 'u')) return 'u';
  return 0;
}

// One spelling for what sounds alike. `plain`: as one writes letter by letter (c is k, о is o); else as one
// hears it (c before e is s, an unstressed о is a).
void sounds(std::u32string_view letters, bool plain, std::u32string& latin, std::u32string& key) {
  latin.clear();
  key.clear();
  for (const char32_t c : letters) {
    if (is_cyrillic_letter(c)) {
      latin += latin_of(c, !plain);
    } else {
      latin += c;
    }
  }
  const auto put = [&key](char32_t c) {
    if (key.empty() || key.back() != c) key += c;
  };
  for (std::size_t i = 0; i < latin.size(); ++i) {
    const char32_t c = latin[i];
    const char32_t next = i + 1 < latin.size() ? latin[i + 1] : 0;
    if (const auto pair = sound_of_pair(c, next); pair != 0) {
      put(pair);
      ++i;
    } else if (c == 'x') {
      put('k');
      put('s');
    } else if (c == 'c') {
      put(!plain && (next == 'e' || next == 'i' || next == 'y') ? U's' : U'k');
    } else if (c == 'q') {
      put('k');
    } else if (c == 'y' || c == 'j') {
      put('i');
    } else if (c == 'z') {
      put('s');
    } else if (c == 'w') {
      put('v');
    } else if (c == 'h' && !key.empty() && !is_vowel(key.back())) {
      continue;  // silent after a consonant
    } else {
      put(c);
    }
  }
  while (key.size() > 3 && (key.back() == 'e' || key.back() == 'h')) key.pop_back();
}

bool has_cyrillic(std::u32string_view letters) {
  return std::ranges::any_of(letters, is_cyrillic_letter);
}

}  // namespace

void Neighbours::Table::finish() {
  slots.assign(std::bit_ceil(std::max<std::size_t>(filling.size() * 2, 8)), Slot{});
  const auto mask = slots.size() - 1;
  for (const auto& [hash, entry] : filling) {
    auto at = hash & mask;
    while (slots[at].entry != none) at = (at + 1) & mask;
    slots[at] = {static_cast<std::uint32_t>(hash >> 32), entry};
  }
  filling.clear();
  filling.shrink_to_fit();
}

template <typename Each>
void Neighbours::Table::each(std::uint64_t hash, const Each& found) const {
  const auto mask = slots.size() - 1;
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  for (auto at = hash & mask; slots[at].entry != none; at = (at + 1) & mask) {
    if (slots[at].tag == tag) found(slots[at].entry);
  }
}

void Neighbours::add(std::u32string letters, std::uint32_t value) {
  if (letters.size() < letters_least || letters.size() > letters_most) return;
  const auto index = static_cast<std::uint32_t>(entries_.size());
  spelt_.add(hash_of(letters), index);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i > 0 && letters[i] == letters[i - 1]) continue;  // the same as without the one before
    spelt_.add(hash_without(letters, i), index);
  }
  std::u32string latin, key, other;
  sounds(letters, true, latin, key);
  heard_.add(hash_of(key), index);
  sounds(letters, false, latin, other);
  if (other != key) heard_.add(hash_of(other), index);
  const bool cyrillic = has_cyrillic(letters);
  entries_.push_back({std::move(letters), value, cyrillic});
}

void Neighbours::finish() {
  spelt_.finish();
  heard_.finish();
}

bool Neighbours::has(std::u32string_view letters) const {
  bool there = false;
  if (letters.size() < letters_least || letters.size() > letters_most) return false;
  spelt_.each(hash_of(letters), [&](std::uint32_t index) { there |= entries_[index].letters == letters; });
  return there;
}

bool Neighbours::close(std::u32string_view word, const Entry& entry, std::size_t edits) const {
  const auto& meant = entry.letters;
  const auto size = meant.size();
  const bool loose = care_ == Care::loose;
  if (edits == 0) return true;
  // A first letter is seldom mistyped, and makes another word: "rocaine" is no cocaine, "bethadone" no
  // methadone.
  if (word.front() != meant.front()) return edits == 1 && size >= 9;
  if (edits == 2) return size >= (loose ? 8U : 9U);
  if (size >= 6) return true;
  const auto slip = slip_of(word, meant);
  if (size == 5) return slip != Slip::other;
  if (size == 4) return slip == Slip::swapped || slip == Slip::doubled || (loose && slip != Slip::other);
  return slip == Slip::doubled;
}

// Short sounds say little, but in another alphabet.
std::size_t Neighbours::heard_least(const Entry& entry, bool cyrillic) const {
  return care_ == Care::loose || entry.cyrillic != cyrillic ? 4 : 5;
}

std::uint32_t Neighbours::nearest(std::u32string_view letters) const {
  if (letters.size() < letters_least || letters.size() > letters_most || entries_.empty()) return none;
  std::uint32_t best = none;
  std::size_t best_edits = edits_most + 1;
  const auto look = [&](std::uint32_t index) {
    const auto& entry = entries_[index];
    const auto edits = edits_between(letters, entry.letters);
    if (edits >= best_edits || !close(letters, entry, edits)) return;
    best = entry.value, best_edits = edits;
  };
  spelt_.each(hash_of(letters), look);
  for (std::size_t i = 0; i < letters.size() && best_edits > 1; ++i) {
    if (i > 0 && letters[i] == letters[i - 1]) continue;
    spelt_.each(hash_without(letters, i), look);
  }
  if (best != none) return best;
  static thread_local std::u32string latin, key, other;
  const bool cyrillic = has_cyrillic(letters);
  const auto hear = [&](std::u32string_view heard) {
    heard_.each(hash_of(heard), [&](std::uint32_t index) {
      if (best == none && heard.size() >= heard_least(entries_[index], cyrillic))
        best = entries_[index].value;
    });
  };
  sounds(letters, true, latin, key);
  hear(key);
  if (best != none) return best;
  sounds(letters, false, latin, other);
  if (other != key) hear(other);
  return best;
}

}  // namespace heliograph::terms
