// What is public is judged on its way into a box, and what is done about it is in the ledger, in a case, and
// told to the author; all of it can be taken back.
#include "services/moderation/moderation.h"

#include <gmock/gmock.h>

#include <hs/hs.h>

#include "services/chats/edit.h"
#include "services/chats/erase.h"
#include "services/chats/forward.h"
#include "services/chats/new_poll.h"
#include "services/chats/polls.h"
#include "services/discovery/public.h"
#include "services/groups/discussion.h"
#include "services/groups/topics.h"
#include "services/testing/moderation.h"
#include "terms/term.h"

namespace heliograph::services {
namespace {

using safety::Effect;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::World;

constexpr const char* kOffer = "Fake passports for sale, any country, dm me";
constexpr const char* kTombstone = "This message was removed because it breaks a rule: Illegal goods.";

// The shipped terms and model under a policy of the test's own.
std::shared_ptr<const safety::Rulebook> rulebook(const std::string& effect, const std::string& more = "") {
  static const auto shipped = World::must(safety::load_rulebook({}, 0));
  auto book = std::make_shared<safety::Rulebook>(*shipped);
  book->policy = World::must(safety::Policy::parse(
      "version = \"test\"\n"
      "machine_may = [\"mark_sensitive\", \"hide_from_search\", \"hold\", \"remove\", \"limit_account\"]\n" +
          more +
          "[[rule]]\nid = \"goods\"\ncategory = \"illegal_goods\"\nat_least = 0.5\nseverity = 60\n"
          "clause = \"illegal-goods\"\neffect = \"" +
          effect + "\"\n",
      "test.toml"));
  return book;
}

class ModerationTest : public testing::ModeratedTest {
 protected:
  ModerationTest() : ModeratedTest(rulebook("remove")) {}

  void policy(const std::string& effect, const std::string& more = "") {
    gate.replace(rulebook(effect, more));
  }
};

TEST_F(ModerationTest, AnOfferOfForgedDocumentsInAPublicChannelIsNeverShown) {
  const auto news = channel(true, "news_channel");
  const auto heard = world.listen(ada.user);
  const auto sent = World::must(post(ada, news, kOffer));
  EXPECT_EQ(sent.message.text, kTombstone);
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kTombstone));
  for (const auto& publication : heard->heard) {
    if (publication->message && publication->update.box.is_channel()) {
      EXPECT_EQ(publication->message->text, kTombstone);
    }
  }

  ASSERT_EQ(cases_of(ada).size(), 1U);
  const auto one = cases_of(ada).front();
  EXPECT_EQ(one.state, store::CaseState::decided);
  EXPECT_EQ(one.subject, ledger::Subject::of(news, sent.message.id).text);
  EXPECT_EQ(one.strike, 1);
  const auto file = file_of(one);
  EXPECT_EQ(file.text, kOffer);
  ASSERT_EQ(file.exhibits.size(), 1U);
  EXPECT_EQ(file.exhibits[0].text, kOffer);
  EXPECT_EQ(file.exhibits[0].date, sent.message.date);
  EXPECT_EQ(file.exhibits[0].digest, safety::digest_of(file.exhibits[0]));
  ASSERT_EQ(file.statements.size(), 1U);
  const auto& statement = file.statements.front();
  EXPECT_EQ(statement.effect, "remove");
  EXPECT_EQ(statement.clause, "illegal-goods");
  EXPECT_TRUE(statement.automated_detection && statement.automated_decision);
  EXPECT_EQ(file.findings.front().policy_version, "test");
  EXPECT_EQ(recorded(), 1);
  EXPECT_NE(one.record, 0);

  const auto notice = notices_to(ada).front();
  EXPECT_THAT(notice, HasSubstr("Your message in “News” was removed."));
  EXPECT_THAT(notice, HasSubstr(kOffer));
  EXPECT_THAT(notice, HasSubstr("Rule: Illegal goods (illegal-goods)."));
  EXPECT_THAT(notice, HasSubstr("decided by a machine"));
  EXPECT_THAT(notice, HasSubstr("appeals@example.org"));
  EXPECT_THAT(notice, HasSubstr("Case " + std::to_string(one.id)));
}

