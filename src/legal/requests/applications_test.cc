// A stranger applies for an agency: it opens nothing by itself, fills nothing up, and leaves nothing behind.
#include "legal/requests/applications.h"

#include <gmock/gmock.h>

#include "legal/testing/desk.h"

namespace heliograph::legal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ApplicationsTest : public ::testing::Test, public testing::DeskWorld {
 protected:
  template <typename T>
  static std::string code(const Result<T>& result) {
    return result ? std::string() : std::string(result.error().code);
  }
  static ApplicationForm form(std::string domain = "polizei.example") {
    ApplicationForm out;
    out.authority = "Polizeipräsidium Musterstadt";
    out.kind = "police";
    out.country = "DE";
    out.domain = std::move(domain);
    out.address = "Musterplatz 1\n12345 Musterstadt";
    out.applicant = "Max Beispiel";
    out.office = "Kriminalhauptkommissar";
    out.email = "max.beispiel@polizei.example";
    out.phone = "+49 (30) 1234-0";
    out.legal_basis = "section 100g StPO";
    out.types = {Type::production, Type::emergency};
    out.words = "We have no contact yet.";
    return out;
  }
  Result<std::int64_t> apply(const std::string& reference, ApplicationForm what = form()) {
    return write([&](store::Tx& tx) { return applications.apply(tx, what, reference); });
  }
  Result<std::int64_t> take_up(const Actor& actor, std::int64_t id, std::string name) {
    return write([&](store::Tx& tx) {
      return applications.take_up(tx, actor, id, {name, "DE", "police", "polizei.example"});
    });
  }
  Status decline(const Actor& actor, std::int64_t id, std::string reason, bool alike = false) {
    return write([&](store::Tx& tx) { return applications.decline(tx, actor, id, reason, alike); });
  }
  Result<ApplicationStanding> standing(const std::string& reference) {
    return read([&](store::Tx& tx) { return applications.standing(tx, reference); });
  }
  std::string state(const std::string& reference) {
    const auto found = standing(reference);
    return found ? std::string(name(found->state)) : std::string(found.error().code);
  }
  std::vector<Application> listed() {
    return read([&](store::Tx& tx) { return applications.listed(tx, 500); }).value();
  }
  Status erase_old() {
    return write([&](store::Tx& tx) { return applications.erase_old(tx); });
  }
  // Of applications, the last first.
  OpenActs acts() {
    auto rows = read([](store::Tx& tx) { return store::legal_of(tx).all_acts(0, 100); }).value();
    std::erase_if(rows, [](const auto& act) { return act.application == 0; });
    return open_acts(std::move(rows), sealer).value();
  }

  Applications applications{{world.clock, world.random, sealer, likeness, agencies}};
};

TEST_F(ApplicationsTest, FromTheFormToAnAgencyThatIsOnboarded) {
  const auto id = apply("first").value();
  EXPECT_EQ(state("first"), "received");
  EXPECT_EQ(state("second"), "APPLICATION_UNKNOWN");
  const auto waiting = listed();
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].form.applicant, "Max Beispiel");
  EXPECT_THAT(waiting[0].form.types, ElementsAre(Type::production, Type::emergency));

  EXPECT_EQ(code(take_up(ben, id, "Polizei")), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(code(take_up(ana, 99, "Polizei")), "APPLICATION_UNKNOWN");
  EXPECT_EQ(code(take_up(ana, id, "Staatsanwaltschaft Musterstadt")), "AGENCY_KNOWN");
  EXPECT_EQ(state("first"), "received");
  // The officer writes down what is true.
  const auto proposed = take_up(ana, id, "Police of Musterstadt").value();
  EXPECT_EQ(state("first"), "looked_at");
  EXPECT_EQ(code(take_up(cem, id, "Police, again")), "APPLICATION_DECIDED");
  EXPECT_EQ(code(decline(cem, id, "too late")), "APPLICATION_DECIDED");
  const auto row =
      read([&](store::Tx& tx) { return store::legal_of(tx).find_agency(proposed); }).value().value();
  EXPECT_EQ(row.name, "Police of Musterstadt");
  EXPECT_EQ(row.state, store::AgencyState::proposed);
  // Nothing that a stranger wrote is where a number to call stands; and the call is as for any other.
  EXPECT_EQ(open_agency(row, sealer).value().call_back, "");
  const auto onboard = [&](std::string number, std::string source) {
    return write([&](store::Tx& tx) {
      return agencies.onboard(tx, ana, proposed, number, source, "they know of it");
    });
  };
  EXPECT_EQ(code(onboard("+49 30 5678", "")), "AGENCY_INVALID");
  ASSERT_TRUE(onboard("+49 30 5678", "the federal register"));
  EXPECT_EQ(state("first"), "onboarded");
  // Nobody was invited by it.
  EXPECT_THAT(read([&](store::Tx& tx) { return store::legal_of(tx).officers(proposed); }).value(), IsEmpty());
  ASSERT_TRUE(write([&](store::Tx& tx) { return agencies.suspend(tx, ana, proposed, "its mail was sold"); }));
  EXPECT_EQ(state("first"), "looked_at");

  const auto all = acts();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].first.what, "proposed");
  EXPECT_EQ(all[0].first.agency, proposed);
  EXPECT_EQ(all[0].first.staff, ana.id);
  EXPECT_EQ(all[1].first.what, "applied");
  EXPECT_EQ(all[1].first.application, id);
  EXPECT_EQ(all[1].second.words, "");
  EXPECT_THAT(all[1].second.evidence, IsEmpty());
}

