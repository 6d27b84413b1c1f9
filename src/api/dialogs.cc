// messages.* and folders.*: the list of dialogs, pins, folders, marks, drafts.
#include <algorithm>

#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/method.h"
#include "api/peers.h"
#include "api/render/dialog.h"
#include "api/render/peer.h"
#include "services/chats/dialogs.h"
#include "services/chats/draft.h"
#include "services/chats/read.h"
#include "tl/core_f.h"
#include "tl/fn_folders.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves
using tl::fn::folders::editPeerFolders;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

constexpr std::size_t peers_max = 100;  // in one call

Task<Result<Peer>> dialog_peer_from(Context& context, const tl::Box<tl::InputDialogPeer>& wire) {
  const auto* dialog = wire.get_if<tl::inputDialogPeer>();
  if (dialog == nullptr) co_return fail(Error::invalid("PEER_ID_INVALID"));
  co_return co_await peer_from(context, dialog->peer);
}

// The archive's own entry (dialogFolder) is left to getPinnedDialogs and getPeerDialogs, where Telegram's
// clients look for it: Telethon takes every entry here for a dialog and fails on one without folder_id.
Answer<getDialogs> get_dialogs(Context& context, getDialogs& request) {
  services::DialogRange range;
  range.offset.date = std::max(request.offset_date, 0);
  range.offset.id = MessageId{std::max(request.offset_id, 0)};
  if (request.offset_peer && !request.offset_peer.is<tl::inputPeerEmpty>()) {
    auto peer = co_await peer_from(context, request.offset_peer);
    if (!peer) co_return fail(Error::invalid("OFFSET_PEER_ID_INVALID"));
    range.offset.peer = *peer;
  }
  range.limit = request.limit;
  range.folder_id = request.folder_id;
  range.exclude_pinned = request.exclude_pinned;
  CO_ASSIGN(auto page,
            co_await services::list_dialogs(context.services.environment, context.caller.user, range));
  co_return co_await render_dialogs(context.services, context.caller.user, std::move(page));
}

Answer<getPeerDialogs> get_peer_dialogs(Context& context, getPeerDialogs& request) {
  if (request.peers.empty()) co_return fail(Error::invalid("INPUT_PEERS_EMPTY"));
  if (request.peers.size() > peers_max) co_return fail(Error::invalid("PEER_ID_INVALID"));
  std::vector<Peer> peers;
  bool with_archive = false;
  for (const auto& wire : request.peers) {
    if (const auto* folder = wire.get_if<tl::inputDialogPeerFolder>()) {
      if (folder->folder_id != services::archive_folder) co_return fail(Error::invalid("FOLDER_ID_INVALID"));
      with_archive = true;
      continue;
    }
    CO_ASSIGN(const auto peer, co_await dialog_peer_from(context, wire));
    peers.push_back(peer);
  }
  CO_ASSIGN(auto page, co_await services::peer_dialogs(context.services.environment, context.caller.user,
                                                       std::move(peers), with_archive));
  co_return co_await render_peer_dialogs(context.services, context.caller.user, std::move(page));
}

Answer<getPinnedDialogs> get_pinned_dialogs(Context& context, getPinnedDialogs& request) {
  CO_ASSIGN(auto page, co_await services::pinned_dialogs(context.services.environment, context.caller.user,
                                                         request.folder_id));
  co_return co_await render_peer_dialogs(context.services, context.caller.user, std::move(page));
}

Answer<toggleDialogPin> toggle_dialog_pin(Context& context, toggleDialogPin& request) {
  CO_ASSIGN(const auto peer, co_await dialog_peer_from(context, request.peer));
  CO_TRY(co_await services::pin_dialog(context.services.environment, context.caller, peer, request.pinned));
  co_return true;
}

Answer<reorderPinnedDialogs> reorder_pinned_dialogs(Context& context, reorderPinnedDialogs& request) {
  if (request.order.size() > peers_max) co_return fail(Error::invalid("PEER_ID_INVALID"));
  std::vector<Peer> order;
  for (const auto& wire : request.order) {
    CO_ASSIGN(const auto peer, co_await dialog_peer_from(context, wire));
    order.push_back(peer);
  }
  CO_TRY(co_await services::reorder_pinned(context.services.environment, context.caller, request.folder_id,
                                           std::move(order), request.force));
  co_return true;
}

