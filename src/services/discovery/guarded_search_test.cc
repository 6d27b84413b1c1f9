// What a search is answered with that the guard refuses, and what goes last.
#include <gmock/gmock.h>

#include "safety/scan/built_in.h"
#include "services/discovery/discovery.h"
#include "services/testing/groups.h"
#include "services/testing/search.h"

namespace heliograph::services {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using testing::World;

class GuardedSearchTest : public testing::GroupsTest {
 protected:
  GuardedSearchTest() {
    index.guard(
        "category: illegal_goods\neffect: interstitial\ncocaine\neffect: block\nfake passport*\n"
        "effect: demote\nmoonshine\n");
    texts = World::must(parse_help_texts(safety::built_in_search_help(), "rules/search-help.toml"));
    help = World::must(world.run(ensure_search_help(world.environment, texts)));
    discovery.attach(help);
  }
  std::vector<std::string> texts_of(const FoundPosts& found) {
    std::vector<std::string> out;
    for (const auto& one : found.messages) out.push_back(one.text);
    return out;
  }
  std::vector<std::string> found(const Caller& who, std::string text) {
    index.catch_up();
    return texts_of(World::must(world.run(discovery.posts(who, std::move(text), {}, 50))));
  }
  std::vector<Peer> peers(const Caller& who, std::string text) {
    index.catch_up();
    return World::must(world.run(discovery.peers(who, std::move(text), 10))).public_;
  }
  void open_case(const std::string& subject, std::uint8_t severity) {
    World::must(world.write([&](store::Tx& tx) {
      store::Case one;
      one.subject = subject;
      one.severity = severity;
      return tx.cases().add(one);
    }));
  }

