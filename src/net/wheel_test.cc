#include "net/wheel.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace heliograph::net {
namespace {

struct Alarm : Wheel::Entry {
  Tick on_due(Tick now) override {
    rang.push_back(now);
    return again == 0 ? 0 : now + again;
  }
  std::vector<Tick> rang;
  Tick again = 0;
};

TEST(Wheel, RingsOnTimeAlsoBeyondOneRound) {
  Wheel wheel;
  Alarm soon, far;
  wheel.arm(soon, 3);
  wheel.arm(far, 1000);
  wheel.advance(2);
  EXPECT_TRUE(soon.rang.empty());
  wheel.advance(999);
  EXPECT_EQ(soon.rang, std::vector<Tick>{3});
  EXPECT_TRUE(far.rang.empty());
  wheel.advance(1200);
  EXPECT_EQ(far.rang, std::vector<Tick>{1000});
  EXPECT_FALSE(Wheel::armed(far));
}

TEST(Wheel, ArmingAgainMovesAndThePastMeansNow) {
  Wheel wheel;
  wheel.advance(10);
  Alarm alarm;
  wheel.arm(alarm, 50);
  wheel.arm(alarm, 5);
  wheel.advance(60);
  EXPECT_EQ(alarm.rang, std::vector<Tick>{11});
}

TEST(Wheel, AnEntryMayAskToBeSeenAgainOrLeave) {
  Wheel wheel;
  Alarm alarm;
  alarm.again = 256;
  wheel.arm(alarm, 1);
  wheel.advance(600);
  EXPECT_EQ(alarm.rang, (std::vector<Tick>{1, 257, 513}));
  {
    Alarm gone;
    wheel.arm(gone, 700);
  }
  wheel.advance(800);
}

}  // namespace
}  // namespace heliograph::net
