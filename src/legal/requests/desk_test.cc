// A request from the form to the package, and the ways that there are not.
#include "legal/requests/desk.h"

#include <gmock/gmock.h>

#include "ledger/cell_proof.h"
#include "legal/requests/cells.h"
#include "legal/requests/told.h"
#include "legal/testing/desk.h"

namespace heliograph::legal {
namespace {

using testing::ann;
using testing::bob;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr UnixSeconds kDay = 86'400;

class DeskTest : public ::testing::Test, public testing::DeskWorld {
 protected:
  template <typename T>
  static std::string code(const Result<T>& result) {
    return result ? std::string() : std::string(result.error().code);
  }
};

TEST_F(DeskTest, AnOfficerGetsThePhoneNumberAndTheAddressesOfTheTime) {
  connect(ann, "203.0.113.7", now() - 3 * kDay);
  connect(ann, "2001:db8::7", now() - 2 * kDay);
  connect(ann, "198.51.100.1", now() - 90 * kDay);  // before the order's time
  connect(bob, "198.51.100.2", now() - 3 * kDay);   // somebody else's
  auto asked = form();
  asked.gag_until = now() + 10 * kDay;
  asked.gag_reason = "The investigation would be endangered.";
  const auto id = file(Type::epoc, asked).value();
  through(id, Gate::disclosed);

  const auto package = collect(id).value();
  const auto disclosure = read_package(package);
  EXPECT_EQ(disclosure.phone->text(), "+4915112345678");
  ASSERT_THAT(disclosure.addresses, SizeIs(2));
  EXPECT_EQ(disclosure.addresses[0].address.text(), "203.0.113.7");
  EXPECT_EQ(disclosure.addresses[1].address.text(), "2001:db8::7");
  EXPECT_EQ(row(id).state, State::closed);
  EXPECT_EQ(row(id).outcome, "disclosed");

  // A reply can be lost: the same bytes again, until receipt is confirmed.
  EXPECT_EQ(collect(id).value(), package);
  EXPECT_EQ(code(confirm_receipt(id, as_bytes("another answer"))), "RECEIPT_WRONG");
  EXPECT_TRUE(confirm_receipt(id, package));
  EXPECT_TRUE(confirm_receipt(id, package));
  EXPECT_EQ(code(collect(id)), "PACKAGE_GONE");
  EXPECT_EQ(code(disclose(id)), "REQUEST_CLOSED");

  // The member is told when the gag ends, and not before.
  later(9 * kDay);
  tick();
  EXPECT_THAT(people.told, IsEmpty());
  const auto opened = [&](UserId user, std::int64_t request) {
    return read([&](store::Tx& tx) { return told_disclosure(tx, user, request); }).value();
  };
  EXPECT_EQ(opened(ann, id), 0) << "they may not know of it";
  later(kDay);
  tick();
  ASSERT_THAT(people.told, SizeIs(1));
  EXPECT_EQ(people.told[0].first, ann);
  EXPECT_THAT(people.told[0].second, HasSubstr("Nothing else was disclosed"));
  EXPECT_THAT(people.told[0].second, HasSubstr("/entry L" + std::to_string(id) + " to @transparency"));
  EXPECT_EQ(opened(ann, id), row(id).record);
  EXPECT_NE(opened(ann, id), 0);
  EXPECT_EQ(opened(bob, id), 0);
  EXPECT_EQ(opened(UserId{}, id), 0);
  EXPECT_EQ(opened(ann, id + 1), 0);
  tick();
  EXPECT_THAT(people.told, SizeIs(1));
  EXPECT_EQ(row(id).gates, 0b1'1111'1110U);

  const auto counts = cells();
  EXPECT_EQ(counts.at("legal/epoc/DE/received"), 1U);
  EXPECT_EQ(counts.at("legal/epoc/DE/disclosed"), 1U);
  EXPECT_EQ(counts.at("legal/epoc/DE/told"), 1U);
  EXPECT_EQ(counts.count("legal/epoc/DE/undelivered"), 0U);

  // Every gate is an act, by whom, in which words, on what evidence.
  const auto acts = read([&](store::Tx& tx) { return desk.acts(tx, id); }).value();
  std::vector<std::string> words;
  for (const auto& [act, kept] : acts) words.push_back(act.what);
  EXPECT_THAT(words,
              ElementsAre("filed", "passed", "passed", "passed", "passed", "passed", "contributed",
                          "contributed", "passed", "passed", "collected", "collected", "receipt", "passed"));
  EXPECT_EQ(acts[3].second.evidence.size(), 4U);
  EXPECT_THAT(acts[3].second.rules, HasSubstr("eu 2026"));
}

TEST_F(DeskTest, WithoutAnyOneGateNothingIsDisclosed) {
  connect(ann, "203.0.113.7", now() - 3 * kDay);
  // The acts and the row say that all gates are passed, but for one: as if somebody had got at the store.
  for (auto dropped = Gate::authentic; dropped <= Gate::unsealed;
       dropped = static_cast<Gate>(static_cast<int>(dropped) + 1)) {
    const auto id = filed();
    const auto record = world.record(
        {ledger::Book::legal, std::string(kDiscloseAct), request_subject(id), "legal/epoc/DE/disclosed", {}});
    publish();
    ASSERT_TRUE(write([&](store::Tx& tx) -> Status {
      HG_ASSIGN(auto one, desk.find(tx, id));
      for (auto gate = Gate::authentic; gate <= Gate::unsealed;
           gate = static_cast<Gate>(static_cast<int>(gate) + 1)) {
        if (gate == dropped) continue;
        const bool person = gate <= Gate::approved;
        HG_TRY(store::legal_of(tx).note({0,
                                         id,
                                         static_cast<std::uint8_t>(gate),
                                         now(),
                                         person ? StaffId{gate == Gate::approved ? 2 : 1} : StaffId{},
                                         0,
                                         "passed",
                                         gate == Gate::logged ? record->id().value : 0,
                                         {}}));
      }
      one.row.user = ann;
      one.row.state = State::unsealed;
      one.row.gates = 0xff;
      one.row.record = record->id().value;
      return store::legal_of(tx).update(one.row);
    }));
    const auto prepared = prepare(id);
    EXPECT_EQ(code(prepared), "GATE_MISSING") << name(dropped);
    EXPECT_THAT(prepared.error().message, HasSubstr(name(dropped)));
    EXPECT_EQ(code(collect(id)), "PACKAGE_NONE");
  }
}

TEST_F(DeskTest, GatesArePassedInTheirOrder) {
  const auto id = filed();
  EXPECT_EQ(code(pass(id, Gate::valid)), "GATE_MISSING");
  EXPECT_EQ(code(pass(id, Gate::suspect)), "GATE_MISSING");
  EXPECT_EQ(code(approve(id)), "GATE_MISSING");
  EXPECT_EQ(code(question(id)), "GATE_MISSING");
  ASSERT_TRUE(pass(id, Gate::authentic));
  EXPECT_EQ(code(pass(id, Gate::authentic)), "GATE_PASSED");
  EXPECT_EQ(code(pass(id, Gate::suspect)), "GATE_MISSING");
  ASSERT_TRUE(pass(id, Gate::valid));
  EXPECT_EQ(code(approve(id)), "GATE_MISSING");
  ASSERT_TRUE(pass(id, Gate::suspect));
  EXPECT_EQ(code(question(id)), "GATE_MISSING");
  ASSERT_TRUE(approve(id));
  // The ledger has it, but the world cannot see it yet.
  EXPECT_EQ(code(question(id)), "GATE_MISSING");
  publish();
  ASSERT_TRUE(question(id));
  EXPECT_EQ(code(prepare(id)), "GATE_MISSING");
  ASSERT_TRUE(contribute(id, 1, ana));
  EXPECT_EQ(code(prepare(id)), "GATE_MISSING");  // one share of two
  ASSERT_TRUE(contribute(id, 2, ben));
  EXPECT_TRUE(prepare(id));
}

TEST_F(DeskTest, EachPieceOfEvidenceIsNeeded) {
  const auto id = filed();
  for (const auto gate : {Gate::authentic, Gate::valid, Gate::suspect}) {
    const auto whole = evidence(id, gate);
    ASSERT_THAT(whole, ::testing::Not(IsEmpty()));
    for (std::size_t i = 0; i < whole.size(); ++i) {
      auto part = whole;
      part[i].text = "  ";
      const auto passed =
          write([&](store::Tx& tx) { return desk.pass(tx, ana, id, gate, part, "in order"); });
      EXPECT_EQ(code(passed), "EVIDENCE_MISSING") << whole[i].name;
    }
    auto more = whole;
    more.push_back({"no_conflict", "of another gate"});
    EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.pass(tx, ana, id, gate, more, ""); })),
              "EVIDENCE_UNKNOWN");
    ASSERT_TRUE(pass(id, gate));
  }
}

