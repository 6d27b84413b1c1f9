// What a client sees of a session: opening, requests and answers, containers, service queries.
#include "mtproto/sessions.h"

#include "mtproto/testing/session_fixture.h"

namespace heliograph::mtproto {
namespace {

using SessionsTest = SessionFixture;

TEST_F(SessionsTest, TheFirstMessageOpensTheSession) {
  const auto ping = client.ping(99);
  const auto got = send(ping);
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(got[0].constructor(), id::new_session_created);
  EXPECT_EQ(got[0].msg_id & 3, 3);
  EXPECT_EQ(got[0].seqno, 1);
  auto created = got[0].fields();
  EXPECT_EQ(created.i64(), ping.msg_id);
  created.i64();
  EXPECT_EQ(created.i64(), client.salt);
  EXPECT_EQ(got[1].constructor(), id::pong);
  EXPECT_EQ(got[1].msg_id & 3, 1);
  EXPECT_EQ(got[1].seqno, 2) << "not content-related, after one that is";
  auto pong = got[1].fields();
  EXPECT_EQ(pong.i64(), ping.msg_id);
  EXPECT_EQ(pong.i64(), 99);
  ASSERT_EQ(events<SessionOpened>().size(), 1u);
  EXPECT_EQ(events<SessionOpened>()[0].session, session());
}

TEST_F(SessionsTest, FirstMessageIdIsTheLowestInTheContainer) {
  const auto low = client.message(rpc());
  const auto got = send(client.container({low, client.ping()}));
  EXPECT_EQ(only(got, id::new_session_created).at(0).fields().i64(), low.msg_id);
}

TEST_F(SessionsTest, RequestsAreHandedOutAndAnswered) {
  open();
  const auto sent = request(rpc(0xabcd1234));
  ASSERT_EQ(events<RequestReceived>().size(), 1u);
  const auto received = events<RequestReceived>()[0];
  EXPECT_EQ(received.msg_id, sent.msg_id);
  EXPECT_EQ(received.body, sent.body);
  const auto got = reply(sent, rpc(0x99));
  ASSERT_EQ(got.size(), 1u);
  EXPECT_FALSE(got[0].contained());
  EXPECT_EQ(got[0].constructor(), id::rpc_result);
  EXPECT_EQ(got[0].msg_id & 3, 1);
  EXPECT_EQ(got[0].seqno & 1, 1);
  EXPECT_EQ(read_answer(got[0]).request_msg_id, sent.msg_id);
  EXPECT_EQ(read_answer(got[0]).result, rpc(0x99));
}

TEST_F(SessionsTest, WhatIsReadyTogetherGoesInOneContainer) {
  open();
  const auto one = client.message(rpc(1));
  const auto two = client.message(rpc(2));
  send(client.container({one, two}));
  ASSERT_EQ(events<RequestReceived>().size(), 2u);
  sessions.reply(session(), one.msg_id, rpc(11));
  sessions.reply(session(), two.msg_id, rpc(22));
  sessions.push(session(), rpc(33));
  const auto got = flush();
  ASSERT_EQ(got.size(), 3u);
  EXPECT_EQ(got[0].packet_msg_id, got[2].packet_msg_id);
  EXPECT_GT(got[0].packet_msg_id, got[2].msg_id) << "a container's id is above those in it";
  EXPECT_EQ(got[2].msg_id & 3, 3) << "an update answers nothing";
  EXPECT_EQ(got[2].seqno, got[0].seqno + 4);
}

TEST_F(SessionsTest, ARepeatedRequestIsNotExecutedTwice) {
  open();
  const auto sent = request();
  send(sent);
  EXPECT_EQ(events<RequestReceived>().size(), 1u) << "still running";
  reply(sent, rpc(5));
  const auto repeated = only(send(sent), id::rpc_result);
  EXPECT_EQ(events<RequestReceived>().size(), 1u);
  ASSERT_EQ(repeated.size(), 1u) << "answered from the kept reply";
  EXPECT_EQ(read_answer(repeated[0]).result, rpc(5));
  EXPECT_TRUE(repeated[0].contained()) << "sent again only inside a container";
  send(client.acks({repeated[0].msg_id}));
  const auto again = send(sent);
  EXPECT_EQ(events<RequestReceived>().size(), 1u);
  ASSERT_EQ(again.size(), 1u) << "acknowledged long ago: nothing but a receipt";
  EXPECT_EQ(again[0].constructor(), id::msgs_ack);
}

TEST_F(SessionsTest, ALargeKeptReplyIsAnnouncedRatherThanRepeated) {
  open();
  const auto sent = request();
  const auto large = random.bytes(8000);
  const auto answer = reply(sent, large);
  const auto got = send(sent);
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].constructor(), id::msg_detailed_info);
  auto info = got[0].fields();
  EXPECT_EQ(info.i64(), sent.msg_id);
  EXPECT_EQ(info.i64(), answer[0].msg_id);
  const auto asked =
      send(client.message(WireWriter().u32(id::msg_resend_req).longs({answer[0].msg_id}).take()));
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(read_answer(asked[0]).result, large);
}

