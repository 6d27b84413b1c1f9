#include "terms/term.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <unordered_set>

#include "base/complaints.h"
#include "base/day.h"
#include "terms/canonical.h"

namespace heliograph::terms {

namespace {

constexpr std::size_t kFileBytesMost = 64u << 20;
constexpr std::size_t kTermBytesMost = 300;
constexpr std::size_t kTermsMost = 1'000'000;

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const auto first = text.find_first_not_of(kBlank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto cut = std::min(text.find(by), text.size());
    if (const auto part = trim(text.substr(0, cut)); !part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(cut + 1, text.size()));
  }
  return parts;
}

template <typename Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

constexpr std::string_view kKeys =
    "version, category, group, kind, near, not_near, window, score, effect, locale, countries, source, "
    "expires, state, id";

class Parser {
 public:
  explicit Parser(std::string_view file) : complaints_(file) {
    list_.name = std::filesystem::path(file).stem().string();
  }

  Result<TermList> parse(std::string_view text) {
    if (text.size() > kFileBytesMost) complain("the file is larger than 64 MiB");
    while (!text.empty() && !complaints_.full()) {
      const auto cut = std::min(text.find('\n'), text.size());
      ++line_;
      line(trim(text.substr(0, cut)));
      text.remove_prefix(std::min(cut + 1, text.size()));
    }
    if (list_.version.empty() && complaints_.count() == 0) {
      line_ = 1;
      complain("there is no line \"version: ...\"");
    }
    if (complaints_.count() > 0) return fail(Error::invalid("TERMS_INVALID", complaints_.text()));
    return std::move(list_);
  }

 private:
  void complain(const std::string& what) { complaints_.add(line_, what); }

  void line(std::string_view text) {
    if (text.empty() || text.starts_with('#')) return;
    if (const auto colon = text.find(": ");
        colon != text.npos && colon > 0 && text.find(" :: ") == text.npos) {
      const auto key = text.substr(0, colon);
      if (std::ranges::all_of(key, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; })) {
        setting(key, trim(text.substr(colon + 2)));
        return;
      }
    }
    if (text.back() == ':' && text.find(' ') == text.npos && !text.starts_with('/')) {  // "locale:" clears it
      setting(text.substr(0, text.size() - 1), {});
      return;
    }
    term(text);
  }

  void setting(std::string_view key, std::string_view value) {
    if (key == "version") {
      list_.version = value;
    } else if (key == "id") {
      complain("id belongs to one term: write it after the term, \" :: id=...\"");
    } else {
      apply(defaults_, key, value.substr(0, value.find(" #")));
    }
  }

  void apply(Term& to, std::string_view key, std::string_view value) {
    value = trim(value);
    const auto bad = [&](std::string_view allowed) {
      complain(std::string(key) + " must be " + std::string(allowed) + ", not \"" + std::string(value) +
               "\"");
    };
    if (key == "category") {
      to.category = category_of(value);
      if (!to.category && !value.empty() && value != "none") bad("one of the categories of harm, or none");
    } else if (key == "group") {
      to.group = value;
    } else if (key == "kind") {
      if (value == "word" || value == "phrase") {
        to.kind = MatchKind::word;
      } else if (value == "substring") {
        to.kind = MatchKind::substring;
      } else if (value == "regex") {
        to.kind = MatchKind::regex;
      } else {
        bad("word, phrase, substring or regex");
      }
    } else if (key == "near") {
      to.near = split(value, ',');
    } else if (key == "not_near") {
      to.not_near = split(value, ',');
    } else if (key == "window") {
      const auto words = number<int>(value);
      if (!words || *words < 1 || *words > 1000) return bad("a number of words from 1 to 1000");
      to.window = *words;
    } else if (key == "score") {
      const auto score = number<double>(value);
      if (!score || !(*score >= 0 && *score <= 1)) return bad("a number from 0 to 1");
      to.score = *score;
    } else if (key == "effect") {
      const auto effect = search_effect_of(value);
      if (!effect) return bad("none, allow, demote, interstitial or block");
      to.effect = *effect;
    } else if (key == "locale") {
      to.locale = value;
    } else if (key == "countries") {
      to.countries = split(value, ',');
    } else if (key == "source") {
      to.source = value;
    } else if (key == "expires") {
      to.expires = parse_day(value);
      if (!to.expires && !value.empty() && value != "never") bad("a date, YYYY-MM-DD, or never");
    } else if (key == "state") {
      if (value == "proposed") {
        to.state = TermState::proposed;
      } else if (value == "active") {
        to.state = TermState::active;
      } else if (value == "retired") {
        to.state = TermState::retired;
      } else {
        bad("proposed, active or retired");
      }
    } else if (key == "id") {
      to.id = value;
    } else {
      complain("unknown key \"" + std::string(key) + "\"; known are " + std::string(kKeys));
    }
  }

