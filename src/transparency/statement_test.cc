#include "transparency/statement.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/day.h"
#include "ledger/testing/world.h"
#include "safety/policy/policy.h"

namespace heliograph::transparency {
namespace {

using Json = nlohmann::json;
using ledger::testing::World;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

const std::set<std::string> kVisibilities = {"DECISION_VISIBILITY_CONTENT_REMOVED",
                                             "DECISION_VISIBILITY_CONTENT_DISABLED",
                                             "DECISION_VISIBILITY_CONTENT_DEMOTED",
                                             "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED",
                                             "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
                                             "DECISION_VISIBILITY_CONTENT_LABELLED",
                                             "DECISION_VISIBILITY_OTHER"};
const std::set<std::string> kCategories = {
    "STATEMENT_CATEGORY_ANIMAL_WELFARE",
    "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
    "STATEMENT_CATEGORY_CYBER_VIOLENCE",
    "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN",
    "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
    "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
    "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
    "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY",
    "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
    "STATEMENT_CATEGORY_SELF_HARM",
    "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
    "STATEMENT_CATEGORY_VIOLENCE",
    "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"};
const std::set<std::string> kSources = {"SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER",
                                        "SOURCE_TYPE_OTHER_NOTIFICATION", "SOURCE_VOLUNTARY"};
const std::set<std::string> kDecisions = {"AUTOMATED_DECISION_FULLY", "AUTOMATED_DECISION_PARTIALLY",
                                          "AUTOMATED_DECISION_NOT_AUTOMATED"};

bool is_day(const Json& json, const char* key) {
  return json.contains(key) && json[key].is_string() && parse_day(json[key].get<std::string>());
}

// Stands in for the database: the published rules of its fields (its documentation and its request rules).
class StandIn final : public StatementLine {
 public:
  Task<Result<Answer>> post(std::string body) override {
    ++calls;
    if (away) co_return fail(Error::unavailable("HTTP_FAILED", "nobody is there"));
    if (status != 0) co_return Answer{status, "{\"message\":\"no\"}"};
    const auto json = Json::parse(body);
    const auto& statements = json.at("statements");
    if (statements.empty() || statements.size() > 100)
      co_return Answer{422, "{\"errors\":{\"statements\":[]}}"};
    Json errors = Json::object();
    for (std::size_t i = 0; i < statements.size(); ++i) {
      const auto wrong = errors_of(statements[i]);
      if (!wrong.empty()) errors["statement_" + std::to_string(i)] = wrong;
    }
    if (!errors.empty()) co_return Answer{422, Json{{"errors", errors}}.dump()};
    Json made = Json::array();
    for (auto statement : statements) {
      taken[statement["puid"]] = statement;
      statement["uuid"] = "uuid-" + std::to_string(taken.size());
      made.push_back(statement);
    }
    if (loses_answer) co_return fail(Error::unavailable("HTTP_FAILED", "the answer was lost"));
    co_return Answer{201, Json{{"statements", made}}.dump()};
  }

