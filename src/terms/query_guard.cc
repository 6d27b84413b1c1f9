#include "terms/query_guard.h"

#include <algorithm>
#include <unordered_map>

#include "terms/character.h"

namespace heliograph::terms {

namespace {

constexpr std::size_t kQueryMost = 1024;
constexpr std::size_t kWordsMost = 32;
constexpr std::size_t kJoinedLeast = 8;  // letters of a term of several words: "pro mia" is no "promise"
constexpr std::size_t kSplitMost = 24;   // letters of words run together

std::uint64_t hash_letters(std::u32string_view letters) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char32_t c : letters) hash = (hash ^ c) * 1099511628211u;
  return hash ^ (hash >> 29);
}

// "en" of "en-GB" or "en_us".
std::string_view language_of(std::string_view tag) {
  return tag.substr(0, tag.find_first_of("-_"));
}

bool same_letters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

void append_code(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

// Code points; bytes that are no UTF-8 are left out.
std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t more = lead < 0x80 ? 0 : lead < 0xc0 ? 9 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (more == 9 || i + more >= text.size()) {
      ++i;
      continue;
    }
    char32_t code = more == 0 ? lead : lead & (0x3fu >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      code = code << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3fu);
    }
    if (code <= 0x10ffff) out += code;
    i += more + 1;
  }
  return out;
}

std::string utf8_of(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_code(out, c);
  return out;
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == ' '; });
}

bool wordly(const Character& c) {
  return c.kind == CharacterKind::letter || c.kind == CharacterKind::digit ||
         c.kind == CharacterKind::substitute;
}

// "co❄️ca-ine" as "cocaine": what stands inside words and is no part of them.
std::u32string undecorated(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    if (wordly(character(text[i])) || out.empty() || !wordly(character(out.back()))) {
      out += text[i++];
      continue;
    }
    auto end = i;
    while (end < text.size() && !wordly(character(text[end])) &&
           character(text[end]).kind != CharacterKind::space) {
      ++end;
    }
    if (end == i || end == text.size() || character(text[end]).kind == CharacterKind::space) {
      out += text.substr(i, std::max<std::size_t>(end - i, 1));
      i = std::max(end, i + 1);
    } else {
      i = end;
    }
  }
  return out;
}

// "f4k3 p4$$p0rt": every digit as a letter. `one`: what 1 is written for.
std::u32string undigited(std::u32string_view text, char32_t one) {
  bool cyrillic = false, letters = false, digits = false;
  for (const char32_t c : text) {
    const auto& read = character(c);
    cyrillic |= read.script == Script::cyrillic;
    letters |= read.kind == CharacterKind::letter;
    digits |= read.kind == CharacterKind::digit || read.kind == CharacterKind::substitute;
  }
  if (!letters || !digits) return std::u32string(text);
  std::u32string out;
  for (const char32_t c : text) {
    const auto& read = character(c);
    const bool stands = read.kind == CharacterKind::digit || read.kind == CharacterKind::substitute;
    const auto script = cyrillic ? Script::cyrillic : Script::latin;
    const char32_t letter = !stands                 ? 0
                            : c == '1' && !cyrillic ? one
                                                    : substitute_letter(read.letter, script);
    out += letter != 0 ? letter : c;
  }
  return out;
}

struct Scripts {
  bool latin = false, cyrillic = false;
};
Scripts scripts_of(std::u32string_view text) {
  Scripts found;
  for (const char32_t c : text) {
    const auto script = character(c).script;
    found.latin |= script == Script::latin;
    found.cyrillic |= script == Script::cyrillic;
  }
  return found;
}

// Every letter as the one of the other alphabet that it looks like.
std::u32string all_latin(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text) {
    const auto& read = character(c);
    out += read.script == Script::cyrillic && read.latin != 0 ? read.latin : c;
  }
  return out;
}
std::u32string all_cyrillic(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text) {
    const auto& read = character(c);
    const auto twin = read.script == Script::latin ? cyrillic_twin(read.letter) : 0;
    out += twin != 0 ? twin : c;
  }
  return out;
}

// The texts that a query may be meant as, itself first.
std::vector<std::string> readings(std::string_view query) {
  std::vector<std::string> out{std::string(query)};
  if (is_plain(query)) return out;
  const auto add = [&out](std::u32string_view text) {
    auto reading = utf8_of(text);
    if (std::ranges::find(out, reading) == out.end()) out.push_back(std::move(reading));
  };
  const auto plain = undecorated(code_points(query));
  add(plain);
  std::vector<std::u32string> spelt{plain};
  for (const char32_t one : {U'i', U'l'}) {
    auto letters = undigited(plain, one);
    if (std::ranges::find(spelt, letters) == spelt.end()) spelt.push_back(std::move(letters));
  }
  const auto scripts = scripts_of(plain);
  for (const auto& text : spelt) {
    add(text);
    if (!scripts.latin || !scripts.cyrillic) continue;
    add(all_latin(text));
    add(all_cyrillic(text));
  }
  return out;
}

