// Agencies and their officers: what people do about them stays, and nobody clears the way for themselves.
#include <gmock/gmock.h>

#include "legal/testing/desk.h"

namespace heliograph::legal {
namespace {

using ::testing::ElementsAre;

class AgenciesTest : public ::testing::Test, public testing::DeskWorld {
 protected:
  template <typename T>
  static std::string code(const Result<T>& result) {
    return result ? std::string() : std::string(result.error().code);
  }
  Status conflicts(const Actor& actor, std::vector<std::int64_t> staff, std::string why = "") {
    return write([&](store::Tx& tx) { return agencies.set_conflicts(tx, actor, agency, staff, why); });
  }
  Status onboard(const Actor& actor, std::string number) {
    return write([&](store::Tx& tx) {
      return agencies.onboard(tx, actor, agency, number, "the register, again", "");
    });
  }
  Status resume(const Actor& actor, std::string why) {
    return write([&](store::Tx& tx) {
      return agencies.resume(tx, actor, agency, "+49 30 5678", "the register, again", why);
    });
  }
  std::vector<std::pair<store::LegalAct, ActFile>> acts() {
    return read([&](store::Tx& tx) { return agencies.acts(tx, agency); }).value();
  }
  std::vector<std::string> what_was_done() {
    std::vector<std::string> out;
    for (const auto& [act, file] : acts()) out.push_back(act.what);
    return out;
  }
  store::Agency kept() {
    return read([&](store::Tx& tx) { return store::legal_of(tx).find_agency(agency); }).value().value();
  }
};

TEST_F(AgenciesTest, EverythingThatPeopleDoAboutThemIsAnAct) {
  ASSERT_TRUE(conflicts(ana, {3}));
  ASSERT_TRUE(conflicts(ana, {}, "Cem has left the bar association that the agency is tried before."));
  ASSERT_TRUE(write([&](store::Tx& tx) { return agencies.disable(tx, cem, officer); }));
  ASSERT_TRUE(write([&](store::Tx& tx) { return agencies.suspend(tx, cem, agency, "its mail was sold"); }));
  ASSERT_TRUE(resume(ana, "it has another provider"));
  EXPECT_THAT(what_was_done(), ElementsAre("proposed", "onboarded", "invited", "enrolled", "conflict",
                                           "conflict-lifted", "disabled", "suspended", "resumed"));
  const auto all = acts();
  EXPECT_EQ(all[1].first.staff, ana.id);
  EXPECT_EQ(all[1].second.evidence[0].text, "+49 30 1234, Dr. Muster");
  EXPECT_EQ(all[2].first.officer, officer);
  EXPECT_EQ(all[5].first.about, cem.id);
  EXPECT_EQ(all[7].second.words, "its mail was sold");
  EXPECT_EQ(all[8].second.words, "it has another provider");
  // Auditors have them with all others.
  const auto register_of_acts = read([](store::Tx& tx) { return store::legal_of(tx).all_acts(0, 100); });
  EXPECT_EQ(register_of_acts.value().size(), all.size());
  EXPECT_EQ(register_of_acts.value()[0].agency, agency);
}

TEST_F(AgenciesTest, NobodyLiftsTheirOwnConflict) {
  ASSERT_TRUE(conflicts(ana, {ana.id.value}));
  const auto id = filed();
  EXPECT_EQ(code(conflicts(ana, {}, "only for a moment")), "OWN_CONFLICT");
  EXPECT_EQ(code(conflicts(ana, {cem.id.value}, "somebody else instead")), "OWN_CONFLICT");
  EXPECT_EQ(code(pass(id, Gate::authentic)), "CONFLICT_OF_INTEREST");
  EXPECT_EQ(code(conflicts(cem, {})), "WORDS_MISSING");
  EXPECT_EQ(code(pass(id, Gate::authentic)), "CONFLICT_OF_INTEREST");
  ASSERT_TRUE(conflicts(cem, {}, "Her brother has left the agency."));
  EXPECT_TRUE(pass(id, Gate::authentic));
  // Putting it back does not take the history away.
  ASSERT_TRUE(conflicts(ana, {ana.id.value}));
  EXPECT_THAT(what_was_done(), ElementsAre("proposed", "onboarded", "invited", "enrolled", "conflict",
                                           "conflict-lifted", "conflict"));
}

TEST_F(AgenciesTest, TheFirstVerificationStaysAndASuspensionIsEndedByName) {
  ASSERT_TRUE(onboard(cem, "+49 30 9999"));
  EXPECT_EQ(kept().onboarded_by, ana.id);
  EXPECT_EQ(open_agency(kept(), sealer).value().call_back, "+49 30 1234, Dr. Muster");
  EXPECT_EQ(acts().back().second.evidence[0].text, "+49 30 9999");

  EXPECT_EQ(code(resume(ana, "why not")), "AGENCY_NOT_SUSPENDED");
  ASSERT_TRUE(write([&](store::Tx& tx) { return agencies.suspend(tx, ana, agency, "its mail was sold"); }));
  EXPECT_EQ(code(onboard(cem, "+49 30 9999")), "AGENCY_SUSPENDED");
  EXPECT_EQ(kept().state, store::AgencyState::suspended);
  EXPECT_EQ(code(resume(cem, " ")), "WORDS_MISSING");
  ASSERT_TRUE(resume(cem, "it has another provider"));
  EXPECT_EQ(kept().state, store::AgencyState::onboarded);
  EXPECT_EQ(kept().onboarded_by, ana.id);
}

TEST_F(AgenciesTest, WhoeverHasEverVerifiedItApprovesNothingOfIt) {
  ASSERT_TRUE(onboard(cem, "+49 30 9999"));
  const auto id = filed();
  through(id, Gate::suspect);
  const Actor promoted{cem.id, cem.name, store::StaffRole::legal_approver, true};
  EXPECT_EQ(code(approve(id, promoted)), "SAME_PERSON");
  EXPECT_TRUE(approve(id));
}

}  // namespace
}  // namespace heliograph::legal
