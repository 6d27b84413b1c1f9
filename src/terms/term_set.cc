#include "terms/term_set.h"

#include <hs/hs.h>

#include <algorithm>
#include <cstring>
#include <thread>
#include <tuple>
#include <unordered_map>

namespace heliograph::terms {

namespace {

// Vectorscan's compile time grows faster than the number of literals; shards of this size keep it linear.
constexpr std::size_t kShardTerms = 10'000;
constexpr std::size_t kGroupsMost = 64;
constexpr std::size_t kCandidatesMost = 20'000;
constexpr std::size_t kRegexWidthMost = 200;

struct DatabaseCloser {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};
using Database = std::unique_ptr<hs_database_t, DatabaseCloser>;

struct PatternLetter {
  char32_t base = 0;
  char32_t written = 0;
  std::uint8_t run = 1;
  bool gap = false;  // a new word of the term starts here
  bool substitute = false;
};

struct Pattern {
  const Term* term = nullptr;
  std::uint32_t first = 0;  // into Inside::letters
  std::uint32_t count = 0;
  std::uint32_t length = 0;  // letters, repeated ones as often as they are
  bool any_ending = false;
  std::uint64_t groups = 0;    // it is a cue of
  std::uint64_t near = 0;      // it needs one of
  std::uint64_t not_near = 0;  // it must have none of
  bool reported = false;
};

std::string describe(const Term& term) {
  return term.id + " (line " + std::to_string(term.line) + ")";
}

}  // namespace

struct Candidate {
  std::uint32_t id = 0;
  std::uint32_t end = 0;
  std::uint32_t begin = 0;
};

struct TermScratch::Parts {
  hs_scratch_t* scratch = nullptr;
  std::weak_ptr<const int> prepared;
  std::vector<Candidate> candidates;
  std::vector<TermHit> found;
  std::vector<std::uint64_t> cues;
};

TermScratch::TermScratch() : parts_(std::make_unique<Parts>()) {}
TermScratch::~TermScratch() {
  if (parts_->scratch != nullptr) hs_free_scratch(parts_->scratch);
}

struct TermSet::Inside {
  std::vector<TermList> lists;
  std::string version;
  std::vector<PatternLetter> letters;
  std::vector<Pattern> patterns;       // literal ones first, then regular expressions
  std::vector<std::uint32_t> same;     // pattern indices by skeleton: those of literal i are
  std::vector<std::uint32_t> same_at;  // same[same_at[i] .. same_at[i + 1])
  std::vector<Database> shards;
  Database regexes;
  bool conditions = false;  // some term has near or not_near
  std::shared_ptr<const int> mark = std::make_shared<const int>(0);

