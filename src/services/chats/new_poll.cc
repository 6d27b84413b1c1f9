#include "services/chats/new_poll.h"

#include <algorithm>
#include <limits>

#include "services/chats/poll_view.h"
#include "services/chats/text.h"

namespace heliograph::services {

namespace {

// Of marks, only custom emoji are shown in questions and answers.
Status clean(PollText& text, std::size_t units_max, std::string_view error) {
  TextLimits limits;
  limits.units = units_max;
  limits.detect = false;
  std::erase_if(text.entities, [](const Entity& entity) { return entity.kind != EntityKind::custom_emoji; });
  auto formatted = format_text(std::move(text.text), std::move(text.entities), limits);
  if (!formatted) return fail(Error::invalid(error));
  text.text = std::move(formatted->text);
  text.entities = std::move(formatted->entities);
  return {};
}

Status check_answers(Poll& poll) {
  if (poll.answers.size() < 2 || poll.answers.size() > poll_answers_max) {
    return fail(Error::invalid("POLL_ANSWERS_INVALID", "A poll has two to twelve answers."));
  }
  for (std::size_t i = 0; i < poll.answers.size(); ++i) {
    auto& answer = poll.answers[i];
    HG_TRY(clean(answer.text, poll_answer_units_max, "POLL_ANSWER_INVALID"));
    if (answer.option.empty()) append(answer.option, as_bytes(std::to_string(i)));
    if (answer.option.size() > poll_option_bytes_max) return fail(Error::invalid("POLL_OPTION_INVALID"));
    for (std::size_t before = 0; before < i; ++before) {
      if (poll.answers[before].option == answer.option) return fail(Error::invalid("POLL_OPTION_DUPLICATE"));
    }
  }
  return {};
}

Status check_quiz(Poll& poll, const std::optional<std::vector<std::int32_t>>& correct) {
  if (!poll.quiz) {
    const bool plain = !correct.has_value() && poll.solution.text.empty();
    return plain ? Status() : fail(Error::invalid("MEDIA_INVALID", "Only a quiz has a right answer."));
  }
  if (poll.multiple_choice) return fail(Error::invalid("QUIZ_MULTIPLE_INVALID"));
  if (!correct || correct->empty()) return fail(Error::invalid("QUIZ_CORRECT_ANSWERS_EMPTY"));
  if (correct->size() > 1) return fail(Error::invalid("QUIZ_CORRECT_ANSWERS_TOO_MUCH"));
  poll.correct = correct->front();
  if (poll.correct < 0 || static_cast<std::size_t>(poll.correct) >= poll.answers.size()) {
    return fail(Error::invalid("QUIZ_CORRECT_ANSWER_INVALID"));
  }
  TextLimits limits;
  limits.units = poll_solution_units_max;
  limits.may_be_empty = true;
  HG_ASSIGN(auto solution,
            format_text(std::move(poll.solution.text), std::move(poll.solution.entities), limits));
  if (std::ranges::count(solution.text, '\n') > 2) {
    return fail(Error::invalid("MEDIA_INVALID", "A solution has at most three lines."));
  }
  poll.solution = {std::move(solution.text), std::move(solution.entities)};
  return {};
}

Status check_time(const Poll& poll, UnixSeconds now) {
  const auto fits = [](UnixSeconds seconds) {
    return seconds >= poll_open_s_min && seconds <= poll_open_s_max;
  };
  const bool both = poll.close_period_s != 0 && poll.close_date != 0;
  const bool period = poll.close_period_s == 0 || fits(poll.close_period_s);
  const bool date = poll.close_date == 0 || fits(poll.close_date - now);
  if (!both && period && date) return {};
  return fail(Error::invalid("MEDIA_INVALID", "A poll closes by itself after 5 to 600 seconds."));
}

}  // namespace

Result<Poll> make_poll(NewPoll wanted, std::int64_t id, UnixSeconds now) {
  auto poll = std::move(wanted.poll);
  poll.id = id;
  HG_TRY(clean(poll.question, poll_question_units_max, "POLL_QUESTION_INVALID"));
  HG_TRY(check_answers(poll));
  HG_TRY(check_quiz(poll, wanted.correct));
  HG_TRY(check_time(poll, now));
  return poll;
}

std::string words_of(const Poll& poll) {
  std::string words = poll.question.text;
  for (const auto& answer : poll.answers) words += '\n' + answer.text.text;
  return words;
}

Status check_poll_place(store::Tx& tx, const Place& place, const Outgoing& message) {
  const auto& media = message.content.media;
  if (!media || !media->poll) return {};
  if (place.chat && !place.is_group() && media->poll->public_voters) {
    return fail(Error::invalid("BROADCAST_PUBLIC_VOTERS_FORBIDDEN"));
  }
  if (!message.to.is_user() || message.to.user() == message.from || message.content.forward) return {};
  for (const auto user : {message.to.user(), message.from}) {
    HG_ASSIGN(const auto account, tx.accounts().find(user));
    if (account && account->bot) return {};
  }
  return fail(Error::invalid("MEDIA_INVALID", "Polls go to groups, channels and bots."));
}

Status renew_poll(store::Tx& tx, UserId author, std::int64_t salt, UnixSeconds now, Poll& poll) {
  if (poll.quiz) {
    HG_ASSIGN(const auto view, view_of(tx, author, poll, now));
    if (!shows_correct(poll, view)) return fail(Error::invalid("QUIZ_ANSWER_MISSING"));
  }
  const auto mixed = (poll.id ^ salt) & std::numeric_limits<std::int64_t>::max();
  poll.id = mixed | 1;  // not 0
  poll.author = author;
  poll.closed = false;
  poll.close_date = 0;
  return {};
}

}  // namespace heliograph::services
