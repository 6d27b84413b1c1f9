#include "safety/scan/links.h"

#include <unicode/idna.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "terms/character.h"

namespace heliograph::safety {

namespace {

constexpr std::size_t kLinksMost = 100;
constexpr std::size_t kTargetMost = 2048;
constexpr int kDepthMost = 3;

// Endings under which a bare "name.ending" is taken for a domain. With a scheme or www. any ending will do.
constexpr auto kEndings = std::to_array<std::string_view>(
    {"academy", "agency",  "app",       "at",    "be",      "best",  "biz",     "blog", "br",   "ca",
     "cc",      "cf",      "ch",        "click", "club",    "cn",    "co",      "com",  "cyou", "de",
     "dev",     "digital", "es",        "eu",    "finance", "fr",    "fun",     "ga",   "gg",   "gov",
     "gq",      "host",    "icu",       "in",    "info",    "io",    "it",      "jp",   "kr",   "kz",
     "la",      "life",    "link",      "live",  "ltd",     "lv",    "market",  "me",   "ml",   "mobi",
     "net",     "network", "news",      "nl",    "one",     "onion", "online",  "org",  "ph",   "pl",
     "press",   "pro",     "ps",        "pub",   "pw",      "ro",    "rocks",   "ru",   "sbs",  "services",
     "shop",    "site",    "solutions", "space", "store",   "su",    "support", "team", "tech", "tk",
     "to",      "today",   "top",       "tv",    "ua",      "uk",    "us",      "uz",   "vip",  "website",
     "win",     "work",    "world",     "ws",    "xyz",     "zone"});

constexpr auto kShorteners = std::to_array<std::string_view>(
    {"adf.ly", "bit.do",   "bit.ly",      "buff.ly", "clck.ru", "cutt.ly", "goo.gl",
     "goo.su", "is.gd",    "lnkd.in",     "ow.ly",   "qrco.de", "rb.gy",   "rebrand.ly",
     "s.id",   "short.io", "shorturl.at", "t.co",    "t.ly",    "tiny.cc", "tinyurl.com",
     "u.to",   "urlz.fr",  "v.gd",        "vk.cc"});

constexpr auto kPeerHosts = std::to_array<std::string_view>({"t.me", "telegram.me", "telegram.dog", "tx.me"});

constexpr auto kRedirectKeys = std::to_array<std::string_view>(
    {"url",          "u",     "q", "to",   "target", "dest", "destination", "redirect", "redirect_uri",
     "redirect_url", "redir", "r", "link", "next",   "goto", "out",         "continue", "return",
     "returnurl",    "away",  "l", "site"});

bool alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}
bool has(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}
template <typename List>
bool among(const List& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

const icu::IDNA* idna() {
  static const std::unique_ptr<icu::IDNA> made = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::IDNA>(icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII, status));
  }();
  return made.get();
}

// A working copy without what is not seen, dots of all kinds as '.', with the way back to the original.
struct Cleaned {
  std::string text;
  std::vector<std::uint32_t> from;

  void put(char c, std::size_t at) {
    text.push_back(c);
    from.push_back(static_cast<std::uint32_t>(at));
  }
};

std::size_t sequence(unsigned char lead) {
  return lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
}