TEST_F(DeskTest, OnePersonHasOnePart) {
  const auto id = filed();
  through(id, Gate::suspect);
  // Not with another role either: the administrator has made Ana an approver.
  Actor promoted = ana;
  promoted.role = store::StaffRole::legal_approver;
  EXPECT_EQ(code(approve(id, promoted)), "SAME_PERSON");
  Actor careless = ben;
  careless.proved = false;
  EXPECT_EQ(code(approve(id, careless)), "STEP_UP_NEEDED");
  EXPECT_EQ(code(approve(id, ana)), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(code(approve(id, dua)), "ROLE_NOT_ALLOWED");
  ASSERT_TRUE(approve(id));
  publish();
  // Nor does the approver examine, or make the answer, once they are an officer.
  Actor moved = ben;
  moved.role = store::StaffRole::legal_officer;
  ASSERT_TRUE(contribute(id, 1, ana));
  ASSERT_TRUE(contribute(id, 3, cem));
  EXPECT_EQ(code(read([&](store::Tx& tx) { return desk.prepare(tx, moved, id); })), "SAME_PERSON");
  EXPECT_EQ(code(read([&](store::Tx& tx) { return desk.prepare(tx, dua, id); })), "ROLE_NOT_ALLOWED");
  // A role, but no examination: Ben may not examine another request and approve it.
  const auto other = filed();
  ASSERT_TRUE(pass(other, Gate::authentic, moved));
  ASSERT_TRUE(pass(other, Gate::valid, ana));
  ASSERT_TRUE(pass(other, Gate::suspect, ana));
  EXPECT_EQ(code(approve(other, ben)), "SAME_PERSON");
}

TEST_F(DeskTest, WhoHasAPartInTheAgencyTakesNoPartHere) {
  const auto id = filed();
  ASSERT_TRUE(write([&](store::Tx& tx) { return agencies.set_conflicts(tx, ana, agency, {1, 2}, ""); }));
  EXPECT_EQ(code(pass(id, Gate::authentic)), "CONFLICT_OF_INTEREST");
  for (const auto gate : {Gate::authentic, Gate::valid, Gate::suspect}) ASSERT_TRUE(pass(id, gate, cem));
  EXPECT_EQ(code(approve(id)), "CONFLICT_OF_INTEREST");
}

TEST_F(DeskTest, MoreCountriesThanTheLogsListHasRoomForAreNotAdmitted) {
  const auto admitted = [&](const std::string& country, const std::string& name) {
    return code(write([&](store::Tx& tx) -> Status {
      HG_ASSIGN(const auto proposed, agencies.propose(tx, ana, {name, country, "court", ""}));
      return agencies.onboard(tx, ana, proposed, "+1 202 555 0100", "the court's own site", "");
    }));
  };
  std::size_t countries = 1;  // DE has one
  std::string refused;
  for (char letter = 'A'; letter <= 'C' && refused.empty(); ++letter) {
    for (char second = 'A'; second <= 'Z' && refused.empty(); ++second) {
      const std::string country{letter, second};
      refused = admitted(country, "Court of " + country);
      countries += refused.empty() ? 1 : 0;
    }
  }
  EXPECT_EQ(refused, "AGENCY_COUNTRIES_FULL");
  const auto cells = read([](store::Tx& tx) { return cells_in(tx); }).value();
  EXPECT_EQ(cells.size(), countries * 156);
  EXPECT_EQ(countries, ledger::kCellListMost / 156);
  EXPECT_EQ(admitted("DE", "Another court"), "") << "a country that is there";
  EXPECT_EQ(admitted("ZZ", "A court far away"), "AGENCY_COUNTRIES_FULL");
  EXPECT_EQ(
      code(write([&](store::Tx& tx) -> Status {
        HG_ASSIGN(const auto proposed, agencies.propose(tx, ana, {"Another far away", "ZZ", "court", ""}));
        HG_TRY(agencies.suspend(tx, ana, proposed, "Proposed by mistake."));
        return agencies.resume(tx, ana, proposed, "+1 202 555 0100", "the court's own site", "No mistake.");
      })),
      "AGENCY_COUNTRIES_FULL")
      << "suspended and resumed";
}

TEST_F(DeskTest, ASubpoenaWithoutASuspectIsRefused) {
  agency =
      write([&](store::Tx& tx) {
        return agencies.propose(tx, ana, {"District Attorney of Example County", "US", "prosecutor", ""});
      }).value();
  ASSERT_TRUE(write([&](store::Tx& tx) {
    return agencies.onboard(tx, ana, agency, "+1 202 555 0100", "the county's own site", "");
  }));
  officer = add_officer("John Doe");
  auto asked = form();
  asked.suspicion.clear();
  asked.legal_basis = "18 USC 2703(c)(2)";
  const auto id = file(Type::production, asked).value();
  ASSERT_TRUE(pass(id, Gate::authentic));
  ASSERT_TRUE(pass(id, Gate::valid));
  EXPECT_EQ(code(pass(id, Gate::suspect)), "NOT_SUSPECT");
  ASSERT_TRUE(write([&](store::Tx& tx) {
    return desk.refuse(tx, ana, id, "not_suspect", "The subpoena names no suspect.");
  }));
  EXPECT_EQ(row(id).state, State::refused);
  EXPECT_EQ(row(id).outcome, "not_suspect");
  EXPECT_EQ(cells().at("legal/production/US/refused-not_suspect"), 1U);
  EXPECT_EQ(code(pass(id, Gate::suspect)), "REQUEST_CLOSED");
}

TEST_F(DeskTest, WhoeverMayNotIssueItIsNotHeard) {
  auto asked = form();
  asked.issuer = "police";
  const auto id = file(Type::epoc, asked).value();
  ASSERT_TRUE(pass(id, Gate::authentic));
  EXPECT_EQ(code(pass(id, Gate::valid)), "ISSUER_NOT_COMPETENT");
  asked.validator = "judge";
  asked.validator_name = "Amtsgericht Musterstadt";
  const auto validated = file(Type::epoc, asked).value();
  ASSERT_TRUE(pass(validated, Gate::authentic));
  EXPECT_TRUE(pass(validated, Gate::valid));
}

TEST_F(DeskTest, WhatIsMissingIsAskedFor) {
  auto asked = form();
  asked.necessity.clear();
  const auto id = file(Type::epoc, asked).value();
  ASSERT_TRUE(pass(id, Gate::authentic));
  EXPECT_EQ(code(pass(id, Gate::valid)), "FORM_INCOMPLETE");
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.ask(tx, ana, id, "Why is it necessary?"); }));
  EXPECT_EQ(code(pass(id, Gate::valid)), "REQUEST_WAITS");
  asked.necessity = "There is no other way.";
  auto another = asked;
  another.identifier = "bob";
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.correct(tx, officer, id, another); })),
            "FORM_INVALID");
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.correct(tx, officer, id, asked); }));
  EXPECT_TRUE(pass(id, Gate::valid));
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.correct(tx, officer, id, asked); })), "NOT_AWAITED");
  EXPECT_EQ(cells().at("legal/epoc/DE/clarified"), 1U);
}