TEST_F(SessionsTest, LargeAnswersArePackedWhereItHelps) {
  open();
  const auto compressible = reply(request(), Bytes(4000, 'x'));
  EXPECT_TRUE(read_answer(compressible.at(0)).packed);
  EXPECT_EQ(read_answer(compressible[0]).result, Bytes(4000, 'x'));
  const auto small = reply(request(), Bytes(400, 'x'));
  EXPECT_FALSE(read_answer(small.at(0)).packed);
  const auto noise = reply(request(), random.bytes(4000));
  EXPECT_FALSE(read_answer(noise.at(0)).packed);
}

TEST_F(SessionsTest, RequestsMayComePacked) {
  open();
  const auto body = rpc(0x77, 400);
  const auto packed = WireWriter().u32(id::gzip_packed).bytes(*tl::gzip_if_smaller(body)).take();
  request(packed);
  send(client.container({client.message(packed)}));
  ASSERT_EQ(events<RequestReceived>().size(), 2u);
  EXPECT_EQ(events<RequestReceived>()[0].body, body);
  EXPECT_EQ(events<RequestReceived>()[1].body, body);
}

TEST_F(SessionsTest, PackedBombsAreAnsweredWithAnError) {
  open();
  const auto bomb = WireWriter().u32(id::gzip_packed).bytes(*tl::gzip_if_smaller(Bytes(8 << 20, 0))).take();
  std::vector<Sent> many;
  for (int i = 0; i < 50; ++i) many.push_back(client.message(bomb));
  const auto got = only(send(client.container(many)), id::rpc_result);
  EXPECT_TRUE(events<RequestReceived>().empty());
  ASSERT_EQ(got.size(), 50u);
  const auto result = read_answer(got[0]).result;
  EXPECT_EQ(load_le<std::uint32_t>(result.data()), id::rpc_error);
}

TEST_F(SessionsTest, SlowRequestsAreAcknowledged) {
  open();
  const auto sent = request();
  clock.advance(limits.ack_delay);
  EXPECT_LE(sessions.next_deadline(), clock.monotonic());
  const auto got = flush();
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].constructor(), id::msgs_ack);
  EXPECT_EQ(got[0].fields().longs(10), std::vector{sent.msg_id});
  clock.advance(limits.ack_delay);
  const auto later = request();
  clock.advance(limits.ack_delay);
  const auto next = flush();
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(next[0].fields().longs(10), std::vector{later.msg_id}) << "once is enough";
}

TEST_F(SessionsTest, FutureSalts) {
  open();
  const auto sent = client.message(WireWriter().u32(id::get_future_salts).i32(3).take());
  const auto got = send(sent);
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].constructor(), id::future_salts);
  auto fields = got[0].fields();
  EXPECT_EQ(fields.i64(), sent.msg_id);
  EXPECT_EQ(fields.i32(), clock.unix_seconds());
  EXPECT_EQ(fields.i32(), 3);
  EXPECT_LE(fields.i32(), clock.unix_seconds());
  fields.i32();
  EXPECT_EQ(fields.i64(), client.salt);
}

TEST_F(SessionsTest, FutureSaltsAreComputedOncePerPacket) {
  open();
  std::vector<Sent> many;
  for (int i = 0; i < 10; ++i) {
    many.push_back(client.message(WireWriter().u32(id::get_future_salts).i32(64).take()));
  }
  EXPECT_EQ(send(client.container(many)).size(), 1u);
}

TEST_F(SessionsTest, AnEarlierRequestThatComesLateIsNamedToo) {
  const auto early = client.message(rpc());
  open();
  const auto created = only(send(early), id::new_session_created);
  ASSERT_EQ(created.size(), 1u);
  EXPECT_EQ(created[0].fields().i64(), early.msg_id);
}

TEST_F(SessionsTest, ARunningRequestIsKnownHoweverOld) {
  open();
  const auto slow = request();
  for (std::size_t i = 0; i < limits.seen_max * 2; ++i) {
    reply(request(), rpc());
    send(client.acks({last_packet}));
  }
  const auto got = send(client.container({slow}));
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].constructor(), id::msgs_ack);
  EXPECT_EQ(read_answer(reply(slow, rpc(3)).at(0)).result, rpc(3));
}

