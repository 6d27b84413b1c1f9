// What a person decides about a case, whatever the case is about; and that all of it can be taken back.
#include <gmock/gmock.h>

#include "services/chats/dialogs.h"
#include "services/chats/edit.h"
#include "services/chats/erase.h"
#include "services/chats/scheduled.h"
#include "services/chats/send.h"
#include "services/discovery/public.h"
#include "services/moderation/limited.h"
#include "services/people/profile.h"
#include "services/testing/moderation.h"

namespace heliograph::services {
namespace {

using safety::Effect;
using safety::PersonDecision;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::World;

constexpr const char* kOffer = "Fake passports for sale, any country, dm me";
constexpr const char* kRemoved = "This message was removed because it breaks a rule: Fraud.";

class DecideTest : public testing::ModeratedTest {
 protected:
  DecideTest() : ModeratedTest(shipped()) { policy("review"); }

  // The offer has this effect; a machine may take all of them.
  void policy(const std::string& effect, const std::string& more = "", const std::string& of_rule = "") {
    auto book = std::make_shared<safety::Rulebook>(*shipped());
    book->policy = World::must(safety::Policy::parse(
        "version = \"test\"\nmachine_may = [\"mark_sensitive\", \"hold\", \"remove\", \"limit_account\", "
        "\"restrict_countries\", \"close_channel\", \"ban\"]\n" +
            more +
            "\n[[rule]]\nid = \"goods\"\ncategory = \"illegal_goods\"\nat_least = 0.5\nseverity = 60\n"
            "clause = \"illegal-goods\"\neffect = \"" +
            effect + "\"\n" + of_rule,
        "test.toml"));
    gate.replace(std::move(book));
  }
  PersonDecision decision(Effect effect) {
    PersonDecision out;
    out.effect = effect;
    out.clause = "fraud";
    out.staff = "ann";
    out.why = "It is a shop.";
    return out;
  }
  Status decide(std::int64_t id, const PersonDecision& decided) {
    return world.run(moderation.decide(id, decided));
  }
  Status decide(std::int64_t id, Effect effect) { return decide(id, decision(effect)); }
  store::Case find(std::int64_t id) {
    return *World::must(world.read([=](store::Tx& tx) { return tx.cases().find(id); }));
  }
  // A case about a channel or an account, as a report opens it.
  std::int64_t report(Peer peer, UserId user) {
    return World::must(world.write([=, this](store::Tx& tx) {
      safety::CaseFile file;
      file.place = peer;
      file.findings.push_back({});
      file.findings.back().source = "report";
      file.findings.back().category = "fraud";
      store::Case one;
      one.subject = ledger::Subject::of(peer).text;
      one.user = user;
      one.category = static_cast<std::uint8_t>(terms::Category::fraud);
      one.opened_at = world.clock.unix_seconds();
      one.sealed = safety::seal_file(file, one.subject, world.sealer, world.random);
      return tx.cases().add(one);
    }));
  }
  std::int64_t strikes_of(const Caller& who) {
    return World::must(
        world.read([&](store::Tx& tx) { return tx.cases().strikes(who.user, world.clock.unix_seconds()); }));
  }
  store::Account account_of(const Caller& who) {
    return *World::must(world.read([&](store::Tx& tx) { return tx.accounts().find(who.user); }));
  }
  void pass_days(int days) {
    world.clock.advance(std::chrono::hours(24 * days));
    World::must(world.run(moderation.sweep_deadlines()));
  }
};

TEST_F(DecideTest, AMessageIsRemovedByAPersonAndItsAuthorToldWhy) {
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, kOffer));
  const auto id = queue().front().id;
  ASSERT_TRUE(decide(id, Effect::remove));
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kRemoved));
  const auto one = find(id);
  EXPECT_EQ(one.state, store::CaseState::decided);
  EXPECT_EQ(one.effect, static_cast<std::uint8_t>(Effect::remove));
  EXPECT_EQ(one.strike, 1);
  EXPECT_NE(one.record, 0);
  EXPECT_TRUE(queue().empty());
  const auto statement = file_of(one).statements.back();
  EXPECT_FALSE(statement.automated_decision);
  EXPECT_TRUE(statement.automated_detection);
  EXPECT_EQ(statement.clause, "fraud");
  const auto notice = notices_to(ada).front();
  for (const auto* part : {"Your message in “News” was removed.", "Rule: Fraud (fraud).",
                           "Why: It is a shop.", "Decided by a moderator.", "appeals@example.org"}) {
    EXPECT_THAT(notice, HasSubstr(part));
  }
  // Under it a button leads to the appeal.
  const auto told = history(ada, service_user).front();
  const auto buttons = World::must(decode_content(told)).markup;
  ASSERT_TRUE(buttons);
  EXPECT_EQ(buttons->rows.at(0).buttons.at(0).url,
            "tg://resolve?domain=searchreport&start=appeal_" + std::to_string(id));
  EXPECT_THAT(acts(), ElementsAre("message.withhold"));

  EXPECT_EQ(code_of(decide(id, Effect::allow)), "CASE_DECIDED");
  ASSERT_TRUE(world.run(moderation.reverse(id, "bo", "A quote.")));
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kOffer));
  EXPECT_EQ(strikes_of(ada), 0);
}

