#include "services/accounts/delivery_text.h"

#include <nlohmann/json.hpp>

namespace heliograph::services {

std::string_view to_text(CodeMessage::Purpose purpose) {
  switch (purpose) {
    case CodeMessage::Purpose::sign_in:
      return "sign_in";
    case CodeMessage::Purpose::confirm_email:
      return "confirm_email";
    case CodeMessage::Purpose::recover_password:
      return "recover_password";
    case CodeMessage::Purpose::delete_account:
      return "delete_account";
    case CodeMessage::Purpose::appeal:
      return "appeal";
  }
  return "sign_in";
}

std::string to_json(const CodeMessage& message) {
  nlohmann::ordered_json json;
  json[message.to == CodeMessage::To::phone ? "phone" : "email"] = message.address;
  json["code"] = message.code;
  json["at"] = message.at;
  if (message.purpose != CodeMessage::Purpose::sign_in) json["purpose"] = to_text(message.purpose);
  return json.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
}

std::string to_words(const CodeMessage& message) {
  switch (message.purpose) {
    case CodeMessage::Purpose::sign_in:
      return "Login code: " + message.code + ". Give it to nobody.";
    case CodeMessage::Purpose::confirm_email:
      return "Your code to confirm this e-mail address: " + message.code + ".";
    case CodeMessage::Purpose::recover_password:
      return "Your code to remove the two-step verification password: " + message.code +
             ". Give it to nobody. If you did not ask for it, somebody else has your login code: end "
             "sessions "
             "you do not know.";
    case CodeMessage::Purpose::delete_account:
      return "Your code to keep your account: " + message.code + ".";
    case CodeMessage::Purpose::appeal:
      return "Your code to read decisions about your account and to appeal: " + message.code +
             ". Give it to nobody.";
  }
  return {};
}

}  // namespace heliograph::services
