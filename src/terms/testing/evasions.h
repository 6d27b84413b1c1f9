// How people write a word so that a list does not know it: the ways that are measured, one function for each.
// Made by rule from the word, with a seed, so that a figure can be made again.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>

namespace heliograph::terms::testing {

enum class Evasion : std::uint8_t {
  leet,            // c0c41n3
  homoglyph,       // сосаine, with Cyrillic letters; кoкaин, with Latin ones
  zero_width,      // coc<ZWSP>aine
  spaced,          // c o c a i n e
  dotted,          // c.o.c.a.i.n.e
  dashed,          // co-ca-ine
  full_width,      // ｃｏｃａｉｎｅ
  pictures,        // co❄️ca❄️ine
  repeated,        // cocaaaine
  run_together,    // fakepassport, #fakepassport
  swapped,         // cociane
  missing,         // cocane
  doubled,         // coccaine
  neighbour,       // a key beside the right one: cocaune
  sounding,        // kokain, fentanil
  transliterated,  // kokain for кокаин, коцаине for cocaine
  many,
};
inline constexpr std::array<std::string_view, static_cast<std::size_t>(Evasion::many)> kEvasionNames = {
    "leet",       "homoglyph",        "zero-width",   "spaced",        "dotted",  "dashed",
    "full-width", "pictures",         "repeated",     "run together",  "swapped", "missing",
    "doubled",    "neighbouring key", "as it sounds", "transliterated"};

namespace detail {

inline std::u32string decode(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const int more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    char32_t code = more == 0 ? lead : lead & (0x3f >> more);
    for (int k = 1; k <= more && i + static_cast<std::size_t>(k) < text.size(); ++k) {
      code = code << 6 | (static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]) & 0x3f);
    }
    out += code;
    i += static_cast<std::size_t>(more) + 1;
  }
  return out;
}

inline std::string encode(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += {static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 0x3f))};
    } else if (c < 0x10000) {
      out += {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3f)),
              static_cast<char>(0x80 | (c & 0x3f))};
    } else {
      out += {static_cast<char>(0xf0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3f)),
              static_cast<char>(0x80 | (c >> 6 & 0x3f)), static_cast<char>(0x80 | (c & 0x3f))};
    }
  }
  return out;
}

inline bool is_latin(char32_t c) {
  return c >= 'a' && c <= 'z';
}
inline bool is_cyrillic(char32_t c) {
  return c >= U'а' && c <= U'я';
}
inline bool is_letter(char32_t c) {
  return is_latin(c) || is_cyrillic(c) || c > 0x7f;
}

using Pairs = std::initializer_list<std::pair<std::u32string_view, std::u32string_view>>;

// The first pair of which the text has the left side somewhere: all of these replaced. `every`: all pairs.
inline std::u32string replace(std::u32string text, const Pairs& pairs, bool every) {
  std::u32string out;
  std::u32string_view used;
  for (std::size_t i = 0; i < text.size();) {
    bool done = false;
    for (const auto& [from, to] : pairs) {
      if (!std::u32string_view(text).substr(i).starts_with(from)) continue;
      if (!every && !used.empty() && used != from) continue;
      used = from;
      out += to;
      i += from.size();
      done = true;
      break;
    }
    if (!done) out += text[i++];
  }
  return out;
}

inline constexpr std::array<std::u32string_view, 3> kLatinKeys = {U"qwertyuiop", U"asdfghjkl", U"zxcvbnm"};
inline constexpr std::array<std::u32string_view, 3> kCyrillicKeys = {U"йцукенгшщзхъ", U"фывапролджэ",
                                                                     U"ячсмитьбю"};

inline char32_t beside(char32_t c, std::mt19937& random) {
  for (const auto& keys : {kLatinKeys, kCyrillicKeys}) {
    for (const auto row : keys) {
      const auto at = row.find(c);
      if (at == row.npos) continue;
      const bool right = at == 0 || (at + 1 < row.size() && random() % 2 == 0);
      return row[right ? at + 1 : at - 1];
    }
  }
  return c;
}

}  // namespace detail

