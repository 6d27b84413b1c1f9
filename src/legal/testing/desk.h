// A legal desk over a real store and ledger, with a key of the journal, an agency and its officer.
#pragma once

#include "crypto/box.h"
#include "ledger/testing/world.h"
#include "legal/disclosure/answer.h"
#include "legal/disclosure/pdf_pages.h"
#include "legal/requests/desk.h"
#include "legal/testing/ceremony.h"
#include "legal/testing/certificate.h"

namespace heliograph::legal::testing {

inline constexpr UserId ann{1'000'001};
inline constexpr UserId bob{1'000'002};

// Who is there: ann, with a phone number; bob, with another.
struct FakePeople final : People {
  Result<UserId> find(store::Tx&, const RequestForm& form) const override {
    if (form.identifier == "ann" || form.identifier == "@Ann") return ann;
    if (form.identifier == "bob") return bob;
    if (const auto found = links.find(form.identifier); found != links.end()) return found->second;
    return UserId{};
  }
  Result<std::string> phone(store::Tx&, UserId user) const override {
    if (silent) return "";
    if (user == ann) return "4915112345678";
    return user == bob ? "4915187654321" : "";
  }
  Status tell(store::Tx&, UserId user, const std::string& text) const override {
    told.emplace_back(user, text);
    return {};
  }
  mutable std::vector<std::pair<UserId, std::string>> told;
  std::optional<std::string> clause(std::string_view id) const override {
    if (id == "fraud") return "Fraud (version 2)";
    return std::nullopt;
  }
  Status check_breach(store::Tx&, std::int64_t case_id, UserId user) const override {
    const auto found = breaches.find(case_id);
    if (found != breaches.end() && found->second == user) return {};
    return fail(Error::invalid("BREACH_CASE_UNFIT"));
  }
  Result<std::int64_t> order_removal(store::Tx&, const RequestForm& form,
                                     const RemovalOrder& order) const override {
    if (form.identifier != "news/31") return fail(Error::invalid("CONTENT_UNKNOWN"));
    ordered.push_back(order);
    return 99;
  }
  mutable std::vector<RemovalOrder> ordered;
  Result<std::optional<RemovalDecision>> removal_decision(store::Tx&, std::int64_t case_id) const override {
    return case_id == 99 ? decided : std::nullopt;
  }
  std::optional<RemovalDecision> decided;  // of the case that orders are handed to
  std::map<std::string, UserId> links;
  bool silent = false;                      // nobody has a phone number
  std::map<std::int64_t, UserId> breaches;  // decided cases, and about whom
};

struct DeskWorld {
  template <typename F>
  auto write(F body) {
    return world.write(std::move(body));
  }
  template <typename F>
  auto read(F body) {
    return world.read(std::move(body));
  }