  Json errors_of(const Json& s) const {
    Json out = Json::object();
    const auto must = [&](const char* field, bool holds) {
      if (!holds) out[field] = {"is wrong"};
    };
    const auto text = [&](const char* field, std::size_t most) {
      return s.contains(field) && s[field].is_string() && !s[field].get<std::string>().empty() &&
             s[field].get<std::string>().size() <= most;
    };
    must("decision_visibility", s.contains("decision_visibility") || s.contains("decision_account"));
    if (s.contains("decision_visibility")) {
      for (const auto& each : s["decision_visibility"])
        must("decision_visibility", kVisibilities.contains(each));
    }
    must("decision_ground", s["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT");
    must("incompatible_content_ground", text("incompatible_content_ground", 500));
    must("incompatible_content_explanation", text("incompatible_content_explanation", 2000));
    must("content_type",
         s.contains("content_type") && s["content_type"].is_array() && !s["content_type"].empty());
    const bool other = s["content_type"].dump().find("CONTENT_TYPE_OTHER") != std::string::npos;
    must("content_type_other", other == s.contains("content_type_other"));
    must("category", kCategories.contains(s["category"]));
    must("territorial_scope", !s["territorial_scope"].empty());
    must("content_date", is_day(s, "content_date"));
    must("application_date", is_day(s, "application_date"));
    must("decision_facts", text("decision_facts", 5000));
    must("source_type", kSources.contains(s["source_type"]));
    must("automated_detection", s["automated_detection"] == "Yes" || s["automated_detection"] == "No");
    must("automated_decision", kDecisions.contains(s["automated_decision"]));
    const auto puid = s["puid"].get<std::string>();
    must("puid", !puid.empty() && puid.size() <= 500 &&
                     puid.find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == puid.npos);
    if (taken.contains(puid)) out["puid"] = {"The identifier given is not unique within this platform."};
    if (refused.contains(puid)) out["category"] = {"The selected category is invalid."};
    return out;
  }

  std::map<std::string, Json> taken;
  std::set<std::string> refused;
  int calls = 0, status = 0;
  bool away = false, loses_answer = false;
};

class StatementTest : public ::testing::Test {
 protected:
  std::int64_t add_case(const std::string& effect, std::uint8_t category = 1,
                        const std::string& territory = {}, const std::string& source = "notice") {
    safety::CaseFile file;
    file.place = Peer::of(ChannelId{9});
    file.message = MessageId{31};
    file.text = "Ann Smith sells passports, call +12025550123";
    file.findings.push_back({.at = now - 50, .source = "scan", .category = "fraud"});
    safety::Statement statement;
    statement.at = now;
    statement.effect = effect;
    statement.territory = territory;
    statement.facts = file.text;
    statement.source = source;
    statement.automated_detection = true;
    statement.clause = "fraud";
    statement.clause_title = "Fraud";
    statement.why = "Ann Smith was warned";
    file.statements.push_back(statement);
    store::Case one;
    one.subject = "message/channel/9/" + std::to_string(++count);
    one.user = UserId{7};
    one.category = category;
    one.opened_at = now - 50;
    one.decided_at = now;
    one.language = "de";
    one.state = store::CaseState::decided;
    one.sealed = safety::seal_file(file, one.subject, sealer, world.random);
    return world.write([&](store::Tx& tx) { return tx.cases().add(one); }).value();
  }
  std::size_t queue() {
    return world
        .write([&](store::Tx& tx) { return queue_statements(tx, now - 10, now + 10, sealer, world.secret); })
        .value();
  }
  std::size_t send() {
    const auto sent = world.wait(send_statements(*world.store, stand_in, clock));
    EXPECT_TRUE(sent);
    return sent.value_or(0);
  }
  std::int64_t counted(store::StatementState state) {
    return world.read([&](store::Tx& tx) { return store::transparency_of(tx).count_statements(state); })
        .value();
  }

