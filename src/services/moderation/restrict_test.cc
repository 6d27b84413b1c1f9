// What is not shown in some countries: their people see why in its place, and do not find it; others see it
// whole.
#include <gmock/gmock.h>

#include "services/chats/content.h"
#include "services/chats/edit.h"
#include "services/chats/forward.h"
#include "services/groups/barred.h"
#include "services/testing/moderation.h"
#include "services/testing/search.h"

namespace heliograph::services {
namespace {

using safety::Effect;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::World;

constexpr const char* kOffer = "Fake passports for sale, any country, dm me";

class RestrictTest : public testing::ModeratedTest {
 protected:
  RestrictTest() : ModeratedTest(shipped()) {
    auto book = std::make_shared<safety::Rulebook>(*shipped());
    book->policy = World::must(safety::Policy::parse(
        "version = \"test\"\nmachine_may = [\"restrict_countries\"]\n[[rule]]\nid = \"goods\"\n"
        "category = \"illegal_goods\"\nat_least = 0.5\nclause = \"illegal-goods\"\n"
        "effect = \"restrict_countries\"\ncountries = [\"FR\", \"DE\"]\n",
        "test.toml"));
    gate.replace(std::move(book));
  }
  bool barred(const Caller& who, Peer place, MessageId id) {
    const auto message = at(place, id);
    return World::must(world.read([&](store::Tx& tx) { return is_barred_for(tx, message, who.user); }));
  }
  Status restrict(std::int64_t id, std::vector<std::string> countries) {
    safety::PersonDecision decision;
    decision.effect = Effect::restrict_countries;
    decision.clause = "illegal-goods";
    decision.countries = std::move(countries);
    decision.staff = "ann";
    decision.again = true;
    return world.run(moderation.decide(id, decision));
  }

