#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Chat channel_named(std::string title, std::string username = {}) {
  Chat chat;
  chat.peer.kind = PeerKind::channel;
  chat.kind = ChatKind::broadcast;
  chat.title = std::move(title);
  chat.username = std::move(username);
  return chat;
}

Member member_of(Peer chat, UserId user, MemberStatus status, UnixSeconds date) {
  Member member;
  member.chat = chat;
  member.user = user;
  member.status = status;
  member.date = date;
  return member;
}

std::vector<UserId> users(const std::vector<Member>& members) {
  std::vector<UserId> out;
  for (const auto& member : members) out.push_back(member.user);
  return out;
}

TEST_P(StoreSuite, AChatIsKeptAsItWasPut) {
  auto chat = channel_named("News", "The_News");
  chat.creator = ann;
  chat.flags = chat_signatures | chat_no_forwards;
  chat.about = "What happened";
  chat.default_banned = 5;
  chat.slow_mode = 30;
  chat.linked = Peer::of(ChannelId{7});
  chat.details = {1, 2};
  chat.closed_why = "closed";
  chat.barred_in = "DE FR";
  chat.barred_why = "barred";
  const auto peer = must_write([&](Tx& tx) { return tx.chats().insert(chat); });
  EXPECT_TRUE(peer.is_channel());
  EXPECT_GT(peer.id, 0);
  const auto found = must_read([&](Tx& tx) { return tx.chats().find(peer); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->peer, peer);
  EXPECT_EQ(found->kind, ChatKind::broadcast);
  EXPECT_EQ(found->creator, ann);
  EXPECT_EQ(found->flags, chat.flags);
  EXPECT_EQ(found->title, "News");
  EXPECT_EQ(found->about, "What happened");
  EXPECT_EQ(found->default_banned, 5u);
  EXPECT_EQ(found->slow_mode, 30);
  EXPECT_EQ(found->linked, Peer::of(ChannelId{7}));
  EXPECT_EQ(found->details, (Bytes{1, 2}));
  EXPECT_EQ(found->closed_why, "closed");
  EXPECT_EQ(found->barred_in, "DE FR");
  EXPECT_EQ(found->barred_why, "barred");
  EXPECT_FALSE(must_read([&](Tx& tx) { return tx.chats().find(Peer::of(ChatId{peer.id})); }));
}

TEST_P(StoreSuite, AccountsAndChannelsShareTheirNames) {
  const auto user = add_account("Ann");
  const auto peer = must_write([](Tx& tx) { return tx.chats().insert(channel_named("News", "News")); });
  EXPECT_EQ(must_read([](Tx& tx) { return tx.chats().resolve("nEWS"); }), peer);
  const auto take = [&](std::string name) {
    return write([&](Tx& tx) -> Status {
      HG_ASSIGN(auto account, tx.accounts().find(user));
      account->username = name;
      return tx.accounts().update(*account);
    });
  };
  EXPECT_EQ(take("news").error().code, "USERNAME_OCCUPIED");
  EXPECT_TRUE(take("ann"));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.chats().resolve("ann"); }), Peer::of(user));
  // The same from the channel's side; its old name is free then.
  const auto rename = [&](std::string name) {
    return write([&](Tx& tx) -> Status {
      HG_ASSIGN(auto chat, tx.chats().find(peer));
      chat->username = name;
      return tx.chats().update(*chat);
    });
  };
  EXPECT_EQ(rename("ANN").error().code, "USERNAME_OCCUPIED");
  EXPECT_TRUE(rename(""));
  EXPECT_TRUE(take("news"));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.chats().resolve("ann"); }), std::nullopt);
}

TEST_P(StoreSuite, WhoHasANameIsListedPeopleFirst) {
  const auto late = must_write([](Tx& tx) { return tx.chats().insert(channel_named("News", "zebra")); });
  const auto user = add_account("Ann");
  add_account("Bob");  // has none
  const auto later = must_write([](Tx& tx) { return tx.chats().insert(channel_named("News", "aardvark")); });
  must_write([&](Tx& tx) -> Status {
    HG_ASSIGN(auto account, tx.accounts().find(user));
    account->username = "middle";
    return tx.accounts().update(*account);
  });
  const auto named = [&](Peer after, std::size_t limit) {
    return must_read([&](Tx& tx) { return tx.chats().named(after, limit); });
  };
  const auto person = Peer::of(user);
  const auto first = std::min(late, later), second = std::max(late, later);
  EXPECT_THAT(named({}, 10), ElementsAre(person, first, second));
  EXPECT_THAT(named({}, 2), ElementsAre(person, first));
  EXPECT_THAT(named(person, 10), ElementsAre(first, second));
  EXPECT_THAT(named(first, 10), ElementsAre(second));
  EXPECT_THAT(named(second, 10), IsEmpty());
}