  void term(std::string_view text) {
    Term term = defaults_;
    term.line = line_;
    std::string_view attributes;
    if (const auto cut = text.find(" :: "); cut != text.npos) {
      attributes = text.substr(cut + 4);
      text = trim(text.substr(0, cut));
    }
    while (!(attributes = trim(attributes)).empty()) {
      const auto cut = std::min(attributes.find_first_of(" \t"), attributes.size());
      const auto one = attributes.substr(0, cut);
      const auto equals = one.find('=');
      if (equals == one.npos) {
        complain("\"" + std::string(one) + "\" is not key=value");
      } else {
        apply(term, one.substr(0, equals), one.substr(equals + 1));
      }
      attributes.remove_prefix(cut);
    }
    if (text.size() >= 2 && text.front() == '/' && text.back() == '/') {
      term.kind = MatchKind::regex;
      text = text.substr(1, text.size() - 2);
    }
    term.text = text;
    if (text.size() > kTermBytesMost) return complain("a term has at most 300 bytes");
    if (list_.terms.size() >= kTermsMost) return complain("a list has at most 1,000,000 terms");
    if (term.kind == MatchKind::regex) {
      if (const auto fault = regex_fault(text)) return complain("/" + std::string(text) + "/: " + *fault);
    } else {
      canonicalise(text, canonical_);
      if (canonical_.letters.size() < 2 && canonical_.skeleton.size() < 3) {
        return complain("\"" + std::string(text) + "\" has fewer than two letters");
      }
    }
    const bool useful = term.category || !term.group.empty() || term.effect != SearchEffect::none;
    if (!useful) return complain("a term needs a category, a group or an effect");
    if (term.id.empty()) term.id = list_.name + "/" + term.text;
    list_.terms.push_back(std::move(term));
  }

  TermList list_;
  Term defaults_;
  Canonical canonical_;
  std::uint32_t line_ = 0;
  Complaints complaints_;
};

}  // namespace

std::string_view name(SearchEffect effect) {
  constexpr std::string_view kNames[] = {"none", "allow", "demote", "interstitial", "block"};
  return kNames[static_cast<std::size_t>(effect)];
}

std::optional<SearchEffect> search_effect_of(std::string_view text) {
  for (const auto effect : {SearchEffect::none, SearchEffect::allow, SearchEffect::demote,
                            SearchEffect::interstitial, SearchEffect::block}) {
    if (name(effect) == text) return effect;
  }
  return std::nullopt;
}

Result<TermList> parse_terms(std::string_view text, std::string_view file_name) {
  return Parser(file_name).parse(text);
}

Result<TermList> load_terms(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Error::invalid("TERMS_UNREADABLE", file.string() + ": cannot be read"));
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) return fail(Error::invalid("TERMS_UNREADABLE", file.string() + ": cannot be read"));
  return parse_terms(text.str(), file.string());
}

Result<std::vector<TermList>> load_term_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".terms") files.push_back(entry.path());
  }
  if (error) return fail(Error::invalid("TERMS_UNREADABLE", folder.string() + ": " + error.message()));
  std::ranges::sort(files);
  std::vector<TermList> lists;
  for (const auto& file : files) {
    HG_ASSIGN(auto list, load_terms(file));
    lists.push_back(std::move(list));
  }
  return lists;
}

}  // namespace heliograph::terms
