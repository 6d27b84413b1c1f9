// What is kept, sent again, given up; connections that come and go; limits and memory.
#include "mtproto/testing/session_fixture.h"

namespace heliograph::mtproto {
namespace {

class DeliveryTest : public SessionFixture {
 protected:
  explicit DeliveryTest(const SessionLimits& with = {}) : SessionFixture(with) {}
};

TEST_F(DeliveryTest, UnacknowledgedAnswersAndUpdatesGoOutAgainOnANewConnection) {
  open();
  const auto sent = request();
  const auto answer = reply(sent, rpc(1)).at(0);
  sessions.push(session(), rpc(2));
  const auto update = flush().at(0);
  sessions.push(session(), rpc(3));
  const auto acknowledged = flush().at(0);
  send(client.acks({acknowledged.msg_id}));

  const auto got = send(client.ping(), second_connection);
  ASSERT_EQ(got.size(), 3u);
  EXPECT_EQ(got[0].msg_id, answer.msg_id) << "under its old id";
  EXPECT_EQ(got[0].seqno, answer.seqno);
  EXPECT_EQ(got[0].body, answer.body);
  EXPECT_EQ(got[1].msg_id, update.msg_id);
  EXPECT_EQ(got[2].constructor(), id::pong);
  for (const auto& each : got) {
    EXPECT_EQ(each.connection, second_connection);
    EXPECT_TRUE(each.contained());
  }
}

TEST_F(DeliveryTest, WithoutAConnectionMessagesWait) {
  open();
  const auto sent = request();
  sessions.connection_closed(first_connection);
  EXPECT_FALSE(sessions.connected(session()));
  EXPECT_TRUE(reply(sent, rpc(1)).empty());
  EXPECT_TRUE(sessions.push(session(), rpc(2)));
  EXPECT_TRUE(flush().empty());
  const auto got = send(client.ping(), second_connection);
  ASSERT_EQ(got.size(), 3u);
  EXPECT_EQ(read_answer(got[0]).result, rpc(1));
  EXPECT_EQ(got[1].body, rpc(2));
}

TEST_F(DeliveryTest, MessagesGoOutOnTheConnectionUsedLast) {
  open();
  send(client.ping(), second_connection);
  sessions.push(session(), rpc(1));
  EXPECT_EQ(flush().at(0).connection, second_connection);
  send(client.ping(), first_connection);
  sessions.push(session(), rpc(2));
  EXPECT_EQ(flush().at(0).connection, first_connection);
  sessions.connection_closed(first_connection);
  const auto got = flush();
  ASSERT_EQ(got.size(), 1u) << "what went out on the lost connection goes out on the other";
  EXPECT_EQ(got[0].connection, second_connection);
  EXPECT_EQ(got[0].body, rpc(2));
}

TEST_F(DeliveryTest, AReplayedPacketDoesNotMoveTheSession) {
  open();
  const auto old_request = request();
  const auto old_ping = client.ping();
  send(old_ping);
  send(client.ping());
  send(old_request, second_connection);
  const auto pong = send(old_ping, second_connection);
  EXPECT_EQ(pong.at(0).connection, second_connection) << "a pong goes where the ping came from";
  sessions.push(session(), rpc(1));
  EXPECT_EQ(flush().at(0).connection, first_connection);
}

TEST_F(DeliveryTest, ALateRequestThatIsNewMovesTheSession) {
  open();
  const auto late = client.message(rpc());
  send(client.ping());
  send(late, second_connection);
  EXPECT_EQ(reply(late, rpc(1)).at(0).connection, second_connection);
}

TEST_F(DeliveryTest, SilenceIsAnsweredWithAnAnnouncement) {
  open();
  const auto sent = request();
  const auto answer = reply(sent, rpc(1)).at(0);
  clock.advance(limits.notice_delay);
  const auto got = flush();
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].constructor(), id::msg_detailed_info);
  auto fields = got[0].fields();
  EXPECT_EQ(fields.i64(), sent.msg_id);
  EXPECT_EQ(fields.i64(), answer.msg_id);
  fields.i32();
  EXPECT_EQ(fields.i32(), 4) << "status 0 would make clients send the request anew";
  clock.advance(limits.notice_delay);
  EXPECT_TRUE(flush().empty()) << "once";
}

TEST_F(DeliveryTest, ASessionWithoutConnectionIsForgotten) {
  open();
  sessions.connection_closed(first_connection);
  clock.advance(limits.idle_max - std::chrono::seconds(1));
  flush();
  EXPECT_FALSE(sessions.empty());
  clock.advance(std::chrono::seconds(1));
  EXPECT_LE(sessions.next_deadline(), clock.monotonic());
  flush();
  EXPECT_TRUE(sessions.empty());
  EXPECT_EQ(events<SessionClosed>().at(0).reason, CloseReason::idle);
  EXPECT_FALSE(sessions.push(session(), rpc()));
  EXPECT_EQ(only(send(client.ping()), id::new_session_created).size(), 1u);
}

