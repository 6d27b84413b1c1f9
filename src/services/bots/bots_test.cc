#include "services/bots/bots.h"

#include <gmock/gmock.h>

#include "services/chats/erase.h"
#include "services/groups/create.h"
#include "services/groups/members.h"
#include "services/people/blocking.h"
#include "services/testing/chat.h"

namespace heliograph::services::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ReplyMarkup one_button(std::string text, std::string data) {
  Button button;
  button.kind = ButtonKind::callback;
  button.text = std::move(text);
  button.data = to_bytes(as_bytes(data));
  ReplyMarkup markup;
  markup.rows.push_back({{std::move(button)}});
  return markup;
}

// Counts what it is told, and says so.
class CountingBot final : public BuiltInBot {
 public:
  const BotIdentity& identity() const override { return who; }
  BotInfo info(const BotVisitor& visitor) const override {
    return {"Counts, in " + visitor.language, {{"start", "Begin"}}};
  }
  Task<Result<BotTurn>> on_message(BotVisitor visitor, BotMessage message) override {
    ++asked;
    if (broken) co_return fail(Error::unavailable("COUNTER_AWAY"));
    if (auto first = std::exchange(meanwhile, nullptr)) CO_TRY(co_await first());
    Bytes counted = visitor.state;
    counted.push_back(1);
    BotTurn turn;
    turn.posts.push_back(
        {message.text + ": " + std::to_string(counted.size()), {}, one_button("More", "more")});
    turn.state = std::move(counted);
    co_return turn;
  }
  Task<Result<BotTurn>> on_callback(BotVisitor visitor, Bytes data) override {
    if (broken) co_return fail(Error::unavailable("COUNTER_AWAY"));
    Bytes counted = visitor.state;
    counted.push_back(1);
    BotTurn turn;
    turn.notice = std::string(as_text(data)) + " " + std::to_string(counted.size());
    turn.edit = {turn.notice, {}, std::nullopt};
    turn.state = std::move(counted);
    co_return turn;
  }
  BotPost sorry(const BotVisitor&, BotTrouble trouble) const override {
    return {trouble == BotTrouble::broken ? "Sorry" : "Slowly", {}, {}};
  }

