#include "services/chats/history.h"

#include "services/chats/pin.h"
#include "services/testing/chat.h"

namespace heliograph::services {
namespace {

using testing::World;

// Ten messages to Bob, "0" to "9", an hour apart, each second one answered in another dialog so that ids have
// gaps.
class HistoryTest : public testing::ChatTest {
 protected:
  HistoryTest() {
    for (int i = 0; i < 10; ++i) {
      sent.push_back(send(ada, bob.user, std::to_string(i)).message);
      if (i % 2 == 0) send(ada, ada.user, "in between");
      world.clock.advance(std::chrono::hours(1));
    }
  }
  std::string page(store::HistoryRange range) {
    const auto found = World::must(world.run(history_of(range)));
    EXPECT_EQ(found.total, 10);
    std::string out;
    for (const auto& one : found.messages) out += one.text;
    return out;
  }
  Task<Result<PlacePage>> history_of(store::HistoryRange range) {
    return services::history(world.environment, ada.user, Peer::of(bob.user), range);
  }
  std::string search(Search what, store::HistoryRange range = {}) {
    const auto found = World::must(world.run(search_messages(world.environment, ada.user, what, range)));
    std::string out;
    for (const auto& one : found.messages) out += one.text + ";";
    return out;
  }
  Search in_dialog(std::string text) {
    Search what;
    what.peer = Peer::of(bob.user);
    what.text = std::move(text);
    return what;
  }
  std::vector<store::Message> sent;
};

TEST_F(HistoryTest, OffsetsAsDocumented) {
  const auto id = [&](int i) { return sent[static_cast<std::size_t>(i)].id; };
  EXPECT_EQ(page({.limit = 3}), "987");
  EXPECT_EQ(page({.offset_id = id(7), .limit = 3}), "654");                     // older than
  EXPECT_EQ(page({.offset_id = id(7), .add_offset = -1, .limit = 3}), "765");   // with it
  EXPECT_EQ(page({.offset_id = id(7), .add_offset = -3, .limit = 3}), "987");   // newer than
  EXPECT_EQ(page({.offset_id = id(5), .add_offset = -2, .limit = 4}), "6543");  // around
  EXPECT_EQ(page({.offset_id = id(7), .add_offset = 2, .limit = 3}), "432");    // further back
  EXPECT_EQ(page({.offset_date = sent[4].date, .limit = 3}), "321");
  EXPECT_EQ(page({.limit = 100, .max_id = id(3)}), "210");
  EXPECT_EQ(page({.limit = 100, .min_id = id(7)}), "98");
  EXPECT_EQ(page({.limit = 0}), "");
}

TEST_F(HistoryTest, NoPageIsLongerThanAHundred) {
  world.write([this](store::Tx& tx) -> Status {
    for (int i = 0; i < 150; ++i) {
      Outgoing one;
      one.from = ada.user;
      one.to = Peer::of(bob.user);
      one.text = "x";
      HG_TRY(append_message(tx, ada, one));
    }
    return {};
  });
  EXPECT_EQ(World::must(world.run(history_of({.limit = 1'000'000}))).messages.size(), 100U);
  EXPECT_TRUE(world.run(history_of({.add_offset = INT32_MIN, .limit = INT32_MIN})));
  EXPECT_TRUE(
      world.run(history_of({.offset_id = MessageId{INT32_MAX}, .add_offset = INT32_MAX, .limit = 10})));
}

TEST_F(HistoryTest, ById) {
  const auto found = World::must(
      world.run(messages_by_id(world.environment, ada.user, {sent[3].id, MessageId{9999}, sent[1].id})));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0]->text, "3");
  EXPECT_FALSE(found[1]);
  EXPECT_EQ(found[2]->text, "1");
  EXPECT_EQ(code_of(world.run(messages_by_id(world.environment, ada.user, std::vector(101, sent[0].id)))),
            "MESSAGE_ID_INVALID");
}

TEST_F(HistoryTest, TheMessageThatAnotherAnswers) {
  auto request = message(bob.user, "re");
  request.reply = ReplyTo{.id = sent[4].id};
  const auto reply = try_send(ada, request).value();
  EXPECT_EQ(World::must(world.run(answered_by(world.environment, ada.user, reply.message.id)))->text, "4");
  EXPECT_FALSE(World::must(world.run(answered_by(world.environment, ada.user, sent[0].id))));
}

TEST_F(HistoryTest, SearchFindsBeginningsOfWords) {
  send(bob, ada.user, "Straßenbahn fährt");
  send(ada, bob.user, "die STRASSE entlang");
  EXPECT_EQ(search(in_dialog("strasse")), "die STRASSE entlang;Straßenbahn fährt;");
  EXPECT_EQ(search(in_dialog("bahn")), "");
  auto by_bob = in_dialog("strasse");
  by_bob.from = bob.user;
  EXPECT_EQ(search(by_bob), "Straßenbahn fährt;");
  auto everywhere = in_dialog("between");
  EXPECT_EQ(search(everywhere), "");
  everywhere.peer.reset();
  EXPECT_EQ(search(everywhere, {.limit = 2}), "in between;in between;");
  Search nothing;
  EXPECT_EQ(code_of(world.run(search_messages(world.environment, ada.user, nothing, {}))),
            "SEARCH_QUERY_EMPTY");
}

TEST_F(HistoryTest, SearchByDateAndKind) {
  auto dated = in_dialog("");
  dated.min_date = sent[2].date;
  dated.max_date = sent[4].date;
  EXPECT_EQ(search(dated), "4;3;2;");
  send(bob, ada.user, "see https://example.org");
  auto links = in_dialog("");
  links.filter = Search::Filter::links;
  EXPECT_EQ(search(links), "see https://example.org;");
  PinMessage pin;
  pin.peer = Peer::of(bob.user);
  pin.id = sent[5].id;
  ASSERT_TRUE(world.run(pin_message(world.environment, ada, pin)));
  auto pinned = in_dialog("");
  pinned.filter = Search::Filter::pinned;
  EXPECT_EQ(search(pinned), "5;");
  auto photos = in_dialog("");
  photos.filter = Search::Filter::none;
  EXPECT_EQ(search(photos), "");
  const auto counts =
      world.run(search_counts(world.environment, ada.user, Peer::of(bob.user),
                              {Search::Filter::pinned, Search::Filter::links, Search::Filter::none}));
  EXPECT_EQ(counts.value(), (std::vector<std::int64_t>{1, 1, 0}));
}

TEST_F(HistoryTest, NobodyReadsAnothersBox) {
  const auto found = World::must(world.run(messages_by_id(world.environment, bob.user, {sent[3].id})));
  EXPECT_TRUE(!found[0] || found[0]->owner == bob.user);
  const auto cem = world.sign_up("Cem");
  EXPECT_TRUE(history(cem, bob.user).empty());
}

}  // namespace
}  // namespace heliograph::services