void clean(std::string_view text, Cleaned& out) {
  out.text.clear();
  out.from.clear();
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      // "example[.]com", "example(dot)com", "example dot com"
      const auto rest = text.substr(i);
      static constexpr std::array<std::string_view, 6> kDots = {"[.]",   "(.)",   "[dot]",
                                                                "(dot)", " dot ", "{.}"};
      const auto dot = (lead == '[' || lead == '(' || lead == '{' || lead == ' ')
                           ? std::ranges::find_if(kDots, [&](std::string_view d) { return has(rest, d); })
                           : kDots.end();
      if (dot != kDots.end()) {
        out.put('.', i);
        i += dot->size();
        continue;
      }
      out.put(static_cast<char>(lead), i++);
      continue;
    }
    const auto size = std::min(sequence(lead), text.size() - i);
    char32_t code = size == 4 ? lead & 7u : size == 3 ? lead & 15u : lead & 31u;
    for (std::size_t k = 1; k < size; ++k)
      code = (code << 6) | (static_cast<unsigned char>(text[i + k]) & 63u);
    const auto& info = terms::character(code);
    if (info.kind == terms::CharacterKind::ignored) {
      // not seen
    } else if (code == 0x3002 || code == 0xff0e || code == 0xff61 || code == 0x2024) {
      out.put('.', i);
    } else if (info.letter < 0x80 && info.extra == 0 && info.kind != terms::CharacterKind::emoji) {
      out.put(static_cast<char>(info.kind == terms::CharacterKind::space ? ' ' : info.letter), i);
    } else {
      for (std::size_t k = 0; k < size; ++k) out.put(text[i + k], i);
    }
    i += size;
  }
}