TEST_F(DeskTest, AnApproverMayAskFirst) {
  const auto id = filed();
  through(id, Gate::suspect);
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.ask(tx, ben, id, "Which account?"); }));
  EXPECT_EQ(code(approve(id)), "REQUEST_WAITS");
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.answer(tx, officer, id, "That of the form."); }));
  EXPECT_TRUE(approve(id));
  publish();
  ASSERT_TRUE(contribute(id, 1, ana));
  ASSERT_TRUE(contribute(id, 2, ben));
  // And refuse what was approved, as long as there is no answer.
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.refuse(tx, ben, id, "rights", "A second thought."); }));
  const auto counts = cells();
  EXPECT_EQ(counts.at("legal/epoc/DE/disclosed"), 1U);
  EXPECT_EQ(counts.at("legal/epoc/DE/undelivered"), 1U);
}

TEST_F(DeskTest, NobodyLearnsWhoIsThereBeforeTheGates) {
  auto asked = form();
  asked.identifier = "nobody_of_this_name";
  const auto there = filed();
  const auto missing = file(Type::epoc, asked).value();
  for (const auto id : {there, missing}) {
    ASSERT_TRUE(pass(id, Gate::authentic));
    EXPECT_EQ(row(id).state, State::authenticated);
  }
  EXPECT_EQ(code(write([&](store::Tx& tx) {
              return desk.refuse(tx, ana, missing, "nothing_held", "There is nobody of this name.");
            })),
            "GATE_MISSING");
  ASSERT_TRUE(pass(missing, Gate::valid));
  ASSERT_TRUE(pass(missing, Gate::suspect));
  ASSERT_TRUE(write([&](store::Tx& tx) {
    return desk.refuse(tx, ana, missing, "nothing_held", "There is nobody of this name.");
  }));
}

