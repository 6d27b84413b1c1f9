#include "store/legal.h"

#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

LegalRequest a_request(UnixSeconds received, UnixSeconds due, std::int64_t agency = 3) {
  LegalRequest out;
  out.type = LegalRequestType::epoc;
  out.agency = agency;
  out.officer = 4;
  out.country = "DE";
  out.jurisdiction = "eu";
  out.likeness = Bytes(32, 1);
  out.case_likeness = Bytes(32, 2);
  out.received_at = received;
  out.due_at = due;
  out.sealed = {1, 2, 3};
  return out;
}

std::vector<std::int64_t> numbers(const std::vector<LegalRequest>& requests) {
  std::vector<std::int64_t> out;
  for (const auto& one : requests) out.push_back(one.id);
  return out;
}

TEST_P(StoreSuite, ARequestIsKeptAndTheOneToBeAnsweredFirstComesFirst) {
  const auto late = must_write([](Tx& tx) { return legal_of(tx).add(a_request(100, 900)); });
  const auto soon = must_write([](Tx& tx) { return legal_of(tx).add(a_request(200, 300)); });
  const auto queue = [&](LegalRequestFilter filter, LegalRequestPlace after = {}) {
    return numbers(must_read([=](Tx& tx) { return legal_of(tx).queue(filter, after, 10); }));
  };
  EXPECT_THAT(queue({}), ElementsAre(soon, late));
  EXPECT_THAT(queue({}, {300, soon}), ElementsAre(late));
  EXPECT_THAT(queue({.country = "FR"}), IsEmpty());
  ASSERT_TRUE(write([soon](Tx& tx) -> Status {
    HG_ASSIGN(auto one, legal_of(tx).find(soon));
    EXPECT_EQ(one->bundle, soon);
    EXPECT_EQ(one->version, 1);
    one->state = LegalRequestState::refused;
    one->outcome = "not_suspect";
    one->closed_at = 400;
    one->user = ann;
    one->gates = 3;
    HG_TRY(legal_of(tx).update(*one));
    one->id = 99;
    EXPECT_EQ(legal_of(tx).update(*one).error().code, "LEGAL_REQUEST_UNKNOWN");
    return {};
  }));
  reopen();
  const auto kept = must_read([soon](Tx& tx) { return legal_of(tx).find(soon); });
  EXPECT_EQ(kept->version, 2);
  EXPECT_EQ(kept->outcome, "not_suspect");
  EXPECT_EQ(kept->user, ann);
  EXPECT_THAT(queue({}), ElementsAre(late));
  EXPECT_THAT(queue({.open_only = false}), ElementsAre(soon, late));
  EXPECT_THAT(queue({.state = LegalRequestState::refused, .open_only = false}), ElementsAre(soon));
  const auto figures = must_read([](Tx& tx) { return legal_of(tx).figures(1000); });
  EXPECT_EQ(figures.open, 1);
  EXPECT_EQ(figures.overdue, 1);
  EXPECT_EQ(figures.due_soon, 0);
  EXPECT_EQ(must_read([](Tx& tx) { return legal_of(tx).figures(900); }).due_soon, 1);
  EXPECT_EQ(figures.oldest, 100);
  EXPECT_EQ(must_read([](Tx& tx) { return legal_of(tx).count_since(3, 150); }), 1);
  EXPECT_THAT(numbers(must_read([](Tx& tx) { return legal_of(tx).of_agency(3, 0, 0, 10); })),
              ElementsAre(soon, late));
  EXPECT_THAT(must_read([](Tx& tx) { return legal_of(tx).of_agency(3, 5, 0, 10); }), IsEmpty());
}

