#include "search/query.h"

#include <algorithm>
#include <array>
#include <utility>

#include "search/text.h"

namespace heliograph::search {

namespace {

constexpr std::size_t query_bytes_max = 1024;
constexpr std::size_t query_units_max = 128;
constexpr std::size_t clause_units_max = 16;
// A beginning of one letter is the beginning of too much.
constexpr std::size_t prefix_characters_min = 2;

struct Segment {
  std::string_view text;
  bool quoted = false;
};

// Typewriter quotes, and those of the languages that have others.
constexpr std::array<std::string_view, 7> quotes = {"\"", "“", "”", "„", "«", "»", "＂"};

std::vector<Segment> segments_of(std::string_view text) {
  std::vector<Segment> out;
  bool quoted = false;
  while (!text.empty()) {
    std::size_t end = text.size();
    std::size_t length = 0;
    for (const auto quote : quotes) {
      const auto found = text.find(quote);
      if (found < end) end = found, length = quote.size();
    }
    // A quote that is never closed quotes nothing.
    out.push_back({text.substr(0, end), quoted && length > 0});
    quoted = !quoted;
    text.remove_prefix(end + length);
  }
  return out;
}

class Parser {
 public:
  std::vector<Clause> run(std::string_view text) {
    const bool unfinished = !text.empty() && text.back() != ' ' && text.back() != '\n';
    const auto segments = segments_of(text);
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (segments[i].quoted) {
        phrase(segments[i].text);
      } else {
        words(segments[i].text, unfinished && i + 1 == segments.size());
      }
    }
    // A word said twice is no other question.
    std::vector<Clause> different;
    for (auto& clause : out_) {
      if (different.size() == clauses_max) break;
      if (std::ranges::find(different, clause) == different.end()) different.push_back(std::move(clause));
    }
    return different;
  }

 private:
  void words(std::string_view text, bool unfinished) {
    const auto analysis = analyze(text, query_bytes_max, query_units_max);
    int tag = -1;
    for (std::size_t i = 0; i < analysis.units.size(); ++i) {
      const auto& unit = analysis.units[i];
      if (unit.tag >= 0) {
        if (unit.tag != tag)
          add({Clause::Kind::tag, {analysis.tags[static_cast<std::size_t>(unit.tag)]}, {}});
        tag = unit.tag;
        continue;
      }
      if (unit.cjk && unit.joined && !out_.empty() && out_.back().kind == Clause::Kind::cjk) {
        if (out_.back().texts.size() < clause_units_max) {
          out_.back().texts.push_back(unit.text);
          out_.back().joined.push_back(true);
        }
        continue;
      }
      if (unit.cjk) {
        add({Clause::Kind::cjk, {unit.text}, {false}});
        continue;
      }
      const bool last = unfinished && i + 1 == analysis.units.size();
      const bool prefix = last && count_characters(unit.text) >= prefix_characters_min;
      add({prefix ? Clause::Kind::prefix : Clause::Kind::word, {unit.text}, {}});
    }
  }

  void phrase(std::string_view text) {
    const auto analysis = analyze(text, query_bytes_max, clause_units_max);
    if (analysis.units.empty()) return;
    if (analysis.units.size() == 1 && !analysis.units[0].cjk) {
      add({Clause::Kind::word, {analysis.units[0].text}, {}});
      return;
    }
    Clause clause{Clause::Kind::phrase, {}, {}};
    for (const auto& unit : analysis.units) {
      clause.texts.push_back(unit.text);
      clause.joined.push_back(unit.cjk && unit.joined);
    }
    add(std::move(clause));
  }

  void add(Clause clause) { out_.push_back(std::move(clause)); }

  std::vector<Clause> out_;
};

}  // namespace

std::vector<Clause> parse(std::string_view text) {
  return Parser().run(cut(text, query_bytes_max));
}

}  // namespace heliograph::search
