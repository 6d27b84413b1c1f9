#include "web/portal/form_json.h"

#include <algorithm>

namespace heliograph::web {

namespace {

constexpr std::int64_t kFormTimeMax = 253'402'300'799;
constexpr std::size_t kFormLine = 300;
constexpr std::size_t kFormText = 8000;

constexpr const char* kFormLines[] = {"identifier_kind", "identifier",  "issuer",  "issuer_name", "validator",
                                      "validator_name",  "case_number", "offence", "legal_basis", "language"};
constexpr const char* kFormTexts[] = {"suspicion", "necessity", "emergency", "gag_reason"};
constexpr const char* kFormTimes[] = {"as_of", "from", "to", "issued_at", "expires_at", "gag_until"};
constexpr const char* kFormFlags[] = {"wants_phone", "wants_addresses"};

Json need_json(std::string_view name) {
  const auto* item = legal::evidence_item(name);
  return {{"name", name}, {"about", item == nullptr ? "" : item->about}};
}

}  // namespace

std::string_view clock_name(store::LegalClockKind kind) {
  constexpr std::string_view names[] = {"answer", "confirm", "collect", "tell", "hold", "reply", "decision"};
  return names[static_cast<std::size_t>(kind) - 1];
}

legal::RequestForm form_in(Fields& fields) {
  legal::RequestForm out;
  const auto kind = legal::identifier_kind_of(fields.text("identifier_kind", 1, 16));
  if (!kind) fields.refuse("identifier_kind", "user_id, username, phone or link");
  out.kind = kind.value_or(legal::IdentifierKind::user_id);
  const auto line = [&](const char* key) { return fields.text_if(key, 0, kFormLine).value_or(""); };
  const auto text = [&](const char* key) { return fields.text_if(key, 0, kFormText).value_or(""); };
  const auto time = [&](const char* key) { return fields.number_if(key, 0, kFormTimeMax).value_or(0); };
  out.identifier = fields.text("identifier", 1, kFormLine);
  out.as_of = time("as_of");
  out.wants_phone = fields.flag_if("wants_phone").value_or(false);
  out.wants_addresses = fields.flag_if("wants_addresses").value_or(false);
  out.from = time("from");
  out.to = time("to");
  out.issuer = fields.text("issuer", 1, 32);
  out.issuer_name = line("issuer_name");
  out.validator = line("validator");
  out.validator_name = line("validator_name");
  out.case_number = line("case_number");
  out.offence = line("offence");
  out.legal_basis = line("legal_basis");
  out.issued_at = fields.number("issued_at", 1, kFormTimeMax);
  out.expires_at = time("expires_at");
  out.suspicion = text("suspicion");
  out.necessity = text("necessity");
  out.emergency = text("emergency");
  out.gag_until = time("gag_until");
  out.gag_reason = text("gag_reason");
  out.language = line("language");
  return out;
}

Json part_of_form_in(Fields& fields) {
  auto out = Json::object();
  const auto take = [&](const char* key, auto value) {
    if (value) out[key] = *value;
  };
  for (const auto* key : kFormLines) take(key, fields.text_if(key, 0, kFormLine));
  for (const auto* key : kFormTexts) take(key, fields.text_if(key, 0, kFormText));
  for (const auto* key : kFormTimes) take(key, fields.number_if(key, 0, kFormTimeMax));
  for (const auto* key : kFormFlags) take(key, fields.flag_if(key));
  return out;
}

Json form_json(const legal::RequestForm& form) {
  Json out{{"identifier_kind", legal::kIdentifierNames[static_cast<std::size_t>(form.kind) - 1]},
           {"identifier", form.identifier},
           {"wants_phone", form.wants_phone},
           {"wants_addresses", form.wants_addresses},
           {"issuer", form.issuer},
           {"issued_at", form.issued_at}};
  const std::pair<const char*, const std::string&> texts[] = {{"issuer_name", form.issuer_name},
                                                              {"validator", form.validator},
                                                              {"validator_name", form.validator_name},
                                                              {"case_number", form.case_number},
                                                              {"offence", form.offence},
                                                              {"legal_basis", form.legal_basis},
                                                              {"suspicion", form.suspicion},
                                                              {"necessity", form.necessity},
                                                              {"emergency", form.emergency},
                                                              {"gag_reason", form.gag_reason},
                                                              {"language", form.language}};
  for (const auto& [key, value] : texts) {
    if (!value.empty()) out[key] = value;
  }
  const std::pair<const char*, UnixSeconds> times[] = {{"as_of", form.as_of},
                                                       {"from", form.from},
                                                       {"to", form.to},
                                                       {"expires_at", form.expires_at},
                                                       {"gag_until", form.gag_until}};
  for (const auto& [key, value] : times) {
    if (value != 0) out[key] = value;
  }
  return out;
}

Json legal_file_json(const services::LegalFileView& view) {
  Json out{
      {"id", view.file.id},          {"kind", view.file.kind},          {"name", view.facts.name},
      {"at", view.file.at},          {"size", view.file.size},          {"sha256", to_hex(view.file.sha256)},
      {"pdf", view.facts.pdf},       {"complete", view.facts.complete}, {"encrypted", view.facts.encrypted},
      {"active", view.facts.active}, {"signatures", Json::array()}};
  for (const auto& one : view.facts.signatures) {
    Json signature{{"readable", one.readable}, {"good", one.good},     {"whole", one.whole},
                   {"trusted", one.trusted},   {"signer", one.signer}, {"issuer", one.issuer},
                   {"serial", one.serial},     {"digest", one.digest}};
    if (one.valid_from != 0) signature["valid_from"] = one.valid_from;
    if (one.valid_to != 0) signature["valid_to"] = one.valid_to;
    if (one.signed_at != 0) signature["signed_at"] = one.signed_at;
    if (!one.problem.empty()) signature["problem"] = one.problem;
    out["signatures"].push_back(std::move(signature));
  }
  return out;
}

Json legal_request_json(const store::LegalRequest& row) {
  Json out{{"id", row.id},
           {"bundle", row.bundle},
           {"type", legal::name(row.type)},
           {"state", legal::name(row.state)},
           {"country", row.country},
           {"received_at", row.received_at},
           {"due_at", row.due_at},
           {"asked", row.asked}};
  if (!row.outcome.empty()) out["outcome"] = row.outcome;
  if (row.closed_at != 0) out["closed_at"] = row.closed_at;
  return out;
}

Json decision_json(const legal::RemovalDecision& decision) {
  Json out{{"outcome", decision.outcome}, {"at", decision.at}};
  if (!decision.effect.empty()) out["effect"] = decision.effect;
  if (!decision.clause.empty()) out["clause"] = decision.clause;
  return out;
}

Json certificate_json(const crypto::CmsKey& key) {
  return {{"pem", key.certificates_pem()},    {"sha256", key.sha256()},
          {"subject", key.subject()},         {"issuer", key.issuer()},
          {"self_signed", key.self_signed()}, {"valid_from", key.valid_from()},
          {"valid_to", key.valid_to()}};
}

Json type_rules_json(legal::Type type, const legal::TypeRules& rules) {
  Json out{{"type", legal::name(type)},
           {"cites", rules.cites},
           {"issuers", rules.issuers},
           {"validators", rules.validators},
           {"fields", rules.fields},
           {"answer_hours", rules.answer_hours},
           {"period_days_most", rules.period_days_most},
           {"hold_days", rules.hold_days},
           {"gag_days_most", rules.gag_days_most},
           {"gates", Json::array()}};
  if (rules.confirm_hours != 0) out["confirm_hours"] = rules.confirm_hours;
  for (const auto& [gate, needs] : rules.gates) {
    auto items = Json::array();
    for (const auto& need : needs.needs) {
      items.push_back(need_json(need));
      if (need != legal::kBreach) continue;
      for (const auto one : legal::kBreachShownBy) items.back()["one_of"].push_back(need_json(one));
    }
    out["gates"].push_back({{"gate", legal::name(gate)}, {"cites", needs.cites}, {"needs", items}});
  }
  return out;
}

}  // namespace heliograph::web