  const UnixSeconds now = 1'790'000'000;
  UnixSeconds clock = now + 100;
  int count = 0;
  World world;
  crypto::Sealer sealer{world.secret.derive("seal")};
  StandIn stand_in;
};

TEST_F(StatementTest, EveryCategoryAndEffectIsTakenAndTellsNothingOfAnybody) {
  for (const auto effect : safety::kEffectNames) {
    for (std::uint8_t category = 0; category < terms::kCategoryCount; ++category) {
      add_case(std::string(effect), category);
    }
  }
  // `allow` and `review` take nothing from anybody.
  EXPECT_EQ(queue(), (safety::kEffectNames.size() - 2) * terms::kCategoryCount);
  EXPECT_EQ(queue(), 0u) << "twice is once";
  EXPECT_EQ(send(), 88u);
  EXPECT_THAT(stand_in.taken, SizeIs(88));
  for (const auto& [puid, statement] : stand_in.taken) {
    EXPECT_THAT(statement.dump(), Not(HasSubstr("Ann"))) << statement.dump();
    EXPECT_THAT(statement.dump(), Not(HasSubstr("passports")));
    EXPECT_EQ(statement["content_language"], "DE");
    EXPECT_EQ(statement["source_type"], "SOURCE_ARTICLE_16");
    EXPECT_EQ(statement["automated_decision"], "AUTOMATED_DECISION_PARTIALLY");
  }
}

TEST_F(StatementTest, OnlyWhatHoldsInTheEconomicAreaIsSent) {
  add_case("restrict_countries", 1, "DE, US");
  add_case("restrict_countries", 1, "US");
  EXPECT_EQ(queue(), 1u);
  EXPECT_EQ(send(), 1u);
  EXPECT_EQ(stand_in.taken.begin()->second["territorial_scope"], Json({"DE"}));
}

TEST_F(StatementTest, SaysWhatADecisionRestsOn) {
  const std::map<std::string, std::string> there{{"notice", "SOURCE_ARTICLE_16"},
                                                 {"trusted_flagger", "SOURCE_TRUSTED_FLAGGER"},
                                                 {"order", "SOURCE_TYPE_OTHER_NOTIFICATION"},
                                                 {"own_initiative", "SOURCE_VOLUNTARY"}};
  for (const auto& [source, type] : there) {
    stand_in.taken.clear();
    add_case("remove", 1, {}, source);
    queue();
    EXPECT_EQ(send(), 1u);
    EXPECT_EQ(stand_in.taken.begin()->second["source_type"], type);
  }
}

TEST_F(StatementTest, AtMostAHundredGoAtOnce) {
  for (int i = 0; i < 130; ++i) add_case("remove");
  EXPECT_EQ(queue(), 130u);
  EXPECT_EQ(send(), 100u);
  EXPECT_EQ(send(), 30u);
  EXPECT_EQ(send(), 0u);
  EXPECT_EQ(stand_in.calls, 2);
}

TEST_F(StatementTest, WhatGetsNoAnswerIsTriedAgainLaterAndLater) {
  add_case("remove");
  queue();
  stand_in.away = true;
  EXPECT_EQ(send(), 0u);
  EXPECT_EQ(send(), 0u);
  EXPECT_EQ(stand_in.calls, 1) << "it is not due yet";
  clock += 60;
  stand_in.away = false;
  stand_in.status = 503;
  EXPECT_EQ(send(), 0u);
  clock += 119;
  EXPECT_EQ(send(), 0u);
  EXPECT_EQ(stand_in.calls, 2);
  clock += 1;
  stand_in.status = 0;
  EXPECT_EQ(send(), 1u);
}

TEST_F(StatementTest, AStatementWhoseAnswerWasLostIsThereOnce) {
  add_case("remove");
  queue();
  stand_in.loses_answer = true;
  EXPECT_EQ(send(), 0u);
  stand_in.loses_answer = false;
  clock += 60;
  EXPECT_EQ(send(), 1u);
  EXPECT_EQ(counted(store::StatementState::sent), 1);
  EXPECT_THAT(stand_in.taken, SizeIs(1));
}

TEST_F(StatementTest, WhatIsRefusedIsKeptAndTheRestGoes) {
  add_case("remove");
  add_case("ban");
  queue();
  const auto due =
      world.read([&](store::Tx& tx) { return store::transparency_of(tx).due_statements(clock, 10); }).value();
  stand_in.refused.insert(due[0].puid);
  EXPECT_EQ(send(), 0u);
  EXPECT_EQ(send(), 1u);
  EXPECT_EQ(counted(store::StatementState::refused), 1);
  EXPECT_EQ(counted(store::StatementState::sent), 1);
  EXPECT_EQ(counted(store::StatementState::waiting), 0);
}

}  // namespace
}  // namespace heliograph::transparency
