#include "store/console.h"

#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr UnixSeconds kNoon = 20'000 * UnixSeconds{86'400} + 43'200;
constexpr Day kToday = 20'000;

Case waiting_case(const std::string& subject, UnixSeconds opened_at, std::uint8_t category = 1) {
  Case one;
  one.subject = subject;
  one.user = ann;
  one.category = category;
  one.opened_at = opened_at;
  one.due_at = opened_at + 3600;
  one.sealed = {1};
  return one;
}

CaseDay day_in(const std::vector<CaseDay>& days, Day day, std::uint8_t category = 1) {
  for (const auto& one : days) {
    if (one.day == day && one.category == category) return one;
  }
  return {};
}

TEST_P(StoreSuite, WaitsAreKeptToASixteenth) {
  for (const UnixSeconds seconds : {0, 7, 8, 15, 16, 59, 3600, 86'399, 1'000'000, 40'000'000}) {
    const auto told = wait_of(wait_bucket(seconds));
    EXPECT_LE(std::abs(told - seconds) * 16, seconds) << seconds;
  }
  EXPECT_EQ(wait_bucket(-5), 0);
}

TEST_P(StoreSuite, WhatComesInAndWaitsIsCountedByDay) {
  const auto add = [&](const Case& one) { return must_write([&](Tx& tx) { return tx.cases().add(one); }); };
  const auto first = add(waiting_case("account/1", kNoon));
  add(waiting_case("account/2", kNoon - 86'400));
  add(waiting_case("account/3", kNoon, 2));
  auto by_machine = waiting_case("account/4", kNoon);
  by_machine.state = CaseState::decided;
  by_machine.decided_at = kNoon;
  add(by_machine);
  ASSERT_TRUE(write([&](Tx& tx) -> Status {
    HG_ASSIGN(auto one, tx.cases().find(first));
    one->state = CaseState::decided;
    one->decided_at = kNoon + 86'400;
    return tx.cases().update(*one);
  }));
  const auto days = must_read([](Tx& tx) { return console_of(tx).case_days().days(kToday - 1, kToday + 1); });
  EXPECT_EQ(day_in(days, kToday).opened, 2);
  EXPECT_EQ(day_in(days, kToday).change, 1) << "what a machine decides at once never waits";
  EXPECT_EQ(day_in(days, kToday, 2).opened, 1);
  EXPECT_EQ(day_in(days, kToday - 1).opened, 1);
  EXPECT_EQ(day_in(days, kToday + 1).change, -1);

  const auto figures = must_read([](Tx& tx) { return tx.cases().figures(CaseQueue::general, kNoon + 600); });
  EXPECT_EQ(figures.open, 2);
  EXPECT_EQ(figures.overdue, 1);
  EXPECT_EQ(figures.oldest, kNoon - 86'400);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().figures(CaseQueue::general, kNoon + 3601); }).overdue, 2)
      << "to the second";
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().figures(CaseQueue::orders, kNoon); }).open, 0);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().count_open(); }), 2);
  const auto waiting = must_read([](Tx& tx) { return console_of(tx).case_days().waiting(kNoon + 3601); });
  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_EQ(waiting[0].category, 1);
  EXPECT_EQ(waiting[0].overdue, 1);
  EXPECT_EQ(must_read([](Tx& tx) { return console_of(tx).case_days().median_opened(); }), kNoon - 86'400);
}

