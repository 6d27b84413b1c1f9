// Polls as requests describe them.
#pragma once

#include "api/method.h"
#include "services/chats/new_poll.h"
#include "tl/core_i.h"

namespace heliograph::api {

// Whether an edit asks for no more than the end of the poll.
bool closes_poll(const tl::Box<tl::InputMedia>& input);

// As services::make_poll(); POLL_ANSWER_INVALID and MEDIA_INVALID for what this server does not take:
// pictures in polls, answers that voters add, voters from some countries or subscribers alone.
Task<Result<services::Poll>> poll_from(Context& context, tl::inputMediaPoll& input);

}  // namespace heliograph::api
