// Members and chats, looked up for a reason; and cases that somebody opens about what they came upon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/groups/invites.h"
#include "services/groups/settings.h"
#include "services/people/profile.h"
#include "web/console/testing/cases.h"

namespace heliograph::web {
namespace {

using staff::Role;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ConsoleLookups : public testing::ConsoleCasesTest {
 protected:
  Answer look(const std::string& path, const std::string& query) {
    return ask(mia, "POST", "/lookup/" + path, Json{{"query", query}, {"reason", "A tip by telephone"}});
  }
  Answer read(const std::string& path, std::int64_t id) {
    return ask(mia, "POST", "/lookup/" + path + "/" + std::to_string(id),
               Json{{"reason", "A tip by telephone"}});
  }
  std::vector<std::int64_t> found(const std::string& path, const std::string& query) {
    std::vector<std::int64_t> ids;
    const auto answer = look(path, query);
    EXPECT_EQ(answer.status, 200) << answer.json;
    for (const auto& item : answer.json["items"]) ids.push_back(item["id"].get<std::int64_t>());
    return ids;
  }
  Json reads() { return ask(person("Ivo", Role::auditor), "GET", "/staff/reads").json["items"]; }
};

TEST_F(ConsoleLookups, MembersAreFoundByNameNumberAndUsername) {
  const auto phone = world.new_phone();
  const auto cid = world.sign_up("Cidney", "Smith", phone);
  World::must(world.run(world.services.profile.set_username(cid, "cid_smith")));
  const auto id = cid.user.value;
  EXPECT_THAT(found("members", "cidn"), ElementsAre(id));
  EXPECT_THAT(found("members", "Cidney Sm"), ElementsAre(id));
  EXPECT_THAT(found("members", "@cid_smith"), ElementsAre(id));
  EXPECT_THAT(found("members", "https://t.me/cid_smith"), ElementsAre(id));
  EXPECT_THAT(found("members", std::to_string(id)), ElementsAre(id));
  EXPECT_THAT(found("members", phone), ElementsAre(id));
  EXPECT_THAT(found("members", phone.substr(0, phone.size() - 1)), IsEmpty()) << "the whole number";
  EXPECT_THAT(found("members", "nobody"), IsEmpty());
  const auto answer = look("members", phone).json.dump();
  EXPECT_THAT(answer, Not(HasSubstr(phone.substr(1)))) << "a number finds, and is not shown";
}

TEST_F(ConsoleLookups, AMemberIsReadWithStandingCasesAndReports) {
  const auto id = reported();
  const auto ada_read = read("members", ada.user.value);
  ASSERT_EQ(ada_read.status, 200) << ada_read.json;
  EXPECT_EQ(ada_read.json["card"]["name"], "Ada Lovelace");
  EXPECT_EQ(ada_read.json["card"]["cases"], 1);
  EXPECT_EQ(ada_read.json["cases"][0]["id"], id);
  EXPECT_EQ(ada_read.json["chats"][0]["title"], "News");
  EXPECT_EQ(ada_read.json["chats"][0]["subject"], "channel/" + std::to_string(news.id));
  decide(mia, id, "remove");
  EXPECT_EQ(read("members", ada.user.value).json["card"]["violations"], 1);
  EXPECT_EQ(read("members", bob.user.value).json["reporting"],
            (Json{{"reports", 1}, {"right", 1}, {"wrong", 0}}));
  EXPECT_EQ(read("members", 999).code(), "MEMBER_UNKNOWN");
}

TEST_F(ConsoleLookups, ASeniorModeratorSaysWhoIsWhoTheySayTheyAre) {
  const auto verify = [&](const std::string& who, std::int64_t id, bool verified) {
    return ask(olga, "POST", "/lookup/" + who + "/" + std::to_string(id) + "/verified",
               Json{{"verified", verified}, {"reason", "Seen at their office"}});
  };
  EXPECT_EQ(verify("chats", news.id, true).status, 204);
  EXPECT_EQ(read("chats", news.id).json["card"]["verified"], true);
  EXPECT_EQ(verify("members", bob.user.value, true).code(), "NOT_PUBLIC");
  World::must(world.run(world.services.profile.set_username(bob, "bob_the_builder")));
  EXPECT_EQ(verify("members", bob.user.value, true).status, 204);
  EXPECT_EQ(read("members", bob.user.value).json["card"]["verified"], true);
  EXPECT_TRUE(World::must(world.run(world.services.users.view_one(ada.user, bob.user))).verified);
  EXPECT_EQ(verify("members", 999, true).code(), "MEMBER_UNKNOWN");
  EXPECT_EQ(verify("chats", 999, true).code(), "CHAT_UNKNOWN");

  // The mark is the name's.
  services::Profile::Change renamed;
  renamed.first_name = "Somebody else";
  World::must(world.run(world.services.profile.update(bob, renamed)));
  EXPECT_EQ(read("members", bob.user.value).json["card"]["verified"], false);
  World::must(world.run(services::set_title(world.environment, ada, news, "Other news")));
  EXPECT_EQ(read("chats", news.id).json["card"]["verified"], false);
  EXPECT_EQ(verify("chats", news.id, true).status, 204);
  World::must(world.run(services::set_chat_username(world.environment, ada, news, "other_news")));
  EXPECT_EQ(read("chats", news.id).json["card"]["verified"], false);
  EXPECT_EQ(verify("chats", news.id, true).status, 204);
  EXPECT_EQ(verify("chats", news.id, false).status, 204);
  EXPECT_EQ(read("chats", news.id).json["card"]["verified"], false);
  const auto items = reads();
  EXPECT_EQ(items[1]["what"], "verifyChat");
  EXPECT_EQ(items[1]["reason"], "Seen at their office");
}

TEST_F(ConsoleLookups, EachReadIsRecordedWithItsReason) {
  look("members", "Ada");
  read("members", bob.user.value);
  read("chats", news.id);
  const auto items = reads();
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0]["what"], "readChat");
  EXPECT_EQ(items[0]["member"], ada.user.value) << "its owner is shown";
  EXPECT_EQ(items[1]["what"], "readMember");
  EXPECT_EQ(items[1]["member"], bob.user.value);
  EXPECT_EQ(items[2]["what"], "findMembers");
  EXPECT_EQ(items[2]["member"], ada.user.value);
  EXPECT_EQ(items[2]["reason"], "A tip by telephone");
  EXPECT_EQ(ask(mia, "POST", "/lookup/members", Json{{"query", "Ada"}}).json["field"], "reason");
  EXPECT_EQ(ask(mia, "POST", "/lookup/members", Json{{"query", "Ada"}, {"reason", "x"}}).json["field"],
            "reason");
}