TEST_F(DeskTest, NothingHeldIsAnAnswer) {
  auto asked = form();
  asked.wants_phone = false;  // and ann was never connected in that time
  const auto id = file(Type::epoc, asked).value();
  through(id, Gate::unsealed);
  EXPECT_FALSE(disclose(id).value());
  EXPECT_EQ(row(id).outcome, "nothing_held");
  EXPECT_EQ(code(collect(id)), "PACKAGE_NONE");
  const auto counts = cells();
  EXPECT_EQ(counts.at("legal/epoc/DE/undelivered"), 1U);
  EXPECT_EQ(counts.at("legal/epoc/DE/refused-nothing_held"), 1U);
}

TEST_F(DeskTest, TheMemberIsToldWhatWasDisclosedNotWhatWasAskedFor) {
  const auto phone_alone = filed();  // addresses are asked for as well, and none are held
  through(phone_alone, Gate::disclosed);
  ASSERT_TRUE(collect(phone_alone));
  tick();
  ASSERT_THAT(people.told, SizeIs(1));
  EXPECT_THAT(people.told[0].second, HasSubstr("we have disclosed your phone number. Nothing else"));

  connect(ann, "203.0.113.7", now() - 3 * kDay);
  people.silent = true;  // and now she has no phone number
  const auto addresses_alone = filed();
  through(addresses_alone, Gate::disclosed);
  ASSERT_TRUE(collect(addresses_alone));
  tick();
  ASSERT_THAT(people.told, SizeIs(2));
  EXPECT_THAT(people.told[1].second, HasSubstr("we have disclosed the IP addresses"));
  EXPECT_THAT(people.told[1].second, ::testing::Not(HasSubstr("phone")));
}