  explicit DeskWorld(const char* vfs = nullptr) : world(vfs) {
    clock().set_wall(std::chrono::seconds(1'800'000'000));
    EXPECT_TRUE(world.wait(world.ledger->open()));
    made = make_key(2, {"Ana", "Ben", "Cem"}, random());
    key_number = write([&](store::Tx& tx) {
                   return store::journal_of(tx).add_key({0, made.key.encode(), now(), 0});
                 }).value();
    agency = write([&](store::Tx& tx) {
               return agencies.propose(tx, ana,
                                       {"Staatsanwaltschaft Musterstadt", "DE", "prosecutor", "sta.example"});
             }).value();
    EXPECT_TRUE(write([&](store::Tx& tx) {
      return agencies.onboard(tx, ana, agency, "+49 30 1234, Dr. Muster", "the federal register of courts",
                              "");
    }));
    officer = add_officer("Erika Muster");
  }

  // The same store again, as after the program has died.
  void reopen() {
    std::destroy_at(&desk);
    world.open();
    std::construct_at(&desk, parts());
    EXPECT_TRUE(world.wait(world.ledger->open()));
  }
  DeskParts parts() {
    return {
        *world.ledger, world.clock,         world.random, sealer, likeness, people, Jurisdictions::built_in(),
        signer,        "example.org/ledger"};
  }

  std::int64_t add_officer(const std::string& name) {
    const auto token = "token of " + name;
    return write([&](store::Tx& tx) -> Result<std::int64_t> {
             HG_ASSIGN(const auto id, agencies.invite(tx, ana, agency, {name, "prosecutor", "", {}}, token));
             HG_TRY(
                 agencies.enrol(tx, token, {to_bytes(as_bytes(name)), {1}, -7, 0}, officer_key.public_key));
             return id;
           })
        .value();
  }

  // What is told about ann by an order that is as it should be.
  RequestForm form() const {
    RequestForm out;
    out.kind = IdentifierKind::username;
    out.identifier = "ann";
    out.from = now() - 30 * 86'400;
    out.to = now();
    out.issuer = "prosecutor";
    out.issuer_name = "Staatsanwaltschaft Musterstadt";
    out.case_number = "123 Js 456/26";
    out.offence = "fraud, section 263 StGB";
    out.legal_basis = "Regulation (EU) 2023/1543 Art. 5";
    out.issued_at = now() - 86'400;
    out.suspicion = "The user is accused of having sold what was never delivered.";
    out.necessity = "There is no other way to find out who they are.";
    out.emergency = "A hostage was named in a message that was sent an hour ago.";
    return out;
  }
  Result<std::int64_t> file(Type type, const RequestForm& form) {
    HG_ASSIGN(const auto ids, write([&](store::Tx& tx) { return desk.file(tx, officer, type, {form}); }));
    if (type != Type::emergency && type != Type::preservation && type != Type::removal) {
      HG_TRY(write([&](store::Tx& tx) {
        return desk.add_file(tx, officer, ids.front(), "order", as_bytes("%PDF-1.7 ..."), {});
      }));
    }
    return ids.front();
  }
  std::int64_t filed(Type type = Type::epoc) { return file(type, form()).value(); }

  // Everything that the rules ask for at this gate.
  std::vector<Evidence> evidence(std::int64_t request, Gate gate) {
    const auto row = read([=](store::Tx& tx) { return store::legal_of(tx).find(request); }).value().value();
    const auto* rules = desk.rules().find(row.jurisdiction)->find(row.type);
    std::vector<Evidence> out;
    const auto found = rules->gates.find(gate);
    if (found == rules->gates.end()) return out;
    for (const auto& need : found->second.needs) {
      if (need == kBreach) {
        out.push_back({"finding", "Order, page 2: the user has sold what was never delivered."});
      } else {
        out.push_back({need, need == "clause" ? "fraud" : "seen: " + need});
      }
    }
    return out;
  }
  Status pass(std::int64_t request, Gate gate, const Actor& actor) {
    const auto given = evidence(request, gate);
    return write([&](store::Tx& tx) { return desk.pass(tx, actor, request, gate, given, "in order"); });
  }
  Status pass(std::int64_t request, Gate gate) { return pass(request, gate, ana); }
  Status approve(std::int64_t request, const Actor& actor) {
    const auto given = evidence(request, Gate::approved);
    return write([&](store::Tx& tx) { return desk.approve(tx, actor, request, given, "agreed"); });
  }
  Status approve(std::int64_t request) { return approve(request, ben); }
  void publish() { EXPECT_TRUE(world.wait(world.ledger->batch())); }

  Result<std::vector<Asked>> question(std::int64_t request) {
    return read([&](store::Tx& tx) { return desk.question(tx, request); });
  }
  // By share 1, 2 or 3.
  Status contribute(std::int64_t request, std::uint32_t share, const Actor& actor) {
    HG_ASSIGN(const auto all, question(request));
    for (const auto& asked : all) {
      HG_ASSIGN(auto part,
                legal::contribute(asked.question, asked.journal_key, made.shares[share - 1], random()));
      HG_ASSIGN(const auto checked, check(asked.question, asked.journal_key, std::move(part)));
      HG_TRY(write([&](store::Tx& tx) { return desk.contribute(tx, actor, request, asked.key, checked); }));
    }
    return {};
  }
  Result<Opening> prepare(std::int64_t request) {
    return read([&](store::Tx& tx) { return desk.prepare(tx, ana, request); });
  }
  Result<bool> disclose(std::int64_t request) {
    HG_ASSIGN(const auto opening, prepare(request));
    HG_ASSIGN(const auto unsealed, open(opening));
    return write([&](store::Tx& tx) { return desk.disclose(tx, ana, opening, unsealed); });
  }
  // Everything up to this gate, as it should be.
  void through(std::int64_t request, Gate gate) {
    for (const auto one : {Gate::authentic, Gate::valid, Gate::suspect}) {
      if (one > gate) break;
      ASSERT_TRUE(pass(request, one)) << name(one);
    }
    if (gate >= Gate::approved) {
      ASSERT_TRUE(approve(request));
      publish();
    }
    if (gate >= Gate::unsealed) {
      ASSERT_TRUE(contribute(request, 1, ana));
      ASSERT_TRUE(contribute(request, 3, cem));
    }
    if (gate >= Gate::disclosed) {
      ASSERT_TRUE(disclose(request).value());
    }
  }

  void connect(UserId user, const std::string& address, UnixSeconds at) {
    const auto row = a_row(made.key, user, at, address, random());
    ASSERT_TRUE(write([&](store::Tx& tx) {
      return store::journal_of(tx).add(
          {0, user, to_bytes(ByteView(row.label.tag)), key_number, row.label.from, row.label.to, row.sealed});
    }));
  }
  Status confirm_receipt(std::int64_t request, ByteView package) {
    const auto digest = crypto::sha256(package);
    return write([&](store::Tx& tx) { return desk.confirm_receipt(tx, officer, request, digest); });
  }
  Result<Bytes> collect(std::int64_t request) {
    return write([&](store::Tx& tx) { return desk.collect(tx, officer, request); });
  }
  Disclosure read_package(ByteView bytes) {
    const auto answer = open_answer(bytes, officer_key, signer.ed25519.public_key());
    EXPECT_TRUE(answer) << answer.error().code;
    const auto read = from_json(answer->json).value();
    EXPECT_EQ(answer->pdf, to_pdf(read.disclosure, read.cover));
    return read.disclosure;
  }
  store::LegalRequest row(std::int64_t request) {
    return read([=](store::Tx& tx) { return store::legal_of(tx).find(request); }).value().value();
  }
  void tick() {
    ASSERT_TRUE(write([&](store::Tx& tx) { return desk.tick(tx, 100); }));
  }
  // Cells of the published log.
  std::map<std::string, std::uint64_t> cells() {
    publish();
    const auto size = world.checkpoint().size;
    return world.wait(world.ledger->tally(0, size, ledger::Book::legal)).value().counts;
  }

  ManualClock& clock() { return world.clock; }
  Random& random() { return world.random; }
  UnixSeconds now() const { return world.clock.unix_seconds(); }
  void later(UnixSeconds seconds) { clock().advance(std::chrono::seconds(seconds)); }

  ledger::testing::World world;
  crypto::Sealer sealer{world.secret.derive("sealing")};
  crypto::BlindIndex likeness{world.secret.derive("likeness")};
  FakePeople people;
  AnswerSigner signer{crypto::Ed25519Key(world.secret.derive("answers")), a_certificate()};
  Agencies agencies{{world.clock, world.random, sealer}};
  Desk desk{parts()};
  crypto::BoxKey officer_key = crypto::BoxKey::generate(world.random);
  Made made;
  std::int64_t key_number = 0, agency = 0, officer = 0;

  const Actor ana{StaffId{1}, "Ana", store::StaffRole::legal_officer, true};
  const Actor ben{StaffId{2}, "Ben", store::StaffRole::legal_approver, true};
  const Actor cem{StaffId{3}, "Cem", store::StaffRole::legal_officer, true};
  const Actor dua{StaffId{4}, "Dua", store::StaffRole::admin, true};
};

}  // namespace heliograph::legal::testing
