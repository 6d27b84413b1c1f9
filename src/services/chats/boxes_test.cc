// Whatever three people do, and in whatever order: the boxes, counters and logs stay true.
#include "services/chats/dialogs.h"
#include "services/chats/draft.h"
#include "services/chats/edit.h"
#include "services/chats/erase.h"
#include "services/chats/forward.h"
#include "services/chats/pin.h"
#include "services/chats/read.h"
#include "services/chats/scheduled.h"
#include "services/chats/ttl.h"
#include "services/testing/chat.h"
#include "store/sqlite/check.h"

namespace heliograph::services {
namespace {

using testing::World;

class BoxesTest : public testing::ChatTest, public ::testing::WithParamInterface<int> {
 protected:
  const Caller& anyone() { return people[dice() % people.size()]; }
  std::size_t dice() { return static_cast<std::size_t>(engine()); }
  MessageId some_message(const Caller& of, UserId with) {
    const auto messages = history(of, with);
    return messages.empty() ? MessageId{1} : messages[dice() % messages.size()].id;
  }

  void do_something() {
    const auto& who = anyone();
    const auto& other = anyone();
    const auto peer = Peer::of(other.user);
    auto& env = world.environment;
    switch (dice() % 16) {
      case 0:
      case 1:
      case 2:
      case 3: {
        auto request = message(other.user, "word " + std::to_string(dice() % 100));
        if (dice() % 3 == 0) request.reply = ReplyTo{.id = some_message(who, other.user)};
        if (dice() % 4 == 0) request.random_id = last_random_id - 1;  // somebody's retry
        std::ignore = try_send(who, request);
        break;
      }
      case 4: {
        EditMessage edit;
        edit.peer = peer;
        edit.id = some_message(who, other.user);
        edit.text = "changed " + std::to_string(dice() % 100);
        std::ignore = world.run(edit_message(env, who, edit));
        break;
      }
      case 5:
        std::ignore = world.run(delete_messages(
            env, who, {some_message(who, other.user), some_message(who, other.user)}, dice() % 2 == 0));
        break;
      case 6: {
        DeleteHistory request;
        request.peer = peer;
        request.just_clear = dice() % 2 == 0;
        request.revoke = dice() % 2 == 0;
        if (dice() % 4 != 0) request.max_id = some_message(who, other.user);
        std::ignore = world.run(delete_history(env, who, request));
        break;
      }
      case 7:
      case 8:
        std::ignore = world.run(
            read_history(env, who, peer, dice() % 2 == 0 ? MessageId{} : some_message(who, other.user)));
        break;
      case 9: {
        ForwardMessages request;
        request.from = peer;
        request.to = Peer::of(anyone().user);
        request.ids = {some_message(who, other.user), some_message(who, other.user)};
        request.random_ids = {++last_random_id, ++last_random_id};
        std::ignore = world.run(forward_messages(env, who, request));
        break;
      }
      case 10: {
        PinMessage request;
        request.peer = peer;
        request.id = some_message(who, other.user);
        request.pinned = dice() % 2 == 0;
        request.one_side = dice() % 2 == 0;
        std::ignore = world.run(pin_message(env, who, request));
        break;
      }
      case 11: {
        Draft draft;
        if (dice() % 2 == 0) draft.text = "begun";
        std::ignore = world.run(save_draft(env, who, peer, draft));
        break;
      }
      case 12:
        std::ignore = world.run(pin_dialog(env, who, peer, dice() % 2 == 0));
        std::ignore = world.run(mark_unread(env, who, peer, dice() % 2 == 0));
        break;
      case 13:
        std::ignore = world.run(move_to_folders(env, who, {{peer, static_cast<std::int32_t>(dice() % 2)}}));
        break;
      case 14: {
        auto request = message(other.user, "later");
        request.schedule_date = world.clock.unix_seconds() + 20;
        std::ignore = try_send(who, request);
        std::ignore =
            world.run(set_history_ttl(env, who, peer, static_cast<std::int32_t>(dice() % 2) * 86'400));
        break;
      }
      case 15:
        world.clock.advance(std::chrono::hours(dice() % 20));
        ASSERT_TRUE(world.run(sweep_scheduled(env)));
        ASSERT_TRUE(world.run(sweep_expired(env)));
        break;
    }
  }

  // pts of each account's log: every entry continues where the one before ended.
  void expect_unbroken_log(const Caller& of) {
    const auto entries =
        World::must(world.read([&](store::Tx& tx) { return tx.updates().after_pts(of.user, 0, 100'000); }));
    std::int32_t pts = 1;
    for (const auto& entry : entries) {
      EXPECT_EQ(entry.pts - entry.pts_count, pts);
      pts = entry.pts;
    }
    EXPECT_EQ(pts, state(of).pts);
  }

  std::vector<Caller> people{ada, bob, world.sign_up("Cem")};
  std::mt19937 engine{static_cast<std::mt19937::result_type>(GetParam())};
};

TEST_P(BoxesTest, StayTrue) {
  for (int i = 0; i < 400; ++i) do_something();
  for (const auto& one : people) expect_unbroken_log(one);
  const auto report = World::must(store::sqlite::check(world.folder.path));
  for (const auto& finding : report.findings) ADD_FAILURE() << finding;
  EXPECT_GT(report.updates, 100);
}

INSTANTIATE_TEST_SUITE_P(Seeds, BoxesTest, ::testing::Range(1, 5));

}  // namespace
}  // namespace heliograph::services
