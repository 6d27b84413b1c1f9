#include "terms/query_guard.h"

#include <algorithm>
#include <array>

namespace heliograph::terms {

namespace {

constexpr std::size_t kQueryMost = 1024;
constexpr std::size_t kLettersLeast = 5;  // shorter words have too many neighbours
constexpr std::size_t kLettersMost = 32;
constexpr std::size_t kWordsMost = 64;

std::uint64_t hash_of(std::u32string_view letters) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char32_t c : letters) hash = (hash ^ c) * 1099511628211u;
  return hash ^ (hash >> 29);
}

// Edits between two words: insert, drop, replace, swap neighbours. More than `most` is most + 1.
std::size_t distance(std::u32string_view a, std::u32string_view b, std::size_t most) {
  if (a.size() > kLettersMost || b.size() > kLettersMost) return most + 1;
  if ((a.size() > b.size() ? a.size() - b.size() : b.size() - a.size()) > most) return most + 1;
  std::array<std::array<std::uint8_t, kLettersMost + 1>, 3> rows{};
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

// Misspellings allowed in a word of this length.
std::size_t tolerance(std::size_t letters) {
  return letters >= 9 ? 2 : letters >= 6 ? 1 : 0;
}

std::u32string_view latin_of(char32_t cyrillic) {
  switch (cyrillic) {
    case U'а':
      return U"a";
    case U'б':
      return U"b";
    case U'в':
      return U"v";
    case U'г':
      return U"g";
    case U'ґ':
      return U"g";
    case U'д':
      return U"d";
    case U'е':
      return U"e";
    case U'ё':
      return U"e";
    case U'є':
      return U"e";
    case U'ж':
      return U"zh";
    case U'з':
      return U"z";
    case U'и':
      return U"i";
    case U'і':
      return U"i";
    case U'ї':
      return U"i";
    case U'й':
      return U"i";
    case U'к':
      return U"k";
    case U'л':
      return U"l";
    case U'м':
      return U"m";
    case U'н':
      return U"n";
    case U'о':
      return U"o";
    case U'п':
      return U"p";
    case U'р':
      return U"r";
    case U'с':
      return U"s";
    case U'т':
      return U"t";
    case U'у':
      return U"u";
    case U'ф':
      return U"f";
    case U'х':
      return U"h";
    case U'ц':
      return U"ts";
    case U'ч':
      return U"ch";
    case U'ш':
      return U"sh";
    case U'щ':
      return U"sh";
    case U'ы':
      return U"i";
    case U'э':
      return U"e";
    case U'ю':
      return U"iu";
    case U'я':
      return U"ia";
    case U'ъ':
    case U'ь':
      return U"";
    default:
      return {};
  }
}

}  // namespace

// One spelling for what sounds alike: Cyrillic in Latin letters, c/k/q, ph/f, y/i, z/s, silent ends.
void QueryGuard::sounds(std::u32string_view letters, std::u32string& key) {
  key.clear();
  static thread_local std::u32string latin;
  latin.clear();
  for (const char32_t c : letters) {
    const auto spelt = latin_of(c);
    if (!spelt.empty() || c == U'ь' || c == U'ъ') {
      latin += spelt;
    } else {
      latin += c;
    }
  }
  for (std::size_t i = 0; i < latin.size(); ++i) {
    char32_t c = latin[i];
    const char32_t next = i + 1 < latin.size() ? latin[i + 1] : 0;
    if (c == 'p' && next == 'h') {
      c = 'f';
      ++i;
    } else if (c == 'c' && next == 'h') {
      c = 'x';
      ++i;
    } else if (c == 's' && next == 'h') {
      c = 'x';
      ++i;
    } else if (c == 'c') {
      if (next == 'k') ++i;
      c = next == 'e' || next == 'i' || next == 'y' ? U's' : U'k';
    } else if (c == 'q') {
      if (next == 'u') ++i;
      c = 'k';
    } else if (c == 'y' || c == 'j') {
      c = 'i';
    } else if (c == 'z') {
      if (next == 'h') ++i;
      c = 's';
    } else if (c == 'w') {
      c = 'v';
    } else if (c == 'h' && !key.empty() && key.back() != 'a' && key.back() != 'e' && key.back() != 'i' &&
               key.back() != 'o' && key.back() != 'u') {
      continue;  // silent after a consonant
    } else if (c == 'e' && next == 'a') {
      c = 'i';
      ++i;
    } else if ((c == 'e' || c == 'o') && next == c) {
      c = c == 'e' ? U'i' : U'u';
      ++i;
    }
    if (key.empty() || key.back() != c) key += c;
  }
  while (key.size() > 3 && (key.back() == 'e' || key.back() == 'h')) key.pop_back();
}

