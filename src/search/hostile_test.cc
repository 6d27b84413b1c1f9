// Queries and posts meant to be slow or large.
#include <gmock/gmock.h>

#include <chrono>

#include "search/testing/fixture.h"
#include "search/text.h"

namespace heliograph::search {
namespace {

using ::testing::ElementsAre;
using ::testing::Le;
using ::testing::SizeIs;

class HostileTest : public testing::Fixture {
 protected:
  std::string repeat(std::string_view what, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += what;
    return out;
  }
};

TEST_F(HostileTest, TenThousandWords) {
  put(1, "w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15");
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "w" + std::to_string(i) + " ";
  EXPECT_THAT(parse(text), SizeIs(clauses_max));
  EXPECT_THAT(found(text), ElementsAre(1));  // the first 16 count
}

TEST_F(HostileTest, CombiningMarks) {
  const auto marks = "a" + repeat("\xcc\x81\xcc\xa3", 250'000);  // a megabyte on one letter
  EXPECT_THAT(parse(marks).size(), Le(1u));
  put(1, marks);
  EXPECT_EQ(index->size(), 1);
  EXPECT_THAT(analyze(marks, marks.size(), 10).units[0].text.size(), Le(64u));
}

TEST_F(HostileTest, OneLetterAndAStar) {
  put(1, "apple");
  EXPECT_THAT(found("a*"), SizeIs(0));
  EXPECT_EQ(error("*"), "SEARCH_QUERY_EMPTY");
}

TEST_F(HostileTest, BytesThatAreNotText) {
  put(1, "plain");
  EXPECT_EQ(error("\xff\xfe\x80"), "SEARCH_QUERY_EMPTY");
  EXPECT_THAT(found("plain\xff "), ElementsAre(1));
  EXPECT_EQ(error(std::string(5, '\0')), "SEARCH_QUERY_EMPTY");
}

TEST_F(HostileTest, AWordLongerThanATermMayBe) {
  const auto word = repeat("abcdefghij", 1'000);
  put(1, word);
  EXPECT_THAT(found(word), ElementsAre(1));
  put(2, "#" + word);
  put(3, repeat("漢", 5'000));
  EXPECT_EQ(index->size(), 3);
}

TEST_F(HostileTest, ManyEndings) {
  std::vector<Change> changes;
  for (int i = 0; i < 3'000; ++i) {
    changes.emplace_back(
        Put{key(i + 1), Post{.text = "zz" + std::to_string(i), .date = 1'000, .sender = {}}});
  }
  apply(std::move(changes));
  EXPECT_THAT(found("zz", {.after = {}, .limit = 100}), SizeIs(64));  // the commonest of them
  EXPECT_THAT(found("zz2999"), ElementsAre(3'000));
}

TEST_F(HostileTest, TimeRunsOut) {
  options.time_limit = Duration(0);
  open();
  put(1, "word");
  const auto got = page({.text = "word"});
  EXPECT_TRUE(got.partial());
}

TEST_F(HostileTest, ManyPeers) {
  put(1, "word");
  std::vector<Peer> peers(20'000, testing::channel);
  EXPECT_THAT(found("word", {.peers = peers, .after = {}}), ElementsAre(1));
}

}  // namespace
}  // namespace heliograph::search
