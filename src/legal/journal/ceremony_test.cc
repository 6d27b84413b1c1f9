#include "legal/journal/ceremony.h"

#include <gmock/gmock.h>

#include "legal/testing/ceremony.h"

namespace heliograph::legal {
namespace {

using testing::make_key;

class CeremonyTest : public ::testing::Test {
 protected:
  std::string code_of_finish(const testing::Made& made, const JournalKey* before = nullptr) {
    const auto done = finish(made.plan, made.seats, made.deals, before, 1, made.secrets[0], random);
    return done ? "" : std::string(done.error().code);
  }
  crypto::SystemRandom random;
};

TEST_F(CeremonyTest, EverybodyHasAShareOfOneKeyThatNobodyHas) {
  const auto made = make_key(2, {"Ana", "Ben", "Cem"}, random);
  ASSERT_EQ(made.shares.size(), 3U);
  for (const auto& share : made.shares) {
    EXPECT_EQ(crypto::Point::base(share.secret.value()), made.key.share_key(share.number));
  }
  // Any two make the private half; one does not.
  for (const auto& pair : {std::pair{1U, 2U}, {1U, 3U}, {2U, 3U}}) {
    const auto weights = weights_at_zero({pair.first, pair.second});
    const auto secret = weights[0] * made.shares[pair.first - 1].secret.value() +
                        weights[1] * made.shares[pair.second - 1].secret.value();
    EXPECT_EQ(crypto::Point::base(secret), made.key.public_key());
  }
  EXPECT_NE(crypto::Point::base(made.shares[0].secret.value()), made.key.public_key());
  EXPECT_TRUE(check_confirmed(made.key, made.confirmations));
  EXPECT_EQ(JournalKey::parse(made.key.encode()).value(), made.key);
}

TEST_F(CeremonyTest, TheServerTakesNoKeyThatSomebodyHasNotConfirmed) {
  const auto made = make_key(2, {"Ana", "Ben", "Cem"}, random);
  auto some = made.confirmations;
  some.pop_back();
  EXPECT_EQ(check_confirmed(made.key, some).error().code, "CONFIRMATION_WRONG");
  some.push_back(some.front());
  EXPECT_EQ(check_confirmed(made.key, some).error().code, "CONFIRMATION_WRONG");
  auto other = made.confirmations;
  other[2].share = 2;
  other[1].share = 3;
  EXPECT_EQ(check_confirmed(made.key, other).error().code, "CONFIRMATION_WRONG");
  // For another key of the same people.
  const auto again = make_key(2, {"Ana", "Ben", "Cem"}, random);
  EXPECT_EQ(check_confirmed(again.key, made.confirmations).error().code, "CONFIRMATION_WRONG");
}

TEST_F(CeremonyTest, ADealThatIsWrongNamesItsDealer) {
  const auto made = make_key(2, {"Ana", "Ben", "Cem"}, random);
  {
    auto bad = made;  // Ben deals Ana a part that does not fit
    bad.deals[1] = deal(made.plan, made.seats, 2, nullptr, random).value();
    bad.deals[1].parts[0] = made.deals[1].parts[0];
    const auto done = finish(bad.plan, bad.seats, bad.deals, nullptr, 1, bad.secrets[0], random);
    EXPECT_EQ(done.error().code, "DEAL_WRONG");
    EXPECT_THAT(done.error().message, ::testing::HasSubstr("share 2"));
  }
  {
    auto bad = made;  // commits to what they do not know: made to cancel the others' out
    bad.deals[1].commitments[0] = bad.deals[1].commitments[0] - bad.deals[0].commitments[0];
    EXPECT_EQ(code_of_finish(bad), "DEAL_WRONG");
  }
  {
    auto bad = made;
    bad.deals[1].parts[0].sealed[3] ^= 1;
    EXPECT_EQ(code_of_finish(bad), "DEAL_WRONG");
  }
  {
    auto bad = made;
    bad.deals[1] = bad.deals[0];
    EXPECT_EQ(code_of_finish(bad), "DEAL_WRONG");
    bad.deals.pop_back();
    EXPECT_EQ(code_of_finish(bad), "DEAL_WRONG");
  }
  {
    auto bad = made;  // from another ceremony of the same people
    const auto other = make_key(2, {"Ana", "Ben", "Cem"}, random);
    bad.deals[2] = other.deals[2];
    EXPECT_EQ(code_of_finish(bad), "DEAL_WRONG");
    bad = made;
    bad.seats[2] = other.seats[2];
    EXPECT_EQ(code_of_finish(bad), "SEAT_WRONG");
  }
}

TEST_F(CeremonyTest, AnOfficerIsReplacedAndTheKeyStays) {
  const auto before = make_key(2, {"Ana", "Ben", "Cem"}, random);
  // Cem has lost his share; Dua takes his place, and Eli is new. Ana and Ben deal.
  testing::Made after;
  after.plan = plan_again(before.key, {2, 1}, 3, {"Ana", "Ben", "Dua", "Eli"}, random).value();
  testing::take_seats(after, random);
  for (const auto dealer : after.plan.dealers) {
    after.deals.push_back(deal(after.plan, after.seats, dealer, &before.shares[dealer - 1], random).value());
  }
  testing::finish_all(after, &before.key, random);
  EXPECT_EQ(after.key.public_key(), before.key.public_key());
  EXPECT_NE(after.key.id(), before.key.id());
  EXPECT_TRUE(check_confirmed(after.key, after.confirmations));
  const auto weights = weights_at_zero({1, 3, 4});
  const auto secret = weights[0] * after.shares[0].secret.value() +
                      weights[1] * after.shares[2].secret.value() +
                      weights[2] * after.shares[3].secret.value();
  EXPECT_EQ(crypto::Point::base(secret), before.key.public_key());

  // Somebody deals another number than their old share.
  auto bad = after;
  const Share forged{1, SecretScalar(crypto::Scalar::generate(random))};
  bad.deals[0] = deal(bad.plan, bad.seats, 1, &forged, random).value();
  EXPECT_EQ(code_of_finish(bad, &before.key), "DEAL_WRONG");
  EXPECT_EQ(code_of_finish(after), "CEREMONY_INVALID");
  EXPECT_EQ(deal(bad.plan, bad.seats, 1, nullptr, random).error().code, "CEREMONY_INVALID");
  EXPECT_EQ(plan_again(before.key, {1}, 2, {"Ana", "Ben"}, random).error().code, "CEREMONY_INVALID");
  EXPECT_EQ(plan_again(before.key, {1, 1}, 2, {"Ana", "Ben"}, random).error().code, "CEREMONY_INVALID");
  EXPECT_EQ(plan_again(before.key, {1, 9}, 2, {"Ana", "Ben"}, random).error().code, "CEREMONY_INVALID");
}

TEST_F(CeremonyTest, OnePersonAloneIsNoCeremony) {
  EXPECT_EQ(plan_ceremony(1, {"Ana", "Ben"}, random).error().code, "CEREMONY_INVALID");
  EXPECT_EQ(plan_ceremony(3, {"Ana", "Ben"}, random).error().code, "CEREMONY_INVALID");
  EXPECT_EQ(plan_ceremony(2, {"Ana", "Ana"}, random).error().code, "CEREMONY_INVALID");
  EXPECT_EQ(plan_ceremony(2, {"Ana", "B\nen"}, random).error().code, "CEREMONY_INVALID");
}

TEST_F(CeremonyTest, DocumentsAreReadAsTheyWereWritten) {
  const auto made = make_key(2, {"Ana", "Ben Å", "Cem"}, random);
  EXPECT_EQ(CeremonyPlan::parse(made.plan.encode()).value(), made.plan);
  EXPECT_EQ(Seat::parse(made.seats[0].encode()).value(), made.seats[0]);
  EXPECT_EQ(Deal::parse(made.deals[0].encode()).value(), made.deals[0]);
  EXPECT_EQ(Confirmation::parse(made.confirmations[0].encode()).value(), made.confirmations[0]);
  for (const auto& text : {made.plan.encode(), made.seats[0].encode(), made.deals[0].encode(),
                           made.confirmations[0].encode(), made.key.encode()}) {
    for (std::size_t cut = 0; cut < text.size(); cut += 7) {
      EXPECT_FALSE(CeremonyPlan::parse(text.substr(0, cut)));
      EXPECT_FALSE(Deal::parse(text.substr(0, cut)));
      EXPECT_FALSE(JournalKey::parse(text.substr(0, cut)));
    }
    EXPECT_FALSE(Deal::parse(text + "more\n"));
  }
}

class ShareTest : public CeremonyTest {
 protected:
  static constexpr crypto::PassphraseCost cheap{1, 8 * 1024};
};

TEST_F(ShareTest, AShareIsOpenedByItsPassphraseAlone) {
  const auto made = make_key(2, {"Ana", "Ben"}, random);
  const auto locked =
      lock(SecretKind::share, 2, made.key.id(), made.shares[1].secret, "battery staple", cheap, random)
          .value();
  const auto read = LockedSecret::parse(locked.encode()).value();
  EXPECT_EQ(open_share(read, made.key, "battery staple")->secret.value(), made.shares[1].secret.value());
  EXPECT_EQ(open_share(read, made.key, "battery stable").error().code, "PASSPHRASE_WRONG");
  auto moved = read;
  moved.share = 1;
  EXPECT_EQ(open_share(moved, made.key, "battery staple").error().code, "PASSPHRASE_WRONG");
  EXPECT_EQ(open_share(read, make_key(2, {"Ana", "Ben"}, random).key, "battery staple").error().code,
            "SHARE_OTHER");
  EXPECT_EQ(
      lock(SecretKind::share, 2, made.key.id(), made.shares[1].secret, "short", cheap, random).error().code,
      "PASSPHRASE_SHORT");
}

TEST_F(ShareTest, AFileThatAsksForTooMuchIsNotRead) {
  const auto made = make_key(2, {"Ana", "Ben"}, random);
  auto locked =
      lock(SecretKind::share, 1, made.key.id(), made.shares[0].secret, "battery staple", cheap, random)
          .value();
  locked.cost.memory_kib = 64 * 1024 * 1024;
  EXPECT_EQ(LockedSecret::parse(locked.encode()).error().code, "JOURNAL_DOCUMENT_INVALID");
}

}  // namespace
}  // namespace heliograph::legal
