#include "services/chats/draft.h"

#include <algorithm>

#include "services/chats/dialog.h"
#include "services/chats/text.h"
#include "services/groups/forum.h"
#include "services/updates/events.h"

namespace heliograph::services {

Result<std::optional<Draft>> draft_of(const store::Dialog& dialog) {
  if (dialog.draft.empty()) return std::nullopt;
  HG_ASSIGN(auto draft, decode<Draft>(dialog.draft));
  return draft;
}

namespace {

using Note = store::Threads::Note;

// The thread that a draft belongs to. 0: the dialog.
Result<MessageId> thread_of_draft(store::Tx& tx, UserId owner, Peer peer, const Draft& draft,
                                  UnixSeconds now) {
  if (!draft.reply || !peer.is_channel()) return MessageId{};
  HG_ASSIGN(const auto place, open_place(tx, owner, peer, now));
  if (!draft.reply->top && !place.is_forum()) return MessageId{};
  const auto top = draft.reply->top ? draft.reply->top : draft.reply->id;
  if (place.is_forum()) {
    if (draft.reply->top) HG_TRY(find_topic(tx, place, top));
    HG_ASSIGN(const auto topic, tx.topics().find(place.box, top));
    return topic && (topic->flags & store::topic_deleted) == 0 ? top : MessageId{};
  }
  HG_ASSIGN(const auto first, tx.messages().find(place.box, top));
  if (!first || first->id <= place.hidden_up_to()) return fail(Error::invalid("MSG_ID_INVALID"));
  return top;
}

Status put_thread_draft(store::Tx& tx, const Caller& origin, UnixSeconds now, UserId owner, Peer peer,
                        MessageId top, ByteView draft) {
  HG_TRY(tx.threads().set_note(owner, BoxId::of(peer.channel()), top, Note::draft, draft));
  HG_TRY(append_event(tx, origin, owner, now, events::DraftChanged{peer, top}));
  return {};
}

bool says_nothing(const Draft& draft, MessageId top) {
  if (!draft.text.empty()) return false;
  // To a thread a draft answers always; what is worth keeping is an answer to something in it.
  return !draft.reply || (top && (!draft.reply->id || draft.reply->id == top));
}

}  // namespace

Result<std::optional<Draft>> thread_draft(store::Tx& tx, UserId owner, Peer peer, MessageId top) {
  HG_ASSIGN(const auto stored, tx.threads().note(owner, BoxId::of(peer.channel()), top, Note::draft));
  if (stored.empty()) return std::nullopt;
  HG_ASSIGN(auto draft, decode<Draft>(stored));
  return draft;
}

Task<Result<std::optional<Draft>>> current_draft(const Environment& environment, UserId owner, Peer peer,
                                                 MessageId top) {
  auto body = [=](store::Tx& tx) -> Result<std::optional<Draft>> {
    if (top) return thread_draft(tx, owner, peer, top);
    HG_ASSIGN(const auto dialog, tx.dialogs().find(owner, peer));
    return dialog ? draft_of(*dialog) : std::nullopt;
  };
  co_return co_await environment.store.read(std::move(body));
}

Status clear_draft_in(store::Tx& tx, const Caller& origin, UnixSeconds now, UserId owner, Peer peer,
                      MessageId top) {
  if (top && peer.is_channel()) {
    HG_ASSIGN(const auto there, thread_draft(tx, owner, peer, top));
    return there ? put_thread_draft(tx, origin, now, owner, peer, top, {}) : Status();
  }
  HG_ASSIGN(auto dialog, tx.dialogs().find(owner, peer));
  if (!dialog || dialog->draft.empty()) return {};
  dialog->draft.clear();
  HG_TRY(settle_dialog(tx, *dialog));
  HG_TRY(append_event(tx, origin, owner, now, events::DraftChanged{peer, {}}));
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
    HG_ASSIGN(const auto top, thread_of_draft(tx, caller.user, peer, draft, now));
    if (says_nothing(draft, top)) return clear_draft_in(tx, caller, now, caller.user, peer, top);
    if (top) return put_thread_draft(tx, caller, now, caller.user, peer, top, encode(draft));
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
    HG_TRY(append_event(tx, caller, caller.user, now, events::DraftChanged{peer, {}}));
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
      if (draft) drafts.push_back({dialog.peer, {}, std::move(*draft)});
    }
    HG_ASSIGN(const auto threads, tx.threads().notes(owner, Note::draft));
    for (const auto& noted : threads) {
      HG_ASSIGN(auto draft, decode<Draft>(noted.value));
      drafts.push_back({Peer::of(noted.box.channel()), noted.top, std::move(draft)});
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
    HG_ASSIGN(const auto threads, tx.threads().notes(caller.user, Note::draft));
    for (const auto& noted : threads) {
      HG_TRY(clear_draft_in(tx, caller, now, caller.user, Peer::of(noted.box.channel()), noted.top));
    }
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