TEST_F(DeliveryTest, AnIdleSessionIsSmall) {
  open();
  for (int i = 0; i < 500; ++i) {
    const auto sent = client.container({client.message(rpc()), client.ping()});
    send(sent);
    for (const auto& event : events<RequestReceived>()) sessions.reply(session(), event.msg_id, rpc());
    std::vector<std::int64_t> ids;
    for (const auto& each : flush()) ids.push_back(each.msg_id);
    send(client.acks(ids));
    out = {};
  }
  for (int i = 0; i < 20; ++i) {  // then only pings, once a minute
    clock.advance(std::chrono::minutes(1));
    client.salt = salts_source.salt(key, clock.unix_seconds() / salt_window_s);
    send(client.ping());
  }
  EXPECT_LT(sessions.memory_bytes(), 900u);
}

TEST_F(DeliveryTest, TooManySessionsDisplaceTheQuietest) {
  open();
  std::vector<SessionClient> others;
  for (std::size_t i = 0; i < limits.sessions_max; ++i) {
    clock.advance(std::chrono::seconds(1));
    others.emplace_back(clock, static_cast<std::int64_t>(i + 1), client.salt);
    send(others.back(), others.back().ping(), ConnectionId(10 + i));
  }
  ASSERT_EQ(events<SessionClosed>().size(), 1u);
  EXPECT_EQ(events<SessionClosed>()[0].session, session());
  sessions.connection_closed(ConnectionId(15));
  send(client.ping());
  ASSERT_EQ(events<SessionClosed>().size(), 2u);
  EXPECT_EQ(events<SessionClosed>()[1].session, SessionId(6)) << "the one without a connection goes first";
}

SessionLimits tight() {
  SessionLimits limits;
  limits.kept_messages_max = 10;
  limits.kept_bytes_max = 20'000;
  return limits;
}
class BacklogTest : public DeliveryTest {
 protected:
  BacklogTest() : DeliveryTest(tight()) {}
};

TEST_F(BacklogTest, TheOldestUpdatesGoFirstAndTheClientIsTold) {
  open();
  const auto sent = request();
  sessions.connection_closed(first_connection);
  sessions.reply(session(), sent.msg_id, rpc(1));
  for (std::uint32_t i = 0; i < 30; ++i) sessions.push(session(), rpc(100 + i));
  const auto got = send(client.ping(), second_connection);
  EXPECT_EQ(only(got, id::rpc_result).size(), 1u) << "answers stay";
  EXPECT_EQ(only(got, 100).size(), 0u);
  EXPECT_EQ(only(got, 129).size(), 1u);
  EXPECT_EQ(only(got, id::updates_too_long).size(), 1u) << "the client is to fetch the difference";
}

TEST_F(BacklogTest, UpdatesThatWentOutAreMissedOnlyIfTheConnectionIsLost) {
  open();
  for (std::uint32_t i = 0; i < 30; ++i) {
    sessions.push(session(), rpc(100 + i));
    EXPECT_TRUE(only(flush(), id::updates_too_long).empty());
  }
  const auto got = send(client.ping(), second_connection);
  EXPECT_EQ(only(got, id::updates_too_long).size(), 1u);
  EXPECT_EQ(only(got, 129).size(), 1u);
}

TEST_F(BacklogTest, TooManyAnswersCloseTheSession) {
  open();
  for (int i = 0; i < 12; ++i) reply(request(), rpc());
  ASSERT_EQ(events<SessionClosed>().size(), 1u);
  EXPECT_EQ(events<SessionClosed>()[0].reason, CloseReason::backlog);
  EXPECT_EQ(out.disconnects, std::vector{first_connection});
}

TEST_F(DeliveryTest, FewUpdatesWaitForASessionWithoutConnection) {
  open();
  sessions.push(session(), rpc(100));
  flush();
  sessions.connection_closed(first_connection);
  for (std::uint32_t i = 1; i < 100; ++i) sessions.push(session(), rpc(100 + i));
  EXPECT_LT(sessions.memory_bytes(), 8000u);
  const auto got = send(client.ping(), second_connection);
  EXPECT_EQ(got.size(), limits.offline_updates_max + 2) << "with updatesTooLong and the pong";
  EXPECT_EQ(only(got, id::updates_too_long).size(), 1u);
}

TEST_F(DeliveryTest, ALotIsSentAgainInParts) {
  open();
  const auto part = random.bytes(300 << 10);
  for (int i = 0; i < 10; ++i) reply(request(), part);
  std::size_t answers = only(send(client.ping(), second_connection), id::rpc_result).size();
  EXPECT_EQ(answers, 3u);
  clock.advance(limits.resend_pause);
  EXPECT_LE(sessions.next_deadline(), clock.monotonic());
  answers += only(flush(), id::rpc_result).size();
  EXPECT_EQ(answers, 6u);
  answers += only(send(client.ping(), second_connection), id::rpc_result).size();
  answers += only(send(client.ping(), second_connection), id::rpc_result).size();
  EXPECT_EQ(answers, 10u);
  EXPECT_TRUE(only(send(client.ping(), second_connection), id::rpc_result).empty());
}

