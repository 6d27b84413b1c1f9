#include "api/poll_arguments.h"

#include <algorithm>
#include <limits>

#include "api/message_arguments.h"
#include "tl/core_p.h"
#include "tl/core_t.h"

namespace heliograph::api {

namespace {

Task<Result<services::PollText>> text_from(Context& context, tl::Box<tl::TextWithEntities>& input,
                                           std::string_view error) {
  auto* text = input.get_if<tl::textWithEntities>();
  if (text == nullptr) co_return fail(Error::invalid(error));
  services::PollText made;
  made.text = text->text;
  const WireEntities entities = std::move(text->entities);
  CO_ASSIGN(made.entities, co_await entities_from(context, entities));
  co_return made;
}

Task<Result<services::PollAnswer>> answer_from(Context& context, tl::Box<tl::PollAnswer>& input) {
  services::PollAnswer made;
  if (auto* named = input.get_if<tl::pollAnswer>()) {
    if (named->media) co_return fail(Error::invalid("POLL_ANSWER_INVALID"));
    if (named->option.empty()) co_return fail(Error::invalid("POLL_OPTION_INVALID"));
    made.option = named->option;
    CO_ASSIGN(made.text, co_await text_from(context, named->text, "POLL_ANSWER_INVALID"));
    co_return made;
  }
  // The server gives it an option.
  auto* plain = input.get_if<tl::inputPollAnswer>();
  if (plain == nullptr || plain->media) co_return fail(Error::invalid("POLL_ANSWER_INVALID"));
  CO_ASSIGN(made.text, co_await text_from(context, plain->text, "POLL_ANSWER_INVALID"));
  co_return made;
}

// Older layers name right answers by their options.
std::optional<std::vector<std::int32_t>> correct_from(const tl::inputMediaPoll& input,
                                                      const services::Poll& poll) {
  if (input.correct_answers) return input.correct_answers;
  if (!input.correct_answers_l223) return std::nullopt;
  std::vector<std::int32_t> positions;
  for (const auto& option : *input.correct_answers_l223) {
    const auto found = std::ranges::find(poll.answers, option, &services::PollAnswer::option);
    positions.push_back(
        found == poll.answers.end() ? -1 : static_cast<std::int32_t>(found - poll.answers.begin()));
  }
  return positions;
}

}  // namespace

bool closes_poll(const tl::Box<tl::InputMedia>& input) {
  const auto* media = input.get_if<tl::inputMediaPoll>();
  const auto* poll = media == nullptr ? nullptr : media->poll.get_if<tl::poll>();
  return poll != nullptr && poll->closed;
}

Task<Result<services::Poll>> poll_from(Context& context, tl::inputMediaPoll& input) {
  auto* poll = input.poll.get_if<tl::poll>();
  if (poll == nullptr) co_return fail(Error::invalid("MEDIA_INVALID"));
  if (input.attached_media || input.solution_media || poll->open_answers || poll->subscribers_only ||
      (poll->countries_iso2 && !poll->countries_iso2->empty())) {
    co_return fail(Error::invalid("MEDIA_INVALID", "This server does not take this kind of poll."));
  }
  if (poll->answers.size() > services::poll_answers_max) {
    co_return fail(Error::invalid("POLL_ANSWERS_INVALID"));
  }
  services::NewPoll wanted;
  auto& made = wanted.poll;
  made.closed = poll->closed;
  made.public_voters = poll->public_voters;
  made.multiple_choice = poll->multiple_choice;
  made.quiz = poll->quiz;
  made.revoting_disabled = poll->revoting_disabled;
  made.shuffle_answers = poll->shuffle_answers;
  made.hide_results_until_close = poll->hide_results_until_close;
  CO_ASSIGN(made.question, co_await text_from(context, poll->question, "POLL_QUESTION_INVALID"));
  for (auto& box : poll->answers) {
    CO_ASSIGN(auto answer, co_await answer_from(context, box));
    made.answers.push_back(std::move(answer));
  }
  made.close_period_s = poll->close_period.value_or(0);
  made.close_date = poll->close_date.value_or(0);
  made.solution.text = input.solution.value_or(std::string());
  CO_ASSIGN(made.solution.entities, co_await entities_from(context, input.solution_entities));
  wanted.correct = correct_from(input, made);
  auto& random = context.services.environment.random;
  const auto id = (random.next<std::int64_t>() & std::numeric_limits<std::int64_t>::max()) | 1;
  co_return services::make_poll(std::move(wanted), id, context.now());
}

}  // namespace heliograph::api
