#include "api/render/dialog.h"

#include "api/render/chat.h"
#include "api/render/entity.h"
#include "api/render/message.h"
#include "api/render/notify.h"
#include "api/render/peer.h"
#include "api/render/responses.h"
#include "api/render/update.h"
#include "services/people/access.h"
#include "tl/core_f.h"
#include "tl/core_i.h"

namespace heliograph::api {

namespace {

// A page taken apart: what every form of the answer consists of.
struct Parts {
  std::vector<tl::Box<tl::Dialog>> dialogs;
  std::vector<tl::Box<tl::Message>> messages;
  Described described;
};

tl::Box<tl::Dialog> render_archive(const services::ArchiveView& archive) {
  tl::folder folder;
  folder.id = services::archive_folder;
  folder.title = "Archived Chats";  // clients show their own translation
  tl::dialogFolder wire;
  wire.pinned = true;
  wire.folder = std::move(folder);
  wire.peer = render_peer(archive.peer);
  wire.top_message = archive.top ? archive.top->id.value : 0;
  wire.unread_muted_peers_count = archive.unread_muted_peers;
  wire.unread_unmuted_peers_count = archive.unread_unmuted_peers;
  wire.unread_muted_messages_count = archive.unread_muted_messages;
  wire.unread_unmuted_messages_count = archive.unread_unmuted_messages;
  return wire;
}

Task<Result<Parts>> render_parts(services::Services& services, UserId viewer,
                                 const services::DialogPage& page) {
  Parts parts;
  std::vector<Peer> named;
  std::vector<const store::Message*> tops;
  if (page.archive && page.archive->top) tops.push_back(&*page.archive->top);
  for (const auto& view : page.dialogs) {
    if (view.top) tops.push_back(&*view.top);
  }
  CO_ASSIGN(const auto seen_by, co_await viewer_of(services, viewer, std::move(tops)));
  if (page.archive) {
    parts.dialogs.push_back(render_archive(*page.archive));
    named.push_back(page.archive->peer);
    if (page.archive->top) {
      CO_ASSIGN(auto message, render_message(*page.archive->top, seen_by));
      parts.messages.push_back(std::move(message));
      collect_peers(*page.archive->top, named);
    }
  }
  for (const auto& view : page.dialogs) {
    auto dialog = render_dialog(view);
    if (!dialog) co_return fail(std::move(dialog).error());
    auto* wire = dialog->get_if<tl::dialog>();
    const auto draft = services::draft_of(view.dialog);
    if (!draft) co_return fail(draft.error());
    if (*draft) wire->draft = render_draft(services.environment, viewer, **draft);
    parts.dialogs.push_back(std::move(*dialog));
    named.push_back(view.dialog.peer);
    if (!view.top) continue;
    CO_ASSIGN(auto message, render_message(*view.top, seen_by));
    parts.messages.push_back(std::move(message));
    collect_peers(*view.top, named);
  }
  CO_ASSIGN(parts.described, co_await describe(services, viewer, std::move(named)));
  co_return parts;
}

}  // namespace

Result<tl::Box<tl::Dialog>> render_dialog(const services::DialogView& view) {
  const auto& dialog = view.dialog;
  tl::dialog wire;
  wire.pinned = dialog.pinned_order != 0;
  wire.unread_mark = dialog.unread_mark;
  wire.view_forum_as_messages = view.as_messages;
  wire.peer = render_peer(dialog.peer);
  wire.top_message = dialog.top_message.value;
  wire.read_inbox_max_id = dialog.read_inbox_max_id.value;
  wire.read_outbox_max_id = dialog.read_outbox_max_id.value;
  wire.unread_count = dialog.unread_count;
  wire.unread_mentions_count = view.unread_mentions;
  wire.unread_reactions_count = view.unread_reactions;
  if (view.pts != 0) wire.pts = view.pts;
  wire.notify_settings = render_notify_settings(view.notify);
  if (dialog.folder_id != 0) wire.folder_id = dialog.folder_id;
  if (dialog.ttl_period != 0) wire.ttl_period = dialog.ttl_period;
  return tl::Box<tl::Dialog>(std::move(wire));
}

tl::Box<tl::DraftMessage> render_draft(const services::Environment& environment, UserId owner,
                                       const services::Draft& draft) {
  tl::draftMessage wire;
  wire.no_webpage = draft.no_webpage;
  wire.invert_media = draft.invert_media;
  wire.message = draft.text;
  wire.date = static_cast<std::int32_t>(draft.date);
  wire.entities = render_optional_entities(draft.entities);
  if (draft.reply) {
    tl::inputReplyToMessage reply;
    reply.reply_to_msg_id = draft.reply->id.value;
    if (draft.reply->top) reply.top_msg_id = draft.reply->top.value;
    if (draft.reply->peer) reply.reply_to_peer_id = render_input_peer(environment, owner, draft.reply->peer);
    if (!draft.reply->quote_text.empty()) {
      reply.quote_text = draft.reply->quote_text;
      reply.quote_entities = render_optional_entities(draft.reply->quote_entities);
      reply.quote_offset = draft.reply->quote_offset;
    }
    wire.reply_to = std::move(reply);
    if (draft.reply->id) wire.reply_to_msg_id = draft.reply->id.value;
  }
  return wire;
}

Task<Result<tl::Box<tl::DraftMessage>>> render_current_draft(services::Services& services, UserId owner,
                                                             Peer peer, MessageId top) {
  CO_ASSIGN(const auto draft, co_await services::current_draft(services.environment, owner, peer, top));
  if (draft) co_return render_draft(services.environment, owner, *draft);
  tl::draftMessageEmpty empty;
  empty.date = static_cast<std::int32_t>(services.environment.clock.unix_seconds());
  co_return tl::Box<tl::DraftMessage>(std::move(empty));
}

Task<Result<tl::Box<tl::messages::Dialogs>>> render_dialogs(services::Services& services, UserId viewer,
                                                            services::DialogPage page) {
  CO_ASSIGN(auto parts, co_await render_parts(services, viewer, page));
  if (page.whole) {
    tl::messages::dialogs whole;
    whole.dialogs = std::move(parts.dialogs);
    whole.messages = std::move(parts.messages);
    whole.users = std::move(parts.described.users);
    whole.chats = std::move(parts.described.chats);
    co_return tl::Box<tl::messages::Dialogs>(std::move(whole));
  }
  tl::messages::dialogsSlice slice;
  slice.count = static_cast<std::int32_t>(page.total);
  slice.dialogs = std::move(parts.dialogs);
  slice.messages = std::move(parts.messages);
  slice.users = std::move(parts.described.users);
  slice.chats = std::move(parts.described.chats);
  co_return tl::Box<tl::messages::Dialogs>(std::move(slice));
}

Task<Result<tl::Box<tl::messages::PeerDialogs>>> render_peer_dialogs(services::Services& services,
                                                                     UserId viewer,
                                                                     services::DialogPage page) {
  CO_ASSIGN(auto parts, co_await render_parts(services, viewer, page));
  tl::messages::peerDialogs answer;
  answer.dialogs = std::move(parts.dialogs);
  answer.messages = std::move(parts.messages);
  answer.users = std::move(parts.described.users);
  answer.chats = std::move(parts.described.chats);
  answer.state = render_state(page.state);
  co_return tl::Box<tl::messages::PeerDialogs>(std::move(answer));
}

}  // namespace heliograph::api