TEST_F(DecideTest, WhatAMachineDidIsUndoneWhereNothingWasWrong) {
  policy("hold");
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, kOffer));
  const auto id = queue().front().id;
  ASSERT_TRUE(decide(id, Effect::allow));
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kOffer));
  EXPECT_EQ(find(id).state, store::CaseState::decided);
  EXPECT_EQ(find(id).effect, static_cast<std::uint8_t>(Effect::allow));
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("was taken back"));
  EXPECT_THAT(acts(), ElementsAre("message.withhold", "message.return"));
}

TEST_F(DecideTest, WhereNothingWasDoneAndNothingIsNobodyIsTold) {
  World::must(post(ada, channel(true, "news_channel"), kOffer));
  ASSERT_TRUE(decide(queue().front().id, Effect::allow));
  EXPECT_TRUE(queue().empty());
  EXPECT_THAT(notices_to(ada), IsEmpty());
  EXPECT_EQ(recorded(), 0);
}

TEST_F(DecideTest, OneEffectTakesThePlaceOfAnotherAndNobodySeesTheMessageInBetween) {
  policy("hold");
  const auto news = channel(true, "news_channel");
  const auto id = World::must(post(ada, news, kOffer)).message.id;
  const auto heard = world.listen(ada.user);
  const auto one = queue().front().id;
  ASSERT_TRUE(decide(one, Effect::remove));
  EXPECT_EQ(at(news, id).text, kRemoved);
  for (const auto& publication : heard->heard) {
    if (publication->message && publication->update.box.is_channel()) {
      EXPECT_NE(publication->message->text, kOffer);
    }
  }
  // An appeal may end in less than what was done.
  auto less = decision(Effect::mark_sensitive);
  less.again = true;
  ASSERT_TRUE(decide(one, less));
  EXPECT_EQ(at(news, id).text, kOffer);
  EXPECT_NE(at(news, id).flags & store::message_sensitive, 0U);
  EXPECT_EQ(strikes_of(ada), 0);
  EXPECT_THAT(acts(), ElementsAre("message.withhold", "message.withhold", "message.mark", "message.return"));
}

TEST_F(DecideTest, ABanForAMessageRemovesItAndIsUndoneWithIt) {
  const auto bobs = world.sign_up("Eve");
  const auto talk = channel(false, "talk_group");
  World::must(enter_by_name(bobs, talk));
  const auto id = World::must(post(bobs, talk, kOffer)).message.id;
  const auto one = queue().front().id;
  ASSERT_TRUE(decide(one, Effect::ban));
  EXPECT_EQ(at(talk, id).text, kRemoved);
  EXPECT_EQ(account_of(bobs).state, store::AccountState::banned);
  EXPECT_THAT(acts(), ElementsAre("message.withhold", "account.ban"));
  const auto led = file_of(find(one)).led_to;
  ASSERT_EQ(led.size(), 1U);
  EXPECT_EQ(find(led.front()).subject, ledger::Subject::of(bobs.user).text);
  EXPECT_FALSE(file_of(find(led.front())).statements.back().automated_decision);

  ASSERT_TRUE(world.run(moderation.reverse(one, "bo", "")));
  EXPECT_EQ(account_of(bobs).state, store::AccountState::active);
  EXPECT_EQ(at(talk, id).text, kOffer);
}