  bool starts_word(const Letter& letter, std::size_t length) const;
  bool matches(const Pattern& pattern, const Canonical& text, std::size_t first, bool& disguised) const;
  bool prepare(TermScratch::Parts& scratch) const;
};

std::optional<std::string> regex_fault(std::string_view expression) {
  const std::string text(expression);
  if (text.find('\0') != text.npos) return "holds a zero byte";
  hs_expr_info_t* info = nullptr;
  hs_compile_error_t* error = nullptr;
  constexpr unsigned kFlags = HS_FLAG_UTF8 | HS_FLAG_SOM_LEFTMOST;
  if (hs_expression_info(text.c_str(), kFlags, &info, &error) != HS_SUCCESS) {
    std::string why = error != nullptr ? error->message : "not understood";
    hs_free_compile_error(error);
    return why;
  }
  const auto widest = info->max_width;
  const auto least = info->min_width;
  std::free(info);
  if (widest == UINT32_MAX) return "an unbounded repeat (*, + or {n,}); write {n,m}";
  if (widest > kRegexWidthMost) return "may match more than 200 bytes";
  if (least < 2) return "may match fewer than two bytes";
  hs_database_t* database = nullptr;
  if (hs_compile(text.c_str(), kFlags, HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS) {
    std::string why = error != nullptr ? error->message : "cannot be compiled";
    hs_free_compile_error(error);
    return why;
  }
  hs_free_database(database);
  return std::nullopt;
}

TermSet::TermSet(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
TermSet::~TermSet() = default;

std::size_t TermSet::size() const {
  return inside_->patterns.size();
}
const std::string& TermSet::version() const {
  return inside_->version;
}
std::span<const TermList> TermSet::lists() const {
  return inside_->lists;
}

namespace {

class Groups {
 public:
  Result<std::uint64_t> bits(const std::vector<std::string>& names, const Term& term, bool defines) {
    std::uint64_t all = 0;
    for (const auto& one : names) {
      const auto found = std::ranges::find(names_, one);
      const auto at = static_cast<std::size_t>(found - names_.begin());
      if (found == names_.end()) {
        if (!defines) {
          return fail(Error::invalid("TERMS_INVALID", describe(term) + ": no term has group=" + one));
        }
        if (names_.size() == kGroupsMost) {
          return fail(Error::invalid("TERMS_INVALID", describe(term) + ": more than 64 groups"));
        }
        names_.push_back(one);
      }
      all |= std::uint64_t{1} << at;
    }
    return all;
  }

 private:
  std::vector<std::string> names_;
};

Result<Database> compile_literals(std::span<const std::string> literals, std::uint32_t first_id) {
  std::vector<const char*> texts;
  std::vector<unsigned> flags, ids;
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    texts.push_back(literals[i].data());
    sizes.push_back(literals[i].size());
    flags.push_back(0);
    ids.push_back(first_id + static_cast<unsigned>(i));
  }
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), sizes.data(),
                           static_cast<unsigned>(literals.size()), HS_MODE_BLOCK, nullptr, &database,
                           &error) != HS_SUCCESS) {
    std::string why = error != nullptr ? error->message : "unknown";
    hs_free_compile_error(error);
    return fail(Error::invalid("TERMS_INVALID", "Vectorscan: " + why));
  }
  return Database(database);
}

}  // namespace

