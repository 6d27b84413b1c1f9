#include "terms/character.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace heliograph::terms {

namespace {

constexpr char32_t kCodes = 0x110000;
constexpr char32_t kPageBits = 8;
constexpr char32_t kPageSize = 1 << kPageBits;

// Likenesses that Unicode's confusables leave out (they are lists for identifiers, in fonts of their time),
// or settle in a way that does not read as a word: pairs of what is written and what is meant.
constexpr std::u32string_view kLikeLatin =
    U"аaвbеeкkмmнhоoрpсcтtуyхxіiїiјjѕsԁdԛqԝwһhҽeгrпnиuьbяrшwщwцuэeёeѵvєeґrүyұyқkҳxңhәe"
    U"αaβbεeιiκkνvοoρpτtυuχxηnγyσoςcωwμuδdζzπnλaθoφoϲc"
    U"օoոnհhսuցgզqքpյjտsւuաwղnմu"
    U"ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɑaɡgıiȷj"
    U"ǝeəeɐaɔcɥhɯmɹrʇtʌvʍwʎyɓbɗdɖdɛeɣyɨiɩiɭlɱmɲnɳnɵoɽrʂsʈtʉuʋvʐzƙkƥpƭtʞkɟfɘeɜeɞe"
    U"ɾrɍrɏyʝjɠgɦhɧhɬlɫlƀbȼcđdɇeǥgħhƗiɉjłlƚlꝋoøoᵽpꝑpɋqŧtⱦtʊuƶz";

// Letters that carry a stroke or hook which decomposition leaves on; and shapes of one Arabic letter.
constexpr std::u32string_view kBases =
    U"łlƚløođdħhŧtıiȷjƀbȼcɇeɉjɍrɏyƶzǥg"
    U"ёеѐеѝи"
    U"أاإاآاٱاىيئيیيؤوةهکكۀهہهے"
    U"ي"
    U"ךכםמןנףפץצ";

// Cyrillic that a reader of Latin takes for nothing of his own.
constexpr std::u32string_view kStrongCyrillic = U"бгджзийлпфцчшщъыэюя";
constexpr std::u32string_view kStrongGreek = U"γδζθλμξπσφψωςβ";

constexpr std::u32string_view kCyrillicTwins = U"aаbвcсeеhнkкmмoоpрtтxхyуiіnпuиrгjјsѕ";

char32_t second_of(std::u32string_view pairs, char32_t first) {
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
    if (pairs[i] == first) return pairs[i + 1];
  }
  return 0;
}

Script script_of(char32_t code) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(code), &status)) {
    case USCRIPT_LATIN:
      return Script::latin;
    case USCRIPT_CYRILLIC:
      return Script::cyrillic;
    case USCRIPT_GREEK:
      return Script::greek;
    case USCRIPT_ARABIC:
      return Script::arabic;
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return Script::unspaced;
    default:
      return Script::other;
  }
}

bool unseen(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 ||
         c == 0x640 /* tatweel */ || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0;
}

// Accents and decorations, as against the marks that make up the words of a script.
bool decorates(char32_t c) {
  return (c >= 0x300 && c < 0x370) || (c >= 0x483 && c < 0x48a) || (c >= 0x1ab0 && c < 0x1b00) ||
         (c >= 0x1dc0 && c < 0x1e00) || (c >= 0x20d0 && c < 0x2100) || (c >= 0xfe20 && c < 0xfe30) ||
         (c >= 0x3099 && c <= 0x309a);
}

// Vowel points that are usually left out in writing.
bool points(char32_t c) {
  return (c >= 0x591 && c <= 0x5c7 && c != 0x5be && c != 0x5c0 && c != 0x5c3 && c != 0x5c6) ||
         (c >= 0x610 && c <= 0x61a) || (c >= 0x64b && c <= 0x65f) || c == 0x670 ||
         (c >= 0x6d6 && c <= 0x6dc) || (c >= 0x6df && c <= 0x6e8 && c != 0x6e5 && c != 0x6e6) ||
         (c >= 0x6ea && c <= 0x6ed) || (c >= 0x8d3 && c <= 0x8ff);
}

CharacterKind kind_of(char32_t c) {
  if (c >= '0' && c <= '9') return CharacterKind::digit;
  switch (c) {
    case '@':
    case '$':
    case '!':
    case '|':
    case '+':
    case 0x20ac:  // €
    case 0xa3:    // £
      return CharacterKind::substitute;
    default:
      break;
  }
  if (c < 0x20 || c == 0x7f || c == 0x2800 || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0) {
    return CharacterKind::space;
  }
  if (unseen(c) || points(c)) return CharacterKind::ignored;
  if (decorates(c)) return CharacterKind::mark;
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER:
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
      return CharacterKind::letter;
    case U_ENCLOSING_MARK:
      return CharacterKind::mark;
    case U_DECIMAL_DIGIT_NUMBER:
    case U_OTHER_NUMBER:
      return CharacterKind::letter;  // of scripts whose digits do not fold to 0-9: part of a word
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_SURROGATE:
    case U_UNASSIGNED:
      return CharacterKind::ignored;
    default:
      break;
  }
  if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ||
      u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EMOJI_PRESENTATION) != 0) {
    return CharacterKind::emoji;
  }
  return CharacterKind::separator;
}

