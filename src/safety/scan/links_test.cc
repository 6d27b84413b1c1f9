#include "safety/scan/links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "safety/scan/link_list.h"

namespace heliograph::safety {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> found(std::string_view text) {
  std::vector<Link> links;
  extract_links(text, links);
  std::vector<std::string> all;
  for (const auto& link : links) all.push_back(link.peer.empty() ? link.domain : "@" + link.peer);
  return all;
}

TEST(Links, AreFoundAsAReaderWouldOpenThem) {
  EXPECT_THAT(found("see https://Example.org/path?a=1, and www.other.example"),
              ElementsAre("example.org", "other.example"));
  EXPECT_THAT(found("bare shop.com or shop.com:8080/x"), ElementsAre("shop.com", "shop.com"));
  EXPECT_THAT(found("hxxp://evil[.]com and evil (dot) com"), ElementsAre("evil.com"));
  EXPECT_THAT(found("e\u200bvil.com"), ElementsAre("evil.com"));
  EXPECT_THAT(found("evil\u3002com"), ElementsAre("evil.com"));
  EXPECT_THAT(found("https://user@evil.com/"), ElementsAre("evil.com"));
  EXPECT_THAT(found("http://192.0.2.7/a"), ElementsAre("192.0.2.7"));
}

TEST(Links, OfThePlatformNameAPeer) {
  EXPECT_THAT(
      found("t.me/SomeShop/12 telegram.me/s/News tg://resolve?domain=Other t.me/+AbC t.me/joinchat/XyZ"),
      ElementsAre("@someshop", "@news", "@other", "@+AbC", "@+XyZ"));
  EXPECT_THAT(found("write @good_person or mail me@example.org"), ElementsAre("@good_person"));
  EXPECT_THAT(found("name.t.me"), ElementsAre("@name"));
}

TEST(Links, BehindRedirectsAreFollowedInTheText) {
  EXPECT_THAT(found("https://a.example/?url=https%3A%2F%2Fb.example%2F%3Fto%3Dhttp%253A%252F%252Fc.example"),
              ElementsAre("a.example", "b.example", "c.example"));
}

TEST(Links, OtherAlphabetsBecomePunycode) {
  std::vector<Link> links;
  extract_links("https://\u0440\u0430ypal.com", links);  // Cyrillic r, a
  ASSERT_EQ(links.size(), 1u);
  EXPECT_THAT(links[0].domain, HasSubstr("xn--"));
  EXPECT_TRUE(links[0].mixed);
  extract_links("http://президент.рф", links);
  ASSERT_EQ(links.size(), 1u);
  EXPECT_TRUE(links[0].punycode);
  EXPECT_FALSE(links[0].mixed);
}

TEST(Links, OrdinaryTextHasNone) {
  EXPECT_THAT(found("e.g. this, i.e. that. At 5.30pm. file.txt v1.2.3 end.Next @me a.b"), IsEmpty());
}

TEST(Links, HostileTextIsBounded) {
  for (const std::string_view unit : {"a.com ", "@aaaaa", ".", "http://", "a.com?url=", "%25"}) {
    std::string text;
    while (text.size() < 300'000) text += unit;
    std::vector<Link> links;
    extract_links(text, links);
    EXPECT_LE(links.size(), 100u);
  }
}

TEST(LinkList, MatchesDomainsPathsAndPeers) {
  const auto list = LinkList::parse(
      "version: 3\ncategory: fraud\nscore: 0.9\nbad.example\nmixed.example/wallet/ # path\ncategory: "
      "spam\n@shop_bot\n",
      "known.links");
  ASSERT_TRUE(list) << list.error().message;
  std::vector<Link> links;
  extract_links(
      "https://login.bad.example/x https://mixed.example/wallet/1 https://mixed.example/ t.me/Shop_Bot",
      links);
  ASSERT_EQ(links.size(), 4u);
  EXPECT_NE((*list)->find(links[0]), nullptr);
  EXPECT_NE((*list)->find(links[1]), nullptr);
  EXPECT_EQ((*list)->find(links[2]), nullptr);
  ASSERT_NE((*list)->find(links[3]), nullptr);
  EXPECT_EQ((*list)->find(links[3])->category, terms::Category::spam);
}

TEST(LinkList, FaultsNameTheLine) {
  const auto list = LinkList::parse("version: 1\ncategory: nonsense\n", "k.links");
  ASSERT_FALSE(list);
  EXPECT_THAT(list.error().message, HasSubstr("k.links:2: category"));
}

}  // namespace
}  // namespace heliograph::safety
