// messages.*: saved messages by where they were saved from (core.telegram.org/api/saved-messages).
#include <algorithm>

#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/message.h"
#include "api/render/peer.h"
#include "services/chats/history.h"
#include "services/chats/saved.h"
#include "tl/core_s.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

constexpr std::size_t peers_max = 100;  // in one call

// Direct messages of channels use the same methods, and there are none here.
template <typename Fn>
Status own_only(const Fn& request) {
  if (!request.parent_peer || request.parent_peer.template is<tl::inputPeerEmpty>()) return {};
  return fail(Error::invalid("PARENT_PEER_INVALID"));
}

template <typename Wire>
Task<Result<Wire>> render(Context& context, services::SavedDialogPage page) {
  Wire wire;
  std::vector<Peer> named;
  std::vector<const store::Message*> shown;
  for (const auto& dialog : page.dialogs) shown.push_back(&dialog.top);
  CO_ASSIGN(const auto viewer, co_await viewer_of(context.services, context.caller.user, std::move(shown)));
  for (const auto& dialog : page.dialogs) {
    tl::savedDialog one;
    one.pinned = dialog.pinned;
    one.peer = render_peer(dialog.peer);
    one.top_message = dialog.top.id.value;
    wire.dialogs.emplace_back(std::move(one));
    named.push_back(dialog.peer);
    CO_ASSIGN(auto message, render_message(dialog.top, viewer));
    wire.messages.push_back(std::move(message));
    collect_peers(dialog.top, named);
  }
  CO_TRY(co_await describe_into(wire, context.services, context.caller.user, std::move(named)));
  co_return wire;
}

Task<Result<tl::Box<tl::messages::SavedDialogs>>> render_saved(Context& context,
                                                               services::SavedDialogPage page) {
  if (page.whole) {
    CO_ASSIGN(auto all, co_await render<tl::messages::savedDialogs>(context, std::move(page)));
    co_return tl::Box<tl::messages::SavedDialogs>(std::move(all));
  }
  const auto total = static_cast<std::int32_t>(page.total);
  CO_ASSIGN(auto slice, co_await render<tl::messages::savedDialogsSlice>(context, std::move(page)));
  slice.count = total;
  co_return tl::Box<tl::messages::SavedDialogs>(std::move(slice));
}

Task<Result<Peer>> dialog_peer_from(Context& context, const tl::Box<tl::InputDialogPeer>& wire) {
  const auto* dialog = wire.get_if<tl::inputDialogPeer>();
  if (dialog == nullptr) co_return fail(Error::invalid("PEER_ID_INVALID"));
  co_return co_await peer_from(context, dialog->peer);
}

Answer<getSavedDialogs> get_saved_dialogs(Context& context, getSavedDialogs& request) {
  CO_TRY(own_only(request));
  services::SavedDialogRange range;
  range.exclude_pinned = request.exclude_pinned;
  range.offset_date = std::max(request.offset_date, 0);
  range.offset_id = MessageId{std::max(request.offset_id, 0)};
  range.limit = request.limit;
  CO_ASSIGN(auto page,
            co_await services::saved_dialogs(context.services.environment, context.caller.user, range));
  co_return co_await render_saved(context, std::move(page));
}

Answer<getPinnedSavedDialogs> get_pinned_saved_dialogs(Context& context, getPinnedSavedDialogs&) {
  CO_ASSIGN(auto page,
            co_await services::pinned_saved_dialogs(context.services.environment, context.caller.user));
  co_return co_await render_saved(context, std::move(page));
}

Answer<getSavedDialogsByID> get_saved_dialogs_by_id(Context& context, getSavedDialogsByID& request) {
  CO_TRY(own_only(request));
  if (request.ids.size() > peers_max) co_return fail(Error::invalid("PEER_ID_INVALID"));
  std::vector<Peer> peers;
  for (const auto& wire : request.ids) {
    CO_ASSIGN(const auto peer, co_await peer_from(context, wire));
    peers.push_back(peer);
  }
  CO_ASSIGN(auto page, co_await services::saved_dialogs_by_id(context.services.environment,
                                                              context.caller.user, std::move(peers)));
  co_return co_await render_saved(context, std::move(page));
}

Answer<getSavedHistory> get_saved_history(Context& context, getSavedHistory& request) {
  CO_TRY(own_only(request));
  auto range = range_from(request);
  CO_ASSIGN(range.saved_peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(auto page, co_await services::history(context.services.environment, context.caller.user,
                                                  Peer::of(context.caller.user), range));
  co_return co_await render_page(context.services, context.caller.user, std::move(page));
}

Answer<deleteSavedHistory> delete_saved_history(Context& context, deleteSavedHistory& request) {
  CO_TRY(own_only(request));
  services::DeleteHistory erase;
  CO_ASSIGN(erase.peer, co_await peer_from(context, request.peer));
  erase.max_id = MessageId{std::max(request.max_id, 0)};
  erase.min_date = request.min_date.value_or(0);
  erase.max_date = request.max_date.value_or(0);
  CO_ASSIGN(const auto deleted,
            co_await services::delete_saved_history(context.services.environment, context.caller, erase));
  co_return render_affected_history(deleted.update, deleted.more);
}

Answer<toggleSavedDialogPin> toggle_saved_dialog_pin(Context& context, toggleSavedDialogPin& request) {
  CO_ASSIGN(const auto peer, co_await dialog_peer_from(context, request.peer));
  CO_TRY(co_await services::pin_saved_dialog(context.services.environment, context.caller, peer,
                                             request.pinned));
  co_return true;
}

Answer<reorderPinnedSavedDialogs> reorder_pinned_saved_dialogs(Context& context,
                                                               reorderPinnedSavedDialogs& request) {
  if (request.order.size() > peers_max) co_return fail(Error::invalid("PEER_ID_INVALID"));
  std::vector<Peer> order;
  for (const auto& wire : request.order) {
    CO_ASSIGN(const auto peer, co_await dialog_peer_from(context, wire));
    order.push_back(peer);
  }
  CO_TRY(co_await services::reorder_pinned_saved(context.services.environment, context.caller,
                                                 std::move(order), request.force));
  co_return true;
}

}  // namespace

void register_saved(Methods& methods) {
  methods.on(get_saved_dialogs);
  methods.on(get_pinned_saved_dialogs);
  methods.on(get_saved_dialogs_by_id);
  methods.on(get_saved_history);
  methods.on(delete_saved_history);
  methods.on(toggle_saved_dialog_pin);
  methods.on(reorder_pinned_saved_dialogs);
}

}  // namespace heliograph::api
