#include "search/language.h"

#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace heliograph::search {

namespace {

constexpr std::array latin = {
    Language{"en", "english"},   Language{"es", "spanish"},    Language{"pt", "portuguese"},
    Language{"fr", "french"},    Language{"de", "german"},     Language{"it", "italian"},
    Language{"nl", "dutch"},     Language{"sv", "swedish"},    Language{"da", "danish"},
    Language{"no", "norwegian"}, Language{"fi", "finnish"},    Language{"hu", "hungarian"},
    Language{"ro", "romanian"},  Language{"tr", "turkish"},    Language{"id", "indonesian"},
    Language{"ca", "catalan"},   Language{"lt", "lithuanian"}, Language{"ga", "irish"},
    Language{"eu", "basque"}};
constexpr std::array cyrillic = {Language{"ru", "russian"}};
constexpr std::array arabic = {Language{"ar", "arabic"}};
constexpr std::array armenian = {Language{"hy", "armenian"}};
constexpr std::array devanagari = {Language{"ne", "nepali"}};
constexpr std::array tamil = {Language{"ta", "tamil"}};

// Short words that a text of the language can hardly do without, in the order of `latin`. A word in several
// lists votes for each.
constexpr std::array<std::string_view, latin.size()> common_words = {
    "the of and to in is that for it with was on are be this have from you not they we has will at by an or",
    "el la los las de que y en un una es por con para se del al lo como más pero su no está son este ya",
    "o a os as de que e em um uma é por com para se do da no na não mais mas ao dos das foi são você isso",
    "le la les de des et en un une est que qui dans pour pas sur au du il elle nous vous avec ce sont par "
    "plus",
    "der die das und ist nicht ein eine zu den von mit auf für im dem sich des auch es wird sind war bei "
    "nach",
    "il lo la gli le di che è e un una per con non del della sono in si ha al da più anche come ma nel",
    "de het een en van is dat in op te zijn met niet voor aan er ook maar om dit bij naar wordt ik je",
    "och att det som en på är av för med den till inte om ett har de jag var från men vi kan ska",
    "og at det er en på af for med den til ikke der et har de jeg var fra men vi kan skal som",
    "og å det er en på av for med den til ikke som et har de jeg var fra men vi kan skal på",
    "ja on ei se että oli hän mutta ovat kun niin myös tai joka mitä nyt vain jos ole sen",
    "a az és hogy nem is egy van ez meg csak de már volt mint még ki vagy lesz azt el",
    "și de la în a cu pe nu este un o care că din pentru mai sunt al ce să au fost",
    "ve bir bu için ile da de ne çok daha gibi olan var mı ama en değil olarak kadar sonra",
    "yang dan di ini itu dengan untuk dari tidak akan pada ke juga adalah saya ada sudah bisa atau kami",
    "el la els les de que i en un una és per amb no del al als com més però són aquest",
    "ir yra kad su iš į tai ne bet kaip o per už jau tik buvo nuo dar apie po",
    "an na agus is ar a ag go le do sé sí tá bhí ní mar ach don leis níos",
    "eta da ez du bat dira ere zen egin dute izan baina hori den dago beste oso hau"};

struct Votes {
  std::unordered_map<std::string_view, std::vector<std::uint8_t>> languages_by_word;
  Votes() {
    for (std::size_t i = 0; i < common_words.size(); ++i) {
      auto rest = common_words[i];
      while (!rest.empty()) {
        const auto end = std::min(rest.find(' '), rest.size());
        auto& languages = languages_by_word[rest.substr(0, end)];
        if (languages.empty() || languages.back() != i) languages.push_back(static_cast<std::uint8_t>(i));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
  }
};

}  // namespace

Script script_of(std::string_view word) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
  const auto size = static_cast<std::int32_t>(word.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c;
    U8_NEXT(bytes, at, size, c);
    if (c >= 'a' && c <= 'z') return Script::latin;
    if (c < 0x80) continue;
    UErrorCode error = U_ZERO_ERROR;
    switch (uscript_getScript(c, &error)) {
      case USCRIPT_LATIN:
        return Script::latin;
      case USCRIPT_CYRILLIC:
        return Script::cyrillic;
      case USCRIPT_ARABIC:
        return Script::arabic;
      case USCRIPT_ARMENIAN:
        return Script::armenian;
      case USCRIPT_DEVANAGARI:
        return Script::devanagari;
      case USCRIPT_TAMIL:
        return Script::tamil;
      case USCRIPT_COMMON:
      case USCRIPT_INHERITED:
        continue;
      default:
        return Script::other;
    }
  }
  return Script::other;
}

Script script_of_language(const Language& language) {
  for (const auto script :
       {Script::cyrillic, Script::arabic, Script::armenian, Script::devanagari, Script::tamil}) {
    if (languages_of(script).front().code == language.code) return script;
  }
  return Script::latin;
}

std::span<const Language> languages_of(Script script) {
  switch (script) {
    case Script::latin:
      return latin;
    case Script::cyrillic:
      return cyrillic;
    case Script::arabic:
      return arabic;
    case Script::armenian:
      return armenian;
    case Script::devanagari:
      return devanagari;
    case Script::tamil:
      return tamil;
    case Script::other:
      return {};
  }
  return {};
}

std::optional<Language> guess_language(const std::vector<Unit>& units) {
  static const Votes votes;
  std::array<int, 7> scripts{};
  std::array<int, latin.size()> words{};
  for (const auto& unit : units) {
    if (unit.cjk) continue;
    ++scripts[static_cast<std::size_t>(script_of(unit.text))];
    const auto found = votes.languages_by_word.find(unit.text);
    if (found == votes.languages_by_word.end()) continue;
    for (const auto language : found->second) ++words[language];
  }
  const auto most = std::ranges::max_element(scripts);
  if (*most == 0) return std::nullopt;
  const auto script = static_cast<Script>(most - scripts.begin());
  const auto candidates = languages_of(script);
  if (candidates.empty()) return std::nullopt;
  if (script != Script::latin) return candidates.front();
  // The first of equals: the order of `latin` is that of how likely a language is.
  return latin[static_cast<std::size_t>(std::ranges::max_element(words) - words.begin())];
}

}  // namespace heliograph::search