TEST_F(DecideTest, AClosedChannelIsReadByNobodyAndComesBackWhole) {
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, "Good morning"));
  World::must(enter_by_name(bob, news));
  const auto before = chat_at(news);
  const auto emil = world.sign_up("Emil"), emma = world.sign_up("Emma");
  World::must(enter_by_name(emma, news));
  const auto id = report(news, ada.user);
  ASSERT_TRUE(decide(id, Effect::close_channel));
  EXPECT_EQ(code_of(world.run(services::history(world.environment, bob.user, news, {}))), "CHANNEL_PRIVATE");
  EXPECT_EQ(code_of(world.run(services::history(world.environment, ada.user, news, {}))), "CHANNEL_PRIVATE");
  EXPECT_EQ(code_of(post(ada, news, "Hello?")), "CHANNEL_PRIVATE");
  EXPECT_FALSE(is_listed(chat_at(news)));
  const auto view = World::must(world.run(world.services.chat_views.view_one(bob.user, news)));
  EXPECT_EQ(view.restriction, "This was closed because it breaks a rule: Fraud.");
  const auto dialogs = World::must(world.run(list_dialogs(world.environment, bob.user, {}))).dialogs;
  for (const auto& one : dialogs) {
    if (one.dialog.peer == news) {
      EXPECT_EQ(one.top->text, view.restriction);
    }
  }
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("Your channel “News” was closed."));

  EXPECT_EQ(code_of(enter_by_name(emil, news)), "CHANNEL_PRIVATE");
  World::must(world.run(services::leave(world.environment, emma, news)));

  ASSERT_TRUE(world.run(moderation.reverse(id, "bo", "Satire.")));
  EXPECT_THAT(texts_in(bob, news), ElementsAre("Good morning"));
  const auto after = chat_at(news);
  EXPECT_EQ(after.username, before.username);
  EXPECT_EQ(after.members, before.members);
  EXPECT_EQ(after.flags, before.flags);
  EXPECT_THAT(acts(), ElementsAre("peer.close", "peer.reopen"));
}

TEST_F(DecideTest, AChannelIsClosedForAMessageOfItsOwn) {
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, kOffer));
  const auto one = queue().front().id;
  ASSERT_TRUE(decide(one, Effect::close_channel));
  EXPECT_THAT(acts(), ElementsAre("message.withhold", "peer.close"));
  EXPECT_EQ(code_of(post(ada, news, "Hello?")), "CHANNEL_PRIVATE");
  ASSERT_TRUE(world.run(moderation.reverse(one, "bo", "")));
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kOffer));
}

TEST_F(DecideTest, TheNameOfAClosedChannelIsKeptBackUntilNobodyCanAppeal) {
  const auto news = channel(true, "news_channel");
  ASSERT_TRUE(decide(report(news, ada.user), Effect::close_channel));
  const auto free = [&] {
    return World::must(world.run(world.services.profile.username_free(bob, "news_channel")));
  };
  EXPECT_FALSE(free());
  pass_days(182);
  EXPECT_FALSE(free());
  pass_days(2);
  EXPECT_TRUE(free());
  EXPECT_THAT(acts(), ElementsAre("peer.close", "peer.free_name"));
  World::must(world.run(world.services.profile.set_username(bob, "news_channel")));
}

TEST_F(DecideTest, TheNameOfABannedAccountIsKeptBackToo) {
  const auto eve = world.sign_up("Eve");
  World::must(world.run(world.services.profile.set_username(eve, "eve_sells")));
  ASSERT_TRUE(decide(report(Peer::of(eve.user), eve.user), Effect::ban));
  const auto free = [&] {
    return World::must(world.run(world.services.profile.username_free(bob, "eve_sells")));
  };
  pass_days(182);
  EXPECT_FALSE(free());
  pass_days(2);
  EXPECT_TRUE(free());
}

TEST_F(DecideTest, WhatIsDoneForATimeEndsByItself) {
  const auto news = channel(true, "news_channel");
  auto decided = decision(Effect::close_channel);
  decided.days = 3;
  const auto id = report(news, ada.user);
  ASSERT_TRUE(decide(id, decided));
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("was closed, until 17 November 2023"));
  EXPECT_NE(file_of(find(id)).statements.back().ends_at, 0);
  pass_days(2);
  EXPECT_EQ(code_of(post(ada, news, "Hello?")), "CHANNEL_PRIVATE");
  pass_days(1);
  World::must(post(ada, news, "Back"));
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("has ended"));
  EXPECT_THAT(acts(), ElementsAre("peer.close", "peer.reopen"));
  EXPECT_EQ(find(id).effect, static_cast<std::uint8_t>(Effect::allow));
  EXPECT_EQ(find(id).state, store::CaseState::decided);
  pass_days(400);
  EXPECT_EQ(chat_at(news).username, "news_channel") << "its name was not kept back any more";
}

