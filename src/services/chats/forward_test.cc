#include "services/chats/forward.h"

#include "services/chats/erase.h"
#include "services/testing/chat.h"

namespace heliograph::services {
namespace {

class ForwardTest : public testing::ChatTest {
 protected:
  ForwardMessages request(UserId from, UserId to, std::vector<MessageId> ids) {
    ForwardMessages forward;
    forward.from = Peer::of(from);
    forward.to = Peer::of(to);
    forward.ids = std::move(ids);
    for (std::size_t i = 0; i < forward.ids.size(); ++i) forward.random_ids.push_back(++last_random_id);
    return forward;
  }
  Result<std::vector<Forwarded>> forward(const Caller& who, const ForwardMessages& what) {
    return world.run(forward_messages(world.environment, who, what));
  }
  Caller cem = world.sign_up("Cem");
};

TEST_F(ForwardTest, SaysWhoseWordsTheyWere) {
  const auto sent = send(ada, bob.user, "Ada's words");
  world.clock.advance(std::chrono::hours(1));
  const auto forwarded = forward(bob, request(ada.user, cem.user, {copy_of(sent.message, bob).id}));
  ASSERT_TRUE(forwarded);
  const auto at_cem = copy_of((*forwarded)[0].appended.message, cem);
  EXPECT_EQ(at_cem.text, "Ada's words");
  EXPECT_EQ(at_cem.from, bob.user);
  const auto header = content_of(at_cem).forward;
  EXPECT_EQ(header->from, ada.user);
  EXPECT_EQ(header->date, sent.message.date);
  // Passed on again, they are still Ada's.
  const auto again = forward(cem, request(bob.user, cem.user, {at_cem.id}));
  EXPECT_EQ(content_of((*again)[0].appended.message).forward->from, ada.user);
}

TEST_F(ForwardTest, OrDoesNot) {
  const auto sent = send(ada, bob.user, "Ada's words");
  auto silent = request(ada.user, cem.user, {copy_of(sent.message, bob).id});
  silent.drop_author = true;
  silent.silent = true;
  const auto forwarded = forward(bob, silent);
  EXPECT_FALSE(content_of((*forwarded)[0].appended.message).forward);
  EXPECT_TRUE((*forwarded)[0].appended.message.flags & store::message_silent);
}

TEST_F(ForwardTest, WhoHidesTheLinkIsNamedOnly) {
  PrivacyRules nobody;
  nobody.rules.push_back({PrivacyRule::Kind::disallow_all, {}});
  ASSERT_TRUE(world.run(world.services.privacy.set(ada, PrivacyKey::forwards, nobody)));
  const auto sent = send(ada, bob.user, "Ada's words");
  const auto forwarded = forward(bob, request(ada.user, cem.user, {copy_of(sent.message, bob).id}));
  const auto header = content_of((*forwarded)[0].appended.message).forward;
  EXPECT_FALSE(header->from);
  EXPECT_EQ(header->from_name, "Ada Lovelace");
}

TEST_F(ForwardTest, SavedOnesRememberWhereTheyWere) {
  const auto sent = send(ada, bob.user, "to keep");
  const auto source = copy_of(sent.message, bob).id;
  const auto forwarded = forward(bob, request(ada.user, bob.user, {source}));
  const auto header = content_of((*forwarded)[0].appended.message).forward;
  EXPECT_EQ(header->saved_from_peer, Peer::of(ada.user));
  EXPECT_EQ(header->saved_from_id, source);
}

TEST_F(ForwardTest, KeepsTheOrderAndPassesOverWhatIsGone) {
  const auto first = send(ada, bob.user, "first");
  const auto second = send(ada, bob.user, "second");
  const auto forwarded =
      forward(ada, request(bob.user, cem.user, {second.message.id, MessageId{999}, first.message.id}));
  ASSERT_EQ(forwarded->size(), 2U);
  EXPECT_EQ(texts(cem, ada.user), (std::vector<std::string>{"first", "second"}));
  EXPECT_EQ(code_of(forward(ada, request(bob.user, cem.user, {MessageId{999}}))), "MESSAGE_ID_INVALID");
}

TEST_F(ForwardTest, ProtectedMessagesStayWhereTheyAre) {
  auto secret = message(bob.user, "between us");
  secret.no_forwards = true;
  const auto sent = try_send(ada, secret).value();
  EXPECT_EQ(code_of(forward(bob, request(ada.user, cem.user, {copy_of(sent.message, bob).id}))),
            "CHAT_FORWARDS_RESTRICTED");
}

TEST_F(ForwardTest, ChecksItsArguments) {
  const auto sent = send(ada, bob.user, "Hello");
  EXPECT_EQ(code_of(forward(ada, request(bob.user, cem.user, {}))), "MESSAGE_IDS_EMPTY");
  auto uneven = request(bob.user, cem.user, {sent.message.id});
  uneven.random_ids.push_back(5);
  EXPECT_EQ(code_of(forward(ada, uneven)), "RANDOM_ID_INVALID");
  EXPECT_EQ(code_of(forward(ada, request(bob.user, cem.user, std::vector(101, sent.message.id)))),
            "LIMIT_INVALID");
}

TEST_F(ForwardTest, RepeatingSendsNothingTwice) {
  const auto sent = send(ada, bob.user, "Hello");
  const auto what = request(bob.user, cem.user, {sent.message.id});
  const auto first = forward(ada, what);
  const auto again = forward(ada, what);
  EXPECT_TRUE((*again)[0].appended.duplicate);
  EXPECT_EQ((*again)[0].appended.message.id, (*first)[0].appended.message.id);
  EXPECT_EQ(history(cem, ada.user).size(), 1U);
}

}  // namespace
}  // namespace heliograph::services
