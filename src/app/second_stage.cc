#include "app/second_stage.h"

#include <sys/resource.h>
#include <unistd.h>

#include "app/errands.h"
#include "app/http_client.h"
#include "safety/second/breaker.h"

namespace heliograph::app {

namespace {

// What all kinds do alike: the budget, the rest after failures, the counts.
class Budgeted : public ConfiguredSecondStage {
 public:
  Budgeted(const config::Config& config, const Clock& clock)
      : clock_(clock), breaker_(config.second_stage_per_day) {}

  // On one loop.
  Task<Result<safety::Scores>> judge(std::string text) final {
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
    auto scores = co_await read(std::move(text));
    ++asked_;
    if (scores) {
      breaker_.answered();
    } else {
      ++failed_;
      breaker_.failed(clock_.unix_seconds());
    }
    co_return scores;
  }
  void describe(Metrics& metrics) final {
    metrics.counter("heliograph_second_stage_calls_total", "Texts given to the second stage.",
                    [this] { return static_cast<double>(asked_.load()); });
    metrics.counter("heliograph_second_stage_failures_total", "Of these, those that were not answered.",
                    [this] { return static_cast<double>(failed_.load()); });
  }

 private:
  virtual Task<Result<safety::Scores>> read(std::string text) = 0;

  const Clock& clock_;
  safety::Breaker breaker_;
  std::atomic<std::uint64_t> asked_ = 0, failed_ = 0;
};

class Endpoint final : public Budgeted {
 public:
  Endpoint(const config::Config& config, const Clock& clock, const safety::Gate& gate)
      : Budgeted(config, clock),
        kind_(config.second_stage_kind),
        model_(config.second_stage_model),
        version_(model_.empty() ? "second stage" : model_),
        gate_(gate) {
    call_.url = config.second_stage_url;
    call_.content_type = "application/json";
    call_.bearer = config.second_stage_token;
    call_.time_limit = std::chrono::seconds(config.second_stage_seconds);
    call_.stop = &stop_;
  }
  const std::string& version() const override { return version_; }
  void stop() override { stop_ = true; }

 private:
  Task<Result<safety::Scores>> read(std::string text) override {
    auto call = call_;
    call.body = safety::second_stage_request(kind_, model_, *gate_.rulebook()->rules, text);
    const auto answer = co_await http_call(errands_, std::move(call));
    co_return understood(answer);
  }
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
  const safety::Gate& gate_;
  HttpCall call_;
  std::atomic<bool> stop_ = false;
  Errands errands_;
};

// On a thread of its own, a text at a time. A text is cut to what takes two seconds, so there is nothing to
// stop.
class Encoder final : public Budgeted {
 public:
  Encoder(const config::Config& config, const Clock& clock, const safety::Gate& gate,
          std::shared_ptr<const EncoderJudge> judge)
      : Budgeted(config, clock), gate_(gate), judge_(std::move(judge)) {}
  const std::string& version() const override { return judge_->version(); }
  void stop() override {}

 private:
  Task<Result<safety::Scores>> read(std::string text) override {
    auto work = [judge = judge_, book = gate_.rulebook(),
                 text = std::move(text)]() -> Result<safety::Scores> {
      // Whoever sends a message does not wait for this. Linux: of the thread alone.
      static_cast<void>(setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice));
      return judge->judge(*book, text);
    };
    co_return co_await errands_.run<safety::Scores>(std::move(work));
  }

  static constexpr int kNice = 10;
  const safety::Gate& gate_;
  const std::shared_ptr<const EncoderJudge> judge_;
  Errands errands_;
};

}  // namespace

std::unique_ptr<ConfiguredSecondStage> make_second_stage(const config::Config& config, const Clock& clock,
                                                         const safety::Gate& gate,
                                                         std::shared_ptr<const EncoderJudge> judge) {
  if (judge) return std::make_unique<Encoder>(config, clock, gate, std::move(judge));
  if (config.second_stage_url.empty()) return nullptr;
  return std::make_unique<Endpoint>(config, clock, gate);
}

}  // namespace heliograph::app