TEST_F(ModerationTest, TheSameInAPrivateChatOrAPrivateGroupIsNobodysBusiness) {
  send(ada, bob.user, kOffer);
  const auto closed = channel(false);
  World::must(post(ada, closed, kOffer));
  World::must(post(ada, group({bob.user}), kOffer));
  EXPECT_THAT(texts(bob, ada.user), ElementsAre(kOffer));
  EXPECT_THAT(texts_in(ada, closed), ElementsAre(kOffer));
  EXPECT_TRUE(cases_of(ada).empty());
  EXPECT_EQ(recorded(), 0);
}

TEST_F(ModerationTest, ThePostOfADiscussedChannelAndItsCopyAreOneMessage) {
  const auto news = channel(true, "news_channel"), talk = channel(false);
  World::must(world.run(set_discussion_group(world.environment, ada, news, talk)));
  World::must(post(ada, news, kOffer));
  EXPECT_THAT(texts_in(ada, talk), ElementsAre(kTombstone));
  ASSERT_EQ(cases_of(ada).size(), 1U) << "judged once";
  ASSERT_TRUE(world.run(moderation.reverse(cases_of(ada).front().id, "ann", "A quote.")));
  EXPECT_THAT(texts_in(ada, talk), ElementsAre(kOffer));
  // By an edit as well.
  const auto later = World::must(post(ada, news, "harmless")).message;
  EditMessage edit;
  edit.peer = news;
  edit.id = later.id;
  edit.text = kOffer;
  World::must(world.run(edit_message(world.environment, ada, edit)));
  EXPECT_THAT(texts_in(ada, talk), ElementsAre(kTombstone, kOffer));
  EXPECT_EQ(cases_of(ada).size(), 2U);
}

TEST_F(ModerationTest, CommentsUnderThePostsOfAPublicChannelArePublic) {
  const auto news = channel(true, "news_channel"), talk = channel(false);
  World::must(post(ada, talk, kOffer));
  EXPECT_TRUE(cases_of(ada).empty());
  World::must(world.run(set_discussion_group(world.environment, ada, news, talk)));
  World::must(world.run(moderation.judge_waiting()));
  EXPECT_THAT(texts_in(ada, talk), ElementsAre(kTombstone)) << "written before the link";
  World::must(post(ada, talk, kOffer));
  EXPECT_THAT(texts_in(ada, talk), ElementsAre(kTombstone, kTombstone));
}

TEST_F(ModerationTest, ATopicsTitleIsJudgedLikeWhatIsWrittenInIt) {
  const auto talk = channel(false, "the_forum");
  World::must(world.run(set_forum(world.environment, ada, talk, true, false)));
  const auto create = [&](std::string title) {
    NewTopic wanted;
    wanted.forum = talk;
    wanted.title = std::move(title);
    wanted.random_id = ++last_random_id;
    return World::must(world.run(create_topic(world.environment, world.services.limits, ada, wanted)))
        .message;
  };
  const auto title = [&](MessageId topic) {
    return World::must(
               world.read([=](store::Tx& tx) { return tx.topics().find(BoxId::of(talk.channel()), topic); }))
        ->title;
  };
  const auto begun = create(kOffer);
  EXPECT_EQ(title(begun.id), kTombstone);
  ASSERT_EQ(cases_of(ada).size(), 1U);
  EXPECT_EQ(file_of(cases_of(ada).front()).text, kOffer);
  ASSERT_TRUE(world.run(moderation.reverse(cases_of(ada).front().id, "ann", "A quote.")));
  EXPECT_EQ(title(begun.id), kOffer);

  const auto cars = create("Cars");
  EditTopic edit;
  edit.forum = talk;
  edit.id = cars.id;
  edit.title = kOffer;
  World::must(world.run(edit_topic(world.environment, ada, edit)));
  EXPECT_EQ(title(cars.id), kTombstone);
}

TEST_F(ModerationTest, TitlesOfTopicsAreJudgedWhenTheForumBecomesPublic) {
  const auto talk = channel(false);
  World::must(world.run(set_forum(world.environment, ada, talk, true, false)));
  NewTopic wanted;
  wanted.forum = talk;
  wanted.title = kOffer;
  wanted.random_id = ++last_random_id;
  const auto begun =
      World::must(world.run(create_topic(world.environment, world.services.limits, ada, wanted))).message;
  EXPECT_TRUE(cases_of(ada).empty());
  World::must(world.run(set_chat_username(world.environment, ada, talk, "the_forum")));
  World::must(world.run(moderation.judge_waiting()));
  ASSERT_EQ(cases_of(ada).size(), 1U);
  const auto topic = World::must(
      world.read([=](store::Tx& tx) { return tx.topics().find(BoxId::of(talk.channel()), begun.id); }));
  EXPECT_EQ(topic->title, kTombstone);
}