void append_letters(std::u32string& out, const Letter& letter) {
  out.append(letter.run >= 2 ? 2 : 1, letter.base);
}

bool begins_word(const Letter& letter) {
  return (letter.flags & (Letter::after_space | Letter::after_separator)) != 0;
}

}  // namespace

bool holds_for(const Term& term, const Asker& asker) {
  if (!term.countries.empty() && std::ranges::none_of(term.countries, [&](const std::string& country) {
        return same_letters(country, asker.country);
      })) {
    return false;
  }
  return term.locale.empty() || asker.language.empty() ||
         same_letters(language_of(term.locale), language_of(asker.language));
}

void QueryGuard::add(const Term& term, Canonical& canonical) {
  canonicalise(term.text, canonical);
  std::u32string all, part;
  std::string written;
  bool digits = false, several = false;
  const auto end_part = [&](bool last) {
    if (part.size() >= 4 && (several || !last)) {
      parts_.add(part, static_cast<std::uint32_t>(spellings_.size()));
      spellings_.push_back({written, &term});
    }
    part.clear();
    written.clear();
  };
  for (std::size_t i = 0; i < canonical.letters.size(); ++i) {
    const auto& letter = canonical.letters[i];
    if (i > 0 && begins_word(letter)) {
      end_part(false);
      several = true;
    }
    digits |= letter.has(Letter::substitute) || (letter.written >= '0' && letter.written <= '9');
    append_letters(all, letter);
    append_letters(part, letter);
    for (int n = 0; n < (letter.run >= 2 ? 2 : 1); ++n) append_code(written, letter.letter);
  }
  end_part(true);
  // A digit more or less is another thing.
  if (digits || (several && all.size() < kJoinedLeast)) return;
  whole_.add(all, static_cast<std::uint32_t>(spellings_.size()));
  spellings_.push_back({term.text.substr(0, term.text.find('*')), &term});
}

std::shared_ptr<const QueryGuard> QueryGuard::build(std::shared_ptr<const TermSet> set,
                                                    std::string_view ordinary, UnixSeconds now) {
  auto guard = std::make_shared<QueryGuard>();
  guard->set_ = std::move(set);
  Canonical canonical;
  std::u32string word;
  const auto add_ordinary = [&](std::string_view text) {
    canonicalise(text, canonical);
    word.clear();
    for (const auto& letter : canonical.letters) append_letters(word, letter);
    guard->ordinary_.push_back(hash_letters(word));
  };
  for (const auto& list : guard->set_->lists()) {
    for (const auto& term : list.terms) {
      if (term.state != TermState::active || (term.expires && *term.expires <= now) ||
          term.kind == MatchKind::regex || term.effect < SearchEffect::allow) {
        continue;
      }
      if (term.effect == SearchEffect::allow) {
        add_ordinary(term.text);
      } else {
        guard->add(term, canonical);
      }
    }
  }
  guard->whole_.finish();
  guard->parts_.finish();
  while (!ordinary.empty()) {
    const auto cut = std::min(ordinary.find('\n'), ordinary.size());
    const auto line = ordinary.substr(0, cut);
    ordinary.remove_prefix(std::min(cut + 1, ordinary.size()));
    if (line.empty() || line.front() == '#') continue;
    add_ordinary(line);
  }
  std::ranges::sort(guard->ordinary_);
  return guard;
}

std::uint32_t QueryGuard::nearest(const Neighbours& among, std::u32string_view letters) const {
  const auto found = among.nearest(letters);
  if (found == Neighbours::none) return found;
  return std::ranges::binary_search(ordinary_, hash_letters(letters)) ? Neighbours::none : found;
}

std::string QueryGuard::taken_for(std::string_view word, GuardScratch& scratch) const {
  canonicalise(word, scratch.canonical_);
  std::u32string letters;
  for (const auto& letter : scratch.canonical_.letters) append_letters(letters, letter);
  if (whole_.has(letters) || parts_.has(letters)) return {};
  const auto whole = nearest(whole_, letters);
  const auto found = whole != Neighbours::none ? whole : nearest(parts_, letters);
  return found == Neighbours::none ? std::string() : spellings_[found].text;
}

// One query on its way through the guard.
class QueryGuard::Judge {
 public:
  Judge(const QueryGuard& guard, const Asker& asker, GuardScratch& scratch, GuardVerdict& verdict)
      : guard_(guard), asker_(asker), scratch_(scratch), verdict_(verdict) {}

