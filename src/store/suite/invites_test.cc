#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Peer group = Peer::of(ChannelId{7});

Invite invite_by(UserId admin, std::string hash, std::uint32_t flags = 0) {
  Invite invite;
  invite.chat = group;
  invite.admin = admin;
  invite.hash = std::move(hash);
  invite.flags = flags;
  invite.date = 1000;
  return invite;
}

std::vector<std::string> hashes(const std::vector<Invite>& invites) {
  std::vector<std::string> out;
  for (const auto& invite : invites) out.push_back(invite.hash);
  return out;
}

std::vector<UserId> users(const std::vector<Importer>& importers) {
  std::vector<UserId> out;
  for (const auto& importer : importers) out.push_back(importer.user);
  return out;
}

TEST_P(StoreSuite, AnInviteIsFoundByItsHashAndListedNewestFirst) {
  auto invite = invite_by(ann, "first");
  invite.title = "For friends";
  invite.expires_at = 2000;
  invite.usage_limit = 5;
  invite.id = must_write([&](Tx& tx) { return tx.invites().insert(invite); });
  must_write([](Tx& tx) { return tx.invites().insert(invite_by(ann, "second", invite_permanent)); });
  must_write([](Tx& tx) { return tx.invites().insert(invite_by(bob, "his")); });
  EXPECT_EQ(write([](Tx& tx) { return tx.invites().insert(invite_by(bob, "first")); }).error().code,
            "INVITE_HASH_OCCUPIED");

  const auto found = must_read([](Tx& tx) { return tx.invites().find("first"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, invite.id);
  EXPECT_EQ(found->chat, group);
  EXPECT_EQ(found->title, "For friends");
  EXPECT_EQ(found->expires_at, 2000);
  EXPECT_EQ(found->usage_limit, 5);
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.invites().find("FIRST"); }));
  const auto list = [&](bool revoked, InvitePage page = {}) {
    return hashes(must_read([&](Tx& tx) { return tx.invites().of_admin(group, ann, revoked, page); }));
  };
  EXPECT_THAT(list(false), ElementsAre("second", "first"));
  EXPECT_THAT(list(false, {.before_id = invite.id + 1}), ElementsAre("first"));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.invites().permanent(group, ann); })->hash, "second");
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.invites().permanent(group, bob); }));

  invite.flags = invite_revoked;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.invites().update(invite); }));
  EXPECT_THAT(list(true), ElementsAre("first"));
  EXPECT_THAT(list(false), ElementsAre("second"));
  const auto counts = must_read([](Tx& tx) { return tx.invites().count(group); });
  ASSERT_EQ(counts.size(), 2u);
  EXPECT_EQ(counts[0].links, 1);
  EXPECT_EQ(counts[0].revoked, 1);
  ASSERT_TRUE(write([&](Tx& tx) { return tx.invites().erase(invite.id); }));
  EXPECT_THAT(list(true), IsEmpty());
}

TEST_P(StoreSuite, WhoCameAndWhoWaitsAreListedApart) {
  for (const auto* name : {"Ann", "Bob", "Eve"}) add_account(name);
  const auto eva = add_account("Eva");
  const auto put = [&](UserId user, std::int64_t link, UnixSeconds date, bool requested) {
    Importer importer{group, user, link, date, requested, {}};
    ASSERT_TRUE(write([&](Tx& tx) { return tx.invites().put_importer(importer); }));
  };
  put(ann, 1, 10, false);
  put(bob, 1, 20, false);
  put(eva, 2, 20, false);
  put(eve, 1, 30, true);
  const auto list = [&](const ImporterFilter& filter) {
    return users(must_read([&](Tx& tx) { return tx.invites().importers(group, filter); }));
  };
  EXPECT_THAT(list({.link = 1}), ElementsAre(bob, ann));
  EXPECT_THAT(list({.requested = true}), ElementsAre(eve));
  EXPECT_THAT(list({.query = "ev"}), ElementsAre(eva));
  EXPECT_THAT(list({.before_date = 20, .before_user = bob}).back(), ann);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.invites().count_importers(group, {.link = 1}); }), 2u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.invites().find_request(group, eve); })->date, 30);
  ASSERT_TRUE(write([](Tx& tx) { return tx.invites().erase_request(group, eve); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.invites().find_request(group, eve); }));
}

TEST_P(StoreSuite, TheAdministratorsLogIsFilteredAndTrimmed) {
  const auto act = [&](UserId user, std::uint8_t kind, UnixSeconds date, std::string text) {
    AdminAct one;
    one.chat = group;
    one.user = user;
    one.kind = kind;
    one.date = date;
    one.text = std::move(text);
    return must_write([&](Tx& tx) { return tx.admin_log().append(one); });
  };
  const auto first = act(ann, 1, 10, "Alpha");
  const auto second = act(bob, 2, 20, "Beta");
  const auto third = act(ann, 63, 30, "Gamma");
  const auto ids = [&](const AdminLogFilter& filter) {
    std::vector<std::int64_t> out;
    for (const auto& one : must_read([&](Tx& tx) { return tx.admin_log().list(group, filter); })) {
      out.push_back(one.id);
    }
    return out;
  };
  EXPECT_THAT(ids({}), ElementsAre(third, second, first));
  EXPECT_THAT(ids({.kinds = std::uint64_t{1} << 63 | 2}), ElementsAre(third, first));
  EXPECT_THAT(ids({.users = {bob}}), ElementsAre(second));
  EXPECT_THAT(ids({.query = "ALPH"}), ElementsAre(first));
  EXPECT_THAT(ids({.below = third, .above = first}), ElementsAre(second));
  EXPECT_THAT(ids({.limit = 1}), ElementsAre(third));
  EXPECT_EQ(must_write([](Tx& tx) { return tx.admin_log().trim(25, 10); }), 2u);
  EXPECT_THAT(ids({}), ElementsAre(third));
}

}  // namespace
}  // namespace heliograph::store::suite
