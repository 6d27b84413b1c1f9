#include "services/chats/scheduled.h"

#include "services/chats/erase.h"
#include "services/chats/forward.h"
#include "services/groups/members.h"
#include "services/groups/participants.h"
#include "services/people/blocking.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using testing::World;

class ScheduledTest : public testing::GroupsTest {
 protected:
  SendMessage later(std::string text, UnixSeconds in = 3600) {
    auto request = message(bob.user, std::move(text));
    request.schedule_date = world.clock.unix_seconds() + in;
    return request;
  }
  SendMessage when_online(std::string text) {
    auto request = message(bob.user, std::move(text));
    request.schedule_date = schedule_when_online;
    return request;
  }
  void come_online(const Caller& who) {
    const auto update = [](Presence& presence, Caller caller) -> Task<bool> {
      co_await presence.update(caller, false);
      co_return true;
    };
    world.run(update(world.services.presence, who));
  }
  std::vector<std::string> waiting() {
    std::vector<std::string> out;
    for (const auto& one :
         World::must(world.run(scheduled_history(world.environment, ada.user, Peer::of(bob.user))))) {
      out.push_back(one.text);
    }
    return out;
  }
  std::size_t sweep() { return World::must(world.run(sweep_scheduled(world.environment))); }
};

TEST_F(ScheduledTest, WaitsUnseenAndIsSentWhenDue) {
  const auto sent = try_send(ada, later("Good morning")).value();
  EXPECT_TRUE(sent.scheduled);
  EXPECT_TRUE(history(ada, bob.user).empty());
  EXPECT_TRUE(history(bob, ada.user).empty());
  EXPECT_EQ(sweep(), 0U);
  world.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(sweep(), 1U);
  EXPECT_EQ(texts(bob, ada.user), std::vector<std::string>{"Good morning"});
  EXPECT_EQ(history(ada, bob.user).front().date, world.clock.unix_seconds());
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(sweep(), 0U);
}

TEST_F(ScheduledTest, AChannelSaysToItsAuthorThatSomethingWaits) {
  const auto news = channel(true);
  const auto waits = [&] {
    return World::must(world.run(full_chat(world.environment, ada, news))).has_scheduled;
  };
  EXPECT_FALSE(waits());
  auto request = later("Good morning");
  request.to = news;
  ASSERT_TRUE(try_send(ada, std::move(request)));
  EXPECT_TRUE(waits());
  world.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(sweep(), 1U);
  EXPECT_FALSE(waits());
}

