// From a report of a term to a search that is guarded against it, and back.
#include "services/discovery/guarded_terms.h"

#include <gmock/gmock.h>

#include "safety/scan/built_in.h"
#include "services/testing/reports.h"
#include "services/testing/search.h"

namespace heliograph::services {

namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;
using testing::World;

class GuardedTermsTest : public testing::ReportedTest {
 protected:
  GuardedTermsTest() {
    const auto texts =
        World::must(parse_help_texts(safety::built_in_search_help(), "rules/search-help.toml"));
    world.services.discovery.attach(World::must(world.run(ensure_search_help(world.environment, texts))));
    workshop.on_change([this] { ++changes; });
    enforce();
  }

  // What app/guard_builder.h does in the background.
  void enforce() {
    const auto now = World::must(world.run(workshop.in_force(-1)));
    terms::TermList list{std::string(guarded_list), "1", {}};
    for (const auto& term : now->terms) list.terms.push_back(matched_term(term));
    const auto at = world.clock.unix_seconds();
    index.guard().swap(
        terms::QueryGuard::build(World::must(terms::TermSet::build({std::move(list)}, at)), "", at));
  }
  std::vector<std::string> found(const Caller& who, std::string text) {
    index.catch_up();
    std::vector<std::string> out;
    const auto posts = World::must(world.run(world.services.discovery.posts(who, std::move(text), {}, 20)));
    for (const auto& one : posts.messages) out.push_back(one.text);
    return out;
  }
  safety::Filed report(const Caller& who, std::string text) {
    TermReport report;
    report.text = std::move(text);
    report.category = terms::Category::illegal_goods;
    return World::must(world.run(world.services.reports.term(who, std::move(report))));
  }
  std::vector<GuardTermView> all(store::GuardTermFilter filter = {}) {
    return World::must(world.run(workshop.list(std::move(filter), 0, 50)));
  }
  GuardDecision block(const GuardTermView& view) {
    GuardDecision decision;
    decision.version = view.term.version;
    decision.effect = terms::SearchEffect::block;
    decision.why = "It sells drugs";
    decision.note_to_reporter = "Well seen.";
    return decision;
  }
  Result<GuardTermView> guard(const GuardTermView& view, GuardDecision decision) {
    auto done = world.run(workshop.guard(ana, view.term.id, std::move(decision)));
    if (done) enforce();
    return done;
  }
  Result<GuardTermView> propose(std::string text) {
    TermProposal proposal;
    proposal.text = std::move(text);
    proposal.category = terms::Category::illegal_goods;
    proposal.note = "seen in many channels";
    return world.run(workshop.propose(ana, std::move(proposal)));
  }

