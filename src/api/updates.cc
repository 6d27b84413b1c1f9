// updates.*: where an account stands, and what it has missed.
#include "api/method.h"
#include "api/peers.h"
#include "api/render/update.h"
#include "services/updates/events.h"
#include "tl/fn_updates.h"

namespace heliograph::api {

namespace {

using tl::fn::updates::getChannelDifference;
using tl::fn::updates::getDifference;
using tl::fn::updates::getState;

Task<Result<getState::Reply>> get_state(Context& context, getState&) {
  CO_ASSIGN(const auto state, co_await context.services.updates.state(context.caller));
  co_return render_state(state);
}

Task<Result<getDifference::Reply>> get_difference(Context& context, getDifference& request) {
  CO_ASSIGN(auto difference,
            co_await context.services.updates.difference(context.caller, request.pts, request.date,
                                                         request.pts_total_limit.value_or(0)));
  co_return co_await render_difference(context.services, context.caller.user, std::move(difference));
}

Task<Result<getChannelDifference::Reply>> get_channel_difference(Context& context,
                                                                 getChannelDifference& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(auto difference,
            co_await services::channel_difference(context.services.environment, context.caller, channel,
                                                  request.pts, request.limit));
  if (difference.watches()) {
    context.services.hub.publish(services::transient_event(services::Caller{}, BoxId(context.caller.user),
                                                           services::events::ChannelWatched{channel}));
  }
  co_return co_await render_channel_difference(context.services, context.caller.user, channel,
                                               std::move(difference));
}

}  // namespace

void register_updates(Methods& methods) {
  methods.on(get_state);
  methods.on(get_difference);
  methods.on(get_channel_difference);
}

}  // namespace heliograph::api
