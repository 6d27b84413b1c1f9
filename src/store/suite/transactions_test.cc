// What store.h promises about transactions: all or nothing, alone in a group, visible once acknowledged,
// heard of in order, bounded.
#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <latch>
#include <thread>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;

Publication event(UserId account, UpdateKind kind = UpdateKind::new_message) {
  Publication publication;
  publication.update.box = account;
  publication.update.kind = kind;
  return publication;
}

Message message_of(UserId owner, std::int64_t random_id = 0) {
  Message message;
  message.owner = message.from = owner;
  message.peer = Peer::of(bob);
  message.random_id = random_id;
  return message;
}

// Holds the thread that runs a body until released; not a second time when the body is run again.
struct Gate {
  std::latch reached{1};
  std::latch open{1};
  std::atomic<bool> passed = false;
  Store::Body body() {
    return [this](Tx&) -> Status {
      if (passed.exchange(true)) return {};
      reached.count_down();
      open.wait();
      return {};
    };
  }
};

TEST_P(StoreSuite, ABodyThatFailsLeavesNothingBehind) {
  Recorder recorder;
  store->set_listener(&recorder);
  const auto failed = write([](Tx& tx) -> Result<int> {
    Account account;
    account.username = "ann";
    HG_TRY(tx.accounts().insert(account));
    HG_TRY(tx.messages().append(message_of(ann, 5)));
    HG_TRY(tx.dialogs().bump(ann, Peer::of(bob), MessageId{1}, 1, true));
    HG_TRY(tx.updates().append(event(ann)));
    tx.updates().publish_transient(event(ann));
    HG_TRY(tx.settings().put(ann, SettingKind::privacy, 1, {}));
    return fail(Error::invalid("PEER_ID_INVALID"));
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, "PEER_ID_INVALID");
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.accounts().find_by_username("ann"); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.messages().find(ann, MessageId{1}); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.dialogs().find(ann, Peer::of(bob)); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.settings().find(ann, SettingKind::privacy, 1); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().state(ann); }).pts, 1);
  EXPECT_TRUE(recorder.heard.empty());
  // Its numbers were not used up.
  EXPECT_EQ(send(ann, bob, "").id, MessageId{1});
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().state(ann); }).pts, 2);
}

TEST_P(StoreSuite, InAGroupOnlyTheFailingBodyIsTakenBack) {
  Recorder recorder;
  store->set_listener(&recorder);
  // While the writer is held, these gather into one group.
  Gate gate;
  std::latch done(7);
  std::vector<Status> results(6);
  store->submit(Store::Mode::write, gate.body(), std::chrono::seconds(10),
                [&](Status) { done.count_down(); });
  gate.reached.wait();
  for (int i = 0; i < 6; ++i) {
    store->submit(
        Store::Mode::write,
        [i](Tx& tx) -> Status {
          HG_TRY(tx.messages().append(message_of(ann, i + 1)));
          HG_TRY(tx.updates().append(event(ann)));
          if (i % 2) return fail(Error::invalid("ODD"));
          return {};
        },
        std::chrono::seconds(10),
        [&, i](Status status) { results[i] = std::move(status), done.count_down(); });
  }
  gate.open.count_down();
  done.wait();
  for (int i = 0; i < 6; ++i) EXPECT_EQ(results[i].has_value(), i % 2 == 0) << i;
  const auto page = must_read([](Tx& tx) { return tx.messages().history(ann, Peer::of(bob), {}); });
  ASSERT_EQ(page.messages.size(), 3u);
  EXPECT_EQ(page.messages[0].id, MessageId{3});  // numbered without holes
  EXPECT_EQ(page.messages[0].random_id, 5);
  EXPECT_EQ(page.messages[2].random_id, 1);
  ASSERT_EQ(recorder.heard.size(), 3u);
  EXPECT_EQ(recorder.heard[2].update.pts, 4);
}

TEST_P(StoreSuite, ABodyMayFailAPartAndGoOn) {
  // A conflict is an answer like any other: what was written before it stays.
  must_write([](Tx& tx) -> Result<bool> {
    Account account;
    account.username = "taken";
    HG_TRY(tx.accounts().insert(account));
    const auto again = tx.accounts().insert(account);
    EXPECT_FALSE(again);
    return true;
  });
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.accounts().find_by_username("taken"); }));
}

