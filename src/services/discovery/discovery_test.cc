#include "services/discovery/discovery.h"

#include <gmock/gmock.h>

#include "services/chats/edit.h"
#include "services/chats/erase.h"
#include "services/groups/clear.h"
#include "services/testing/groups.h"
#include "services/testing/search.h"

namespace heliograph::services {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using testing::World;

class DiscoveryTest : public testing::GroupsTest {
 protected:
  std::vector<std::string> texts(const FoundPosts& found) {
    std::vector<std::string> out;
    for (const auto& one : found.messages) out.push_back(one.text);
    return out;
  }
  std::vector<std::string> found(const Caller& who, std::string text) {
    index.catch_up();
    return texts(World::must(world.run(discovery.posts(who, std::move(text), {}, 50))));
  }
  std::vector<std::string> tagged(const Caller& who, std::string tag) {
    index.catch_up();
    return texts(World::must(world.run(discovery.tagged(who, std::move(tag), {}, 50))));
  }
  std::vector<std::string> everywhere(const Caller& who, GlobalSearch wanted) {
    index.catch_up();
    return texts(World::must(world.run(discovery.everywhere(who, std::move(wanted)))));
  }
  MessageId say(Peer peer, std::string text) {
    return World::must(post(ada, peer, std::move(text))).message.id;
  }

