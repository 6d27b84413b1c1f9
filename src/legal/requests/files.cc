#include "legal/requests/files.h"

#include <algorithm>

#include "legal/requests/sealed_row.h"
#include "legal/requests/words.h"

namespace heliograph::legal {

namespace {

constexpr std::size_t kWordsMax = 8 * 1024;
constexpr std::size_t kLineMax = 300;
constexpr UnixSeconds kDaySeconds = 86'400;

Status form_invalid(std::string_view field, std::string_view what) {
  return fail(Error::invalid("FORM_INVALID", std::string(field) + " " + std::string(what)));
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_identifier(const RequestForm& form) {
  const std::string_view text = form.identifier;
  switch (form.kind) {
    case IdentifierKind::user_id:
      return !text.empty() && text.size() <= 15 && all_digits(text) && text.front() != '0';
    case IdentifierKind::username: {
      const auto name = text.starts_with('@') ? text.substr(1) : text;
      return name.size() >= 3 && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
             });
    }
    case IdentifierKind::phone: {
      const auto number = text.starts_with('+') ? text.substr(1) : text;
      return number.size() >= 5 && number.size() <= 15 && all_digits(number);
    }
    case IdentifierKind::link:
      return text.size() >= 5 && text.size() <= kLineMax && text.find(' ') == std::string_view::npos;
  }
  return false;
}

}  // namespace

Bytes seal_form(RequestForm form, std::int64_t request, const crypto::Sealer& sealer, Random& random) {
  return seal_row_of(form, "legal_requests", request, sealer, random);
}
Result<RequestForm> open_form(const store::LegalRequest& request, const crypto::Sealer& sealer) {
  return open_row_of<RequestForm>(request.sealed, "legal_requests", request.id, sealer);
}
Bytes seal_act(ActFile file, const store::LegalAct& act, const crypto::Sealer& sealer, Random& random) {
  if (act.agency != 0) return seal_row_of(file, "legal_acts.agency", act.agency, sealer, random);
  if (act.application != 0) {
    return seal_row_of(file, "legal_acts.application", act.application, sealer, random);
  }
  return seal_row_of(file, "legal_acts", act.request, sealer, random);
}
Result<ActFile> open_act(const store::LegalAct& act, const crypto::Sealer& sealer) {
  if (act.agency != 0) return open_row_of<ActFile>(act.sealed, "legal_acts.agency", act.agency, sealer);
  if (act.application != 0) {
    return open_row_of<ActFile>(act.sealed, "legal_acts.application", act.application, sealer);
  }
  return open_row_of<ActFile>(act.sealed, "legal_acts", act.request, sealer);
}
Result<OpenActs> open_acts(std::vector<store::LegalAct> acts, const crypto::Sealer& sealer) {
  OpenActs out;
  for (auto& act : acts) {
    HG_ASSIGN(auto file, open_act(act, sealer));
    out.emplace_back(std::move(act), std::move(file));
  }
  return out;
}
Result<Held> held_by(const std::vector<store::LegalAct>& acts, const crypto::Sealer& sealer) {
  Held out;
  for (const auto& act : acts) {
    if (act.gate != static_cast<std::uint8_t>(Gate::disclosed) || act.what != "passed") continue;
    HG_ASSIGN(const auto file, open_act(act, sealer));
    for (const auto& one : file.evidence) {
      out.phone = out.phone || one.name == kHeldPhone;
      out.addresses = out.addresses || one.name == kHeldAddresses;
    }
  }
  return out;
}
Bytes seal_agency(AgencyFile file, std::int64_t agency, const crypto::Sealer& sealer, Random& random) {
  return seal_row_of(file, "legal_agencies", agency, sealer, random);
}
Result<AgencyFile> open_agency(const store::Agency& agency, const crypto::Sealer& sealer) {
  return open_row_of<AgencyFile>(agency.sealed, "legal_agencies", agency.id, sealer);
}
Bytes seal_officer(OfficerFile file, std::int64_t officer, const crypto::Sealer& sealer, Random& random) {
  return seal_row_of(file, "legal_officers", officer, sealer, random);
}
Result<OfficerFile> open_officer(const store::AgencyOfficer& officer, const crypto::Sealer& sealer) {
  return open_row_of<OfficerFile>(officer.sealed, "legal_officers", officer.id, sealer);
}