  testing::SearchWorld index{world};
  GuardedTerms workshop{world.environment, world.services.discovery};
  safety::Staffer ana{StaffId{1}, "Ana", false};
  int changes = 0;
};

TEST_F(GuardedTermsTest, AReportedTermIsProposedGuardedToldRetiredAndFoundAgain) {
  const auto shop = channel(true, "ada_shop");
  World::must(post(ada, shop, "blue fairy dust, fresh today"));
  const std::vector<std::string> spellings{"blue fairy", "b1ue  fа.iry", "#bluefairy"};
  ASSERT_THAT(found(bob, "blue fairy"), ElementsAre("blue fairy dust, fresh today"));

  const auto filed = report(bob, "Blue fairy");
  report(ada, "blue  FAIRY");
  const auto proposed = all();
  ASSERT_EQ(proposed.size(), 1U) << "both spellings are one term";
  EXPECT_EQ(proposed[0].term.state, store::GuardTermState::proposed);
  EXPECT_EQ(proposed[0].term.source, "report");
  EXPECT_EQ(proposed[0].term.case_id, filed.case_id);
  EXPECT_EQ(proposed[0].reports, 2);
  EXPECT_EQ(changes, 0);

  const auto guarded = World::must(guard(proposed[0], block(proposed[0])));
  EXPECT_EQ(guarded.term.state, store::GuardTermState::active);
  EXPECT_EQ(guarded.term.changed_by, ana.id);
  EXPECT_EQ(changes, 1);
  EXPECT_THAT(acts(), ElementsAre("term.guard"));
  for (const auto& query : spellings) {
    const auto got = found(bob, query);
    ASSERT_EQ(got.size(), 1U) << query;
    EXPECT_THAT(got.front(), StartsWith("In the United States it is a federal crime")) << query;
  }
  const auto one = *World::must(world.read([&](store::Tx& tx) { return tx.cases().find(filed.case_id); }));
  EXPECT_EQ(one.state, store::CaseState::decided);
  EXPECT_EQ(one.record, guarded.term.record);
  for (const auto& who : {ada, bob}) {
    EXPECT_THAT(notices_to(who), Contains(AllOf(HasSubstr("guarded from now on"), HasSubstr("Well seen."))));
  }
  // Who reports it while it is guarded proposes nothing.
  report(bob, "blue fairy");
  EXPECT_THAT(all(), SizeIs(1));

  const auto retired = World::must(world.run(workshop.retire(ana, guarded.term.id, "It is a band")));
  enforce();
  EXPECT_EQ(retired.term.state, store::GuardTermState::retired);
  EXPECT_THAT(acts(), ElementsAre("term.guard", "term.retire"));
  EXPECT_THAT(queue(), IsEmpty()) << "the second report is answered too";
  EXPECT_THAT(found(bob, "blue fairy"), ElementsAre("blue fairy dust, fresh today"));

  const auto detail = World::must(world.run(workshop.detail(guarded.term.id)));
  ASSERT_EQ(detail.history.size(), 3U);
  EXPECT_EQ(detail.history[0].event.what, "retired");
  EXPECT_EQ(detail.history[0].words, "It is a band");
  EXPECT_EQ(detail.history[1].event.what, "guarded");
  EXPECT_EQ(detail.history[2].event.what, "proposed");
}

TEST_F(GuardedTermsTest, WhoReportedATermThatIsTurnedDownIsTold) {
  report(bob, "blue fairy");
  const auto id = all().front().term.id;
  const auto rejected = World::must(world.run(workshop.reject(ana, id, "A band", "It is a band.")));
  EXPECT_EQ(rejected.term.state, store::GuardTermState::rejected);
  EXPECT_THAT(acts(), IsEmpty()) << "nothing was done to anybody";
  EXPECT_THAT(queue(), IsEmpty());
  EXPECT_THAT(notices_to(bob),
              Contains(AllOf(HasSubstr("The term stays as it is"), HasSubstr("It is a band."))));
  EXPECT_EQ(code_of(world.run(workshop.reject(ana, id, "x", ""))), "TERM_CHANGED");
  report(bob, "blue fairy");
  EXPECT_THAT(all(), SizeIs(2)) << "it can be put forward again";
}

TEST_F(GuardedTermsTest, AWordCanBeSaidToMeanNoOther) {
  const auto put = World::must(propose("cocaine"));
  World::must(guard(put, block(put)));
  enforce();
  EXPECT_EQ(workshop.answer("cociane", {}).effect, terms::SearchEffect::block) << "it is close";
  const auto other = World::must(propose("cociane"));
  auto allowed = block(other);
  allowed.effect = terms::SearchEffect::allow;
  World::must(guard(other, allowed));
  enforce();
  EXPECT_EQ(workshop.answer("cociane", {}).effect, terms::SearchEffect::allow);
  EXPECT_EQ(workshop.answer("cocaine", {}).effect, terms::SearchEffect::block);
  EXPECT_THAT(acts(), ElementsAre("term.guard", "term.guard"));
}

TEST_F(GuardedTermsTest, WhoSaysThatATermIsGuardedWithoutNeedHearsWhatCameOfThat) {
  const auto put = World::must(propose("blue fairy"));
  const auto active = World::must(guard(put, block(put)));
  const auto complain = [this] {
    TermReport report;
    report.text = "Blue fairy";
    report.overblock = true;
    return World::must(world.run(world.services.reports.term(bob, std::move(report)))).case_id;
  };
  const auto first = complain();
  EXPECT_THAT(all(), SizeIs(1)) << "nothing is put forward";
  safety::PersonDecision stays;
  stays.staff = ana.name;
  stays.why = "It is a shop.";
  World::must(world.run(world.services.casework.decide(ana, first, 0, stays, "")));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("The term stays guarded."));

  complain();
  World::must(world.run(workshop.retire(ana, active.term.id, "It is a band")));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("Searches for this term are not stopped any more."));
}

TEST_F(GuardedTermsTest, ACaseAboutWordsThatCannotBeGuardedCanBeClosed) {
  const auto filed = report(bob, "ab");
  safety::PersonDecision decision;
  decision.staff = ana.name;
  decision.why = "Too short to guard.";
  World::must(world.run(world.services.casework.decide(ana, filed.case_id, 0, decision, "")));
  EXPECT_THAT(queue(), IsEmpty());
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("The term stays as it is"));
  // What has been put forward is decided in the workshop.
  const auto other = report(bob, "blue fairy");
  EXPECT_EQ(code_of(world.run(world.services.casework.decide(ana, other.case_id, 0, decision, ""))),
            "EFFECT_UNFIT");
}