TEST_F(ModerationTest, AReversalRestoresTheMessageAndTakesTheStrikeOff) {
  const auto news = channel(true, "news_channel");
  auto request = message(ada.user, kOffer);
  request.to = news;
  request.entities = {{.kind = EntityKind::bold, .offset = 0, .length = 4}};
  const auto sent = World::must(try_send(ada, request));
  const auto one = cases_of(ada).front();
  ASSERT_TRUE(world.run(moderation.reverse(one.id, "ann", "It was a quote from the news.")));
  const auto restored = at(news, sent.message.id);
  EXPECT_EQ(restored.text, kOffer);
  EXPECT_EQ(content_of(restored).entities.size(), 1U);
  EXPECT_EQ(restored.flags & (store::message_withheld | store::message_no_forwards), 0U);
  const auto after = cases_of(ada).front();
  EXPECT_EQ(after.state, store::CaseState::reversed);
  EXPECT_EQ(after.strike, 0);
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("It was a quote from the news."));
  EXPECT_THAT(acts(), ElementsAre("message.withhold", "message.return"));
  EXPECT_EQ(code_of(world.run(moderation.reverse(one.id, "ann", ""))), "CASE_NOT_DECIDED");
  EXPECT_EQ(code_of(world.run(moderation.reverse(99, "ann", ""))), "CASE_UNKNOWN");
}

TEST_F(ModerationTest, WhatAPollAsksIsJudgedAndNobodyVotesInATombstone) {
  const auto news = channel(true, "news_channel");
  NewPoll wanted;
  wanted.poll.question.text = "What shall I get?";
  for (const auto* text : {kOffer, "Nothing"}) {
    PollAnswer answer;
    answer.text.text = text;
    wanted.poll.answers.push_back(std::move(answer));
  }
  SendMessage request;
  request.to = news;
  request.random_id = 5;
  request.media.emplace();
  request.media->kind = MediaKind::poll;
  request.media->poll = World::must(make_poll(wanted, 77, world.clock.unix_seconds()));
  const auto id = World::must(try_send(ada, request)).message.id;
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kTombstone));
  const auto one = cases_of(ada).front();
  EXPECT_THAT(file_of(one).text, HasSubstr(kOffer));
  Vote vote;
  vote.peer = news;
  vote.id = id;
  vote.options.push_back(request.media->poll->answers[0].option);
  EXPECT_EQ(code_of(world.run(send_vote(world.environment, ada, vote))), "MESSAGE_ID_INVALID");
  ASSERT_TRUE(world.run(moderation.reverse(one.id, "ann", "")));
  const auto voted = World::must(world.run(send_vote(world.environment, ada, vote)));
  EXPECT_EQ(voted.view.tally.voters, 1);
}

TEST_F(ModerationTest, WhatAPersonMustDecideIsQueuedAndStaysVisible) {
  policy("review");
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, kOffer));
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kOffer));
  ASSERT_EQ(queue().size(), 1U);
  EXPECT_EQ(queue().front().severity, 60);
  EXPECT_EQ(recorded(), 0) << "nothing was done to anybody";
  EXPECT_TRUE(notices_to(ada).empty());
}

TEST_F(ModerationTest, WhatIsHeldIsHiddenAndQueued) {
  policy("hold");
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, kOffer));
  EXPECT_THAT(texts_in(ada, news).front(), HasSubstr("until a moderator has looked at it"));
  ASSERT_EQ(queue().size(), 1U);
  EXPECT_EQ(queue().front().strike, 0) << "nobody has decided yet";
  ASSERT_TRUE(world.run(moderation.reverse(queue().front().id, "ann", "")));
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kOffer));
}

TEST_F(ModerationTest, MarksAreSetToldAndTakenOff) {
  const auto news = channel(true, "news_channel");
  for (const auto& [effect, flag] : {std::pair{"mark_sensitive", store::message_sensitive},
                                     std::pair{"hide_from_search", store::message_unsearchable}}) {
    policy(effect);
    const auto sent = World::must(post(ada, news, kOffer));
    EXPECT_TRUE(at(news, sent.message.id).flags & flag) << effect;
    EXPECT_EQ(at(news, sent.message.id).text, kOffer);
    ASSERT_TRUE(world.run(moderation.reverse(cases_of(ada).front().id, "ann", "")));
    EXPECT_FALSE(at(news, sent.message.id).flags & flag) << effect;
  }
  EXPECT_THAT(acts(), ElementsAre("message.mark", "message.unmark", "message.mark", "message.unmark"));
}