TEST_F(DeskTest, AnAnswerWhoseReceiptNobodyConfirmsIsErasedWhenItExpires) {
  connect(ann, "203.0.113.7", now() - 3 * kDay);
  const auto id = filed();
  through(id, Gate::disclosed);
  EXPECT_EQ(code(confirm_receipt(id, {})), "PACKAGE_NONE");
  ASSERT_TRUE(collect(id));
  later(14 * kDay);
  EXPECT_EQ(code(collect(id)), "PACKAGE_GONE");
  tick();
  const auto kept = read([&](store::Tx& tx) { return store::legal_of(tx).find_package(id); }).value();
  EXPECT_THAT(kept->bytes, IsEmpty());
  EXPECT_EQ(row(id).outcome, "disclosed");
  const auto acts = read([&](store::Tx& tx) { return store::legal_of(tx).acts(id); }).value();
  EXPECT_EQ(std::ranges::count(acts, "erased", &store::LegalAct::what), 1);
}

TEST_F(DeskTest, OnlyThatAccountAndThatTime) {
  connect(ann, "203.0.113.7", now() - 3 * kDay);
  auto asked = form();
  asked.from = now() - 3 * kDay + 120;  // in the same hour, after she had gone
  asked.to = now();
  const auto id = file(Type::epoc, asked).value();
  through(id, Gate::disclosed);
  EXPECT_THAT(read_package(collect(id).value()).addresses, IsEmpty());
}

TEST_F(DeskTest, NothingIsSaidOfBeforeAndAfterTheTime) {
  const auto at = now() - 3 * kDay;
  connect(ann, "203.0.113.7", at);  // for a minute
  auto asked = form();
  asked.from = at + 20;
  asked.to = at + 40;
  const auto id = file(Type::epoc, asked).value();
  through(id, Gate::disclosed);
  const auto addresses = read_package(collect(id).value()).addresses;
  ASSERT_THAT(addresses, SizeIs(1));
  EXPECT_EQ(addresses[0].first, at + 20);
  EXPECT_EQ(addresses[0].last, at + 39);
}

