// Polls on the wire.
#pragma once

#include "services/chats/polls.h"
#include "services/updates/events.h"
#include "tl/core_m.h"
#include "tl/core_p.h"
#include "tl/core_u.h"
#include "tl/messages.h"

namespace heliograph::api {

tl::messageMediaPoll render_poll_media(const services::Poll& poll, const services::PollView& view,
                                       UserId viewer);
// A number that changes with what the viewer sees; not 0.
std::int64_t poll_hash(const services::Poll& poll, const services::PollView& view);

// With the poll itself, which some clients need to find in it.
tl::updateMessagePoll render_poll_update(const services::ShownPoll& shown, UserId viewer);
tl::updateMessagePoll render_poll_update(const services::events::PollChanged& event, UserId viewer);

// `by_option`: only those who chose one answer were asked for, and it goes without saying.
tl::messages::votesList render_votes(const services::VotesPage& page, bool by_option);

}  // namespace heliograph::api
