#include "services/chats/send.h"

#include "services/people/blocking.h"
#include "services/testing/chat.h"

namespace heliograph::services {
namespace {

using store::UpdateKind;

class SendTest : public testing::ChatTest {};

TEST_F(SendTest, BothSidesHaveTheMessageUnderTheirOwnNumbers) {
  const auto sent = send(ada, bob.user, "Hello");
  EXPECT_EQ(sent.message.flags & store::message_out, static_cast<std::uint32_t>(store::message_out));
  EXPECT_EQ(sent.message.peer, Peer::of(bob.user));
  const auto copy = copy_of(sent.message, bob);
  EXPECT_EQ(copy.text, "Hello");
  EXPECT_EQ(copy.peer, Peer::of(ada.user));
  EXPECT_EQ(copy.from, ada.user);
  EXPECT_EQ(copy.flags & store::message_out, 0U);
  EXPECT_EQ(dialog(bob, ada.user)->unread_count, 1);
  EXPECT_EQ(dialog(bob, ada.user)->top_message, copy.id);
  EXPECT_EQ(dialog(ada, bob.user)->unread_count, 0);
  EXPECT_EQ(dialog(ada, bob.user)->top_message, sent.message.id);
}

TEST_F(SendTest, BothLogsSaySoAndLiveSessionsHear) {
  const auto at_ada = world.listen(ada.user);
  const auto at_bob = world.listen(bob.user);
  const auto before = state(bob).pts;
  const auto sent = send(ada, bob.user, "Hello");
  EXPECT_EQ(sent.update.pts, state(ada).pts);
  EXPECT_EQ(sent.update.pts_count, 1);
  EXPECT_EQ(log_after(bob, before), std::vector{UpdateKind::new_message});
  world.executor.run();
  ASSERT_EQ(at_bob->heard.size(), 1U);
  EXPECT_EQ(at_bob->heard[0]->message->text, "Hello");
  ASSERT_EQ(at_ada->heard.size(), 1U);  // for her other devices; the origin tells which one to spare
  EXPECT_EQ(at_ada->heard[0]->origin_session, ada.session);
}

TEST_F(SendTest, SavedMessagesAreOneCopyAndNeverUnread) {
  const auto sent = send(ada, ada.user, "Note to self");
  EXPECT_EQ(sent.message.peer, Peer::of(ada.user));
  EXPECT_EQ(history(ada, ada.user).size(), 1U);
  EXPECT_EQ(dialog(ada, ada.user)->unread_count, 0);
}

TEST_F(SendTest, TheSameRandomIdSendsOnce) {
  auto request = message(bob.user, "Once");
  const auto first = try_send(ada, request).value();
  const auto again = try_send(ada, request).value();
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.message.id, first.message.id);
  EXPECT_EQ(again.update.pts_count, 0);
  EXPECT_EQ(texts(bob, ada.user).size(), 1U);
}

TEST_F(SendTest, TheSameRandomIdAtTheSameTimeSendsOnce) {
  const auto request = message(bob.user, "Once");
  std::vector<Task<Result<Sent>>> tasks;
  for (int i = 0; i < 20; ++i) tasks.push_back(send_message(world.environment, ada, request));
  const auto results = world.run_all(std::move(tasks));
  std::size_t duplicates = 0;
  for (const auto& result : results) {
    ASSERT_TRUE(result);
    EXPECT_EQ(result->message.id, results[0]->message.id);
    duplicates += result->duplicate;
  }
  EXPECT_EQ(duplicates, 19U);
  EXPECT_EQ(texts(bob, ada.user), std::vector<std::string>{"Once"});
}

TEST_F(SendTest, RepeatingIsAnsweredEvenWhenItWouldNotBeAllowedAnyMore) {
  const auto request = message(bob.user, "Before the block");
  const auto first = try_send(ada, request).value();
  ASSERT_TRUE(world.run(world.services.blocking.block(bob, ada.user)));
  EXPECT_EQ(try_send(ada, request)->message.id, first.message.id);
}

TEST_F(SendTest, WhoIsBlockedDoesNotWriteAndLeavesNoTrace) {
  ASSERT_TRUE(world.run(world.services.blocking.block(bob, ada.user)));
  const auto before = state(ada).pts;
  EXPECT_EQ(code_of(try_send(ada, message(bob.user, "Hello?"))), "USER_IS_BLOCKED");
  EXPECT_EQ(code_of(try_send(bob, message(ada.user, "Hello?"))), "YOU_BLOCKED_USER");
  EXPECT_EQ(state(ada).pts, before);
  EXPECT_TRUE(history(ada, bob.user).empty());
  EXPECT_FALSE(dialog(ada, bob.user));
}

TEST_F(SendTest, RefusesWhatCannotBe) {
  EXPECT_EQ(code_of(try_send(ada, message(bob.user, " "))), "MESSAGE_EMPTY");
  EXPECT_EQ(code_of(try_send(ada, message(bob.user, std::string(5000, 'x')))), "MESSAGE_TOO_LONG");
  EXPECT_EQ(code_of(try_send(ada, message(UserId{424242}, "Nobody"))), "PEER_ID_INVALID");
  EXPECT_EQ(code_of(try_send(ada, message(service_user, "Hello"))), "CHAT_WRITE_FORBIDDEN");
  auto no_random_id = message(bob.user, "Hello");
  no_random_id.random_id = 0;
  EXPECT_EQ(code_of(try_send(ada, no_random_id)), "RANDOM_ID_EMPTY");
}

TEST_F(SendTest, ADeletedAccountTakesNoMessages) {
  world.write([this](store::Tx& tx) -> Status {
    HG_ASSIGN(auto account, tx.accounts().find(bob.user));
    account->state = store::AccountState::deleted;
    return tx.accounts().update(*account);
  });
  EXPECT_EQ(code_of(try_send(ada, message(bob.user, "Hello"))), "INPUT_USER_DEACTIVATED");
}

TEST_F(SendTest, FlagsReachBothCopies) {
  auto request = message(bob.user, "see example.org");
  request.silent = true;
  request.no_forwards = true;
  const auto sent = try_send(ada, request).value();
  constexpr auto expected = store::message_silent | store::message_no_forwards | store::message_has_link;
  EXPECT_EQ(sent.message.flags, expected | store::message_out);
  EXPECT_EQ(copy_of(sent.message, bob).flags, static_cast<std::uint32_t>(expected));
}

TEST_F(SendTest, AReplyNamesTheMessageAsEachSideNumbersIt) {
  send(bob, bob.user, "so that the numbers differ");
  const auto asked = send(bob, ada.user, "How are you?");
  const auto at_ada = copy_of(asked.message, ada);
  ASSERT_NE(at_ada.id, asked.message.id);
  auto request = message(bob.user, "Fine");
  request.reply = ReplyTo{.id = at_ada.id};
  const auto sent = try_send(ada, request).value();
  EXPECT_EQ(content_of(sent.message).reply->id, at_ada.id);
  EXPECT_EQ(content_of(copy_of(sent.message, bob)).reply->id, asked.message.id);
}

TEST_F(SendTest, AQuotationMustBeInTheMessage) {
  const auto asked = send(bob, ada.user, "one two one two");
  auto request = message(bob.user, "that");
  request.reply = ReplyTo{.id = copy_of(asked.message, ada).id, .quote_text = "two", .quote_offset = 11};
  const auto reply = content_of(try_send(ada, request)->message).reply;
  EXPECT_TRUE(reply->quote);
  EXPECT_EQ(reply->quote_offset, 12);  // the place nearest to the one named
  request = message(bob.user, "that");
  request.reply = ReplyTo{.id = copy_of(asked.message, ada).id, .quote_text = "three"};
  EXPECT_EQ(code_of(try_send(ada, request)), "QUOTE_TEXT_INVALID");
}

TEST_F(SendTest, AReplyToNothingIsRefused) {
  auto request = message(bob.user, "What?");
  request.reply = ReplyTo{.id = MessageId{777}};
  EXPECT_EQ(code_of(try_send(ada, request)), "REPLY_MESSAGE_ID_INVALID");
  // In another dialog it has to be named.
  const auto note = send(ada, ada.user, "note");
  request = message(bob.user, "What?");
  request.reply = ReplyTo{.id = note.message.id};
  EXPECT_EQ(code_of(try_send(ada, request)), "REPLY_MESSAGE_ID_INVALID");
}

TEST_F(SendTest, AReplyToAnotherDialogSaysWhereItIsFrom) {
  const auto note = send(ada, ada.user, "my own words");
  auto request = message(bob.user, "as I wrote");
  request.reply = ReplyTo{.id = note.message.id, .peer = Peer::of(ada.user), .quote_text = "own"};
  const auto sent = try_send(ada, request).value();
  EXPECT_EQ(content_of(sent.message).reply->id, note.message.id);
  const auto theirs = content_of(copy_of(sent.message, bob)).reply;
  EXPECT_FALSE(theirs->id);
  EXPECT_EQ(theirs->origin->from, ada.user);
  EXPECT_EQ(theirs->quote_text, "own");
}

TEST_F(SendTest, MarksAreKept) {
  auto request = message(bob.user, "bold");
  Entity bold;
  bold.kind = EntityKind::bold;
  bold.length = 4;
  request.entities.push_back(bold);
  const auto sent = try_send(ada, request).value();
  EXPECT_EQ(content_of(copy_of(sent.message, bob)).entities, std::vector{bold});
}

TEST_F(SendTest, NoticesComeFromTheServiceAccountToOneBoxAlone) {
  const auto notice =
      world.write([this](store::Tx& tx) { return send_notice(tx, 1'700'000'000, ada.user, "Your code"); });
  ASSERT_TRUE(notice);
  EXPECT_EQ(history(ada, service_user).front().text, "Your code");
  EXPECT_EQ(dialog(ada, service_user)->unread_count, 1);
}

}  // namespace
}  // namespace heliograph::services
