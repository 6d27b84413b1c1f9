// How often posts are seen (core.telegram.org/api/channel, messages.getMessagesViews). A view is counted in
// memory and written with many others every few seconds: a crash loses the views of the last seconds, and
// nothing else.
#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "services/chats/thread_counts.h"
#include "services/environment.h"
#include "services/groups/place.h"

namespace heliograph::services {

struct PostView {
  MessageId id;
  bool counted = false;  // a post
  std::int64_t views = 0;
  std::int64_t forwards = 0;
  std::optional<ThreadSummary> thread;
};

// Thread-safe. One per process; the owner calls flush() every few seconds and before the end.
class PostViews {
 public:
  explicit PostViews(const Environment& environment) : environment_(environment) {}

  static constexpr std::size_t ids_max = 100;
  // One entry for each of `ids`. With `increment` the caller has seen them: each counts once for an account
  // until it is forgotten who has seen what, which is after a day at most. LIMIT_INVALID; as open_place.
  Task<Result<std::vector<PostView>>> views(UserId caller, Peer peer, std::vector<MessageId> ids,
                                            bool increment);
  // Writes what has been counted. After an error it is kept for the next time.
  Task<Status> flush();

 private:
  static constexpr std::size_t seen_max = 1'000'000;   // (account, post) pairs remembered
  static constexpr std::size_t pending_max = 100'000;  // posts with views not yet written
  static constexpr UnixSeconds seen_for = 24 * 3600;   // seconds

  struct Post {
    BoxId box;
    MessageId id;
    bool operator==(const Post&) const = default;
  };
  struct PostHash {
    std::size_t operator()(const Post& post) const noexcept {
      return std::hash<BoxId>{}(post.box) * 31 + std::hash<MessageId>{}(post.id);
    }
  };
  // Counts what the caller has not seen before.
  void count(UserId caller, BoxId box, const std::vector<PostView>& posts);
  void add_pending(BoxId box, std::vector<PostView>& posts);

  const Environment& environment_;
  std::mutex mutex_;
  std::unordered_map<Post, std::int64_t, PostHash> pending_;
  std::unordered_set<std::uint64_t> seen_;  // hashes of account and post
  UnixSeconds seen_since_ = 0;
};

}  // namespace heliograph::services
