#include "services/chats/dialogs.h"

#include <algorithm>

#include "services/chats/dialog.h"
#include "services/groups/barred.h"
#include "services/groups/forum.h"
#include "services/groups/place.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

bool valid_folder(std::int32_t folder) {
  return folder == 0 || folder == archive_folder;
}

// Rows kept only for what they remember (a time to live) are no dialogs to anybody.
bool shown(const store::Dialog& dialog) {
  return dialog.top_message || dialog.peer.is_channel() || !dialog.draft.empty() ||
         dialog.pinned_order != 0 || dialog.unread_mark;
}

// In a channel that was closed, or is not shown in the owner's country, the last message is why.
Status hide_where_restricted(store::Tx& tx, UserId owner, store::Message& top) {
  HG_ASSIGN(const auto chat, tx.chats().find(top.peer));
  if (!chat) return {};
  HG_ASSIGN(auto why, restriction_for(tx, *chat, owner));
  if (why.empty()) return {};
  top.flags = (top.flags & store::message_post) | store::message_withheld;
  top.kind = store::MessageKind::plain;
  top.text = std::move(why);
  top.content.clear();
  top.album = 0;
  return {};
}

// The last message, if there is one that the dialog's owner may see.
Result<std::optional<store::Message>> top_of(store::Tx& tx, const store::Dialog& dialog) {
  if (!dialog.top_message) return std::nullopt;
  if (!dialog.peer.is_channel()) return tx.messages().find(dialog.owner, dialog.top_message);
  HG_ASSIGN(const auto member, tx.chats().find_member(dialog.peer, dialog.owner));
  if (member && dialog.top_message <= member->history_from) return std::nullopt;
  HG_ASSIGN(auto top, tx.messages().find(BoxId::of(dialog.peer.channel()), dialog.top_message));
  if (top) HG_TRY(hide_where_restricted(tx, dialog.owner, *top));
  return top;
}

Result<DialogView> view_of(store::Tx& tx, store::Dialog dialog) {
  DialogView view;
  HG_ASSIGN(view.top, top_of(tx, dialog));
  if (!view.top) dialog.top_message = {};
  if (dialog.peer.is_channel()) {
    HG_ASSIGN(const auto state, tx.updates().state(BoxId::of(dialog.peer.channel())));
    view.pts = state.pts;
  }
  NotifyTarget target;
  target.peer = dialog.peer;
  HG_ASSIGN(view.notify, notify_settings(tx, dialog.owner, target));
  using store::AttentionKind;
  auto& attention = tx.attention();
  HG_ASSIGN(view.unread_mentions,
            attention.count_unread(dialog.owner, dialog.peer, AttentionKind::mention, {}));
  HG_ASSIGN(view.unread_reactions,
            attention.count_unread(dialog.owner, dialog.peer, AttentionKind::reaction, {}));
  if (dialog.peer.is_channel()) {
    HG_ASSIGN(view.as_messages, views_as_messages(tx, dialog.owner, dialog.peer));
  }
  view.dialog = std::move(dialog);
  return view;
}

// A channel that was deleted stays in everybody's dialogs in the store: taking it out would be a write for
// each subscriber.
Result<bool> is_there(store::Tx& tx, const store::Dialog& dialog) {
  if (!shown(dialog) || !dialog.peer.is_channel()) return shown(dialog);
  HG_ASSIGN(const auto chat, tx.chats().find(dialog.peer));
  return chat && (chat->flags & store::chat_deleted) == 0;
}

Status add(store::Tx& tx, std::vector<DialogView>& views, std::vector<store::Dialog> dialogs) {
  for (auto& dialog : dialogs) {
    HG_ASSIGN(const bool there, is_there(tx, dialog));
    if (!there) continue;
    HG_ASSIGN(auto view, view_of(tx, std::move(dialog)));
    views.push_back(std::move(view));
  }
  return {};
}

bool before(const store::Dialog& a, const store::Dialog& b) {
  if (a.top_date != b.top_date) return a.top_date > b.top_date;
  if (a.top_message != b.top_message) return a.top_message > b.top_message;
  return a.peer < b.peer;
}

