// Exporting an account (core.telegram.org/api/takeout). What an export may do besides is said by
// Context::takeout, which is set for calls wrapped in invokeWithTakeout.
#include <algorithm>

#include "api/chats_families.h"
#include "api/method.h"
#include "services/groups/participants.h"
#include "tl/account.h"
#include "tl/core_m.h"
#include "tl/core_s.h"
#include "tl/fn_account.h"
#include "tl/fn_channels.h"
#include "tl/fn_contacts.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using tl::fn::account::finishTakeoutSession;
using tl::fn::account::initTakeoutSession;
using tl::fn::channels::getLeftChannels;
using tl::fn::contacts::getSaved;
using tl::fn::messages::getSplitRanges;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

constexpr std::size_t left_channels_limit = 100;

Error takeout_required() {
  return Error::forbidden("TAKEOUT_REQUIRED", "Begin an export of this with account.initTakeoutSession.");
}

Answer<initTakeoutSession> init_takeout_session(Context& context, initTakeoutSession& request) {
  services::TakeoutScope scope;
  scope.contacts = request.contacts;
  scope.users = request.message_users;
  scope.chats = request.message_chats;
  scope.megagroups = request.message_megagroups;
  scope.channels = request.message_channels;
  scope.files = request.files;
  scope.file_max_size = std::max<std::int64_t>(request.file_max_size.value_or(0), 0);
  CO_ASSIGN(const auto id, co_await context.services.takeouts.begin(context.caller, scope));
  co_return tl::account::takeout{.id = id};
}

Answer<finishTakeoutSession> finish_takeout_session(Context& context, finishTakeoutSession& request) {
  if (!context.takeout) co_return fail(takeout_required());
  CO_TRY(co_await context.services.takeouts.finish(context.caller, context.takeout_id, request.success));
  co_return true;
}

// A box numbers its messages from 1 on without end: one range holds them all.
Answer<getSplitRanges> get_split_ranges(Context&, getSplitRanges&) {
  getSplitRanges::Reply ranges;
  ranges.emplace_back(tl::messageRange{.min_id = 1, .max_id = INT32_MAX});
  co_return ranges;
}

// Numbers without an account are kept as keyed hashes, and cannot be told.
Answer<getSaved> get_saved(Context& context, getSaved&) {
  if (!context.takeout || !context.takeout->contacts) co_return fail(takeout_required());
  CO_ASSIGN(const auto contacts, co_await context.services.contacts.saved(context.caller.user));
  getSaved::Reply reply;
  for (const auto& contact : contacts) {
    tl::savedPhoneContact wire;
    wire.phone = contact.user.phone;
    wire.first_name = contact.user.first_name;
    wire.last_name = contact.user.last_name;
    wire.date = static_cast<std::int32_t>(contact.added_at);
    reply.emplace_back(std::move(wire));
  }
  co_return reply;
}

Answer<getLeftChannels> get_left_channels(Context& context, getLeftChannels& request) {
  if (!context.takeout || !(context.takeout->channels || context.takeout->megagroups)) {
    co_return fail(takeout_required());
  }
  const auto offset = static_cast<std::size_t>(std::max(request.offset, 0));
  CO_ASSIGN(auto left, co_await services::left_channels(context.services.environment, context.caller, offset,
                                                        left_channels_limit));
  const auto whole = offset == 0 && left.channels.size() == left.total;
  CO_ASSIGN(auto answer, co_await render_chats(context, std::move(left.channels)));
  auto* all = answer.get_if<tl::messages::chats>();
  if (whole || all == nullptr) co_return answer;
  tl::messages::chatsSlice slice;
  slice.count = static_cast<std::int32_t>(left.total);
  slice.chats = std::move(all->chats);
  co_return slice;
}

}  // namespace

void register_takeout(Methods& methods) {
  methods.on(init_takeout_session);
  methods.on(finish_takeout_session);
  methods.on(get_split_ranges);
  methods.on(get_saved);
  methods.on(get_left_channels);
}

}  // namespace heliograph::api
