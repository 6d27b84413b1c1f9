// Pages of history and of search results, in all the ways clients ask for them
// (core.telegram.org/api/offsets).
#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

HistoryRange range(int offset_id, int add_offset, int limit) {
  HistoryRange range;
  range.offset_id = MessageId{offset_id};
  range.add_offset = add_offset;
  range.limit = limit;
  return range;
}

TEST_P(HistorySuite, FromTheNewest) {
  EXPECT_THAT(page(range(0, 0, 3)), ElementsAre(20, 18, 16));
  EXPECT_THAT(page(range(0, 2, 3)), ElementsAre(16, 14, 12));
  EXPECT_THAT(page(range(0, 8, 5)), ElementsAre(4, 2));
  EXPECT_THAT(page(range(0, 10, 5)), IsEmpty());
  EXPECT_THAT(page(range(0, 0, 0)), IsEmpty());
}

TEST_P(HistorySuite, OlderThanAnId) {
  EXPECT_THAT(page(range(10, 0, 3)), ElementsAre(8, 6, 4));
  EXPECT_THAT(page(range(11, 0, 2)), ElementsAre(10, 8));  // the id itself is in the other dialog
  EXPECT_THAT(page(range(10, 1, 2)), ElementsAre(6, 4));
  EXPECT_THAT(page(range(2, 0, 5)), IsEmpty());
}

TEST_P(HistorySuite, FromAnIdOnTowardsNewer) {
  EXPECT_THAT(page(range(10, -1, 1)), ElementsAre(10));  // the message itself
  EXPECT_THAT(page(range(10, -3, 3)), ElementsAre(14, 12, 10));
  EXPECT_THAT(page(range(11, -2, 2)), ElementsAre(14, 12));  // strictly newer
  EXPECT_THAT(page(range(1, -3, 3)), ElementsAre(6, 4, 2));  // the oldest, as reverse iteration begins
}

TEST_P(HistorySuite, AroundAnId) {
  EXPECT_THAT(page(range(10, -2, 4)), ElementsAre(12, 10, 8, 6));
  EXPECT_THAT(page(range(10, -4, 2)), ElementsAre(16, 14));  // a window that ends before the id
}

TEST_P(HistorySuite, WhatLiesBeyondTheNewestIsMissingFromThePage) {
  EXPECT_THAT(page(range(18, -4, 4)), ElementsAre(20, 18));
  EXPECT_THAT(page(range(18, -4, 5)), ElementsAre(20, 18, 16));
  EXPECT_THAT(page(range(21, -3, 3)), IsEmpty());
  EXPECT_THAT(page(range(0, -2, 3)), ElementsAre(20));
}

TEST_P(HistorySuite, ByDate) {
  HistoryRange by_date;
  by_date.limit = 2;
  by_date.offset_date = 1100;  // message 10 has this date: older ones are wanted
  EXPECT_THAT(page(by_date), ElementsAre(8, 6));
  by_date.offset_date = 1101;
  EXPECT_THAT(page(by_date), ElementsAre(10, 8));
  by_date.offset_date = 5;
  EXPECT_THAT(page(by_date), IsEmpty());
  by_date.offset_date = 9999;
  EXPECT_THAT(page(by_date), ElementsAre(20, 18));
  by_date.offset_date = 1100;
  by_date.add_offset = -1;
  EXPECT_THAT(page(by_date), ElementsAre(10, 8));
  by_date.offset_id = MessageId{6};  // an id decides
  by_date.add_offset = 0;
  EXPECT_THAT(page(by_date), ElementsAre(4, 2));
}

TEST_P(HistorySuite, MinAndMaxIdCutTheChosenPage) {
  auto cut = range(0, 0, 5);
  cut.max_id = MessageId{18};
  EXPECT_THAT(page(cut), ElementsAre(16, 14, 12));
  cut.min_id = MessageId{12};
  EXPECT_THAT(page(cut), ElementsAre(16, 14));
}