TEST_F(ApplicationsTest, WhatADeclinedOneSaidIsGoneAndItsReasonIsRead) {
  const auto id = apply("first").value();
  EXPECT_EQ(code(decline(ben, id, "no")), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(code(decline(ana, id, " \n")), "WORDS_MISSING");
  EXPECT_EQ(code(decline(ana, id, std::string(5000, 'x'))), "WORDS_TOO_LONG");
  EXPECT_EQ(code(decline(ana, 99, "no")), "APPLICATION_UNKNOWN");
  clock().advance(std::chrono::hours(1));
  ASSERT_TRUE(decline(ana, id, "The authority says that it has not applied."));
  const auto told = standing("first").value();
  EXPECT_EQ(told.state, ApplicationStanding::State::declined);
  EXPECT_EQ(told.reason, "The authority says that it has not applied.");
  EXPECT_EQ(told.decided_at - told.received_at, 3600);
  EXPECT_THAT(listed(), IsEmpty());
  const auto row =
      read([&](store::Tx& tx) { return store::legal_of(tx).find_application(id); }).value().value();
  const auto place = "agency_applications.sealed/" + std::to_string(id);
  const auto kept = sealer.open(row.sealed, as_bytes(place)).value();
  EXPECT_THAT(std::string(as_text(kept)), HasSubstr("has not applied"));
  EXPECT_THAT(std::string(as_text(kept)), Not(HasSubstr("Beispiel")));
  // Auditors see that an authority was turned away, and why; not who had written.
  const auto act = acts()[0];
  EXPECT_EQ(act.first.what, "declined");
  EXPECT_EQ(act.first.staff, ana.id);
  EXPECT_EQ(act.second.words, told.reason);
  EXPECT_THAT(act.second.evidence,
              ElementsAre(Evidence{"authority", "Polizeipräsidium Musterstadt"}, Evidence{"country", "DE"},
                          Evidence{"domain", "polizei.example"}));
}

TEST_F(ApplicationsTest, SeveralForOneAuthorityAreOneMatterOfWhichNobodyOutsideHears) {
  const auto first = apply("first").value();
  const auto second = apply("second").value();
  const auto other = apply("other", form("other.example")).value();
  EXPECT_EQ(listed()[0].row.likeness, listed()[1].row.likeness);
  EXPECT_NE(listed()[0].row.likeness, listed()[2].row.likeness);
  // One is taken up; who has written the other does not hear of it.
  ASSERT_TRUE(take_up(ana, first, "Police of Musterstadt"));
  EXPECT_EQ(state("first"), "looked_at");
  EXPECT_EQ(state("second"), "received");
  const auto third = apply("third").value();
  ASSERT_TRUE(decline(ana, second, "We know the authority.", true));
  EXPECT_EQ(state("first"), "looked_at");
  EXPECT_EQ(state("second"), "declined");
  EXPECT_EQ(state("third"), "declined");
  EXPECT_EQ(state("other"), "received");
  ASSERT_THAT(listed(), SizeIs(2));
  EXPECT_EQ(listed()[0].row.id, other);
  EXPECT_EQ(acts()[0].first.application, third);
}

TEST_F(ApplicationsTest, StrangersDoNotFillTheDesk) {
  for (std::int64_t i = 0; i < Applications::daily_most; ++i) {
    ASSERT_TRUE(apply("today " + std::to_string(i)));
  }
  EXPECT_EQ(code(apply("one more")), "APPLICATIONS_FULL");
  EXPECT_EQ(code(apply("one more", form("other.example"))), "APPLICATIONS_FULL");
  // Declined ones have come today all the same.
  ASSERT_TRUE(decline(ana, listed()[0].row.id, "no", true));
  EXPECT_EQ(code(apply("one more")), "APPLICATIONS_FULL");
  for (std::int64_t open = 0; open < Applications::open_most;) {
    clock().advance(std::chrono::hours(25));
    for (std::int64_t i = 0; i < Applications::daily_most && open < Applications::open_most; ++i, ++open) {
      ASSERT_TRUE(apply("open " + std::to_string(open)));
    }
  }
  clock().advance(std::chrono::hours(25));
  EXPECT_EQ(code(apply("one more")), "APPLICATIONS_FULL");
  ASSERT_TRUE(decline(ana, listed()[0].row.id, "no"));
  EXPECT_TRUE(apply("one more"));
}

TEST_F(ApplicationsTest, EverythingButTheActsGoesWithItsTime) {
  const auto taken = apply("taken").value();
  const auto declined = apply("declined").value();
  ASSERT_TRUE(apply("stale"));
  clock().advance(std::chrono::hours(24));
  ASSERT_TRUE(take_up(ana, taken, "Police of Musterstadt"));
  ASSERT_TRUE(decline(ana, declined, "no"));
  ASSERT_TRUE(erase_old());
  EXPECT_EQ(state("stale"), "received");
  clock().advance(std::chrono::seconds(Applications::open_seconds - 86'400));
  ASSERT_TRUE(erase_old());
  EXPECT_EQ(state("stale"), "APPLICATION_UNKNOWN");
  EXPECT_EQ(state("declined"), "declined");
  EXPECT_EQ(state("taken"), "looked_at");
  clock().advance(std::chrono::hours(24));
  ASSERT_TRUE(erase_old());
  EXPECT_EQ(state("declined"), "APPLICATION_UNKNOWN");
  EXPECT_EQ(state("taken"), "APPLICATION_UNKNOWN");
  EXPECT_THAT(listed(), IsEmpty());
  EXPECT_THAT(acts(), SizeIs(5));
}

TEST_F(ApplicationsTest, FormsAreReadStrictly) {
  const auto refused = [](auto change) {
    auto bad = form();
    change(bad);
    const auto checked = check_application(bad);
    if (checked) return std::string();
    EXPECT_EQ(checked.error().code, "APPLICATION_INVALID");
    return checked.error().message.substr(0, checked.error().message.find(' '));
  };
  EXPECT_EQ(refused([](ApplicationForm&) {}), "");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.words.clear(); }), "");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.authority = " "; }), "authority");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.authority = "two\nlines"; }), "authority");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.authority = std::string(801, 'x'); }), "authority");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.kind = "king"; }), "kind");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.country = "de"; }), "country");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.address.clear(); }), "address");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.legal_basis = "\n"; }), "legal_basis");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.words = std::string(1, '\0'); }), "text");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.types.clear(); }), "types");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.types = {Type::epoc, Type::epoc}; }), "types");
  EXPECT_EQ(refused([](ApplicationForm& f) { f.types = {static_cast<Type>(7)}; }), "types");
  for (const auto* domain : {"", "example", "-a.example", "a..example", "a.example.", "A.example",
                             "a b.example", "192.0.2.1", "a.example/x", "a_b.example"}) {
    EXPECT_EQ(refused([&](ApplicationForm& f) { f.domain = domain; }), "domain") << domain;
  }
  EXPECT_TRUE(is_domain("xn--mller-kva.polizei.example"));
  for (const auto* email : {"", "a", "@a.example", "a@", "a@example", "a b@a.example", "a@b@a.example",
                            "<a>@a.example", "\"a\"@a.example", "a@a.example\n"}) {
    EXPECT_EQ(refused([&](ApplicationForm& f) { f.email = email; }), "email") << email;
  }
  EXPECT_TRUE(is_email("Max.Beispiel+legal@Polizei.Example"));
  for (const auto* phone : {"", "12", "ask for Max", "+49 30 1234 ext. 5", "123456789012345678901"}) {
    EXPECT_EQ(refused([&](ApplicationForm& f) { f.phone = phone; }), "phone") << phone;
  }
  EXPECT_TRUE(is_phone_number("110"));
}

}  // namespace
}  // namespace heliograph::legal