  bool blocked() const { return verdict_.effect == SearchEffect::block; }
  bool passed() const { return verdict_.effect < SearchEffect::demote; }

  // What the terms say of the text as it stands; kept if it is stronger than what was said before.
  SearchEffect text(std::string_view reading) {
    canonicalise(reading, scratch_.canonical_);
    guard_.set_->scan(scratch_.canonical_, scratch_.scratch_, scratch_.hits_);
    std::erase_if(scratch_.hits_, [&](const TermHit& hit) { return !holds_for(*hit.term, asker_); });
    auto effect = SearchEffect::allow;
    for (const auto& hit : scratch_.hits_) effect = std::max(effect, hit.term->effect);
    if (effect > verdict_.effect || verdict_.read_as.empty()) {
      verdict_.effect = effect;
      verdict_.hits.clear();
      std::ranges::copy_if(scratch_.hits_, std::back_inserter(verdict_.hits),
                           [](const TermHit& hit) { return hit.term->effect >= SearchEffect::demote; });
      verdict_.read_as = reading;
    }
    return effect;
  }

  // The same again, what is close to a guarded word put right; conditions then hold for that text.
  void slips(std::string_view reading) {
    text(reading);
    if (blocked()) return;
    take_words(reading);
    const auto& words = scratch_.words_;
    correct(words, guard_.parts_, guard_.whole_);
    if (!blocked()) correct(words, guard_.whole_, guard_.parts_);
    if (!passed()) return;
    // A term of several words with a slip in one, or a word cut in two.
    if (words.size() >= 2 && words.size() <= 4) {
      std::u32string all;
      for (const auto& word : words) all += word.letters;
      const auto found = all.size() >= 7 ? guard_.nearest(guard_.whole_, all) : Neighbours::none;
      if (found != Neighbours::none) text(guard_.spellings_[found].text);
    }
    if (words.size() == 1) run_together(words.front());
  }

 private:
  void take_words(std::string_view reading) {
    auto& words = scratch_.words_;
    words.clear();
    const auto& letters = scratch_.canonical_.letters;
    for (std::size_t i = 0; i < letters.size() && words.size() < kWordsMost;) {
      auto end = i;
      auto& word = words.emplace_back();
      do {
        append_letters(word.letters, letters[end]);
        ++end;
      } while (end < letters.size() && !letters[end].has(Letter::after_space));
      word.text = reading.substr(letters[i].begin, letters[end - 1].end - letters[i].begin);
      i = end;
    }
  }

  void correct(const std::vector<GuardScratch::Word>& words, const Neighbours& first,
               const Neighbours& second) {
    std::string corrected;
    bool changed = false;
    for (const auto& word : words) {
      if (!corrected.empty()) corrected += ' ';
      // What is one of the words as it is was meant as that.
      const bool meant = guard_.whole_.has(word.letters) || guard_.parts_.has(word.letters);
      auto found = meant ? Neighbours::none : guard_.nearest(first, word.letters);
      if (found == Neighbours::none && !meant) found = guard_.nearest(second, word.letters);
      if (found == Neighbours::none) {
        corrected += word.text;
      } else {
        corrected += guard_.spellings_[found].text;
        changed |= guard_.spellings_[found].text != word.text;
      }
    }
    if (changed) text(corrected);
  }

  // "buyweed": two words in one, the one or the other guarded.
  void run_together(const GuardScratch::Word& word) {
    const auto letters = std::u32string_view(word.letters);
    if (letters.size() < 6 || letters.size() > kSplitMost) return;
    for (std::size_t i = 3; i + 3 <= letters.size(); ++i) {
      const auto left = letters.substr(0, i), right = letters.substr(i);
      if (!guard_.whole_.has(left) && !guard_.whole_.has(right)) continue;
      GuardVerdict before = verdict_;
      // Only what is blocked apart: words hold other words ("therapist").
      if (text(utf8_of(left) + " " + utf8_of(right)) == SearchEffect::block) return;
      verdict_ = std::move(before);
    }
  }

  const QueryGuard& guard_;
  const Asker& asker_;
  GuardScratch& scratch_;
  GuardVerdict& verdict_;
};

void QueryGuard::check(std::string_view query, const Asker& asker, GuardScratch& scratch,
                       GuardVerdict& verdict) const {
  query = query.substr(0, kQueryMost);
  verdict.effect = SearchEffect::allow;
  verdict.hits.clear();
  verdict.read_as.clear();
  Judge judge(*this, asker, scratch, verdict);
  for (const auto& reading : readings(query)) {
    judge.slips(reading);
    if (judge.blocked()) return;
  }
}

}  // namespace heliograph::terms
