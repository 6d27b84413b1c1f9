// messages.*: where messages lie in a dialog, and whether one may be edited.
#include <algorithm>

#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/message.h"
#include "services/chats/edit.h"
#include "services/chats/overview.h"
#include "tl/core_s.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

template <typename Fn>
Task<Result<services::Search>> search_from(Context& context, const Fn& request) {
  services::Search search;
  CO_ASSIGN(search.peer, co_await peer_from(context, request.peer));
  search.filter = filter_from(request.filter);
  CO_ASSIGN(search.saved_peer, co_await saved_peer_from(context, request.saved_peer_id, search.peer));
  co_return search;
}

Answer<getSearchResultsCalendar> get_search_results_calendar(Context& context,
                                                             getSearchResultsCalendar& request) {
  CO_ASSIGN(auto search, co_await search_from(context, request));
  const MessageId offset_id{std::max(request.offset_id, 0)};
  const UnixSeconds offset_date = std::max(request.offset_date, 0);
  CO_ASSIGN(const auto found,
            co_await services::search_calendar(context.services.environment, context.caller.user,
                                               std::move(search), offset_id, offset_date));
  tl::messages::searchResultsCalendar answer;
  answer.count = static_cast<std::int32_t>(found.total);
  answer.min_date = static_cast<std::int32_t>(found.oldest.date);
  answer.min_msg_id = found.oldest.id.value;
  answer.offset_id_offset = static_cast<std::int32_t>(found.newer);
  std::vector<const store::Message*> shown;
  for (const auto& day : found.days) shown.push_back(&day.first);
  CO_ASSIGN(const auto viewer, co_await viewer_of(context.services, context.caller.user, std::move(shown)));
  std::vector<Peer> named;
  // The message of each day is the one that min_msg_id names: clients pair them up, by place or by id.
  for (const auto& day : found.days) {
    tl::searchResultsCalendarPeriod period;
    period.date = static_cast<std::int32_t>(day.first.date);
    period.min_msg_id = day.first.id.value;
    period.max_msg_id = day.last_id.value;
    period.count = day.count;
    answer.periods.emplace_back(std::move(period));
    CO_ASSIGN(auto message, render_message(day.first, viewer));
    answer.messages.push_back(std::move(message));
    collect_peers(day.first, named);
  }
  CO_TRY(co_await describe_into(answer, context.services, context.caller.user, std::move(named)));
  co_return tl::Box<tl::messages::SearchResultsCalendar>(std::move(answer));
}

Answer<getSearchResultsPositions> get_search_results_positions(Context& context,
                                                               getSearchResultsPositions& request) {
  CO_ASSIGN(auto search, co_await search_from(context, request));
  const MessageId offset_id{std::max(request.offset_id, 0)};
  CO_ASSIGN(const auto found,
            co_await services::search_positions(context.services.environment, context.caller.user,
                                                std::move(search), offset_id, request.limit));
  tl::messages::searchResultsPositions answer;
  answer.count = static_cast<std::int32_t>(found.total);
  for (const auto& [place, offset] : found.positions) {
    tl::searchResultPosition position;
    position.msg_id = place.id.value;
    position.date = static_cast<std::int32_t>(place.date);
    position.offset = static_cast<std::int32_t>(offset);
    answer.positions.emplace_back(std::move(position));
  }
  co_return tl::Box<tl::messages::SearchResultsPositions>(std::move(answer));
}

// `caption` stays unset: there is no media with a caption yet.
Answer<getMessageEditData> get_message_edit_data(Context& context, getMessageEditData& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_TRY(co_await services::check_editable(context.services.environment, context.caller, peer,
                                           MessageId{request.id}));
  co_return tl::messages::messageEditData{};
}

}  // namespace

void register_overview(Methods& methods) {
  methods.on(get_search_results_calendar);
  methods.on(get_search_results_positions);
  methods.on(get_message_edit_data);
}

}  // namespace heliograph::api