TEST_P(StoreSuite, ACaseThatWaitsAgainWasNeverClosed) {
  const auto id = must_write([](Tx& tx) { return tx.cases().add(waiting_case("account/1", kNoon)); });
  const auto change = [&](CaseState state, UnixSeconds decided_at, CaseQueue queue) {
    ASSERT_TRUE(write([&](Tx& tx) -> Status {
      HG_ASSIGN(auto one, tx.cases().find(id));
      one->state = state;
      one->decided_at = decided_at;
      one->queue = queue;
      return tx.cases().update(*one);
    }));
  };
  change(CaseState::decided, kNoon + 86'400, CaseQueue::general);
  change(CaseState::open, 0, CaseQueue::seniors);
  const auto days = must_read([](Tx& tx) { return console_of(tx).case_days().days(0, 30'000); });
  EXPECT_EQ(day_in(days, kToday).change, 1);
  EXPECT_EQ(day_in(days, kToday + 1).change, 0);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().figures(CaseQueue::general, kNoon); }).open, 0);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().figures(CaseQueue::seniors, kNoon); }).open, 1);
  EXPECT_EQ(must_read([](Tx& tx) { return console_of(tx).case_days().waiting(kNoon); }).size(), 1U);
}

TEST_P(StoreSuite, DecisionsAndAppealsAreCounted) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_ASSIGN(const auto id, tx.cases().add(waiting_case("account/1", kNoon)));
    auto& days = console_of(tx).case_days();
    HG_TRY(days.decided({.at = kNoon + 600,
                         .category = 1,
                         .opened_at = kNoon,
                         .due_at = kNoon + 3600,
                         .proposed = true,
                         .followed = true,
                         .bases = {{Basis::person, ""}}}));
    HG_TRY(days.decided({.at = kNoon + 7200, .category = 1, .opened_at = kNoon, .due_at = kNoon + 3600}));
    HG_TRY(days.decided({.at = kNoon,
                         .category = 1,
                         .by_machine = true,
                         .opened_at = kNoon,
                         .bases = {{Basis::rule, "spam-links"}, {Basis::model, "m7"}}}));
    Appeal appeal;
    appeal.case_id = id;
    appeal.user = ann;
    appeal.at = kNoon;
    HG_ASSIGN(appeal.id, tx.cases().add_appeal(appeal));
    appeal.state = AppealState::upheld;
    appeal.decided_at = kNoon + 86'400;
    HG_TRY(tx.cases().update_appeal(appeal));
    return days.overturned(kNoon + 86'400, {{Basis::rule, "spam-links"}});
  }));
  const auto days = must_read([](Tx& tx) { return console_of(tx).case_days().days(0, 30'000); });
  const auto today = day_in(days, kToday);
  EXPECT_EQ(today.decided, 3);
  EXPECT_EQ(today.by_machine, 1);
  EXPECT_EQ(today.in_time, 1);
  EXPECT_EQ(today.proposed, 1);
  EXPECT_EQ(today.followed, 1);
  EXPECT_EQ(today.appealed, 1);
  EXPECT_EQ(day_in(days, kToday + 1).upheld, 1);
  const auto waits = must_read([](Tx& tx) { return console_of(tx).case_days().waits(kToday, kToday); });
  ASSERT_EQ(waits.size(), 2U) << "of what people decided";
  EXPECT_EQ(waits[0].bucket, wait_bucket(600));
  const auto bases = must_read([](Tx& tx) { return console_of(tx).case_days().bases(0, 30'000, 10); });
  ASSERT_EQ(bases.size(), 3U);
  EXPECT_EQ(bases[0].basis.name, "spam-links");
  EXPECT_EQ(bases[0].decided, 1);
  EXPECT_EQ(bases[0].overturned, 1);
}

TEST_P(StoreSuite, WhatSomebodyHoldsIsFound) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    for (int i = 0; i < 4; ++i) {
      auto one = waiting_case("account/" + std::to_string(i), kNoon);
      one.rank = i;
      one.queue = i == 3 ? CaseQueue::seniors : CaseQueue::general;
      if (i > 0) one.assignee = StaffId{7};
      one.assigned_until = i == 1 ? kNoon : kNoon + 60;
      HG_TRY(tx.cases().add(one));
    }
    return {};
  }));
  CaseFilter filter;
  filter.assignee = StaffId{7};
  filter.now = kNoon;
  const auto held = must_read([&](Tx& tx) { return tx.cases().queue(filter, {}, 10); });
  ASSERT_EQ(held.size(), 2U) << "one claim is over";
  EXPECT_EQ(held[0].rank, 3);
  filter.queue = CaseQueue::general;
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.cases().queue(filter, {}, 10); }).size(), 1U);
}

