// bad_msg_notification and bad_server_salt: each code, and that nothing refused is executed.
#include "mtproto/testing/session_fixture.h"

namespace heliograph::mtproto {
namespace {

class RefusalTest : public SessionFixture {
 protected:
  // The code that `sent` is refused with; 0 for none.
  int refusal(const Sent& sent, std::int64_t bad_msg_id = 0) {
    const auto requests = events<RequestReceived>().size();
    const auto got = send(sent);
    for (const auto& each : got) {
      if (each.constructor() != id::bad_msg_notification && each.constructor() != id::bad_server_salt)
        continue;
      EXPECT_EQ(each.seqno & 1, 0) << "needs no acknowledgement";
      EXPECT_EQ(events<RequestReceived>().size(), requests);
      auto fields = each.fields();
      EXPECT_EQ(fields.i64(), bad_msg_id != 0 ? bad_msg_id : sent.msg_id);
      fields.i32();
      return fields.i32();
    }
    return 0;
  }
};

TEST_F(RefusalTest, Code16And17TellTheClientTheTime) {
  open();
  auto sent = client.message(rpc());
  sent.msg_id = msg_id_at(clock.wall() - std::chrono::seconds(301));
  EXPECT_EQ(refusal(sent), 16);
  sent.msg_id = msg_id_at(clock.wall() + std::chrono::seconds(31));
  EXPECT_EQ(refusal(sent), 17);
  const auto got = send(sent);
  EXPECT_EQ(msg_id_seconds(got.at(0).msg_id), clock.unix_seconds()) << "clients set their clock by this id";
  sent.msg_id = msg_id_at(clock.wall() - std::chrono::seconds(300));
  sent.seqno = 1;
  EXPECT_EQ(refusal(sent), 0) << "the edge is allowed";
}

TEST_F(RefusalTest, Code18) {
  open();
  auto sent = client.message(rpc());
  sent.msg_id |= 1;
  EXPECT_EQ(refusal(sent), 18);
  auto inner = client.message(rpc());
  inner.msg_id |= 2;
  EXPECT_EQ(refusal(client.container({inner}), inner.msg_id), 18);
}

TEST_F(RefusalTest, Code19) {
  open();
  const auto sent = client.container({client.message(rpc())});
  EXPECT_EQ(refusal(sent), 0);
  EXPECT_EQ(refusal(sent), 19);
}

TEST_F(RefusalTest, Code20ForWhatIsForgotten) {
  open();
  std::vector<Sent> all;
  for (int i = 0; i < 600; ++i) {
    all.push_back(request());
    reply(all.back(), rpc());
    send(client.acks({last_packet}));
  }
  EXPECT_EQ(refusal(all[0]), 20);
  EXPECT_EQ(refusal(all[599]), 0) << "remembered: acknowledged, not refused";
  EXPECT_EQ(events<RequestReceived>().size(), 600u);
}

TEST_F(RefusalTest, Code32And33) {
  open();
  request();
  auto low = client.message(rpc());
  low.seqno = 1;
  EXPECT_EQ(refusal(low), 32);
  auto early = client.message(rpc());
  request();
  early.seqno += 40;
  EXPECT_EQ(refusal(early), 33);
  early.seqno -= 40;
  EXPECT_EQ(refusal(early), 0) << "late, but in order";
}

TEST_F(RefusalTest, Code34And35) {
  open();
  auto container = client.container({client.message(rpc())});
  container.seqno |= 1;
  EXPECT_EQ(refusal(container), 34);
  auto even = client.message(rpc());
  even.seqno &= ~1;
  EXPECT_EQ(refusal(even), 35);
}

TEST_F(RefusalTest, AcksWithAnOddSequenceNumberAreAccepted) {
  // mtcute numbers its acknowledgements, pings and queries like requests.
  open();
  const auto answer = reply(request(), rpc()).at(0);
  auto acks = client.message(WireWriter().u32(id::msgs_ack).longs({answer.msg_id}).take(), true);
  EXPECT_EQ(refusal(acks), 0);
  sessions.connection_closed(first_connection);
  EXPECT_TRUE(only(send(client.ping(), second_connection), id::rpc_result).empty()) << "it was acknowledged";
}

TEST_F(RefusalTest, Code48NamesTheRightSaltAndOpensNoSession) {
  const auto salt = client.salt;
  client.salt = 5;
  const auto sent = client.message(rpc());
  const auto got = send(sent);
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].constructor(), id::bad_server_salt);
  auto fields = got[0].fields();
  EXPECT_EQ(fields.i64(), sent.msg_id);
  EXPECT_EQ(fields.i32(), sent.seqno);
  EXPECT_EQ(fields.i32(), 48);
  EXPECT_EQ(fields.i64(), salt);
  EXPECT_TRUE(sessions.empty());
  client.salt = salt;
  send(sent);
  EXPECT_EQ(events<RequestReceived>().size(), 1u) << "the same message may be sent again";
}

TEST_F(RefusalTest, SaltsRotateWithoutARoundTrip) {
  open();
  for (int window = 0; window < 4; ++window) {
    clock.advance(std::chrono::seconds(salt_window_s));
    const auto ping = client.ping();
    const bool refused = refusal(ping) == 48;
    EXPECT_EQ(refused, window % 2 == 1) << "the previous window's salt is accepted, the one before is not";
    if (refused) client.salt = salts_source.salt(key, clock.unix_seconds() / salt_window_s);
  }
}

TEST_F(RefusalTest, Code64) {
  open();
  EXPECT_EQ(refusal(client.container({client.container({client.message(rpc())})})), 64) << "nested";
  auto later = client.message(rpc());
  auto container = client.container({later});
  later.msg_id = container.msg_id;
  container.body = client.container({later}).body;
  EXPECT_EQ(refusal(container), 64) << "an inner id that is not below the container's";
  std::vector<Sent> many;
  for (int i = 0; i < 1025; ++i) many.push_back(client.ping());
  EXPECT_EQ(refusal(client.container(many)), 64) << "too many";
  auto cut = client.container({client.message(rpc(1, 8))});
  for (std::size_t size = 4; size < cut.body.size(); size += 4) {
    auto part = cut;
    part.body.resize(size);
    EXPECT_EQ(refusal(part), 64) << "cut to " << size;
  }
  auto longer = cut;
  longer.body.resize(cut.body.size() + 4);
  EXPECT_EQ(refusal(longer), 64) << "bytes left over";
  EXPECT_EQ(refusal(cut), 0) << "refused as a whole, so it may be sent again";
  EXPECT_EQ(refusal(client.container({})), 0) << "an empty one is allowed";
}

TEST_F(RefusalTest, OldMessagesMayComeInANewContainer) {
  open();
  const auto old = client.message(rpc());
  clock.advance(std::chrono::seconds(400));
  EXPECT_EQ(refusal(old), 16);
  EXPECT_EQ(refusal(client.container({old})), 0);
  EXPECT_EQ(events<RequestReceived>().size(), 1u);
}

}  // namespace
}  // namespace heliograph::mtproto