Answer<markDialogUnread> mark_dialog_unread(Context& context, markDialogUnread& request) {
  if (request.parent_peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  CO_ASSIGN(const auto peer, co_await dialog_peer_from(context, request.peer));
  CO_TRY(co_await services::mark_unread(context.services.environment, context.caller, peer, request.unread));
  co_return true;
}

Answer<getDialogUnreadMarks> get_dialog_unread_marks(Context& context, getDialogUnreadMarks&) {
  CO_ASSIGN(const auto peers,
            co_await services::marked_unread(context.services.environment, context.caller.user));
  getDialogUnreadMarks::Reply answer;
  for (const auto peer : peers) {
    tl::dialogPeer wire;
    wire.peer = render_peer(peer);
    answer.emplace_back(std::move(wire));
  }
  co_return answer;
}

Answer<editPeerFolders> edit_peer_folders(Context& context, editPeerFolders& request) {
  if (request.folder_peers.size() > peers_max) co_return fail(Error::invalid("PEER_ID_INVALID"));
  std::vector<services::FolderMove> moves;
  for (const auto& wire : request.folder_peers) {
    const auto* move = wire.get_if<tl::inputFolderPeer>();
    if (move == nullptr) continue;
    CO_ASSIGN(const auto peer, co_await peer_from(context, move->peer));
    moves.push_back({peer, move->folder_id});
  }
  CO_ASSIGN(const auto entry,
            co_await services::move_to_folders(context.services.environment, context.caller, moves));
  UpdatesAnswer answer;
  if (entry.pts_count > 0) {
    tl::updateFolderPeers update;
    update.pts = entry.pts;
    update.pts_count = entry.pts_count;
    for (const auto& move : moves) {
      tl::folderPeer moved;
      moved.peer = render_peer(move.peer);
      moved.folder_id = move.folder_id;
      update.folder_peers.push_back(std::move(moved));
      answer.named.push_back(move.peer);
    }
    answer.updates.emplace_back(std::move(update));
  }
  co_return co_await render_answer(context, std::move(answer));
}

Answer<saveDraft> save_draft(Context& context, saveDraft& request) {
  if (request.media || request.rich_message) co_return fail(Error::invalid("MEDIA_INVALID"));
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  services::Draft draft;
  draft.text = std::move(request.message);
  CO_ASSIGN(draft.entities, co_await entities_from(context, request.entities));
  CO_ASSIGN(draft.reply, co_await reply_from(context, request.reply_to, request.reply_to_msg_id));
  draft.no_webpage = request.no_webpage;
  draft.invert_media = request.invert_media;
  CO_TRY(co_await services::save_draft(context.services.environment, context.caller, peer, std::move(draft)));
  co_return true;
}

Answer<getAllDrafts> get_all_drafts(Context& context, getAllDrafts&) {
  CO_ASSIGN(const auto drafts,
            co_await services::all_drafts(context.services.environment, context.caller.user));
  UpdatesAnswer answer;
  for (const auto& one : drafts) {
    tl::updateDraftMessage update;
    update.peer = render_peer(one.peer);
    if (one.top) update.top_msg_id = one.top.value;
    update.draft = render_draft(context.services.environment, context.caller.user, one.draft);
    answer.updates.emplace_back(std::move(update));
    answer.named.push_back(one.peer);
  }
  co_return co_await render_answer(context, std::move(answer));
}

Answer<clearAllDrafts> clear_all_drafts(Context& context, clearAllDrafts&) {
  CO_TRY(co_await services::clear_all_drafts(context.services.environment, context.caller));
  co_return true;
}

}  // namespace

void register_dialogs(Methods& methods) {
  methods.on(get_dialogs);
  methods.on(get_peer_dialogs);
  methods.on(get_pinned_dialogs);
  methods.on(toggle_dialog_pin);
  methods.on(reorder_pinned_dialogs);
  methods.on(mark_dialog_unread);
  methods.on(get_dialog_unread_marks);
  methods.on(edit_peer_folders);
  methods.on(save_draft);
  methods.on(get_all_drafts);
  methods.on(clear_all_drafts);
}

}  // namespace heliograph::api