  BotIdentity who{UserId{777'901}, "counterbot", "Counter", "Counts", 3};
  int asked = 0;
  bool broken = false;
  std::function<Task<Status>()> meanwhile;  // done once, while it is thinking
};

class BotsTest : public ChatTest {
 protected:
  void SetUp() override {
    world.services.bots.add(counter);
    ASSERT_TRUE(world.run(world.services.bots.ensure_accounts()));
  }
  void deliver() { ASSERT_TRUE(world.run(world.services.bots.deliver())); }
  // The newest first, as Ada sees them.
  std::vector<std::string> chat() { return texts(ada, bot); }
  Result<CallbackAnswer> press(const std::string& data) { return press(history(ada, bot).front().id, data); }
  Result<CallbackAnswer> press(MessageId id, const std::string& data) {
    return world.run(world.services.bots.press(ada, Peer::of(bot), id, to_bytes(as_bytes(data))));
  }
  Result<Appended> start(std::string parameter) {
    return world.run(
        world.services.bots.start(ada, bot, Peer::of(bot), ++last_random_id, std::move(parameter)));
  }
  std::int64_t waiting() {
    return World::must(world.read([](store::Tx& tx) { return tx.bots().count_mail(); }));
  }

  CountingBot counter;
  const UserId bot = counter.who.id;
};

TEST_F(BotsTest, HasAnAccountThatCanBeLookedUp) {
  EXPECT_EQ(World::must(world.run(world.services.people_search.by_username(ada, "counterbot"))),
            Peer::of(bot));
  const auto view = World::must(world.run(world.services.users.view_one(ada.user, bot)));
  EXPECT_TRUE(view.bot);
  EXPECT_TRUE(view.verified);
  EXPECT_EQ(view.bot_info_version, 3);
  const auto info = World::must(world.run(world.services.bots.info(ada.user, bot)));
  EXPECT_EQ(info->description, "Counts, in en");
  EXPECT_EQ(World::must(world.run(world.services.bots.info(ada.user, bob.user))), std::nullopt);
  // Again, under another name, as after an update of the program.
  counter.who.name = "Abacus";
  ASSERT_TRUE(world.run(world.services.bots.ensure_accounts()));
  EXPECT_EQ(World::must(world.run(world.services.users.view_one(ada.user, bot))).first_name, "Abacus");
}

TEST_F(BotsTest, AnswersEveryMessageOnceInTheirOrder) {
  send(ada, bot, "one");
  send(ada, bot, "two");
  EXPECT_EQ(waiting(), 2);
  deliver();
  deliver();
  EXPECT_THAT(chat(), ElementsAre("two: 2", "one: 1", "two", "one"));
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(counter.asked, 2);
  EXPECT_EQ(dialog(ada, bot)->read_outbox_max_id, history(ada, bot)[2].id);
  ASSERT_TRUE(content_of(history(ada, bot)[0]).markup);
  EXPECT_THAT(texts(bob, bot), IsEmpty());
}

TEST_F(BotsTest, TheSameMessageSentTwiceIsOne) {
  const auto twice = message(bot, "one");
  ASSERT_TRUE(try_send(ada, twice));
  ASSERT_TRUE(try_send(ada, twice));
  deliver();
  EXPECT_THAT(chat(), ElementsAre("one: 1", "one"));
}

TEST_F(BotsTest, WhatALinkPassesTheBotAloneSees) {
  ASSERT_TRUE(start("a_1-B"));
  deliver();
  EXPECT_THAT(chat(), ElementsAre("/start a_1-B: 1", "/start"));
  EXPECT_EQ(code_of(start("")), "START_PARAM_EMPTY");
  EXPECT_EQ(code_of(start("a b")), "START_PARAM_INVALID");
  EXPECT_EQ(code_of(start(std::string(65, 'a'))), "START_PARAM_TOO_LONG");
  auto& bots = world.services.bots;
  EXPECT_EQ(code_of(world.run(bots.start(ada, bob.user, Peer::of(bob.user), 1, "a"))), "BOT_INVALID");
  EXPECT_EQ(code_of(world.run(bots.start(ada, bot, Peer::of(bob.user), 1, "a"))), "PEER_ID_INVALID");
  EXPECT_EQ(code_of(world.run(bots.start(ada, bot, Peer::of(bot), 0, "a"))), "RANDOM_ID_EMPTY");
}

TEST_F(BotsTest, AButtonIsAnsweredAndItsMessageChanges) {
  send(ada, bot, "one");
  deliver();
  const auto pts = state(ada).pts;
  const auto answer = press("more");
  ASSERT_TRUE(answer) << answer.error().code;
  EXPECT_EQ(answer->notice, "more 2");
  const auto edited = history(ada, bot).front();
  EXPECT_EQ(edited.text, "more 2");
  EXPECT_FALSE(content_of(edited).markup);
  EXPECT_THAT(log_after(ada, pts), ElementsAre(store::UpdateKind::edit_message));
}

TEST_F(BotsTest, OnlyButtonsThatAreThereCanBePressed) {
  send(ada, bot, "one");
  deliver();
  const auto shown = history(ada, bot);
  EXPECT_EQ(code_of(press("less")), "DATA_INVALID");
  EXPECT_EQ(code_of(press("")), "DATA_INVALID");
  EXPECT_EQ(code_of(press(std::string(65, 'm'))), "DATA_INVALID");
  EXPECT_EQ(code_of(press(shown[1].id, "more")), "MESSAGE_ID_INVALID");  // one's own
  EXPECT_EQ(code_of(press(MessageId{9999}, "more")), "MESSAGE_ID_INVALID");
  const auto others =
      world.run(world.services.bots.press(bob, Peer::of(bot), shown[0].id, to_bytes(as_bytes("more"))));
  EXPECT_EQ(code_of(others), "MESSAGE_ID_INVALID");
  ASSERT_TRUE(press("more"));
  EXPECT_EQ(code_of(press("more")), "DATA_INVALID");  // the button has gone
  send(ada, bot, "two");
  deliver();
  counter.broken = true;
  EXPECT_EQ(code_of(press("more")), "BOT_RESPONSE_TIMEOUT");
}

TEST_F(BotsTest, WhatCannotBeAnsweredIsTriedAgain) {
  counter.broken = true;
  send(ada, bot, "one");
  deliver();
  EXPECT_EQ(waiting(), 1);
  deliver();  // not due yet
  EXPECT_EQ(counter.asked, 1);
  counter.broken = false;
  world.clock.advance(std::chrono::seconds(2));
  deliver();
  EXPECT_THAT(chat(), ElementsAre("one: 1", "one"));
}

TEST_F(BotsTest, WhatCanNeverBeAnsweredIsGivenUpWithAWord) {
  counter.broken = true;
  send(ada, bot, "one");
  for (int i = 0; i < Bots::tries_max; ++i) {
    deliver();
    world.clock.advance(std::chrono::seconds(1 << i));
  }
  EXPECT_THAT(chat(), ElementsAre("Sorry", "one"));
  EXPECT_EQ(waiting(), 0);
}

TEST_F(BotsTest, AnAnswerToAnEarlierStateIsThoughtOverAgain) {
  send(ada, bot, "one");
  deliver();
  send(ada, bot, "two");
  // As if a button had been pressed on another device meanwhile.
  counter.meanwhile = [this] {
    return world.store->write([this](store::Tx& tx) {
      return tx.bots().put_talk({bot, ada.user, Bytes(7, 1), world.clock.unix_seconds() + 100});
    });
  };
  deliver();
  EXPECT_EQ(chat().front(), "two: 8");
  EXPECT_EQ(counter.asked, 3);
  EXPECT_EQ(waiting(), 0);
}

TEST_F(BotsTest, AConversationEndsByItself) {
  send(ada, bot, "one");
  deliver();
  world.clock.advance(std::chrono::seconds(Bots::talk_lifetime));
  ASSERT_TRUE(world.run(world.services.bots.sweep()));
  send(ada, bot, "two");
  deliver();
  EXPECT_EQ(chat().front(), "two: 1");
}

TEST_F(BotsTest, WhatWasTakenBackIsNotAnswered) {
  const auto sent = send(ada, bot, "one");
  ASSERT_TRUE(world.run(delete_messages(world.environment, ada, {sent.message.id}, true)));
  deliver();
  EXPECT_THAT(chat(), IsEmpty());
  EXPECT_EQ(counter.asked, 0);
}

TEST_F(BotsTest, WhoHasBlockedItHearsNothing) {
  send(ada, bot, "one");
  ASSERT_TRUE(world.run(world.services.blocking.block(ada, bot)));
  deliver();
  EXPECT_THAT(chat(), ElementsAre("one"));
  EXPECT_EQ(waiting(), 0);
}

TEST_F(BotsTest, AFloodIsToldOnceToSlowDown) {
  for (int i = 0; i < Bots::answer_rate.burst + 5; ++i) send(ada, bot, "x");
  deliver();
  const auto all = chat();
  EXPECT_EQ(std::ranges::count(all, "Slowly"), 1);
  EXPECT_EQ(counter.asked, Bots::answer_rate.burst);
  EXPECT_EQ(waiting(), 0);
}

TEST_F(BotsTest, JoinsNoGroups) {
  const auto made = World::must(
      world.run(create_group(world.environment, world.services.limits, ada, "Friends", {bot, bob.user}, 0)));
  ASSERT_EQ(made.missing.size(), 1u);
  const auto added = world.run(add_members(world.environment, ada, made.peer, {bot}, 0));
  EXPECT_EQ(code_of(added), "BOT_GROUPS_BLOCKED");
}

}  // namespace
}  // namespace heliograph::services::testing