Result<std::shared_ptr<const TermSet>> TermSet::build(std::vector<TermList> lists, UnixSeconds now) {
  auto inside = std::make_unique<Inside>();
  inside->lists = std::move(lists);
  Groups groups;
  const auto live = [now](const Term& term) {
    return term.state == TermState::active && (!term.expires || *term.expires > now);
  };
  for (const auto& list : inside->lists) {
    if (!inside->version.empty()) inside->version += ' ';
    inside->version += list.name + "@" + list.version;
    for (const auto& term : list.terms) {
      if (!term.group.empty()) HG_TRY(groups.bits({term.group}, term, true));
    }
  }
  std::vector<std::string> literals;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_skeleton;
  std::vector<Pattern> regexes;
  Canonical canonical;
  for (const auto& list : inside->lists) {
    for (const auto& term : list.terms) {
      if (!live(term)) continue;
      Pattern pattern;
      pattern.term = &term;
      if (!term.group.empty()) {
        HG_ASSIGN(pattern.groups, groups.bits({term.group}, term, true));
      }
      HG_ASSIGN(pattern.near, groups.bits(term.near, term, false));
      HG_ASSIGN(pattern.not_near, groups.bits(term.not_near, term, false));
      inside->conditions |= (pattern.near | pattern.not_near) != 0;
      pattern.reported = term.category.has_value() || term.effect != SearchEffect::none;
      if (term.kind == MatchKind::regex) {
        regexes.push_back(pattern);
        continue;
      }
      std::string_view text = term.text;
      while (text.ends_with('*')) {
        pattern.any_ending = true;
        text.remove_suffix(1);
      }
      canonicalise(text, canonical);
      pattern.first = static_cast<std::uint32_t>(inside->letters.size());
      pattern.count = static_cast<std::uint32_t>(canonical.letters.size());
      for (const auto& letter : canonical.letters) {
        pattern.length += letter.run;
        inside->letters.push_back({letter.base, letter.written, letter.run,
                                   letter.has(Letter::after_space) || letter.has(Letter::after_separator),
                                   letter.has(Letter::substitute)});
      }
      // A cue may end anywhere in letters set apart ("b u y w e e d"): by itself it says nothing.
      if (pattern.groups != 0 && pattern.length == 3) pattern.length = 4;
      auto [slot, fresh] = by_skeleton.try_emplace(canonical.skeleton);
      if (fresh) literals.push_back(canonical.skeleton);
      slot->second.push_back(static_cast<std::uint32_t>(inside->patterns.size()));
      inside->patterns.push_back(pattern);
    }
  }
  for (const auto& literal : literals) {
    inside->same_at.push_back(static_cast<std::uint32_t>(inside->same.size()));
    const auto& mine = by_skeleton[literal];
    inside->same.insert(inside->same.end(), mine.begin(), mine.end());
  }
  inside->same_at.push_back(static_cast<std::uint32_t>(inside->same.size()));

  const auto shards = (literals.size() + kShardTerms - 1) / kShardTerms;
  std::vector<Result<Database>> made(shards);
  const auto work = [&](std::size_t from, std::size_t step) {
    for (std::size_t i = from; i < shards; i += step) {
      const auto begin = i * kShardTerms;
      const auto count = std::min(kShardTerms, literals.size() - begin);
      made[i] =
          compile_literals(std::span(literals).subspan(begin, count), static_cast<std::uint32_t>(begin));
    }
  };
  if (shards > 1) {
    std::jthread other(work, 1, 2);
    work(0, 2);
  } else {
    work(0, 1);
  }
  for (auto& one : made) {
    HG_ASSIGN(auto database, std::move(one));
    inside->shards.push_back(std::move(database));
  }

  if (!regexes.empty()) {
    std::vector<const char*> texts;
    std::vector<unsigned> flags, ids;
    for (const auto& pattern : regexes) {
      texts.push_back(pattern.term->text.c_str());
      flags.push_back(HS_FLAG_UTF8 | HS_FLAG_SOM_LEFTMOST);
      ids.push_back(static_cast<unsigned>(inside->patterns.size()));
      inside->patterns.push_back(pattern);
    }
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_compile_multi(texts.data(), flags.data(), ids.data(), static_cast<unsigned>(texts.size()),
                         HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS) {
      std::string why = error != nullptr ? error->message : "unknown";
      if (error != nullptr && error->expression >= 0 &&
          static_cast<std::size_t>(error->expression) < regexes.size()) {
        why = describe(*regexes[static_cast<std::size_t>(error->expression)].term) + ": " + why;
      }
      hs_free_compile_error(error);
      return fail(Error::invalid("TERMS_INVALID", why));
    }
    inside->regexes.reset(database);
  }
  return std::shared_ptr<const TermSet>(new TermSet(std::move(inside)));
}

bool TermSet::Inside::prepare(TermScratch::Parts& scratch) const {
  if (scratch.prepared.lock() == mark) return true;
  const auto fits = [&](const Database& database) {
    return !database || hs_alloc_scratch(database.get(), &scratch.scratch) == HS_SUCCESS;
  };
  if (!std::ranges::all_of(shards, fits) || !fits(regexes)) return false;
  scratch.prepared = mark;
  return true;
}

// May a term of `length` letters begin at this letter, or end before it?
bool TermSet::Inside::starts_word(const Letter& letter, std::size_t length) const {
  if ((letter.flags & (Letter::after_space | Letter::after_separator | Letter::unspaced)) != 0) return true;
  if (letter.has(Letter::soft_start)) return length >= 3;
  if (letter.has(Letter::joined)) return length >= 4;
  return letter.has(Letter::tag) && length >= 7;
}