  testing::SearchWorld index{world};
  Discovery& discovery = world.services.discovery;
  HelpTexts texts;
  SearchHelp help;
};

TEST_F(GuardedSearchTest, AGuardedWordFindsHelpInEverySpelling) {
  const auto shop = channel(true, "ada_shop");
  World::must(post(ada, shop, "cocaine here"));
  for (const std::string query : {"cocaine", "c0caine", "kokain", "co.caine", "cociane"}) {
    const auto got = found(bob, query);
    ASSERT_EQ(got.size(), 1U) << query;
    EXPECT_THAT(got.front(), StartsWith("In the United States it is a federal crime"));
    EXPECT_THAT(got.front(), HasSubstr("Show the results anyway"));
    EXPECT_THAT(peers(bob, query), ElementsAre(help.channel)) << query;
  }
  EXPECT_THAT(found(bob, "here"), ElementsAre("cocaine here"));
  const auto tagged = World::must(world.run(discovery.tagged(bob, "cocaine", {}, 5)));
  EXPECT_THAT(texts_of(tagged), ElementsAre(StartsWith("In the United States")));
  EXPECT_FALSE(tagged.next_rate);
}

TEST_F(GuardedSearchTest, WhatTheLawSaysIsSaidOfTheCountryOfTheSearcher) {
  const auto cara = world.sign_up("Cara", "", "+14165550123");  // Toronto
  EXPECT_THAT(found(bob, "cocaine"), ElementsAre(HasSubstr("21 U.S.C. 841")));
  EXPECT_THAT(found(cara, "cocaine"), ElementsAre(StartsWith("Selling or buying illegal drugs")));
}

TEST_F(GuardedSearchTest, WhoWantsToSeeAnInterstitialIsShownForAWhileAndABlockIsNever) {
  const auto shop = channel(true, "ada_shop");
  World::must(post(ada, shop, "cocaine and a fake passport"));
  discovery.show_anyway(bob.user);
  EXPECT_THAT(found(bob, "cocaine"), ElementsAre("cocaine and a fake passport"));
  EXPECT_THAT(found(ada, "cocaine"), ElementsAre(StartsWith("In the United States"))) << "only who asked";
  const auto blocked = found(bob, "fake passport");
  ASSERT_EQ(blocked.size(), 1U);
  EXPECT_THAT(blocked.front(), ::testing::Not(HasSubstr("Show the results anyway")));
  world.clock.advance(Discovery::shown_for);
  EXPECT_THAT(found(bob, "cocaine"), ElementsAre(StartsWith("In the United States")));
}

TEST_F(GuardedSearchTest, WhatIsSaidInOnesOwnDialogsIsFound) {
  World::must(post(ada, Peer::of(bob.user), "my cocaine essay"));
  const auto shop = channel(true, "ada_shop");
  World::must(post(ada, shop, "cocaine here"));
  World::must(enter_by_name(bob, shop));
  index.catch_up();
  GlobalSearch wanted;
  wanted.text = "cocaine";
  const auto got = World::must(world.run(discovery.everywhere(bob, wanted)));
  EXPECT_THAT(texts_of(got), ElementsAre(StartsWith("In the United States"), "my cocaine essay"));
}

TEST_F(GuardedSearchTest, TheHelpIsInTheLanguageOfTheClient) {
  World::must(world.write([&](store::Tx& tx) -> Status {
    HG_ASSIGN(auto key, tx.auth_keys().find(bob.key));
    key->lang_code = "de-AT";
    return tx.auth_keys().put(*key);
  }));
  EXPECT_THAT(found(bob, "cocaine"), ElementsAre(StartsWith("Mit verbotenen Drogen")));
}

TEST_F(GuardedSearchTest, WhatASevereOpenCaseIsAboutGoesLast) {
  const auto news = channel(true, "ada_news");
  const auto first = World::must(post(ada, news, "kites kites kites")).message.id;
  World::must(post(ada, news, "kites and other things that fly"));
  ASSERT_EQ(found(bob, "kites").front(), "kites kites kites");
  open_case(ledger::Subject::of(news, first).text, severe_from - 1);
  EXPECT_EQ(found(bob, "kites").front(), "kites kites kites") << "no severe one";
  const auto other = channel(true, "ada_other");
  World::must(post(ada, other, "kites kites"));
  open_case(ledger::Subject::of(other).text, severe_from);
  EXPECT_EQ(found(bob, "kites").back(), "kites kites");
  EXPECT_EQ(found(bob, "kites").size(), 3U);
}

TEST_F(GuardedSearchTest, OfADemotedTermWellKnownSourcesComeFirst) {
  const auto old = channel(true, "ada_old");
  World::must(post(ada, old, "on the history of moonshine in the mountains"));
  world.clock.advance(std::chrono::seconds(long_standing));
  const auto fresh = channel(true, "ada_fresh");
  World::must(post(ada, fresh, "moonshine moonshine"));
  EXPECT_THAT(found(bob, "moonshine"),
              ElementsAre("on the history of moonshine in the mountains", "moonshine moonshine"));
  EXPECT_EQ(found(bob, "moonshin").size(), 2U);
}

TEST_F(GuardedSearchTest, WhatIsDelistedIsNeverFound) {
  const auto news = channel(true, "ada_news");
  World::must(post(ada, news, "kites"));
  ASSERT_THAT(found(bob, "kites"), ElementsAre("kites"));
  World::must(world.write([&](store::Tx& tx) -> Status {
    HG_ASSIGN(auto chat, tx.chats().find(news));
    chat->flags |= store::chat_delisted;
    return tx.chats().update(*chat);
  }));
  EXPECT_THAT(texts_of(World::must(world.run(discovery.posts(bob, "kites", {}, 5)))), IsEmpty());
  EXPECT_THAT(peers(bob, "ada_news"), IsEmpty());
}

TEST_F(GuardedSearchTest, TheHelpFollowsItsFile) {
  const auto count = [this] {
    store::HistoryRange range;
    range.limit = 1'000;
    return World::must(world.read([&](store::Tx& tx) {
             return tx.messages().history(BoxId::of(help.channel.channel()), help.channel, range);
           }))
        .messages.size();
  };
  const auto before = count();
  const auto again = World::must(world.run(ensure_search_help(world.environment, texts)));
  EXPECT_EQ(again.channel, help.channel);
  EXPECT_EQ(count(), before) << "nothing has changed";
  texts = World::must(parse_help_texts(
      "title = \"Help\"\nabout = \"Words\"\n[[post]]\nlanguage = \"en\"\ntext = \"Ask somebody.\"\n"
      "show = \"Show\"\n[[post]]\nlanguage = \"en\"\ncountries = [\"US\"]\ntext = \"Ask a neighbour.\"\n",
      "help.toml"));
  help = World::must(world.run(ensure_search_help(world.environment, texts)));
  discovery.attach(help);
  EXPECT_EQ(count(), 3U);
  EXPECT_THAT(found(bob, "cocaine"), ElementsAre("Ask a neighbour.")) << "Bob's number is American";
  const auto chat = World::must(world.read([&](store::Tx& tx) { return tx.chats().find(help.channel); }));
  EXPECT_EQ(chat->title, "Help");
}

TEST(HelpTextsTest, AFileWithAFaultIsRefusedWithItsPlace) {
  const auto fault = [](std::string_view text) {
    const auto texts = parse_help_texts(text, "help.toml");
    return texts ? std::string("none") : texts.error().message;
  };
  EXPECT_THAT(fault("title = \"Help\"\n"), HasSubstr("English post"));
  EXPECT_THAT(fault("title = \"Help\"\nabout = \"x\"\n[[post]]\nlanguage = \"en\"\n"), HasSubstr("no text"));
  EXPECT_THAT(fault("title = \"Help\"\n[[post]]\nlanguage = \"english\"\ntext = \"x\"\n"),
              HasSubstr("help.toml:2"));
  EXPECT_THAT(fault("colour = 1"), HasSubstr("not known"));
  EXPECT_THAT(fault("title = "), HasSubstr("help.toml"));
}

}  // namespace

}  // namespace heliograph::services
