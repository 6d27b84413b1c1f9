#include "terms/term.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::terms {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(TermList, IsReadWithItsSettings) {
  const auto list = parse_terms(
      "# comment\nversion: 7\ncategory: illegal_goods\nlocale: en\nsource: own\n\n"
      "cocaine\n"
      "snow :: near=sale,contact not_near=weather window=6 score=0.6\n"
      "effect: block\nexpires: 2027-01-31\n"
      "fake passport* :: state=proposed id=fp countries=de,fr\n"
      "/id card [0-9]{3}/\n",
      "lists/goods.terms");
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->name, "goods");
  EXPECT_EQ(list->version, "7");
  ASSERT_EQ(list->terms.size(), 4u);
  EXPECT_EQ(list->terms[0].id, "goods/cocaine");
  EXPECT_EQ(list->terms[0].category, Category::illegal_goods);
  EXPECT_THAT(list->terms[1].near, ElementsAre("sale", "contact"));
  EXPECT_EQ(list->terms[1].window, 6);
  EXPECT_EQ(list->terms[2].effect, SearchEffect::block);
  EXPECT_EQ(list->terms[2].state, TermState::proposed);
  EXPECT_EQ(list->terms[2].expires, 1801353600);
  EXPECT_EQ(list->terms[3].kind, MatchKind::regex);
}

struct Fault {
  const char* file;
  const char* complaint;
};
class TermListFaults : public testing::TestWithParam<Fault> {};
TEST_P(TermListFaults, NameFileLineAndReason) {
  const auto list = parse_terms(GetParam().file, "bad.terms");
  ASSERT_FALSE(list);
  EXPECT_THAT(list.error().message, HasSubstr(GetParam().complaint));
}
INSTANTIATE_TEST_SUITE_P(
    All, TermListFaults,
    testing::Values(
        Fault{"version: 1\ncategory: drugs\n", "bad.terms:2: category must be one of"},
        Fault{"version: 1\ncolour: red\n", "bad.terms:2: unknown key \"colour\""},
        Fault{"version: 1\nweed\n", "bad.terms:2: a term needs a category"},
        Fault{"version: 1\ncategory: spam\nx\n", "bad.terms:3: \"x\" has fewer than two letters"},
        Fault{"version: 1\ncategory: spam\nweed :: score=2\n", "score must be a number from 0 to 1"},
        Fault{"version: 1\ncategory: spam\nweed :: score\n", "\"score\" is not key=value"},
        Fault{"version: 1\nexpires: 2027-02-30\n", "expires must be a date"},
        Fault{"version: 1\ncategory: spam\n/(a+)+b/\n", "bad.terms:3: /(a+)+b/: an unbounded repeat"},
        Fault{"version: 1\ncategory: spam\n/(a{1,99}b{1,99}){9,99}/\n", "more than 200 bytes"},
        Fault{"version: 1\ncategory: spam\n/ab(/\n", "bad.terms:3: /ab(/: "},
        Fault{"version: 1\ncategory: spam\n/a?b?/\n", "fewer than two bytes"},
        Fault{"category: spam\nweed\n", "there is no line \"version: ...\""}));

}  // namespace
}  // namespace heliograph::terms
