#include "services/chats/saved.h"

#include <algorithm>
#include <limits>

#include "base/codec.h"
#include "services/chats/dialog.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

using store::SettingKind;
using Filed = store::Messages::SavedDialog;

constexpr std::int32_t saved_limit_max = 100;
constexpr std::size_t step_messages = 500;

// SettingKind::saved_pins. Part of the stored format.
struct SavedPins {
  std::vector<Peer> order;  // top first
  void fields(auto& codec) { codec(order); }
};

Result<std::vector<Peer>> pins_of(store::Tx& tx, UserId owner) {
  HG_ASSIGN(const auto stored, tx.settings().find(owner, SettingKind::saved_pins, 0));
  if (!stored) return std::vector<Peer>{};
  HG_ASSIGN(auto pins, decode<SavedPins>(*stored));
  return std::move(pins.order);
}

Status put_pins(store::Tx& tx, UserId owner, std::vector<Peer> order) {
  return tx.settings().put(owner, SettingKind::saved_pins, 0, encode(SavedPins{std::move(order)}));
}

bool holds(const std::vector<Peer>& peers, Peer peer) {
  return std::ranges::find(peers, peer) != peers.end();
}

Result<SavedDialogView> view_of(store::Tx& tx, UserId owner, const Filed& filed, bool pinned) {
  HG_ASSIGN(auto top, tx.messages().find(owner, filed.top));
  if (!top) return fail(Error::internal("STORE_FAILED", "A saved dialog has lost its newest message."));
  return SavedDialogView{filed.peer, std::move(*top), pinned};
}

// Those of `wanted` that something is filed under, in that order.
Result<SavedDialogPage> views_of(store::Tx& tx, UserId owner, const std::vector<Peer>& wanted) {
  HG_ASSIGN(const auto all, tx.messages().saved_dialogs(owner));
  HG_ASSIGN(const auto pins, pins_of(tx, owner));
  SavedDialogPage page;
  page.whole = true;
  for (const auto peer : wanted) {
    const auto at = std::ranges::find(all, peer, &Filed::peer);
    if (at == all.end()) continue;
    HG_ASSIGN(auto view, view_of(tx, owner, *at, holds(pins, peer)));
    page.dialogs.push_back(std::move(view));
  }
  page.total = page.dialogs.size();
  return page;
}

Result<SavedDialogPage> list(store::Tx& tx, UserId owner, const SavedDialogRange& range) {
  HG_ASSIGN(auto all, tx.messages().saved_dialogs(owner));
  HG_ASSIGN(const auto pins, pins_of(tx, owner));
  const bool first = !range.offset_id && range.offset_date == 0;
  SavedDialogPage page;
  const auto limit = static_cast<std::size_t>(std::clamp(range.limit, 1, saved_limit_max));
  std::size_t pinned_there = 0;
  for (const auto peer : pins) {
    const auto at = std::ranges::find(all, peer, &Filed::peer);
    if (at == all.end()) continue;
    ++pinned_there;
    if (first && !range.exclude_pinned && page.dialogs.size() < limit) {
      HG_ASSIGN(auto view, view_of(tx, owner, *at, true));
      page.dialogs.push_back(std::move(view));
    }
    all.erase(at);
  }
  page.total = all.size() + (range.exclude_pinned ? 0 : pinned_there);
  for (const auto& filed : all) {
    if (page.dialogs.size() >= limit) break;
    if (range.offset_id && filed.top >= range.offset_id) continue;
    HG_ASSIGN(auto view, view_of(tx, owner, filed, false));
    if (!range.offset_id && range.offset_date != 0 && view.top.date >= range.offset_date) continue;
    page.dialogs.push_back(std::move(view));
  }
  page.whole = page.dialogs.size() == page.total;
  return page;
}

bool is_filed(const std::vector<Filed>& all, Peer peer) {
  return std::ranges::find(all, peer, &Filed::peer) != all.end();
}

// Who was pinned and has nothing left does not count against the limit.
Result<std::vector<Peer>> living_pins(store::Tx& tx, UserId owner, const std::vector<Filed>& all) {
  HG_ASSIGN(auto pins, pins_of(tx, owner));
  std::erase_if(pins, [&](Peer peer) { return !is_filed(all, peer); });
  return pins;
}