TEST_P(HistorySuite, TheTotalFollowsWhatIsAddedAndTakenOut) {
  const auto total_now = [&] {
    return must_read([](Tx& tx) { return tx.messages().history(ann, Peer::of(bob), range(0, 0, 1)); }).total;
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(total_now(), 10);
  send(ann, bob, "21");
  send(ann, eve, "22");
  EXPECT_EQ(total_now(), 11);
  const auto erase = [&](int id) {
    ASSERT_TRUE(write([=](Tx& tx) { return tx.messages().erase(ann, MessageId{id}); }));
  };
  erase(4);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(total_now(), 10);
  erase(22);  // the other dialog's
  erase(4);   // gone already
  EXPECT_EQ(total_now(), 10);
  erase(21);
  send(ann, bob, "23");
  EXPECT_EQ(total_now(), 10);
  EXPECT_FALSE(write([](Tx& tx) -> Status {
    HG_TRY(tx.messages().erase(ann, MessageId{2}));
    return fail(Error::invalid("NO"));
  }));
  EXPECT_EQ(total_now(), 10);
}

TEST_P(HistorySuite, DialogsAreApart) {
  const auto got =
      must_read([](Tx& tx) { return tx.messages().history(ann, Peer::of(eve), range(0, 0, 2)); });
  EXPECT_THAT(ids(got), ElementsAre(19, 17));
  const auto group = must_read(
      [](Tx& tx) { return tx.messages().history(ann, Peer{PeerKind::chat, bob.value}, range(0, 0, 2)); });
  EXPECT_THAT(ids(group), IsEmpty());
  const auto other_box = must_read([](Tx& tx) { return tx.messages().history(bob, Peer::of(ann), {}); });
  EXPECT_THAT(ids(other_box), IsEmpty());
}

TEST_P(HistorySuite, SearchByText) {
  SearchFilter filter;
  filter.text = "MESS 1";  // words begin with these
  EXPECT_THAT(found(filter), ElementsAre(18, 16, 14, 12, 10));
  EXPECT_EQ(total, 5);
  filter.text = "essage";
  EXPECT_THAT(found(filter), IsEmpty());
  filter.text = "message 20 and more";
  EXPECT_THAT(found(filter), IsEmpty());
}

TEST_P(HistorySuite, SearchPages) {
  SearchFilter filter;
  EXPECT_THAT(found(filter, range(0, 0, 2)), ElementsAre(20, 18));
  EXPECT_EQ(total, 10);
  EXPECT_THAT(found(filter, range(10, 0, 2)), ElementsAre(8, 6));
  EXPECT_THAT(found(filter, range(10, -2, 4)), ElementsAre(12, 10, 8, 6));
  EXPECT_THAT(found(filter, range(18, -4, 4)), ElementsAre(20, 18));
  EXPECT_THAT(found(filter, range(0, 9, 4)), ElementsAre(2));
  auto cut = range(0, 0, 5);
  cut.max_id = MessageId{18};
  cut.min_id = MessageId{12};
  EXPECT_THAT(found(filter, cut), ElementsAre(16, 14));
  EXPECT_THAT(found(filter, range(0, 0, 3), std::nullopt), ElementsAre(20, 19, 18));  // all dialogs
}

TEST_P(HistorySuite, SearchByDateSenderAndFlags) {
  SearchFilter by_date;
  by_date.min_date = 1100;
  by_date.max_date = 1140;
  EXPECT_THAT(found(by_date), ElementsAre(14, 12, 10));
  receive(ann, bob, "an answer");  // 21
  SearchFilter by_sender;
  by_sender.from = bob;
  EXPECT_THAT(found(by_sender), ElementsAre(21));
  must_write([](Tx& tx) -> Result<bool> {
    HG_ASSIGN(auto message, tx.messages().find(ann, MessageId{6}));
    message->flags |= message_pinned;
    HG_TRY(tx.messages().update(*message));
    HG_ASSIGN(message, tx.messages().find(ann, MessageId{8}));
    message->flags |= message_has_link;
    HG_TRY(tx.messages().update(*message));
    return true;
  });
  SearchFilter by_flags;
  by_flags.flags_any = message_pinned | message_mentioned;
  EXPECT_THAT(found(by_flags), ElementsAre(6));
  SearchFilter links;
  links.links_only = true;
  EXPECT_THAT(found(links), ElementsAre(8));
  SearchFilter pinned;
  pinned.flags_any = message_pinned;
  EXPECT_THAT(found(pinned), ElementsAre(6));
  pinned.text = "nothing of it";
  EXPECT_THAT(found(pinned), IsEmpty());
}

TEST_P(HistorySuite, SearchByKindsIsInOneOrder) {
  must_write([](Tx& tx) -> Result<bool> {
    for (const auto& [id, kind] :
         std::initializer_list<std::pair<int, MessageKind>>{{4, MessageKind::photo},
                                                            {8, MessageKind::video},
                                                            {12, MessageKind::photo},
                                                            {16, MessageKind::voice}}) {
      HG_ASSIGN(auto message, tx.messages().find(ann, MessageId{id}));
      message->kind = kind;
      HG_TRY(tx.messages().update(*message));
    }
    return true;
  });
  SearchFilter filter;
  filter.kinds = {MessageKind::photo, MessageKind::video};
  EXPECT_THAT(found(filter), ElementsAre(12, 8, 4));
  EXPECT_THAT(found(filter, range(12, 0, 1)), ElementsAre(8));
  EXPECT_EQ(total, 3);
  filter.text = "message 8";
  EXPECT_THAT(found(filter), ElementsAre(8));
  filter.text.clear();
  filter.kinds = {MessageKind::plain, MessageKind::voice};
  EXPECT_THAT(found(filter, range(0, 0, 3)), ElementsAre(20, 18, 16));
}

TEST_P(HistorySuite, ASearchLooksAtNoMoreThanItMay) {
  SearchFilter filter;
  filter.text = "message";
  filter.looks_at = 3;
  const auto search = [&](HistoryRange wanted) {
    return must_read([&](Tx& tx) { return tx.messages().search(ann, Peer::of(bob), filter, wanted); });
  };
  const auto ids = [](const Page& page) {
    std::vector<std::int32_t> out;
    for (const auto& message : page.messages) out.push_back(message.id.value);
    return out;
  };
  // Who goes on from the last one gets the next three.
  auto page = search(range(0, 0, 10));
  EXPECT_THAT(ids(page), ElementsAre(20, 18, 16));
  EXPECT_TRUE(page.inexact);
  page = search(range(16, 0, 10));
  EXPECT_THAT(ids(page), ElementsAre(14, 12, 10));
  EXPECT_EQ(page.total, 6);  // of which three are newer
  EXPECT_THAT(ids(search(range(4, 0, 10))), ElementsAre(2));
  // Towards newer ones as well.
  EXPECT_THAT(ids(search(range(10, -2, 3))), ElementsAre(12, 10, 8));
  HistoryRange by_date;
  by_date.limit = 2;
  by_date.offset_date = 1100;
  EXPECT_THAT(ids(search(by_date)), ElementsAre(8, 6));
  filter.looks_at = 10;
  page = search(range(0, 0, 10));
  EXPECT_FALSE(page.inexact);
  EXPECT_EQ(page.total, 10);
  // What another kind hides is not skipped.
  filter = {};
  filter.kinds = {MessageKind::photo, MessageKind::video};
  filter.looks_at = 1;
  must_write([&](Tx& tx) -> Result<bool> {
    for (const auto& [id, kind] : {std::pair{20, MessageKind::photo}, std::pair{18, MessageKind::photo},
                                   std::pair{4, MessageKind::video}}) {
      HG_ASSIGN(auto message, tx.messages().find(ann, MessageId{id}));
      message->kind = kind;
      HG_TRY(tx.messages().update(*message));
    }
    return true;
  });
  EXPECT_THAT(ids(search(range(0, 0, 10))), ElementsAre(20));
  EXPECT_THAT(ids(search(range(20, 0, 10))), ElementsAre(18, 4));  // one of each kind
}

TEST_P(HistorySuite, SearchFoldsBeyondAscii) {
  send(ann, bob, "Grüße aus STRASSBURG, ΣΊΣΥΦΟΣ");  // 21
  send(ann, bob, "我喜欢发消息");                   // 22: a word may begin anywhere
  send(ann, bob, "well done \U0001f600!");          // 23
  const auto search = [&](std::string text) {
    SearchFilter filter;
    filter.text = std::move(text);
    return found(filter);
  };
  EXPECT_THAT(search("GRÜSSE straß"), ElementsAre(21));
  EXPECT_THAT(search("σίσυφος"), ElementsAre(21));
  EXPECT_THAT(search("消息"), ElementsAre(22));
  EXPECT_THAT(search("\U0001f600"), ElementsAre(23));
  EXPECT_THAT(search("urg"), IsEmpty());
  const auto places =
      must_read([](Tx& tx) { return tx.messages().places(ann, std::nullopt, SearchFilter{.text = "消息"}); });
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].id, MessageId{22});
  EXPECT_THAT(search(std::string("\xff\xfe", 2)), IsEmpty());  // not UTF-8: finds nothing, harms nothing
}

}  // namespace

}  // namespace heliograph::store::suite