TEST_P(StoreSuite, AReadSeesWhatWasAcknowledgedBefore) {
  for (int i = 1; i <= 50; ++i) {
    send(ann, bob, "");
    EXPECT_EQ(must_read([](Tx& tx) { return tx.messages().newest(ann, Peer::of(bob)); })->id, MessageId{i});
  }
}

TEST_P(StoreSuite, AReadSeesOneSnapshot) {
  send(ann, bob, "before");
  std::promise<void> reached;
  std::promise<void> written;
  std::promise<std::pair<std::int64_t, std::int64_t>> counted;
  store->submit(
      Store::Mode::read,
      [&](Tx& tx) -> Status {
        const auto total = [&] { return tx.messages().history(ann, Peer::of(bob), {})->total; };
        const auto first = total();
        reached.set_value();
        written.get_future().wait();
        counted.set_value({first, total()});
        return {};
      },
      std::chrono::seconds(10), [](Status) {});
  reached.get_future().wait();
  send(ann, bob, "meanwhile");  // reading does not hold up writing
  written.set_value();
  EXPECT_EQ(counted.get_future().get(), std::make_pair(std::int64_t{1}, std::int64_t{1}));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.messages().history(ann, Peer::of(bob), {}); }).total, 2);
}

TEST_P(StoreSuite, AReadCannotChangeAnything) {
  const auto refused = [&](auto body) {
    const auto result = read([body](Tx& tx) -> Status {
      HG_TRY(body(tx));
      return {};
    });
    return !result && result.error().code == "STORE_READ_TX" && result.error().kind == ErrorKind::internal;
  };
  EXPECT_TRUE(refused([](Tx& tx) { return tx.accounts().insert({}); }));
  EXPECT_TRUE(refused([](Tx& tx) { return tx.accounts().set_last_online(ann, 1); }));
  EXPECT_TRUE(refused([](Tx& tx) { return tx.auth_keys().put({}); }));
  EXPECT_TRUE(refused([](Tx& tx) { return tx.contacts().put({}); }));
  EXPECT_TRUE(refused([](Tx& tx) { return tx.dialogs().put({}); }));
  EXPECT_TRUE(refused([](Tx& tx) { return tx.messages().append(message_of(ann)); }));
  EXPECT_TRUE(refused([](Tx& tx) { return tx.messages().erase(ann, MessageId{1}); }));
  EXPECT_TRUE(refused([](Tx& tx) { return tx.settings().put_global("x", {}); }));
  EXPECT_TRUE(refused([](Tx& tx) { return tx.updates().append(event(ann)); }));
  EXPECT_TRUE(refused([](Tx& tx) { return tx.updates().trim(1, 1); }));
}

TEST_P(StoreSuite, TheListenerHearsInCommitOrderAndBeforeTheCaller) {
  Recorder recorder;
  store->set_listener(&recorder);
  const auto message = std::make_shared<const Message>(message_of(ann));
  must_write([&](Tx& tx) -> Result<bool> {
    auto publication = event(ann);
    publication.message = message;
    publication.origin_key = AuthKeyId{4};
    publication.origin_session = SessionId{5};
    HG_TRY(tx.updates().append(publication));
    tx.updates().publish_transient(event(bob, UpdateKind::config));
    HG_TRY(tx.updates().append(event(ann, UpdateKind::draft)));
    return true;
  });
  ASSERT_EQ(recorder.heard.size(), 3u);  // heard already, when the caller has its answer
  EXPECT_EQ(recorder.heard[0].update.pts, 2);
  EXPECT_EQ(recorder.heard[0].message, message);
  EXPECT_EQ(recorder.heard[0].origin_key, AuthKeyId{4});
  EXPECT_EQ(recorder.heard[0].origin_session, SessionId{5});
  EXPECT_EQ(recorder.heard[1].update.box, bob);
  EXPECT_EQ(recorder.heard[1].update.pts, 0);
  EXPECT_EQ(recorder.heard[1].update.seq, 0);
  EXPECT_EQ(recorder.heard[2].update.seq, 2);
  // What is transient is not kept.
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.updates().since(bob, 0, 10); }).empty());
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().state(bob); }).seq, 1);

  store->set_listener(nullptr);
  send(ann, bob, "");
  EXPECT_EQ(recorder.heard.size(), 3u);
}

