#include "net/http_body.h"

#include <gtest/gtest.h>

namespace heliograph::net {
namespace {

struct Read {
  std::string text, rest, error;
  bool complete = false;
};

Read read(HttpBody body, std::string_view input, std::size_t cut) {
  Read out;
  while (!input.empty() && !body.complete()) {
    const auto piece = input.substr(0, cut);
    const auto taken = body.take(as_bytes(piece));
    if (!taken) {
      out.error = taken.error().code;
      return out;
    }
    input.remove_prefix(*taken);
  }
  out.text = body.text();
  out.rest = input;
  out.complete = body.complete();
  return out;
}

TEST(HttpBody, TakesExactlyItsLength) {
  for (const std::size_t cut : {1u, 2u, 100u}) {
    const auto got = read(HttpBody::of_length(5, 10), "helloGET", cut);
    EXPECT_EQ(got.text, "hello");
    EXPECT_EQ(got.rest, "GET");
  }
  EXPECT_TRUE(HttpBody::of_length(0, 10).complete());
  EXPECT_FALSE(read(HttpBody::of_length(5, 10), "hel", 1).complete);
  EXPECT_EQ(read(HttpBody::of_length(11, 10), "x", 1).error, "HTTP_BODY_TOO_LONG");
}

TEST(HttpBody, PutsChunksTogetherHoweverTheyAreCut) {
  const std::string input =
      "4\r\nWiki\r\n6;name=\"v\"\r\npedia \r\nA \r\nin chunks.\r\n0\r\nExpires: never\r\nX: y\r\n\r\nGET";
  for (const std::size_t cut : {1u, 2u, 3u, 1000u}) {
    const auto got = read(HttpBody::chunked(100), input, cut);
    EXPECT_EQ(got.error, "");
    EXPECT_EQ(got.text, "Wikipedia in chunks.") << cut;
    EXPECT_EQ(got.rest, "GET");
    EXPECT_TRUE(got.complete);
  }
  EXPECT_TRUE(read(HttpBody::chunked(100), "0\r\n\r\n", 1).complete);
}

TEST(HttpBody, RefusesWhatIsNotWellFormed) {
  const struct {
    std::string input;
    const char* error;
  } cases[] = {
      {"\r\n", "HTTP_BODY_INVALID"},
      {"x\r\n", "HTTP_BODY_INVALID"},
      {"-1\r\n", "HTTP_BODY_INVALID"},
      {"1\na\r\n", "HTTP_BODY_INVALID"},
      {"1;a\nb", "HTTP_BODY_INVALID"},
      {"1\r\nab", "HTTP_BODY_INVALID"},
      {"1\r\na\n0\r\n\r\n", "HTTP_BODY_INVALID"},
      {"0\r\nA: b\n\r\n", "HTTP_BODY_INVALID"},
      {"1;" + std::string(5000, 'x'), "HTTP_BODY_INVALID"},
      {"0\r\n" + std::string(5000, 'x'), "HTTP_BODY_INVALID"},
      {"65\r\n", "HTTP_BODY_TOO_LONG"},
      {"ffffffffffffffffff\r\n", "HTTP_BODY_TOO_LONG"},
      {"60\r\n" + std::string(0x60, 'x') + "\r\n5\r\n", "HTTP_BODY_TOO_LONG"},
  };
  for (const auto& c : cases) EXPECT_EQ(read(HttpBody::chunked(100), c.input, 1).error, c.error) << c.input;
}

}  // namespace
}  // namespace heliograph::net
