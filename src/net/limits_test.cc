#include "net/limits.h"

#include <gtest/gtest.h>

namespace heliograph::net {
namespace {

Address at(std::string_view text) {
  return Address::parse(text).value();
}

TEST(Quota, TurnsAwayOverTheTotalAndTakesBack) {
  Quota quota({.total = 2, .per_address = 10, .exempt = {}});
  auto first = quota.admit(at("192.0.2.1"));
  auto second = quota.admit(at("192.0.2.2"));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(quota.admit(at("192.0.2.3")).error().code, "NET_TOO_MANY_CONNECTIONS");
  *first = {};
  EXPECT_TRUE(quota.admit(at("192.0.2.3")));
}

TEST(Quota, OneAddressCannotTakeEverything) {
  Quota quota({.total = 100, .per_address = 1, .exempt = {}});
  const auto one = quota.admit(at("2001:db8::1"));
  ASSERT_TRUE(one);
  EXPECT_EQ(quota.admit(at("2001:db8::2")).error().code, "NET_TOO_MANY_FROM_ADDRESS");
  EXPECT_TRUE(quota.admit(at("2001:db8:1::2")));
}

TEST(Quota, ProxiesAreCountedByTheClientsTheyName) {
  Quota quota({.total = 100, .per_address = 1, .exempt = {Network::parse("10.0.0.0/8").value()}});
  const auto a = quota.admit(at("10.0.0.1")), b = quota.admit(at("10.0.0.1"));
  EXPECT_TRUE(a && b);
  const auto client = quota.admit_forwarded(at("192.0.2.1"));
  ASSERT_TRUE(client);
  EXPECT_FALSE(quota.admit_forwarded(at("192.0.2.1")));
}

}  // namespace
}  // namespace heliograph::net