TEST_P(StoreSuite, WhatWasDoneAboutARequestStays) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(legal_of(tx).note({0, 1, 2, 50, StaffId{7}, 0, "passed", 3, {1}, 0, {}, 0}));
    HG_TRY(legal_of(tx).note({0, 2, 0, 60, {}, 4, "filed", 0, {}, 0, {}, 0}));
    HG_TRY(legal_of(tx).note({0, 0, 0, 70, StaffId{7}, 0, "conflict", 0, {2}, 3, StaffId{8}, 0}));
    HG_TRY(legal_of(tx).note({0, 0, 0, 80, {}, 0, "applied", 0, {}, 0, {}, 5}));
    return {};
  }));
  const auto acts = must_read([](Tx& tx) { return legal_of(tx).acts(1); });
  ASSERT_THAT(acts, SizeIs(1));
  EXPECT_EQ(acts[0].gate, 2);
  EXPECT_EQ(acts[0].staff, StaffId{7});
  EXPECT_EQ(acts[0].what, "passed");
  EXPECT_THAT(must_read([](Tx& tx) { return legal_of(tx).all_acts(0, 10); }), SizeIs(4));
  EXPECT_EQ(must_read([](Tx& tx) { return legal_of(tx).all_acts(0, 10); })[0].application, 5);
  const auto about = must_read([](Tx& tx) { return legal_of(tx).acts_about_agency(3); });
  ASSERT_THAT(about, SizeIs(1));
  EXPECT_EQ(about[0].about, StaffId{8});
  EXPECT_THAT(must_read([](Tx& tx) { return legal_of(tx).acts_about_agency(0); }), IsEmpty());
}

AgencyApplication an_application(std::uint8_t reference, UnixSeconds received) {
  AgencyApplication out;
  out.reference = Bytes(32, reference);
  out.likeness = Bytes(32, 9);
  out.received_at = received;
  out.sealed = {1, 2, 3};
  return out;
}

TEST_P(StoreSuite, AnApplicationIsFoundByItsReferenceAndNotListedOnceItIsDeclined) {
  const auto add = [this](std::uint8_t reference, UnixSeconds received) {
    return must_write(
        [=](Tx& tx) { return legal_of(tx).add_application(an_application(reference, received)); });
  };
  const auto first = add(1, 100), second = add(2, 200), third = add(3, 300);
  EXPECT_FALSE(write([](Tx& tx) { return legal_of(tx).add_application(an_application(1, 400)); }));
  EXPECT_EQ(must_read([](Tx& tx) { return legal_of(tx).figures(0); }).applications, 3);
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    HG_ASSIGN(auto one, legal_of(tx).find_application(first));
    one->state = AgencyApplicationState::declined;
    one->decided_at = 500;
    one->decided_by = StaffId{7};
    one->sealed = {4};
    HG_TRY(legal_of(tx).update_application(*one));
    HG_ASSIGN(auto other, legal_of(tx).find_application(second));
    other->state = AgencyApplicationState::taken_up;
    other->decided_at = 600;
    other->agency = 3;
    HG_TRY(legal_of(tx).update_application(*other));
    other->id = 99;
    EXPECT_EQ(legal_of(tx).update_application(*other).error().code, "APPLICATION_UNKNOWN");
    return {};
  }));
  reopen();
  const auto kept = must_read([](Tx& tx) { return legal_of(tx).find_application_of(Bytes(32, 1)); });
  EXPECT_EQ(kept->id, first);
  EXPECT_EQ(kept->state, AgencyApplicationState::declined);
  EXPECT_EQ(kept->decided_by, StaffId{7});
  EXPECT_EQ(kept->likeness, Bytes(32, 9));
  EXPECT_EQ(kept->sealed, Bytes{4});
  EXPECT_FALSE(must_read([](Tx& tx) { return legal_of(tx).find_application_of(Bytes(32, 8)); }));
  const auto listed = must_read([](Tx& tx) { return legal_of(tx).applications(10); });
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_EQ(listed[0].id, third);
  EXPECT_EQ(listed[1].agency, 3);
  EXPECT_THAT(must_read([](Tx& tx) { return legal_of(tx).applications(1); }), SizeIs(1));
  const auto counts = must_read([](Tx& tx) { return legal_of(tx).count_applications(200); });
  EXPECT_EQ(counts.open, 1);
  EXPECT_EQ(counts.received, 2);
  EXPECT_EQ(must_read([](Tx& tx) { return legal_of(tx).figures(0); }).applications, 1);
}

