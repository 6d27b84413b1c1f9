#include "web/portal/application_json.h"

#include <algorithm>

#include "legal/requests/words.h"
#include "safety/policy/policy.h"

namespace heliograph::web {

namespace {

constexpr std::size_t kApplicationLine = 200;
constexpr std::size_t kApplicationAddress = 500;
constexpr std::size_t kApplicationText = 2000;

std::vector<legal::Type> types_in(Fields& fields) {
  std::vector<legal::Type> out;
  const auto* list = fields.list("types", 1, legal::kTypeNames.size());
  if (list == nullptr) return out;
  for (const auto& one : *list) {
    const auto type = one.is_string() ? legal::type_of(one.get_ref<const std::string&>()) : std::nullopt;
    if (!type || std::ranges::find(out, *type) != out.end()) {
      fields.refuse("types", "a list of types of requests, each once");
      return out;
    }
    out.push_back(*type);
  }
  return out;
}

}  // namespace

legal::ApplicationForm application_in(Fields& fields) {
  legal::ApplicationForm out;
  out.authority = fields.text("authority", 1, kApplicationLine);
  out.kind = fields.text("kind", 1, 32);
  out.country = fields.text("country", 2, 2);
  out.domain = legal::in_small_letters(fields.text("domain", 1, kApplicationLine));
  out.address = fields.text("address", 1, kApplicationAddress);
  out.applicant = fields.text("applicant", 1, kApplicationLine);
  out.office = fields.text("office", 1, kApplicationLine);
  out.email = fields.text("email", 1, kApplicationLine);
  out.phone = fields.text("phone", 1, 40);
  out.legal_basis = fields.text("legal_basis", 1, kApplicationText);
  out.types = types_in(fields);
  out.words = fields.text_if("text", 0, kApplicationText).value_or("");
  // After what is missing or too long, so that this is told first.
  if (std::ranges::find(legal::kIssuers, out.kind) == legal::kIssuers.end()) {
    fields.refuse("kind", "a kind of authority");
  }
  if (!safety::is_country(out.country)) fields.refuse("country", "a country like \"DE\"");
  if (!legal::is_domain(out.domain)) fields.refuse("domain", "a domain like \"police.example\"");
  if (!legal::is_email(out.email)) fields.refuse("email", "an e-mail address");
  if (!legal::is_phone_number(out.phone)) fields.refuse("phone", "a telephone number");
  return out;
}

Json application_json(const legal::ApplicationForm& form) {
  Json out{{"authority", form.authority},     {"kind", form.kind},       {"country", form.country},
           {"domain", form.domain},           {"address", form.address}, {"applicant", form.applicant},
           {"office", form.office},           {"email", form.email},     {"phone", form.phone},
           {"legal_basis", form.legal_basis}, {"types", Json::array()}};
  for (const auto type : form.types) out["types"].push_back(legal::name(type));
  if (!form.words.empty()) out["text"] = form.words;
  return out;
}

}  // namespace heliograph::web