TEST_F(DecideTest, ARuleWithDaysEndsByItselfToo) {
  policy("remove\"\ndays = 2\nstrike = 0\nmode = \"live");
  const auto news = channel(true, "news_channel");
  const auto id = World::must(post(ada, news, kOffer)).message.id;
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("was removed, until"));
  EXPECT_NE(at(news, id).text, kOffer);
  pass_days(2);
  EXPECT_EQ(at(news, id).text, kOffer);
  EXPECT_THAT(acts(), ElementsAre("message.withhold", "message.return"));
}

TEST_F(DecideTest, ABanForATimeLetsTheAccountInAgain) {
  const auto eve = world.sign_up("Eve");
  auto decided = decision(Effect::ban);
  decided.days = 30;
  ASSERT_TRUE(decide(report(Peer::of(eve.user), eve.user), decided));
  pass_days(29);
  EXPECT_EQ(account_of(eve).state, store::AccountState::banned);
  pass_days(1);
  EXPECT_EQ(account_of(eve).state, store::AccountState::active);
}

TEST_F(DecideTest, ALimitMayEndTheOtherSessions) {
  policy("limit_account", "[strikes]\nlimit_signs_out = true\n");
  static_cast<void>(world.sign_in_again(ada));  // a second device
  const auto signed_in = [&] {
    return World::must(world.read([&](store::Tx& tx) { return tx.auth_keys().of_user(ada.user); })).size();
  };
  EXPECT_EQ(signed_in(), 2U);
  World::must(post(ada, channel(true, "news_channel"), kOffer));
  World::must(world.run(moderation.sweep()));
  EXPECT_EQ(signed_in(), 1U);
  EXPECT_EQ(world.devices.closed.size(), 1U);
}

TEST_F(DecideTest, ASlowedAccountWritesInPublicNowAndThen) {
  policy("limit_account", "slow_seconds = 600\n", "limit = \"slow\"\ndays = 2\n");
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, kOffer));
  EXPECT_THAT(notices_to(ada).front(),
              HasSubstr("Your account may write in public only now and then, until"));
  World::must(post(ada, news, "Good morning"));
  const auto early = post(ada, news, "And again");
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, "SLOWMODE_WAIT");
  EXPECT_EQ(early.error().wait_seconds, 600);
  send(ada, bob.user, "In private nothing waits");
  send(ada, bob.user, "at all");
  channel(false, "");
  world.clock.advance(std::chrono::minutes(10));
  World::must(post(ada, news, "Good day"));
  pass_days(2);
  World::must(post(ada, news, "One"));
  World::must(post(ada, news, "Two"));
}