TEST_P(StoreSuite, CasesAreFoundByWhatIsLikeThem) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    auto& prints = console_of(tx).case_prints();
    HG_TRY(prints.put({1, PrintKind::text, {1, 2}}, {10, 20}));
    HG_TRY(prints.put({1, PrintKind::text, {1, 2}}, {10, 20}));
    HG_TRY(prints.put({2, PrintKind::text, {1, 3}}, {10, 21}));
    HG_TRY(prints.put({3, PrintKind::picture, {9}}, {10}));
    return tx.reports().keep_media(4, {12, 11});
  }));
  const auto near = [this](PrintKind kind, std::vector<std::int64_t> bands) {
    std::vector<std::int64_t> cases;
    const auto found = must_read([&](Tx& tx) { return console_of(tx).case_prints().near(kind, bands, 100); });
    for (const auto& print : found) cases.push_back(print.case_id);
    return cases;
  };
  EXPECT_THAT(near(PrintKind::text, {10, 20}), ElementsAre(2, 1));
  EXPECT_THAT(near(PrintKind::text, {20}), ElementsAre(1));
  EXPECT_THAT(near(PrintKind::picture, {20}), IsEmpty());
  EXPECT_EQ(must_read([](Tx& tx) { return console_of(tx).case_prints().of_case(1); }).size(), 1U);
  EXPECT_THAT(must_read([](Tx& tx) { return console_of(tx).case_prints().evidence_media(4); }),
              ElementsAre(11, 12));
}

TEST_P(StoreSuite, TemplatesAreKeptInTheirOrder) {
  ReasonTemplate one;
  one.title = "Spam";
  one.effect = 6;
  one.clause = "spam";
  one.countries = {"DE", "FR"};
  one.reason = "It was sent to many.";
  one.categories = 1U << 9;
  one.place = 2;
  one.changed_by = StaffId{3};
  one.id = must_write([&](Tx& tx) { return console_of(tx).reason_templates().add(one); });
  auto first = one;
  first.place = 1;
  first.title = "Fraud";
  first.id = must_write([&](Tx& tx) { return console_of(tx).reason_templates().add(first); });
  const auto all = [this] {
    return must_read([](Tx& tx) { return console_of(tx).reason_templates().list(); });
  };
  ASSERT_EQ(all().size(), 2U);
  EXPECT_EQ(all()[0].title, "Fraud");
  EXPECT_EQ(all()[1].countries, (std::vector<std::string>{"DE", "FR"}));
  EXPECT_EQ(all()[1].changed_by, StaffId{3});
  one.title = "Junk";
  ASSERT_TRUE(write([&](Tx& tx) { return console_of(tx).reason_templates().update(one); }));
  EXPECT_EQ(must_read([&](Tx& tx) { return console_of(tx).reason_templates().find(one.id); })->title, "Junk");
  ASSERT_TRUE(write([&](Tx& tx) { return console_of(tx).reason_templates().erase(one.id); }));
  EXPECT_EQ(write([&](Tx& tx) { return console_of(tx).reason_templates().erase(one.id); }).error().code,
            "TEMPLATE_UNKNOWN");
  EXPECT_EQ(write([&](Tx& tx) { return console_of(tx).reason_templates().update(one); }).error().code,
            "TEMPLATE_UNKNOWN");
}