struct SpoofCloser {
  void operator()(USpoofChecker* c) const { uspoof_close(c); }
};

class Table {
 public:
  Table() {
    UErrorCode status = U_ZERO_ERROR;
    fold_ = icu::Normalizer2::getNFKCCasefoldInstance(status);
    decompose_ = icu::Normalizer2::getNFDInstance(status);
    compose_ = icu::Normalizer2::getNFCInstance(status);
    spoof_.reset(uspoof_open(&status));
    for (char32_t letter = 'a'; letter <= 'z'; ++letter) {
      looks_.emplace(look(letter), letter);
    }
    for (char32_t letter = 'A'; letter <= 'Z'; ++letter) looks_.emplace(look(letter), letter + 32);
    plain_.kind = CharacterKind::letter;
    plain_.script = Script::unspaced;
    for (char32_t page = 0; page < kCodes / kPageSize; ++page) {
      if (wanted(page << kPageBits)) {
        pages_[page] = static_cast<std::int16_t>(storage_.size());
        storage_.push_back(std::make_unique<Page>());
        for (char32_t i = 0; i < kPageSize; ++i) {
          (*storage_.back())[i] = derive((page << kPageBits) | i);
        }
      } else {
        pages_[page] = -1;
      }
    }
    looks_.clear();
  }

  const Character& at(char32_t code) const {
    if (code >= kCodes) return nothing_;
    const auto page = pages_[code >> kPageBits];
    if (page >= 0) [[likely]] {
      return (*storage_[static_cast<std::size_t>(page)])[code & (kPageSize - 1)];
    }
    if ((code >= 0x3400 && code < 0xa000) || (code >= 0xac00 && code < 0xd7a4) ||
        (code >= 0x20000 && code < 0x33400)) {
      // One value for all of them, but for the letter: the caller's own thread keeps it.
      thread_local Character mine;
      mine = plain_;
      if (code >= 0xac00 && code < 0xd7a4) mine.script = Script::other;  // Hangul has spaces
      mine.letter = mine.base = code;
      return mine;
    }
    return nothing_;
  }

  std::span<const char32_t> expansion(const Character& c) const {
    return std::span<const char32_t>(pool_).subspan(c.extra_index, c.extra);
  }

 private:
  using Page = std::array<Character, kPageSize>;

  // The unified ideographs and syllables fold to themselves; planes 4-13 and private use hold nothing.
  static bool wanted(char32_t first) {
    if (first >= 0x3400 && first < 0xa000) return false;
    if (first >= 0xac00 && first < 0xd700) return false;
    if (first >= 0xd800 && first < 0xf900) return false;
    if (first < 0x20000) return true;
    return first >= 0x2f800 && first < 0x2fb00;
  }

  std::string look(char32_t code) const {
    UErrorCode status = U_ZERO_ERROR;
    char in[4];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(in, length, code);
    char out[64];
    const auto size = uspoof_getSkeletonUTF8(spoof_.get(), 0, in, length, out, sizeof out, &status);
    return U_SUCCESS(status) && size <= 64 ? std::string(out, static_cast<std::size_t>(size)) : std::string();
  }

  char32_t without_accents(char32_t c) const {
    if (c < 0x80 || c == 0x439) return c;
    if (const auto base = second_of(kBases, c)) return base;
    icu::UnicodeString apart;
    if (!decompose_->getDecomposition(static_cast<UChar32>(c), apart)) return c;
    const auto first = static_cast<char32_t>(apart.char32At(0));
    for (std::int32_t i = apart.moveIndex32(0, 1); i < apart.length(); i = apart.moveIndex32(i, 1)) {
      if (!decorates(static_cast<char32_t>(apart.char32At(i)))) return c;
    }
    if (const auto base = second_of(kBases, first)) return base;
    return first;
  }

  char32_t latin_look(char32_t code, const Character& c) const {
    if (c.script == Script::latin && c.base >= 'a' && c.base <= 'z') return c.base;
    if (const auto like = second_of(kLikeLatin, code)) return like;  // ϲ folds to σ, and looks like c
    if (const auto like = second_of(kLikeLatin, c.letter)) return like;
    if (const auto like = second_of(kLikeLatin, c.base)) return like;
    if (c.kind != CharacterKind::letter && c.kind != CharacterKind::separator) return 0;
    if (c.kind == CharacterKind::separator && code < 0x2100) return 0;
    const auto found = looks_.find(look(code));
    return found == looks_.end() ? 0 : found->second;
  }

