// The third gate: a breach is shown by something that can be looked up, each kind of it tried alone.
#include <gmock/gmock.h>

#include "legal/testing/desk.h"

namespace heliograph::legal {
namespace {

using testing::ann;
using testing::bob;

class BreachTest : public ::testing::Test, public testing::DeskWorld {
 protected:
  // What the third gate says to this evidence; empty: it is passed.
  std::string passing(std::int64_t request, std::vector<Evidence> evidence) {
    const auto passed = write([&](store::Tx& tx) -> Status {
      HG_TRY(desk.pass(tx, ana, request, Gate::suspect, evidence, ""));
      return fail(Error::invalid("PASSED"));  // and nothing of it stays
    });
    return passed.error().code == "PASSED" ? std::string() : std::string(passed.error().code);
  }
  std::vector<Evidence> with(std::vector<Evidence> breach, std::string clause = "fraud") {
    std::vector<Evidence> out{{"suspicion", "order, page 1"}, {"clause", clause}, {"analysis", "it fits"}};
    out.insert(out.end(), breach.begin(), breach.end());
    return out;
  }
};

TEST_F(BreachTest, ADecidedCaseOrTheOrdersOwnFinding) {
  people.breaches = {{12, ann}, {13, bob}};
  const auto id = filed();
  through(id, Gate::valid);
  const Evidence of_ann{"case", "12"}, of_bob{"case", "13"}, unknown{"case", "14"}, empty{"case", " "},
      words{"case", "case 12"}, finding{"finding", "Order, page 2: he sold them."}, blank{"finding", "\n"},
      old{"breach", "seen"};
  EXPECT_EQ(passing(id, with({})), "EVIDENCE_MISSING");
  EXPECT_EQ(passing(id, with({empty})), "EVIDENCE_MISSING");
  EXPECT_EQ(passing(id, with({blank})), "EVIDENCE_MISSING");
  EXPECT_EQ(passing(id, with({old})), "EVIDENCE_UNKNOWN");
  EXPECT_EQ(passing(id, with({words})), "BREACH_CASE_UNFIT");
  EXPECT_EQ(passing(id, with({unknown})), "BREACH_CASE_UNFIT");
  EXPECT_EQ(passing(id, with({of_bob})), "BREACH_CASE_UNFIT");
  // A finding does not make good a case that shows nothing.
  EXPECT_EQ(passing(id, with({of_bob, finding})), "BREACH_CASE_UNFIT");
  EXPECT_EQ(passing(id, with({of_ann})), "");
  EXPECT_EQ(passing(id, with({finding})), "");
  EXPECT_EQ(passing(id, with({of_ann, finding})), "");
}

TEST_F(BreachTest, TheClauseIsOneOfTheRulesInForceAndTheAnalysisIsWritten) {
  const auto id = filed();
  through(id, Gate::valid);
  const Evidence finding{"finding", "Order, page 2: he sold them."};
  for (const auto* clause : {"seen", "Fraud", "12"}) {
    EXPECT_EQ(passing(id, with({finding}, clause)), "CLAUSE_UNKNOWN") << clause;
  }
  EXPECT_EQ(passing(id, with({finding}, "")), "EVIDENCE_MISSING");
  auto unread = with({finding});
  unread[2].text = " ";
  EXPECT_EQ(passing(id, unread), "EVIDENCE_MISSING");
  ASSERT_TRUE(pass(id, Gate::suspect));
  // What is kept says what the clause was called then.
  const auto acts = read([&](store::Tx& tx) { return desk.acts(tx, id); }).value();
  const auto& kept = acts.back().second.evidence;
  const auto clause = std::ranges::find(kept, "clause", &Evidence::name);
  ASSERT_NE(clause, kept.end());
  EXPECT_EQ(clause->text, "fraud: Fraud (version 2)");
}

TEST_F(BreachTest, OfNobodyThereIsNoCase) {
  people.breaches = {{12, UserId{}}};
  auto asked = form();
  asked.identifier = "nobody_of_this_name";
  const auto id = file(Type::epoc, asked).value();
  through(id, Gate::valid);
  EXPECT_EQ(passing(id, with({{"case", "12"}})), "BREACH_CASE_UNFIT");
}

TEST_F(BreachTest, ACaseThatIsTakenBackMeanwhileCarriesNoApproval) {
  people.breaches = {{12, ann}};
  const auto id = filed();
  through(id, Gate::valid);
  const auto given = with({{"case", "12"}});
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.pass(tx, ana, id, Gate::suspect, given, ""); }));
  people.breaches.clear();
  EXPECT_EQ(approve(id).error().code, "BREACH_CASE_UNFIT");
  people.breaches = {{12, ann}};
  EXPECT_TRUE(approve(id));
}

}  // namespace
}  // namespace heliograph::legal
