#include "base/toml.h"

#include "base/assert.h"
#include "services/bots/built_in_texts.h"
#include "services/bots/texts.h"

namespace heliograph::services {

namespace {

Error wrong_texts(std::string message) {
  return Error::invalid("BOT_TEXTS_INVALID", std::move(message));
}

template <typename Texts>
Status take_texts(const toml::table& table, const std::string& prefix, Texts& texts) {
  for (const auto& [key, value] : table) {
    const auto name = prefix + std::string(key.str());
    if (const auto* inner = value.as_table()) {
      HG_TRY(take_texts(*inner, name + ".", texts));
    } else if (const auto* text = value.as_string(); text != nullptr && !text->get().empty()) {
      texts.emplace(name, text->get());
    } else {
      return fail(wrong_texts(name + " is no text."));
    }
  }
  return {};
}

}  // namespace

Result<BotTexts> BotTexts::parse(std::string_view toml) {
  BotTexts made;
  try {
    const auto file = toml::parse(toml);
    for (const auto& [language, table] : file) {
      if (!table.is_table()) return fail(wrong_texts(std::string(language.str()) + " is no table."));
      HG_TRY(take_texts(*table.as_table(), "", made.languages_[std::string(language.str())]));
    }
  } catch (const toml::parse_error& error) {
    return fail(wrong_texts(std::string(error.description())));
  } catch (const std::logic_error& error) {
    return fail(wrong_texts(error.what()));
  }
  const auto english = made.languages_.find("en");
  if (english == made.languages_.end()) return fail(wrong_texts("There is no English."));
  for (const auto& [language, texts] : made.languages_) {
    for (const auto& [key, text] : texts) {
      if (!english->second.contains(key))
        return fail(wrong_texts(language + "." + key + " is not in English."));
    }
  }
  return made;
}

const BotTexts& BotTexts::built_in() {
  static const BotTexts texts = [] {
    auto parsed = parse(built_in_bot_texts());
    HG_ASSERT(parsed.has_value());  // the file is part of the program, and a test has read it
    return std::move(*parsed);
  }();
  return texts;
}

std::vector<std::string> BotTexts::languages() const {
  std::vector<std::string> names;
  for (const auto& [language, texts] : languages_) names.push_back(language);
  return names;
}

std::vector<std::string> BotTexts::keys(std::string_view language) const {
  std::vector<std::string> names;
  const auto texts = languages_.find(language);
  if (texts == languages_.end()) return names;
  for (const auto& [key, text] : texts->second) names.push_back(key);
  return names;
}

std::string BotTexts::say(std::string_view language, std::string_view key, Words words) const {
  std::string_view text;
  for (const auto which : {language, std::string_view("en")}) {
    const auto texts = languages_.find(which);
    if (texts == languages_.end()) continue;
    const auto found = texts->second.find(key);
    if (found == texts->second.end()) continue;
    text = found->second;
    break;
  }
  std::string said;
  while (!text.empty()) {
    const auto open = text.find('{');
    said += text.substr(0, open);
    if (open == text.npos) break;
    text.remove_prefix(open);
    const auto close = text.find('}');
    const auto name = close == text.npos ? std::string_view() : text.substr(1, close - 1);
    const auto* word = words.begin();
    while (word != words.end() && word->first != name) ++word;
    if (word == words.end()) {
      said += '{';
      text.remove_prefix(1);
    } else {
      said += word->second;
      text.remove_prefix(close + 1);
    }
  }
  return said;
}

}  // namespace heliograph::services
