#include "app/gateway/handshake_rate.h"

#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

TEST(HandshakeRate, CountsAnAddressByTheMinute) {
  HandshakeRate rate(2);
  ManualClock clock;
  const auto one = net::Address::parse("192.0.2.1").value(), other = net::Address::parse("192.0.2.2").value();
  EXPECT_TRUE(rate.admit(one, clock.monotonic()));
  EXPECT_TRUE(rate.admit(one, clock.monotonic()));
  EXPECT_FALSE(rate.admit(one, clock.monotonic()));
  EXPECT_TRUE(rate.admit(other, clock.monotonic()));
  clock.advance(std::chrono::minutes(1));
  EXPECT_TRUE(rate.admit(one, clock.monotonic()));
}

}  // namespace
}  // namespace heliograph::app