TEST_P(StoreSuite, ApplicationsAreErasedByWhenTheyCameAndWhenTheyWereDecided) {
  const auto add = [this](std::uint8_t reference, UnixSeconds received, UnixSeconds decided) {
    return must_write([=](Tx& tx) {
      auto one = an_application(reference, received);
      one.decided_at = decided;
      if (decided != 0) one.state = AgencyApplicationState::taken_up;
      return legal_of(tx).add_application(one);
    });
  };
  add(1, 100, 0);
  const auto open = add(2, 101, 0);
  add(3, 50, 200);
  const auto decided = add(4, 50, 201);
  ASSERT_TRUE(write([](Tx& tx) { return legal_of(tx).erase_applications(100, 200); }));
  std::vector<std::int64_t> left;
  for (const auto& one : must_read([](Tx& tx) { return legal_of(tx).applications(10); })) {
    left.push_back(one.id);
  }
  EXPECT_THAT(left, ElementsAre(open, decided));
}

TEST_P(StoreSuite, RequestsAreAlikeByIdentifierAccountOrCaseNumber) {
  const auto put = [this](Bytes likeness, Bytes case_likeness, UserId user) {
    return must_write([&](Tx& tx) {
      auto request = a_request(100, 900);
      request.likeness = likeness;
      request.case_likeness = case_likeness;
      request.user = user;
      return legal_of(tx).add(request);
    });
  };
  const auto first = put(Bytes(32, 1), {}, {});
  const auto same_name = put(Bytes(32, 1), {}, {});
  const auto same_account = put(Bytes(32, 2), Bytes(32, 9), ann);
  const auto same_case = put(Bytes(32, 3), Bytes(32, 9), {});
  put({}, {}, {});
  const auto alike = [&](std::int64_t id) {
    return numbers(must_read([=](Tx& tx) -> Result<std::vector<LegalRequest>> {
      HG_ASSIGN(const auto one, legal_of(tx).find(id));
      return legal_of(tx).alike(*one, 10);
    }));
  };
  EXPECT_THAT(alike(first), ElementsAre(same_name));
  ASSERT_TRUE(write([first](Tx& tx) -> Status {
    HG_ASSIGN(auto one, legal_of(tx).find(first));
    one->user = ann;
    return legal_of(tx).update(*one);
  }));
  EXPECT_THAT(alike(first), ElementsAre(same_account, same_name));
  EXPECT_THAT(alike(same_account), ElementsAre(same_case, first));
  EXPECT_THAT(alike(same_case), ElementsAre(same_account));
}

TEST_P(StoreSuite, AnAnswerIsMadeOnceAndCollectedOnce) {
  const LegalPackage package{1, 4, 10, 100, 0, Bytes(32, 2), Bytes(500, 3)};
  ASSERT_TRUE(write([&](Tx& tx) { return legal_of(tx).add_package(package); }));
  EXPECT_EQ(write([&](Tx& tx) { return legal_of(tx).add_package(package); }).error().code,
            "LEGAL_PACKAGE_TWICE");
  ASSERT_TRUE(write([](Tx& tx) { return legal_of(tx).mark_collected(1, 50); }));
  ASSERT_TRUE(write([](Tx& tx) { return legal_of(tx).mark_collected(1, 60); }));
  EXPECT_TRUE(must_write([](Tx& tx) { return legal_of(tx).empty_package(1); }));
  EXPECT_FALSE(must_write([](Tx& tx) { return legal_of(tx).empty_package(1); }));
  const auto kept = must_read([](Tx& tx) { return legal_of(tx).find_package(1); });
  EXPECT_EQ(kept->collected_at, 50);
  EXPECT_EQ(kept->sha256, Bytes(32, 2));
  EXPECT_THAT(kept->bytes, IsEmpty());
  EXPECT_EQ(write([&](Tx& tx) { return legal_of(tx).add_package(package); }).error().code,
            "LEGAL_PACKAGE_TWICE");
}

