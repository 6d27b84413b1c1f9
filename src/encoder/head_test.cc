#include "encoder/head.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "encoder/testing_weights.h"

namespace heliograph::encoder {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::Pointwise;

std::string shipped() {
  std::ifstream in(HELIOGRAPH_HEAD, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::shared_ptr<const Head> head() {
  auto parsed = Head::parse(shipped());
  EXPECT_TRUE(parsed) << parsed.error().message;
  return parsed ? *parsed : nullptr;
}

TEST(Head, NamesItsCategoriesInOrder) {
  EXPECT_THAT(head()->categories(), ElementsAre("illegal_goods", "fraud", "terrorism", "violence", "hate",
                                                "harassment", "sexual", "self_harm", "spam"));
}

// What models/train/second.py printed when it wrote the head: training and program read a text alike.
TEST(Head, ItsNumbersAreThoseOfItsTraining) {
  const auto encoder = encoder_for_tests();
  ASSERT_TRUE(encoder);
  EXPECT_THAT(head()->judge(*encoder, "the bakery opens at seven, bring your own bag."),
              Pointwise(FloatNear(0.25f),
                        {-11.63f, -14.14f, -10.48f, -4.84f, -11.62f, -8.61f, -13.2f, -9.52f, -13.75f}));
  EXPECT_THAT(head()->judge(*encoder, "fake passports for sale, any country, write to me"),
              Pointwise(FloatNear(0.25f),
                        {1.11f, -9.57f, -9.49f, -11.13f, -4.97f, -12.45f, -8.29f, -10.31f, -9.38f}));
}

TEST(Head, OfALongTextTheSurestWindowCounts) {
  const auto encoder = encoder_for_tests();
  ASSERT_TRUE(encoder);
  const std::string offer = "Fake passports for sale, any country, write to me";
  std::string text;
  for (int i = 0; i < 60; ++i) text += "The bakery opens at seven, bring your own bag. ";
  const auto alone = head()->judge(*encoder, text)[0];
  const auto hidden = head()->judge(*encoder, text + offer)[0];
  EXPECT_GT(hidden, alone);
}

TEST(Head, ADamagedFileIsRefused) {
  const auto whole = shipped();
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{3}, std::size_t{60}, whole.size() / 2, whole.size() - 1}) {
    EXPECT_EQ(Head::parse(std::string_view(whole).substr(0, size)).error().code, "ENCODER_HEAD_INVALID")
        << size;
  }
  EXPECT_EQ(Head::parse(whole + "x").error().code, "ENCODER_HEAD_INVALID");
  auto broken = whole;
  // The scale of the first block of the first matrix: after "HGE1", the name and the sum.
  const auto at = 8 + head()->version().size() + 32;
  broken[at] = '\0';
  broken[at + 1] = '\x7c';  // infinite
  EXPECT_EQ(Head::parse(broken).error().code, "ENCODER_HEAD_INVALID");
}

}  // namespace
}  // namespace heliograph::encoder
