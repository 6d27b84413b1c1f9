#include "search/index.h"

#include <gmock/gmock.h>
#include <xapian.h>

#include <filesystem>
#include <optional>

#include "base/executor.h"
#include "search/searcher.h"
#include "search/testing/fixture.h"

namespace heliograph::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using testing::channel;

class IndexTest : public testing::Fixture {};

TEST_F(IndexTest, FindsWordsInAnyOrder) {
  put(1, "The quick brown fox");
  put(2, "A quick question");
  EXPECT_THAT(found("fox quick"), ElementsAre(1));
  EXPECT_THAT(found("quick"), UnorderedElementsAre(1, 2));
  EXPECT_THAT(found("slow "), IsEmpty());
  EXPECT_THAT(found("quick slow "), IsEmpty());
}

TEST_F(IndexTest, APutAgainReplaces) {
  put(1, "before");
  put(1, "after");
  EXPECT_THAT(found("before "), IsEmpty());
  EXPECT_THAT(found("after"), ElementsAre(1));
  EXPECT_EQ(index->size(), 1);
}

TEST_F(IndexTest, WhatIsRemovedIsNotFound) {
  put(1, "hello");
  put(2, "hello");
  apply({Remove{key(1)}, Remove{key(7)}});
  EXPECT_THAT(found("hello"), ElementsAre(2));
  apply({RemovePeer{channel}});
  EXPECT_THAT(found("hello"), IsEmpty());
}

TEST_F(IndexTest, TheLastWordMayBeUnfinished) {
  put(1, "telegraph office");
  put(2, "telescope");
  EXPECT_THAT(found("office teleg"), ElementsAre(1));
  EXPECT_THAT(found("tele"), UnorderedElementsAre(1, 2));
  EXPECT_THAT(found("tele "), IsEmpty());  // a blank says that the word is complete
  EXPECT_THAT(found("tele office"), IsEmpty());
  EXPECT_THAT(found("t"), IsEmpty());  // one letter is too little to go by
}

TEST_F(IndexTest, QuotedWordsStandNextToEachOther) {
  put(1, "new york times");
  put(2, "new times in york");
  EXPECT_THAT(found("\"new york\""), ElementsAre(1));
  EXPECT_THAT(found("«york times» new"), ElementsAre(1));
  EXPECT_THAT(found("new york"), UnorderedElementsAre(1, 2));
  EXPECT_THAT(found("\"new york"), UnorderedElementsAre(1, 2));  // never closed
}

TEST_F(IndexTest, StemsMeetInTheLanguageOfThePost) {
  put(1, "She was running through the city");
  put(2, "Die Kinder spielen in den Häusern");
  put(3, "Новости о городах и людях");
  EXPECT_THAT(found("runs "), ElementsAre(1));
  EXPECT_THAT(found("cities "), ElementsAre(1));
  EXPECT_THAT(found("haus "), ElementsAre(2));
  EXPECT_THAT(found("город "), ElementsAre(3));
}