TEST_F(DeliveryTest, AllSessionsOfAKeyShareALimit) {
  open();
  const auto part = random.bytes(1 << 20);
  std::vector<SessionClient> others;
  for (int i = 0; i < 4; ++i) {
    others.emplace_back(clock, i + 1, client.salt);
    for (int j = 0; j < 10; ++j) {
      const auto sent = others.back().message(rpc());
      send(others.back(), sent);
      sessions.reply(SessionId(i + 1), sent.msg_id, part);
      flush();
    }
  }
  EXPECT_LE(sessions.memory_bytes(), limits.kept_bytes_per_key_max + (1 << 20));
  EXPECT_FALSE(events<SessionClosed>().empty());
  EXPECT_EQ(events<SessionClosed>()[0].reason, CloseReason::backlog);
}

TEST_F(BacklogTest, BytesCountToo) {
  open();
  const auto sent = request();
  reply(sent, random.bytes(30'000));
  EXPECT_EQ(events<SessionClosed>().size(), 1u);
}

TEST_F(DeliveryTest, RequestsBeyondTheLimitAreToldToWait) {
  open();
  for (std::size_t i = 0; i < limits.running_max; ++i) request();
  const auto sent = client.message(rpc());
  const auto got = only(send(sent), id::rpc_result);
  ASSERT_EQ(got.size(), 1u);
  const auto result = read_answer(got[0]).result;
  WireReader error(result);
  EXPECT_EQ(error.u32(), id::rpc_error);
  EXPECT_EQ(error.i32(), 420);
  EXPECT_EQ(as_text(error.bytes()), "FLOOD_WAIT_1");
  EXPECT_EQ(events<RequestReceived>().size(), limits.running_max);
}

// A client that loses packets in both directions, reconnects, repeats what it has no answer for and
// acknowledges when it likes: each request runs at most once, and each is answered in the end.
TEST_F(DeliveryTest, RandomInterleavings) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SeededRandom dice(seed);
    SessionFixture::out = {};
    SessionClient wild(clock, static_cast<std::int64_t>(seed), client.salt);
    ConnectionId connection(seed * 1000);
    std::vector<Sent> unanswered;
    std::vector<std::int64_t> to_acknowledge;
    std::vector<std::int64_t> to_run;
    std::size_t executed = 0;
    std::vector<std::int64_t> ran;
    const auto take = [&](const std::vector<Got>& got, bool lost) {
      if (lost) return;
      for (const auto& each : got) {
        if ((each.seqno & 1) != 0) to_acknowledge.push_back(each.msg_id);
        if (each.constructor() != id::rpc_result) continue;
        const auto answered = read_answer(each).request_msg_id;
        std::erase_if(unanswered, [&](const Sent& sent) { return sent.msg_id == answered; });
      }
    };
    const auto collect = [&] {
      for (const auto& request : events<RequestReceived>()) {
        EXPECT_EQ(std::ranges::count(ran, request.msg_id), 0) << "executed twice";
        ran.push_back(request.msg_id);
        to_run.push_back(request.msg_id);
        ++executed;
      }
      out = {};
    };
    const auto reconnect = [&] {
      if (dice.below(2) == 0) sessions.connection_closed(connection);
      connection.value++;
      auto again = unanswered;
      std::vector<Sent> batch(again.begin(), again.end());
      batch.push_back(wild.ping());
      take(send(wild, wild.container(batch), connection), false);
      collect();
    };
    for (int step = 0; step < 300; ++step) {
      clock.advance(std::chrono::milliseconds(dice.below(200)));
      switch (dice.below(8)) {
        case 0:
        case 1:
        case 2: {
          unanswered.push_back(wild.message(rpc(0x100)));
          const auto sent = unanswered.back();
          if (dice.below(4) != 0) take(send(wild, sent, connection), dice.below(4) == 0);
          break;
        }
        case 3:
        case 4:
          if (!to_run.empty()) {
            const auto which = dice.below(to_run.size());
            sessions.reply(SessionId(wild.session_id), to_run[which], rpc(1));
            to_run.erase(to_run.begin() + static_cast<std::ptrdiff_t>(which));
            take(flush(), dice.below(3) == 0);
          }
          break;
        case 5:
          take(send(wild, wild.acks(std::exchange(to_acknowledge, {})), connection), false);
          break;
        case 6:
          sessions.push(SessionId(wild.session_id), rpc(2));
          take(flush(), dice.below(3) == 0);
          break;
        default:
          if (dice.below(3) == 0) reconnect();
      }
      collect();
    }
    for (int round = 0; round < 2; ++round) {
      reconnect();
      for (const auto msg_id : std::exchange(to_run, {})) {
        sessions.reply(SessionId(wild.session_id), msg_id, rpc(1));
      }
      take(flush(), false);
    }
    EXPECT_TRUE(unanswered.empty()) << "seed " << seed << ", unanswered " << unanswered.size();
    EXPECT_EQ(executed, ran.size());
    EXPECT_TRUE(to_run.empty());
    sessions.close(SessionId(wild.session_id), out);
    for (std::uint64_t each = seed * 1000; each <= connection.value; ++each) {
      sessions.connection_closed(ConnectionId(each));
    }
  }
}

}  // namespace
}  // namespace heliograph::mtproto