TEST_P(StoreSuite, DraftsAreTheOfficersAlone) {
  const auto put = [this](std::int64_t officer, UnixSeconds at) {
    return must_write([&](Tx& tx) { return legal_of(tx).add_draft({0, officer, at, {1}}); });
  };
  const auto of = [this](std::int64_t officer) {
    return must_read([&](Tx& tx) { return legal_of(tx).drafts(officer); });
  };
  const auto first = put(4, 10);
  const auto second = put(4, 20);
  const auto other = put(5, 30);
  ASSERT_THAT(of(4), SizeIs(2));
  EXPECT_EQ(of(4)[0].id, second);
  ASSERT_TRUE(write([&](Tx& tx) { return legal_of(tx).update_draft({first, 4, 40, {2}}); }));
  EXPECT_EQ(of(4)[0].sealed, Bytes{2});
  EXPECT_EQ(write([&](Tx& tx) { return legal_of(tx).update_draft({other, 4, 40, {2}}); }).error().code,
            "DRAFT_UNKNOWN");
  EXPECT_EQ(write([&](Tx& tx) { return legal_of(tx).erase_draft(4, other); }).error().code, "DRAFT_UNKNOWN");
  ASSERT_TRUE(write([&](Tx& tx) { return legal_of(tx).erase_draft(4, first); }));
  ASSERT_TRUE(write([](Tx& tx) { return legal_of(tx).erase_drafts(25); }));
  EXPECT_THAT(of(4), IsEmpty());
  EXPECT_THAT(of(5), SizeIs(1));
}

TEST_P(StoreSuite, NamesAreKnownAsOfATime) {
  const auto now = SystemClock().unix_seconds();
  const auto add = [this](std::string name) {
    return must_write([&](Tx& tx) {
      Account account;
      account.username = std::move(name);
      return tx.accounts().insert(account);
    });
  };
  const auto rename = [this](UserId user, std::string name) {
    ASSERT_TRUE(write([&](Tx& tx) -> Status {
      HG_ASSIGN(auto account, tx.accounts().find(user));
      account->username = name;
      return tx.accounts().update(*account);
    }));
  };
  const auto holder = [this](std::string_view name, UnixSeconds at) {
    const auto found = must_read([&](Tx& tx) { return legal_of(tx).holder_of_name(name, at); });
    return found ? found->user() : UserId{};
  };
  const auto ada = add("the_name");
  EXPECT_EQ(holder("The_Name", now + 60), ada);
  EXPECT_EQ(holder("the_name", now - 60), UserId{});
  rename(ada, "another");
  const auto ben = add("the_name");
  EXPECT_EQ(holder("the_name", now + 60), ben);
  EXPECT_EQ(holder("another", now + 60), ada);
  rename(ben, "");
  EXPECT_EQ(holder("the_name", now + 60), UserId{});
  // Kept as long as the journal's rows.
  ASSERT_TRUE(must_write([&](Tx& tx) { return journal_of(tx).sweep(now + 60, now + 60, 10); }) == 0);
  EXPECT_EQ(holder("another", now + 60), ada);
}

TEST_P(StoreSuite, EachShareContributesOnceToARequest) {
  ASSERT_TRUE(write([](Tx& tx) { return legal_of(tx).add_contribution({1, 2, StaffId{5}, 10, {1, 2}}); }));
  EXPECT_EQ(
      write([](Tx& tx) { return legal_of(tx).add_contribution({1, 2, StaffId{6}, 10, {3}}); }).error().code,
      "CONTRIBUTION_TWICE");
  ASSERT_TRUE(write([](Tx& tx) { return legal_of(tx).add_contribution({1, 1, StaffId{6}, 11, {3}}); }));
  const auto all = must_read([](Tx& tx) { return legal_of(tx).contributions(1); });
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].share, 1);
  EXPECT_EQ(all[1].bytes, (Bytes{1, 2}));
  ASSERT_TRUE(write([](Tx& tx) { return legal_of(tx).erase_contributions(1); }));
  EXPECT_THAT(must_read([](Tx& tx) { return legal_of(tx).contributions(1); }), IsEmpty());
}

