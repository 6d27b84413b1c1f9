#include "legal/disclosure/package.h"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace heliograph::legal {
namespace {

Disclosure a_disclosure() {
  return {PhoneNumber::parse("4915112345678").value(),
          {{IpAddress::parse("203.0.113.7").value(), 40'000, 1'699'990'000, 1'699'990'060},
           {IpAddress::parse("2001:db8::7").value(), 0, 1'699'990'000, 1'699'990'060}}};
}
const Cover kCover{7, 1'700'000'000, "example.org/ledger", Bytes(65, 1)};

TEST(Package, HoldsAPhoneNumberAndAddressesAndNothingElse) {
  const auto json = nlohmann::json::parse(to_json(a_disclosure(), kCover));
  std::vector<std::string> names;
  for (const auto& item : json.items()) names.push_back(item.key());
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("schema", "request", "made_at", "ledger", "phone_number",
                                                     "ip_addresses"));
  EXPECT_EQ(json["phone_number"], "+4915112345678");
  EXPECT_EQ(json["ip_addresses"][0].dump(),
            R"({"first":1699990000,"ip":"203.0.113.7","last":1699990060,"port":40000})");
  EXPECT_EQ(json["ip_addresses"][1].dump(), R"({"first":1699990000,"ip":"2001:db8::7","last":1699990060})");
  const auto read = from_json(to_json(a_disclosure(), kCover)).value();
  EXPECT_EQ(read.disclosure, a_disclosure());
  EXPECT_EQ(read.cover, kCover);
}

// web/portal/src/requests/disclosure.test.ts holds the example against the published schema: a change of what
// is written changes both, or fails here.
TEST(Package, ThePublishedExampleIsWhatIsWritten) {
  std::ifstream in(HELIOGRAPH_SOURCE_DIR "/docs/api/disclosure.example.json");
  const std::string example{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(to_json(a_disclosure(), kCover) + "\n", example);
}

TEST(Package, TheCompilerCountsItsFields) {
  // Neither the answer nor an address has room for anything else: this would not compile.
  const auto& [phone, addresses] = a_disclosure();
  const auto& [address, port, first, last] = addresses.front();
  static_assert(std::is_same_v<decltype(phone), const std::optional<PhoneNumber>>);
  static_assert(std::is_same_v<decltype(addresses), const std::vector<Sighting>>);
  static_assert(std::is_same_v<decltype(address), const IpAddress>);
  static_assert(std::is_integral_v<decltype(port)> && std::is_integral_v<decltype(first)> &&
                std::is_integral_v<decltype(last)>);
  static_assert(!std::is_constructible_v<PhoneNumber, std::string>);
  static_assert(!std::is_constructible_v<IpAddress, std::string>);
}

TEST(Package, NothingElseCanBePutIn) {
  // The types have no room for it: a phone number holds digits, an address is one.
  for (const auto* bad :
       {"", "+", "12", "4915112345678; name=Ann", "49151ann", "0123456", "1234567890123456"}) {
    EXPECT_EQ(PhoneNumber::parse(bad).error().code, "PHONE_INVALID") << bad;
  }
  // An operator's name for the log that is none is left out, not written.
  auto cover = kCover;
  cover.origin = "Ann said: \"hello\"";
  EXPECT_THAT(to_json(a_disclosure(), cover), ::testing::Not(::testing::HasSubstr("hello")));
  // And who reads it takes no other field.
  auto json = nlohmann::ordered_json::parse(to_json(a_disclosure(), kCover));
  json["first_name"] = "Ann";
  EXPECT_EQ(from_json(json.dump()).error().code, "PACKAGE_INVALID");
  json.erase("first_name");
  json["ip_addresses"][0]["device"] = "phone";
  EXPECT_EQ(from_json(json.dump()).error().code, "PACKAGE_INVALID");
}

}  // namespace
}  // namespace heliograph::legal
