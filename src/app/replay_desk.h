// Replays that the console starts: one at a time, on a thread of their own, over a snapshot of the running
// server's store.
#pragma once

#include <atomic>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "app/encoder_judge.h"
#include "base/clock.h"
#include "crypto/sealer.h"
#include "safety/enforcement/gate.h"
#include "web/console/replays.h"

namespace heliograph::app {

class ReplayDesk final : public web::Replays {
 public:
  // While one runs the store's log grows: it ends after so long.
  static constexpr std::chrono::minutes runs_most{10};

  // All outlive it. `second`: asked where the first stage is not sure; may be null.
  ReplayDesk(std::filesystem::path data, const crypto::Sealer& sealer, const safety::Gate& gate,
             const Clock& clock, std::shared_ptr<const EncoderJudge> second = nullptr)
      : data_(std::move(data)), sealer_(sealer), gate_(gate), clock_(clock), second_(std::move(second)) {}
  // Stops what runs.
  ~ReplayDesk() override;

  Result<web::Replay> start(StaffId by, store::Day from, store::Day to, const std::string& policy) override;
  std::vector<web::Replay> list() const override;
  std::optional<web::Replay> find(std::int64_t id) const override;

 private:
  Result<std::shared_ptr<const safety::Rulebook>> rulebook_with(const std::string& policy) const;
  void run(std::int64_t id, store::Day from, store::Day to,
           const std::shared_ptr<const safety::Rulebook>& rulebook);
  // Of the replay, if it is still kept.
  template <typename Change>
  void change(std::int64_t id, Change change);

  const std::filesystem::path data_;
  const crypto::Sealer& sealer_;
  const safety::Gate& gate_;
  const Clock& clock_;
  const std::shared_ptr<const EncoderJudge> second_;
  mutable std::mutex mutex_;
  std::deque<web::Replay> kept_;  // under mutex_: newest first
  std::int64_t last_id_ = 0;      // the same
  std::thread thread_;            // the same
  std::atomic<bool> stopping_ = false;
};

}  // namespace heliograph::app
