#include "transparency/statement.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/day.h"
#include "crypto/hash.h"
#include "safety/policy/policy.h"
#include "store/store.h"
#include "store/tx.h"
#include "terms/category.h"
#include "transparency/annex.h"

namespace heliograph::transparency {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 30> kEconomicArea = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"};

constexpr std::size_t kCasesAtOnce = 100;
constexpr std::size_t kMembersAtOnce = 200;

// What the effect is there: of what is shown, and of the account.
struct Restriction {
  std::string_view visibility, account;
};

Restriction restriction_of(std::string_view effect, bool message) {
  if (effect == "mark_sensitive") return {"DECISION_VISIBILITY_CONTENT_LABELLED", ""};
  if (effect == "hide_from_search") return {"DECISION_VISIBILITY_CONTENT_DEMOTED", ""};
  if (effect == "hold" || effect == "restrict_countries" || effect == "close_channel") {
    return {"DECISION_VISIBILITY_CONTENT_DISABLED", ""};
  }
  if (effect == "remove") return {"DECISION_VISIBILITY_CONTENT_REMOVED", ""};
  // A message is removed along with what is done to its author.
  const std::string_view along = message ? "DECISION_VISIBILITY_CONTENT_REMOVED" : "";
  if (effect == "limit_account") return {along, "DECISION_ACCOUNT_SUSPENDED"};
  if (effect == "ban") return {along, "DECISION_ACCOUNT_TERMINATED"};
  return {};
}

std::vector<std::string> scope_of(const std::string& territory) {
  std::vector<std::string> out;
  for (const auto country : kEconomicArea) {
    if (territory.empty() || territory.find(country) != std::string::npos) out.emplace_back(country);
  }
  return out;
}

bool is_private(const safety::CaseFile& file) {
  return file.message && !file.place.is_channel();
}

std::string facts_of(const safety::Statement& statement, const safety::CaseFile& file) {
  std::string out = file.message              ? "A message in public"
                    : file.place.is_channel() ? "A public channel or group"
                                              : "What an account shows in public";
  out += " breaks the rules of the service. ";
  if (statement.source == "order") out += "An authority had ordered its removal. ";
  if (statement.source == "notice") out += "It had been reported. ";
  if (statement.source == "trusted_flagger") out += "A trusted flagger had reported it. ";
  out += statement.automated_detection ? "Automated means found it" : "A person found it";
  out += statement.automated_decision ? ", and decided by a rule that is published." : "; a person decided.";
  return out;
}

std::string payload_of(const StatementSource& source, const safety::Statement& statement,
                       const Restriction& restriction, const std::vector<std::string>& scope,
                       const std::string& puid) {
  const auto& file = source.file;
  Json json;
  if (!restriction.visibility.empty()) json["decision_visibility"] = {restriction.visibility};
  if (!restriction.account.empty()) {
    json["decision_account"] = restriction.account;
    json["account_type"] = "ACCOUNT_TYPE_PRIVATE";
  }
  json["decision_ground"] = "DECISION_GROUND_INCOMPATIBLE_CONTENT";
  json["incompatible_content_ground"] =
      "Terms of service: " + statement.clause_title + " (" + statement.clause + ")";
  json["incompatible_content_explanation"] =
      "The terms of service forbid it under \"" + statement.clause_title + "\".";
  if (file.message) {
    auto& types = json["content_type"] = {"CONTENT_TYPE_TEXT"};
    const bool media =
        std::ranges::any_of(file.findings, [](const auto& each) { return !each.media.empty(); });
    if (media) types.push_back("CONTENT_TYPE_IMAGE");
  } else {
    json["content_type"] = {"CONTENT_TYPE_OTHER"};
    json["content_type_other"] = file.place.is_channel() ? "Channel or group" : "Account";
  }
  const auto category = source.one.category < terms::kCategoryCount
                            ? terms::kCategoryNames[source.one.category]
                            : std::string_view("other_illegal");
  const auto& there = annex_category(category);
  json["category"] = there.category;
  if (!there.keyword.empty()) json["category_specification"] = {there.keyword};
  json["territorial_scope"] = scope;
  if (source.one.language.size() == 2) {
    auto language = source.one.language;
    for (auto& c : language) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    json["content_language"] = language;
  }
  json["content_date"] = day_text(file.findings.empty() ? source.one.opened_at : file.findings.front().at);
  json["application_date"] = day_text(statement.at);
  if (statement.ends_at != 0) {
    const auto end = day_text(std::max(statement.ends_at, statement.at));
    if (!restriction.account.empty()) json["end_date_account_restriction"] = end;
    if (restriction.account.empty()) json["end_date_visibility_restriction"] = end;
  }
  json["decision_facts"] = facts_of(statement, file);
  json["source_type"] = statement.source == "notice"            ? "SOURCE_ARTICLE_16"
                        : statement.source == "trusted_flagger" ? "SOURCE_TRUSTED_FLAGGER"
                        : statement.source == "order"           ? "SOURCE_TYPE_OTHER_NOTIFICATION"
                                                                : "SOURCE_VOLUNTARY";
  json["automated_detection"] = statement.automated_detection ? "Yes" : "No";
  json["automated_decision"] = statement.automated_decision    ? "AUTOMATED_DECISION_FULLY"
                               : statement.automated_detection ? "AUTOMATED_DECISION_PARTIALLY"
                                                               : "AUTOMATED_DECISION_NOT_AUTOMATED";
  json["puid"] = puid;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::optional<store::OutgoingStatement> outgoing_statement(const StatementSource& source, std::size_t index,
                                                           const crypto::SecretKey& key) {
  const auto& file = source.file;
  if (index >= file.statements.size() || is_private(file)) return std::nullopt;
  const auto& statement = file.statements[index];
  const auto restriction = restriction_of(statement.effect, static_cast<bool>(file.message));
  if (restriction.visibility.empty() && restriction.account.empty()) return std::nullopt;
  const auto scope = scope_of(statement.territory);
  if (scope.empty()) return std::nullopt;
  const auto place = std::to_string(source.one.id) + "/" + source.subject + "/" + std::to_string(index);
  const auto own = key.derive("statement puid");
  const auto digest = crypto::hmac_sha256(own.view(), {as_bytes(place)});
  store::OutgoingStatement out;
  out.puid = to_hex(ByteView(digest).first(16));
  out.case_id = source.one.id;
  out.payload = payload_of(source, statement, restriction, scope, out.puid);
  return out;
}

Result<std::size_t> queue_statements(store::Tx& tx, UnixSeconds from, UnixSeconds to,
                                     const crypto::Sealer& sealer, const crypto::SecretKey& key) {
  auto& table = store::transparency_of(tx);
  std::size_t added = 0;
  const auto add = [&](const StatementSource& source) -> Status {
    for (std::size_t i = 0; i < source.file.statements.size(); ++i) {
      const auto at = source.file.statements[i].at;
      if (at < from || at >= to) continue;
      const auto statement = outgoing_statement(source, i, key);
      if (!statement) continue;
      HG_ASSIGN(const bool is_new, table.add_statement(*statement));
      added += is_new ? 1 : 0;
    }
    return {};
  };
  for (std::int64_t after = 0;;) {
    HG_ASSIGN(const auto page, table.cases(from, to, after, kCasesAtOnce));
    for (const auto& one : page) {
      after = one.id;
      HG_ASSIGN(const auto file, safety::open_file(one, sealer));
      if (file.members == 0) HG_TRY(add({one, file, one.subject}));
      std::string last;
      for (bool more = file.members > 0; more;) {
        HG_ASSIGN(const auto members, tx.cases().members(one.id, last, kMembersAtOnce));
        for (const auto& member : members) {
          last = member.subject;
          HG_ASSIGN(const auto own, safety::open_member(member, sealer));
          HG_TRY(add({one, own, member.subject}));
        }
        more = members.size() == kMembersAtOnce;
      }
    }
    if (page.size() < kCasesAtOnce) return added;
  }
}

}  // namespace heliograph::transparency
