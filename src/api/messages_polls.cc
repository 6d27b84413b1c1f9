// messages.*: polls.
#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/poll.h"
#include "services/chats/polls.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

Answer<sendVote> send_vote(Context& context, sendVote& request) {
  services::Vote vote;
  CO_ASSIGN(vote.peer, co_await peer_from(context, request.peer));
  vote.id = MessageId{request.msg_id};
  vote.options = std::move(request.options);
  CO_ASSIGN(const auto shown,
            co_await services::send_vote(context.services.environment, context.caller, std::move(vote)));
  UpdatesAnswer answer;
  add_poll(answer, shown, context.caller.user);
  co_return co_await render_answer(context, std::move(answer));
}

Answer<getPollResults> get_poll_results(Context& context, getPollResults& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto shown,
            co_await services::poll_results(context.services.environment, context.caller.user, peer,
                                            MessageId{request.msg_id}));
  UpdatesAnswer answer;
  // Who has this already is told nothing.
  if (request.poll_hash == 0 || request.poll_hash != poll_hash(shown.poll, shown.view)) {
    add_poll(answer, shown, context.caller.user);
  }
  co_return co_await render_answer(context, std::move(answer));
}

Answer<getPollVotes> get_poll_votes(Context& context, getPollVotes& request) {
  services::VotesQuery query;
  CO_ASSIGN(query.peer, co_await peer_from(context, request.peer));
  query.id = MessageId{request.id};
  query.option = std::move(request.option);
  query.offset = request.offset.value_or(std::string());
  query.limit = static_cast<std::size_t>(std::max(request.limit, 0));
  const bool by_option = query.option.has_value();
  CO_ASSIGN(const auto page, co_await services::poll_votes(context.services.environment, context.caller.user,
                                                           std::move(query)));
  auto wire = render_votes(page, by_option);
  std::vector<Peer> named;
  for (const auto& vote : page.votes) named.push_back(Peer::of(vote.user));
  CO_TRY(co_await describe_into(wire, context.services, context.caller.user, std::move(named)));
  co_return tl::Box<tl::messages::VotesList>(std::move(wire));
}

}  // namespace

void add_poll(UpdatesAnswer& answer, const services::ShownPoll& shown, UserId viewer) {
  answer.updates.emplace_back(render_poll_update(shown, viewer));
  answer.named.push_back(shown.message.peer);
  for (const auto user : shown.view.tally.recent) answer.named.push_back(Peer::of(user));
}

void register_polls(Methods& methods) {
  methods.on(send_vote);
  methods.on(get_poll_results);
  methods.on(get_poll_votes);
}

}  // namespace heliograph::api
