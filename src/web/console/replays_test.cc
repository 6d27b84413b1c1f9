// Judging days again: what is asked for, and how what came of it is written. What it does is tested where it
// is done (app/replay_desk_test.cc).
#include "web/console/replays.h"

#include <gtest/gtest.h>

#include "web/console/testing/desk.h"

namespace heliograph::web {
namespace {

using staff::Role;

class RecordedReplays final : public Replays {
 public:
  Result<Replay> start(StaffId by, store::Day from, store::Day to, const std::string& policy) override {
    if (policy == "broken") return fail(Error::invalid("POLICY_INVALID", "policy.toml:1: what is this?"));
    if (!all.empty() && all.front().state == Replay::State::running) {
      return fail(Error::invalid("REPLAY_RUNNING", "One is running."));
    }
    Replay one;
    one.id = static_cast<std::int64_t>(all.size()) + 1;
    one.by = by;
    one.from = from;
    one.to = to;
    one.started_at = 1000;
    one.policy = "7";
    all.insert(all.begin(), one);
    return one;
  }
  std::vector<Replay> list() const override { return all; }
  std::optional<Replay> find(std::int64_t id) const override {
    for (const auto& one : all) {
      if (one.id == id) return one;
    }
    return std::nullopt;
  }
  std::vector<Replay> all;
};

class ConsoleReplays : public ::testing::Test, public testing::ConsoleWorld {
 protected:
  ConsoleReplays() { parts.replays = &replays; }
  RecordedReplays replays;
  Who olga = program(Role::senior_moderator);
};

TEST_F(ConsoleReplays, OneIsStartedAndLookedAt) {
  const Json body{{"from", "2026-11-01"}, {"to", "2026-11-30"}};
  const auto begun = ask(olga, "POST", "/policy/replays", body);
  ASSERT_EQ(begun.status, 202) << begun.json;
  EXPECT_EQ(begun.json["state"], "running");
  EXPECT_EQ(begun.json["from"], "2026-11-01");
  EXPECT_EQ(begun.json["to"], "2026-11-30");
  EXPECT_FALSE(begun.json.contains("ended_at"));
  EXPECT_EQ(ask(olga, "POST", "/policy/replays", body).code(), "REPLAY_RUNNING");
  EXPECT_EQ(ask(olga, "POST", "/policy/replays", body).status, 409);

  auto& one = replays.all.front();
  one.state = Replay::State::done;
  one.ended_at = 2000;
  one.judged = 10;
  one.changed = 2;
  one.sums = {{"allow", "remove", terms::Category::spam, 2}};
  one.examples = {{"message/channel/9/1", "allow", "remove", "spam-links", 0.9}};
  const auto done = ask(olga, "GET", "/policy/replays/1").json;
  EXPECT_EQ(done["state"], "done");
  EXPECT_EQ(done["judged"], 10);
  EXPECT_EQ(done["sums"][0], (Json{{"was", "allow"}, {"now", "remove"}, {"category", "spam"}, {"count", 2}}));
  EXPECT_EQ(done["examples"][0]["subject"], "message/channel/9/1");
  EXPECT_EQ(done["examples"][0]["rule"], "spam-links");
  EXPECT_EQ(ask(olga, "GET", "/policy/replays").json["items"].size(), 1U);
  EXPECT_EQ(ask(olga, "GET", "/policy/replays/9").code(), "REPLAY_UNKNOWN");
}

TEST_F(ConsoleReplays, WhatFailedSaysWhy) {
  replays.all.push_back({});
  replays.all.front().id = 1;
  replays.all.front().state = Replay::State::failed;
  replays.all.front().problem = Error::unavailable("STORE_FAILED", "The disk failed.");
  EXPECT_EQ(ask(olga, "GET", "/policy/replays/1").json["problem"]["detail"], "The disk failed.");
}

TEST_F(ConsoleReplays, DaysAndPoliciesAreReadStrictly) {
  const auto start = [&](const Json& body) { return ask(olga, "POST", "/policy/replays", body); };
  EXPECT_EQ(start({{"from", "2026-11-01"}}).json["field"], "to");
  EXPECT_EQ(start({{"from", "yesterday"}, {"to", "2026-11-01"}}).json["field"], "from");
  EXPECT_EQ(start({{"from", "2026-11-02"}, {"to", "2026-11-01"}}).json["field"], "to");
  EXPECT_EQ(start({{"from", "2026-10-01"}, {"to", "2026-11-01"}}).json["field"], "to") << "32 days";
  const auto broken = start({{"from", "2026-11-01"}, {"to", "2026-11-01"}, {"policy", "broken"}});
  EXPECT_EQ(broken.code(), "POLICY_INVALID");
  EXPECT_EQ(broken.status, 422);
  EXPECT_EQ(broken.json["detail"], "policy.toml:1: what is this?");
}

TEST_F(ConsoleReplays, WithoutADataFolderItIsNotOffered) {
  parts.replays = nullptr;
  EXPECT_EQ(ask(olga, "GET", "/policy/replays").code(), "NOT_OFFERED");
}

}  // namespace
}  // namespace heliograph::web