TEST_F(IndexTest, TheExactFormComesFirst) {
  put(1, "the runner is running here", 1'000);
  put(2, "the runner runs here", 2'000);
  EXPECT_THAT(found("running "), ElementsAre(1, 2));
  EXPECT_THAT(found("runs "), ElementsAre(2, 1));
}

TEST_F(IndexTest, CaseWidthAndAccentsDoNotMatter) {
  put(1, "CAFÉ Ｔｏｋｙｏ straße");
  EXPECT_THAT(found("café "), ElementsAre(1));
  EXPECT_THAT(found("cafe "), ElementsAre(1));
  EXPECT_THAT(found("TOKYO "), ElementsAre(1));
  EXPECT_THAT(found("STRASSE "), ElementsAre(1));
  put(2, "cafe");
  EXPECT_THAT(found("café "), ElementsAre(1, 2));  // as it is written first
  put(3, "Ещё ёлка");
  EXPECT_THAT(found("елка "), ElementsAre(3));
}

TEST_F(IndexTest, ScriptsWithoutSpaces) {
  put(1, "私は東京都庁に行きました");
  put(2, "京都は東にある");
  put(3, "สวัสดีครับ ยินดีต้อนรับ");
  put(4, "서울에서 만나요");
  EXPECT_THAT(found("東京"), ElementsAre(1));
  EXPECT_THAT(found("東京都庁"), ElementsAre(1));
  EXPECT_THAT(found("京都"), UnorderedElementsAre(1, 2));
  EXPECT_THAT(found("東"), UnorderedElementsAre(1, 2));
  EXPECT_THAT(found("ยินดี "), ElementsAre(3));
  EXPECT_THAT(found("서울"), ElementsAre(4));
}

TEST_F(IndexTest, Tags) {
  put(1, "Launch day! #Rocket_Launch $TSLA");
  put(2, "rocket_launch and tsla without signs");
  EXPECT_THAT(found("#rocket_launch"), ElementsAre(1));
  EXPECT_THAT(found("$tsla"), ElementsAre(1));
  EXPECT_THAT(found("rocket "), UnorderedElementsAre(1, 2));
  EXPECT_THAT(found("#rocket"), IsEmpty());  // a tag is whole
}

TEST_F(IndexTest, PartsOfAddresses) {
  put(1, "See https://example.com/news and alice_b");
  EXPECT_THAT(found("example.com "), ElementsAre(1));
  EXPECT_THAT(found("example "), ElementsAre(1));
  EXPECT_THAT(found("alice "), ElementsAre(1));
}

TEST_F(IndexTest, RecentLargeAndVerifiedComeFirst) {
  const auto day = 86'400;
  put(1, "match", now() - 400 * day, {.members = 10});
  put(2, "match", now() - 1 * day, {.members = 10});
  put(3, "match", now() - 400 * day, {.members = 100'000});
  put(4, "match", now() - 400 * day, {.members = 10, .verified = true});
  EXPECT_THAT(found("match"), ElementsAre(2, 3, 4, 1));
  EXPECT_THAT(found("match", {.order = Order::newest}).front(), 2);
}

TEST_F(IndexTest, OfAlikeOnesThatOfTheOlderChannelComesFirst) {
  const auto day = 86'400;
  put(1, "match", now(), {.members = 10, .since = now() - 180 * day});
  put(2, "match", now(), {.members = 10, .since = now() - 1'000 * day});
  put(3, "match", now(), {.members = 10});
  put(4, "match", now(), {.members = 10, .since = now()});
  EXPECT_THAT(found("match"), ElementsAre(2, 1, 4, 3)) << "alike ones: the later in the index first";
}

TEST_F(IndexTest, LongStandingDoesNotOutweighAMatch) {
  const Standing old{.since = now() - 3'000 * 86'400};
  put(1, "the runner runs here", now(), old);
  put(2, "a match among many other words", now(), old);
  put(3, "the runner is running here", now(), {.since = now()});
  put(4, "match after match", now(), {.since = now()});
  EXPECT_THAT(found("running "), ElementsAre(3, 1));
  EXPECT_THAT(found("match "), ElementsAre(4, 2));
}

TEST_F(IndexTest, HowLongAChannelHasBeenThereIsAskedWhenSomebodySearches) {
  put(1, "match", now(), {.since = now()});
  put(2, "match", now(), {.members = 15});
  EXPECT_THAT(found("match"), ElementsAre(2, 1));
  clock.advance(std::chrono::days(2 * 365));
  EXPECT_THAT(found("match"), ElementsAre(1, 2));
}

TEST_F(IndexTest, StuffingAPostDoesNotPay) {
  put(1, "match match and some words");
  put(2, "match match match match match match match match match match match match");
  EXPECT_THAT(found("match "), ElementsAre(1, 2));
}

TEST_F(IndexTest, NewestIsByDateWhateverTheOrderOfIndexing) {
  put(1, "word", 3'000);
  put(2, "word", 1'000);
  put(3, "word", 2'000);
  EXPECT_THAT(found("word", {.order = Order::newest}), ElementsAre(1, 3, 2));
}

TEST_F(IndexTest, Filters) {
  apply({Put{key(1), Post{.text = "news", .date = 100, .traits = traits(Trait::photo)}},
         Put{key(2), Post{.text = "news", .date = 200, .sender = Peer::of(UserId{5})}},
         Put{{{PeerKind::channel, 8}, 1}, Post{.text = "news", .date = 300}}});
  EXPECT_THAT(found("news", {.peers = {channel}}), UnorderedElementsAre(1, 2));
  EXPECT_THAT(found("news", {.sender = Peer::of(UserId{5})}), ElementsAre(2));
  EXPECT_THAT(found("news", {.traits = Trait::photo | Trait::video}), ElementsAre(1));
  EXPECT_THAT(found("news", {.peers = {channel}, .since = 150}), ElementsAre(2));
  EXPECT_THAT(found("news", {.until = 150}), ElementsAre(1));
  EXPECT_THAT(found("", {.traits = traits(Trait::photo)}), ElementsAre(1));
  EXPECT_EQ(error(""), "SEARCH_QUERY_EMPTY");
  EXPECT_EQ(error("?!"), "SEARCH_QUERY_EMPTY");
}

TEST_F(IndexTest, Peers) {
  const auto card = [&](std::int64_t id, std::string username, std::string title, std::string about,
                        std::int64_t members) {
    apply({Put{{{PeerKind::channel, id}, 0},
               Card{{std::move(username)}, std::move(title), std::move(about), {.members = members}}}});
  };
  card(1, "daily_news", "Daily News", "what happens", 50'000);
  card(2, "news", "Other", "", 10);
  card(3, "cats", "Cats", "good news about cats", 1'000'000);
  put(1, "news of posts");
  const auto peers = [&](const char* text) {
    std::vector<std::int64_t> out;
    const auto got = page({.text = text, .subject = Subject::peers});
    for (const auto& hit : got.hits()) out.push_back(hit.key.peer.id);
    return out;
  };
  EXPECT_THAT(peers("news"), ElementsAre(2, 1, 3));  // the name itself, part of a name, what it is about
  EXPECT_THAT(peers("@news"), ElementsAre(2, 1, 3));
  EXPECT_THAT(peers("dail"), ElementsAre(1));
  EXPECT_THAT(found("news", {.order = Order::newest}), ElementsAre(1));
}

TEST_F(IndexTest, OfPeersAlikeTheOlderComesFirst) {
  const auto card = [&](std::int64_t id, UnixSeconds since) {
    apply({Put{{{PeerKind::channel, id}, 0}, Card{{}, "Kites", {}, {.since = since}}}});
  };
  card(1, now() - 400 * 86'400);
  card(2, now());
  const auto got = page({.text = "kites", .subject = Subject::peers});
  ASSERT_EQ(got.hits().size(), 2U);
  EXPECT_EQ(got.hits().front().key.peer.id, 1);
}

TEST_F(IndexTest, OneOfAnotherLayoutIsMadeAnew) {
  put(1, "word");
  index.reset();
  {
    Xapian::WritableDatabase old((directory.path() / "search").string(), Xapian::DB_OPEN);
    old.set_metadata("version", "1");
    old.set_metadata("b00000000", "shorter");
    old.commit();
  }
  open();
  EXPECT_EQ(index->size(), 0);
  EXPECT_TRUE(index->position().filling) << "the feeder walks through the store";
  put(1, "word");
  open();
  EXPECT_THAT(found("word"), ElementsAre(1)) << "and then it stays";
}

}  // namespace
}  // namespace heliograph::search
