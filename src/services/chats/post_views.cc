#include "services/chats/post_views.h"

#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::size_t flush_step = 1000;  // posts a transaction

std::uint64_t hash_of(UserId user, BoxId box, MessageId id) {
  auto x = std::hash<UserId>{}(user);
  x = x * 0x9e3779b97f4a7c15ULL + std::hash<BoxId>{}(box);
  return x * 0x9e3779b97f4a7c15ULL + std::hash<MessageId>{}(id);
}

}  // namespace

Task<Result<std::vector<PostView>>> PostViews::views(UserId caller, Peer peer, std::vector<MessageId> ids,
                                                     bool increment) {
  if (ids.size() > ids_max) co_return fail(Error::invalid("LIMIT_INVALID"));
  const auto now = environment_.clock.unix_seconds();
  const auto box = peer.is_channel() ? BoxId::of(peer.channel()) : BoxId(caller);
  auto body = [caller, peer, now, ids = std::move(ids)](store::Tx& tx) -> Result<std::vector<PostView>> {
    HG_ASSIGN(const auto place, open_place(tx, caller, peer, now));
    ThreadSummaries threads(tx, caller);
    std::vector<PostView> posts;
    for (const auto id : ids) {
      PostView post;
      post.id = id;
      HG_ASSIGN(const auto message, tx.messages().find(place.box, id));
      post.counted = message && message->peer == peer && (message->flags & store::message_views) != 0;
      if (post.counted) {
        HG_ASSIGN(const auto count, tx.post_counts().find(place.box, id));
        post.views = count.views + 1;  // its author's
        post.forwards = count.forwards;
      }
      if (message && message->peer == peer && (message->flags & store::message_thread) != 0) {
        HG_ASSIGN(post.thread, threads.of(*message));
      }
      posts.push_back(post);
    }
    return posts;
  };
  CO_ASSIGN(auto posts, co_await environment_.store.read(std::move(body)));
  if (increment) count(caller, box, posts);
  add_pending(box, posts);
  co_return posts;
}

void PostViews::count(UserId caller, BoxId box, const std::vector<PostView>& posts) {
  const auto now = environment_.clock.unix_seconds();
  std::lock_guard lock(mutex_);
  if (seen_.size() >= seen_max || now - seen_since_ > seen_for) {
    seen_.clear();
    seen_since_ = now;
  }
  for (const auto& post : posts) {
    if (!post.counted) continue;
    if (pending_.size() >= pending_max && !pending_.contains({box, post.id})) continue;
    if (seen_.insert(hash_of(caller, box, post.id)).second) ++pending_[{box, post.id}];
  }
}

void PostViews::add_pending(BoxId box, std::vector<PostView>& posts) {
  std::lock_guard lock(mutex_);
  for (auto& post : posts) {
    const auto found = pending_.find({box, post.id});
    if (post.counted && found != pending_.end()) post.views += found->second;
  }
}

Task<Status> PostViews::flush() {
  for (;;) {
    std::vector<std::pair<Post, std::int64_t>> step;
    {
      std::lock_guard lock(mutex_);
      for (const auto& [post, views] : pending_) {
        step.emplace_back(post, views);
        if (step.size() == flush_step) break;
      }
    }
    if (step.empty()) co_return Status();
    auto body = [step](store::Tx& tx) -> Status {
      for (const auto& [post, views] : step) {
        HG_ASSIGN(const auto message, tx.messages().find(post.box, post.id));
        if (!message) continue;  // deleted since
        HG_ASSIGN(const auto now, tx.post_counts().add(post.box, post.id, {views, 0}));
        // Those who look at a post much seen are told when it matters, not of every view.
        if (views * 20 < now.views) continue;
        events::PostViewed seen{post.id, static_cast<std::int32_t>(now.views + 1)};
        tx.updates().publish_transient(transient_event(Caller{}, post.box, seen));
      }
      return {};
    };
    CO_TRY(co_await environment_.store.write(std::move(body)));
    std::lock_guard lock(mutex_);
    for (const auto& [post, views] : step) {
      const auto found = pending_.find(post);
      if (found != pending_.end() && (found->second -= views) <= 0) pending_.erase(found);
    }
  }
}

}  // namespace heliograph::services