TEST_P(StoreSuite, ManyWritersAtOnceLoseNothing) {
  constexpr int kThreads = 4;
  constexpr int kEach = 200;
  Recorder recorder;
  store->set_listener(&recorder);
  std::atomic<int> succeeded = 0;
  std::latch done(kThreads * kEach);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) {
        store->submit(
            Store::Mode::write,
            [](Tx& tx) -> Status {
              HG_TRY(tx.messages().append(message_of(ann)));
              HG_TRY(tx.updates().append(event(ann)));
              return {};
            },
            std::chrono::seconds(10),
            [&](Status status) {
              if (status) ++succeeded;
              done.count_down();
            });
      }
    });
  }
  for (auto& thread : threads) thread.join();
  done.wait();
  EXPECT_EQ(succeeded, kThreads * kEach);
  const auto newest = must_read([](Tx& tx) { return tx.messages().newest(ann, Peer::of(bob)); });
  EXPECT_EQ(newest->id, MessageId{kThreads * kEach});
  ASSERT_EQ(recorder.heard.size(), std::size_t{kThreads * kEach});
  for (int i = 0; i < kThreads * kEach; ++i) ASSERT_EQ(recorder.heard[i].update.pts, i + 2);
}

TEST_P(StoreSuite, AFullQueueRefusesAtOnce) {
  for (const auto mode : {Store::Mode::write, Store::Mode::read}) {
    reopen({.write_queue = 4, .read_queue = 4});
    std::latch done(64);
    std::atomic<int> overloaded = 0;
    const auto on_done = [&](Status status) {
      if (!status && status.error().code == "STORE_OVERLOADED") ++overloaded;
      done.count_down();
    };
    // More than the queue and the threads behind it can hold, and each a little slow.
    for (int i = 0; i < 64; ++i) {
      store->submit(
          mode,
          [](Tx&) -> Status {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return {};
          },
          std::chrono::seconds(10), on_done);
    }
    done.wait();
    EXPECT_GT(overloaded, 0);
    EXPECT_LT(overloaded, 64);
    // And serves again afterwards.
    EXPECT_TRUE(mode == Store::Mode::write ? write([](Tx&) -> Status { return {}; }).has_value()
                                           : read([](Tx&) -> Status { return {}; }).has_value());
  }
}

TEST_P(StoreSuite, WhatHasNotBegunInTimeDoesNotBegin) {
  Gate gate;
  store->submit(Store::Mode::write, gate.body(), std::chrono::seconds(10), [](Status) {});
  gate.reached.wait();
  std::atomic<bool> ran = false;
  std::promise<Status> late;
  store->submit(
      Store::Mode::write,
      [&](Tx&) -> Status {
        ran = true;
        return {};
      },
      Duration(-1), [&](Status status) { late.set_value(std::move(status)); });
  gate.open.count_down();
  const auto status = late.get_future().get();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, "STORE_DEADLINE");
  EXPECT_EQ(status.error().kind, ErrorKind::unavailable);
  EXPECT_FALSE(ran);

  std::promise<Status> late_read;
  store->submit(
      Store::Mode::read, [](Tx&) -> Status { return {}; }, Duration(-1),
      [&](Status read_status) { late_read.set_value(std::move(read_status)); });
  EXPECT_EQ(late_read.get_future().get().error().code, "STORE_DEADLINE");
}

TEST_P(StoreSuite, ABodyThatThrowsIsAnInternalError) {
  const auto thrown = write([](Tx& tx) -> Result<int> {
    HG_TRY(tx.settings().put_global("x", {}));
    throw std::runtime_error("a library's");
  });
  ASSERT_FALSE(thrown);
  EXPECT_EQ(thrown.error().kind, ErrorKind::internal);
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.settings().find_global("x"); }));
}

TEST_P(StoreSuite, ClosingFinishesWhatIsQueued) {
  int done = 0;  // only ever touched by the writer, and after it has ended
  for (int i = 0; i < 100; ++i) {
    store->submit(
        Store::Mode::write,
        [](Tx& tx) -> Status {
          HG_TRY(tx.messages().append(message_of(ann)));
          return {};
        },
        std::chrono::seconds(10), [&](Status status) { done += status ? 1 : 0; });
  }
  reopen();
  EXPECT_EQ(done, 100);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.messages().history(ann, Peer::of(bob), {}); }).total, 100);
}

}  // namespace
}  // namespace heliograph::store::suite
