// Entities nobody marked: what core.telegram.org/api/entities lists as found by the server itself.
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "services/chats/text.h"

namespace heliograph::services {

namespace {

// A text as characters, each with its place in UTF-16 units.
struct Text {
  std::vector<UChar32> characters;
  std::vector<std::int32_t> units;  // one more than characters: the end

  explicit Text(std::string_view utf8) {
    characters.reserve(utf8.size());
    units.reserve(utf8.size() + 1);
    std::int32_t at = 0;
    std::int32_t unit = 0;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    while (at < static_cast<std::int32_t>(utf8.size())) {
      UChar32 c;
      U8_NEXT(bytes, at, static_cast<std::int32_t>(utf8.size()), c);
      characters.push_back(c);
      units.push_back(unit);
      unit += c > 0xffff ? 2 : 1;
    }
    units.push_back(unit);
  }
  std::size_t size() const { return characters.size(); }
  // 0 outside.
  UChar32 at(std::size_t i) const { return i < size() ? characters[i] : 0; }
  UChar32 before(std::size_t i) const { return i == 0 ? 0 : characters[i - 1]; }
};

bool ascii_letter(UChar32 c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool digit(UChar32 c) {
  return c >= '0' && c <= '9';
}
bool ascii_word(UChar32 c) {
  return ascii_letter(c) || digit(c) || c == '_';
}
// Letters of any script, their marks, digits, the underscore.
bool word(UChar32 c) {
  if (c < 0x80) return ascii_word(c);
  return u_isalnum(c) || (U_GET_GC_MASK(c) & (U_GC_M_MASK)) != 0 || c == 0x200c;
}
bool domain_character(UChar32 c) {
  return c == '-' || (c != '_' && word(c));
}
constexpr std::size_t domain_length_max = 253;
char lower(UChar32 c) {
  return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

// Top-level names common enough that "name.tld" in running text means an address. Two-letter (country) names
// are all taken.
constexpr std::array known_tlds = {
    "com",  "org",  "net",  "info", "biz",    "edu",    "gov",    "mil",    "int",     "app",  "dev",
    "xyz",  "site", "shop", "club", "store",  "tech",   "blog",   "cloud",  "agency",  "news", "live",
    "life", "fun",  "page", "link", "wiki",   "world",  "online", "space",  "network", "name", "pro",
    "mobi", "asia", "jobs", "tel",  "travel", "museum", "email",  "studio", "design",  "art",  "bot"};

bool known_tld(std::string_view tld) {
  if (tld.size() == 2) return std::ranges::all_of(tld, [](char c) { return ascii_letter(c); });
  return std::ranges::find(known_tlds, tld) != known_tlds.end();
}

class Finder {
 public:
  explicit Finder(const Text& text) : text_(text) {}

  std::vector<Entity> run() {
    std::size_t i = 0;
    while (i < text_.size()) {
      const auto c = text_.at(i);
      std::size_t end = 0;
      auto kind = EntityKind::unknown;
      std::size_t begin = i;
      if (c == '@') {
        end = mention(i), kind = EntityKind::mention;
      } else if (c == '#') {
        end = hashtag(i), kind = EntityKind::hashtag;
      } else if (c == '$') {
        end = cashtag(i), kind = EntityKind::cashtag;
      } else if (c == '/') {
        end = command(i), kind = EntityKind::bot_command;
      } else if (c == '+') {
        end = phone(i), kind = EntityKind::phone;
      } else if (domain_character(c) && !word(text_.before(i))) {
        // A run of characters that may be an address begins here.
        std::tie(kind, begin, end) = address(i);
        if (end == 0) {
          // Nothing: skip the word, so that each is looked at once.
          while (i < text_.size() && domain_character(text_.at(i))) ++i;
          continue;
        }
      }
      if (end == 0) {
        ++i;
        continue;
      }
      Entity entity;
      entity.kind = kind;
      entity.offset = text_.units[begin];
      entity.length = text_.units[end] - entity.offset;
      found_.push_back(std::move(entity));
      i = end;
    }
    return std::move(found_);
  }

 private:
  std::size_t mention(std::size_t i) const {
    if (word(text_.before(i)) || text_.before(i) == '@' || !ascii_letter(text_.at(i + 1))) return 0;
    auto end = i + 1;
    while (ascii_word(text_.at(end))) ++end;
    const auto length = end - i - 1;
    if (length < 3 || length > 32 || word(text_.at(end))) return 0;
    return end;
  }
  std::size_t hashtag(std::size_t i) const {
    if (word(text_.before(i)) || text_.before(i) == '#') return 0;
    auto end = i + 1;
    bool has_letter = false;
    while (word(text_.at(end))) {
      has_letter = has_letter || !u_isdigit(text_.at(end));
      ++end;
    }
    if (!has_letter || end - i - 1 > 256 || text_.at(end) == '#') return 0;
    return end;
  }
  std::size_t cashtag(std::size_t i) const {
    if (word(text_.before(i)) || text_.before(i) == '$') return 0;
    auto end = i + 1;
    while (text_.at(end) >= 'A' && text_.at(end) <= 'Z') ++end;
    const auto length = end - i - 1;
    if (length < 1 || length > 8 || word(text_.at(end)) || text_.at(end) == '$') return 0;
    return end;
  }
  std::size_t command(std::size_t i) const {
    const auto previous = text_.before(i);
    if (word(previous) || previous == '/' || previous == '<' || previous == '>' || previous == ':') return 0;
    auto end = i + 1;
    while (ascii_word(text_.at(end))) ++end;
    if (end == i + 1 || end - i - 1 > 64) return 0;
    if (text_.at(end) == '@') {
      auto name = end + 1;
      while (ascii_word(text_.at(name))) ++name;
      if (name - end - 1 >= 3 && name - end - 1 <= 32) end = name;
    }
    const auto next = text_.at(end);
    return word(next) || next == '/' || next == '<' || next == '>' ? 0 : end;
  }
  std::size_t phone(std::size_t i) const {
    if (word(text_.before(i)) || text_.before(i) == '+') return 0;
    auto end = i + 1;
    while (digit(text_.at(end))) ++end;
    const auto length = end - i - 1;
    return length < 8 || length > 15 || word(text_.at(end)) ? 0 : end;
  }

  using Found = std::tuple<EntityKind, std::size_t, std::size_t>;
  static Found nothing() { return {EntityKind::unknown, 0, 0}; }

  // A URL with a scheme, a bare domain, or an e-mail address that begins at `i`.
  Found address(std::size_t i) const {
    for (const std::string_view scheme : {"http://", "https://", "ftp://", "tg://", "ton://", "tonsite://"}) {
      if (!starts_with(i, scheme)) continue;
      const auto host = i + scheme.size();
      auto end = host;
      while (domain_character(text_.at(end)) || text_.at(end) == '.' || text_.at(end) == '_') ++end;
      while (end > host && text_.at(end - 1) == '.') --end;
      if (end == host) return nothing();
      return {EntityKind::url, i, rest_of_url(end)};
    }
    // local@domain.tld
    auto end = i;
    while (end - i <= 64 && (ascii_word(text_.at(end)) || text_.at(end) == '.' || text_.at(end) == '-' ||
                             (text_.at(end) == '+' && end > i))) {
      ++end;
    }
    if (end > i && end - i <= 64 && text_.at(end) == '@' && text_.at(end - 1) != '.') {
      const auto stop = domain(end + 1);
      if (stop != 0) return {EntityKind::email, i, stop};
      return nothing();
    }
    const auto stop = domain(i);
    if (stop == 0 || text_.before(i) == '@' || text_.before(i) == '.') return nothing();
    return {EntityKind::url, i, rest_of_url(stop)};
  }

  bool starts_with(std::size_t i, std::string_view what) const {
    for (const char c : what) {
      if (text_.at(i) > 0x7f || lower(text_.at(i++)) != c) return false;
    }
    return true;
  }

  // The end of a domain with a known last label that begins at `i`; 0: there is none.
  std::size_t domain(std::size_t i) const {
    auto end = i;
    std::size_t label = i;
    std::size_t last_dot = 0;
    for (; end - i <= domain_length_max; ++end) {
      const auto c = text_.at(end);
      if (domain_character(c)) continue;
      if (c != '.' || end == label || !domain_character(text_.at(end + 1))) break;
      last_dot = end;
      label = end + 1;
    }
    if (last_dot == 0 || end - i > domain_length_max || text_.at(end) == '_') return 0;
    std::string tld;
    for (auto at = last_dot + 1; at < end; ++at) {
      if (text_.at(at) > 0x7f) return 0;
      tld.push_back(lower(text_.at(at)));
    }
    return known_tld(tld) ? end : 0;
  }

  // Port, path, query and fragment after a host that ends at `i`.
  std::size_t rest_of_url(std::size_t i) const {
    auto end = i;
    if (text_.at(end) == ':' && digit(text_.at(end + 1))) {
      ++end;
      while (digit(text_.at(end))) ++end;
    }
    const auto c = text_.at(end);
    if (c != '/' && c != '?' && c != '#') return end;
    int open = 0;  // brackets in a URL belong to it only in pairs
    auto stop = end;
    for (; stop < text_.size(); ++stop) {
      const auto at = text_.at(stop);
      if (u_isUWhiteSpace(at) || at < 0x20 || at == '<' || at == '>' || at == '"' || at == 0xab || at == 0xbb)
        break;
      if (at == '(') ++open;
      if (at == ')' && --open < 0) break;
    }
    // Punctuation at the end is the sentence's.
    while (stop > end + 1) {
      const auto last = text_.at(stop - 1);
      if (last != '.' && last != ',' && last != ';' && last != ':' && last != '!' && last != '?' &&
          last != '\'')
        break;
      --stop;
    }
    return stop;
  }

  const Text& text_;
  std::vector<Entity> found_;
};

}  // namespace

std::vector<Entity> find_entities(std::string_view text) {
  // Most messages hold nothing of the kind: see that without decoding them.
  if (text.find_first_of("@#$/+.") == std::string_view::npos) return {};
  const Text decoded(text);
  return Finder(decoded).run();
}

}  // namespace heliograph::services
