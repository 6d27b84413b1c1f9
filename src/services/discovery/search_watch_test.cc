// Searches are counted without anybody's name on them, and words that lead to what is removed are put
// forward.
#include "services/discovery/search_watch.h"

#include <gmock/gmock.h>

#include "safety/policy/policy.h"
#include "services/discovery/guarded_terms.h"
#include "services/testing/groups.h"
#include "services/testing/search.h"

namespace heliograph::services {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::World;

// A disk that is full while one says so.
class FullStore final : public store::Store {
 public:
  explicit FullStore(store::Store& store) : store_(store) {}
  void set_listener(store::CommitListener* listener) override { store_.set_listener(listener); }
  void submit(Mode mode, Body body, Duration deadline, Done done) override {
    if (full) return done(fail(Error::unavailable("STORE_FULL")));
    store_.submit(mode, std::move(body), deadline, std::move(done));
  }
  bool full = false;

 private:
  store::Store& store_;
};

class SearchWatchTest : public testing::GroupsTest {
 protected:
  SearchWatchTest() {
    watch.set({.people = 3, .asked = 4, .removed = 2});
    world.services.discovery.attach(watch);
  }

  void search(const Caller& who, const std::string& text) {
    index.catch_up();
    World::must(world.run(discovery.posts(who, text, {}, 20)));
    index.catch_up();
  }
  void search_by_all(const std::string& text) {
    for (const auto* who : {&ada, &bob, &cyd}) search(*who, text);
  }
  // Nobody types any more.
  void settle() {
    world.clock.advance(SearchWatch::typing_time);
    World::must(world.run(watch.flush()));
  }
  std::vector<std::pair<std::string, std::int64_t>> counted() {
    std::vector<std::pair<std::string, std::int64_t>> out;
    for (const auto& one :
         World::must(world.read([](store::Tx& tx) { return tx.search_counts().most_asked(0, 1, 100); }))) {
      out.emplace_back(one.words, one.asked);
    }
    return out;
  }
  std::vector<store::TermMet> met(const std::string& term) {
    return World::must(world.read([=](store::Tx& tx) { return tx.search_counts().met(term, 0); }));
  }
  void remove(const std::string& subject, terms::Category category) {
    World::must(world.write([=](store::Tx& tx) {
      store::Case one;
      one.subject = subject;
      one.state = store::CaseState::decided;
      one.effect = static_cast<std::uint8_t>(safety::Effect::remove);
      one.category = static_cast<std::uint8_t>(category);
      return tx.cases().add(one);
    }));
  }
  std::size_t put_forward() { return World::must(world.run(watch.put_forward(index.guard().terms()))); }
  std::vector<store::GuardTerm> proposed() {
    return World::must(world.read([](store::Tx& tx) { return tx.guard_terms().list({}, 0, 10); }));
  }

  testing::SearchWorld index{world};
  Caller cyd = world.sign_up("Cyd");
  Discovery& discovery = world.services.discovery;
  FullStore store{*world.store};
  Environment environment{store,       world.clock, world.random, world.sealer, world.environment.phone_index,
                          Bytes(32, 3)};
  SearchWatch watch{environment};
};

TEST_F(SearchWatchTest, WhatOnlyAFewSearchForIsNotCounted) {
  search(ada, "my neighbour’s name");
  search(bob, "my neighbour’s name");
  search(bob, "my neighbour’s name");
  search_by_all("blue fairy");
  settle();
  EXPECT_THAT(counted(), ElementsAre(Pair("blue fairy", 3)));
  search(ada, "Blue  Fairy");  // from then on every search counts, in any spelling
  settle();
  EXPECT_THAT(counted(), ElementsAre(Pair("blue fairy", 4)));
  // Another day begins from nothing.
  world.clock.advance(std::chrono::hours(24));
  search(ada, "blue fairy");
  search(cyd, "my neighbour’s name");
  settle();
  EXPECT_THAT(counted(), ElementsAre(Pair("blue fairy", 4)));
}

TEST_F(SearchWatchTest, OnlyTheWholeOfWhatSomebodyTypesCounts) {
  for (const auto* who : {&ada, &bob, &cyd}) {
    for (const auto* text : {"blue", "blue fa", "blue fairy"}) search(*who, text);
  }
  settle();
  EXPECT_THAT(counted(), ElementsAre(Pair("blue fairy", 3)));
}

TEST_F(SearchWatchTest, WordsThatLeadToWhatIsRemovedArePutForwardOnce) {
  const auto shop = channel(true, "ada_shop");
  const auto offer = World::must(post(ada, shop, "blue fairy, tonight")).message.id;
  World::must(post(ada, shop, "the weather"));
  search_by_all("blue fairy");
  search_by_all("the weather");
  search(ada, "blue fairy");
  search(ada, "the weather");
  settle();
  EXPECT_EQ(put_forward(), 0U) << "nothing was removed";

  remove(ledger::Subject::of(shop, offer).text, terms::Category::illegal_goods);
  EXPECT_EQ(put_forward(), 1U);
  const auto terms = proposed();
  ASSERT_EQ(terms.size(), 1U);
  EXPECT_EQ(terms[0].canonical, "blue fairy");
  EXPECT_EQ(terms[0].source, "machine");
  EXPECT_EQ(terms[0].category, static_cast<std::uint8_t>(terms::Category::illegal_goods));
  EXPECT_EQ(put_forward(), 0U) << "it is there";

  // Whoever decides that it is harmless is not asked again for a while.
  World::must(world.write([&](store::Tx& tx) {
    auto term = terms[0];
    term.state = store::GuardTermState::rejected;
    term.changed_at = world.clock.unix_seconds();
    return tx.guard_terms().update(term);
  }));
  EXPECT_EQ(put_forward(), 0U);
}

TEST_F(SearchWatchTest, WhatIsGuardedAlreadyIsNotPutForwardButWatched) {
  const auto shop = channel(true, "ada_shop");
  const auto offer = World::must(post(ada, shop, "blue fairy, tonight")).message.id;
  search_by_all("blue fairy");
  search(ada, "blue fairy");
  settle();
  remove(ledger::Subject::of(shop, offer).text, terms::Category::illegal_goods);
  index.guard("category: illegal_goods\neffect: interstitial\nblue fairy\n");
  EXPECT_EQ(put_forward(), 0U);

  search(ada, "blue fairy");
  search(bob, "blu3 fairy");
  discovery.show_anyway(cyd.user);
  search(cyd, "blue fairy");
  settle();
  const auto days = met("guard/blue fairy");
  ASSERT_EQ(days.size(), 1U);
  EXPECT_EQ(days[0].asked, 3);
  EXPECT_EQ(days[0].evaded, 1);
  EXPECT_EQ(days[0].shown_anyway, 1);
}

TEST_F(SearchWatchTest, WhatCouldNotBeWrittenWaits) {
  search_by_all("blue fairy");
  world.clock.advance(SearchWatch::typing_time);
  store.full = true;
  EXPECT_FALSE(world.run(watch.flush()));
  store.full = false;
  EXPECT_THAT(counted(), IsEmpty());
  ASSERT_TRUE(world.run(watch.flush()));
  EXPECT_THAT(counted(), ElementsAre(Pair("blue fairy", 3)));
}

}  // namespace

}  // namespace heliograph::services
