#include "app/guard_builder.h"

#include <pthread.h>

#include "base/log.h"
#include "services/discovery/guarded_terms.h"

namespace heliograph::app {

GuardBuilder::GuardBuilder(search::Guard& guard, std::shared_ptr<const terms::TermSet> lists,
                           std::string_view ordinary, const Clock& clock)
    : guard_(guard), ordinary_(ordinary), clock_(clock) {
  wanted_.lists = std::move(lists);
  thread_ = std::thread([this] { run(); });
}

GuardBuilder::~GuardBuilder() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void GuardBuilder::put_lists(std::shared_ptr<const terms::TermSet> lists) {
  {
    const std::lock_guard lock(mutex_);
    wanted_.lists = std::move(lists);
    ++asked_;
  }
  wake_.notify_all();
}

void GuardBuilder::put_guarded(std::int64_t changes, std::vector<terms::Term> guarded) {
  {
    const std::lock_guard lock(mutex_);
    if (changes <= wanted_.changes) return;
    wanted_.changes = changes;
    wanted_.guarded = std::move(guarded);
    ++asked_;
  }
  wake_.notify_all();
}

std::int64_t GuardBuilder::known() const {
  const std::lock_guard lock(mutex_);
  return wanted_.changes;
}

void GuardBuilder::settle() {
  std::unique_lock lock(mutex_);
  const auto asked = asked_;
  done_.wait(lock, [&] { return built_ >= asked || stopping_; });
}

Status GuardBuilder::build(const Wanted& wanted) {
  const auto now = clock_.unix_seconds();
  auto set = wanted.lists;
  if (!wanted.guarded.empty()) {
    std::vector<terms::TermList> lists(wanted.lists->lists().begin(), wanted.lists->lists().end());
    lists.push_back({std::string(services::guarded_list), std::to_string(wanted.changes), wanted.guarded});
    HG_ASSIGN(set, terms::TermSet::build(std::move(lists), now));
  }
  guard_.swap(terms::QueryGuard::build(std::move(set), ordinary_, now));
  return {};
}

void GuardBuilder::run() {
  pthread_setname_np(pthread_self(), "guard terms");
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto due = [this] { return stopping_ || asked_ != built_; };
    if (failed_) {
      wake_.wait_for(lock, try_again_after, due);
    } else {
      wake_.wait(lock, due);
    }
    if (stopping_) break;
    const auto wanted = wanted_;
    const auto asked = asked_;
    lock.unlock();
    const auto built = build(wanted);
    if (built) {
      log::info("search is guarded by the term lists and {} terms of the staff", wanted.guarded.size());
    } else {
      log::warn("what search is guarded against stays as it was: {}", built.error().message);
    }
    lock.lock();
    failed_ = !built;
    built_ = asked;
    done_.notify_all();
  }
  done_.notify_all();
}

}  // namespace heliograph::app