TEST_P(StoreSuite, SamplesAreDrawnOnceAndCounted) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    for (int i = 1; i <= 3; ++i) {
      auto one = waiting_case("account/" + std::to_string(i), kNoon);
      one.state = CaseState::decided;
      one.decided_at = kNoon + i;
      HG_TRY(tx.cases().add(one));
    }
    return {};
  }));
  const auto drawn = must_read(
      [](Tx& tx) { return console_of(tx).quality_samples().decided({kNoon + 1, 1}, kNoon + 3, 10); });
  ASSERT_EQ(drawn.size(), 1U);
  EXPECT_EQ(drawn[0].case_id, 2);

  QualitySample sample;
  sample.case_id = 2;
  sample.category = 1;
  sample.first = StaffId{1};
  sample.first_effect = 6;
  sample.first_clause = "spam";
  sample.id = must_write([&](Tx& tx) { return console_of(tx).quality_samples().add(sample); });
  EXPECT_EQ(must_write([&](Tx& tx) { return console_of(tx).quality_samples().add(sample); }), 0);
  EXPECT_EQ(must_read([](Tx& tx) { return console_of(tx).quality_samples().waiting(0, 10); }).size(), 1U);
  sample.second = StaffId{2};
  sample.answered_at = kNoon + 100;
  sample.second_effect = 6;
  sample.second_clause = "spam";
  ASSERT_TRUE(write([&](Tx& tx) { return console_of(tx).quality_samples().update(sample); }));
  EXPECT_THAT(must_read([](Tx& tx) { return console_of(tx).quality_samples().waiting(0, 10); }), IsEmpty());
  const auto counts =
      must_read([](Tx& tx) { return console_of(tx).quality_samples().counts(kNoon, kNoon + 101); });
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_TRUE(counts[0].same);
  EXPECT_EQ(counts[0].second, StaffId{2});
  EXPECT_EQ(counts[0].samples, 1);
  EXPECT_THAT(must_read([](Tx& tx) { return console_of(tx).quality_samples().counts(kNoon, kNoon + 100); }),
              IsEmpty());
  sample.id = 99;
  EXPECT_EQ(write([&](Tx& tx) { return console_of(tx).quality_samples().update(sample); }).error().code,
            "SAMPLE_UNKNOWN");
}

TEST_P(StoreSuite, ExposuresAreKeptForEachPerson) {
  EXPECT_FALSE(must_read([](Tx& tx) { return console_of(tx).exposures().find(StaffId{1}); }));
  ASSERT_TRUE(
      write([](Tx& tx) { return console_of(tx).exposures().put(StaffId{1}, {kNoon, 3, kToday, 5}); }));
  const auto found = must_read([](Tx& tx) { return console_of(tx).exposures().find(StaffId{1}); });
  EXPECT_EQ(found->since, kNoon);
  EXPECT_EQ(found->shown, 3);
  EXPECT_EQ(found->today, 5);
}

TEST_P(StoreSuite, OfACaseAndALanguageOneTranslationIsKept) {
  const auto found = [this](std::string_view language) {
    return must_read([&](Tx& tx) { return console_of(tx).case_translations().find(7, language); });
  };
  EXPECT_FALSE(found("de"));
  for (const auto& digest : {Bytes{1}, Bytes{2}}) {
    ASSERT_TRUE(write(
        [&](Tx& tx) { return console_of(tx).case_translations().put({7, "de", digest, kNoon, Bytes{9}}); }));
  }
  EXPECT_EQ(found("de")->digest, Bytes{2});
  EXPECT_EQ(found("de")->sealed, Bytes{9});
  EXPECT_FALSE(found("en"));
}

TEST_P(StoreSuite, MembersAreFoundByTheBeginningOfTheirName) {
  const auto anna = add_account("Anna");
  const auto annika = add_account("ANNIKA");
  add_account("Bea");
  const auto named = [this](std::string_view beginning) {
    return must_read([=](Tx& tx) { return console_of(tx).lookups().named(beginning, 10); });
  };
  EXPECT_THAT(named("ann"), ElementsAre(anna, annika));
  EXPECT_THAT(named("annik"), ElementsAre(annika));
  EXPECT_THAT(named(""), IsEmpty());
}

}  // namespace
}  // namespace heliograph::store::suite