TEST_F(ModerationTest, AnEditIsJudgedAndATombstoneCannotBeEditedOrForwarded) {
  const auto news = channel(true, "news_channel");
  const auto sent = World::must(post(ada, news, "Good morning"));
  EditMessage edit;
  edit.peer = news;
  edit.id = sent.message.id;
  edit.text = kOffer;
  const auto edited = World::must(world.run(edit_message(world.environment, ada, edit)));
  EXPECT_EQ(edited.message.text, kTombstone);
  EXPECT_EQ(file_of(cases_of(ada).front()).text, kOffer);
  EXPECT_EQ(code_of(world.run(edit_message(world.environment, ada, edit))), "MESSAGE_ID_INVALID");
  ForwardMessages forward;
  forward.from = news;
  forward.to = Peer::of(bob.user);
  forward.ids = {sent.message.id};
  forward.random_ids = {++last_random_id};
  EXPECT_EQ(code_of(world.run(forward_messages(world.environment, ada, forward))),
            "CHAT_FORWARDS_RESTRICTED");
  ASSERT_TRUE(world.run(moderation.reverse(cases_of(ada).front().id, "ann", "")));
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kOffer));
}

TEST_F(ModerationTest, AForwardIntoAPublicChannelIsJudgedToo) {
  const auto news = channel(true, "news_channel");
  const auto said = send(bob, ada.user, kOffer);
  ForwardMessages forward;
  forward.from = Peer::of(bob.user);
  forward.to = news;
  forward.ids = {copy_of(said.message, ada).id};
  forward.random_ids = {++last_random_id};
  World::must(world.run(forward_messages(world.environment, ada, forward)));
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kTombstone));
}

TEST_F(ModerationTest, ARepeatedSendIsJudgedOnce) {
  const auto news = channel(true, "news_channel");
  auto request = message(ada.user, kOffer);
  request.to = news;
  World::must(try_send(ada, request));
  EXPECT_TRUE(World::must(try_send(ada, request)).duplicate);
  EXPECT_EQ(cases_of(ada).size(), 1U);
  EXPECT_EQ(recorded(), 1);
}

// There is no memory for looking for terms.
struct NoMemory {
  NoMemory() {
    hs_set_scratch_allocator([](std::size_t) -> void* { return nullptr; }, std::free);
  }
  ~NoMemory() { hs_set_scratch_allocator(nullptr, nullptr); }
};

TEST_F(ModerationTest, WhatCannotBeJudgedIsRefusedOrDeliveredAndJudgedLater) {
  const auto news = channel(true, "news_channel");
  const auto again = [&] {
    return World::must(world.read([](store::Tx& tx) {
             return tx.judge_queue().first(store::Unjudged::Kind::again, 10);
           }))
        .size();
  };
  {
    const NoMemory broken;
    policy("remove", "on_failure = \"refuse\"\n");
    EXPECT_EQ(code_of(post(ada, news, "Good morning")), "JUDGING_FAILED");
    policy("remove");
    World::must(post(ada, news, "Good morning"));
    World::must(world.run(moderation.judge_waiting()));
    EXPECT_EQ(again(), 2U) << "it waits on, and so does what there was before";
  }
  EXPECT_EQ(gate.stats().failures.load(), 5U) << "the name, too";
  EXPECT_THAT(texts_in(ada, news), ElementsAre("Good morning"));
  World::must(world.run(moderation.judge_waiting()));
  EXPECT_EQ(again(), 0U);
}

