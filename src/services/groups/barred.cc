#include "services/groups/barred.h"

namespace heliograph::services {

bool is_barred(std::string_view countries, std::string_view country) {
  if (country.empty()) return false;
  while (!countries.empty()) {
    const auto end = countries.find(' ');
    if (countries.substr(0, end) == country) return true;
    if (end == std::string_view::npos) return false;
    countries.remove_prefix(end + 1);
  }
  return false;
}

std::string joined_countries(const std::vector<std::string>& countries) {
  std::string all;
  for (const auto& one : countries) all += (all.empty() ? "" : " ") + one;
  return all;
}

Result<std::string> country_of(store::Tx& tx, UserId user) {
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  return account ? account->country : std::string();
}

std::string_view restriction_of(const store::Chat& chat, std::string_view country) {
  if ((chat.flags & store::chat_closed) != 0) return chat.closed_why;
  return is_barred(chat.barred_in, country) ? std::string_view(chat.barred_why) : std::string_view();
}

Result<std::string> restriction_for(store::Tx& tx, const store::Chat& chat, UserId user) {
  if ((chat.flags & store::chat_closed) != 0) return chat.closed_why;
  if (chat.barred_in.empty()) return "";
  HG_ASSIGN(const auto country, country_of(tx, user));
  return std::string(restriction_of(chat, country));
}

}  // namespace heliograph::services
