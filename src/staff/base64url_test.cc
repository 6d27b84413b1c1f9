#include "staff/base64url.h"

#include <gtest/gtest.h>

namespace heliograph::staff {
namespace {

TEST(Base64Url, ThereAndBack) {
  const struct {
    std::string_view bytes, text;
  } cases[] = {{"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"\xfb\xff\xfe", "-__-"}};
  for (const auto& c : cases) {
    EXPECT_EQ(to_base64url(as_bytes(c.bytes)), c.text);
    EXPECT_EQ(from_base64url(c.text), to_bytes(as_bytes(c.bytes)));
  }
}

TEST(Base64Url, HasOneSpellingAValue) {
  for (const auto* text : {"Z", "Zg=", "Zh", "Zm9", "+/", "Zg\n", "Zm9vZ"})
    EXPECT_FALSE(from_base64url(text)) << text;
}

}  // namespace
}  // namespace heliograph::staff