Status check_form(const RequestForm& form, Type type, std::int32_t period_days_most, UnixSeconds now) {
  const std::pair<std::string_view, const std::string&> lines[] = {{"identifier", form.identifier},
                                                                   {"issuer_name", form.issuer_name},
                                                                   {"validator_name", form.validator_name},
                                                                   {"case_number", form.case_number},
                                                                   {"offence", form.offence},
                                                                   {"legal_basis", form.legal_basis},
                                                                   {"language", form.language}};
  for (const auto& [field, text] : lines) {
    if (text.size() > kLineMax || !is_printable(text, false)) {
      return form_invalid(field, "must be one line of at most 300 bytes.");
    }
  }
  const std::pair<std::string_view, const std::string&> texts[] = {{"suspicion", form.suspicion},
                                                                   {"necessity", form.necessity},
                                                                   {"emergency", form.emergency},
                                                                   {"gag_reason", form.gag_reason}};
  for (const auto& [field, text] : texts) {
    if (text.size() > kWordsMax || !is_printable(text, true)) {
      return form_invalid(field, "must be text of at most 8 KiB.");
    }
  }
  if (!is_identifier(form)) return form_invalid("identifier", "is none of its kind.");
  const auto is_issuer = [](std::string_view text) {
    return std::ranges::find(kIssuers, text) != kIssuers.end();
  };
  if (!is_issuer(form.issuer)) return form_invalid("issuer", "must say who issued the order.");
  if (!form.validator.empty() && !is_issuer(form.validator)) {
    return form_invalid("validator", "must say who validated the order.");
  }
  constexpr UnixSeconds earliest = 946'684'800;  // 2000
  if (form.issued_at < earliest || form.issued_at > now + kDaySeconds) {
    return form_invalid("issued_at", "must be a day that has been.");
  }
  if (form.expires_at != 0 && form.expires_at <= form.issued_at) {
    return form_invalid("expires_at", "must be after issued_at.");
  }
  if (form.as_of != 0 && (form.as_of < earliest || form.as_of > now + kDaySeconds)) {
    return form_invalid("as_of", "must be a time that has been.");
  }
  if (form.gag_until != 0 && form.gag_until < form.issued_at) {
    return form_invalid("gag_until", "must be after issued_at.");
  }
  if (type == Type::removal) {
    if (form.kind != IdentifierKind::link && form.kind != IdentifierKind::username) {
      return form_invalid("identifier", "must be a link to what is to be removed, or its name.");
    }
    if (!form.wants_phone && !form.wants_addresses) return {};
    return form_invalid("wants_phone", "and wants_addresses are not for a removal order: it gets no data.");
  }
  if (!form.wants_phone && !form.wants_addresses) {
    return form_invalid("wants_phone", "or wants_addresses must be set: there is nothing else to get.");
  }
  if (!form.wants_addresses) return {};
  if (form.from < earliest || form.to <= form.from) return form_invalid("from", "must be before to.");
  // What is yet to come is nobody's to ask for.
  if (form.to > now + kDaySeconds) return form_invalid("to", "must not be in the future.");
  if (form.to - form.from > period_days_most * kDaySeconds) {
    return form_invalid("to", "must be at most " + std::to_string(period_days_most) + " days after from.");
  }
  return {};
}

bool is_filled(const RequestForm& form, std::string_view field) {
  if (field == "case_number") return says_something(form.case_number);
  if (field == "offence") return says_something(form.offence);
  if (field == "legal_basis") return says_something(form.legal_basis);
  if (field == "issuer_name") return says_something(form.issuer_name);
  if (field == "validator") return says_something(form.validator) && says_something(form.validator_name);
  if (field == "issued_at") return form.issued_at != 0;
  if (field == "period") return !form.wants_addresses || form.to > form.from;
  if (field == "necessity") return says_something(form.necessity);
  if (field == "suspicion") return says_something(form.suspicion);
  if (field == "emergency") return says_something(form.emergency);
  if (field == "gag_reason") return form.gag_until == 0 || says_something(form.gag_reason);
  return false;
}

std::string plain_identifier(const RequestForm& form) {
  std::string_view text = form.identifier;
  if (form.kind == IdentifierKind::username && text.starts_with('@')) text.remove_prefix(1);
  if (form.kind == IdentifierKind::phone && text.starts_with('+')) text.remove_prefix(1);
  std::string out(kIdentifierNames[static_cast<std::size_t>(form.kind) - 1]);
  out += ':';
  for (const char c : text) {
    const bool fold = form.kind == IdentifierKind::username && c >= 'A' && c <= 'Z';
    out += fold ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

std::string plain_case_number(const RequestForm& form, std::string_view country) {
  std::string out;
  for (const char c : form.case_number) {
    if (c == ' ' || c == '-' || c == '.') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out.empty() ? out : "case:" + std::string(country) + ":" + out;
}

}  // namespace heliograph::legal
