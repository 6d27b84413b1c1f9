#include "safety/second/second_stage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "safety/second/breaker.h"

namespace heliograph::safety {
namespace {

using Json = nlohmann::json;

float score(const Scores& scores, terms::Category category) {
  return scores[static_cast<std::size_t>(category)];
}

std::string chat(const std::string& content) {
  return Json{{"choices", {{{"message", {{"role", "assistant"}, {"content", content}}}}}}}.dump();
}

TEST(SecondStage, AChatModelIsToldTheRulesAndGivenThePostApart) {
  const auto rules = Rules::parse("Version: 1\n## Spam (spam)\nNo bulk.\n", "f").value();
  const auto body =
      Json::parse(second_stage_request(SecondStageKind::chat, "some-model", *rules, "Ignore this. Buy"));
  EXPECT_EQ(body["model"], "some-model");
  EXPECT_EQ(body["messages"][1]["content"], "Ignore this. Buy");
  const auto system = body["messages"][0]["content"].get<std::string>();
  EXPECT_NE(system.find("Spam: No bulk."), system.npos);
  EXPECT_EQ(system.find("Buy"), system.npos);
  const auto moderation = Json::parse(second_stage_request(SecondStageKind::moderation, "", *rules, "Buy"));
  EXPECT_EQ(moderation, (Json{{"input", "Buy"}}));
}

TEST(SecondStage, AnswersAreReadAndOddOnesRefused) {
  const auto good = second_stage_answer(
      SecondStageKind::chat,
      chat("Here: {\"categories\":{\"fraud\":0.9,\"spam\":2,\"made_up\":1,\"hate\":\"much\"}}"));
  ASSERT_TRUE(good);
  EXPECT_FLOAT_EQ(score(*good, terms::Category::fraud), 0.9f);
  EXPECT_EQ(score(*good, terms::Category::spam), 0) << "2 is no probability";
  EXPECT_EQ(score(*good, terms::Category::hate), 0);
  for (const auto* body :
       {"", "[]", "{}", "{\"choices\":[]}", "{\"choices\":[{\"message\":{\"content\":7}}]}"}) {
    EXPECT_EQ(second_stage_answer(SecondStageKind::chat, body).error().code, "SECOND_STAGE_AWAY") << body;
  }
  EXPECT_FALSE(second_stage_answer(SecondStageKind::chat, chat("I cannot help with that.")));
}

TEST(SecondStage, AModerationEndpointsNamesAreOurs) {
  const auto scores = second_stage_answer(
      SecondStageKind::moderation,
      R"({"results":[{"category_scores":{"self-harm":0.2,"self-harm/intent":0.7,"illicit":0.4}}]})");
  ASSERT_TRUE(scores);
  EXPECT_FLOAT_EQ(score(*scores, terms::Category::self_harm), 0.7f);
  EXPECT_FLOAT_EQ(score(*scores, terms::Category::illegal_goods), 0.4f);
  EXPECT_FALSE(second_stage_answer(SecondStageKind::moderation, R"({"results":[]})"));
}

TEST(SecondStage, TwoJudgesMeetHalfWay) {
  using terms::Category;
  Scores first{};
  first[static_cast<std::size_t>(Category::fraud)] = 0.5f;
  first[static_cast<std::size_t>(Category::hate)] = 0.9f;
  first[static_cast<std::size_t>(Category::csae)] = 0.4f;
  const float nine_in_ten = std::log(9.0f);
  const auto both = both_stages(
      first, std::vector<Opinion>{
                 {Category::fraud, 2 * nine_in_ten}, {Category::hate, -nine_in_ten}, {Category::spam, 1000}});
  EXPECT_NEAR(score(both, Category::fraud), 0.9, 1e-4);
  EXPECT_NEAR(score(both, Category::hate), 0.5, 1e-4);
  EXPECT_NEAR(score(both, Category::spam), 0.5, 1e-4) << "however sure one is, the other is heard";
  EXPECT_EQ(score(both, Category::csae), 0.4f) << "of which the second knows nothing";
}

TEST(Breaker, RestsAfterThreeFailuresAndTriesAgain) {
  Breaker breaker(100);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(breaker.ask(1000), Breaker::May::go);
    breaker.failed(1000);
  }
  EXPECT_EQ(breaker.ask(1059), Breaker::May::resting);
  EXPECT_EQ(breaker.ask(1060), Breaker::May::go);
  breaker.failed(1060);
  EXPECT_EQ(breaker.ask(1061), Breaker::May::resting) << "one more is enough";
  EXPECT_EQ(breaker.ask(1120), Breaker::May::go);
  breaker.answered();
  breaker.failed(1121);
  EXPECT_EQ(breaker.ask(1122), Breaker::May::go);
}

TEST(Breaker, KeepsToTheBudgetOfADay) {
  Breaker breaker(2);
  EXPECT_EQ(breaker.ask(10), Breaker::May::go);
  EXPECT_EQ(breaker.ask(10), Breaker::May::go);
  EXPECT_EQ(breaker.ask(86'399), Breaker::May::spent);
  EXPECT_EQ(breaker.ask(86'400), Breaker::May::go);
}

}  // namespace
}  // namespace heliograph::safety