TEST_F(ModerationTest, StrikesLimitTheAccountForATimeAndAReversalFreesIt) {
  policy("remove", "[strikes]\nlimit_at = 2\nlimit_days = 3\n");
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, kOffer));
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("1 of 2, at which it is limited for 3 days"));
  World::must(post(ada, news, "Good morning"));
  World::must(post(ada, news, kOffer));
  EXPECT_EQ(code_of(post(ada, news, "Good evening")), "USER_BANNED_IN_CHANNEL");
  NewChannel more;
  more.title = "More";
  EXPECT_EQ(code_of(world.run(create_channel(world.environment, world.services.limits, ada, more))),
            "USER_RESTRICTED");
  send(ada, bob.user, "I was limited");
  EXPECT_THAT(notices_to(ada).front(),
              HasSubstr("Your account may not write in public for now, until 17 November 2023"));
  EXPECT_THAT(acts(), ElementsAre("message.withhold", "message.withhold", "account.limit"));

  const auto limited = cases_of(ada).front();
  EXPECT_EQ(limited.subject, ledger::Subject::of(ada.user).text);
  ASSERT_TRUE(world.run(moderation.reverse(limited.id, "ann", "")));
  World::must(post(ada, news, "Good evening"));
  world.clock.advance(std::chrono::hours(1));
}

TEST_F(ModerationTest, ARuleThatLimitsAndAStrikeThatLimitsAreOneLimit) {
  policy("limit_account", "[strikes]\nlimit_at = 1\nlimit_days = 3\n");
  World::must(post(ada, channel(true, "news_channel"), kOffer));
  EXPECT_THAT(acts(), ElementsAre("message.withhold", "account.limit"));
  EXPECT_EQ(cases_of(ada).size(), 2U);
}

TEST_F(ModerationTest, WhatWasDoneInACaseCanBeUndoneThoughMoreWasFoundLater) {
  const auto news = channel(true, "news_channel");
  policy("hold");
  const auto sent = World::must(post(ada, news, kOffer));
  const auto one = queue().front();
  policy("review");
  const safety::Item item{news, sent.message.id, ada.user, kOffer, "News"};
  ASSERT_TRUE(world.write([&](store::Tx& tx) {
    return moderation.enforcer().carry_out(tx, item, gate.judge(kOffer, {}), nullptr);
  }));
  ASSERT_EQ(queue().size(), 1U) << "it joined the case";
  ASSERT_TRUE(world.run(moderation.reverse(one.id, "ann", "")));
  EXPECT_THAT(texts_in(ada, news), ElementsAre(kOffer));
}

TEST_F(ModerationTest, ALimitEndsByItself) {
  policy("remove", "[strikes]\nlimit_at = 1\nlimit_days = 3\n");
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, kOffer));
  EXPECT_EQ(code_of(post(ada, news, "Good evening")), "USER_BANNED_IN_CHANNEL");
  world.clock.advance(std::chrono::hours(72));
  World::must(post(ada, news, "Good evening"));
}

TEST_F(ModerationTest, ABanIsProposedToAPersonWhereAMachineMayNot) {
  policy("remove", "[strikes]\nban_at = 1\n");
  World::must(post(ada, channel(true, "news_channel"), kOffer));
  ASSERT_EQ(queue().size(), 1U);
  EXPECT_EQ(queue().front().subject, ledger::Subject::of(ada.user).text);
  EXPECT_EQ(file_of(queue().front()).findings.front().proposed, "ban");
  send(ada, bob.user, "Still here");
}

TEST_F(ModerationTest, ABannedAccountIsSignedOutAndKeptOutUntilItIsLetInAgain) {
  const auto record = [&](std::string act) {
    return ledger::Record{ledger::Book::content, std::move(act), ledger::Subject::of(ada.user), "", {}};
  };
  const auto phone = world.new_phone();
  const auto eve = world.sign_up("Eve", "", phone);
  const auto ban = [&](bool on) {
    return world.write([&, on](store::Tx& tx) -> Status {
      auto entry = record(on ? "account.ban" : "account.unban");
      entry.subject = ledger::Subject::of(eve.user);
      HG_ASSIGN(const auto receipt, ledger.record(tx, entry));
      return moderation.ban(tx, eve.user, on, receipt);
    });
  };
  ASSERT_TRUE(ban(true));
  ASSERT_TRUE(world.run(moderation.sweep()));
  EXPECT_FALSE(world.devices.closed.empty());
  const auto device = world.new_device();
  EXPECT_EQ(code_of(world.run(world.services.sign_in.send_code(device, "192.0.2.1", phone))),
            "PHONE_NUMBER_BANNED");
  ASSERT_TRUE(ban(false));
  EXPECT_TRUE(world.run(world.services.sign_in.send_code(device, "192.0.2.1", phone)));
}