TEST_P(StoreSuite, ClocksOfARequestRunUntilTheyAreStopped) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(legal_of(tx).set_clock(1, LegalClockKind::answer, 500));
    HG_TRY(legal_of(tx).set_clock(1, LegalClockKind::tell, 900));
    HG_TRY(legal_of(tx).set_clock(2, LegalClockKind::answer, 400));
    HG_TRY(legal_of(tx).set_clock(1, LegalClockKind::answer, 300));  // in place of 500
    return {};
  }));
  const auto due = [&](UnixSeconds now) {
    std::vector<std::int64_t> out;
    for (const auto& clock : must_read([=](Tx& tx) { return legal_of(tx).due(now, 10); })) {
      out.push_back(clock.request);
    }
    return out;
  };
  EXPECT_THAT(due(299), IsEmpty());
  EXPECT_THAT(due(400), ElementsAre(1, 2));
  ASSERT_TRUE(write([](Tx& tx) { return legal_of(tx).stop_clocks(1, 350); }));
  EXPECT_THAT(due(1000), ElementsAre(2, 1));  // the member is to be told all the same
  ASSERT_TRUE(write([](Tx& tx) { return legal_of(tx).stop_clock(1, LegalClockKind::tell, 950); }));
  EXPECT_THAT(due(1000), ElementsAre(2));
  EXPECT_THAT(must_read([](Tx& tx) { return legal_of(tx).clocks(1); }), SizeIs(2));
  must_write([](Tx& tx) { return legal_of(tx).set_clock(1, LegalClockKind::decision, 5); });
  EXPECT_THAT(must_read([](Tx& tx) { return legal_of(tx).calendar(0, 10); }), SizeIs(1));
}

TEST_P(StoreSuite, AgenciesAndTheirOfficersAreKnown) {
  const auto agency = must_write([](Tx& tx) {
    return legal_of(tx).add_agency(
        {0, "Amtsgericht Musterstadt", "DE", "court", AgencyState::proposed, 10, {}, 50, {1}});
  });
  EXPECT_EQ(write([](Tx& tx) {
              return legal_of(tx).add_agency(
                  {0, "Amtsgericht Musterstadt", "AT", "court", AgencyState::proposed, 10, {}, 50, {}});
            })
                .error()
                .code,
            "AGENCY_KNOWN");
  AgencyOfficer officer;
  officer.agency = agency;
  officer.invitation = Bytes(32, 5);
  officer.sealed = {1};
  const auto id = must_write([=](Tx& tx) { return legal_of(tx).add_officer(officer); });
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_ASSIGN(auto found, legal_of(tx).find_invited(Bytes(32, 5)));
    EXPECT_TRUE(found.has_value());
    found->invitation.clear();
    found->passkey = {7};
    found->state = AgencyOfficerState::active;
    return legal_of(tx).update_officer(*found);
  }));
  EXPECT_FALSE(must_read([](Tx& tx) { return legal_of(tx).find_invited(Bytes(32, 5)); }));
  EXPECT_EQ(must_read([](Tx& tx) { return legal_of(tx).find_officer_by_passkey(Bytes{7}); })->id, id);
  EXPECT_THAT(must_read([=](Tx& tx) { return legal_of(tx).officers(agency); }), SizeIs(1));
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    HG_TRY(legal_of(tx).put_session({Bytes{1}, id, 10, 10, 100, 10}));
    HG_TRY(legal_of(tx).erase_expired_sessions(99));
    return {};
  }));
  EXPECT_EQ(must_read([](Tx& tx) { return legal_of(tx).find_session(Bytes{1}); })->officer, id);
  ASSERT_TRUE(write([=](Tx& tx) { return legal_of(tx).erase_sessions(id); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return legal_of(tx).find_session(Bytes{1}); }));
}

TEST_P(StoreSuite, FilesOfARequestAreListedWithoutWhatTheyHold) {
  const auto id = must_write(
      [](Tx& tx) { return legal_of(tx).add_file({0, 1, 4, 10, "order", Bytes(32, 1), 3, {9}, {1, 2, 3}}); });
  const auto listed = must_read([](Tx& tx) { return legal_of(tx).files(1); });
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_THAT(listed[0].sealed, IsEmpty());
  EXPECT_EQ(listed[0].facts, Bytes{9});
  EXPECT_EQ(must_read([id](Tx& tx) { return legal_of(tx).find_file(id); })->sealed, (Bytes{1, 2, 3}));
}

}  // namespace
}  // namespace heliograph::store::suite
