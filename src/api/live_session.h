// One session as the methods see it: whom it listens for, and what is on its way to it.
#pragma once

#include <deque>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "api/door.h"
#include "services/hub.h"
#include "services/services.h"
#include "services/updates/channel_difference.h"

namespace heliograph::api {

// Lives on its key's executor: every call is made there. Kept alive by the table in api::Server and by the
// hub while subscribed.
class LiveSession final : public services::Subscriber, public std::enable_shared_from_this<LiveSession> {
 public:
  // Beyond so many waiting updates the session is told to ask for the difference instead.
  static constexpr std::size_t queue_max = 512;

  // How long a session hears of a channel that the account is not in after it has asked for its difference.
  static constexpr std::chrono::seconds watch_time{3 * services::channel_watch_again};
  static constexpr std::size_t watched_max = 10;

  LiveSession(services::Services& services, Sessions& sessions, AuthKeyId wire_key, SessionId session,
              Executor& executor)
      : services_(services),
        sessions_(sessions),
        wire_key_(wire_key),
        session_(session),
        executor_(executor) {}

  // The session belongs to `user` from now on (0: nobody), on this permanent key and layer. Subscribes or
  // unsubscribes as needed.
  void follow(UserId user, AuthKeyId permanent, std::int32_t layer);
  // A connection carries it. When one did before: tells the client to ask for what it missed in between.
  void attach();
  // No connection does any more. Nothing is pushed until the next attach().
  void detach();
  bool attached() const { return attached_; }
  UserId user() const { return user_; }
  Monotonic detached_at() const { return detached_at_; }

  // Requests in flight, for invokeAfterMsg. begin() when one starts, end() when it has been answered.
  void begin(std::int64_t msg_id) { in_flight_[msg_id]; }
  void end(std::int64_t msg_id, bool failed);
  // Resumes when the request has been answered, or at once if it is not in flight. False: it failed.
  Task<bool> finished(std::int64_t msg_id);

  void on_publication(const services::SharedPublication& publication) override;

 private:
  Task<void> drain();
  void push_too_long();
  void subscribe(bool wanted);
  // Reads which channels the account is in and listens to them.
  Task<void> follow_channels();
  void follow_channel(ChannelId channel, bool wanted);
  // For a while: until it ends or the account comes in, or may not read it any more.
  void watch(ChannelId channel);
  // Whether the channel is only watched, and that has ended.
  bool watched_out(ChannelId channel);

  services::Services& services_;
  Sessions& sessions_;
  const AuthKeyId wire_key_;
  const SessionId session_;
  Executor& executor_;

  UserId user_;
  AuthKeyId permanent_;
  std::int32_t layer_ = 0;
  bool attached_ = false;
  bool subscribed_ = false;
  bool draining_ = false;
  Monotonic detached_at_{};                           // epoch: never
  std::unordered_set<ChannelId> channels_;            // whose boxes it listens to as well
  std::unordered_map<ChannelId, Monotonic> watched_;  // those of them that it is not in: until when
  std::uint32_t changes_ = 0;  // of whom it listens for, and of what that account is in
  std::deque<services::SharedPublication> queue_;
  // Users whose full description this session has been sent: short updates may refer to them.
  std::vector<UserId> introduced_;

  std::unordered_map<std::int64_t, std::vector<std::move_only_function<void(bool)>>> in_flight_;
  std::deque<std::int64_t> failed_;  // the last few that failed
};

}  // namespace heliograph::api
