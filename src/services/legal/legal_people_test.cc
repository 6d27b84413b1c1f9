#include "services/legal/legal_people.h"

#include <gtest/gtest.h>

#include "services/testing/world.h"

namespace heliograph::services {
namespace {

TEST(LegalLink, ANameAndPerhapsAPost) {
  const struct {
    const char* link;
    const char* username;
    std::int32_t message;
  } good[] = {
      {"https://t.me/news/31", "news", 31},
      {"https://chat.example.org/news", "news", 0},
      {"http://t.me/news/31?single", "news", 31},
      {"tg://resolve?domain=news&post=31", "news", 31},
      {"tg://resolve?domain=news", "news", 0},
      {"news/31", "news", 31},
      {"@news", "news", 0},
  };
  for (const auto& one : good) {
    const auto parts = parse_legal_link(one.link);
    ASSERT_TRUE(parts) << one.link;
    EXPECT_EQ(parts->username, one.username) << one.link;
    EXPECT_EQ(parts->message, one.message) << one.link;
  }
  for (const auto* bad :
       {"", "https://", "https://t.me", "https://t.me/", "https://t.me/a b", "news/0", "news/-1", "news/x",
        "news/99999999999", "tg://resolve?post=1", "https://t.me/news/31/4"}) {
    EXPECT_FALSE(parse_legal_link(bad)) << bad;
  }
}

class LegalPeopleTest : public ::testing::Test, public testing::World {
 protected:
  UserId found(legal::IdentifierKind kind, std::string identifier, UnixSeconds as_of = 0) {
    legal::RequestForm form;
    form.as_of = as_of;
    form.kind = kind;
    form.identifier = std::move(identifier);
    return must(read([&](store::Tx& tx) { return people.find(tx, form); }));
  }
  LegalPeople people{environment};
};

TEST_F(LegalPeopleTest, FindsWhoIsMeant) {
  const auto ada = sign_up("Ada");
  ASSERT_TRUE(write([&](store::Tx& tx) -> Status {
    HG_ASSIGN(auto account, tx.accounts().find(ada.user));
    account->username = "ada_member";
    return tx.accounts().update(*account);
  }));
  using Kind = legal::IdentifierKind;
  EXPECT_EQ(found(Kind::user_id, std::to_string(ada.user.value)), ada.user);
  EXPECT_EQ(found(Kind::username, "@Ada_Member"), ada.user);
  EXPECT_EQ(found(Kind::link, "https://t.me/ada_member"), ada.user);
  EXPECT_EQ(found(Kind::username, "nobody_here"), UserId{});
  EXPECT_EQ(found(Kind::user_id, "99999999"), UserId{});
  EXPECT_EQ(found(Kind::phone, "12"), UserId{});
  // The store writes down when a name changed hands, by the machine's own time.
  const auto before = SystemClock().unix_seconds() - 60;
  EXPECT_EQ(found(Kind::username, "ada_member", before + 120), ada.user);
  EXPECT_EQ(found(Kind::link, "https://t.me/ada_member", before + 120), ada.user);
  EXPECT_EQ(found(Kind::username, "ada_member", before), UserId{});
  const auto digits = must(read([&](store::Tx& tx) { return people.phone(tx, ada.user); }));
  EXPECT_FALSE(digits.empty());
  EXPECT_EQ(found(Kind::phone, "+" + digits), ada.user);
  ASSERT_TRUE(write([&](store::Tx& tx) { return people.tell(tx, ada.user, "We have disclosed."); }));
}

}  // namespace
}  // namespace heliograph::services