TEST_F(ScheduledTest, ThoseSoonAreSentAtOnceThoseFarOffRefused) {
  EXPECT_FALSE(try_send(ada, later("now", 10))->scheduled);
  EXPECT_EQ(code_of(try_send(ada, later("in years", 366 * 86'400))), "SCHEDULE_DATE_TOO_LATE");
}

TEST_F(ScheduledTest, WaitsForTheOtherToComeOnline) {
  ASSERT_TRUE(try_send(ada, when_online("You are back")));
  world.clock.advance(std::chrono::hours(24 * 400));
  EXPECT_EQ(sweep(), 0U);
  come_online(ada);
  EXPECT_EQ(waiting(), std::vector<std::string>{"You are back"});
  come_online(bob);
  EXPECT_EQ(texts(bob, ada.user), std::vector<std::string>{"You are back"});
  EXPECT_EQ(history(ada, bob.user).front().date, world.clock.unix_seconds());
  EXPECT_TRUE(waiting().empty());
  // Who has been online all along is found out a minute later.
  ASSERT_TRUE(try_send(ada, when_online("Still there?")));
  world.clock.advance(std::chrono::seconds(60));
  come_online(bob);
  EXPECT_EQ(texts(bob, ada.user).front(), "Still there?");
}

TEST_F(ScheduledTest, WhenOnlineTellsNobodyWhatTheyMayNotSee) {
  const PrivacyRules nobody{{{PrivacyRule::Kind::disallow_all, {}}}};
  const PrivacyRules everybody{{{PrivacyRule::Kind::allow_all, {}}}};
  const auto show = [&](const Caller& who, const PrivacyRules& to) {
    ASSERT_TRUE(world.run(world.services.privacy.set(who, PrivacyKey::status_timestamp, to)));
  };
  show(bob, nobody);
  EXPECT_EQ(code_of(try_send(ada, when_online("Seen you"))), "SCHEDULE_STATUS_PRIVATE");
  show(bob, everybody);
  show(ada, nobody);  // who hides does not see either
  EXPECT_EQ(code_of(try_send(ada, when_online("Seen you"))), "SCHEDULE_STATUS_PRIVATE");
  show(ada, everybody);
  auto to_self = when_online("note");
  to_self.to = Peer::of(ada.user);
  EXPECT_EQ(code_of(try_send(ada, to_self)), "SCHEDULE_DATE_INVALID");

  const auto scheduled = try_send(ada, later("Later")).value().message.id;
  EditScheduled edit;
  edit.peer = Peer::of(bob.user);
  edit.id = scheduled;
  edit.schedule_date = schedule_when_online;
  ASSERT_TRUE(world.run(edit_scheduled(world.environment, ada, edit)));
  show(bob, nobody);  // hidden meanwhile: it waits on
  come_online(bob);
  EXPECT_EQ(waiting(), std::vector<std::string>{"Later"});
  EXPECT_TRUE(history(bob, ada.user).empty());
  show(bob, everybody);
  world.clock.advance(std::chrono::seconds(60));
  come_online(bob);
  EXPECT_EQ(texts(bob, ada.user), std::vector<std::string>{"Later"});
}

TEST_F(ScheduledTest, SomeWhoWaitInVainHoldUpNobody) {
  for (std::size_t i = 0; i < scheduled_max; ++i) ASSERT_TRUE(try_send(ada, when_online("x")));
  const auto cem = world.sign_up("Cem");
  ASSERT_TRUE(try_send(cem, when_online("from Cem")));
  const PrivacyRules not_to_ada{
      {{PrivacyRule::Kind::disallow_users, {ada.user.value}}, {PrivacyRule::Kind::allow_all, {}}}};
  ASSERT_TRUE(world.run(world.services.privacy.set(bob, PrivacyKey::status_timestamp, not_to_ada)));
  come_online(bob);
  EXPECT_EQ(texts(bob, cem.user), std::vector<std::string>{"from Cem"});
  EXPECT_EQ(waiting().size(), scheduled_max);
}

TEST_F(ScheduledTest, RepeatingSchedulesOnce) {
  const auto request = later("once");
  const auto first = try_send(ada, request).value();
  EXPECT_EQ(try_send(ada, request)->message.id, first.message.id);
  EXPECT_EQ(waiting().size(), 1U);
  world.clock.advance(std::chrono::hours(1));
  sweep();
  const auto after = try_send(ada, request).value();
  EXPECT_TRUE(after.duplicate);
  EXPECT_EQ(after.message.id, history(ada, bob.user).front().id);
  EXPECT_TRUE(waiting().empty());
}

TEST_F(ScheduledTest, AHundredAtMost) {
  for (std::size_t i = 0; i < scheduled_max; ++i) ASSERT_TRUE(try_send(ada, later("x")));
  EXPECT_EQ(code_of(try_send(ada, later("x"))), "SCHEDULE_TOO_MUCH");
}

TEST_F(ScheduledTest, CanBeSentDeletedAndChangedBefore) {
  const auto one = try_send(ada, later("one")).value().message.id;
  const auto two = try_send(ada, later("two", 7200)).value().message.id;
  const auto three = try_send(ada, later("three", 9000)).value().message.id;
  EXPECT_EQ(waiting(), (std::vector<std::string>{"three", "two", "one"}));
  const auto now = world.run(send_scheduled(world.environment, ada, Peer::of(bob.user), {two}));
  ASSERT_TRUE(now);
  EXPECT_EQ(texts(bob, ada.user), std::vector<std::string>{"two"});
  EXPECT_EQ(World::must(world.run(delete_scheduled(world.environment, ada, Peer::of(bob.user), {one, two}))),
            std::vector{one});
  EditScheduled edit;
  edit.peer = Peer::of(bob.user);
  edit.id = three;
  edit.text = "THREE";
  ASSERT_TRUE(world.run(edit_scheduled(world.environment, ada, edit)));
  EXPECT_EQ(waiting(), std::vector<std::string>{"THREE"});
  EXPECT_EQ(code_of(world.run(edit_scheduled(world.environment, ada, edit))), "MESSAGE_NOT_MODIFIED");
  edit.schedule_date = world.clock.unix_seconds() - 5;
  EXPECT_EQ(code_of(world.run(edit_scheduled(world.environment, ada, edit))), "SCHEDULE_DATE_INVALID");
  EXPECT_EQ(code_of(world.run(send_scheduled(world.environment, ada, Peer::of(bob.user), {one}))),
            "MESSAGE_ID_INVALID");
  EXPECT_EQ(code_of(world.run(send_scheduled(world.environment, bob, Peer::of(ada.user), {three}))),
            "MESSAGE_ID_INVALID");
}

TEST_F(ScheduledTest, KeepsItsReplyIfThatIsStillThere) {
  const auto asked = send(bob, ada.user, "Well?");
  const auto question = copy_of(asked.message, ada).id;
  for (const auto* text : {"kept", "lost"}) {
    auto request = later(text);
    request.reply = ReplyTo{.id = question, .quote_text = "Well"};
    const auto scheduled = try_send(ada, request).value().message.id;
    if (text == std::string("lost")) {
      ASSERT_TRUE(world.run(delete_messages(world.environment, ada, {question}, false)));
    }
    ASSERT_TRUE(world.run(send_scheduled(world.environment, ada, Peer::of(bob.user), {scheduled})));
    EXPECT_EQ(content_of(history(ada, bob.user).front()).reply.has_value(), text == std::string("kept"));
  }
}

TEST_F(ScheduledTest, OneThatMayNotBeSentAnyMoreHoldsUpNoOther) {
  const auto cem = world.sign_up("Cem");
  ASSERT_TRUE(try_send(ada, later("to a blocker")));
  auto to_cem = later("to Cem");
  to_cem.to = Peer::of(cem.user);
  ASSERT_TRUE(try_send(ada, to_cem));
  ASSERT_TRUE(world.run(world.services.blocking.block(bob, ada.user)));
  world.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(sweep(), 2U);
  EXPECT_TRUE(history(bob, ada.user).empty());
  EXPECT_EQ(texts(cem, ada.user), std::vector<std::string>{"to Cem"});
  EXPECT_TRUE(waiting().empty());
}

TEST_F(ScheduledTest, APostWhoseAuthorMayNotPostAnyMoreIsDropped) {
  const auto news = channel(true, "the_news");
  ASSERT_TRUE(enter_by_name(bob, news));
  const auto make = [&](std::uint32_t rights) {
    Promotion promotion;
    promotion.chat = news;
    promotion.user = bob.user;
    promotion.rights = rights;
    ASSERT_TRUE(world.run(promote(world.environment, ada, promotion)));
  };
  make(admin_post_messages);
  auto request = later("from Bob");
  request.to = news;
  ASSERT_TRUE(try_send(bob, request));
  const auto waits = [&](const Caller& who) {
    return world.run(scheduled_history(world.environment, who.user, news));
  };
  EXPECT_EQ(World::must(waits(ada)).size(), 1U);
  make(0);
  EXPECT_EQ(code_of(waits(bob)), "CHAT_ADMIN_REQUIRED");
  world.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(sweep(), 1U);
  EXPECT_TRUE(texts_in(ada, news).empty());
  EXPECT_TRUE(World::must(waits(ada)).empty());
}

TEST_F(ScheduledTest, SentByAnotherAdministratorItAnswersNoPrivateMessageOfTheirs) {
  const auto news = channel(true, "the_news");
  ASSERT_TRUE(enter_by_name(bob, news));
  Promotion promotion;
  promotion.chat = news;
  promotion.user = bob.user;
  promotion.rights = admin_post_messages;
  ASSERT_TRUE(world.run(promote(world.environment, ada, promotion)));
  const auto cem = world.sign_up("Cem");
  send(cem, bob.user, "to Bob");
  const auto answered = history(bob, cem.user).front().id;
  do send(cem, ada.user, "to Ada");
  while (history(ada, cem.user).front().id.value < answered.value);
  auto request = later("in the news");
  request.to = news;
  request.reply.emplace();
  request.reply->id = answered;
  request.reply->peer = Peer::of(cem.user);
  const auto waits = World::must(try_send(bob, request)).message.id;
  promotion.rights = 0;  // who may not post any more is not the sender
  ASSERT_TRUE(world.run(promote(world.environment, ada, promotion)));
  ASSERT_TRUE(world.run(send_scheduled(world.environment, ada, news, {waits})));
  const auto page = World::must(world.run(services::history(world.environment, ada.user, news, {})));
  ASSERT_EQ(page.messages.front().text, "in the news");
  EXPECT_EQ(page.messages.front().from, ada.user);
  EXPECT_FALSE(content_of(page.messages.front()).reply);
}

TEST_F(ScheduledTest, ForwardsCanWaitToo) {
  const auto sent = send(ada, ada.user, "note");
  ForwardMessages request;
  request.from = Peer::of(ada.user);
  request.to = Peer::of(bob.user);
  request.ids = {sent.message.id};
  request.random_ids = {++last_random_id};
  request.schedule_date = world.clock.unix_seconds() + 60;
  ASSERT_TRUE(world.run(forward_messages(world.environment, ada, request)));
  EXPECT_EQ(waiting(), std::vector<std::string>{"note"});
  world.clock.advance(std::chrono::seconds(60));
  sweep();
  EXPECT_EQ(content_of(history(bob, ada.user).front()).forward->from, ada.user);
}

}  // namespace
}  // namespace heliograph::services
