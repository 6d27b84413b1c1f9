#include "net/loop.h"

#include <pthread.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "base/assert.h"
#include "net/loop_impl.h"

namespace heliograph::net {
namespace asio = boost::asio;

namespace {
bool later(const Loop::Impl::Timer& a, const Loop::Impl::Timer& b) {
  return std::tie(a.when, a.order) > std::tie(b.when, b.order);
}
}  // namespace

Loop::Impl::Impl(Loop& loop, std::string loop_name)
    : self(loop),
      name(std::move(loop_name)),
      read_buffer(read_buffer_size),
      keep_running(context.get_executor()),
      timer(context),
      tick_timer(context) {}

void Loop::Impl::drain() {
  std::vector<Work> batch = std::exchange(spare, {});
  {
    const std::lock_guard lock(mutex);
    wake_pending = false;
    batch.swap(inbox);
  }
  for (auto& work : batch) {
    work();
    work = nullptr;
  }
  batch.clear();
  if (batch.capacity() <= 4096) spare = std::move(batch);
}

void Loop::Impl::add_timer(Monotonic when, Work work) {
  timers.push_back({when, ++timer_order, std::move(work)});
  std::push_heap(timers.begin(), timers.end(), later);
  if (timers.front().order == timer_order) arm_timer();
}

void Loop::Impl::arm_timer() {
  if (timers.empty()) return;
  timer.expires_at(timers.front().when);
  timer.async_wait([this](const boost::system::error_code& error) {
    if (!error) run_timers();
  });
}

void Loop::Impl::run_timers() {
  const auto now = std::chrono::steady_clock::now();
  while (!timers.empty() && timers.front().when <= now) {
    std::pop_heap(timers.begin(), timers.end(), later);
    auto work = std::move(timers.back().work);
    timers.pop_back();
    work();
  }
  arm_timer();
}

Tick Loop::Impl::tick_after(Duration delay) const {
  const auto at = std::chrono::steady_clock::now() - started + delay;
  const auto ticks = (at + tick_length - Duration(1)) / tick_length;
  return static_cast<Tick>(std::clamp<std::int64_t>(ticks, 1, 0x7fff'ffff));
}

// The wheel turns only while it has something to carry.
void Loop::Impl::start_ticking() {
  if (ticking) return;
  ticking = true;
  wheel.advance(tick_after(Duration(0)) - 1);
  tick();
}

void Loop::Impl::tick() {
  tick_timer.expires_after(tick_length);
  tick_timer.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    wheel.advance(tick_after(Duration(0)) - 1);
    if (members.empty()) {
      ticking = false;
      return;
    }
    tick();
  });
}

void Loop::Impl::shut_down() {
  while (!members.empty()) {
    LoopMember& member = members.front();
    members.pop_front();
    member.on_loop_stop();
  }
  drain();
  drain();  // what closing posted may post once more
  timers.clear();
  timer.cancel();
  tick_timer.cancel();
  keep_running.reset();
  context.stop();
}

Loop::Loop(std::string name) : impl_(std::make_unique<Impl>(*this, std::move(name))) {}

Loop::~Loop() {
  HG_ASSERT(!impl_->thread.joinable());
  // Queued work may own things that post on their way out: empty the queue until nothing comes any more.
  for (;;) {
    std::vector<Impl::Work> left;
    {
      const std::lock_guard lock(impl_->mutex);
      impl_->stopping = true;
      left.swap(impl_->inbox);
    }
    if (left.empty()) break;
  }
}

void Loop::start() {
  impl_->thread = std::thread([this] { run(); });
}

void Loop::run() {
  pthread_setname_np(pthread_self(), impl_->name.substr(0, 15).c_str());
  set_current(this);
  impl_->context.run();
  set_current(nullptr);
}

void Loop::stop() {
  post([this] { impl_->shut_down(); });
}

void Loop::join() {
  if (impl_->thread.joinable()) impl_->thread.join();
}

void Loop::post(std::move_only_function<void()> work) {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->inbox.push_back(std::move(work));
    if (impl_->wake_pending) return;
    impl_->wake_pending = true;
  }
  asio::post(impl_->context, [impl = impl_.get()] { impl->drain(); });
}

void Loop::post_after(Duration delay, std::move_only_function<void()> work) {
  const auto when = std::chrono::steady_clock::now() + delay;
  if (Executor::current() == this) return impl_->add_timer(when, std::move(work));
  post([this, when, work = std::move(work)]() mutable { impl_->add_timer(when, std::move(work)); });
}

std::size_t Loop::connection_count() const {
  return impl_->member_count.load(std::memory_order_relaxed);
}

}  // namespace heliograph::net