TEST_P(StoreSuite, MembersAreCountedAsTheyComeAndGo) {
  const auto peer = must_write([](Tx& tx) { return tx.chats().insert(channel_named("News")); });
  const auto put = [&](UserId user, MemberStatus status, UnixSeconds date) {
    ASSERT_TRUE(write([&](Tx& tx) { return tx.chats().put_member(member_of(peer, user, status, date)); }));
  };
  put(ann, MemberStatus::creator, 1);
  put(bob, MemberStatus::member, 2);
  put(eve, MemberStatus::member, 3);
  put(bob, MemberStatus::admin, 4);
  put(eve, MemberStatus::banned, 5);
  auto chat = must_read([&](Tx& tx) { return tx.chats().find(peer); });
  EXPECT_EQ(chat->members, 2);
  EXPECT_EQ(chat->admins, 2);
  EXPECT_EQ(chat->banned, 1);
  EXPECT_EQ(chat->version, 5);
  ASSERT_TRUE(write([&](Tx& tx) { return tx.chats().erase_member(peer, eve); }));
  chat = must_read([&](Tx& tx) { return tx.chats().find(peer); });
  EXPECT_EQ(chat->banned, 0);
  EXPECT_THAT(must_read([&](Tx& tx) { return tx.chats().chats_of(bob, 10); }), ElementsAre(peer));
  EXPECT_THAT(must_read([&](Tx& tx) { return tx.chats().chats_of(eve, 10); }), IsEmpty());
  EXPECT_THAT(must_read([&](Tx& tx) { return tx.chats().common(ann, bob, {}, 10); }), ElementsAre(peer));
}

TEST_P(StoreSuite, ChannelsThatWereLeftAreKnown) {
  const auto first = must_write([](Tx& tx) { return tx.chats().insert(channel_named("News")); });
  const auto second = must_write([](Tx& tx) { return tx.chats().insert(channel_named("Olds")); });
  const auto banned = must_write([](Tx& tx) { return tx.chats().insert(channel_named("Elsewhere")); });
  auto group = channel_named("Group");
  group.peer.kind = PeerKind::chat;
  group.kind = ChatKind::basic_group;
  const auto basic = must_write([&](Tx& tx) { return tx.chats().insert(group); });
  ASSERT_TRUE(write([&](Tx& tx) -> Status {
    HG_TRY(tx.chats().put_member(member_of(first, bob, MemberStatus::left, 1)));
    HG_TRY(tx.chats().put_member(member_of(second, bob, MemberStatus::restricted_left, 1)));
    HG_TRY(tx.chats().put_member(member_of(banned, bob, MemberStatus::banned, 1)));
    return tx.chats().put_member(member_of(basic, bob, MemberStatus::left, 1));
  }));
  const auto left = [&](std::size_t offset, std::size_t limit) {
    return must_read([&](Tx& tx) { return tx.chats().left(bob, offset, limit); });
  };
  EXPECT_THAT(left(0, 10), ElementsAre(std::min(first, second), std::max(first, second)));
  EXPECT_THAT(left(1, 10), ElementsAre(std::max(first, second)));
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.chats().count_left(bob); }), 2U);
  EXPECT_THAT(must_read([&](Tx& tx) { return tx.chats().left(ann, 0, 10); }), IsEmpty());
}

TEST_P(StoreSuite, ChannelsThatAGroupDoesNotWantAreKnownByThemselvesAndByTheirOwners) {
  const auto group = must_write([](Tx& tx) { return tx.chats().insert(channel_named("Group")); });
  const auto first = must_write([](Tx& tx) { return tx.chats().insert(channel_named("News")); });
  const auto second = must_write([](Tx& tx) { return tx.chats().insert(channel_named("Olds")); });
  must_write([&](Tx& tx) -> Status {
    HG_TRY(tx.chats().put_member(member_of(first, bob, MemberStatus::creator, 1)));
    HG_TRY(tx.chats().put_member(member_of(first, eve, MemberStatus::admin, 1)));
    HG_TRY(tx.chats().put_channel_ban({group, first, ann, 5}));
    HG_TRY(tx.chats().put_channel_ban({group, second, ann, 6}));
    return tx.chats().put_channel_ban({group, first, ann, 7});
  });
  const auto channels = [&](std::size_t offset, std::size_t limit) {
    std::vector<Peer> out;
    const auto bans = must_read([&](Tx& tx) { return tx.chats().channel_bans(group, offset, limit); });
    for (const auto& ban : bans) out.push_back(ban.channel);
    return out;
  };
  const auto has = [&](UserId user) {
    return must_read([&](Tx& tx) { return tx.chats().has_banned_channel(group, user); });
  };
  EXPECT_THAT(channels(0, 10), ElementsAre(first, second));
  EXPECT_THAT(channels(1, 10), ElementsAre(second));
  EXPECT_THAT(channels(0, 1), ElementsAre(first));
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.chats().count_channel_bans(group); }), 2U);
  EXPECT_TRUE(has(bob));
  EXPECT_FALSE(has(eve)) << "she only writes there";
  const auto ban = must_read([&](Tx& tx) { return tx.chats().find_channel_ban(group, first); });
  ASSERT_TRUE(ban);
  EXPECT_EQ(ban->by, ann);
  EXPECT_EQ(ban->date, 7);
  must_write([&](Tx& tx) { return tx.chats().erase_channel_ban(group, first); });
  EXPECT_THAT(channels(0, 10), ElementsAre(second));
  EXPECT_FALSE(has(bob));
}

