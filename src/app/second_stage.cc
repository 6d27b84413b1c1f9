#include "app/second_stage.h"

#include "app/errands.h"
#include "app/http_client.h"
#include "safety/second/breaker.h"

namespace heliograph::app {

namespace {

class Endpoint final : public HttpSecondStage {
 public:
  Endpoint(const config::Config& config, const Clock& clock, std::shared_ptr<const safety::Rules> rules)
      : kind_(config.second_stage_kind),
        model_(config.second_stage_model),
        version_(model_.empty() ? "second stage" : model_),
        clock_(clock),
        rules_(std::move(rules)),
        breaker_(config.second_stage_per_day) {
    call_.url = config.second_stage_url;
    call_.content_type = "application/json";
    call_.bearer = config.second_stage_token;
    call_.time_limit = std::chrono::seconds(config.second_stage_seconds);
    call_.stop = &stop_;
  }

  // On one loop.
  Task<Result<safety::Scores>> judge(std::string text) override {
    switch (breaker_.ask(clock_.unix_seconds())) {
      case safety::Breaker::May::resting:
        co_return fail(
            Error::unavailable("SECOND_STAGE_AWAY", "The second stage is left alone for a while."));
      case safety::Breaker::May::spent:
        co_return fail(
            Error::unavailable("SECOND_STAGE_SPENT", "The second stage's budget of today is used up."));
      case safety::Breaker::May::go:
        break;
    }
    auto call = call_;
    call.body = safety::second_stage_request(kind_, model_, *rules_, text);
    auto work = [call = std::move(call)] { return http_call(call); };
    const auto answer = co_await errands_.run<HttpAnswer>(std::move(work));
    ++asked_;
    auto scores = understood(answer);
    if (scores) {
      breaker_.answered();
    } else {
      ++failed_;
      breaker_.failed(clock_.unix_seconds());
    }
    co_return scores;
  }
  const std::string& version() const override { return version_; }
  void stop() override { stop_ = true; }
  void describe(Metrics& metrics) override {
    metrics.counter("heliograph_second_stage_calls_total", "Texts given to the second stage.",
                    [this] { return static_cast<double>(asked_.load()); });
    metrics.counter("heliograph_second_stage_failures_total", "Of these, those that were not answered.",
                    [this] { return static_cast<double>(failed_.load()); });
  }

 private:
  Result<safety::Scores> understood(const Result<HttpAnswer>& answer) const {
    if (!answer) return fail(Error::unavailable("SECOND_STAGE_AWAY", answer.error().message));
    if (answer->status != 200) {
      return fail(Error::unavailable("SECOND_STAGE_AWAY",
                                     "The second stage answers " + std::to_string(answer->status) + "."));
    }
    return safety::second_stage_answer(kind_, answer->body);
  }

  const safety::SecondStageKind kind_;
  const std::string model_, version_;
  const Clock& clock_;
  const std::shared_ptr<const safety::Rules> rules_;
  HttpCall call_;
  safety::Breaker breaker_;
  std::atomic<bool> stop_ = false;
  std::atomic<std::uint64_t> asked_ = 0, failed_ = 0;
  Errands errands_;
};

}  // namespace

std::unique_ptr<HttpSecondStage> make_second_stage(const config::Config& config, const Clock& clock,
                                                   std::shared_ptr<const safety::Rules> rules) {
  if (config.second_stage_url.empty()) return nullptr;
  return std::make_unique<Endpoint>(config, clock, std::move(rules));
}

}  // namespace heliograph::app