TEST_F(ModerationTest, WhatWasWrittenBeforeAChannelBecamePublicIsJudgedThen) {
  const auto hidden = channel(true);
  for (int i = 0; i < 250; ++i) World::must(post(ada, hidden, "Good morning " + std::to_string(i)));
  World::must(post(ada, hidden, kOffer));
  World::must(world.run(set_chat_username(world.environment, ada, hidden, "now_public")));
  while (World::must(world.read([](store::Tx& tx) { return tx.judge_queue().count(); })) > 0) {
    World::must(world.run(moderation.judge_waiting()));
  }
  ASSERT_EQ(cases_of(ada).size(), 1U);
  EXPECT_EQ(texts_in(ada, hidden).front(), kTombstone);
  ASSERT_TRUE(world.run(moderation.reverse(cases_of(ada).front().id, "ann", "")));
  EXPECT_EQ(texts_in(ada, hidden).front(), kOffer);
}

TEST_F(ModerationTest, AChannelNamedForIllegalGoodsIsNotFoundAndAPersonIsAsked) {
  const auto shop = channel(true, "papers_shop");
  World::must(world.run(set_title(world.environment, ada, shop, kOffer)));
  World::must(world.run(moderation.judge_waiting()));
  EXPECT_FALSE(is_listed(chat_at(shop)));
  EXPECT_TRUE(is_public(chat_at(shop)));
  ASSERT_EQ(queue().size(), 1U);
  EXPECT_EQ(queue().front().subject, ledger::Subject::of(shop).text);
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("Your channel is not shown in search any more."));
  ASSERT_TRUE(world.run(moderation.reverse(queue().front().id, "ann", "")));
  EXPECT_TRUE(is_listed(chat_at(shop)));
  EXPECT_THAT(acts(), ElementsAre("peer.delist", "peer.relist"));
}

TEST_F(ModerationTest, ANameThatASearchWouldBeRefusedForIsLookedAt) {
  std::vector<terms::TermList> lists;
  lists.push_back(World::must(terms::parse_terms(
      "version: 1\nscore: 0\ncategory: illegal_goods\neffect: block\nblue fairy dust\ncocaine\n",
      "guard.terms")));
  const auto set = World::must(terms::TermSet::build(std::move(lists), 0));
  const search::Guard guard(terms::QueryGuard::build(set, "", 0));
  moderation.attach(guard);
  const auto rename = [&](Peer peer, const char* title) {
    World::must(world.run(set_title(world.environment, ada, peer, title)));
    World::must(world.run(moderation.judge_waiting()));
  };
  // A word of the staff's own, which the scan does not know.
  const auto shop = channel(true, "a_fine_shop");
  rename(shop, "Blue  fa1ry dust, fresh");
  ASSERT_EQ(queue().size(), 1U);
  EXPECT_EQ(queue().front().subject, ledger::Subject::of(shop).text);
  EXPECT_EQ(file_of(queue().front()).findings.back().rule, "guard");
  EXPECT_TRUE(is_listed(chat_at(shop))) << "a person decides";
  rename(channel(true, "a_fine_garden"), "Roses and tulips");
  EXPECT_EQ(queue().size(), 1U);
}

constexpr const char* kCampaign =
    "\n[signals]\ncampaign_authors = 3\n[[signals.raise]]\nid = \"same\"\nmeasure = \"authors\"\nat_least = "
    "3\n"
    "category = \"spam\"\nconfidence = 0.95\n[[rule]]\nid = \"spam\"\ncategory = \"spam\"\nat_least = 0.9\n"
    "severity = 20\nclause = \"spam\"\neffect = ";
constexpr const char* kSame = "The new season of walks along the river begins on Saturday at nine o'clock";

