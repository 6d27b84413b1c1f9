#include "services/accounts/phone.h"

#include <phonenumbers/phonenumberutil.h>

namespace heliograph::services {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

std::unexpected<Error> invalid_number() {
  return fail(
      Error::not_acceptable("PHONE_NUMBER_INVALID", "The number must be complete, with its country code."));
}

Bytes seal_context(ByteView index) {
  Bytes about;
  append(about, as_bytes("account.phone/"));
  append(about, index);
  return about;
}

}  // namespace

Result<Phone> parse_phone(std::string_view text) {
  std::string dialled = "+";
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      dialled += c;
    } else if (c != '+' && c != ' ' && c != '-' && c != '(' && c != ')' && c != '.') {
      return invalid_number();
    }
  }
  // The longest E.164 number has 15 digits; do not hand the library more than that.
  if (dialled.size() < 6 || dialled.size() > 17) return invalid_number();

  const auto& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (util.Parse(dialled, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return invalid_number();
  if (!util.IsValidNumber(number)) return invalid_number();
  std::string e164;
  util.Format(number, PhoneNumberUtil::E164, &e164);
  return Phone{e164.substr(1)};
}

std::string region_of(const Phone& phone) {
  const auto& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (util.Parse(phone.international(), "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return {};
  std::string region;
  util.GetRegionCodeForNumber(number, &region);
  if (region == "ZZ" || region == "001") return {};
  return region;
}

Bytes phone_index(const Environment& environment, const Phone& phone) {
  return to_bytes(environment.phone_index.tag(as_bytes(phone.digits)));
}

Bytes seal_phone(const Environment& environment, const Phone& phone) {
  const auto about = seal_context(phone_index(environment, phone));
  return environment.sealer.seal(as_bytes(phone.digits), about, environment.random);
}

Result<Phone> open_phone(const Environment& environment, ByteView sealed, ByteView index) {
  if (sealed.empty()) return Phone{};
  HG_ASSIGN(const auto digits, environment.sealer.open(sealed, seal_context(index)));
  return Phone{std::string(as_text(digits))};
}

}  // namespace heliograph::services