std::shared_ptr<const QueryGuard> QueryGuard::build(std::shared_ptr<const TermSet> set,
                                                    std::string_view ordinary, UnixSeconds now) {
  auto guard = std::make_shared<QueryGuard>();
  guard->set_ = std::move(set);
  Canonical canonical;
  std::u32string key;
  for (const auto& list : guard->set_->lists()) {
    for (const auto& term : list.terms) {
      // Words with conditions are everyday words elsewhere: a misspelling of these says nothing.
      if (term.state != TermState::active || (term.expires && *term.expires <= now) || !term.near.empty() ||
          term.kind == MatchKind::regex || term.effect < SearchEffect::demote) {
        continue;
      }
      canonicalise(term.text, canonical);
      Guarded guarded{&term, {}};
      bool digits = false;
      for (const auto& letter : canonical.letters) {
        guarded.letters.append(letter.run >= 2 ? 2 : 1, letter.base);
        digits |= letter.has(Letter::substitute) || (letter.written >= '0' && letter.written <= '9');
      }
      const bool words = std::ranges::any_of(canonical.letters, [&](const Letter& letter) {
        return &letter != canonical.letters.data() &&
               (letter.flags & (Letter::after_space | Letter::after_separator)) != 0;
      });
      if (words && guarded.letters.size() < 8) continue;  // "pro mia" is no neighbour of "promise"
      if (digits || guarded.letters.size() < kLettersLeast || guarded.letters.size() > kLettersMost) continue;
      const auto index = static_cast<std::uint32_t>(guard->guarded_.size());
      std::u32string shorter;
      guard->deletions_.push_back({hash_of(guarded.letters), index});
      for (std::size_t i = 0; i < guarded.letters.size() && tolerance(guarded.letters.size()) > 0; ++i) {
        shorter = guarded.letters;
        shorter.erase(i, 1);
        guard->deletions_.push_back({hash_of(shorter), index});
      }
      sounds(guarded.letters, key);
      if (key.size() >= kLettersLeast) guard->sounds_.push_back({hash_of(key), index});
      guard->guarded_.push_back(std::move(guarded));
    }
  }
  std::ranges::sort(guard->deletions_, {}, &Entry::hash);
  std::ranges::sort(guard->sounds_, {}, &Entry::hash);
  std::u32string word;
  while (!ordinary.empty()) {
    const auto cut = std::min(ordinary.find('\n'), ordinary.size());
    const auto line = ordinary.substr(0, cut);
    ordinary.remove_prefix(std::min(cut + 1, ordinary.size()));
    if (line.empty() || line.front() == '#') continue;
    canonicalise(line, canonical);
    word.clear();
    for (const auto& letter : canonical.letters) word.append(letter.run >= 2 ? 2 : 1, letter.base);
    guard->ordinary_.push_back(hash_of(word));
  }
  std::ranges::sort(guard->ordinary_);
  return guard;
}

const QueryGuard::Guarded* QueryGuard::nearest(std::u32string_view letters, GuardScratch&) const {
  if (letters.size() < kLettersLeast || letters.size() > kLettersMost) return nullptr;
  if (std::ranges::binary_search(ordinary_, hash_of(letters))) return nullptr;
  const Guarded* best = nullptr;
  std::size_t best_distance = 3;
  const auto look = [&](std::uint64_t hash) {
    for (auto at = std::ranges::lower_bound(deletions_, hash, {}, &Entry::hash);
         at != deletions_.end() && at->hash == hash; ++at) {
      const auto& guarded = guarded_[at->term];
      const auto most = std::min(tolerance(guarded.letters.size()), tolerance(letters.size() + 1));
      const auto edits = distance(letters, guarded.letters, most);
      // A first letter is seldom mistyped, and makes another word ("rocaine" is no cocaine; "bethadone"
      // neither).
      if (edits > most || (edits > 0 && letters.front() != guarded.letters.front() && edits > 1)) continue;
      if (edits < best_distance) best = &guarded, best_distance = edits;
    }
  };
  look(hash_of(letters));
  if (tolerance(letters.size() + 1) > 0 && best == nullptr) {
    std::u32string shorter;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      shorter = letters;
      shorter.erase(i, 1);
      look(hash_of(shorter));
    }
  }
  if (best != nullptr) return best;
  std::u32string key;
  sounds(letters, key);
  if (key.size() < kLettersLeast) return nullptr;
  const auto hash = hash_of(key);
  const auto at = std::ranges::lower_bound(sounds_, hash, {}, &Entry::hash);
  return at != sounds_.end() && at->hash == hash ? &guarded_[at->term] : nullptr;
}

