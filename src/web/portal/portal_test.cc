// A request over HTTP from both sides: the agency's officer at the portal, the legal desk at the console.
#include "web/portal/portal.h"

#include <gmock/gmock.h>

#include "crypto/random.h"
#include "ledger/testing/world.h"
#include "ledger/text.h"
#include "legal/disclosure/answer.h"
#include "legal/testing/ceremony.h"
#include "legal/testing/certificate.h"
#include "services/accounts/phone.h"
#include "services/accounts/service_account.h"
#include "services/legal/legal_desk.h"
#include "web/console/testing/desk.h"

namespace heliograph::web {
namespace {

using staff::Role;
using staff::testing::Authenticator;
using ::testing::HasSubstr;

class PortalTest : public ::testing::Test, public testing::ConsoleWorld {
 protected:
  template <typename F>
  auto in_store(F body) {
    return run(store->write(std::move(body)));
  }
  PortalTest() {
    clock.set_wall(std::chrono::seconds(1'800'000'000));
    EXPECT_TRUE(run(ledger.open()));
    EXPECT_TRUE(run(services::ensure_service_account(environment)));
    parts.legal = &desk;
    add_portal_routes(router, portal);
    made = legal::testing::make_key(2, {"Ana", "Ben", "Cem"}, system_random);
    must(in_store([this](store::Tx& tx) {
      return store::journal_of(tx).add_key({0, made.key.encode(), clock.unix_seconds(), 0});
    }));
    const auto phone = must(services::parse_phone("+4915112345678"));
    user = must(in_store([&](store::Tx& tx) {
      store::Account account;
      account.first_name = "Ann";
      account.username = "ann_member";
      account.phone_index = services::phone_index(environment, phone);
      account.phone_sealed = services::seal_phone(environment, phone);
      account.created_at = clock.unix_seconds();
      return tx.accounts().insert(account);
    }));
    must(run(desk.journal().seen(user, AuthKeyId{5}, "203.0.113.7", 40'000)));
    clock.advance(std::chrono::hours(24));
    ana = browser("Ana", ana_key, Role::legal_officer);
    ben = browser("Ben", ben_key, Role::legal_approver);
    cem = browser("Cem", cem_key, Role::legal_officer);
  }

  struct Portal {
    int status = 0;
    Json json;
    std::string cookie;
    std::string code() const { return json.is_object() ? json.value("code", "") : ""; }
  };
  Portal at_portal(const std::string& method, const std::string& target, const Json& body = {},
                   const std::string& cookie = {}) {
    net::HttpRequest request;
    request.method = method;
    request.path = "/api/portal" + target;
    if (!body.is_null()) request.body = body.dump();
    request.client = net::Address::from_v4(0xc0000202);
    if (!cookie.empty()) request.headers.push_back({"Cookie", "heliograph_portal=" + cookie});
    request.headers.push_back({"X-Heliograph-Portal", "1"});
    auto response = run(router.handle(request));
    Portal out{response.status, Json::parse(response.body, nullptr, false), {}};
    for (const auto& header : response.headers) {
      if (header.name != "Set-Cookie") continue;
      const auto begin = header.value.find('=') + 1;
      out.cookie = header.value.substr(begin, header.value.find(';') - begin);
    }
    return out;
  }
  // An agency that was verified, with an officer who has enrolled; the officer's cookie.
  std::string officer() {
    const auto agency =
        ask(ana, "POST", "/legal/agencies",
            Json{{"name", "Staatsanwaltschaft Musterstadt"}, {"country", "DE"}, {"kind", "prosecutor"}});
    EXPECT_EQ(agency.status, 201) << agency.json;
    const auto path = "/legal/agencies/" + agency.json["id"].dump();
    const Json invitation{{"name", "Erika Muster"}};
    EXPECT_EQ(ask(ana, "POST", path + "/officers", invitation).code(), "AGENCY_NOT_ONBOARDED");
    EXPECT_EQ(ask(ana, "POST", path + "/onboard",
                  Json{{"call_back", "+49 30 1234"}, {"number_source", "the federal register"}})
                  .status,
              204);
    const auto invited = ask(ana, "POST", path + "/officers", invitation);
    EXPECT_EQ(invited.status, 201) << invited.json;
    const auto link = invited.json["link"].get<std::string>();
    const auto token = link.substr(link.rfind('/') + 1);
    const auto options = at_portal("POST", "/enrolment/options", Json{{"token", token}});
    EXPECT_EQ(options.json["officer"], "Erika Muster") << options.json;
    const auto challenge = staff::from_base64url(options.json["challenge_id"].get<std::string>()).value();
    Json body{{"token", token}, {"box_key", ledger::to_base64(box.public_key)}};
    body["passkey"] =
        testing::as_json(officer_key.make(challenge), officer_key.id, options.json["challenge_id"]);
    const auto entered = at_portal("POST", "/enrolment", body);
    EXPECT_EQ(entered.status, 200) << entered.json;
    EXPECT_EQ(at_portal("POST", "/enrolment/options", Json{{"token", token}}).code(), "INVITATION_UNKNOWN");
    return entered.cookie;
  }
  Json form() const {
    const auto now = clock.unix_seconds();
    return {{"identifier_kind", "username"},
            {"identifier", "ann_member"},
            {"wants_phone", true},
            {"wants_addresses", true},
            {"from", now - 30 * 86'400},
            {"to", now},
            {"issuer", "prosecutor"},
            {"issuer_name", "Staatsanwaltschaft Musterstadt"},
            {"case_number", "123 Js 456/26"},
            {"offence", "fraud, section 263 StGB"},
            {"legal_basis", "Regulation (EU) 2023/1543 Art. 5"},
            {"issued_at", now - 86'400},
            {"suspicion", "Accused of having sold what was never delivered."},
            {"necessity", "There is no other way to find out who they are."}};
  }
  Json evidence(const std::string& request, const std::string& which) {
    const auto detail = ask(ana, "GET", request);
    auto out = Json::object();
    for (const auto& one : detail.json["rules"]["gates"]) {
      if (one["gate"] != which) continue;
      for (const auto& need : one["needs"]) {
        const auto name = need["name"].get<std::string>();
        if (name == "breach") {
          out["finding"] = "seen: he sold what was never delivered";
        } else {
          out[name] = name == "clause" ? "fraud" : "seen";
        }
      }
    }
    return out;
  }
  Answer pass(const Who& who, const std::string& request, const std::string& which) {
    return ask(who, "POST", request + "/pass", Json{{"gate", which}, {"evidence", evidence(request, which)}});
  }
  Answer contribute(const Who& who, const std::string& request, std::uint32_t share) {
    const auto asked = ask(who, "GET", request + "/question");
    EXPECT_EQ(asked.status, 200) << asked.json;
    const auto question =
        legal::Question::parse(asked.json["items"][0]["document"].get<std::string>()).value();
    const auto key =
        legal::JournalKey::parse(asked.json["items"][0]["key_document"].get<std::string>()).value();
    const auto part = legal::contribute(question, key, made.shares[share - 1], system_random).value();
    return ask(who, "POST", request + "/contribute",
               Json{{"key", asked.json["items"][0]["key"]}, {"document", part.encode()}});
  }

  crypto::SystemRandom system_random;
  ledger::testing::MemoryRecord published;
  ledger::Ledger ledger{{*store, clock, random, crypto::SecretKey{{4}}, ledger::testing::signer(), published},
                        4};
  services::LegalDesk desk{environment, {ledger, crypto::SecretKey{{5}}, legal::testing::a_certificate()}};
  PortalParts portal{desk, limits, clock, system_random, {"localhost", "http://localhost:8080"}};
  legal::testing::Made made;
  crypto::BoxKey box = crypto::BoxKey::generate(system_random);
  Authenticator ana_key{Authenticator::Kind::es256, 1}, ben_key{Authenticator::Kind::es256, 2},
      cem_key{Authenticator::Kind::es256, 3}, officer_key{Authenticator::Kind::es256, 4};
  Who ana, ben, cem;
  UserId user;
};

TEST_F(PortalTest, FromTheFormToThePackage) {
  const auto cookie = officer();
  const auto filed =
      at_portal("POST", "/requests", Json{{"type", "epoc"}, {"forms", Json::array({form()})}}, cookie);
  ASSERT_EQ(filed.status, 201) << filed.json;
  const auto id = filed.json["ids"][0].dump();
  const auto own = "/requests/" + id;
  const auto uploaded = at_portal("POST", own + "/files",
                                  Json{{"kind", "order"},
                                       {"name", "order.pdf"},
                                       {"content", ledger::to_base64(as_bytes("%PDF-1.7 x %%EOF"))}},
                                  cookie);
  ASSERT_EQ(uploaded.status, 201) << uploaded.json;
  EXPECT_EQ(uploaded.json["pdf"], true);

  const auto request = "/legal/requests/" + id;
  EXPECT_THAT(ask(ben, "GET", request + "/warrant").json["document"].get<std::string>(),
              HasSubstr("<auth:AuthorisationReference>123 Js 456/26</auth:AuthorisationReference>"));
  const auto queue = ask(ben, "GET", "/legal/requests");
  ASSERT_EQ(queue.json["items"].size(), 1U) << queue.json;
  EXPECT_THAT(queue.json.dump(), ::testing::Not(HasSubstr("ann_member")));
  const Json waiting{{"open", 1}, {"overdue", 0}, {"due_within_a_day", 0}, {"applications", 0}};
  EXPECT_EQ(ask(ana, "GET", "/legal/counts").json, waiting);
  EXPECT_EQ(ask(ana, "GET", request + "/question").code(), "GATE_MISSING");
  EXPECT_EQ(pass(ana, request, "authentic").status, 200);
  EXPECT_EQ(at_portal("GET", own, {}, cookie).json["state"], "received");
  EXPECT_EQ(at_portal("GET", "/requests", {}, cookie).json["items"][0]["state"], "received");
  EXPECT_EQ(pass(ana, request, "valid").status, 200);
  auto vague = evidence(request, "suspect");
  vague["clause"] = "seen";
  EXPECT_EQ(ask(ana, "POST", request + "/pass", Json{{"gate", "suspect"}, {"evidence", vague}}).code(),
            "CLAUSE_UNKNOWN");
  EXPECT_EQ(pass(ana, request, "suspect").status, 200);
  EXPECT_EQ(pass(ben, request, "suspect").code(), "ROLE_NOT_ALLOWED");
  const auto approval = Json{{"evidence", evidence(request, "approved")}};
  EXPECT_EQ(ask(ana, "POST", request + "/approve", approval).code(), "ROLE_NOT_ALLOWED");
  const auto approved = ask(ben, "POST", request + "/approve", approval);
  ASSERT_EQ(approved.status, 200) << approved.json;
  EXPECT_EQ(approved.json["state"], "logged");
  ASSERT_TRUE(run(ledger.batch()));
  EXPECT_EQ(contribute(ana, request, 1).status, 200);
  EXPECT_EQ(ask(ana, "POST", request + "/disclose", Json::object()).code(), "GATE_MISSING");
  EXPECT_EQ(contribute(cem, request, 2).code(), "SHARE_OTHER_PERSON");
  EXPECT_EQ(contribute(cem, request, 3).status, 200);
  const auto disclosed = ask(ana, "POST", request + "/disclose", Json::object());
  ASSERT_EQ(disclosed.status, 200) << disclosed.json;
  EXPECT_EQ(disclosed.json["state"], "disclosed");
  // The desk itself does not see what was found.
  EXPECT_THAT(disclosed.json.dump(), ::testing::Not(HasSubstr("203.0.113.7")));
  EXPECT_THAT(disclosed.json.dump(), ::testing::Not(HasSubstr("15112345678")));

  const auto collected = at_portal("POST", own + "/collect", Json::object(), cookie);
  ASSERT_EQ(collected.status, 200) << collected.json;
  const auto sealed = ledger::from_base64(collected.json["package"].get<std::string>()).value();
  const auto json = legal::open_answer(sealed, box, desk.desk().signer().ed25519.public_key()).value().json;
  const auto package = legal::from_json(json).value();
  EXPECT_EQ(package.disclosure.phone->text(), "+4915112345678");
  ASSERT_EQ(package.disclosure.addresses.size(), 1U);
  EXPECT_EQ(package.disclosure.addresses[0].address.text(), "203.0.113.7");
  // A reply can be lost: the same again, until receipt is confirmed.
  EXPECT_EQ(at_portal("POST", own + "/collect", Json::object(), cookie).json, collected.json);
  const auto receipt = [&](ByteView of) {
    return at_portal("POST", own + "/receipt", Json{{"sha256", to_hex(crypto::sha256(of))}}, cookie);
  };
  EXPECT_EQ(receipt(as_bytes("something else")).code(), "RECEIPT_WRONG");
  const auto received = receipt(sealed);
  ASSERT_EQ(received.status, 200) << received.json;
  EXPECT_EQ(received.json["package"]["there"], false);
  EXPECT_EQ(at_portal("POST", own + "/collect", Json::object(), cookie).code(), "PACKAGE_GONE");

  ASSERT_TRUE(run(desk.tick()));
  const auto detail = ask(ana, "GET", request);
  EXPECT_EQ(detail.json["passed"].size(), 8U) << detail.json["passed"];
  // Auditors see every act, and nothing that names a person.
  const auto auditor = program(Role::auditor);
  const auto register_of_acts = ask(auditor, "GET", "/legal/acts");
  EXPECT_GE(register_of_acts.json["items"].size(), 10U);
  EXPECT_THAT(register_of_acts.json.dump(), ::testing::Not(HasSubstr("seen")));
  EXPECT_EQ(ask(auditor, "GET", request).code(), "ROLE_NOT_ALLOWED");
}

TEST_F(PortalTest, AProgramsTokenPassesNoGate) {
  const auto cookie = officer();
  const auto filed =
      at_portal("POST", "/requests", Json{{"type", "epoc"}, {"forms", Json::array({form()})}}, cookie);
  const auto request = "/legal/requests/" + filed.json["ids"][0].dump();
  // Whoever has a shell can make tokens of everybody.
  EXPECT_EQ(pass(program(Role::legal_officer), request, "authentic").code(), "PERSON_NEEDED");
  EXPECT_EQ(
      ask(program(Role::legal_approver), "POST", request + "/approve", Json{{"evidence", Json::object()}})
          .code(),
      "PERSON_NEEDED");
  EXPECT_EQ(ask(program(Role::admin), "POST", request + "/disclose", Json::object()).code(),
            "ROLE_NOT_ALLOWED");
}

// An impostor who reads the officer's mail has at most the link, used or not, and no passkey.
TEST_F(PortalTest, AMailboxAloneIsNotEnough) {
  const auto cookie = officer();
  const auto invited = ask(ana, "POST", "/legal/agencies/1/officers", Json{{"name", "Max Beispiel"}});
  const auto link = invited.json["link"].get<std::string>();
  const auto token = link.substr(link.rfind('/') + 1);
  const Json request{{"type", "epoc"}, {"forms", Json::array({form()})}};
  // The link is no session, and enrols nobody without a passkey.
  EXPECT_EQ(at_portal("POST", "/requests", request, token).code(), "SIGN_IN_NEEDED");
  Json body{{"token", token}, {"box_key", ledger::to_base64(box.public_key)}};
  EXPECT_EQ(at_portal("POST", "/enrolment", body).code(), "FIELD_INVALID");
  body["passkey"] = Json::object();
  EXPECT_EQ(at_portal("POST", "/enrolment", body).code(), "FIELD_INVALID");
  // Nor does a passkey of one's own open what somebody else has enrolled.
  Authenticator own{Authenticator::Kind::es256, 9};
  const auto options = at_portal("POST", "/session/options", Json::object());
  const auto challenge = staff::from_base64url(options.json["challenge_id"].get<std::string>()).value();
  const auto shown = testing::as_json(own.answer(challenge), options.json["challenge_id"]);
  EXPECT_EQ(at_portal("POST", "/session", shown).code(), "PASSKEY_UNKNOWN");
  EXPECT_EQ(at_portal("POST", "/session/proof", shown, token).code(), "SIGN_IN_NEEDED");
  // A code to sign in with, as mail brings them elsewhere, is nothing that the portal knows.
  EXPECT_EQ(at_portal("POST", "/session", Json{{"token", token}, {"code", "123456"}}).code(),
            "FIELD_INVALID");
  EXPECT_EQ(at_portal("GET", "/requests", {}, cookie).status, 200);
}

TEST_F(PortalTest, WhoHasNotSignedInSeesNothing) {
  const auto cookie = officer();
  for (const auto* target : {"/session", "/requests", "/requests/1"}) {
    EXPECT_EQ(at_portal("GET", target).code(), "SIGN_IN_NEEDED");
    EXPECT_EQ(at_portal("GET", target, {}, "nonsense").code(), "SIGN_IN_NEEDED");
    EXPECT_EQ(at_portal("GET", target, {}, ana.cookie).code(), "SIGN_IN_NEEDED");
  }
  EXPECT_EQ(at_portal("GET", "/requests/1", {}, cookie).code(), "LEGAL_REQUEST_UNKNOWN");
  const auto session = at_portal("GET", "/session", {}, cookie);
  EXPECT_EQ(session.json["agency"]["country"], "DE") << session.json;
  const auto& certificate = session.json["answers_certificate"];
  EXPECT_EQ(certificate["sha256"], desk.desk().signer().cms.sha256());
  EXPECT_THAT(certificate["pem"].get<std::string>(), HasSubstr("BEGIN CERTIFICATE"));
  EXPECT_EQ(ask(ana, "GET", "/legal/journal").json["answers_certificate"], certificate);
  EXPECT_THAT(session.json.dump(), ::testing::Not(HasSubstr("needs")));
  // What is severe takes the passkey again.
  clock.advance(std::chrono::minutes(6));
  EXPECT_EQ(at_portal("POST", "/requests/1/collect", Json::object(), cookie).code(), "STEP_UP_NEEDED");
  const auto options = at_portal("POST", "/session/options", Json::object());
  const auto challenge = staff::from_base64url(options.json["challenge_id"].get<std::string>()).value();
  const auto shown = testing::as_json(officer_key.answer(challenge), options.json["challenge_id"]);
  EXPECT_EQ(at_portal("POST", "/session/proof", shown, cookie).status, 200);
  EXPECT_EQ(at_portal("POST", "/session/proof", shown, cookie).code(), "CHALLENGE_EXPIRED");
  EXPECT_EQ(at_portal("POST", "/requests/1/collect", Json::object(), cookie).code(), "LEGAL_REQUEST_UNKNOWN");
  EXPECT_EQ(at_portal("DELETE", "/session", Json::object(), cookie).status, 204);
  EXPECT_EQ(at_portal("GET", "/session", {}, cookie).code(), "SIGN_IN_NEEDED");
}

TEST_F(PortalTest, WhatIsLongComesInPieces) {
  const auto cookie = officer();
  const auto filed =
      at_portal("POST", "/requests", Json{{"type", "epoc"}, {"forms", Json::array({form()})}}, cookie);
  const auto files = "/requests/" + filed.json["ids"][0].dump() + "/files";
  const auto whole = ledger::to_base64(as_bytes("%PDF-1.7 " + std::string(1000, 'x') + " %%EOF"));
  const auto send = [&](int piece, std::string text) {
    return at_portal("POST", files,
                     Json{{"kind", "order"},
                          {"name", "order.pdf"},
                          {"content", std::move(text)},
                          {"piece", piece},
                          {"pieces", 2}},
                     cookie);
  };
  EXPECT_EQ(send(2, whole.substr(501)).code(), "PIECE_MISSING");
  const auto first = send(1, whole.substr(0, 501));
  EXPECT_EQ(first.status, 202);
  EXPECT_EQ(first.json["next"], 2);
  const auto last = send(2, whole.substr(501));
  EXPECT_EQ(last.status, 201) << last.json;
  EXPECT_EQ(last.json["size"], 1015);
}

TEST_F(PortalTest, DraftsAreKeptAsFarAsTheyAreWritten) {
  const auto cookie = officer();
  const Json draft{{"type", "epoc"}, {"forms", Json::array({Json{{"identifier", "ann_me"}, {"from", 5}}})}};
  const auto added = at_portal("POST", "/drafts", draft, cookie);
  ASSERT_EQ(added.status, 201) << added.json;
  const auto path = "/drafts/" + added.json["id"].dump();
  auto kept = at_portal("GET", "/drafts", {}, cookie).json["items"];
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0]["forms"], draft["forms"]);
  auto changed = draft;
  changed["forms"][0]["offence"] = "fraud";
  EXPECT_EQ(at_portal("PUT", path, changed, cookie).status, 200);
  EXPECT_EQ(at_portal("GET", "/drafts", {}, cookie).json["items"][0]["forms"], changed["forms"]);
  changed["forms"][0]["messages"] = true;
  EXPECT_EQ(at_portal("PUT", path, changed, cookie).code(), "FIELD_UNKNOWN");
  changed["forms"][0] = Json{{"from", "today"}};
  EXPECT_EQ(at_portal("PUT", path, changed, cookie).code(), "FIELD_INVALID");
  EXPECT_EQ(at_portal("PUT", "/drafts/99", draft, cookie).code(), "DRAFT_UNKNOWN");
  EXPECT_EQ(at_portal("DELETE", path, Json::object(), cookie).status, 204);
  EXPECT_EQ(at_portal("GET", "/drafts", {}, cookie).json["items"].size(), 0U);
}

Json application() {
  return {{"authority", "Polizeipräsidium Musterstadt"},
          {"kind", "police"},
          {"country", "DE"},
          {"domain", "Polizei.Example"},
          {"address", "Musterplatz 1"},
          {"applicant", "Max Beispiel"},
          {"office", "Kriminalhauptkommissar"},
          {"email", "max@polizei.example"},
          {"phone", "+49 30 666"},
          {"legal_basis", "section 100g StPO"},
          {"types", {"production"}}};
}

TEST_F(PortalTest, AnAgencyAppliesWithoutAnAccountAndSeesWhatBecomesOfIt) {
  const auto applied = at_portal("POST", "/applications", application());
  ASSERT_EQ(applied.status, 201) << applied.json;
  EXPECT_EQ(applied.json.size(), 1U);
  const auto reference = applied.json["reference"].get<std::string>();
  EXPECT_EQ(reference.size(), 32U);
  const auto standing = [&] {
    return at_portal("POST", "/applications/standing", Json{{"reference", reference}}).json;
  };
  const auto now = clock.unix_seconds();
  EXPECT_EQ(standing(), (Json{{"state", "received"}, {"received_at", now}}));
  EXPECT_EQ(at_portal("POST", "/applications/standing", Json{{"reference", "1"}}).code(),
            "APPLICATION_UNKNOWN");

  EXPECT_EQ(ask(ana, "GET", "/legal/counts").json["applications"], 1);
  EXPECT_EQ(ask(ben, "GET", "/legal/applications").code(), "ROLE_NOT_ALLOWED");
  const auto again = at_portal("POST", "/applications", application());
  EXPECT_NE(again.json["reference"], applied.json["reference"]);
  auto items = ask(ana, "GET", "/legal/applications").json["items"];
  ASSERT_EQ(items.size(), 2U) << items;
  EXPECT_EQ(items[0]["form"]["domain"], "polizei.example");
  EXPECT_EQ(items[0]["alike"], Json::array({items[1]["id"]}));
  const auto path = "/legal/applications/" + items[0]["id"].dump();
  const Json agency{{"name", "Police of Musterstadt"},
                    {"country", "DE"},
                    {"kind", "police"},
                    {"domain", "polizei.example"}};
  EXPECT_EQ(ask(program(Role::legal_officer), "POST", path + "/take-up", agency).code(), "PERSON_NEEDED");
  const auto taken = ask(ana, "POST", path + "/take-up", agency);
  ASSERT_EQ(taken.status, 201) << taken.json;
  EXPECT_EQ(ask(ana, "POST", path + "/take-up", agency).code(), "APPLICATION_DECIDED");
  EXPECT_EQ(standing()["state"], "looked_at");
  const auto other = "/legal/applications/" + items[1]["id"].dump() + "/decline";
  EXPECT_EQ(ask(ana, "POST", other, Json{{"text", ""}}).code(), "FIELD_INVALID");
  EXPECT_EQ(ask(ana, "POST", other, Json{{"text", "We have another of it."}, {"alike", true}}).status, 204);
  items = ask(ana, "GET", "/legal/applications").json["items"];
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0]["agency"], taken.json["id"]);
  EXPECT_EQ(at_portal("POST", "/applications/standing", again.json).json["reason"], "We have another of it.");

  // The number that the stranger wrote is nowhere among those to call.
  EXPECT_THAT(ask(ana, "GET", "/legal/agencies").json.dump(), ::testing::Not(HasSubstr("666")));
  EXPECT_EQ(ask(ana, "POST", "/legal/agencies/" + taken.json["id"].dump() + "/onboard",
                Json{{"call_back", "+49 30 1234"}, {"number_source", "the federal register"}})
                .status,
            204);
  EXPECT_EQ(standing()["state"], "onboarded");
  EXPECT_THAT(standing().dump(), ::testing::Not(HasSubstr("Musterstadt")));
  // Auditors see the acts, and nobody's name or number.
  const auto acts = ask(program(Role::auditor), "GET", "/legal/acts").json.dump();
  EXPECT_THAT(acts, HasSubstr("applied"));
  EXPECT_THAT(acts, HasSubstr("We have another of it."));
  EXPECT_THAT(acts, ::testing::Not(HasSubstr("Beispiel")));
  EXPECT_THAT(acts, ::testing::Not(HasSubstr("666")));

  clock.advance(std::chrono::hours(91 * 24));
  ASSERT_TRUE(run(desk.tick()));
  EXPECT_EQ(at_portal("POST", "/applications/standing", applied.json).code(), "APPLICATION_UNKNOWN");
}

TEST_F(PortalTest, ApplicationsAreReadStrictlyAndAFewOfANetworkAreTaken) {
  const auto refused = [&](auto change) {
    auto bad = application();
    change(bad);
    const auto answer = at_portal("POST", "/applications", bad);
    return answer.code() + " " + answer.json.value("field", "");
  };
  const auto whole = application();
  for (const auto& [key, value] : whole.items()) {
    clock.advance(std::chrono::seconds(10));
    EXPECT_EQ(refused([&](Json& f) { f.erase(key); }), "FIELD_INVALID " + key);
    EXPECT_EQ(refused([&](Json& f) { f[key] = 7; }), "FIELD_INVALID " + key);
    EXPECT_EQ(refused([&](Json& f) { f[key] = std::string(3000, 'x'); }), "FIELD_INVALID " + key);
  }
  clock.advance(std::chrono::minutes(2));
  EXPECT_EQ(refused([](Json& f) { f["kind"] = "king"; }), "FIELD_INVALID kind");
  EXPECT_EQ(refused([](Json& f) { f["country"] = "de"; }), "FIELD_INVALID country");
  EXPECT_EQ(refused([](Json& f) { f["domain"] = "police"; }), "FIELD_INVALID domain");
  EXPECT_EQ(refused([](Json& f) { f["email"] = "max"; }), "FIELD_INVALID email");
  EXPECT_EQ(refused([](Json& f) { f["phone"] = "ask for Max"; }), "FIELD_INVALID phone");
  EXPECT_EQ(refused([](Json& f) { f["types"] = {"wiretap"}; }), "FIELD_INVALID types");
  EXPECT_EQ(refused([](Json& f) { f["types"] = {"epoc", "epoc"}; }), "FIELD_INVALID types");
  EXPECT_EQ(refused([](Json& f) { f["officers"] = {"Max"}; }), "FIELD_UNKNOWN officers");
  EXPECT_EQ(refused([](Json& f) { f["text"] = std::string(1, '\0'); }), "APPLICATION_INVALID ");
  EXPECT_EQ(refused([](Json& f) { f["text"] = std::string(kPortalStrangerBodyMax, 'x'); }),
            "BODY_TOO_LARGE ");
  // What was mistyped has cost nothing, but for the one that came as far as the desk.
  for (int i = 0; i < 2; ++i) EXPECT_EQ(at_portal("POST", "/applications", application()).status, 201);
  const auto answer = at_portal("POST", "/applications", application());
  EXPECT_EQ(answer.status, 429);
  EXPECT_GT(answer.json["retry_after"], 3600);
  clock.advance(std::chrono::hours(8));
  EXPECT_EQ(at_portal("POST", "/applications", application()).status, 201);
}

TEST_F(PortalTest, TheAddressForLettersLeadsToThePage) {
  net::HttpRequest request;
  request.method = "GET";
  request.path = "/portal/apply";
  const auto response = run(router.handle(request));
  EXPECT_EQ(response.status, 303);
  ASSERT_EQ(response.headers.size(), 1U);
  EXPECT_EQ(response.headers[0].value, "/portal#/apply");
}

TEST_F(PortalTest, FormsAreReadStrictly) {
  const auto cookie = officer();
  const auto refused = [&](auto change) {
    auto bad = form();
    change(bad);
    const auto answer =
        at_portal("POST", "/requests", Json{{"type", "epoc"}, {"forms", Json::array({bad})}}, cookie);
    return answer.code() + " " + answer.json.value("field", "");
  };
  EXPECT_EQ(refused([](Json& f) { f.erase("identifier"); }), "FIELD_INVALID forms.0.identifier");
  EXPECT_EQ(refused([](Json& f) { f["identifier_kind"] = "name"; }), "FIELD_INVALID forms.0.identifier_kind");
  EXPECT_EQ(refused([](Json& f) { f["messages"] = true; }), "FIELD_UNKNOWN forms.0.messages");
  EXPECT_EQ(refused([](Json& f) { f["from"] = -1; }), "FIELD_INVALID forms.0.from");
  EXPECT_EQ(refused([](Json& f) { f["suspicion"] = 7; }), "FIELD_INVALID forms.0.suspicion");
  EXPECT_EQ(refused([](Json& f) { f["issuer"] = "king"; }), "FORM_INVALID ");
  EXPECT_EQ(
      at_portal("POST", "/requests", Json{{"type", "wiretap"}, {"forms", Json::array({form()})}}, cookie)
          .code(),
      "FIELD_INVALID");
}

}  // namespace
}  // namespace heliograph::web