TEST_F(SessionsTest, StatesOfTheClientsMessages) {
  open();
  const auto running = request();
  const auto answered = request();
  reply(answered, rpc(1));
  const auto missing = client.next_msg_id();
  const auto newest = request();
  const auto too_high = newest.msg_id + 400;
  const auto sent = client.message(WireWriter()
                                       .u32(id::msgs_state_req)
                                       .longs({running.msg_id, answered.msg_id, missing, too_high, 4, 3})
                                       .take());
  const auto got = only(send(sent), id::msgs_state_info);
  ASSERT_EQ(got.size(), 1u);
  auto fields = got[0].fields();
  EXPECT_EQ(fields.i64(), sent.msg_id);
  EXPECT_EQ(to_bytes(fields.bytes()), (Bytes{4 + 32, 4 + 32 + 64, 2, 3, 2, 1}));
}

TEST_F(SessionsTest, ResendRequestForAnUnknownMessageIsAnsweredWithStates) {
  open();
  const auto got = send(client.message(WireWriter().u32(id::msg_resend_req).longs({1, 5}).take()));
  ASSERT_EQ(got.size(), 1u);
  auto fields = got[0].fields();
  fields.i64();
  EXPECT_EQ(to_bytes(fields.bytes()), (Bytes{1, 1}));
}

TEST_F(SessionsTest, AnswersCanBeAskedForAgain) {
  open();
  const auto sent = request();
  reply(sent, rpc(9));
  const auto got = send(client.message(WireWriter().u32(id::msg_resend_ans_req).longs({sent.msg_id}).take()));
  ASSERT_EQ(only(got, id::rpc_result).size(), 1u);
  EXPECT_EQ(only(got, id::msgs_state_info).size(), 1u);
}

TEST_F(SessionsTest, AllInfoAcknowledgesAndAsksAgain) {
  open();
  const auto one = reply(request(), rpc(1)).at(0);
  const auto two = reply(request(), rpc(2)).at(0);
  const Bytes states{4, 2};
  const auto got = send(client.message(
      WireWriter().u32(id::msgs_all_info).longs({one.msg_id, two.msg_id}).bytes(states).take(), false));
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].msg_id, two.msg_id);
}

TEST_F(SessionsTest, DropAnswerWhileRunning) {
  open();
  const auto sent = request();
  const auto drop = client.message(WireWriter().u32(id::rpc_drop_answer).i64(sent.msg_id).take());
  const auto got = only(send(drop), id::rpc_result);
  ASSERT_EQ(got.size(), 2u) << "both the request and the drop are answered";
  EXPECT_EQ(read_answer(got[0]).request_msg_id, sent.msg_id);
  EXPECT_EQ(read_answer(got[1]).request_msg_id, drop.msg_id);
  EXPECT_EQ(load_le<std::uint32_t>(read_answer(got[1]).result.data()), id::rpc_answer_dropped_running);
  ASSERT_EQ(events<RequestDropped>().size(), 1u);
  EXPECT_TRUE(reply(sent, rpc(1)).empty()) << "too late";
}

TEST_F(SessionsTest, DropAnswerThatIsKept) {
  open();
  const auto sent = request();
  const auto answer = reply(sent, rpc(1)).at(0);
  const auto got = send(client.message(WireWriter().u32(id::rpc_drop_answer).i64(sent.msg_id).take()));
  ASSERT_EQ(got.size(), 1u);
  const auto result = read_answer(got[0]).result;
  WireReader fields(result);
  EXPECT_EQ(fields.u32(), id::rpc_answer_dropped);
  EXPECT_EQ(fields.i64(), answer.msg_id);
  EXPECT_EQ(fields.i32(), answer.seqno);
  EXPECT_EQ(fields.u32(), answer.body.size());
  for (const auto& each : only(send(client.ping(), second_connection), id::rpc_result)) {
    EXPECT_NE(each.msg_id, answer.msg_id) << "forgotten";
  }
}

