#include "services/chats/threads.h"

#include <algorithm>
#include <limits>

#include "services/chats/thread_counts.h"
#include "services/chats/topic_views.h"
#include "services/groups/forum.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

Result<store::Message> find_in(store::Tx& tx, const Place& place, MessageId id) {
  HG_ASSIGN(auto found, tx.messages().find(place.box, id));
  if (!found || found->id <= place.hidden_up_to()) return fail(Error::invalid("MSG_ID_INVALID"));
  return std::move(*found);
}

// What the thread begins with: of an album's copies those that are left.
Result<std::vector<store::Message>> beginning(store::Tx& tx, const Thread& thread) {
  std::vector<store::Message> all;
  if (thread.post && thread.first.album != 0) {
    store::HistoryRange range;
    range.offset_id = MessageId{thread.top().value + 30};  // scheduled albums may have something between
    range.min_id = MessageId{thread.top().value - 1};
    range.limit = 30;
    HG_ASSIGN(auto page, tx.messages().history(thread.place.box, thread.place.peer, range));
    for (auto& message : page.messages) {
      if (message.album == thread.first.album) all.push_back(std::move(message));
    }
  }
  if (all.empty() && thread.first.owner) all.push_back(thread.first);
  return all;
}

// Those who wrote what has been read hear how far.
Status tell_writers(store::Tx& tx, const Caller& caller, UnixSeconds now, const Thread& thread,
                    MessageId after, MessageId up_to) {
  store::HistoryRange range;
  range.thread = thread.top();
  range.in_general = thread.in_general;
  range.offset_id = MessageId{up_to.value + 1};
  range.min_id = after;
  range.limit = 100;
  const auto& place = thread.place;
  HG_ASSIGN(const auto page, tx.messages().history(place.box, place.peer, range));
  std::vector<UserId> told;
  for (const auto& message : page.messages) {  // newest first: the first of each is what counts
    if (message.from == caller.user || std::ranges::find(told, message.from) != told.end()) continue;
    told.push_back(message.from);
    const auto writer = message.from;
    HG_ASSIGN(const auto account, tx.accounts().find(writer));
    if (!account || account->state != store::AccountState::active) continue;
    HG_ASSIGN(auto theirs, tx.threads().read_by(writer, place.box, thread.top()));
    if (message.id <= theirs.outbox) continue;
    theirs.outbox = message.id;
    HG_TRY(tx.threads().set_read(writer, place.box, thread.top(), theirs));
    events::ReadDiscussionOutbox event{place.peer, thread.top(), message.id};
    HG_TRY(append_event(tx, caller, writer, now, event));
  }
  return {};
}

Status read_in(store::Tx& tx, const Caller& caller, UnixSeconds now, const Thread& thread, MessageId max_id) {
  const auto& place = thread.place;
  HG_ASSIGN(const auto count, tx.threads().find(place.box, thread.top()));
  HG_ASSIGN(auto read, tx.threads().read_by(caller.user, place.box, thread.top()));
  const auto up_to = std::min(max_id, thread.topic ? thread.topic->top : count.max_id);
  const auto after = read.inbox;
  if (up_to <= after) return {};
  read.inbox = up_to;
  HG_TRY(tx.threads().set_read(caller.user, place.box, thread.top(), read));
  HG_TRY(tell_writers(tx, caller, now, thread, after, up_to));
  events::ReadDiscussionInbox event{place.peer, thread.top(), up_to, {}, {}};
  if (thread.post) {
    event.channel = thread.post->channel;
    event.post = thread.post->id;
  }
  HG_TRY(append_event(tx, caller, caller.user, now, event));
  return {};
}

}  // namespace

namespace {

Result<Thread> open_topic(store::Tx& tx, Thread thread) {
  if ((thread.topic->flags & store::topic_deleted) != 0) return fail(Error::invalid("TOPIC_ID_INVALID"));
  const auto id = thread.topic->id;
  HG_ASSIGN(auto first, tx.messages().find(thread.place.box, id));
  if (first && id > thread.place.hidden_up_to()) {
    thread.first = std::move(*first);
  } else {
    thread.first.id = id;
  }
  return thread;
}

}  // namespace

Result<Thread> open_thread(store::Tx& tx, UserId caller, Peer peer, MessageId id, UnixSeconds now) {
  if (!peer.is_channel()) {
    return fail(Error::invalid("PEER_ID_INVALID", "Only supergroups and channels have threads."));
  }
  Thread thread;
  HG_ASSIGN(thread.place, open_place(tx, caller, peer, now));
  if (thread.place.is_forum()) {
    HG_ASSIGN(thread.topic, tx.topics().find(thread.place.box, id));
  }
  if (thread.topic) return open_topic(tx, std::move(thread));
  HG_ASSIGN(thread.first, find_in(tx, thread.place, id));
  if (!thread.place.is_group()) {
    HG_ASSIGN(const auto comments, comments_of(tx, thread.first));
    if (!comments) return fail(Error::invalid("MSG_ID_INVALID", "This post has no comments."));
    HG_ASSIGN(thread.place, open_place(tx, caller, comments->group, now));
    HG_ASSIGN(thread.first, find_in(tx, thread.place, comments->top));
  } else if ((thread.first.flags & store::message_discussed) != 0) {
    HG_ASSIGN(const auto top, thread_of_copy(thread.first));
    if (top != id) {
      HG_ASSIGN(thread.first, find_in(tx, thread.place, top));
    }
  }
  HG_ASSIGN(thread.post, commented_post(thread.first));
  HG_ASSIGN(thread.in_general, lies_in_general(tx, thread.place, thread.first));
  return thread;
}

Task<Result<PlacePage>> thread_history(const Environment& environment, UserId caller, Peer peer, MessageId id,
                                       store::HistoryRange range) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<PlacePage> {
    HG_ASSIGN(const auto thread, open_thread(tx, caller, peer, id, now));
    auto wanted = visible(thread.place, range);
    wanted.thread = thread.top();
    wanted.in_general = thread.in_general;
    HG_ASSIGN(auto page, tx.messages().history(thread.place.box, thread.place.peer, wanted));
    return of_place(tx, thread.place, std::move(page));
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<Discussion>> discussion(const Environment& environment, UserId caller, Peer peer, MessageId id) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<Discussion> {
    HG_ASSIGN(auto thread, open_thread(tx, caller, peer, id, now));
    const auto begins = thread.in_general ? thread.first.subthread : thread.first.thread;
    if (begins && !thread.topic) {
      HG_ASSIGN(thread, open_thread(tx, caller, thread.place.peer, begins, now));
    }
    Discussion out;
    const auto& place = thread.place;
    HG_ASSIGN(out.first, beginning(tx, thread));
    HG_ASSIGN(out.count, tx.threads().find(place.box, thread.top()));
    HG_ASSIGN(out.read, thread_read_by(tx, caller, place.peer, thread.top()));
    if (thread.topic) {
      out.count.max_id = thread.topic->top;
      HG_ASSIGN(out.unread, unread_in_topic(tx, place, *thread.topic, out.read, caller));
      return out;
    }
    const auto after = std::max(out.read.inbox, place.hidden_up_to());
    HG_ASSIGN(out.unread, tx.threads().count_after(place.box, thread.top(), after, caller));
    return out;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Status> read_discussion(const Environment& environment, Caller caller, Peer peer, MessageId id,
                             MessageId max_id) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto thread, open_thread(tx, caller.user, peer, id, now));
    return read_in(tx, caller, now, thread, max_id);
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