TEST_F(GuardedTermsTest, WhatCannotBeATermIsRefused) {
  EXPECT_EQ(code_of(propose("ab")), "TERM_INVALID");
  EXPECT_EQ(code_of(propose("12345")), "TERM_INVALID");
  EXPECT_EQ(code_of(propose("!!!")), "TERM_INVALID");
  EXPECT_EQ(code_of(propose("two\nlines")), "TERM_INVALID");
  EXPECT_EQ(code_of(propose(std::string(200, 'x'))), "TERM_INVALID");
  const auto put = World::must(propose("blue fairy"));
  EXPECT_EQ(code_of(propose("BLUE fаiry")), "TERM_KNOWN");
  World::must(propose("毒品"));
  // A report of what is too short is a case, and no more.
  report(bob, "ab");
  EXPECT_THAT(all(), SizeIs(2));

  auto none = block(put);
  none.effect = terms::SearchEffect::none;
  EXPECT_EQ(code_of(guard(put, none)), "TERM_INVALID");
  auto nowhere = block(put);
  nowhere.countries = {"Germany"};
  EXPECT_EQ(code_of(guard(put, nowhere)), "COUNTRY_INVALID");
  auto over = block(put);
  over.expires_at = world.clock.unix_seconds();
  EXPECT_EQ(code_of(guard(put, over)), "EXPIRY_INVALID");
  World::must(guard(put, block(put)));
  EXPECT_EQ(code_of(guard(put, block(put))), "TERM_CHANGED") << "as it was before";
  EXPECT_EQ(code_of(world.run(workshop.guard(ana, 99, block(put)))), "TERM_UNKNOWN");
  EXPECT_EQ(code_of(world.run(workshop.retire(ana, 99, "x"))), "TERM_UNKNOWN");
  EXPECT_EQ(code_of(world.run(workshop.find(99))), "TERM_UNKNOWN");
}

TEST_F(GuardedTermsTest, ATermHoldsWhereAndAsLongAsItIsSaid) {
  const auto put = World::must(propose("blue fairy"));
  auto decision = block(put);
  decision.countries = {"DE"};
  decision.expires_at = world.clock.unix_seconds() + 3600;
  const auto view = World::must(guard(put, decision));
  const auto answer = [this](std::string country) {
    return workshop.answer("bleu fairy, blue fairy", {std::move(country), ""}).effect;
  };
  EXPECT_EQ(answer("DE"), terms::SearchEffect::block);
  EXPECT_EQ(answer("US"), terms::SearchEffect::allow);
  EXPECT_EQ(workshop.list_in_force()->terms.size(), 1U);

  World::must(world.run(workshop.sweep()));
  EXPECT_EQ(World::must(world.run(workshop.find(view.term.id))).term.state, store::GuardTermState::active);
  const auto before = World::must(world.run(workshop.in_force(-1)))->changes;
  EXPECT_FALSE(World::must(world.run(workshop.in_force(before))));
  world.clock.advance(std::chrono::hours(1));
  World::must(world.run(workshop.sweep()));
  EXPECT_EQ(World::must(world.run(workshop.find(view.term.id))).term.state, store::GuardTermState::retired);
  EXPECT_THAT(World::must(world.run(workshop.in_force(before)))->terms, IsEmpty());
  EXPECT_THAT(acts(), ElementsAre("term.guard", "term.retire"));
  EXPECT_EQ(changes, 2);
}

TEST_F(GuardedTermsTest, AnotherDecisionTakesThePlaceOfTheFirst) {
  const auto put = World::must(propose("blue fairy"));
  auto first = World::must(guard(put, block(put)));
  auto softer = block(first);
  softer.effect = terms::SearchEffect::demote;
  softer.category = terms::Category::fraud;
  const auto second = World::must(guard(first, softer));
  EXPECT_EQ(second.term.effect, static_cast<std::uint8_t>(terms::SearchEffect::demote));
  EXPECT_EQ(second.term.category, static_cast<std::uint8_t>(terms::Category::fraud));
  EXPECT_THAT(acts(), ElementsAre("term.guard", "term.guard"));
  World::must(world.run(workshop.retire(ana, put.term.id, "x")));
  const auto again = World::must(world.run(workshop.find(put.term.id)));
  World::must(guard(again, block(again)));
  EXPECT_EQ(workshop.answer("blue fairy", {}).terms, (std::vector<std::string>{"guarded/1"}));
}

TEST_F(GuardedTermsTest, APreviewShowsWhatTheTermFindsAlsoWhileItIsGuarded) {
  const auto shop = channel(true, "blue_fairy_shop");
  World::must(post(ada, shop, "blue fairy dust"));
  World::must(propose("fairy wings"));
  const auto put = World::must(propose("blue fairy"));
  index.catch_up();
  const auto look = [&] { return World::must(world.run(workshop.preview(put.term.id, ""))); };
  for (const bool guards : {false, true}) {
    if (guards) World::must(guard(put, block(put)));
    const auto preview = look();
    ASSERT_EQ(preview.found.posts.size(), 1U) << guards;
    EXPECT_EQ(preview.found.posts[0].text, "blue fairy dust");
    EXPECT_EQ(preview.found.posts[0].username, "blue_fairy_shop");
    ASSERT_EQ(preview.found.peers.size(), 1U) << guards;
    EXPECT_EQ(preview.found.peers[0].kind, "channel");
    ASSERT_EQ(preview.related.size(), 1U);
    EXPECT_EQ(preview.related[0].text, "fairy wings");
    EXPECT_EQ(preview.answer, guards ? terms::SearchEffect::block : terms::SearchEffect::allow);
  }
}

}  // namespace

}  // namespace heliograph::services