TEST_F(ConsoleLookups, ChatsAreFoundAndThePublicOnesRead) {
  World::must(post(ada, news, "Hello"));
  EXPECT_THAT(found("chats", "news_channel"), ElementsAre(news.id));
  EXPECT_THAT(found("chats", "t.me/news_channel"), ElementsAre(news.id));
  EXPECT_THAT(found("chats", std::to_string(news.id)), Contains(news.id));
  EXPECT_THAT(found("chats", "channel/" + std::to_string(news.id)), ElementsAre(news.id));
  const auto chat = read("chats", news.id);
  ASSERT_EQ(chat.status, 200) << chat.json;
  EXPECT_EQ(chat.json["card"]["kind"], "channel");
  EXPECT_EQ(chat.json["owner"]["name"], "Ada Lovelace");
  EXPECT_EQ(chat.json["posts"][0]["text"], "Hello");
  EXPECT_EQ(read("chats", 999).code(), "CHAT_UNKNOWN");
}

TEST_F(ConsoleLookups, OfAPrivateChatThereIsNothingUntilACaseIsAboutIt) {
  const auto club = channel(false);
  World::must(post(ada, club, "Between us"));
  const auto invite = World::must(world.run(services::export_invite(world.environment, ada, club, {})));
  const auto link = "https://t.me/+" + invite.invite.hash;
  EXPECT_THAT(found("chats", link), IsEmpty());
  EXPECT_EQ(read("chats", club.id).status, 404);
  World::must(enter_by_name(bob, news));
  World::must(world.write([&](store::Tx& tx) {
    store::Case one;
    one.subject = "channel/" + std::to_string(club.id);
    one.user = ada.user;
    one.opened_at = world.clock.unix_seconds();
    safety::CaseFile file;
    file.place = club;
    one.sealed = safety::seal_file(file, one.subject, world.sealer, world.random);
    return tx.cases().add(one);
  }));
  EXPECT_THAT(found("chats", link), ElementsAre(club.id));
  const auto chat = read("chats", club.id);
  ASSERT_EQ(chat.status, 200) << chat.json;
  EXPECT_EQ(chat.json["card"]["public"], false);
  EXPECT_FALSE(chat.json.contains("posts"));
  EXPECT_THAT(chat.json.dump(), Not(HasSubstr("Between us")));
}

