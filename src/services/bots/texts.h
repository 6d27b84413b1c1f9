// What a bot says, in the languages of its visitors: a file (rules/bot-texts.toml) that the program carries.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace heliograph::services {

using Words = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class BotTexts {
 public:
  // A table a language, "en" among them; a table inside it adds its name and a dot to its keys. Every other
  // language has no key that English lacks. invalid BOT_TEXTS_INVALID, with what is wrong.
  static Result<BotTexts> parse(std::string_view toml);
  // Of the file that the program carries.
  static const BotTexts& built_in();

  bool has(std::string_view language) const { return languages_.contains(std::string(language)); }
  std::vector<std::string> languages() const;
  std::vector<std::string> keys(std::string_view language) const;
  // In English where the language, or this text in it, is not there. `{word}` becomes what `words` says;
  // what was filled in is not looked at again.
  std::string say(std::string_view language, std::string_view key, Words words = {}) const;

 private:
  using Texts = std::map<std::string, std::string, std::less<>>;
  std::map<std::string, Texts, std::less<>> languages_;
};

}  // namespace heliograph::services