Result<DialogPage> list(store::Tx& tx, UserId owner, const DialogRange& range) {
  DialogPage page;
  HG_ASSIGN(page.state, state_of(tx, owner));
  auto offset = range.offset;
  if (offset.date == 0 && offset.peer) {
    HG_ASSIGN(const auto dialog, tx.dialogs().find(owner, offset.peer));
    if (dialog) offset = {dialog->top_date, dialog->top_message, dialog->peer};
  } else if (offset.date == 0 && offset.id) {
    HG_ASSIGN(const auto message, tx.messages().find(owner, offset.id));
    if (message) offset = {message->date, message->id, message->peer};
  }
  const bool first = offset.date == 0;

  std::vector<std::int32_t> folders{0, archive_folder};
  if (range.folder_id) folders = {*range.folder_id};
  const auto limit = static_cast<std::size_t>(range.limit);
  std::vector<store::Dialog> found;
  std::vector<store::Dialog> rest;
  for (const auto folder : folders) {
    HG_ASSIGN(const auto count, tx.dialogs().count(owner, folder));
    page.total += count;
    if (first && !range.exclude_pinned) {
      HG_ASSIGN(auto pinned, tx.dialogs().pinned(owner, folder));
      std::ranges::move(pinned, std::back_inserter(found));
    }
    HG_ASSIGN(auto some, tx.dialogs().list(owner, folder, false, offset, limit));
    std::ranges::move(some, std::back_inserter(rest));
  }
  if (folders.size() > 1) std::ranges::sort(rest, before);
  if (rest.size() > limit) rest.resize(limit);
  const bool more = rest.size() == limit;
  std::ranges::move(rest, std::back_inserter(found));
  page.whole = first && !range.exclude_pinned && !more;
  HG_TRY(add(tx, page.dialogs, std::move(found)));
  if (page.whole) page.total = page.dialogs.size();
  return page;
}

bool muted(const NotifySettings& own, const NotifySettings& scope, UnixSeconds now) {
  return own.mute_until.value_or(scope.mute_until.value_or(0)) > now;
}

// None when the archive is empty.
Result<std::optional<ArchiveView>> archive(store::Tx& tx, UserId owner, UnixSeconds now) {
  HG_ASSIGN(const auto pinned, tx.dialogs().pinned(owner, archive_folder));
  HG_ASSIGN(const auto listed, tx.dialogs().list(owner, archive_folder, false, {}, 10));
  const store::Dialog* top = nullptr;
  for (const auto* dialogs : {&pinned, &listed}) {
    for (const auto& dialog : *dialogs) {
      HG_ASSIGN(const bool there, is_there(tx, dialog));
      if (!there) continue;
      if (top == nullptr || before(dialog, *top)) top = &dialog;
      break;
    }
  }
  if (top == nullptr) return std::nullopt;
  ArchiveView view;
  view.peer = top->peer;
  HG_ASSIGN(view.top, top_of(tx, *top));
  NotifyTarget users;
  users.scope = NotifyTarget::Scope::users;
  HG_ASSIGN(const auto scope, notify_settings(tx, owner, users));
  HG_ASSIGN(const auto unread, tx.dialogs().unread(owner, archive_folder));
  for (const auto& dialog : unread) {
    NotifyTarget target;
    target.peer = dialog.peer;
    HG_ASSIGN(const auto own, notify_settings(tx, owner, target));
    const bool quiet = muted(own, scope, now);
    ++(quiet ? view.unread_muted_peers : view.unread_unmuted_peers);
    (quiet ? view.unread_muted_messages : view.unread_unmuted_messages) += dialog.unread_count;
  }
  return view;
}

// Gives the pinned dialogs of a folder this order, top first.
Status store_order(store::Tx& tx, std::vector<store::Dialog>& order) {
  auto place = static_cast<std::int32_t>(order.size());
  for (auto& dialog : order) {
    if (dialog.pinned_order != place) {
      dialog.pinned_order = place;
      HG_TRY(tx.dialogs().put(dialog));
    }
    --place;
  }
  return {};
}

std::size_t pin_limit(std::int32_t folder) {
  return folder == archive_folder ? pinned_archived_dialogs_max : pinned_dialogs_max;
}

}  // namespace