TEST_F(ConsoleLookups, ACaseIsOpenedAboutWhatSomebodyCameUpon) {
  const auto message = World::must(post(ada, news, "Pills, best price")).message.id;
  const auto subject = "message/channel/" + std::to_string(news.id) + "/" + std::to_string(message.value);
  const Json body{{"subject", subject}, {"category", "illegal_goods"}, {"note", "Seen while reading."}};
  const auto opened = ask(mia, "POST", "/cases", body);
  ASSERT_EQ(opened.status, 201) << opened.json;
  EXPECT_EQ(opened.json["subject"], subject);
  EXPECT_EQ(opened.json["excerpt"], "Pills, best price");
  EXPECT_EQ(opened.json["sources"], Json::array({"staff"}));
  EXPECT_EQ(opened.json["reports"], 0);
  EXPECT_GT(opened.json["severity"], 0);
  const auto id = opened.json["id"].get<std::int64_t>();
  EXPECT_THAT(history_of(mia, id), ElementsAre("noted", "opened"));
  EXPECT_EQ(ask(mia, "GET", at(id)).json["notes"][0]["text"], "Seen while reading.");
  const auto again = ask(noah, "POST", "/cases", body);
  EXPECT_EQ(again.status, 200) << "it has one";
  EXPECT_EQ(again.json["id"], id);
  const auto decided = decide(mia, id, "remove");
  ASSERT_EQ(decided.status, 200) << decided.json;
  EXPECT_THAT(texts_in(bob, news), ElementsAre(HasSubstr("This message was removed")));
  EXPECT_EQ(reads()[0]["what"], "getCase");
}

TEST_F(ConsoleLookups, WhatCannotBeOpenedIsRefused) {
  const auto club = channel(false);
  const auto open = [&](const std::string& subject) {
    return ask(mia, "POST", "/cases", Json{{"subject", subject}, {"category", "fraud"}, {"note", "x"}});
  };
  EXPECT_EQ(open("channel/" + std::to_string(club.id)).code(), "SUBJECT_PRIVATE");
  EXPECT_EQ(open("channel/" + std::to_string(club.id)).status, 404);
  for (const auto* subject :
       {"channel/999", "account/999", "group/999", "campaign/abc", "term/pills", "message/channel/999/1",
        "message/channel/1", "channel/-1", "channel/", "nonsense", "message/channel/1/99999999999"}) {
    EXPECT_EQ(open(subject).code(), "SUBJECT_UNKNOWN") << subject;
  }
  EXPECT_EQ(open("account/" + std::to_string(bob.user.value)).status, 201);
  EXPECT_EQ(open("channel/" + std::to_string(news.id)).status, 201);
  EXPECT_EQ(ask(mia, "POST", "/cases", Json{{"subject", "account/1"}, {"category", "evil"}, {"note", "x"}})
                .json["field"],
            "category");
}

}  // namespace
}  // namespace heliograph::web
