#include "services/chats/draft.h"

#include <algorithm>

#include "services/chats/dialog.h"
#include "services/chats/text.h"
#include "services/groups/place.h"
#include "services/updates/events.h"

namespace heliograph::services {

Result<std::optional<Draft>> draft_of(const store::Dialog& dialog) {
  if (dialog.draft.empty()) return std::nullopt;
  HG_ASSIGN(auto draft, decode<Draft>(dialog.draft));
  return draft;
}

Status clear_draft_in(store::Tx& tx, const Caller& origin, UnixSeconds now, UserId owner, Peer peer) {
  HG_ASSIGN(auto dialog, tx.dialogs().find(owner, peer));
  if (!dialog || dialog->draft.empty()) return {};
  dialog->draft.clear();
  HG_TRY(settle_dialog(tx, *dialog));
  HG_TRY(append_event(tx, origin, owner, now, events::DraftChanged{peer}));
  return {};
}

Task<Status> save_draft(const Environment& environment, Caller caller, Peer peer, Draft draft) {
  if (!peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  TextLimits limits;
  limits.may_be_empty = true;
  limits.trim = false;  // a space just typed is part of a draft
  limits.detect = false;
  CO_ASSIGN(auto formatted, format_text(std::move(draft.text), std::move(draft.entities), limits));
  draft.text = std::move(formatted.text);
  draft.entities = std::move(formatted.entities);
  const auto now = environment.clock.unix_seconds();
  draft.date = now;
  auto body = [caller, peer, now, draft = std::move(draft)](store::Tx& tx) -> Status {
    if (draft.text.empty() && !draft.reply) return clear_draft_in(tx, caller, now, caller.user, peer);
    HG_ASSIGN(auto found, tx.dialogs().find(caller.user, peer));
    if (!found) {
      HG_TRY(open_place(tx, caller.user, peer, now));
      if (peer.is_user()) {
        HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
        if (!account) return fail(Error::invalid("PEER_ID_INVALID"));
      }
      found.emplace();
      found->owner = caller.user;
      found->peer = peer;
    }
    found->draft = encode(draft);
    found->top_date = std::max(found->top_date, now);
    HG_TRY(tx.dialogs().put(*found));
    HG_TRY(append_event(tx, caller, caller.user, now, events::DraftChanged{peer}));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::vector<PeerDraft>>> all_drafts(const Environment& environment, UserId owner) {
  auto body = [owner](store::Tx& tx) -> Result<std::vector<PeerDraft>> {
    HG_ASSIGN(const auto dialogs, tx.dialogs().with_drafts(owner));
    std::vector<PeerDraft> drafts;
    for (const auto& dialog : dialogs) {
      HG_ASSIGN(auto draft, draft_of(dialog));
      if (draft) drafts.push_back({dialog.peer, std::move(*draft)});
    }
    return drafts;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Status> clear_all_drafts(const Environment& environment, Caller caller) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto dialogs, tx.dialogs().with_drafts(caller.user));
    for (const auto& dialog : dialogs) HG_TRY(clear_draft_in(tx, caller, now, caller.user, dialog.peer));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
