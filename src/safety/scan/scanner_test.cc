#include "safety/scan/scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "safety/scan/built_in.h"
#include "safety/scan/features.h"

namespace heliograph::safety {
namespace {

using testing::HasSubstr;

// A model that says: this probability, whatever the text.
std::string model_that_says(float margin) {
  std::string bytes = "HGM1";
  const auto put = [&](auto value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); };
  const auto text = [&](std::string_view value) {
    put(static_cast<std::uint32_t>(value.size()));
    bytes += value;
  };
  put(kFeatureVersion);
  put(kFeatureBits);
  put(std::uint32_t{1});
  text("fixed");
  text("fraud");
  for (const float value : {1.0f, margin, 1.0f, 0.0f}) put(value);
  bytes.append(std::size_t{1} << kFeatureBits, '\0');
  std::uint64_t sum = 14695981039346656037u;
  for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211u;
  put(sum);
  return bytes;
}

TEST(Model, IsReadAndScores) {
  const auto model = Model::parse(model_that_says(0));
  ASSERT_TRUE(model) << model.error().message;
  const std::vector<std::uint32_t> features = {1, 2, 3};
  EXPECT_FLOAT_EQ((*model)->score(features)[static_cast<std::size_t>(terms::Category::fraud)], 0.5f);
  EXPECT_FLOAT_EQ((*model)->score(features)[static_cast<std::size_t>(terms::Category::csae)], 0.0f);
}

TEST(Model, ADamagedFileIsRefused) {
  auto bytes = model_that_says(0);
  for (const std::size_t at : {std::size_t{0}, std::size_t{9}, bytes.size() / 2, bytes.size() - 1}) {
    auto damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    EXPECT_FALSE(Model::parse(damaged)) << at;
  }
  EXPECT_FALSE(Model::parse(std::string_view(bytes).substr(0, bytes.size() - 100)));
  EXPECT_FALSE(Model::parse(""));
}

TEST(Features, DependOnTheCanonicalFormOnly) {
  terms::Canonical canonical;
  std::vector<std::uint32_t> plain, disguised;
  terms::canonicalise("buy cocaine now", canonical);
  extract_features(canonical, plain);
  terms::canonicalise("B\u200buy c0ca1ne NOW", canonical);
  extract_features(canonical, disguised);
  EXPECT_FALSE(plain.empty());
  EXPECT_EQ(plain, disguised);
}

TEST(Rulebook, WhatTheProgramCarriesIsSound) {
  const auto book = load_rulebook({}, 1'800'000'000);
  ASSERT_TRUE(book) << book.error().message;
  EXPECT_GT((*book)->terms->size(), 1000u);
  EXPECT_FALSE((*book)->policy->rules().empty());
}

class Scanning : public testing::Test {
 protected:
  void SetUp() override {
    auto book = load_rulebook({}, 1'800'000'000);
    ASSERT_TRUE(book) << book.error().message;
    book_ = *book;
  }
  const Verdict& scan(std::string_view text) {
    scanner_.scan(*book_, text, {}, verdict_);
    return verdict_;
  }
  std::shared_ptr<const Rulebook> book_;
  Scanner scanner_;
  Verdict verdict_;
};

TEST_F(Scanning, AnOfferOfForgedDocumentsIsActedOn) {
  const auto& verdict = scan("F@ke p\u0430ssports for sale, delivery in 5 days, dm");
  EXPECT_GE(verdict.scores[static_cast<std::size_t>(terms::Category::illegal_goods)], 0.8f);
  EXPECT_NE(verdict.decision.effect, Effect::allow);
  EXPECT_FALSE(verdict.terms.empty());
  EXPECT_FALSE(verdict.versions.terms.empty());
}

TEST_F(Scanning, OrdinaryTextPasses) {
  EXPECT_EQ(scan("Are you coming to dinner on Sunday? I am making pot roast.").decision.effect,
            Effect::allow);
  EXPECT_EQ(scan("").decision.effect, Effect::allow);
}

TEST_F(Scanning, AKnownLinkCountsAlsoBehindARedirect) {
  const auto& verdict =
      scan("look: https://out.example.net/?url=https%3A%2F%2Flogin.wallet-verify.example%2Fa");
  ASSERT_EQ(verdict.link_hits.size(), 1u);
  EXPECT_GE(verdict.scores[static_cast<std::size_t>(terms::Category::fraud)], 0.9f);
}

}  // namespace
}  // namespace heliograph::safety