const Term* QueryGuard::taken_for(std::string_view word, GuardScratch& scratch) const {
  canonicalise(word, scratch.canonical_);
  std::u32string letters;
  for (const auto& letter : scratch.canonical_.letters) letters.append(letter.run >= 2 ? 2 : 1, letter.base);
  const auto* guarded = nearest(letters, scratch);
  return guarded == nullptr ? nullptr : guarded->term;
}

void QueryGuard::check(std::string_view query, GuardScratch& scratch, GuardVerdict& verdict) const {
  query = query.substr(0, kQueryMost);
  const auto judge = [&](std::string_view text) {
    canonicalise(text, scratch.canonical_);
    set_->scan(scratch.canonical_, scratch.scratch_, scratch.hits_);
    auto effect = SearchEffect::allow;
    for (const auto& hit : scratch.hits_) effect = std::max(effect, hit.term->effect);
    return effect;
  };
  const auto keep = [&](SearchEffect effect, std::string_view text) {
    verdict.effect = effect;
    verdict.hits.clear();
    std::ranges::copy_if(scratch.hits_, std::back_inserter(verdict.hits),
                         [](const TermHit& hit) { return hit.term->effect >= SearchEffect::demote; });
    verdict.read_as = text;
  };
  keep(judge(query), query);
  if (verdict.effect == SearchEffect::block) return;

  // Again with each word that is close to a guarded one put right; conditions then hold for that text.
  judge(query);
  const auto& letters = scratch.canonical_.letters;
  std::string corrected;
  bool changed = false;
  std::u32string word, whole;
  std::size_t words = 0, whole_words = 0;
  const auto space = [&] {
    if (!corrected.empty()) corrected += ' ';
  };
  for (std::size_t i = 0; i < letters.size() && words < kWordsMost;) {
    std::size_t end = i;
    word.clear();
    do {
      word.append(letters[end].run >= 2 ? 2 : 1, letters[end].base);
      ++end;
    } while (end < letters.size() && !letters[end].has(Letter::after_space));
    ++words;
    space();
    if (const auto* guarded = nearest(word, scratch)) {
      corrected += guarded->term->text.substr(0, guarded->term->text.find('*'));
      changed = true;
    } else {
      corrected += query.substr(letters[i].begin, letters[end - 1].end - letters[i].begin);
    }
    whole += word;
    ++whole_words;
    i = end;
  }
  if (changed) {
    const auto effect = judge(corrected);
    if (effect > verdict.effect) keep(effect, corrected);
  }
  // A term of several words with a slip in one, or a word cut in two.
  if (verdict.effect == SearchEffect::allow && whole_words >= 2 && whole_words <= 4) {
    if (const auto* guarded = nearest(whole, scratch); guarded != nullptr && whole.size() >= 7) {
      const auto effect = judge(guarded->term->text);
      if (effect > verdict.effect) keep(effect, guarded->term->text);
    }
  }
  // "buyweed": two words run together, if they say enough to be blocked apart.
  if (verdict.effect == SearchEffect::allow && words == 1 && word.size() >= 6 && word.size() <= 24) {
    judge(query);
    const std::string_view all = query;
    for (std::size_t i = 3; i + 3 <= letters.size(); ++i) {
      corrected.assign(all.substr(0, letters[i].begin)).append(" ").append(all.substr(letters[i].begin));
      const auto effect = judge(corrected);
      if (effect == SearchEffect::block) return keep(effect, corrected);
      judge(query);  // `letters` are those of the query again
    }
  }
}

}  // namespace heliograph::terms
