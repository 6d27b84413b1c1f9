#include "app/translator.h"

#include <nlohmann/json.hpp>

#include "app/errands.h"
#include "app/http_client.h"

namespace heliograph::app {

namespace {

using TranslationJson = nlohmann::ordered_json;

Error translator_away(std::string why) {
  return Error::unavailable("TRANSLATOR_AWAY", std::move(why));
}

class LibreTranslator final : public HttpTranslator {
 public:
  explicit LibreTranslator(const config::Config& config) : key_(config.translator_token) {
    call_.url = config.translator_url;
    call_.content_type = "application/json";
    call_.time_limit = std::chrono::seconds(config.translator_seconds);
    call_.stop = &stop_;
  }

  Task<Result<std::string>> translate(std::string text, std::string into) override {
    auto call = call_;
    call.body = translation_request(text, into, key_);
    const auto answer = co_await http_call(errands_, std::move(call));
    if (!answer) co_return fail(translator_away(answer.error().message));
    co_return translation_in(answer->status, answer->body);
  }
  void stop() override { stop_ = true; }

 private:
  const std::string key_;
  HttpCall call_;
  std::atomic<bool> stop_ = false;
  Errands errands_;
};

}  // namespace

std::string translation_request(const std::string& text, const std::string& into, const std::string& key) {
  TranslationJson json{{"q", text}, {"source", "auto"}, {"target", into}, {"format", "text"}};
  if (!key.empty()) json["api_key"] = key;
  return json.dump(-1, ' ', false, TranslationJson::error_handler_t::replace);
}

Result<std::string> translation_in(int status, const std::string& answer) {
  if (status != 200) {
    return fail(translator_away("The translator answers " + std::to_string(status) + "."));
  }
  const auto json = TranslationJson::parse(answer, nullptr, false);
  const auto found = json.is_object() ? json.find("translatedText") : json.end();
  if (!json.is_object() || found == json.end() || !found->is_string()) {
    return fail(translator_away("What the translator answers cannot be read."));
  }
  return found->get<std::string>();
}

std::unique_ptr<HttpTranslator> make_translator(const config::Config& config) {
  if (config.translator_url.empty()) return nullptr;
  return std::make_unique<LibreTranslator>(config);
}

}  // namespace heliograph::app
