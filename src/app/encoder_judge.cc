#include "app/encoder_judge.h"

#include <algorithm>
#include <filesystem>

#include "app/weights.h"
#include "base/log.h"
#include "crypto/hash.h"
#include "safety/scan/built_in.h"
#include "safety/second/second_stage.h"

namespace heliograph::app {

namespace {

std::unexpected<Error> no_weights(const std::string& what) {
  return fail(Error::invalid("SECOND_STAGE_WEIGHTS", "safety.second_stage_weights: " + what));
}

}  // namespace

Result<std::shared_ptr<const EncoderJudge>> EncoderJudge::load(const std::string& weights) {
  std::shared_ptr<EncoderJudge> made(new EncoderJudge());
  HG_ASSIGN(made->head_, encoder::Head::parse(safety::built_in_second_stage()));
  for (const auto& name : made->head_->categories()) {
    const auto category = terms::category_of(name);
    if (!category) return fail(Error::internal("SECOND_STAGE_HEAD", "the head has a category " + name));
    made->categories_.push_back(*category);
  }
  const std::filesystem::path file =
      weights.empty() ? program_folder() / "multilingual-e5-small.q4" : std::filesystem::path(weights);
  const auto bytes = read_weights(file);
  if (!bytes && bytes.error().kind == ErrorKind::not_found) {
    return no_weights(bytes.error().message + "; models/fetch.sh FOLDER encoder gets it");
  }
  if (!bytes) return no_weights(bytes.error().message);
  if (!std::ranges::equal(crypto::sha256(*bytes), made->head_->weights_sha256())) {
    return no_weights(file.string() + " is not the file that the second stage was trained on");
  }
  HG_ASSIGN(made->encoder_, encoder::Encoder::parse(*bytes));
  made->version_ = "multilingual-e5-small " + made->head_->version();
  return std::shared_ptr<const EncoderJudge>(std::move(made));
}

safety::Scores EncoderJudge::judge(const safety::Rulebook& rulebook, std::string_view text) const {
  safety::Scanner scanner;
  safety::Verdict first;
  scanner.scan(rulebook, text, {}, first);
  return judge(first.evidence[static_cast<std::size_t>(safety::Witness::text)], scanner.canonical().text);
}

safety::Scores EncoderJudge::judge(const safety::Scores& first, std::string_view canonical) const {
  // As it reads, not as it is written: one sees through disguises that the other learned little of.
  const auto logits = head_->judge(*encoder_, canonical);
  std::vector<safety::Opinion> opinions;
  for (std::size_t i = 0; i < logits.size(); ++i) opinions.push_back({categories_[i], logits[i]});
  return safety::both_stages(first, opinions);
}

Result<std::shared_ptr<const EncoderJudge>> encoder_of(const config::Config& config) {
  if (config.second_stage_kind != safety::SecondStageKind::encoder) return nullptr;
  if (!config.second_stage_url.empty()) {
    return fail(Error::invalid("SECOND_STAGE_TWO",
                               "safety.second_stage_url: an encoder has no address; choose one of the two"));
  }
  HG_ASSIGN(auto judge, EncoderJudge::load(config.second_stage_weights));
  log::info("what the first stage is not sure about is read by {}", judge->version());
  return judge;
}

}  // namespace heliograph::app
