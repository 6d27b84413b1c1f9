#include "services/accounts/phone.h"

#include <gtest/gtest.h>

namespace heliograph::services {
namespace {

TEST(Phone, IsNormalisedToDigits) {
  for (const auto* written : {"+12025550123", "12025550123", "+1 (202) 555-0123", "1.202.555.0123"}) {
    const auto phone = parse_phone(written);
    ASSERT_TRUE(phone) << written;
    EXPECT_EQ(phone->digits, "12025550123");
    EXPECT_EQ(phone->international(), "+12025550123");
  }
}

TEST(Phone, KnowsItsCountry) {
  EXPECT_EQ(region_of(*parse_phone("+12025550123")), "US");
  EXPECT_EQ(region_of(*parse_phone("+4915123456789")), "DE");
}

TEST(Phone, NumbersThatCannotExistAreRefused) {
  for (const auto* written : {"", "+", "12", "+15550001", "hello", "+1202555012345678901",
                              "+12025550123;ext=5", "+999123456789", "2025550123x"}) {
    const auto phone = parse_phone(written);
    ASSERT_FALSE(phone) << written;
    EXPECT_EQ(phone.error().code, "PHONE_NUMBER_INVALID");
  }
}

}  // namespace
}  // namespace heliograph::services