  Character derive(char32_t code) {
    Character c;
    c.letter = c.base = code;
    if (code >= 0x1f1e6 &&
        code <= 0x1f1ff) {  // regional indicators: the canonical form tells flags from words
      c.letter = c.base = c.latin = 'a' + (code - 0x1f1e6);
      c.kind = CharacterKind::letter;
      c.script = Script::latin;
      return c;
    }
    char32_t boxed = 0;  // white on black, in a circle or a square
    if (code >= 0x1f150 && code <= 0x1f169) boxed = 'a' + (code - 0x1f150);
    if (code >= 0x1f170 && code <= 0x1f189) boxed = 'a' + (code - 0x1f170);
    if (boxed != 0) {
      c.letter = c.base = c.latin = boxed;
      c.kind = CharacterKind::letter;
      c.script = Script::latin;
      return c;
    }
    if (code == 0x20e3) {  // the frame of a keycap
      c.kind = CharacterKind::ignored;
      return c;
    }
    c.kind = kind_of(code);
    if (c.kind == CharacterKind::ignored || c.kind == CharacterKind::mark) return c;
    UErrorCode status = U_ZERO_ERROR;
    const auto folded = fold_->normalize(icu::UnicodeString(static_cast<UChar32>(code)), status);
    if (U_SUCCESS(status) && !folded.isEmpty()) {
      std::vector<char32_t> letters;
      for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        const auto one = static_cast<char32_t>(folded.char32At(i));
        const auto kind = kind_of(one);
        if (kind == CharacterKind::ignored || kind == CharacterKind::mark) continue;
        letters.push_back(one);
      }
      // A spacing accent is a space and a mark: no letter at all.
      if (!letters.empty()) {
        c.letter = letters.front();
        if (letters.size() > 1 && pool_.size() + letters.size() < 65535) {
          c.extra_index = static_cast<std::uint16_t>(pool_.size());
          c.extra = static_cast<std::uint8_t>(letters.size() - 1);
          pool_.insert(pool_.end(), letters.begin() + 1, letters.end());
        }
        if (c.letter != code) c.kind = kind_of(c.letter);
      }
    }
    c.script = script_of(c.letter);
    c.base = without_accents(c.letter);
    c.upper = u_isUUppercase(static_cast<UChar32>(code)) != 0;
    c.latin = latin_look(code, c);
    if (c.kind == CharacterKind::separator && c.latin != 0) c.kind = CharacterKind::letter;
    if (c.script == Script::cyrillic) c.strong = kStrongCyrillic.find(c.letter) != kStrongCyrillic.npos;
    const bool posing = code != c.letter && second_of(kLikeLatin, code) != 0;
    if (c.script == Script::greek) c.strong = kStrongGreek.find(c.base) != kStrongGreek.npos && !posing;
    return c;
  }

  const icu::Normalizer2* fold_ = nullptr;
  const icu::Normalizer2* decompose_ = nullptr;
  const icu::Normalizer2* compose_ = nullptr;
  std::unique_ptr<USpoofChecker, SpoofCloser> spoof_;
  std::unordered_map<std::string, char32_t> looks_;
  std::array<std::int16_t, kCodes / kPageSize> pages_{};
  std::vector<std::unique_ptr<Page>> storage_;
  std::vector<char32_t> pool_;
  Character plain_;
  Character nothing_;
};

const Table& table() {
  static const Table made;
  return made;
}

std::array<std::uint32_t, 26> flags() {
  std::array<std::uint32_t, 26> rows{};
  for (const char* const* country = uloc_getISOCountries(); *country != nullptr; ++country) {
    rows[static_cast<std::size_t>((*country)[0] - 'A')] |= 1u << ((*country)[1] - 'A');
  }
  rows['E' - 'A'] |= 1u << ('U' - 'A');
  return rows;
}

}  // namespace

const Character& character(char32_t code) {
  static const Table& made = table();
  return made.at(code);
}

std::span<const char32_t> expansion(const Character& c) {
  return table().expansion(c);
}

char32_t cyrillic_twin(char32_t latin) {
  return second_of(kCyrillicTwins, latin);
}

char32_t substitute_letter(char32_t written, Script script) {
  if (script == Script::cyrillic) return second_of(U"0о3з4ч6б8в@а$с", written);
  return second_of(U"0o1i2z3e4a5s6b7t8b9g@a$s!i|i+t€e£l", written);
}

char32_t letter_class(char32_t base) {
  switch (base) {
    case 'l':
      return 'i';
    case 'g':
      return 'b';
    default:
      return base;
  }
}

bool is_flag(char32_t first, char32_t second) {
  static const auto rows = flags();
  if (first < 0x1f1e6 || first > 0x1f1ff || second < 0x1f1e6 || second > 0x1f1ff) return false;
  return ((rows[first - 0x1f1e6] >> (second - 0x1f1e6)) & 1u) != 0;
}

}  // namespace heliograph::terms
