#include "services/moderation/translations.h"

#include <algorithm>

#include "crypto/hash.h"
#include "search/text.h"
#include "store/console.h"

namespace heliograph::services {

namespace {

// A translation cannot be put to another case or language.
std::string about_translation(std::int64_t case_id, std::string_view language) {
  return "translation/" + std::to_string(case_id) + "/" + std::string(language);
}

bool is_language(std::string_view language) {
  return (language.size() == 2 || language.size() == 3) &&
         std::ranges::all_of(language, [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

Task<Result<std::optional<std::string>>> Translations::kept(std::int64_t case_id, std::string text,
                                                            std::string language) const {
  auto body = [case_id, language, digest = to_bytes(crypto::sha256(as_bytes(text))),
               &sealer = environment_.sealer](store::Tx& tx) -> Result<std::optional<std::string>> {
    HG_ASSIGN(const auto found, store::console_of(tx).case_translations().find(case_id, language));
    if (!found || found->digest != digest) return std::optional<std::string>();
    const auto about = about_translation(case_id, language);
    HG_ASSIGN(const auto plain, sealer.open(found->sealed, as_bytes(about)));
    return std::optional(std::string(plain.begin(), plain.end()));
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<std::string>> Translations::make(std::int64_t case_id, std::string text, std::string language) {
  if (!is_language(language)) {
    co_return fail(Error::invalid("LANGUAGE_INVALID", "Name a language by its code, like \"de\"."));
  }
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    co_return fail(Error::invalid("NOTHING_TO_TRANSLATE", "The case says nothing in words."));
  }
  if (translator_ == nullptr) {
    co_return fail(Error::unavailable("TRANSLATOR_AWAY", "No translator is configured on this server."));
  }
  CO_ASSIGN(auto before, co_await kept(case_id, text, language));
  if (before) co_return std::move(*before);
  const auto cut = search::cut(text, Translator::text_max);
  CO_ASSIGN(auto made, co_await translator_->translate(std::string(cut), language));
  store::CaseTranslation row;
  row.case_id = case_id;
  row.language = language;
  row.digest = to_bytes(crypto::sha256(as_bytes(text)));
  row.made_at = environment_.clock.unix_seconds();
  const auto about = about_translation(case_id, language);
  row.sealed = environment_.sealer.seal(as_bytes(made), as_bytes(about), environment_.random);
  auto body = [row = std::move(row)](store::Tx& tx) {
    return store::console_of(tx).case_translations().put(row);
  };
  CO_TRY(co_await environment_.store.write(std::move(body)));
  co_return made;
}

}  // namespace heliograph::services
