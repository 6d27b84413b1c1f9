// What makes a poll, and where one may be (core.telegram.org/api/poll).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/chats/append.h"
#include "services/groups/place.h"

namespace heliograph::services {

inline constexpr std::size_t poll_question_units_max = 300;  // UTF-16 code units
inline constexpr std::size_t poll_answers_max = 12;          // help.getAppConfig says so, too
inline constexpr std::size_t poll_answer_units_max = 100;
inline constexpr std::size_t poll_option_bytes_max = 100;
inline constexpr std::size_t poll_solution_units_max = 200;
inline constexpr std::int32_t poll_open_s_min = 5,
                              poll_open_s_max = 600;  // of polls that close by themselves

// As its author wants it.
struct NewPoll {
  // All but id, author and correct. An answer without an option gets one.
  Poll poll;
  // Positions of the right answers; -1: none of them.
  std::optional<std::vector<std::int32_t>> correct;
};

// The poll, cleaned and complete but for its author. POLL_QUESTION_INVALID, POLL_ANSWERS_INVALID (how many),
// POLL_ANSWER_INVALID (one's text), POLL_OPTION_INVALID, POLL_OPTION_DUPLICATE; of quizzes
// QUIZ_MULTIPLE_INVALID, QUIZ_CORRECT_ANSWERS_EMPTY, QUIZ_CORRECT_ANSWERS_TOO_MUCH,
// QUIZ_CORRECT_ANSWER_INVALID and what format_text() says of the solution; MEDIA_INVALID for a time that it
// cannot close at, and for a solution of what is no quiz.
Result<Poll> make_poll(NewPoll wanted, std::int64_t id, UnixSeconds now);

// Question and answers, for searches.
std::string words_of(const Poll& poll);

// Whether a message with a poll may be there: BROADCAST_PUBLIC_VOTERS_FORBIDDEN (subscribers stay unknown),
// MEDIA_INVALID (between two people, unless it is passed on).
Status check_poll_place(store::Tx& tx, const Place& place, const Outgoing& message);

// The same questions asked anew, by `author`: what a forward without the author's name sends.
// QUIZ_ANSWER_MISSING: a quiz that `author` does not know the answer of.
Status renew_poll(store::Tx& tx, UserId author, std::int64_t salt, UnixSeconds now, Poll& poll);

}  // namespace heliograph::services
