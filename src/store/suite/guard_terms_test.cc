#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

GuardTerm a_term(const std::string& text) {
  GuardTerm term;
  term.text = text;
  term.canonical = text;
  term.category = 1;
  term.locale = "de";
  term.countries = {"DE", "AT"};
  term.source = "report";
  term.case_id = 7;
  term.created_at = 1000;
  term.changed_at = 1000;
  return term;
}

std::vector<std::string> texts_of(const std::vector<GuardTerm>& terms) {
  std::vector<std::string> out;
  for (const auto& term : terms) out.push_back(term.text);
  return out;
}

TEST_P(StoreSuite, AGuardedTermIsKeptAndItsVersionsAreCounted) {
  const auto id = must_write([](Tx& tx) { return tx.guard_terms().add(a_term("snow")); });
  const auto before = must_read([](Tx& tx) { return tx.guard_terms().changes(); });
  ASSERT_TRUE(write([id](Tx& tx) -> Status {
    HG_ASSIGN(auto term, tx.guard_terms().find(id));
    EXPECT_EQ(term->version, 1);
    term->state = GuardTermState::active;
    term->effect = 4;
    term->expires_at = 5000;
    term->record = 11;
    term->changed_by = StaffId{3};
    HG_TRY(tx.guard_terms().update(*term));
    term->id = 99;
    term->canonical = "another";
    EXPECT_EQ(tx.guard_terms().update(*term).error().code, "TERM_UNKNOWN");
    return {};
  }));
  reopen();
  EXPECT_GT(must_read([](Tx& tx) { return tx.guard_terms().changes(); }), before);
  const auto kept = must_read([id](Tx& tx) { return tx.guard_terms().find(id); });
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->version, 2);
  EXPECT_EQ(kept->state, GuardTermState::active);
  EXPECT_THAT(kept->countries, ElementsAre("DE", "AT"));
  EXPECT_EQ(kept->changed_by, StaffId{3});
  EXPECT_EQ(kept->record, 11);
  EXPECT_THAT(must_read([](Tx& tx) { return tx.guard_terms().expired(4999, 10); }), IsEmpty());
  EXPECT_THAT(must_read([](Tx& tx) { return tx.guard_terms().expired(5000, 10); }), SizeIs(1));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.guard_terms().find(99); }));
}

TEST_P(StoreSuite, OfOneCanonicalFormOneTermIsProposedOrActive) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_ASSIGN(const auto id, tx.guard_terms().add(a_term("snow")));
    EXPECT_EQ(tx.guard_terms().add(a_term("snow")).error().code, "TERM_KNOWN");
    HG_ASSIGN(auto first, tx.guard_terms().find_canonical("snow"));
    EXPECT_EQ(first->id, id);
    first->state = GuardTermState::rejected;
    HG_TRY(tx.guard_terms().update(*first));
    HG_ASSIGN(const auto none, tx.guard_terms().find_canonical("snow"));
    EXPECT_FALSE(none);
    HG_ASSIGN(const auto second, tx.guard_terms().add(a_term("snow")));
    EXPECT_GT(second, id);
    first->state = GuardTermState::active;
    EXPECT_EQ(tx.guard_terms().update(*first).error().code, "TERM_KNOWN");
    return {};
  }));
}

TEST_P(StoreSuite, GuardedTermsAreListedNewestFirstAndByWhatIsAskedFor) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    for (const std::string text : {"white snow", "grass", "snowball"}) {
      HG_TRY(tx.guard_terms().add(a_term(text)));
    }
    auto active = a_term("crystal");
    active.state = GuardTermState::active;
    active.effect = 3;
    active.category = 2;
    active.locale.clear();
    HG_TRY(tx.guard_terms().add(active));
    return {};
  }));
  const auto list = [this](GuardTermFilter filter, std::int64_t before, std::size_t limit) {
    return texts_of(must_read([=](Tx& tx) { return tx.guard_terms().list(filter, before, limit); }));
  };
  EXPECT_THAT(list({}, 0, 10), ElementsAre("crystal", "snowball", "grass", "white snow"));
  EXPECT_THAT(list({}, 4, 2), ElementsAre("snowball", "grass"));
  EXPECT_THAT(list({.state = GuardTermState::active}, 0, 10), ElementsAre("crystal"));
  EXPECT_THAT(list({.effect = 3}, 0, 10), ElementsAre("crystal"));
  EXPECT_THAT(list({.category = 1}, 0, 10), SizeIs(3));
  EXPECT_THAT(list({.locale = "de"}, 0, 10), SizeIs(3));
  EXPECT_THAT(list({.part = "snow"}, 0, 10), ElementsAre("snowball", "white snow"));
}

TEST_P(StoreSuite, WhatBecameOfAGuardedTermIsReadNewestFirst) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.guard_terms().note({0, 5, 1000, {}, "proposed", 0, {}}));
    HG_TRY(tx.guard_terms().note({0, 6, 1001, {}, "proposed", 0, {}}));
    return tx.guard_terms().note({0, 5, 1002, StaffId{2}, "guarded", 9, Bytes{1, 2}});
  }));
  const auto history = must_read([](Tx& tx) { return tx.guard_terms().history(5, 10); });
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].what, "guarded");
  EXPECT_EQ(history[0].record, 9);
  EXPECT_EQ(history[0].staff, StaffId{2});
  EXPECT_EQ(history[0].sealed, (Bytes{1, 2}));
  EXPECT_EQ(history[1].what, "proposed");
}

}  // namespace
}  // namespace heliograph::store::suite