// The newest of what is to go, one more than a step takes.
Result<std::vector<store::Message>> to_delete(store::Tx& tx, UserId owner, const DeleteHistory& request) {
  const auto own = Peer::of(owner);
  store::HistoryRange range;
  range.limit = static_cast<std::int32_t>(step_messages) + 1;
  if (request.max_id && request.max_id.value < std::numeric_limits<std::int32_t>::max()) {
    range.offset_id = MessageId{request.max_id.value + 1};
  }
  if (request.min_date == 0 && request.max_date == 0) {
    range.saved_peer = request.peer;
    HG_ASSIGN(auto page, tx.messages().history(owner, own, range));
    return std::move(page.messages);
  }
  store::SearchFilter filter;
  filter.saved_peer = request.peer;
  filter.min_date = request.min_date;
  filter.max_date = request.max_date;
  HG_ASSIGN(auto page, tx.messages().search(owner, own, filter, range));
  return std::move(page.messages);
}

}  // namespace

Task<Result<SavedDialogPage>> saved_dialogs(const Environment& environment, UserId owner,
                                            SavedDialogRange range) {
  auto body = [owner, range](store::Tx& tx) { return list(tx, owner, range); };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<SavedDialogPage>> pinned_saved_dialogs(const Environment& environment, UserId owner) {
  auto body = [owner](store::Tx& tx) -> Result<SavedDialogPage> {
    HG_ASSIGN(const auto pins, pins_of(tx, owner));
    return views_of(tx, owner, pins);
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<SavedDialogPage>> saved_dialogs_by_id(const Environment& environment, UserId owner,
                                                  std::vector<Peer> peers) {
  auto body = [owner, peers = std::move(peers)](store::Tx& tx) { return views_of(tx, owner, peers); };
  co_return co_await environment.store.read(std::move(body));
}

Task<Status> pin_saved_dialog(const Environment& environment, Caller caller, Peer peer, bool pinned) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, peer, pinned, now](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto all, tx.messages().saved_dialogs(caller.user));
    if (!is_filed(all, peer)) return fail(Error::invalid("PEER_ID_INVALID", "Nothing is saved from there."));
    HG_ASSIGN(auto pins, living_pins(tx, caller.user, all));
    if (holds(pins, peer) == pinned) return {};
    if (pinned) {
      if (pins.size() >= pinned_saved_max) return fail(Error::invalid("PINNED_DIALOGS_TOO_MUCH"));
      pins.insert(pins.begin(), peer);
    } else {
      std::erase(pins, peer);
    }
    HG_TRY(put_pins(tx, caller.user, std::move(pins)));
    HG_TRY(append_event(tx, caller, caller.user, now, events::SavedDialogPinned{peer, pinned}));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> reorder_pinned_saved(const Environment& environment, Caller caller, std::vector<Peer> order,
                                  bool force) {
  if (order.size() > pinned_saved_max) co_return fail(Error::invalid("PINNED_DIALOGS_TOO_MUCH"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, order = std::move(order), force](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto all, tx.messages().saved_dialogs(caller.user));
    HG_ASSIGN(const auto pins, living_pins(tx, caller.user, all));
    std::vector<Peer> wanted;
    for (const auto peer : order) {
      if (!is_filed(all, peer))
        return fail(Error::invalid("PEER_ID_INVALID", "Nothing is saved from there."));
      if (!holds(wanted, peer)) wanted.push_back(peer);
    }
    if (!force) {
      for (const auto peer : pins) {
        if (!holds(wanted, peer)) wanted.push_back(peer);
      }
    }
    if (wanted.size() > pinned_saved_max) return fail(Error::invalid("PINNED_DIALOGS_TOO_MUCH"));
    HG_TRY(put_pins(tx, caller.user, wanted));
    HG_TRY(append_event(tx, caller, caller.user, now, events::PinnedSavedDialogs{std::move(wanted)}));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<HistoryDeleted>> delete_saved_history(const Environment& environment, Caller caller,
                                                  DeleteHistory request) {
  if (!request.peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  CO_TRY(check_dates(request));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, request](store::Tx& tx) -> Result<HistoryDeleted> {
    HG_ASSIGN(auto messages, to_delete(tx, caller.user, request));
    HistoryDeleted result;
    result.more = messages.size() > step_messages;
    if (result.more) messages.resize(step_messages);
    HG_ASSIGN(result.update, erase_from_box(tx, caller, now, caller.user, messages));
    HG_ASSIGN(const auto left, tx.messages().saved_dialogs(caller.user));
    HG_ASSIGN(auto pins, pins_of(tx, caller.user));
    if (is_filed(left, request.peer) || std::erase(pins, request.peer) == 0) return result;
    HG_TRY(put_pins(tx, caller.user, std::move(pins)));
    HG_TRY(append_event(tx, Caller{}, caller.user, now, events::SavedDialogPinned{request.peer, false}));
    return result;
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