  testing::SearchWorld index{world};
  Discovery& discovery = world.services.discovery;
};

TEST_F(DiscoveryTest, PublicPostsAreFoundByWordBeginningTagAndCharacters) {
  const auto news = channel(true, "ada_news");
  say(news, "engines weave algebra #Looms");
  say(news, "東京都の天気");
  EXPECT_THAT(found(bob, "algebra"), ElementsAre("engines weave algebra #Looms"));
  EXPECT_THAT(found(bob, "alge"), ElementsAre("engines weave algebra #Looms"));
  EXPECT_THAT(found(bob, "京都"), ElementsAre("東京都の天気"));
  EXPECT_THAT(tagged(bob, "looms"), ElementsAre("engines weave algebra #Looms"));
  EXPECT_THAT(tagged(bob, "loom"), IsEmpty());
  EXPECT_EQ(world.run(discovery.tagged(bob, "two words", {}, 5)).error().code, "SEARCH_QUERY_EMPTY");
}

TEST_F(DiscoveryTest, OfChannelsAlikeTheOneThatHasBeenThereLongerComesFirst) {
  const auto old = channel(true, "kites_of_old");
  world.clock.advance(std::chrono::days(400));
  const auto fresh = channel(true, "kites_of_late");
  say(old, "kites, in the old one");
  say(fresh, "kites, in the new one");
  EXPECT_THAT(found(bob, "kites"), ElementsAre("kites, in the old one", "kites, in the new one"));
  EXPECT_THAT(World::must(world.run(discovery.peers(bob, "kites", 10))).public_, ElementsAre(old, fresh));
  say(fresh, "kites and kites, in the new one");
  EXPECT_EQ(found(bob, "kites").front(), "kites and kites, in the new one") << "it matches better";
  EXPECT_EQ(World::must(world.run(discovery.peers(bob, "kites_of_late", 10))).public_.front(), fresh);
}

TEST_F(DiscoveryTest, EditedAndDeletedPostsFollow) {
  const auto news = channel(true, "ada_news");
  const auto id = say(news, "first wording");
  EXPECT_THAT(found(bob, "wording"), ElementsAre("first wording"));
  EditMessage edit;
  edit.peer = news;
  edit.id = id;
  edit.text = "another phrase";
  ASSERT_TRUE(world.run(edit_message(world.environment, ada, edit)));
  EXPECT_THAT(found(bob, "wording"), IsEmpty());
  EXPECT_THAT(found(bob, "phrase"), ElementsAre("another phrase"));
  ASSERT_TRUE(world.run(clear_channel(world.environment, ada, news, {}, true)));
  EXPECT_THAT(found(bob, "phrase"), IsEmpty());
}

TEST_F(DiscoveryTest, WhatIsPrivateIsNeverFoundAndComesAndGoesAsAWhole) {
  const auto news = channel(true);
  say(news, "secret gardens");
  EXPECT_THAT(found(ada, "gardens"), IsEmpty());
  World::must(world.run(set_chat_username(world.environment, ada, news, "ada_gardens")));
  EXPECT_THAT(found(bob, "gardens"), ElementsAre("secret gardens"));
  World::must(world.run(set_chat_username(world.environment, ada, news, "")));
  // The filter does not wait for the index.
  EXPECT_THAT(texts(World::must(world.run(discovery.posts(bob, "gardens", {}, 5)))), IsEmpty());
  EXPECT_THAT(found(bob, "gardens"), IsEmpty());
  EXPECT_EQ(index.size(), 0);
}

TEST_F(DiscoveryTest, ADeletedChannelIsGone) {
  const auto news = channel(true, "ada_news");
  say(news, "short lived");
  EXPECT_THAT(found(bob, "lived"), ElementsAre("short lived"));
  World::must(world.run(delete_chat(world.environment, ada, news)));
  EXPECT_THAT(found(bob, "lived"), IsEmpty());
  EXPECT_EQ(index.size(), 0);
}

TEST_F(DiscoveryTest, WhoIsBannedSeesNothing) {
  const auto news = channel(false, "ada_group");
  say(news, "for friends");
  World::must(enter_by_name(bob, news));
  EXPECT_THAT(found(bob, "friends"), ElementsAre("for friends"));
  const Restriction ban{news, bob.user, banned_view_messages, 0};
  ASSERT_TRUE(world.run(restrict_member(world.environment, ada, ban)));
  EXPECT_THAT(found(bob, "friends"), IsEmpty());
}

TEST_F(DiscoveryTest, PagesNeitherRepeatNorSkip) {
  const auto news = channel(true, "ada_news");
  const auto own = channel(true);  // private
  for (int i = 0; i < 12; ++i) {
    say(i % 3 == 0 ? own : news, "pages " + std::to_string(i));
    if (i % 4 == 0) world.clock.advance(std::chrono::seconds(1));
  }
  index.catch_up();
  std::vector<std::string> all;
  GlobalSearch wanted;
  wanted.text = "pages";
  wanted.limit = 5;
  for (int page = 0; page < 10; ++page) {
    const auto found = World::must(world.run(discovery.everywhere(ada, wanted)));
    for (const auto& text : texts(found)) all.push_back(text);
    if (!found.next_rate) break;
    wanted.after = {*found.next_rate, found.messages.back().peer, found.messages.back().id.value};
  }
  std::vector<std::string> expected;
  for (int i = 0; i < 12; ++i) expected.push_back("pages " + std::to_string(i));
  EXPECT_THAT(all, ::testing::UnorderedElementsAreArray(expected));
}

TEST_F(DiscoveryTest, EverywhereIsWhatOneIsInAndNoMore) {
  const auto news = channel(true, "ada_news");
  const auto friends = group({bob.user});
  say(news, "tea at five");
  say(friends, "tea at six");
  say(Peer::of(bob.user), "tea at seven");
  GlobalSearch wanted;
  wanted.text = "tea";
  EXPECT_THAT(everywhere(bob, wanted), UnorderedElementsAre("tea at six", "tea at seven"));
  World::must(enter_by_name(bob, news));
  EXPECT_THAT(everywhere(bob, wanted), UnorderedElementsAre("tea at five", "tea at six", "tea at seven"));
  wanted.where = GlobalSearch::Where::people;
  EXPECT_THAT(everywhere(bob, wanted), ElementsAre("tea at seven"));
  wanted.where = GlobalSearch::Where::groups;
  EXPECT_THAT(everywhere(bob, wanted), ElementsAre("tea at six"));
  wanted.where = GlobalSearch::Where::broadcasts;
  EXPECT_THAT(everywhere(bob, wanted), ElementsAre("tea at five"));
  wanted.folder = 1;
  EXPECT_THAT(everywhere(bob, wanted), IsEmpty());
  wanted.folder = 2;
  EXPECT_EQ(world.run(discovery.everywhere(bob, wanted)).error().code, "FOLDER_ID_INVALID");
}

TEST_F(DiscoveryTest, PeopleAndChannelsAreFoundByNameOnceTheyArePublic) {
  const auto news = channel(true, "ada_news");
  const auto eve = world.sign_up("Eve");
  index.catch_up();
  auto found = World::must(world.run(discovery.peers(eve, "ada", 10)));
  EXPECT_THAT(found.public_, ElementsAre(news));  // Ada herself has no username
  World::must(world.run(world.services.profile.set_username(ada, "enchantress")));
  index.catch_up();
  found = World::must(world.run(discovery.peers(eve, "encha", 10)));
  EXPECT_THAT(found.public_, ElementsAre(Peer::of(ada.user)));
  World::must(enter_by_name(eve, news));
  found = World::must(world.run(discovery.peers(eve, "News", 10)));
  EXPECT_THAT(found.mine, ElementsAre(news));
  EXPECT_THAT(found.public_, IsEmpty());
  World::must(world.run(world.services.profile.set_username(ada, "")));
  index.catch_up();
  found = World::must(world.run(discovery.peers(eve, "encha", 10)));
  EXPECT_THAT(found.public_, IsEmpty());
}

TEST_F(DiscoveryTest, ARebuiltIndexFindsTheSame) {
  const auto news = channel(true, "ada_news");
  for (int i = 0; i < 30; ++i) say(news, "many " + std::to_string(i));
  World::must(world.run(world.services.profile.set_username(ada, "enchantress")));
  const auto before = found(bob, "many");
  const auto size = index.size();
  index.rebuild();
  EXPECT_EQ(index.size(), size);
  EXPECT_EQ(size, 32);
  EXPECT_THAT(found(bob, "many"), ::testing::UnorderedElementsAreArray(before));
}

TEST_F(DiscoveryTest, SimilarChannelsShareSubscribersAndNameNobody) {
  const auto news = channel(true, "ada_news");
  const auto other = channel(true, "ada_other");
  const auto eve = world.sign_up("Eve");
  World::must(enter_by_name(eve, news));
  EXPECT_THAT(World::must(world.run(discovery.similar(bob, news))), IsEmpty())
      << "Ada alone reads both: that would tell what she reads";
  World::must(enter_by_name(eve, other));
  EXPECT_THAT(World::must(world.run(discovery.similar(bob, news))), ElementsAre(other));
  EXPECT_THAT(World::must(world.run(discovery.similar(ada, news))), IsEmpty()) << "hers already";
}

TEST_F(DiscoveryTest, WhoIsInNoChannelIsProposedTheLargest) {
  const auto small = channel(true, "ada_small");
  const auto large = channel(true, "ada_large");
  const auto eve = world.sign_up("Eve");
  World::must(enter_by_name(eve, large));
  const auto newcomer = world.sign_up("Noor");
  EXPECT_THAT(World::must(world.run(discovery.similar(newcomer, {}))), ElementsAre(large, small));
  EXPECT_THAT(World::must(world.run(discovery.similar(eve, {}))), ElementsAre(small))
      << "she is in the other";
}

}  // namespace

}  // namespace heliograph::services