  Caller emil = world.sign_up("Emil", "", "+4915123456789");
};

TEST_F(RestrictTest, AMessageIsNotForPeopleOfTheCountriesAndIsSentAsSuch) {
  const auto news = channel(true, "news_channel");
  const auto heard = world.listen(ada.user);
  const auto sent = World::must(post(ada, news, kOffer)).message;
  EXPECT_EQ(sent.text, kOffer);
  EXPECT_TRUE(barred(emil, news, sent.id));
  EXPECT_FALSE(barred(bob, news, sent.id)) << "of America";
  EXPECT_EQ(content_of(at(news, sent.id)).barred->text,
            "This message is not shown in your country because of a rule: Illegal goods.");
  for (const auto& publication : heard->heard) {
    if (publication->message && publication->update.box.is_channel()) {
      EXPECT_TRUE((publication->message->flags & (store::message_barred | store::message_service)) != 0);
    }
  }
  EXPECT_THAT(notices_to(ada).front(),
              HasSubstr("Your message in “News” is not shown in these countries any more: FR, DE."));
  const auto one = cases_of(ada).front();
  EXPECT_EQ(file_of(one).statements.back().territory, "FR, DE");
  EXPECT_EQ(one.strike, 0);
  EXPECT_THAT(acts(), ElementsAre("message.restrict"));

  ASSERT_TRUE(restrict(one.id, {"US"}));
  EXPECT_FALSE(barred(emil, news, sent.id));
  EXPECT_TRUE(barred(bob, news, sent.id));
  ASSERT_TRUE(world.run(moderation.reverse(one.id, "bo", "")));
  EXPECT_FALSE(barred(bob, news, sent.id));
  EXPECT_EQ(at(news, sent.id).flags & store::message_barred, 0U);
  EXPECT_THAT(acts(), ElementsAre("message.restrict", "message.restrict", "message.unrestrict"));
}

TEST_F(RestrictTest, AnEditDoesNotBringItBack) {
  const auto news = channel(true, "news_channel");
  const auto sent = World::must(post(ada, news, "Good morning")).message;
  EXPECT_FALSE(barred(emil, news, sent.id));
  EditMessage edit;
  edit.peer = news;
  edit.id = sent.id;
  edit.text = kOffer;
  const auto edited = World::must(world.run(edit_message(world.environment, ada, edit)));
  EXPECT_NE(edited.message.flags & store::message_barred, 0U);
  EXPECT_TRUE(barred(emil, news, sent.id));
  edit.text = "Good evening";
  World::must(world.run(edit_message(world.environment, ada, edit)));
  EXPECT_TRUE(barred(emil, news, sent.id)) << "until somebody takes it back";
}

TEST_F(RestrictTest, WhatOneMayNotSeeOneMayNotForwardOrFind) {
  testing::SearchWorld search(world);
  const auto news = channel(true, "news_channel");
  const auto sent = World::must(post(ada, news, kOffer)).message;
  World::must(enter_by_name(emil, news));
  const auto forward = [&](const Caller& who) {
    ForwardMessages wanted;
    wanted.from = news;
    wanted.to = Peer::of(who.user);
    wanted.ids = {sent.id};
    wanted.random_ids = {++last_random_id};
    return code_of(world.run(forward_messages(world.environment, who, wanted)));
  };
  EXPECT_EQ(forward(emil), "CHAT_FORWARDS_RESTRICTED");
  EXPECT_EQ(forward(ada), "");
  search.catch_up();
  const auto found = [&](const Caller& who) {
    return World::must(world.run(world.services.discovery.posts(who, "passports", {}, 10))).messages.size();
  };
  EXPECT_EQ(found(emil), 0U);
  EXPECT_EQ(found(ada), 1U);
  const auto here = [&](const Caller& who) {
    Search wanted;
    wanted.peer = news;
    wanted.text = "passports";
    return World::must(world.run(search_messages(world.environment, who.user, wanted, {}))).messages.size();
  };
  EXPECT_EQ(here(emil), 0U);
  EXPECT_EQ(here(ada), 1U);
}

TEST_F(RestrictTest, AChannelThatIsNotForThemIsClosedToThemAlone) {
  testing::SearchWorld search(world);
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, "Good morning"));
  World::must(enter_by_name(emil, news));
  World::must(world.run(set_title(world.environment, ada, news, kOffer)));
  World::must(world.run(moderation.judge_waiting()));
  EXPECT_EQ(code_of(world.run(services::history(world.environment, emil.user, news, {}))), "CHANNEL_PRIVATE");
  EXPECT_THAT(texts_in(bob, news), ElementsAre("Good morning"));
  const auto view = [&](const Caller& who) {
    return World::must(world.run(world.services.chat_views.view_one(who.user, news))).restriction;
  };
  EXPECT_EQ(view(emil), "This is not shown in your country because of a rule: Illegal goods.");
  EXPECT_EQ(view(bob), "");
  search.catch_up();
  const auto found = [&](const Caller& who) {
    return World::must(world.run(world.services.discovery.posts(who, "morning", {}, 10))).messages.size();
  };
  EXPECT_EQ(found(emil), 0U);
  EXPECT_EQ(found(bob), 1U);
  EXPECT_EQ(cases_of(ada).size(), 1U) << "the username and the title are judged, and are one case";
  ASSERT_TRUE(world.run(moderation.reverse(cases_of(ada).front().id, "bo", "")));
  EXPECT_EQ(view(emil), "");
  EXPECT_THAT(texts_in(emil, news).back(), "Good morning");
  EXPECT_THAT(acts(), ElementsAre("peer.restrict", "peer.unrestrict"));
}

TEST(BarredTest, CountriesAreComparedWholeAndNobodyIsFromNowhere) {
  EXPECT_TRUE(is_barred("DE FR", "FR"));
  EXPECT_TRUE(is_barred("DE", "DE"));
  EXPECT_FALSE(is_barred("DE FR", "F"));
  EXPECT_FALSE(is_barred("DE FR", "US"));
  EXPECT_FALSE(is_barred("DE FR", ""));
  EXPECT_FALSE(is_barred("", "DE"));
}

}  // namespace
}  // namespace heliograph::services