TEST_F(DeskTest, AReceiptIsGoodOnceAndForItsOwnRequest) {
  connect(ann, "203.0.113.7", now() - 3 * kDay);
  const auto first = filed();
  const auto second = filed();
  through(first, Gate::unsealed);
  through(second, Gate::unsealed);
  auto a = prepare(first);
  auto b = prepare(second);
  ASSERT_TRUE(a && b);
  const auto unsealed = open(*a);
  ASSERT_TRUE(unsealed);
  // Another request's receipt.
  Opening mixed{a->request, std::move(b->receipt), a->asked, a->contributions};
  EXPECT_EQ(code(open(mixed)), "LEDGER_RECEIPT_OTHER");
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.disclose(tx, ana, mixed, *unsealed); })),
            "OPENING_STALE");
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.disclose(tx, ana, *a, *unsealed); }));
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.disclose(tx, ana, *a, *unsealed); })), "GATE_PASSED");
}

TEST_F(DeskTest, AContributionComesFromItsOwnPersonOnce) {
  const auto id = filed();
  through(id, Gate::approved);
  EXPECT_EQ(code(contribute(id, 1, ben)), "SHARE_OTHER_PERSON");
  EXPECT_EQ(code(contribute(id, 1, dua)), "SHARE_OTHER_PERSON");
  ASSERT_TRUE(contribute(id, 1, ana));
  EXPECT_EQ(code(contribute(id, 1, ana)), "CONTRIBUTION_TWICE");
  EXPECT_EQ(code(prepare(id)), "GATE_MISSING");
  // One that was made for another request.
  const auto other = filed();
  through(other, Gate::approved);
  const auto asked = question(other).value();
  auto part = legal::contribute(asked[0].question, made.key, made.shares[2], random()).value();
  const auto checked = check(asked[0].question, made.key, std::move(part)).value();
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.contribute(tx, cem, id, key_number, checked); })),
            "CONTRIBUTION_WRONG");
}

TEST_F(DeskTest, ARowThatComesMeanwhileIsNotOpenedBehindTheOfficersBacks) {
  const auto id = filed();
  through(id, Gate::unsealed);
  connect(ann, "203.0.113.9", now() - kDay);
  EXPECT_EQ(code(prepare(id)), "OPENING_STALE");
}

TEST_F(DeskTest, WithdrawnExpiredAndSuspendedRequestsEnd) {
  const auto withdrawn = filed();
  through(withdrawn, Gate::disclosed);
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.withdraw(tx, officer, withdrawn, "solved"); }));
  EXPECT_EQ(code(collect(withdrawn)), "PACKAGE_GONE");

  auto asked = form();
  asked.expires_at = now() + kDay;
  const auto expired = file(Type::epoc, asked).value();
  through(expired, Gate::unsealed);
  later(2 * kDay);
  EXPECT_EQ(code(prepare(expired)), "ORDER_EXPIRED");

  const auto uncollected = filed();
  through(uncollected, Gate::disclosed);
  later(14 * kDay);
  tick();
  EXPECT_EQ(row(uncollected).state, State::expired);
  EXPECT_EQ(code(collect(uncollected)), "PACKAGE_GONE");
  EXPECT_THAT(people.told, IsEmpty());  // nothing of theirs has left

  const auto suspended = filed();
  through(suspended, Gate::unsealed);
  ASSERT_TRUE(write([&](store::Tx& tx) { return agencies.suspend(tx, ana, agency, "its mail was sold"); }));
  EXPECT_EQ(code(prepare(suspended)), "AGENCY_NOT_ONBOARDED");
  EXPECT_EQ(code(file(Type::epoc, form())), "AGENCY_NOT_ONBOARDED");
  EXPECT_EQ(cells().at("legal/epoc/DE/undelivered"), 2U);
}

TEST_F(DeskTest, AClockThatGoesBackStopsTheDesk) {
  const auto id = filed();
  clock().advance(-std::chrono::hours(24 * 40));
  EXPECT_EQ(code(pass(id, Gate::authentic)), "CLOCK_BEHIND");
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.tick(tx, 10); })), "CLOCK_BEHIND");
  clock().advance(std::chrono::hours(24 * 40));
  EXPECT_TRUE(pass(id, Gate::authentic));
}

