// messages.*: histories, single messages, search.
#include <algorithm>

#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/message.h"
#include "api/render/responses.h"
#include "services/chats/history.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves
using services::Search;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

// In the account's own box; the numbers of channels are not those that split ranges are of.
store::HistoryRange within(const Context& context, std::optional<Peer> peer, store::HistoryRange range) {
  if (!context.within || (peer && peer->is_channel())) return range;
  const auto [min, max] = *context.within;
  range.min_id = std::max(range.min_id, MessageId{std::max(min.value, 1) - 1});
  if (max.value < INT32_MAX) {
    const MessageId end{std::max(max.value, 0) + 1};
    range.max_id = range.max_id ? std::min(range.max_id, end) : end;
  }
  return range;
}

std::int32_t limit_max(const Context& context) {
  return context.takeout ? services::export_limit_max : services::history_limit_max;
}

Answer<getHistory> get_history(Context& context, getHistory& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(auto page,
            co_await services::history(context.services.environment, context.caller.user, peer,
                                       within(context, peer, range_from(request)), limit_max(context)));
  const auto pts = page.channel_pts;
  co_return co_await render_page(context.services, context.caller.user, std::move(page), pts);
}

Answer<getMessages> get_messages(Context& context, getMessages& request) {
  const auto owner = context.caller.user;
  std::vector<MessageId> ids;
  for (const auto& wire : request.id) {
    std::int32_t id = 0;
    if (const auto* plain = wire.get_if<tl::inputMessageID>()) {
      id = plain->id;
    } else if (const auto* answering = wire.get_if<tl::inputMessageReplyTo>()) {
      CO_ASSIGN(const auto answered, co_await services::answered_by(context.services.environment, owner,
                                                                    MessageId{answering->id}));
      if (answered) id = answered->id.value;
    }
    ids.emplace_back(id);
  }
  CO_ASSIGN(const auto found, co_await services::messages_by_id(context.services.environment, owner, ids));
  tl::messages::messages answer;
  std::vector<Peer> named;
  CO_TRY(co_await render_found(answer, context, ids, found, std::move(named)));
  co_return tl::Box<tl::messages::Messages>(std::move(answer));
}

Answer<tl::fn::messages::search> search_messages(Context& context, tl::fn::messages::search& request) {
  Search wanted;
  if (!request.peer || request.peer.is<tl::inputPeerEmpty>()) {
    // In all dialogs.
  } else {
    CO_ASSIGN(wanted.peer, co_await peer_from(context, request.peer));
  }
  if (request.from_id && !request.from_id.is<tl::inputPeerEmpty>()) {
    auto from = co_await peer_from(context, request.from_id);
    if (!from || !from->is_user()) co_return fail(Error::invalid("FROM_PEER_INVALID"));
    wanted.from = from->user();
  }
  CO_ASSIGN(wanted.saved_peer, co_await saved_peer_from(context, request.saved_peer_id, wanted.peer));
  wanted.text = std::move(request.q);
  wanted.filter = filter_from(request.filter);
  if (request.saved_reaction) wanted.filter = Search::Filter::none;
  wanted.thread = MessageId{std::max(request.top_msg_id.value_or(0), 0)};
  wanted.min_date = std::max(request.min_date, 0);
  wanted.max_date = std::max(request.max_date, 0);
  const auto range = within(context, wanted.peer, range_from(request));
  CO_ASSIGN(auto page, co_await services::search_messages(context.services.environment, context.caller.user,
                                                          std::move(wanted), range, limit_max(context)));
  co_return co_await render_page(context.services, context.caller.user, std::move(page));
}

Answer<getSearchCounters> get_search_counters(Context& context, getSearchCounters& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto saved_peer, co_await saved_peer_from(context, request.saved_peer_id, peer));
  if (request.filters.size() > 32) co_return fail(Error::invalid("INPUT_FILTER_INVALID"));
  std::vector<Search::Filter> filters;
  for (const auto& wire : request.filters) filters.push_back(filter_from(wire));
  CO_ASSIGN(const auto counts,
            co_await services::search_counts(context.services.environment, context.caller.user, peer,
                                             std::move(filters), saved_peer,
                                             MessageId{std::max(request.top_msg_id.value_or(0), 0)}));
  getSearchCounters::Reply answer;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    tl::messages::searchCounter counter;
    counter.filter = std::move(request.filters[i]);
    counter.count = static_cast<std::int32_t>(counts[i]);
    answer.emplace_back(std::move(counter));
  }
  co_return answer;
}

}  // namespace

void register_history(Methods& methods) {
  methods.on(get_history);
  methods.on(get_messages);
  methods.on(search_messages);
  methods.on(get_search_counters);
}

}  // namespace heliograph::api