TEST_F(ModerationTest, NearCopiesByManyAccountsAreOneCaseAndAreUndoneTogether) {
  policy("review", kCampaign + std::string("\"remove\"\n"));
  const auto talk = channel(false, "river_talk");
  std::vector<Caller> people;
  std::vector<MessageId> ids;
  for (int i = 0; i < 4; ++i) {
    people.push_back(world.sign_up("Person", std::to_string(i)));
    World::must(enter_by_name(people.back(), talk));
    const auto sent =
        World::must(post(people.back(), talk, kSame + std::string(static_cast<std::size_t>(i), '!')));
    ids.push_back(sent.message.id);
    EXPECT_EQ(sent.message.text.starts_with("This message was removed"), i >= 2) << i;
  }
  World::must(world.run(moderation.judge_waiting()));
  for (const auto id : ids) EXPECT_THAT(at(talk, id).text, HasSubstr("was removed")) << "also the first ones";

  const auto one = cases_of(people[3]).front();
  EXPECT_EQ(one.id, cases_of(people[0]).front().id);
  EXPECT_EQ(one.state, store::CaseState::decided);
  const auto file = file_of(one);
  EXPECT_EQ(file.members, 4);
  const auto members =
      World::must(world.read([&](store::Tx& tx) { return tx.cases().members(one.id, "", 10); }));
  ASSERT_EQ(members.size(), 4u);
  const auto finding = World::must(safety::open_member(members.front(), world.sealer)).findings.back();
  EXPECT_THAT(finding.signals, ElementsAre("same"));
  EXPECT_GE(safety::measures_of(finding)[static_cast<std::size_t>(safety::Measure::authors)], 3);
  EXPECT_EQ(finding.policy_version, "test");
  const auto strikes = [&] {
    return World::must(world.read(
        [&](store::Tx& tx) { return tx.cases().strikes(people[0].user, world.clock.unix_seconds()); }));
  };
  EXPECT_EQ(strikes(), 1);

  ASSERT_TRUE(world.run(moderation.reverse(one.id, "ann", "A club.")));
  EXPECT_EQ(at(talk, ids[0]).text, kSame);
  EXPECT_EQ(at(talk, ids[3]).text, kSame + std::string("!!!"));
  EXPECT_EQ(strikes(), 0);
  EXPECT_THAT(notices_to(people[0]).front(), HasSubstr("A club."));
  const auto after = World::must(post(people[1], talk, kSame));
  EXPECT_EQ(after.message.text, kSame) << "it was looked at and is none";
}

TEST_F(ModerationTest, ACampaignIsDecidedByAPersonForAllItsMessages) {
  policy("review", kCampaign + std::string("\"hold\"\n"));
  const auto talk = channel(false, "river_talk");
  std::vector<Caller> people;
  std::vector<MessageId> ids;
  for (int i = 0; i < 3; ++i) {
    people.push_back(world.sign_up("Person", std::to_string(i)));
    World::must(enter_by_name(people.back(), talk));
    ids.push_back(World::must(post(people.back(), talk, kSame)).message.id);
  }
  World::must(world.run(moderation.judge_waiting()));
  const auto one = queue().front();
  safety::PersonDecision decision;
  decision.effect = Effect::remove;
  decision.clause = "spam";
  decision.staff = "ann";
  ASSERT_TRUE(world.run(moderation.decide(one.id, decision)));
  for (const auto id : ids) EXPECT_THAT(at(talk, id).text, HasSubstr("was removed"));
  EXPECT_TRUE(queue().empty());
  EXPECT_THAT(notices_to(people[0]).front(), HasSubstr("Decided by a moderator."));
  EXPECT_EQ(code_of(world.run(moderation.decide(one.id, decision))), "CASE_DECIDED");

  decision.effect = Effect::allow;
  decision.again = true;
  ASSERT_TRUE(world.run(moderation.decide(one.id, decision)));
  for (const auto id : ids) EXPECT_EQ(at(talk, id).text, kSame);
  EXPECT_EQ(World::must(post(people[1], talk, kSame)).message.text, kSame) << "pardoned";
}

TEST_F(ModerationTest, ACaseOfOneMessageJoinsItsCampaign) {
  policy("review", kCampaign + std::string("\"hold\"\n"));
  const auto talk = channel(false, "river_talk");
  const std::string offer = std::string(kOffer) + ", the best quality in town";
  std::vector<Caller> people;
  for (int i = 0; i < 3; ++i) {
    people.push_back(world.sign_up("Person", std::to_string(i)));
    World::must(enter_by_name(people.back(), talk));
    World::must(post(people.back(), talk, offer));
  }
  EXPECT_EQ(queue().size(), 3u) << "two alone, and the campaign";
  World::must(world.run(moderation.judge_waiting()));
  ASSERT_EQ(queue().size(), 1u);
  EXPECT_EQ(file_of(queue().front()).members, 3);
  EXPECT_THAT(texts_in(ada, talk).back(), HasSubstr("until a moderator has looked"));
}