TEST_F(DeskTest, RowsAreKeptFromDestructionFirst) {
  connect(ann, "203.0.113.7", now() - 20 * kDay);
  const auto sweep = [&] {
    return write([&](store::Tx& tx) { return store::journal_of(tx).sweep(now(), now(), 100); }).value();
  };
  const auto id = filed();
  ASSERT_TRUE(pass(id, Gate::authentic));
  EXPECT_EQ(sweep(), 0U);
  // After the hold's end they go, whatever became of the request.
  later(61 * kDay);
  EXPECT_EQ(sweep(), 1U);
}

TEST_F(DeskTest, APreservationKeepsRowsAndDisclosesNothing) {
  const auto id = file(Type::preservation, form()).value();
  ASSERT_TRUE(pass(id, Gate::authentic));
  ASSERT_TRUE(pass(id, Gate::valid));
  EXPECT_EQ(row(id).outcome, "preserved");
  EXPECT_EQ(code(approve(id)), "REQUEST_CLOSED");
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.extend(tx, ana, id, "Annex VI"); }));
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.extend(tx, ana, id, "again"); })),
            "EXTENSION_NOT_ALLOWED");
  const auto holds = read([&](store::Tx& tx) { return store::journal_of(tx).holds_of(id); }).value();
  ASSERT_THAT(holds, SizeIs(1));
  EXPECT_EQ(holds[0].until, now() + 90 * kDay);
  EXPECT_EQ(cells().at("legal/preservation/DE/preserved"), 1U);
}

TEST_F(DeskTest, AnEmergencyThatNoCourtConfirmsIsFlagged) {
  auto asked = form();
  asked.issuer = "police";
  const auto flagged = file(Type::emergency, asked).value();
  EXPECT_EQ(row(flagged).due_at, now() + 8 * 3600);
  const auto confirmed = file(Type::emergency, asked).value();
  through(flagged, Gate::disclosed);
  ASSERT_TRUE(collect(flagged));
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.confirm(tx, ana, confirmed, "Amtsgericht, today"); }));
  later(49 * 3600);
  tick();
  const auto counts = cells();
  EXPECT_EQ(counts.at("legal/emergency/DE/unconfirmed"), 1U);
  EXPECT_EQ(counts.at("legal/emergency/DE/confirmed"), 1U);
}

TEST_F(DeskTest, AnEmergencyTakesACallBack) {
  const auto id = file(Type::emergency, form()).value();
  auto given = evidence(id, Gate::authentic);
  std::erase_if(given, [](const Evidence& one) { return one.name == "call_back"; });
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.pass(tx, ana, id, Gate::authentic, given, ""); })),
            "EVIDENCE_MISSING");
}

TEST_F(DeskTest, AnAgencyThatAsksTooOftenWaits) {
  std::vector<RequestForm> forms(50, form());
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.file(tx, officer, Type::epoc, forms); }));
  const auto more = file(Type::epoc, form());
  EXPECT_EQ(code(more), "REQUESTS_WAIT");
  forms.push_back(form());
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.file(tx, officer, Type::epoc, forms); })),
            "FORMS_TOO_MANY");
  later(kDay + 1);
  EXPECT_TRUE(file(Type::epoc, form()));
}

TEST_F(DeskTest, RequestsAreAlikeByAccountAndCaseNumberToo) {
  const auto put = [&](std::string identifier, std::string case_number) {
    auto asked = form();
    asked.identifier = std::move(identifier);
    asked.case_number = std::move(case_number);
    return file(Type::epoc, asked).value();
  };
  const auto alike = [&](std::int64_t id) {
    const auto asked = row(id);
    const auto found = read([&](store::Tx& tx) { return store::legal_of(tx).alike(asked, 10); }).value();
    std::vector<std::int64_t> out;
    for (const auto& one : found) out.push_back(one.id);
    return out;
  };
  const auto by_name = put("ann", "1 Js 1/26");
  const auto by_other_name = put("@Ann", "2 Js 2/26");  // the desk's people know her by both
  const auto same_case = put("bob", "1 JS 1/26");
  const auto stranger = put("nobody_of_this_name", "3 Js 3/26");
  EXPECT_THAT(alike(by_name), ElementsAre(same_case, by_other_name));  // names are compared in any case
  auto by_number = form();
  by_number.kind = IdentifierKind::link;
  by_number.identifier = "https://t.me/ann";
  by_number.case_number = "4 Js 4/26";
  people.links["https://t.me/ann"] = ann;
  const auto by_link = file(Type::epoc, by_number).value();
  EXPECT_THAT(alike(by_link), IsEmpty());
  // Whose it is shows when the first gate is passed, on both sides.
  for (const auto id : {by_name, by_link}) ASSERT_TRUE(pass(id, Gate::authentic));
  EXPECT_THAT(alike(by_link), ElementsAre(by_name));
  EXPECT_THAT(alike(stranger), IsEmpty());
}

