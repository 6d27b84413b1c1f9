#include "services/chats/edit.h"

#include "services/chats/forward.h"
#include "services/people/blocking.h"
#include "services/testing/chat.h"

namespace heliograph::services {
namespace {

class EditTest : public testing::ChatTest {
 protected:
  Result<Edited> edit(const Caller& who, Peer peer, MessageId id, std::string text) {
    EditMessage request;
    request.peer = peer;
    request.id = id;
    request.text = std::move(text);
    return world.run(edit_message(world.environment, who, std::move(request)));
  }
};

TEST_F(EditTest, ChangesBothCopiesAndTellsBothLogs) {
  const auto sent = send(ada, bob.user, "Helo");
  const auto at_bob = copy_of(sent.message, bob);
  const auto before = state(bob).pts;
  world.clock.advance(std::chrono::seconds(5));
  const auto edited = edit(ada, Peer::of(bob.user), sent.message.id, "Hello example.org");
  ASSERT_TRUE(edited);
  EXPECT_EQ(edited->update.pts_count, 1);
  const auto theirs = find(bob, at_bob.id);
  EXPECT_EQ(theirs->text, "Hello example.org");
  EXPECT_EQ(theirs->edited_at, world.clock.unix_seconds());
  EXPECT_TRUE(theirs->flags & store::message_has_link);
  EXPECT_EQ(content_of(*theirs).entities.size(), 1U);
  EXPECT_EQ(log_after(bob, before), std::vector{store::UpdateKind::edit_message});
}

TEST_F(EditTest, KeepsTheReplyOfEachSide) {
  const auto asked = send(bob, ada.user, "?");
  auto request = message(bob.user, "Yes");
  request.reply = ReplyTo{.id = copy_of(asked.message, ada).id};
  const auto sent = try_send(ada, request).value();
  ASSERT_TRUE(edit(ada, Peer::of(bob.user), sent.message.id, "No"));
  EXPECT_EQ(content_of(copy_of(sent.message, bob)).reply->id, asked.message.id);
  EXPECT_EQ(content_of(*find(ada, sent.message.id)).reply->id, copy_of(asked.message, ada).id);
}

TEST_F(EditTest, OnlyTheAuthorMay) {
  const auto sent = send(ada, bob.user, "Hello");
  EXPECT_EQ(code_of(edit(bob, Peer::of(ada.user), copy_of(sent.message, bob).id, "Bye")),
            "MESSAGE_AUTHOR_REQUIRED");
}

TEST_F(EditTest, ForwardedWordsStayAsTheyAre) {
  const auto sent = send(bob, ada.user, "Bob's words");
  ForwardMessages request;
  request.from = Peer::of(bob.user);
  request.to = Peer::of(bob.user);
  request.ids = {copy_of(sent.message, ada).id};
  request.random_ids = {++last_random_id};
  const auto forwarded = world.run(forward_messages(world.environment, ada, request)).value();
  EXPECT_EQ(code_of(edit(ada, Peer::of(bob.user), forwarded[0].appended.message.id, "Ada's")),
            "MESSAGE_AUTHOR_REQUIRED");
}

TEST_F(EditTest, TwoDaysAtMostExceptSavedMessages) {
  const auto sent = send(ada, bob.user, "Hello");
  const auto note = send(ada, ada.user, "Note");
  world.clock.advance(std::chrono::seconds(edit_time_limit));
  EXPECT_TRUE(edit(ada, Peer::of(bob.user), sent.message.id, "Hello, just in time"));
  world.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(code_of(edit(ada, Peer::of(bob.user), sent.message.id, "Too late")), "MESSAGE_EDIT_TIME_EXPIRED");
  EXPECT_TRUE(edit(ada, Peer::of(ada.user), note.message.id, "Note, years later"));
}

TEST_F(EditTest, RefusesWhatChangesNothingOrDoesNotExist) {
  const auto sent = send(ada, bob.user, "Hello");
  EXPECT_EQ(code_of(edit(ada, Peer::of(bob.user), sent.message.id, " Hello ")), "MESSAGE_NOT_MODIFIED");
  EXPECT_EQ(code_of(edit(ada, Peer::of(bob.user), sent.message.id, "")), "MESSAGE_EMPTY");
  EXPECT_EQ(code_of(edit(ada, Peer::of(bob.user), MessageId{999}, "x")), "MESSAGE_ID_INVALID");
  EXPECT_EQ(code_of(edit(ada, Peer::of(ada.user), sent.message.id, "x")), "MESSAGE_ID_INVALID");
}

TEST_F(EditTest, ACopyTheOtherSideDeletedStaysDeleted) {
  const auto sent = send(ada, bob.user, "Hello");
  const auto at_bob = copy_of(sent.message, bob);
  world.write([&](store::Tx& tx) { return tx.messages().erase(bob.user, at_bob.id); });
  EXPECT_TRUE(edit(ada, Peer::of(bob.user), sent.message.id, "Hello again"));
  EXPECT_FALSE(find(bob, at_bob.id));
}

TEST_F(EditTest, WhoIsBlockedDoesNotReachTheOtherByEditing) {
  const auto sent = send(ada, bob.user, "Hello");
  ASSERT_TRUE(world.run(world.services.blocking.block(bob, ada.user)));
  EXPECT_EQ(code_of(edit(ada, Peer::of(bob.user), sent.message.id, "Insult")), "USER_IS_BLOCKED");
  EXPECT_EQ(copy_of(sent.message, bob).text, "Hello");
}

TEST_F(EditTest, WhetherItMayBeChangedIsToldBeforehand) {
  const auto sent = send(ada, bob.user, "mine").message;
  const auto check = [&](const Caller& who, const Caller& with, MessageId id) {
    return code_of(world.run(check_editable(world.environment, who, Peer::of(with.user), id)));
  };
  EXPECT_EQ(check(ada, bob, sent.id), "");
  EXPECT_EQ(check(bob, ada, copy_of(sent, bob).id), "MESSAGE_AUTHOR_REQUIRED");
  EXPECT_EQ(check(ada, ada, sent.id), "MESSAGE_ID_INVALID");
  world.clock.advance(std::chrono::seconds(edit_time_limit + 1));
  EXPECT_EQ(check(ada, bob, sent.id), "MESSAGE_EDIT_TIME_EXPIRED");
}

}  // namespace
}  // namespace heliograph::services