TEST_F(DecideTest, AFrozenAccountWritesNowhere) {
  const auto news = channel(true, "news_channel");
  const auto old = World::must(post(ada, news, "An old post"));
  auto decided = decision(Effect::limit_account);
  decided.limit = safety::Limit::freeze;
  decided.days = 3;
  const auto frozen = report(Peer::of(ada.user), ada.user);
  ASSERT_TRUE(decide(frozen, decided));
  EXPECT_THAT(notices_to(ada).front(),
              HasSubstr("Your account is frozen: it can read, and appeal, and nothing else, until"));
  EXPECT_EQ(file_of(find(frozen)).statements.back().limit, "freeze");
  EXPECT_EQ(code_of(post(ada, news, "Good morning")), "USER_BANNED_IN_CHANNEL");
  EditMessage edit;
  edit.peer = news;
  edit.id = old.message.id;
  edit.text = "New words";
  EXPECT_EQ(code_of(world.run(edit_message(world.environment, ada, edit))), "USER_BANNED_IN_CHANNEL");
  // What a call says of the account comes from its key.
  World::must(world.run(moderation.sweep()));
  const auto who = World::must(world.run(world.services.keys.info(ada.key)));
  EXPECT_EQ(who.frozen_until, world.clock.unix_seconds() + 3 * 86'400);
  EXPECT_EQ(who.frozen_since, world.clock.unix_seconds());

  // A machine takes nothing of it back, a person does.
  policy("limit_account", "", "limit = \"slow\"\ndays = 30\n");
  ASSERT_TRUE(world.write([&](store::Tx& tx) {
    const safety::Item item{news, old.message.id, ada.user, kOffer, "News"};
    return moderation.enforcer().carry_out(tx, item, gate.judge(kOffer, {}), nullptr);
  }));
  EXPECT_EQ(limit_in_force(account_of(ada), world.clock.unix_seconds()), safety::Limit::freeze);
  decided.again = true;
  decided.limit = safety::Limit::mute;
  ASSERT_TRUE(decide(frozen, decided));
  EXPECT_EQ(limit_in_force(account_of(ada), world.clock.unix_seconds()), safety::Limit::mute);
  World::must(world.run(moderation.sweep()));
  EXPECT_EQ(World::must(world.run(world.services.keys.info(ada.key))).frozen_until, 0);
}

TEST_F(DecideTest, WhatAFrozenAccountScheduledIsNotSent) {
  SendMessage later;
  later.to = Peer::of(bob.user);
  later.text = "See you";
  later.random_id = 77;
  later.schedule_date = world.clock.unix_seconds() + 3600;
  World::must(world.run(send_message(world.environment, ada, later)));
  auto decided = decision(Effect::limit_account);
  decided.limit = safety::Limit::freeze;
  ASSERT_TRUE(decide(report(Peer::of(ada.user), ada.user), decided));
  world.clock.advance(std::chrono::hours(2));
  World::must(world.run(sweep_scheduled(world.environment)));
  EXPECT_TRUE(history(bob, ada.user).empty());
}

TEST_F(DecideTest, TwoCasesHoldOneChannelClosedUntilBothAreTakenBack) {
  const auto news = channel(true, "news_channel");
  const auto first = report(news, ada.user);
  ASSERT_TRUE(decide(first, Effect::close_channel));
  const auto second = report(news, ada.user);
  ASSERT_TRUE(decide(second, Effect::close_channel));
  ASSERT_TRUE(world.run(moderation.reverse(first, "bo", "")));
  EXPECT_EQ(code_of(post(ada, news, "Hello?")), "CHANNEL_PRIVATE");
  ASSERT_TRUE(world.run(moderation.reverse(second, "bo", "")));
  World::must(post(ada, news, "Back"));
}

TEST_F(DecideTest, OfWhatIsGoneTheDecisionStands) {
  const auto news = channel(true, "news_channel");
  const auto sent = World::must(post(ada, news, kOffer));
  const auto id = queue().front().id;
  World::must(world.run(delete_channel_messages(world.environment, ada, news, {sent.message.id})));
  ASSERT_TRUE(decide(id, Effect::remove));
  EXPECT_EQ(strikes_of(ada), 1);
  EXPECT_THAT(acts(), ElementsAre("account.strike"));
  // Nothing is left that it could count against.
  EXPECT_EQ(code_of(decide(report(Peer::of(UserId{987654}), UserId{987654}), Effect::ban)), "SUBJECT_GONE");
}

TEST_F(DecideTest, WhatCannotBeDecidedIsRefusedAndNothingHappens) {
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, kOffer));
  const auto id = queue().front().id;
  EXPECT_EQ(code_of(decide(99, Effect::remove)), "CASE_UNKNOWN");
  auto other = decision(Effect::remove);
  other.clause = "no-such";
  EXPECT_EQ(code_of(decide(id, other)), "CLAUSE_UNKNOWN");
  EXPECT_EQ(code_of(decide(id, Effect::review)), "EFFECT_UNFIT");
  EXPECT_EQ(code_of(decide(id, Effect::restrict_countries)), "EFFECT_UNFIT") << "where?";
  other = decision(Effect::restrict_countries);
  other.countries = {"Germany"};
  EXPECT_EQ(code_of(decide(id, other)), "DECISION_INVALID");
  other = decision(Effect::remove);
  other.days = -1;
  EXPECT_EQ(code_of(decide(id, other)), "DECISION_INVALID");
  other = decision(Effect::remove);
  other.staff.clear();
  EXPECT_EQ(code_of(decide(id, other)), "DECISION_INVALID");
  EXPECT_EQ(code_of(decide(report(Peer::of(ada.user), ada.user), Effect::close_channel)), "EFFECT_UNFIT");
  EXPECT_EQ(code_of(decide(report(news, ada.user), Effect::mark_sensitive)), "EFFECT_UNFIT");
  EXPECT_EQ(recorded(), 0);
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kOffer));
}

}  // namespace
}  // namespace heliograph::services
