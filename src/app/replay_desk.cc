#include "app/replay_desk.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/replay.h"

namespace heliograph::app {

namespace {

constexpr UnixSeconds kReplayedDay = 86'400;

}  // namespace

ReplayDesk::~ReplayDesk() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

Result<std::shared_ptr<const safety::Rulebook>> ReplayDesk::rulebook_with(const std::string& policy) const {
  const auto in_force = gate_.rulebook();
  if (policy.empty()) return in_force;
  auto book = std::make_shared<safety::Rulebook>(*in_force);
  HG_ASSIGN(book->policy, safety::Policy::parse(policy, "policy.toml"));
  for (const auto& rule : book->policy->rules()) {
    if (rule.clause.empty() || book->rules->find(rule.clause) != nullptr) continue;
    return fail(Error::invalid("POLICY_INVALID", "policy.toml:" + std::to_string(rule.line) + ": clause \"" +
                                                     rule.clause + "\" is not in the rules in force"));
  }
  return std::shared_ptr<const safety::Rulebook>(std::move(book));
}

template <typename Change>
void ReplayDesk::change(std::int64_t id, Change change) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(kept_, id, &web::Replay::id);
  if (found != kept_.end()) change(*found);
}

Result<web::Replay> ReplayDesk::start(StaffId by, store::Day from, store::Day to, const std::string& policy) {
  HG_ASSIGN(const auto rulebook, rulebook_with(policy));
  const std::lock_guard lock(mutex_);
  if (!kept_.empty() && kept_.front().state == web::Replay::State::running) {
    return fail(Error::invalid("REPLAY_RUNNING", "Another replay is running. Wait for its end."));
  }
  if (thread_.joinable()) thread_.join();  // it has said its last
  web::Replay replay;
  replay.id = ++last_id_;
  replay.by = by;
  replay.from = from;
  replay.to = to;
  replay.started_at = clock_.unix_seconds();
  replay.policy = rulebook->policy->version();
  kept_.push_front(replay);
  if (kept_.size() > kept_most) kept_.pop_back();
  thread_ = std::thread([this, id = replay.id, from, to, rulebook] { run(id, from, to, rulebook); });
  return replay;
}

void ReplayDesk::run(std::int64_t id, store::Day from, store::Day to,
                     const std::shared_ptr<const safety::Rulebook>& rulebook) {
  std::map<std::tuple<std::string, std::string, terms::Category>, std::int64_t> sums;
  std::vector<web::Replay::Example> examples;
  std::int64_t changed = 0;
  const auto begun = std::chrono::steady_clock::now();
  ReplayTask task;
  task.from = from * kReplayedDay;
  task.to = (to + UnixSeconds{1}) * kReplayedDay;
  task.rulebook = rulebook;
  task.second = second_;
  task.changed = [&](const ReplayedChange& one) {
    ++changed;
    ++sums[{one.was, one.now, one.category}];
    if (examples.size() < web::Replay::examples_most) {
      examples.push_back({one.subject, one.was, one.now, one.rule, one.score});
    }
  };
  bool too_long = false;
  task.goes_on = [&](std::int64_t judged) {
    change(id, [&](web::Replay& replay) {
      replay.judged = judged;
      replay.changed = changed;
    });
    too_long = std::chrono::steady_clock::now() - begun > runs_most;
    return !stopping_ && !too_long;
  };
  auto outcome = [&]() -> Result<std::int64_t> {
    HG_ASSIGN(const auto snapshot, store::sqlite::Snapshot::open(data_));
    return replay_over(*snapshot, sealer_, task);
  }();
  if (too_long) {
    outcome = fail(Error::invalid("REPLAY_TOO_LONG", "Ten minutes were not enough. Ask for fewer days."));
  }
  std::vector<web::Replay::Sum> rows;
  for (const auto& [row, count] : sums) {
    // What nothing is done about any more has no category.
    const auto& [was, now, category] = row;
    rows.push_back({was, now, now == "allow" ? std::nullopt : std::optional(category), count});
  }
  std::ranges::sort(rows, {},
                    [](const web::Replay::Sum& row) { return std::tuple(-row.count, row.was, row.now); });
  const auto now = clock_.unix_seconds();
  change(id, [&](web::Replay& replay) {
    replay.ended_at = now;
    replay.changed = changed;
    if (outcome) {
      replay.state = web::Replay::State::done;
      replay.judged = *outcome;
      replay.sums = std::move(rows);
      replay.examples = std::move(examples);
    } else {
      replay.state = web::Replay::State::failed;
      replay.problem = outcome.error();
    }
  });
}

std::vector<web::Replay> ReplayDesk::list() const {
  const std::lock_guard lock(mutex_);
  return {kept_.begin(), kept_.end()};
}

std::optional<web::Replay> ReplayDesk::find(std::int64_t id) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(kept_, id, &web::Replay::id);
  if (found == kept_.end()) return std::nullopt;
  return *found;
}

}  // namespace heliograph::app