bool host_byte(char c) {
  return alnum(c) || c == '-' || c == '.' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool ends_target(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == '`';
}

std::string unescape(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

class Extractor {
 public:
  Extractor(const Cleaned& cleaned, std::size_t original_size, std::vector<Link>& links)
      : text_(cleaned.text), from_(cleaned.from), size_(original_size), links_(links) {}

  void run() {
    std::size_t i = 0;
    while (i < text_.size() && links_.size() < kLinksMost) {
      const char c = text_[i];
      if (c == '@') {
        i = mention(i);
      } else if ((alnum(c) || static_cast<unsigned char>(c) >= 0x80) &&
                 (i == 0 || !host_byte(text_[i - 1]))) {
        i = candidate(i);
      } else {
        ++i;
      }
    }
  }

 private:
  std::uint32_t origin(std::size_t at) const {
    return at < from_.size() ? from_[at] : static_cast<std::uint32_t>(size_);
  }

  std::size_t mention(std::size_t at) {
    std::size_t end = at + 1;
    while (end < text_.size() && end - at <= 33 && (alnum(text_[end]) || text_[end] == '_')) ++end;
    const bool address = at > 0 && host_byte(text_[at - 1]);  // of a mailbox
    if (address || end - at < 5 || end - at > 33) return std::max(end, at + 1);
    auto& link = links_.emplace_back();
    link.peer = lowered(text_.substr(at + 1, end - at - 1));
    link.begin = origin(at);
    link.end = origin(end);
    return end;
  }

  std::size_t candidate(std::size_t at) {
    const auto rest = text_.substr(at);
    std::size_t host = at;
    bool scheme = false;
    for (const std::string_view prefix :
         {"https://", "http://", "hxxps://", "hxxp://", "ftp://", "tg://", "ton://"}) {
      if (!has(rest, prefix)) continue;
      scheme = true;
      host = at + prefix.size();
      if (prefix == "tg://") {
        std::size_t end = host;
        while (end < text_.size() && !ends_target(text_[end])) ++end;
        add_tg(at, text_.substr(host, end - host), end);
        return end;
      }
    }
    std::size_t end = host;
    while (end < text_.size() && host_byte(text_[end])) ++end;
    std::size_t host_end = end;
    while (host_end > host && (text_[host_end - 1] == '.' || text_[host_end - 1] == '-')) --host_end;
    if (host_end == host) return std::max(end, at + 1);
    if (scheme && end < text_.size() && text_[end] == '@') {  // user@host hides the host
      ++end;
      host = end;
      while (end < text_.size() && host_byte(text_[end])) ++end;
      host_end = end;
    } else if (end < text_.size() && text_[end] == '@') {
      ++end;  // a mailbox
      while (end < text_.size() && host_byte(text_[end])) ++end;
      return end;
    }
    const auto name = text_.substr(host, host_end - host);
    const auto dot = name.rfind('.');
    if (dot == name.npos) return std::max(end, at + 1);
    const auto ending = lowered(name.substr(dot + 1));
    const bool www = has(name, "www.");
    const bool known = among(kEndings, ending) || ending.starts_with("xn--") || ending == "рф" ||
                       ending == "рус" || ending == "укр";
    const bool number = std::ranges::all_of(ending, [](char c) { return c >= '0' && c <= '9'; });
    if (!scheme && !www && (!known || number)) return std::max(end, at + 1);
    std::size_t target_end = end;
    if (target_end < text_.size() && text_[target_end] == ':') {
      ++target_end;
      while (target_end < text_.size() && text_[target_end] >= '0' && text_[target_end] <= '9') ++target_end;
    }
    if (target_end < text_.size() &&
        (text_[target_end] == '/' || text_[target_end] == '?' || text_[target_end] == '#')) {
      while (target_end < text_.size() && !ends_target(text_[target_end])) ++target_end;
      constexpr std::string_view kTrailing = ".,;:!?)]}'";
      while (target_end > end + 1 && kTrailing.find(text_[target_end - 1]) != kTrailing.npos) --target_end;
    } else {
      target_end = host_end;
    }
    add(name, text_.substr(host, target_end - host), origin(at), origin(target_end), false, 0);
    return std::max(target_end, at + 1);
  }

  void add_tg(std::size_t at, std::string_view rest, std::size_t end) {
    const auto value = [&](std::string_view key) -> std::string {
      for (auto found = rest.find(key); found != rest.npos; found = rest.find(key, found + 1)) {
        if (found == 0 || (rest[found - 1] != '?' && rest[found - 1] != '&')) continue;
        auto out = rest.substr(found + key.size());
        return lowered(out.substr(0, out.find('&')));
      }
      return {};
    };
    auto& link = links_.emplace_back();
    link.peer = value("domain=");
    if (link.peer.empty()) {
      if (auto invite = value("invite="); !invite.empty()) link.peer = "+" + invite;
    }
    link.target = "tg://" + std::string(rest.substr(0, kTargetMost));
    link.begin = origin(at);
    link.end = origin(end);
  }

  void add(std::string_view host, std::string_view target, std::uint32_t begin, std::uint32_t end,
           bool redirected, int depth) {
    if (links_.size() >= kLinksMost) return;
    std::string ascii;
    bool punycode = false;
    if (!to_ascii_host(host, ascii, punycode)) return;
    Link link;
    link.domain = std::move(ascii);
    if (link.domain.starts_with("www.")) link.domain.erase(0, 4);
    link.punycode = punycode;
    link.mixed = punycode && looks_mixed(host);
    link.shortened = among(kShorteners, link.domain);
    link.redirected = redirected;
    link.target = std::string(target.substr(0, std::min(target.find('#'), kTargetMost)));
    link.begin = begin;
    link.end = end;
    const auto slash = target.find('/');
    const auto path = slash == target.npos ? std::string_view{} : target.substr(slash + 1);
    if (among(kPeerHosts, link.domain)) {
      const auto stop = std::min(path.find_first_of("/?#"), path.size());
      const auto first = path.substr(0, stop);
      if (first == "joinchat" && stop < path.size()) {
        const auto hash = path.substr(stop + 1);
        link.peer = "+" + std::string(hash.substr(0, hash.find_first_of("/?#")));
      } else if (first == "s" && stop < path.size()) {
        const auto name = path.substr(stop + 1);
        link.peer = lowered(name.substr(0, name.find_first_of("/?#")));
      } else if (first.starts_with('+')) {
        link.peer = first;
      } else {
        link.peer = lowered(first);
      }
    } else if (link.domain.size() > 5 && link.domain.ends_with(".t.me")) {
      link.peer = link.domain.substr(0, link.domain.size() - 5);
      link.domain = "t.me";
    }
    links_.push_back(std::move(link));
    if (depth >= kDepthMost) return;
    const auto query = target.find('?');
    if (query == target.npos) return;
    auto parameters = target.substr(query + 1);
    while (!parameters.empty() && links_.size() < kLinksMost) {
      const auto stop = std::min(parameters.find_first_of("&;#"), parameters.size());
      const auto one = parameters.substr(0, stop);
      if (const auto equals = one.find('=');
          equals != one.npos && among(kRedirectKeys, lowered(one.substr(0, equals)))) {
        follow(unescape(one.substr(equals + 1)), begin, end, depth + 1);
      }
      parameters.remove_prefix(std::min(stop + 1, parameters.size()));
    }
  }

  void follow(const std::string& value, std::uint32_t begin, std::uint32_t end, int depth) {
    std::string_view rest = value;
    if (has(rest, "https://")) {
      rest.remove_prefix(8);
    } else if (has(rest, "http://")) {
      rest.remove_prefix(7);
    } else if (rest.starts_with("//")) {
      rest.remove_prefix(2);
    } else if (!has(rest, "www.") && !has(rest, "t.me/")) {
      return;
    }
    std::size_t stop = 0;
    while (stop < rest.size() && host_byte(rest[stop])) ++stop;
    const auto host = rest.substr(0, stop);
    if (host.find('.') == host.npos) return;
    add(host, rest.substr(0, kTargetMost), begin, end, true, depth);
  }

  // Letters of several alphabets in one label, or a label of another alphabet that reads as Latin.
  static bool looks_mixed(std::string_view host) {
    std::size_t latin = 0, foreign = 0, alike = 0;
    for (std::size_t i = 0; i < host.size();) {
      const auto lead = static_cast<unsigned char>(host[i]);
      const auto size = std::min(sequence(lead), host.size() - i);
      char32_t code = size == 1 ? lead : size == 4 ? lead & 7u : size == 3 ? lead & 15u : lead & 31u;
      for (std::size_t k = 1; k < size; ++k)
        code = (code << 6) | (static_cast<unsigned char>(host[i + k]) & 63u);
      i += size;
      if (code == '.') {
        if ((latin > 0 && foreign > 0) || (foreign > 0 && alike == foreign)) return true;
        latin = foreign = alike = 0;
        continue;
      }
      const auto& info = terms::character(code);
      if (info.kind != terms::CharacterKind::letter) continue;
      if (info.script == terms::Script::latin) {
        ++latin;
      } else {
        ++foreign;
        alike += info.latin != 0;
      }
    }
    return latin > 0 && foreign > 0;
  }

  std::string_view text_;
  const std::vector<std::uint32_t>& from_;
  std::size_t size_;
  std::vector<Link>& links_;
};

// Most texts hold nothing that could be a link.
bool promising(std::string_view text) {
  return text.find_first_of(".@") != text.npos || text.find("://") != text.npos ||
         text.find("dot") != text.npos || text.find("\xe3\x80\x82") != text.npos ||
         text.find("\xef\xbc\x8e") != text.npos || text.find("\xef\xbc\xa0") != text.npos ||
         text.find("\xef\xbd\xa1") != text.npos || text.find("\xe2\x80\xa4") != text.npos;
}

}  // namespace

bool to_ascii_host(std::string_view host, std::string& ascii, bool& punycode) {
  punycode = std::ranges::any_of(host, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (host.empty() || host.size() > 253 * 4) return false;
  if (!punycode) {
    ascii = lowered(host);
    punycode = ascii.find("xn--") != ascii.npos;
    return ascii.size() <= 253;
  }
  const auto* converter = idna();
  if (converter == nullptr) return false;
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  ascii.clear();
  icu::StringByteSink<std::string> sink(&ascii);
  converter->nameToASCII_UTF8(icu::StringPiece(host.data(), static_cast<std::int32_t>(host.size())), sink,
                              info, status);
  return U_SUCCESS(status) && !info.hasErrors() && !ascii.empty();
}

void extract_links(std::string_view text, std::vector<Link>& links) {
  links.clear();
  if (!promising(text)) return;
  static thread_local Cleaned cleaned;
  clean(text, cleaned);
  Extractor(cleaned, text.size(), links).run();
}

}  // namespace heliograph::safety
