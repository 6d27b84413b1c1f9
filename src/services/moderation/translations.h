// What cases say in a language that whoever looks at it reads. Made when somebody asks, kept sealed beside
// the case, so that a text leaves for the translator once.
#pragma once

#include <optional>
#include <string>

#include "services/environment.h"
#include "services/moderation/translator.h"

namespace heliograph::services {

// Thread-safe.
class Translations {
 public:
  // `translator` null: none are made.
  Translations(const Environment& environment, Translator* translator)
      : environment_(environment), translator_(translator) {}

  bool offered() const { return translator_ != nullptr; }
  // Of this text in this case; none: nobody has asked, or the text was another one then.
  Task<Result<std::optional<std::string>>> kept(std::int64_t case_id, std::string text,
                                                std::string language) const;
  // The kept one, or a new one. invalid LANGUAGE_INVALID, NOTHING_TO_TRANSLATE; unavailable TRANSLATOR_AWAY.
  Task<Result<std::string>> make(std::int64_t case_id, std::string text, std::string language);

 private:
  const Environment& environment_;
  Translator* translator_;
};

}  // namespace heliograph::services
