// Deliveries that take a network: queued, bounded, on a thread of their own, tried more than once.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "services/accounts/delivery.h"

namespace heliograph::services {

class QueuedDelivery final : public CodeDelivery {
 public:
  // One try, on the delivery thread: blocks, for a bounded time.
  using Attempt = std::function<Status(const CodeMessage&)>;
  struct Options {
    std::size_t queue_max = 1000;
    int attempts_max = 3;
    std::chrono::milliseconds pause{2000};  // before the second attempt; doubled each time
  };

  explicit QueuedDelivery(Attempt attempt) : QueuedDelivery(std::move(attempt), Options{}) {}
  QueuedDelivery(Attempt attempt, Options options);
  // Gives up on what is still queued; waits for the attempt under way.
  ~QueuedDelivery() override;

  Status send(CodeMessage message) override;

  std::uint64_t delivered() const { return delivered_; }
  std::uint64_t failed() const { return failed_; }

 private:
  void work();
  void deliver(const CodeMessage& message);
  bool wait(std::chrono::milliseconds time);  // false: stopping

  const Attempt attempt_;
  const Options options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<CodeMessage> queue_;
  bool stopping_ = false;
  std::atomic<std::uint64_t> delivered_{0};
  std::atomic<std::uint64_t> failed_{0};
  std::thread thread_;
};

struct WebhookOptions {
  std::string url;    // http:// or https://
  std::string token;  // sent as "Authorization: Bearer"; empty: no such header
  std::chrono::seconds timeout{10};
};
// POSTs to_json(); any 2xx answer will do. Redirects are not followed. unavailable WEBHOOK_FAILED.
QueuedDelivery::Attempt webhook_attempt(WebhookOptions options);

struct SmtpOptions {
  std::string url;   // smtp://host:port (STARTTLS where offered) or smtps://host:port
  std::string user;  // empty: no sign-in
  std::string password;
  std::string from;
  std::string to;  // the SMS gateway's address, with "{phone}" where it wants the number's digits
  std::chrono::seconds timeout{20};
};
// Codes to phones go to the gateway, codes to e-mail addresses to these. unavailable SMTP_FAILED.
QueuedDelivery::Attempt smtp_attempt(SmtpOptions options);

}  // namespace heliograph::services