// None: the word has nothing to do it with. `word`: small letters and spaces.
inline std::optional<std::string> evade(std::string_view word, Evasion how, std::mt19937& random) {
  using namespace detail;
  const auto text = decode(word);
  std::u32string out;
  const auto longest = [&] {  // a place inside the longest of the words, not its first letter
    std::size_t begin = 0, best = 0, best_size = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
      if (i < text.size() && text[i] != ' ') continue;
      if (i - begin > best_size) best = begin, best_size = i - begin;
      begin = i + 1;
    }
    return std::pair(best, best_size);
  }();
  const auto [first, size] = longest;
  const auto inside = [&](std::size_t from_end) {
    return first + 1 + random() % std::max<std::size_t>(size - 1 - from_end, 1);
  };
  const auto between = [&](std::u32string_view what) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (i > 0 && text[i] != ' ' && text[i - 1] != ' ') out += what;
      out += text[i] == ' ' && what == U" " ? std::u32string(U"   ") : std::u32string(1, text[i]);
    }
  };
  switch (how) {
    case Evasion::leet:
      out = replace(text,
                    {{U"a", U"4"},
                     {U"e", U"3"},
                     {U"i", U"1"},
                     {U"o", U"0"},
                     {U"s", U"$"},
                     {U"о", U"0"},
                     {U"з", U"3"},
                     {U"ч", U"4"},
                     {U"б", U"6"}},
                    true);
      break;
    case Evasion::homoglyph:
      out =
          is_cyrillic(text[first])
              ? replace(text,
                        {{U"а", U"a"}, {U"е", U"e"}, {U"о", U"o"}, {U"с", U"c"}, {U"р", U"p"}, {U"х", U"x"}},
                        true)
              : replace(text,
                        {{U"a", U"а"}, {U"e", U"е"}, {U"o", U"о"}, {U"c", U"с"}, {U"p", U"р"}, {U"i", U"і"}},
                        true);
      break;
    case Evasion::zero_width:
      out = text;
      out.insert(inside(0), U"\u200b");
      break;
    case Evasion::spaced:
      between(U" ");
      break;
    case Evasion::dotted:
      between(U".");
      break;
    case Evasion::dashed:
      for (std::size_t i = 0; i < text.size(); ++i) {
        if (i >= first + 2 && i < first + size && (i - first) % 2 == 0) out += U'-';
        out += text[i];
      }
      break;
    case Evasion::full_width:
      for (const char32_t c : text) out += is_latin(c) ? c - U'a' + U'ａ' : c;
      break;
    case Evasion::pictures:
      out = text;
      out.insert(inside(0), U"❄️");
      break;
    case Evasion::repeated: {
      out = text;
      const auto at = inside(0);
      out.insert(at, 2, out[at]);
      break;
    }
    case Evasion::run_together:
      for (const char32_t c : text) {
        if (c != ' ') out += c;
      }
      out.insert(0, U"#");
      break;
    case Evasion::swapped: {
      out = text;
      const auto at = inside(1);
      if (size < 4 || out[at] == out[at + 1]) return std::nullopt;
      std::swap(out[at], out[at + 1]);
      break;
    }
    case Evasion::missing: {
      if (size < 5) return std::nullopt;  // of "weed" would be left "wed"
      out = text;
      out.erase(inside(0), 1);
      break;
    }
    case Evasion::doubled: {
      out = text;
      const auto at = inside(0);
      out.insert(at, 1, out[at]);
      break;
    }
    case Evasion::neighbour: {
      if (size < 5) return std::nullopt;
      out = text;
      const auto at = inside(0);
      out[at] = beside(out[at], random);
      break;
    }
    case Evasion::sounding:
      out = replace(text,
                    {{U"ph", U"f"},
                     {U"ck", U"k"},
                     {U"co", U"ko"},
                     {U"ca", U"ka"},
                     {U"cr", U"kr"},
                     {U"cl", U"kl"},
                     {U"x", U"ks"},
                     {U"y", U"i"},
                     {U"ee", U"ea"},
                     {U"z", U"s"},
                     {U"qu", U"kw"},
                     {U"oo", U"u"},
                     {U"тс", U"ц"},
                     {U"дс", U"ц"},
                     {U"ё", U"йо"},
                     {U"ться", U"ца"},
                     {U"о", U"а"}},
                    false);
      break;
    case Evasion::transliterated:
      out = is_cyrillic(text[first])
                ? replace(text, {{U"а", U"a"},    {U"б", U"b"},  {U"в", U"v"},  {U"г", U"g"},  {U"д", U"d"},
                                 {U"е", U"e"},    {U"ж", U"zh"}, {U"з", U"z"},  {U"и", U"i"},  {U"й", U"y"},
                                 {U"к", U"k"},    {U"л", U"l"},  {U"м", U"m"},  {U"н", U"n"},  {U"о", U"o"},
                                 {U"п", U"p"},    {U"р", U"r"},  {U"с", U"s"},  {U"т", U"t"},  {U"у", U"u"},
                                 {U"ф", U"f"},    {U"х", U"kh"}, {U"ц", U"ts"}, {U"ч", U"ch"}, {U"ш", U"sh"},
                                 {U"щ", U"shch"}, {U"ы", U"y"},  {U"э", U"e"},  {U"ю", U"yu"}, {U"я", U"ya"},
                                 {U"ь", U""},     {U"ъ", U""}},
                          true)
                : replace(text, {{U"sh", U"ш"}, {U"ch", U"ч"}, {U"ph", U"ф"}, {U"th", U"т"}, {U"ck", U"к"},
                                 {U"a", U"а"},  {U"b", U"б"},  {U"c", U"к"},  {U"d", U"д"},  {U"e", U"е"},
                                 {U"f", U"ф"},  {U"g", U"г"},  {U"h", U"х"},  {U"i", U"и"},  {U"j", U"дж"},
                                 {U"k", U"к"},  {U"l", U"л"},  {U"m", U"м"},  {U"n", U"н"},  {U"o", U"о"},
                                 {U"p", U"п"},  {U"q", U"к"},  {U"r", U"р"},  {U"s", U"с"},  {U"t", U"т"},
                                 {U"u", U"у"},  {U"v", U"в"},  {U"w", U"в"},  {U"x", U"кс"}, {U"y", U"и"},
                                 {U"z", U"з"}},
                          true);
      break;
    case Evasion::many:
      return std::nullopt;
  }
  if (out == text) return std::nullopt;
  return encode(out);
}

}  // namespace heliograph::terms::testing
