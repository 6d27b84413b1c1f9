// The index follows the store, also through crashes of either.
#include "search/feeder.h"

#include <gmock/gmock.h>

#include <map>

#include "search/testing/fixture.h"
#include "store/sqlite/open.h"

namespace heliograph::search {
namespace {

using testing::channel;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

// What would be tables of the store.
class Posts final : public Source {
 public:
  std::map<Key, std::string> posts;

  Result<std::optional<Document>> load(store::Tx&, const Key& key) const override {
    const auto found = posts.find(key);
    if (found == posts.end()) return std::nullopt;
    return document(*found);
  }
  Result<std::vector<Document>> scan(store::Tx&, const Key& after, std::size_t limit) const override {
    std::vector<Document> out;
    for (auto at = posts.upper_bound(after); at != posts.end() && out.size() < limit; ++at) {
      out.push_back(document(*at));
    }
    return out;
  }

 private:
  static Document document(const std::pair<const Key, std::string>& entry) {
    if (entry.first.is_peer()) return {entry.first, Card{{}, entry.second, {}, {}}};
    return {entry.first, Post{.text = entry.second, .date = 1'000, .sender = {}}};
  }
};

class FeederTest : public testing::Fixture {
 protected:
  void SetUp() override {
    testing::Fixture::SetUp();
    store::sqlite::Options stored;
    stored.directory = directory.path() / "store";
    auto opened = store::sqlite::open(stored);
    ASSERT_TRUE(opened) << opened.error().message;
    store = std::move(*opened);
    start_over();
  }
  void TearDown() override { feeder.reset(); }
  void stop() {
    bool ended = false;
    executor.post([&] { feeder->stop([&ended] { ended = true; }); });
    ASSERT_TRUE(executor.run_until([&] { return ended; }));
  }
  void start_over() {
    feeder = std::make_unique<Feeder>(*store, *index, posts, executor,
                                      FeederOptions{.batch = 10, .fill_batch = 10, .drop_every = {}});
  }
  void log(std::vector<store::SearchChange> changes) {
    ASSERT_TRUE(wait(store->write([changes](store::Tx& tx) -> Status {
      for (const auto& change : changes) HG_TRY(tx.search_log().append(change));
      return {};
    })));
  }
  void say(std::int32_t id, std::string text) {
    posts.posts[key(id)] = std::move(text);
    log({{0, store::SearchChange::Kind::one, channel, id}});
  }
  void catch_up() {
    for (;;) {
      const auto more = wait(feeder->step());
      ASSERT_TRUE(more) << more.error().code;
      if (!*more) return;
    }
  }

  Posts posts;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<Feeder> feeder;
};

TEST_F(FeederTest, ANewIndexIsFilledAndThenFollows) {
  for (std::int32_t id = 1; id <= 35; ++id) posts.posts[key(id)] = "old";
  catch_up();
  EXPECT_EQ(index->size(), 35);
  EXPECT_FALSE(index->position().filling);
  say(36, "new");
  catch_up();
  EXPECT_THAT(found("new"), ElementsAre(36));
  posts.posts.erase(key(36));
  log({{0, store::SearchChange::Kind::one, channel, 36}});
  catch_up();
  EXPECT_THAT(found("new"), IsEmpty());
}

TEST_F(FeederTest, FillingGoesOnWhereItWasInterrupted) {
  for (std::int32_t id = 1; id <= 35; ++id) posts.posts[key(id)] = "old";
  ASSERT_TRUE(wait(feeder->step()));
  ASSERT_TRUE(wait(feeder->step()));
  feeder.reset();
  open();  // as after a crash
  EXPECT_EQ(index->size(), 20);
  EXPECT_TRUE(index->position().filling);
  say(3, "changed meanwhile");  // already passed by: the log brings it
  start_over();
  catch_up();
  EXPECT_EQ(index->size(), 35);
  EXPECT_THAT(found("meanwhile"), ElementsAre(3));
}

TEST_F(FeederTest, WhatWasLoggedWhileTheIndexWasDownIsCaughtUpWith) {
  catch_up();
  say(1, "first");
  catch_up();
  feeder.reset();
  index.reset();
  say(2, "second");
  posts.posts.erase(key(1));
  log({{0, store::SearchChange::Kind::one, channel, 1}});
  open();
  start_over();
  catch_up();
  EXPECT_THAT(found("second"), ElementsAre(2));
  EXPECT_THAT(found("first"), IsEmpty());
}

TEST_F(FeederTest, AnIndexOlderThanTheLogIsFilledAnew) {
  catch_up();
  posts.posts[key(1)] = "never logged in time";
  log({{0, store::SearchChange::Kind::one, channel, 1}, {0, store::SearchChange::Kind::one, channel, 1}});
  ASSERT_TRUE(wait(store->write([](store::Tx& tx) { return tx.search_log().drop_up_to(1); })));
  catch_up();
  EXPECT_THAT(found("time"), ElementsAre(1));
}

TEST_F(FeederTest, AnIndexAheadOfTheLogIsFilledAnew) {
  // As when the store has been put back from a copy, and the index has not.
  Position ahead;
  ahead.filling = false;
  ahead.log = 1'000;
  ASSERT_TRUE(wait(index->apply({}, ahead)));
  posts.posts[key(1)] = "in the copy";
  catch_up();
  EXPECT_THAT(found("copy"), ElementsAre(1));
}

TEST_F(FeederTest, TheLogIsDroppedOnceIndexed) {
  catch_up();
  say(1, "word");
  catch_up();
  EXPECT_EQ(*wait(store->read([](store::Tx& tx) { return tx.search_log().dropped(); })), 1);
}

TEST_F(FeederTest, APeerThatBecomesPublicComesWithItsPosts) {
  catch_up();
  posts.posts[{channel, 0}] = "The Channel";
  for (std::int32_t id = 1; id <= 25; ++id) posts.posts[key(id)] = "post";
  posts.posts[{{channel.kind, channel.id + 1}, 1}] = "post";  // of another, not public yet
  log({{0, store::SearchChange::Kind::whole, channel, 0}});
  say(26, "after");
  catch_up();
  EXPECT_EQ(index->size(), 27);
  EXPECT_THAT(found("after"), ElementsAre(26));
  posts.posts.clear();
  log({{0, store::SearchChange::Kind::whole, channel, 0}});
  catch_up();
  EXPECT_EQ(index->size(), 0);
}

TEST_F(FeederTest, RebuildingMakesEverythingAnew) {
  for (std::int32_t id = 1; id <= 35; ++id) posts.posts[key(id)] = "old";
  apply({Put{key(99), Post{.text = "should not be here", .date = 1, .sender = {}}}});
  ASSERT_TRUE(wait(feeder->rebuild()));
  EXPECT_EQ(index->size(), 35);
  EXPECT_THAT(found("here"), IsEmpty());
}

TEST_F(FeederTest, FollowsByItself) {
  feeder->start();
  ASSERT_TRUE(executor.run_until([&] { return !index->position().filling; }));
  posts.posts[key(1)] = "breaking";
  std::optional<Status> written;
  executor.post([&] {
    spawn(store->write([](store::Tx& tx) {
      return tx.search_log().append({0, store::SearchChange::Kind::one, channel, 1});
    }),
          [&](Status status) {
            written = std::move(status);
            feeder->notify();
          });
  });
  ASSERT_TRUE(executor.run_until([&] { return written.has_value(); }));
  // The executor's time is the test's.
  for (int i = 0; i < 5'000 && index->size() == 0; ++i) {
    executor.advance(std::chrono::milliseconds(1));
    static_cast<void>(executor.run_until([&] { return index->size() == 1; }, std::chrono::milliseconds(2)));
  }
  EXPECT_THAT(found("breaking"), ElementsAre(1));
  stop();
}

// Else the store would ask a source that is gone, and the task would never be freed.
TEST_F(FeederTest, EndsWhenWhatItAskedForHasCome) {
  posts.posts[key(1)] = "breaking";
  bool ended = false;
  executor.post([&] {
    feeder->start();  // asks the store
    feeder->stop([&] { ended = true; });
    EXPECT_FALSE(ended);
  });
  ASSERT_TRUE(executor.run_until([&] { return ended; }));
  EXPECT_EQ(index->size(), 1);
}

TEST_F(FeederTest, EndsAtOnceWhileItRests) {
  executor.post([&] { feeder->start(); });
  ASSERT_TRUE(executor.run_until([&] { return !index->position().filling; }));
  for (int i = 0; i < 100; ++i) {
    executor.advance(std::chrono::milliseconds(10));
    static_cast<void>(executor.run_until([] { return false; }, std::chrono::milliseconds(1)));
  }
  stop();
  feeder.reset();
  executor.advance(std::chrono::seconds(10));  // the timer of a rest that is over
  executor.run();
}

}  // namespace
}  // namespace heliograph::search