bool TermSet::Inside::matches(const Pattern& pattern, const Canonical& text, std::size_t first,
                              bool& disguised) const {
  const auto* const wanted = &letters[pattern.first];
  const auto* const seen = &text.letters[first];
  const std::size_t count = pattern.count;
  if (first + count > text.letters.size()) return false;
  const bool word = pattern.term->kind == MatchKind::word;
  if (word && !starts_word(seen[0], pattern.length)) return false;
  std::size_t separators = 0, spaces = 0, doubled = 0;
  bool strange = false, stretched = false;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& want = wanted[i];
    const auto& see = seen[i];
    if (want.base != see.base && !see.has(Letter::substitute)) return false;
    if (want.substitute && want.written != see.written) return false;
    if (see.run < want.run) return false;
    doubled += see.run == 2 && want.run == 1;
    stretched |= see.run >= want.run + 2;
    strange |= see.run != want.run || see.written != want.written || see.has(Letter::joined);
    if (i == 0) continue;
    const bool space = see.has(Letter::after_space), separator = see.has(Letter::after_separator);
    if (!want.gap) {
      separators += separator;
      spaces += space;
    } else if (!space && !separator) {
      constexpr auto kRunTogether = Letter::joined | Letter::soft_start | Letter::unspaced | Letter::tag;
      if ((see.flags & kRunTogether) == 0 && pattern.length < 8) {
        return false;
      }
      strange = true;
    }
  }
  // "coc aine": long words only, and cut once.
  if (spaces > (pattern.length >= 7 ? 1u : 0u)) return false;
  if (separators > 0 && pattern.length < 4) return false;
  // One doubled letter may be another word ("pot", "poot"); in a long word, or twice, it is play.
  if (doubled == 1 && !stretched && pattern.length <= 4) return false;
  if (word && first + count < text.letters.size()) {
    const auto& next = text.letters[first + count];
    if (!starts_word(next, pattern.length)) {
      if (!pattern.any_ending) return false;
      std::size_t more = 0;
      while (first + count + more < text.letters.size() && more <= 10 &&
             (more == 0 || !starts_word(text.letters[first + count + more], pattern.length))) {
        ++more;
      }
      if (more > 10) return false;
    }
  }
  disguised = strange || spaces + separators > 0;
  return true;
}

