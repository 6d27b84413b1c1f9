#include "services/chats/comments.h"

#include <algorithm>
#include <map>

#include "services/chats/dialog.h"
#include "services/chats/origin.h"

namespace heliograph::services {

namespace {

// An album has one number in the channel and another in the group: clients put together what has the same.
std::int64_t album_of_copies(std::int64_t album) {
  constexpr std::int64_t salt = 0x3c6ef372fe94f82a;
  return album == 0 ? 0 : (album ^ salt) | 1;
}

// The first of the album in the group, if there is one already.
Result<MessageId> album_begins(store::Tx& tx, Peer group, std::int64_t album) {
  if (album == 0) return MessageId{};
  store::HistoryRange newest;
  newest.limit = 20;  // scheduled albums may have something between
  HG_ASSIGN(const auto page, tx.messages().history(BoxId::of(group.channel()), group, newest));
  for (const auto& message : page.messages) {
    if (message.album == album) return thread_of_copy(message);
  }
  return MessageId{};
}

Result<std::optional<store::Message>> copy_in(store::Tx& tx, std::int64_t link, Peer group) {
  HG_ASSIGN(auto copies, tx.messages().copies(link));
  const auto copy = std::ranges::find(copies, BoxId::of(group.channel()), &store::Message::owner);
  if (copy == copies.end()) return std::nullopt;
  return std::move(*copy);
}

// What the post answers, as the group has it: the copy of that post. Of one that has no copy (any more) a
// quotation remains; what lies in another dialog is said by the header alone, here as there.
Result<std::optional<ReplyHeader>> reply_in_group(store::Tx& tx, const store::Message& post, Peer group,
                                                  std::optional<ReplyHeader> header) {
  if (!header) return std::nullopt;
  header->top = {};
  header->topic = false;
  if (!header->id) return header;
  HG_ASSIGN(const auto answered, tx.messages().find(post.owner, header->id));
  header->id = {};
  if (answered) {
    HG_ASSIGN(const auto copy, copy_in(tx, answered->link, group));
    if (copy) header->id = copy->id;
  }
  if (!header->id && !header->quote) return std::nullopt;
  return header;
}

}  // namespace

Result<std::optional<store::Message>> copy_for_discussion(store::Tx& tx, const store::Message& post) {
  HG_ASSIGN(auto content, decode_content(post));
  HG_ASSIGN(const auto group, tx.chats().find(content.discussion));
  if (!group) return std::nullopt;
  constexpr std::uint32_t kept = store::message_silent | store::message_has_link |
                                 store::message_invert_media | store::message_no_forwards |
                                 store::message_withheld;
  store::Message copy;
  copy.owner = BoxId::of(group->peer.channel());
  copy.peer = group->peer;
  copy.from = post.from;
  copy.link = post.link;
  copy.flags = (post.flags & kept) | store::message_discussed | store::message_shown_as;
  copy.date = post.date;
  copy.expires_at = group->ttl_period > 0 ? post.date + group->ttl_period : 0;
  copy.kind = post.kind;
  copy.album = album_of_copies(post.album);
  copy.text = post.text;
  HG_ASSIGN(auto header, origin_of(tx, post, post.from));
  header.saved_from_peer = post.peer;
  header.saved_from_id = post.id;
  HG_ASSIGN(header.thread, album_begins(tx, group->peer, copy.album));
  // One of an album is pinned and bears the thread.
  if (!header.thread) copy.flags |= store::message_pinned | store::message_thread;
  content.forward = std::move(header);
  content.shown_as = post.peer;
  HG_ASSIGN(content.reply, reply_in_group(tx, post, group->peer, std::move(content.reply)));
  content.author.clear();
  content.discussion = {};
  copy.content = encode_content(content);
  return copy;
}

Result<MessageId> thread_of_copy(const store::Message& copy) {
  HG_ASSIGN(const auto content, decode_content(copy));
  return content.forward && content.forward->thread ? content.forward->thread : copy.id;
}

Result<std::optional<CommentThread>> comments_of(store::Tx& tx, const store::Message& post) {
  if ((post.flags & store::message_post) == 0 || (post.flags & store::message_thread) == 0) {
    return std::nullopt;
  }
  HG_ASSIGN(const auto channel, tx.chats().find(post.peer));
  if (!channel || !channel->linked) return std::nullopt;
  HG_ASSIGN(const auto copy, copy_in(tx, post.link, channel->linked));
  if (!copy) return std::nullopt;
  HG_ASSIGN(const auto top, thread_of_copy(*copy));
  return CommentThread{channel->linked, top};
}

Result<std::optional<CommentedPost>> commented_post(const store::Message& top) {
  if ((top.flags & store::message_discussed) == 0) return std::nullopt;
  HG_ASSIGN(const auto content, decode_content(top));
  if (!content.forward) return std::nullopt;
  return CommentedPost{content.forward->saved_from_peer, content.forward->saved_from_id};
}

Status erase_copies_of_posts(store::Tx& tx, UnixSeconds now, const std::vector<store::Message>& posts) {
  std::map<BoxId, std::vector<store::Message>> gone;
  for (const auto& post : posts) {
    constexpr std::uint32_t commented = store::message_post | store::message_thread;
    if ((post.flags & commented) != commented) continue;
    HG_ASSIGN(auto copies, tx.messages().copies(post.link));
    for (auto& copy : copies) gone[copy.owner].push_back(std::move(copy));
  }
  for (const auto& [box, copies] : gone) HG_TRY(erase_from_box(tx, Caller{}, now, box, copies));
  return {};
}

}  // namespace heliograph::services
