// Pages that neither repeat nor skip, and filters at query time.
#include <gmock/gmock.h>

#include <random>
#include <set>

#include "search/testing/fixture.h"

namespace heliograph::search {
namespace {

using testing::channel;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class PagingTest : public testing::Fixture {
 protected:
  // Posts first..last, alike enough that many have the same score.
  void fill(std::int32_t first, std::int32_t last) {
    std::vector<Change> changes;
    for (auto id = first; id <= last; ++id) {
      std::string text = "match";
      for (std::int32_t i = 0; i < id % 4; ++i) text += " filler";
      changes.emplace_back(Put{key(id), Post{.text = text, .date = now() - id % 50, .sender = {}}});
    }
    apply(std::move(changes));
  }
};

using Footings = Task<Result<std::vector<Footing>>>;

Footings only_tens(std::vector<Hit> hits) {
  std::vector<Footing> out;
  for (const auto& hit : hits) out.push_back(hit.key.message % 10 == 0 ? Footing::shown : Footing::hidden);
  co_return out;
}

class PagingInOrder : public PagingTest, public ::testing::WithParamInterface<Order> {};

TEST_P(PagingInOrder, NothingTwiceAndNothingLeftOutWhilePostsAreAdded) {
  fill(1, 300);
  std::set<std::int32_t> seen;
  Query query{.text = "match ", .order = GetParam(), .after = {}, .limit = 7};
  std::int32_t added = 1000;
  do {
    const auto got = page(query);
    for (const auto& hit : got.hits()) EXPECT_TRUE(seen.insert(hit.key.message).second) << hit.key.message;
    query.after = got.next();
    fill(added, added + 20);  // changes how rare the word is, too
    added += 21;
    clock.advance(std::chrono::seconds(2));
  } while (query.after && seen.size() < 2'000);
  for (std::int32_t id = 1; id <= 300; ++id) EXPECT_TRUE(seen.contains(id)) << id;
}

TEST_P(PagingInOrder, APageMayFollowAHitThatIsGone) {
  fill(1, 40);
  const auto all = found("match ", {.order = GetParam(), .after = {}, .limit = 40});
  ASSERT_THAT(all, SizeIs(40));
  const auto first = page({.text = "match ", .order = GetParam(), .after = {}, .limit = 10});
  apply({Remove{key(all[9])}});
  const auto second = page({.text = "match ", .order = GetParam(), .after = first.next(), .limit = 40});
  // Of hits with the same place as the one that is gone some may be seen twice; none is left out.
  std::set<std::int32_t> seen(all.begin(), all.begin() + 10);
  for (const auto& hit : second.hits()) seen.insert(hit.key.message);
  EXPECT_THAT(seen, SizeIs(40));
}

TEST_P(PagingInOrder, PagesGoOnAfterARestart) {
  fill(1, 60);
  const auto all = found("match ", {.order = GetParam(), .after = {}, .limit = 60});
  const auto first = page({.text = "match ", .order = GetParam(), .after = {}, .limit = 20});
  open();
  const auto rest = found("match ", {.order = GetParam(), .after = first.next(), .limit = 60});
  EXPECT_EQ(rest, std::vector<std::int32_t>(all.begin() + 20, all.end()));
}

INSTANTIATE_TEST_SUITE_P(Orders, PagingInOrder, ::testing::Values(Order::relevance, Order::newest));

TEST_F(PagingTest, NewestGoesOnFromWhatAClientSays) {
  put(1, "word", 1'000);
  put(2, "word", 2'000);
  put(3, "word", 3'000);
  // A date alone is enough: the hit at that date may be gone.
  EXPECT_THAT(found("word", {.order = Order::newest, .after = Cursor{2'500, key(99)}}), ElementsAre(2, 1));
  EXPECT_THAT(found("word", {.order = Order::newest, .after = Cursor{2'000, key(2)}}), ElementsAre(1));
}

TEST_F(PagingTest, APageIsFilledWithWhatPassesTheFilter) {
  fill(1, 200);
  int asked = 0;
  const Filter tens = [&asked](std::vector<Hit> hits, bool) {
    ++asked;
    return only_tens(std::move(hits));
  };
  std::vector<std::int32_t> got;
  Query query{.text = "match ", .order = Order::newest, .after = {}, .limit = 8};
  do {
    const auto found = page(query, tens);
    EXPECT_TRUE(!found.next() || found.hits().size() == 8);
    for (const auto& hit : found.hits()) got.push_back(hit.key.message);
    query.after = found.next();
  } while (query.after);
  std::ranges::sort(got);
  EXPECT_EQ(got, (std::vector<std::int32_t>{10,  20,  30,  40,  50,  60,  70,  80,  90,  100,
                                            110, 120, 130, 140, 150, 160, 170, 180, 190, 200}));
  EXPECT_GT(asked, 3);
}

TEST_F(PagingTest, AFilterThatLetsNothingPassEndsWithACursor) {
  fill(1, 3'000);
  const Filter nothing = [](std::vector<Hit> hits, bool) -> Footings {
    co_return std::vector<Footing>(hits.size(), Footing::hidden);
  };
  const auto got = page({.text = "match ", .order = Order::newest, .after = {}}, nothing);
  EXPECT_THAT(got.hits(), SizeIs(0));
  EXPECT_TRUE(got.next());
}

TEST_F(PagingTest, AFilterThatFailsFailsTheSearch) {
  fill(1, 3);
  const Filter failing = [](std::vector<Hit>, bool) -> Footings {
    co_return fail(Error::unavailable("STORE_BUSY"));
  };
  const auto got = ask({.text = "match"}, failing);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, "STORE_BUSY");
}

// The order that the index finds must be the one that looking at everything gives: it skips blocks and stops
// early, and must not be wrong in doing so.
TEST_F(PagingTest, StoppingEarlyChangesNothing) {
  std::mt19937 random(7);
  struct Expected {
    std::int64_t date;
    std::int32_t id;
  };
  std::vector<Expected> expected;
  std::vector<Change> changes;
  for (std::int32_t id = 1; id <= 12'000; ++id) {
    const bool has = random() % 3 == 0;
    const auto date = now() - static_cast<std::int64_t>(random() % 100'000'000);
    changes.emplace_back(
        Put{key(id), Post{.text = has ? "word here" : "nothing", .date = date, .sender = {}}});
    if (has) expected.push_back({date, id});
  }
  apply(std::move(changes));
  std::ranges::sort(expected, [](const auto& a, const auto& b) { return a.date > b.date; });
  const auto got = found("word ", {.order = Order::newest, .after = {}, .limit = 50});
  ASSERT_THAT(got, SizeIs(50));
  for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(got[i], expected[i].id) << i;

  const auto until = expected[500].date;
  const auto older = found("word ", {.order = Order::newest, .until = until, .after = {}, .limit = 50});
  for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(older[i], expected[500 + i].id) << i;

  // All else equal, relevance is recency.
  EXPECT_EQ(found("word ", {.after = {}, .limit = 20}).front(), expected.front().id);
}

TEST_F(PagingTest, AFirstPageIsTheBeginningOfTheWholeList) {
  std::mt19937 random(8);
  std::vector<Change> changes;
  for (std::int32_t id = 1; id <= 9'000; ++id) {
    std::string text = random() % 4 == 0 ? "word" : "other";
    for (auto more = random() % 6; more > 0; --more) text += random() % 3 == 0 ? " word" : " filler";
    changes.emplace_back(
        Put{key(id), Post{.text = std::move(text),
                          .date = now() - static_cast<std::int64_t>(random() % 20'000'000),
                          .sender = {},
                          .standing = {.members = static_cast<std::int64_t>(random() % 100'000),
                                       .since = now() - static_cast<std::int64_t>(random() % 200'000'000)}}});
  }
  apply(std::move(changes));
  // The further a page lies, the more of the list the index must have looked at.
  std::vector<Hit> all;
  Query query{.text = "word ", .after = {}, .limit = 100};
  do {
    const auto got = page(query);
    all.insert(all.end(), got.hits().begin(), got.hits().end());
    query.after = got.next();
  } while (query.after);
  ASSERT_GT(all.size(), 3'000u);
  EXPECT_TRUE(std::ranges::is_sorted(all, std::ranges::greater(), &Hit::rate));
  const auto first = found("word ", {.after = {}, .limit = 20});
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i], all[i].key.message) << i;
}

}  // namespace
}  // namespace heliograph::search