Task<Result<DialogPage>> list_dialogs(const Environment& environment, UserId owner, DialogRange range) {
  if (range.folder_id && !valid_folder(*range.folder_id)) co_return fail(Error::invalid("FOLDER_ID_INVALID"));
  range.limit = std::clamp(range.limit, 1, 100);
  auto body = [owner, range](store::Tx& tx) { return list(tx, owner, range); };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<DialogPage>> peer_dialogs(const Environment& environment, UserId owner, std::vector<Peer> peers,
                                      bool with_archive) {
  const auto now = environment.clock.unix_seconds();
  auto body = [owner, peers = std::move(peers), with_archive, now](store::Tx& tx) -> Result<DialogPage> {
    DialogPage page;
    HG_ASSIGN(page.state, state_of(tx, owner));
    if (with_archive) {
      HG_ASSIGN(page.archive, archive(tx, owner, now));
    }
    for (const auto peer : peers) {
      HG_ASSIGN(auto dialog, tx.dialogs().find(owner, peer));
      if (!dialog) {
        dialog.emplace();
        dialog->owner = owner;
        dialog->peer = peer;
        if (!peer.is_user()) {
          HG_ASSIGN(const auto place, open_place(tx, owner, peer, now));
          HG_ASSIGN(const auto newest, tx.messages().newest(place.box, peer));
          if (newest) dialog->top_message = newest->id;
        }
      }
      HG_ASSIGN(auto view, view_of(tx, std::move(*dialog)));
      page.dialogs.push_back(std::move(view));
    }
    page.total = page.dialogs.size();
    page.whole = true;
    return page;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<DialogPage>> pinned_dialogs(const Environment& environment, UserId owner,
                                        std::int32_t folder_id) {
  if (!valid_folder(folder_id)) co_return fail(Error::invalid("FOLDER_ID_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [owner, folder_id, now](store::Tx& tx) -> Result<DialogPage> {
    DialogPage page;
    HG_ASSIGN(page.state, state_of(tx, owner));
    if (folder_id == 0) {
      HG_ASSIGN(page.archive, archive(tx, owner, now));
    }
    HG_ASSIGN(auto pinned, tx.dialogs().pinned(owner, folder_id));
    HG_TRY(add(tx, page.dialogs, std::move(pinned)));
    page.total = page.dialogs.size();
    page.whole = true;
    return page;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Status> pin_dialog(const Environment& environment, Caller caller, Peer peer, bool pinned) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, peer, pinned, now](store::Tx& tx) -> Status {
    HG_ASSIGN(auto dialog, tx.dialogs().find(caller.user, peer));
    if (!dialog) return fail(Error::invalid("PEER_HISTORY_EMPTY"));
    if ((dialog->pinned_order != 0) == pinned) return {};
    const auto folder = dialog->folder_id;
    if (pinned) {
      HG_ASSIGN(auto order, tx.dialogs().pinned(caller.user, folder));
      if (order.size() >= pin_limit(folder)) return fail(Error::invalid("PINNED_DIALOGS_TOO_MUCH"));
      order.insert(order.begin(), std::move(*dialog));
      HG_TRY(store_order(tx, order));
    } else {
      dialog->pinned_order = 0;
      HG_TRY(settle_dialog(tx, *dialog));
    }
    HG_TRY(append_event(tx, caller, caller.user, now, events::DialogPinned{peer, pinned, folder}));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> reorder_pinned(const Environment& environment, Caller caller, std::int32_t folder_id,
                            std::vector<Peer> order, bool force) {
  if (!valid_folder(folder_id)) co_return fail(Error::invalid("FOLDER_ID_INVALID"));
  if (order.size() > pin_limit(folder_id)) co_return fail(Error::invalid("PINNED_DIALOGS_TOO_MUCH"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, folder_id, order = std::move(order), force, now](store::Tx& tx) -> Status {
    HG_ASSIGN(auto present, tx.dialogs().pinned(caller.user, folder_id));
    std::vector<store::Dialog> wanted;
    for (const auto peer : order) {
      if (std::ranges::find(wanted, peer, &store::Dialog::peer) != wanted.end()) continue;
      const auto at = std::ranges::find(present, peer, &store::Dialog::peer);
      if (at != present.end()) {
        wanted.push_back(std::move(*at));
        present.erase(at);
        continue;
      }
      HG_ASSIGN(auto dialog, tx.dialogs().find(caller.user, peer));
      if (!dialog || dialog->folder_id != folder_id) return fail(Error::invalid("PEER_ID_INVALID"));
      wanted.push_back(std::move(*dialog));
    }
    if (!force) {
      std::ranges::move(present, std::back_inserter(wanted));
      present.clear();
    }
    if (wanted.size() > pin_limit(folder_id)) return fail(Error::invalid("PINNED_DIALOGS_TOO_MUCH"));
    for (auto& dialog : present) {
      dialog.pinned_order = 0;
      HG_TRY(settle_dialog(tx, dialog));
    }
    HG_TRY(store_order(tx, wanted));
    events::PinnedDialogs event;
    event.folder_id = folder_id;
    for (const auto& dialog : wanted) event.order.push_back(dialog.peer);
    HG_TRY(append_event(tx, caller, caller.user, now, std::move(event)));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<store::Update>> move_to_folders(const Environment& environment, Caller caller,
                                            std::vector<FolderMove> moves) {
  for (const auto& move : moves) {
    if (!valid_folder(move.folder_id)) co_return fail(Error::invalid("FOLDER_ID_INVALID"));
  }
  if (moves.size() > 200) co_return fail(Error::invalid("LIMIT_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, moves = std::move(moves), now](store::Tx& tx) -> Result<store::Update> {
    events::FolderPeers event;
    for (const auto& move : moves) {
      HG_ASSIGN(auto dialog, tx.dialogs().find(caller.user, move.peer));
      if (!dialog || dialog->folder_id == move.folder_id) continue;
      dialog->folder_id = move.folder_id;
      dialog->pinned_order = 0;
      HG_TRY(tx.dialogs().put(*dialog));
      event.peers.push_back({move.peer, move.folder_id});
    }
    if (event.peers.empty()) return unchanged(tx, caller.user);
    return append_event(tx, caller, caller.user, now, std::move(event));
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
