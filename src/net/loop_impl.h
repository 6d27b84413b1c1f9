// The inside of Loop, for the .cc files of this folder: the only header that brings Asio.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <mutex>
#include <thread>
#include <vector>

#include "net/connection.h"
#include "net/loop.h"
#include "net/wheel.h"

namespace heliograph::net {

// What the loop knows of a connection that uses it: enough to close it when the loop stops.
class LoopMember
    : public boost::intrusive::list_base_hook<boost::intrusive::tag<LoopMember>,
                                              boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
 public:
  virtual ~LoopMember() = default;
  virtual void on_loop_stop() = 0;
};

struct Loop::Impl {
  explicit Impl(Loop& loop, std::string loop_name);

  using Work = std::move_only_function<void()>;
  static constexpr std::size_t read_buffer_size = 64 * 1024;

  // Runs what was posted before this call; more may have been posted meanwhile.
  void drain();
  void add_timer(Monotonic when, Work work);
  void run_timers();
  void arm_timer();
  void start_ticking();
  void tick();
  Tick tick_after(Duration delay) const;
  void shut_down();

  Loop& self;
  const std::string name;
  std::thread thread;

  std::mutex mutex;
  std::vector<Work> inbox;    // guarded by mutex
  bool wake_pending = false;  // guarded by mutex
  bool stopping = false;      // guarded by mutex

  // From here on: the loop's thread only.
  struct Timer {
    Monotonic when;
    std::uint64_t order;
    Work work;
  };
  std::vector<Timer> timers;  // heap, earliest first
  std::uint64_t timer_order = 0;
  std::vector<Work> spare;  // the storage of the last batch, to be used again

  Wheel wheel;
  const Monotonic started = std::chrono::steady_clock::now();
  bool ticking = false;

  boost::intrusive::list<
      LoopMember,
      boost::intrusive::base_hook<boost::intrusive::list_base_hook<
          boost::intrusive::tag<LoopMember>, boost::intrusive::link_mode<boost::intrusive::auto_unlink>>>,
      boost::intrusive::constant_time_size<false>>
      members;
  std::atomic<std::size_t> member_count = 0;
  Bytes read_buffer;  // shared by all connections: each reads and hands on before the next one does

  // Last: when it goes, it drops handlers that own connections, which leave the lists above.
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> keep_running;
  boost::asio::steady_timer timer;
  boost::asio::steady_timer tick_timer;
};

}  // namespace heliograph::net
