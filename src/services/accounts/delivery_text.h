// How a code message reads, as JSON and as a text.
#pragma once

#include "services/accounts/delivery.h"

namespace heliograph::services {

// "sign_in", "confirm_email", "recover_password", "delete_account", "appeal".
std::string_view to_text(CodeMessage::Purpose purpose);

// One line: {"phone","code","at"} for sign-in codes; others also have "purpose", e-mails "email" for "phone".
std::string to_json(const CodeMessage& message);

// What a text message or an e-mail says, without personal data but the code.
std::string to_words(const CodeMessage& message);

}  // namespace heliograph::services