TEST_F(DeskTest, AnotherOfficersRequestIsNotThere) {
  const auto id = filed();
  through(id, Gate::disclosed);
  const auto other = add_officer("Max Beispiel");
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.collect(tx, other, id); })), "LEGAL_REQUEST_UNKNOWN");
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.confirm_receipt(tx, other, id, {}); })),
            "LEGAL_REQUEST_UNKNOWN");
  EXPECT_EQ(code(write([&](store::Tx& tx) { return desk.withdraw(tx, other, id, "no"); })),
            "LEGAL_REQUEST_UNKNOWN");
}

TEST_F(DeskTest, FormsThatCannotBeMeantAreNotTaken) {
  const auto refused = [&](auto change) {
    auto bad = form();
    change(bad);
    const auto done = file(Type::epoc, bad);
    return done ? std::string() : std::string(done.error().code) + " " + done.error().message;
  };
  EXPECT_THAT(refused([](auto& f) { f.identifier = ""; }), HasSubstr("FORM_INVALID identifier"));
  EXPECT_THAT(refused([](auto& f) { f.identifier = "a b"; }), HasSubstr("identifier"));
  EXPECT_THAT(refused([](auto& f) { f.to = f.from; }), HasSubstr("from"));
  EXPECT_THAT(refused([&](auto& f) { f.to = now() + 40 * kDay; }), HasSubstr("future"));
  EXPECT_THAT(refused([](auto& f) { f.from = f.to - 400 * kDay; }), HasSubstr("366 days"));
  EXPECT_THAT(refused([&](auto& f) { f.issued_at = now() + 3 * kDay; }), HasSubstr("issued_at"));
  EXPECT_THAT(refused([](auto& f) { f.issued_at = 0; }), HasSubstr("issued_at"));
  EXPECT_THAT(refused([](auto& f) { f.issuer = "king"; }), HasSubstr("issuer"));
  EXPECT_THAT(refused([](auto& f) { f.wants_phone = f.wants_addresses = false; }), HasSubstr("nothing else"));
  EXPECT_THAT(refused([](auto& f) { f.case_number = std::string(301, 'x'); }), HasSubstr("case_number"));
  EXPECT_THAT(refused([](auto& f) { f.suspicion = std::string(9000, 'x'); }), HasSubstr("suspicion"));
  EXPECT_THAT(refused([](auto& f) { f.offence = std::string("a\0b", 3); }), HasSubstr("offence"));
  EXPECT_EQ(code(file(Type::other, form())), "TYPE_NOT_TAKEN");
}

TEST_F(DeskTest, TheLedgerHearsOfEachKeyOnce) {
  const auto told = [&] { return write([&](store::Tx& tx) { return desk.log_keys(tx); }).value(); };
  EXPECT_EQ(told(), 1U);
  EXPECT_EQ(told(), 0U);
  const auto again = testing::make_key(2, {"Ana", "Dua"}, random());
  ASSERT_TRUE(
      write([&](store::Tx& tx) { return store::journal_of(tx).add_key({0, again.key.encode(), now(), 0}); }));
  EXPECT_EQ(told(), 1U);
}

TEST_F(DeskTest, AStolenStoreAndItsKeySayNothingOfAddresses) {
  connect(ann, "203.0.113.7", now() - kDay);
  const auto rows =
      read([&](store::Tx& tx) { return store::journal_of(tx).rows(ann, 0, now() + kDay, 0, 10); }).value();
  ASSERT_THAT(rows, SizeIs(1));
  // The address is in there in no form that the server's own keys open.
  EXPECT_FALSE(sealer.open(rows[0].sealed, {}));
  const auto needle = from_hex("cb007107");
  EXPECT_EQ(std::search(rows[0].sealed.begin(), rows[0].sealed.end(), needle.begin(), needle.end()),
            rows[0].sealed.end());
}

}  // namespace
}  // namespace heliograph::legal
