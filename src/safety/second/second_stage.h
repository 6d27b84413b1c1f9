// A slower and better reader for the few texts that the first stage is not sure about. Off unless an operator
// configures one. Only what is public is ever given to it.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "base/task.h"
#include "safety/policy/rules.h"
#include "safety/scan/model.h"

namespace heliograph::safety {

class SecondStage {
 public:
  virtual ~SecondStage() = default;
  // What is in the text, by category. unavailable SECOND_STAGE_AWAY: it does not answer, answers what cannot
  // be understood, or is not asked because it lately did not; unavailable SECOND_STAGE_SPENT: today's budget
  // is used up. Either may be tried again later.
  virtual Task<Result<Scores>> judge(std::string text) = 0;
  // Names it in verdicts.
  virtual const std::string& version() const = 0;
};

// The first two are endpoints that many programs and services offer under OpenAI's names for them.
enum class SecondStageKind : std::uint8_t {
  chat,        // POST /chat/completions: any model, told the rules, answers in JSON
  moderation,  // POST /moderations: a model made for it
  encoder,     // in this program (encoder/): nobody else reads what is asked
};

// What a model that knows some categories says of one of them.
struct Opinion {
  terms::Category category = terms::Category::other_illegal;
  float logit = 0;  // logarithm of the odds
};
// Both stages as two judges of the same rank: the mean of their logarithms of odds. Neither overrules the
// other, and what only one of them is fooled by goes half as far. Categories without an opinion keep their
// score.
Scores both_stages(const Scores& first, std::span<const Opinion> second);

// The body of a request to an endpoint. `rules`: what the model is to go by (chat).
std::string second_stage_request(SecondStageKind kind, const std::string& model, const Rules& rules,
                                 const std::string& text);
// Scores from the body of an answer; a category that is not mentioned has 0. unavailable SECOND_STAGE_AWAY.
Result<Scores> second_stage_answer(SecondStageKind kind, std::string_view body);

}  // namespace heliograph::safety
