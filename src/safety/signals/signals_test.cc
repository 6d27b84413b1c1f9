// What behaviour says: near copies, rates, waves; bounded, and the same whenever it is asked again.
#include "safety/signals/signals.h"

#include <gmock/gmock.h>

#include <random>

#include "safety/scan/features.h"
#include "safety/signals/simhash.h"

namespace heliograph::safety {
namespace {

constexpr UnixSeconds kNow = 1'700'000'000;
constexpr UnixSeconds kOld = kNow - 400 * 86'400;

std::uint64_t print_of(std::string_view text) {
  terms::Canonical canonical;
  std::vector<std::uint32_t> features;
  terms::canonicalise(text, canonical);
  extract_features(canonical, features);
  return simhash(features);
}

Peer place(std::int64_t id) {
  return {PeerKind::channel, id};
}

class SignalsTest : public ::testing::Test {
 protected:
  SignalsTest() { rules.campaign_authors = rules.campaign_chats = 3; }

  Writing by(std::int64_t author, std::int64_t in, UnixSeconds now = kNow) {
    Writing writing;
    writing.place = place(in);
    writing.message = MessageId{++last_id};
    writing.author = UserId{author};
    writing.author_since = kOld;
    writing.now = now;
    return writing;
  }
  // Looked at, then remembered, as on the way into a box.
  Seen write(const Writing& writing, std::string_view text = {}) {
    const auto print = text.empty() ? 0 : print_of(text);
    auto unnumbered = writing;
    unnumbered.message = {};
    const auto seen = signals.look(rules, unnumbered, print, 0);
    signals.remember(rules, writing, print);
    EXPECT_EQ(signals.look(rules, writing, print, 0).measures, seen.measures)
        << "the same when it is counted";
    return seen;
  }
  static std::int64_t of(const Seen& seen, Measure measure) {
    return seen.measures[static_cast<std::size_t>(measure)];
  }

  SignalRules rules;
  Signals signals;
  std::int32_t last_id = 0;
};

constexpr const char* kOffer =
    "Earn 300 dollars a day from home with our new trading robot, write to @fast_money1";
constexpr const char* kChanged =
    "Earn 450 dollars a day from home with our new trading robot, write to @quick_cash77";
constexpr const char* kDisguised =
    "E a r n 300 d0llars a day from home with 0ur new trаding robot , write to @fast_money1!";
constexpr const char* kOther =
    "The train to the coast is late again, so we will be there after eight, keep us a seat";

TEST(Simhash, NearCopiesAreNearAndOthersAreNot) {
  EXPECT_EQ(print_of(kOffer), print_of(kOffer));
  EXPECT_LE(hamming(print_of(kOffer), print_of(kChanged)), 8);
  EXPECT_LE(hamming(print_of(kOffer), print_of(kDisguised)), 8);
  EXPECT_GE(hamming(print_of(kOffer), print_of(kOther)), 16);
  EXPECT_EQ(simhash({}), 0u);
}

TEST_F(SignalsTest, CopiesByManyAccountsAreACampaign) {
  EXPECT_EQ(of(write(by(1, 1), kOffer), Measure::authors), 1);
  EXPECT_EQ(write(by(2, 2), kChanged).campaign, "");
  write(by(9, 9), kOther);
  const auto third = write(by(3, 3), kDisguised);
  EXPECT_EQ(of(third, Measure::authors), 3);
  EXPECT_EQ(of(third, Measure::chats), 1);
  ASSERT_NE(third.campaign, "");
  EXPECT_EQ(signals.members(third.campaign).size(), 3u);
  EXPECT_EQ(write(by(4, 4), kOffer).campaign, third.campaign) << "the same one";

  signals.pardon(third.campaign);
  const auto fifth = write(by(5, 5), kOffer);
  EXPECT_EQ(fifth.campaign, "");
  EXPECT_EQ(of(fifth, Measure::authors), 1);
}

TEST_F(SignalsTest, OneAccountInManyPlacesIsACampaignAndInOnePlaceIsNot) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(of(write(by(1, 1), kOffer), Measure::chats), 1);
  write(by(1, 2), kOffer);
  EXPECT_NE(write(by(1, 3), kOffer).campaign, "");
}

TEST_F(SignalsTest, TheWindowSlides) {
  write(by(1, 1), kOffer);
  write(by(2, 1), kOffer);
  const auto later = write(by(3, 1, kNow + 3601), kOffer);
  EXPECT_EQ(of(later, Measure::authors), 1);
  EXPECT_EQ(of(write(by(1, 1, kNow + 3601)), Measure::messages), 1);
}

TEST_F(SignalsTest, MessagesOfAnAccountAreCounted) {
  for (int i = 1; i <= 50; ++i) EXPECT_EQ(of(write(by(1, i % 3)), Measure::messages), i);
  EXPECT_EQ(of(write(by(2, 1)), Measure::messages), 1);
  const auto again = by(1, 1);
  signals.remember(rules, again, 0);
  signals.remember(rules, again, 0);
  EXPECT_EQ(of(signals.look(rules, by(1, 1), 0, 0), Measure::messages), 52) << "twice is once";
}

TEST_F(SignalsTest, NewAccountsThatComeTogetherAreAWave) {
  for (int i = 1; i <= 40; ++i) signals.joined(rules, place(1), UserId{i}, kNow - 60, kNow);
  signals.joined(rules, place(1), UserId{7}, kNow - 60, kNow);
  signals.joined(rules, place(1), UserId{99}, kOld, kNow);  // not new
  auto writing = by(7, 1);
  writing.author_since = kNow - 60;
  writing.joined_at = kNow;
  const auto seen = signals.look(rules, writing, 0, 2);
  EXPECT_EQ(of(seen, Measure::joins), 40);
  EXPECT_EQ(of(seen, Measure::new_account), 1);
  EXPECT_EQ(of(seen, Measure::new_account_links), 2);
  writing.joined_at = kOld;
  EXPECT_EQ(of(signals.look(rules, writing, 0, 2), Measure::joins), 0) << "was there before";
}

TEST_F(SignalsTest, AFloodOf100000MessagesIsBounded) {
  std::mt19937_64 random(1);
  const auto same = print_of(kOffer);
  for (int i = 0; i < 100'000; ++i) {
    const auto writing = by(i, i % 5000, kNow + i / 100);
    signals.joined(rules, writing.place, writing.author, writing.now, writing.now);
    // Half of it different, half the same.
    signals.remember(rules, writing, i % 2 == 0 ? random() | 1 : same);
  }
  const auto sizes = signals.sizes();
  EXPECT_EQ(sizes.accounts, Signals::accounts_most);
  EXPECT_EQ(sizes.places, Signals::places_most);
  EXPECT_EQ(sizes.groups, Copies::groups_most);
  EXPECT_LE(sizes.messages, Copies::groups_most + Copies::entries_most);
  EXPECT_GT(of(write(by(1, 1, kNow + 1000), kOffer), Measure::authors), 63);
}

TEST_F(SignalsTest, TextsMadeToCrowdTogetherAreBounded) {
  for (std::uint64_t i = 1; i < 50'000; ++i) {
    // One band is the same in all.
    signals.remember(rules, by(1, 1), (i << 20) ^ (i * 0x9e3779b97f4a7c15 & ~std::uint64_t{0x1fff}));
  }
  EXPECT_LE(signals.sizes().groups, Copies::groups_most);
}

}  // namespace
}  // namespace heliograph::safety
