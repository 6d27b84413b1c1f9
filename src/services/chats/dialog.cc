#include "services/chats/dialog.h"

#include <algorithm>

#include "services/chats/comments.h"
#include "services/chats/draft.h"
#include "services/chats/thread_counts.h"
#include "services/discovery/public.h"
#include "services/groups/forum.h"
#include "services/people/notify.h"
#include "services/people/privacy.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

// Its messages are in the channel's box: what keeps the row is being in the channel.
Status settle_channel_dialog(store::Tx& tx, store::Dialog& dialog) {
  HG_ASSIGN(const auto member, tx.chats().find_member(dialog.peer, dialog.owner));
  HG_ASSIGN(const auto draft, draft_of(dialog));
  const bool kept = (member && store::is_in(member->status)) || draft || dialog.pinned_order != 0;
  if (!kept) return tx.dialogs().erase(dialog.owner, dialog.peer);
  dialog.top_date = std::max(member ? member->joined_at : 0, draft ? draft->date : 0);
  return tx.dialogs().put(dialog);
}

}  // namespace

Status settle_dialog(store::Tx& tx, store::Dialog& dialog) {
  if (dialog.peer.is_channel()) return settle_channel_dialog(tx, dialog);
  HG_ASSIGN(const auto newest, tx.messages().newest(dialog.owner, dialog.peer));
  HG_ASSIGN(const auto draft, draft_of(dialog));
  dialog.top_message = newest ? newest->id : MessageId{};
  dialog.top_date = std::max(newest ? newest->date : 0, draft ? draft->date : 0);
  const bool kept =
      newest || draft || dialog.pinned_order != 0 || dialog.unread_mark || dialog.ttl_period != 0;
  if (!kept) return tx.dialogs().erase(dialog.owner, dialog.peer);
  return tx.dialogs().put(dialog);
}

Status erase_with_responses(store::Tx& tx, const store::Message& message) {
  HG_TRY(tx.messages().erase(message.owner, message.id));
  constexpr std::uint32_t asks = store::message_mentioned | store::message_reactions;
  if ((message.flags & asks) != 0) HG_TRY(tx.attention().erase(message.owner, message.peer, message.id));
  if ((message.flags & store::message_views) != 0) HG_TRY(tx.post_counts().erase(message.owner, message.id));
  if ((message.flags & store::message_topic) != 0) HG_TRY(end_topic(tx, message.owner, message.id));
  if ((message.flags & store::message_thread) != 0) HG_TRY(tx.threads().erase(message.owner, message.id));
  HG_TRY(uncount_in_thread(tx, message));
  const bool reactions = (message.flags & store::message_reactions) != 0;
  // One that is withheld may have been a poll, and be one again.
  const bool poll =
      message.kind == store::MessageKind::poll || (message.flags & store::message_withheld) != 0;
  if (!reactions && !poll) return {};
  HG_ASSIGN(const auto left, tx.messages().copies(message.link));
  if (!left.empty()) return {};
  if (poll) HG_TRY(tx.polls().erase_place(message.link));
  return reactions ? tx.reactions().erase(message.link) : Status();
}

Result<store::Update> unchanged(store::Tx& tx, BoxId box) {
  HG_ASSIGN(const auto state, tx.updates().state(box));
  store::Update update;
  update.box = box;
  update.pts = state.pts;
  return update;
}

Result<store::Update> erase_from_box(store::Tx& tx, const Caller& origin, UnixSeconds now, BoxId owner,
                                     const std::vector<store::Message>& messages) {
  if (messages.empty()) return unchanged(tx, owner);
  events::DeleteMessages gone;
  std::vector<Peer> peers;
  for (const auto& message : messages) {
    HG_TRY(erase_with_responses(tx, message));
    gone.ids.push_back(message.id);
    if (std::ranges::find(peers, message.peer) == peers.end()) peers.push_back(message.peer);
  }
  HG_TRY(note_messages(tx, owner, messages));
  HG_TRY(erase_copies_of_posts(tx, now, messages));
  for (const auto peer : peers) {
    if (owner.is_channel()) break;  // its members' dialogs are read from its box
    HG_ASSIGN(auto dialog, tx.dialogs().find(owner.user(), peer));
    if (!dialog) continue;
    const auto unread = std::ranges::count_if(messages, [&](const store::Message& m) {
      return m.peer == peer && (m.flags & store::message_out) == 0 && m.id > dialog->read_inbox_max_id;
    });
    dialog->unread_count = std::max(0, dialog->unread_count - static_cast<std::int32_t>(unread));
    HG_TRY(settle_dialog(tx, *dialog));
  }
  const auto count = static_cast<std::int32_t>(gone.ids.size());
  return append_event(tx, origin, owner, now, std::move(gone), count);
}

Status return_from_archive(store::Tx& tx, UnixSeconds now, store::Dialog& dialog) {
  if (dialog.folder_id == 0) return {};
  NotifyTarget target;
  target.peer = dialog.peer;
  HG_ASSIGN(const auto notify, notify_settings(tx, dialog.owner, target));
  if (notify.mute_until.value_or(0) > now) return {};
  HG_ASSIGN(const auto global, global_privacy(tx, dialog.owner));
  if (global.keep_archived_unmuted) return {};
  dialog.folder_id = 0;
  dialog.pinned_order = 0;
  HG_TRY(tx.dialogs().put(dialog));
  events::FolderPeers event;
  event.peers.push_back({dialog.peer, 0});
  HG_TRY(append_event(tx, Caller{}, dialog.owner, now, std::move(event)));
  return {};
}

}  // namespace heliograph::services
