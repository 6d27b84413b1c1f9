#include "services/chats/thread_counts.h"

#include <algorithm>

#include "services/chats/comments.h"
#include "services/chats/content.h"

namespace heliograph::services {

namespace {

constexpr std::int32_t looked_at = 20;  // of a thread's newest messages, for who wrote last

Result<Peer> shown_author(const store::Message& message) {
  if (message.content.empty()) return Peer::of(message.from);
  HG_ASSIGN(const auto content, decode_content(message));
  return content.shown_as ? content.shown_as : Peer::of(message.from);
}

bool threaded(const store::Message& message) {
  return message.owner.is_channel() && message.thread;
}

bool counts(const store::Message& message) {
  return threaded(message) && (message.flags & store::message_service) == 0;
}

// What the thread that counts it begins with.
MessageId top_of(const store::Message& message) {
  return message.subthread ? message.subthread : message.thread;
}

// False: it has gone, and with it the count.
Result<bool> mark_top(store::Tx& tx, BoxId box, MessageId top) {
  HG_ASSIGN(auto first, tx.messages().find(box, top));
  if (!first || (first->flags & store::message_thread) != 0) return first.has_value();
  first->flags |= store::message_thread;
  HG_TRY(tx.messages().update(*first));
  return true;
}

}  // namespace

Status count_in_thread(store::Tx& tx, const store::Message& message) {
  if (!threaded(message)) return {};
  HG_ASSIGN(const bool topic, tx.topics().reached(message.owner, message.thread, message.id));
  // General is a topic that no message begins: there is nothing to show a count with.
  const bool in_general = topic && message.thread == store::general_topic;
  if (!counts(message) || (in_general && !message.subthread)) return {};
  const auto top = top_of(message);
  HG_ASSIGN(auto count, tx.threads().find(message.owner, top));
  HG_ASSIGN(const auto author, shown_author(message));
  if (count.replies == 0) {
    HG_ASSIGN(const bool there, mark_top(tx, message.owner, top));
    if (!there) return {};
  }
  ++count.replies;
  count.max_id = std::max(count.max_id, message.id);
  std::erase(count.recent, author);
  count.recent.insert(count.recent.begin(), author);
  if (count.recent.size() > store::ThreadCount::recent_max) count.recent.pop_back();
  return tx.threads().put(message.owner, top, count);
}

Status uncount_in_thread(store::Tx& tx, const store::Message& message) {
  if (!threaded(message)) return {};
  HG_TRY(tx.topics().left(message.owner, message.thread, message.id));
  if (!counts(message)) return {};
  const auto top = top_of(message);
  HG_ASSIGN(const auto before, tx.threads().find(message.owner, top));
  if (before.replies == 0) return {};  // its beginning has gone before
  store::ThreadCount count;
  count.replies = before.replies - 1;
  store::HistoryRange newest;
  newest.thread = top;
  newest.in_general = static_cast<bool>(message.subthread);
  newest.limit = looked_at;
  HG_ASSIGN(const auto page, tx.messages().history(message.owner, message.peer, newest));
  for (const auto& left : page.messages) {
    if (!counts(left)) continue;
    if (!count.max_id) count.max_id = left.id;
    HG_ASSIGN(const auto author, shown_author(left));
    if (std::ranges::find(count.recent, author) == count.recent.end()) count.recent.push_back(author);
    if (count.recent.size() == store::ThreadCount::recent_max) break;
  }
  return tx.threads().put(message.owner, top, count);
}

Result<store::ThreadRead> thread_read_by(store::Tx& tx, UserId account, Peer group, MessageId top) {
  HG_ASSIGN(auto read, tx.threads().read_by(account, BoxId::of(group.channel()), top));
  HG_ASSIGN(const auto dialog, tx.dialogs().find(account, group));
  if (!dialog) return read;
  read.inbox = std::max(read.inbox, dialog->read_inbox_max_id);
  read.outbox = std::max(read.outbox, dialog->read_outbox_max_id);
  return read;
}

Result<ThreadSummaries::Group> ThreadSummaries::group(Peer peer) {
  if (const auto known = groups_.find(peer); known != groups_.end()) return known->second;
  Group group;
  HG_ASSIGN(const auto dialog, tx_.dialogs().find(viewer_, peer));
  if (dialog) group.read_max_id = dialog->read_inbox_max_id;
  HG_ASSIGN(const auto state, tx_.updates().state(BoxId::of(peer.channel())));
  group.pts = state.pts;
  groups_.emplace(peer, group);
  return group;
}

Result<std::optional<ThreadSummary>> ThreadSummaries::of(const store::Message& message) {
  ThreadSummary summary;
  auto in = message.peer;
  auto top = message.id;
  if ((message.flags & store::message_post) != 0) {
    HG_ASSIGN(const auto thread, comments_of(tx_, message));
    if (!thread) return std::nullopt;
    in = thread->group;
    top = thread->top;
    summary.group = in;
  }
  const auto box = BoxId::of(in.channel());
  HG_ASSIGN(summary.count, tx_.threads().find(box, top));
  HG_ASSIGN(const auto whole, group(in));
  HG_ASSIGN(const auto read, tx_.threads().read_by(viewer_, box, top));
  summary.read_max_id = std::min(std::max(read.inbox, whole.read_max_id), summary.count.max_id);
  summary.box_pts = whole.pts;
  return summary;
}

}  // namespace heliograph::services
