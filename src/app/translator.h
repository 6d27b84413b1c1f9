// A translator over HTTP, at an address that the operator gives: LibreTranslate's interface, which others
// speak, too.
#pragma once

#include <memory>

#include "config/config.h"
#include "services/moderation/translator.h"

namespace heliograph::app {

class HttpTranslator : public services::Translator {
 public:
  // Before the end of the loops: calls under way end soon.
  virtual void stop() = 0;
};

// Null: none is configured.
std::unique_ptr<HttpTranslator> make_translator(const config::Config& config);

// What is sent, and what an answer says; unavailable TRANSLATOR_AWAY.
std::string translation_request(const std::string& text, const std::string& into, const std::string& key);
Result<std::string> translation_in(int status, const std::string& answer);

}  // namespace heliograph::app