TEST_F(SessionsTest, OfADroppedAnswerNothingIsKept) {
  open();
  const auto unknown = [&](const Sent& request) {
    const auto drop = client.message(WireWriter().u32(id::rpc_drop_answer).i64(request.msg_id).take());
    const auto got = only(send(drop, second_connection), id::rpc_result);
    EXPECT_EQ(got.size(), 1u);
    const auto& last = got.back();
    send(client.acks({last.msg_id}), second_connection);
    return load_le<std::uint32_t>(read_answer(last).result.data()) == id::rpc_answer_unknown;
  };
  const auto running = request();
  const auto drop = client.message(WireWriter().u32(id::rpc_drop_answer).i64(running.msg_id).take());
  const auto got = only(send(drop), id::rpc_result);
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(load_le<std::uint32_t>(read_answer(got[0]).result.data()), id::rpc_answer_dropped_running)
      << "the request itself is answered so, too";
  send(client.acks({got[0].msg_id, got[1].msg_id}));
  EXPECT_TRUE(reply(running, rpc(1)).empty());
  EXPECT_TRUE(only(send(client.ping(), second_connection), id::rpc_result).empty()) << "not sent again";
  const auto asked = WireWriter().u32(id::msg_resend_ans_req).longs({running.msg_id}).take();
  EXPECT_TRUE(only(send(client.message(asked), second_connection), id::rpc_result).empty());
  EXPECT_TRUE(unknown(running));

  const auto answered = request();
  const auto answer = reply(answered, rpc(1)).at(0);
  send(client.acks({answer.msg_id}), second_connection);
  EXPECT_TRUE(unknown(answered)) << "it has been answered, and the client has it";
}

TEST_F(SessionsTest, DropAnswerThatIsNotKnown) {
  open();
  const auto got = send(client.message(WireWriter().u32(id::rpc_drop_answer).i64(400).take()));
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(load_le<std::uint32_t>(read_answer(got[0]).result.data()), id::rpc_answer_unknown);
}

TEST_F(SessionsTest, PingDelayDisconnect) {
  open();
  const auto ping = [&](std::int32_t delay) {
    send(client.message(WireWriter().u32(id::ping_delay_disconnect).i64(1).i32(delay).take(), false));
  };
  ping(75);
  clock.advance(std::chrono::seconds(60));
  ping(75);
  clock.advance(std::chrono::seconds(60));
  flush();
  EXPECT_TRUE(out.disconnects.empty()) << "the second ping moved the time";
  clock.advance(std::chrono::seconds(15));
  EXPECT_LE(sessions.next_deadline(), clock.monotonic());
  flush();
  EXPECT_EQ(out.disconnects, std::vector{first_connection});
}

TEST_F(SessionsTest, DestroySession) {
  open();
  SessionClient other(clock, 1234, client.salt);
  send(other, other.ping());
  const auto destroy = [&](std::int64_t target) {
    return send(client.message(WireWriter().u32(id::destroy_session).i64(target).take()));
  };
  EXPECT_EQ(destroy(1234).at(0).constructor(), id::destroy_session_ok);
  EXPECT_EQ(destroy(1234).at(0).constructor(), id::destroy_session_none);
  EXPECT_EQ(destroy(client.session_id).at(0).constructor(), id::destroy_session_none);
  ASSERT_EQ(events<SessionClosed>().size(), 1u);
  EXPECT_EQ(events<SessionClosed>()[0].session, SessionId(1234));
}

TEST_F(SessionsTest, DestroyAuthKeyIsForTheCallerToDo) {
  open();
  const auto sent = client.message(WireWriter().u32(id::destroy_auth_key).take());
  EXPECT_TRUE(send(sent).empty());
  ASSERT_EQ(events<KeyDestroyAsked>().size(), 1u);
  sessions.answer_destroy_key(session(), sent.msg_id, KeyDestroyed::ok);
  EXPECT_EQ(flush().at(0).constructor(), id::destroy_auth_key_ok);
}

TEST_F(SessionsTest, AnswersOfAServerAndHttpWaitAreIgnored) {
  open();
  for (const auto constructor : {id::pong, id::msgs_state_info, id::http_wait, id::rpc_result}) {
    EXPECT_TRUE(send(client.message(WireWriter().u32(constructor).i64(0).i64(0).take())).empty());
  }
  EXPECT_TRUE(events<RequestReceived>().empty());
}

TEST_F(SessionsTest, MalformedServiceMessagesEndTheConnection) {
  open();
  for (const auto constructor :
       {id::ping, id::ping_delay_disconnect, id::msgs_ack, id::msgs_state_req, id::msg_resend_req,
        id::msgs_all_info, id::destroy_session, id::rpc_drop_answer, id::get_future_salts}) {
    const auto sent = client.message(WireWriter().u32(constructor).take());
    const auto status = sessions.receive(first_connection, client.envelope(sent), out);
    ASSERT_FALSE(status) << std::hex << constructor;
    EXPECT_EQ(status.error().code, "MTPROTO_MESSAGE_INVALID");
  }
  const auto empty = client.message({});
  EXPECT_FALSE(sessions.receive(first_connection, client.envelope(empty), out));
}

TEST_F(SessionsTest, ListsOfIdsAreBounded) {
  open();
  const auto sent = client.acks(std::vector<std::int64_t>(8193));
  EXPECT_FALSE(sessions.receive(first_connection, client.envelope(sent), out));
}

}  // namespace
}  // namespace heliograph::mtproto
