// messages.*: dialog filters.
#include "api/messages_families.h"
#include "api/render/filter.h"
#include "services/chats/filters.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

Answer<getDialogFilters> get_dialog_filters(Context& context, getDialogFilters&) {
  const auto owner = context.caller.user;
  CO_ASSIGN(const auto stored, co_await services::dialog_filters(context.services.environment, owner));
  tl::messages::dialogFilters answer;
  answer.tags_enabled = stored.tags;
  for (const auto id : stored.order) {
    if (id == 0) {
      answer.filters.emplace_back(tl::dialogFilterDefault{});
      continue;
    }
    for (const auto& filter : stored.filters) {
      if (filter.id == id)
        answer.filters.push_back(render_filter(context.services.environment, owner, filter));
    }
  }
  co_return tl::Box<tl::messages::DialogFilters>(std::move(answer));
}

Answer<updateDialogFilter> update_dialog_filter(Context& context, updateDialogFilter& request) {
  if (!request.filter) {
    CO_TRY(co_await services::delete_filter(context.services.environment, context.caller, request.id));
    co_return true;
  }
  CO_ASSIGN(auto filter, co_await filter_from(context, request.id, request.filter));
  CO_TRY(co_await services::put_filter(context.services.environment, context.caller, std::move(filter)));
  co_return true;
}

Answer<updateDialogFiltersOrder> update_dialog_filters_order(Context& context,
                                                             updateDialogFiltersOrder& request) {
  CO_TRY(co_await services::order_filters(context.services.environment, context.caller,
                                          std::move(request.order)));
  co_return true;
}

// Nothing is suggested: that would take looking at what people read.
Answer<getSuggestedDialogFilters> get_suggested_dialog_filters(Context&, getSuggestedDialogFilters&) {
  co_return getSuggestedDialogFilters::Reply();
}

Answer<toggleDialogFilterTags> toggle_dialog_filter_tags(Context& context, toggleDialogFilterTags& request) {
  CO_TRY(co_await services::set_filter_tags(context.services.environment, context.caller, request.enabled));
  co_return true;
}

}  // namespace

void register_dialog_filters(Methods& methods) {
  methods.on(get_dialog_filters);
  methods.on(update_dialog_filter);
  methods.on(update_dialog_filters_order);
  methods.on(get_suggested_dialog_filters);
  methods.on(toggle_dialog_filter_tags);
}

}  // namespace heliograph::api