TEST_F(ModerationTest, TheSameInPrivateIsNoCampaign) {
  policy("review", kCampaign + std::string("\"remove\"\n"));
  const auto talk = channel(false), open = channel(false, "river_talk");
  for (int i = 0; i < 4; ++i) {
    const auto person = world.sign_up("Person", std::to_string(i));
    send(person, ada.user, kSame);
  }
  World::must(post(ada, talk, kSame));
  World::must(post(ada, open, kSame));
  EXPECT_TRUE(cases_of(ada).empty());
  EXPECT_EQ(gate.signals().sizes().messages, 1u);
}

class Reader final : public safety::SecondStage {
 public:
  Task<Result<safety::Scores>> judge(std::string text) override {
    asked.push_back(text);
    if (away) co_return fail(Error::unavailable("SECOND_STAGE_AWAY"));
    safety::Scores scores{};
    scores[static_cast<std::size_t>(terms::Category::illegal_goods)] = sure;
    co_return scores;
  }
  const std::string& version() const override { return name; }
  std::string name = "reader-1";
  std::vector<std::string> asked;
  float sure = 0;
  bool away = false;
};

TEST_F(ModerationTest, WhatTheFirstStageIsNotSureAboutIsReadAgain) {
  Reader reader;
  Moderation twice{world.environment,
                   {&gate, &ledger, &reader, "appeals"},
                   {*world.blobs, world.images},
                   world.services.keys,
                   world.devices,
                   world.services.users};
  const auto policy_from = [&](const std::string& from) {
    policy("remove", "[second_stage]\nfrom = " + from + "\nto = 0.4\n");
  };
  const auto news = channel(true, "news_channel");
  policy_from("0.3999");  // of a good morning nobody is unsure
  World::must(post(ada, news, "Good morning"));
  World::must(world.run(twice.ask_second()));
  EXPECT_TRUE(reader.asked.empty());

  policy_from("0.0");
  World::must(post(ada, news, "The usual at the usual place"));
  reader.away = true;
  World::must(world.run(twice.ask_second()));
  EXPECT_EQ(texts_in(ada, news).front(), "The usual at the usual place");
  reader.away = false;
  reader.sure = 0.9f;
  World::must(world.run(twice.ask_second()));
  EXPECT_THAT(reader.asked, ElementsAre("The usual at the usual place", "The usual at the usual place"));
  EXPECT_EQ(texts_in(ada, news).front(), kTombstone);
  EXPECT_THAT(file_of(cases_of(ada).front()).findings.front().model_version, HasSubstr("reader-1"));
  World::must(world.run(twice.ask_second()));
  EXPECT_EQ(reader.asked.size(), 2U) << "answered once, asked no more";
}

TEST_F(ModerationTest, NoActWithoutAReceiptForThisActAndSubject) {
  const auto news = channel(true, "news_channel");
  const auto sent = World::must(post(ada, news, "Good morning"));
  const auto with = [&](ledger::Record record) {
    return world.write([&, record](store::Tx& tx) -> Status {
      HG_ASSIGN(const auto receipt, ledger.record(tx, record));
      return moderation.withhold(tx, news, sent.message.id, nullptr, "gone", receipt);
    });
  };
  ledger::Record record{
      ledger::Book::content, "message.withhold", ledger::Subject::of(news, MessageId{999}), "", {}};
  EXPECT_EQ(code_of(with(record)), "LEDGER_RECEIPT_OTHER");
  record.subject = ledger::Subject::of(news, sent.message.id);
  record.act = "message.mark";
  EXPECT_EQ(code_of(with(record)), "LEDGER_RECEIPT_OTHER");
  EXPECT_EQ(recorded(), 0) << "the transactions came to nothing";
  record.act = "message.withhold";
  ASSERT_TRUE(with(record));
  EXPECT_THAT(texts_in(ada, news), ElementsAre("gone"));
}

TEST_F(ModerationTest, WhatIsWithheldStaysForAnAppealThoughItsAuthorDeletesTheTombstone) {
  const auto news = channel(true, "news_channel");
  const auto sent = World::must(post(ada, news, kOffer));
  World::must(world.run(delete_channel_messages(world.environment, ada, news, {sent.message.id})));
  const auto one = cases_of(ada).front();
  EXPECT_EQ(file_of(one).text, kOffer);
  EXPECT_EQ(code_of(world.run(moderation.reverse(one.id, "ann", ""))), "MESSAGE_ID_INVALID");
}

}  // namespace
}  // namespace heliograph::services