bool TermSet::scan(const Canonical& text, TermScratch& scratch, std::vector<TermHit>& hits) const {
  hits.clear();
  auto& parts = *scratch.parts_;
  if (!inside_->prepare(parts)) return false;
  if (text.skeleton.empty() && text.plain.empty()) return true;
  bool whole = true;  // as much as is looked at of a text
  auto& candidates = parts.candidates;
  candidates.clear();
  const auto collect = [](unsigned id, unsigned long long from, unsigned long long to, unsigned,
                          void* into) -> int {
    auto& list = *static_cast<std::vector<Candidate>*>(into);
    list.push_back({id, static_cast<std::uint32_t>(to), static_cast<std::uint32_t>(from)});
    return list.size() >= kCandidatesMost ? 1 : 0;
  };
  const auto look = [&](const Database& database, std::string_view in) {
    const auto done = hs_scan(database.get(), in.data(), static_cast<unsigned>(in.size()), 0, parts.scratch,
                              collect, &candidates);
    whole = whole && (done == HS_SUCCESS || done == HS_SCAN_TERMINATED);
  };
  for (const auto& shard : inside_->shards) look(shard, text.skeleton);
  auto& found = parts.found;
  found.clear();
  const auto add = [&](std::uint32_t index, std::size_t first, std::size_t last, bool disguised) {
    const auto& begin = text.letters[first];
    const auto& end = text.letters[last];
    found.push_back(
        {inside_->patterns[index].term, begin.begin, end.end, begin.word, end.word, index, disguised});
  };
  for (const auto& candidate : candidates) {
    const auto last = text.letter_at[candidate.end - 1];
    for (auto i = inside_->same_at[candidate.id]; i < inside_->same_at[candidate.id + 1]; ++i) {
      const auto index = inside_->same[i];
      const auto& pattern = inside_->patterns[index];
      if (last + 1 < pattern.count) continue;
      bool disguised = false;
      const std::size_t first = last + 1 - pattern.count;
      if (inside_->matches(pattern, text, first, disguised)) add(index, first, last, disguised);
    }
  }
  if (inside_->regexes && !text.letters.empty()) {
    candidates.clear();
    look(inside_->regexes, text.plain);
    for (const auto& candidate : candidates) {
      if (candidate.end <= candidate.begin) continue;
      const bool longer = &candidate != candidates.data() && (&candidate)[-1].id == candidate.id &&
                          (&candidate)[-1].begin == candidate.begin;
      if (longer) found.pop_back();  // the same place, further
      const auto begin = text.origin_at[candidate.begin];
      const auto last = text.origin_at[candidate.end - 1];
      const auto letter = [&](std::uint32_t origin) {  // the first letter that ends after `origin`
        const auto at =
            std::ranges::partition_point(text.letters, [&](const Letter& l) { return l.end <= origin; });
        return std::min<std::size_t>(static_cast<std::size_t>(at - text.letters.begin()),
                                     text.letters.size() - 1);
      };
      add(candidate.id, letter(begin), std::max(letter(begin), letter(last)), false);
      found.back().begin = begin;
      found.back().end = std::max(found.back().end, last + 1);
    }
  }

  auto& cues = parts.cues;  // by word
  if (inside_->conditions) {
    cues.assign(text.words + 1, 0);
    for (const auto& hit : found) {
      const auto groups = inside_->patterns[hit.term_index].groups;
      for (auto word = hit.first_word; groups != 0 && word <= hit.last_word && word < cues.size(); ++word) {
        cues[word] |= groups;
      }
    }
  }
  const auto cue_near = [&](const TermHit& hit, std::uint64_t groups) {
    const auto window = static_cast<std::uint32_t>(hit.term->window);
    const auto from = hit.first_word > window ? hit.first_word - window : 0;
    const auto to = std::min<std::size_t>(cues.size(), std::size_t{hit.last_word} + window + 1);
    return std::any_of(cues.begin() + from,
                       cues.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(to, from)),
                       [groups](std::uint64_t here) { return (here & groups) != 0; });
  };
  for (const auto& hit : found) {
    const auto& pattern = inside_->patterns[hit.term_index];
    if (!pattern.reported) continue;
    if (pattern.near != 0 && !cue_near(hit, pattern.near)) continue;
    if (pattern.not_near != 0 && cue_near(hit, pattern.not_near)) continue;
    hits.push_back(hit);
  }
  std::ranges::sort(hits, [](const TermHit& a, const TermHit& b) {
    return std::tie(a.begin, b.end, a.term_index) < std::tie(b.begin, a.end, b.term_index);
  });
  // An allowed phrase covers what lies inside it. It comes first: it begins no later and ends no earlier.
  std::uint32_t allowed_to = 0;
  for (const auto& hit : hits) {  // of two at one place the allowed one need not be first
    if (hit.term->effect == SearchEffect::allow) allowed_to = std::max(allowed_to, hit.end);
  }
  if (allowed_to > 0) {
    allowed_to = 0;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < hits.size(); ++i) {
      for (std::size_t k = i; k < hits.size() && hits[k].begin == hits[i].begin; ++k) {
        if (hits[k].term->effect == SearchEffect::allow) allowed_to = std::max(allowed_to, hits[k].end);
      }
      if (hits[i].term->effect == SearchEffect::allow || hits[i].end > allowed_to) hits[kept++] = hits[i];
    }
    hits.resize(kept);
  }
  // Several automatons or expressions may report the same place.
  const auto same = std::ranges::unique(hits, [](const TermHit& a, const TermHit& b) {
    return a.term_index == b.term_index && a.begin == b.begin && a.end == b.end;
  });
  hits.erase(same.begin(), same.end());
  return whole;
}

}  // namespace heliograph::terms