TEST_P(StoreSuite, MembersAreListedByStatusAndThenNewestFirst) {
  const auto peer = must_write([](Tx& tx) { return tx.chats().insert(channel_named("News")); });
  ASSERT_TRUE(write([&](Tx& tx) -> Status {
    for (int i = 1; i <= 6; ++i) {
      HG_TRY(tx.chats().put_member(
          member_of(peer, UserId{i}, i == 3 ? MemberStatus::creator : MemberStatus::member, i)));
    }
    return {};
  }));
  const std::vector present{MemberStatus::member, MemberStatus::creator};
  const auto list = [&](std::size_t offset, std::size_t limit) {
    return users(must_read([&](Tx& tx) { return tx.chats().members(peer, present, offset, limit); }));
  };
  EXPECT_THAT(list(0, 10), ElementsAre(UserId{3}, UserId{6}, UserId{5}, UserId{4}, UserId{2}, UserId{1}));
  EXPECT_THAT(list(0, 2), ElementsAre(UserId{3}, UserId{6}));
  EXPECT_THAT(list(2, 2), ElementsAre(UserId{5}, UserId{4}));
  EXPECT_THAT(list(5, 2), ElementsAre(UserId{1}));
  EXPECT_THAT(list(6, 2), IsEmpty());
}

TEST_P(StoreSuite, AChannelNumbersItsMessagesItself) {
  const auto peer = must_write([](Tx& tx) { return tx.chats().insert(channel_named("News")); });
  const auto box = BoxId::of(peer.channel());
  const auto post = [&](UserId from, std::int64_t random_id, UnixSeconds date) {
    Message message;
    message.owner = box;
    message.peer = peer;
    message.from = from;
    message.random_id = random_id;
    message.date = date;
    return must_write([&](Tx& tx) { return tx.messages().append(message); });
  };
  EXPECT_EQ(post(ann, 5, 100).message.id, MessageId{1});
  EXPECT_EQ(post(bob, 5, 200).message.id, MessageId{2});  // a number that another member has used, too
  EXPECT_TRUE(post(bob, 5, 300).duplicate);
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.messages().history(box, peer, {}); }).total, 2);

  // Members hold no copy; their dialogs are read from the channel's box.
  ASSERT_TRUE(write([&](Tx& tx) -> Status {
    Dialog dialog;
    dialog.owner = ann;
    dialog.peer = peer;
    return tx.dialogs().put(dialog);
  }));
  auto dialog = must_read([&](Tx& tx) { return tx.dialogs().find(ann, peer); });
  ASSERT_TRUE(dialog);
  EXPECT_EQ(dialog->top_message, MessageId{2});
  EXPECT_EQ(dialog->top_date, 200);
  EXPECT_EQ(dialog->unread_count, 1);  // one's own is never unread
  send(ann, bob, "older than the post", 150);
  send(ann, eve, "newer than the post", 250);
  const auto list = must_read([](Tx& tx) { return tx.dialogs().list(ann, 0, true, {}, 10); });
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[1].peer, peer);
  EXPECT_EQ(list[1].unread_count, 1);
}

TEST_P(StoreSuite, AThreadIsReadLikeADialog) {
  const auto peer = must_write([](Tx& tx) { return tx.chats().insert(channel_named("Talk")); });
  const auto box = BoxId::of(peer.channel());
  for (int i = 1; i <= 6; ++i) {
    Message message;
    message.owner = box;
    message.peer = peer;
    message.from = ann;
    message.date = i * 10;
    if (i % 2 == 0) message.thread = MessageId{1};
    must_write([&](Tx& tx) { return tx.messages().append(message); });
  }
  HistoryRange range;
  range.thread = MessageId{1};
  range.limit = 2;
  auto page = must_read([&](Tx& tx) { return tx.messages().history(box, peer, range); });
  EXPECT_EQ(page.total, 3);
  ASSERT_EQ(page.messages.size(), 2u);
  EXPECT_EQ(page.messages[0].id, MessageId{6});
  EXPECT_EQ(page.messages[1].id, MessageId{4});
  range.offset_date = 50;
  page = must_read([&](Tx& tx) { return tx.messages().history(box, peer, range); });
  ASSERT_EQ(page.messages.size(), 2u);
  EXPECT_EQ(page.messages[0].id, MessageId{4});
}

}  // namespace
}  // namespace heliograph::store::suite
