#include "net/address.h"

#include <gtest/gtest.h>

namespace heliograph::net {
namespace {

Address at(std::string_view text) {
  return Address::parse(text).value();
}

TEST(Address, ReadsAndWritesBothKinds) {
  for (const char* text : {"127.0.0.1", "255.255.255.255", "::1", "2001:db8::5"})
    EXPECT_EQ(at(text).text(), text);
  EXPECT_EQ(at("[::1]").text(), "::1");
  EXPECT_EQ(at("::ffff:10.0.0.1"), at("10.0.0.1"));
  for (const char* text : {"", "localhost", "1.2.3", "1.2.3.4.5", "[1.2.3.4]", "::1%lo", "[::1"}) {
    EXPECT_FALSE(Address::parse(text)) << text;
  }
}

TEST(Address, LimitsCountAnIpv6CustomerOnce) {
  EXPECT_EQ(at("2001:db8::1").limit_key(), at("2001:db8::ffff:2").limit_key());
  EXPECT_NE(at("2001:db8:0:1::1").limit_key(), at("2001:db8::1").limit_key());
  EXPECT_NE(at("10.0.0.1").limit_key(), at("10.0.0.2").limit_key());
}

TEST(Endpoint, NeedsAnAddressAndAPort) {
  EXPECT_EQ(Endpoint::parse("127.0.0.1:80").value(), (Endpoint{"127.0.0.1", 80}));
  EXPECT_EQ(Endpoint::parse("[::1]:0").value().text(), "[::1]:0");
  for (const char* text : {"", "127.0.0.1", "127.0.0.1:", ":80", "::1:80", "localhost:80", "127.0.0.1:65536",
                           "127.0.0.1:-1", "127.0.0.1:80x"}) {
    EXPECT_FALSE(Endpoint::parse(text)) << text;
  }
}

TEST(Network, ContainsWhatItsBitsSay) {
  const auto ten = Network::parse("10.0.0.0/8").value();
  EXPECT_TRUE(ten.contains(at("10.255.0.1")));
  EXPECT_FALSE(ten.contains(at("11.0.0.1")));
  const auto odd = Network::parse("192.168.4.0/22").value();
  EXPECT_TRUE(odd.contains(at("192.168.7.255")));
  EXPECT_FALSE(odd.contains(at("192.168.8.0")));
  EXPECT_TRUE(Network::parse("::1").value().contains(at("::1")));
  EXPECT_TRUE(Network::parse("0.0.0.0/0").value().contains(at("8.8.8.8")));
  EXPECT_FALSE(Network::parse("0.0.0.0/0").value().contains(at("2001:db8::1")));
  for (const char* text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "/8", "::/129"}) {
    EXPECT_FALSE(Network::parse(text)) << text;
  }
}

}  // namespace
}  // namespace heliograph::net
