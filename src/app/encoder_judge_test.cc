#include "app/encoder_judge.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/scan_command.h"

namespace heliograph::app {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

// Where ./test puts them: models/fetch.sh build/weights encoder. Tests fail where they are not.
const std::string weights = HELIOGRAPH_WEIGHTS "/multilingual-e5-small.q4";

config::Config with_encoder(const std::string& file) {
  config::Config config;
  config.second_stage_kind = safety::SecondStageKind::encoder;
  config.second_stage_weights = file;
  return config;
}

json scanned(const std::string& text, const std::optional<std::string>& second_stage) {
  std::istringstream in(json{{"id", 1}, {"text", text}}.dump() + "\n");
  std::ostringstream out;
  const auto done = scan_lines({{}, {}, second_stage}, in, out);
  EXPECT_TRUE(done) << done.error().message << "; models/fetch.sh build/weights encoder";
  return done ? json::parse(out.str()) : json();
}

TEST(EncoderJudge, IsThereOnlyIfItIsConfigured) {
  EXPECT_EQ(encoder_of({}).value(), nullptr);
}

TEST(EncoderJudge, WeightsThatAreNotThereOrOthersAreRefused) {
  const auto missing = encoder_of(with_encoder("/nowhere/weights"));
  EXPECT_EQ(missing.error().code, "SECOND_STAGE_WEIGHTS");
  EXPECT_THAT(missing.error().message,
              HasSubstr("/nowhere/weights is not there; models/fetch.sh FOLDER encoder gets it"));
  const auto file = std::filesystem::temp_directory_path() / "heliograph-other-weights";
  std::ofstream(file) << "E5S1 of somebody else";
  const auto other = encoder_of(with_encoder(file.string()));
  std::filesystem::remove(file);
  EXPECT_EQ(other.error().code, "SECOND_STAGE_WEIGHTS");
  EXPECT_THAT(other.error().message, HasSubstr("is not the file that the second stage was trained on"));
}

TEST(EncoderJudge, HasNoAddress) {
  auto config = with_encoder(weights);
  config.second_stage_url = "http://127.0.0.1:1/";
  EXPECT_EQ(encoder_of(config).error().code, "SECOND_STAGE_TWO");
}

TEST(EncoderJudge, IsAskedInTheBandAloneAndNamedInTheVerdict) {
  const auto sure = "See you at dinner.";
  EXPECT_EQ(scanned(sure, weights), scanned(sure, {}));
  const std::string unsure = "títulos de cualquier facultad, con sello y firma";
  const auto first = scanned(unsure, {}), both = scanned(unsure, weights);
  EXPECT_NE(both["categories"], first["categories"]);
  EXPECT_THAT(first["versions"]["model"].get<std::string>(), Not(HasSubstr("multilingual-e5-small")));
  EXPECT_THAT(both["versions"]["model"].get<std::string>(),
              HasSubstr(", multilingual-e5-small second-stage-"));
}

TEST(EncoderJudge, ReadsThroughADisguise) {
  const auto plain = scanned("títulos de cualquier facultad, con sello y firma", weights);
  const auto hidden =
      scanned("tí\u200btulos de cual\u200bquier facul\u200btad, con se\u200bllo y firma", weights);
  EXPECT_EQ(hidden["categories"], plain["categories"]);
}

}  // namespace
}  // namespace heliograph::app
