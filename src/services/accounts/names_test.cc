#include "services/accounts/names.h"

#include <gtest/gtest.h>

namespace heliograph::services {
namespace {

TEST(Names, BlanksAndInvisibleCharactersGo) {
  EXPECT_EQ(clean_name("  Ada \n Lovelace\t"), "Ada Lovelace");
  EXPECT_EQ(clean_name("A\u200b\u202eB"), "A B");
  EXPECT_EQ(clean_name(" \u00a0\u2003"), "");
}

TEST(Names, LettersOfAllScriptsStay) {
  EXPECT_EQ(clean_name("Зоя"), "Зоя");
  EXPECT_EQ(clean_name("👩\u200d🚀"), "👩\u200d🚀");
}

TEST(Names, AreCutAtTheLimitAndNeverInsideACharacter) {
  std::string many;
  for (int i = 0; i < 100; ++i) many += "я";
  EXPECT_EQ(clean_name(many)->size(), 2 * name_length_max);
}

TEST(Names, BrokenUtf8IsRefused) {
  EXPECT_EQ(clean_name("\xff"), std::nullopt);
  EXPECT_EQ(clean_name("abc\xd0"), std::nullopt);
  EXPECT_EQ(clean_name("\xed\xa0\x80"), std::nullopt);  // a surrogate
}

}  // namespace
}  // namespace heliograph::services
