// Public posts made from a seed: the same every time, so that all engines get the same.
//
// The vocabulary has 300,000 words, used as often as Zipf's law says (exponent 1.07). The 40 commonest are
// English ones, so that posts are taken for English and stemmed; the others are made of syllables, longer the
// rarer they are, a third of them with an English ending. Posts have 20 words in the median, 27 on average,
// 400 at most; they lie in 5,000 channels, large ones posting more, and spread evenly over three years. A
// tenth has a hashtag. Channels are up to eight years old.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace heliograph::bench {

struct GeneratedPost {
  std::int64_t channel = 0;
  std::int32_t number = 0;
  std::int64_t date = 0;
  std::int64_t members = 0;
  std::int64_t channel_age = 0;  // seconds
  std::string text;
};

class Corpus {
 public:
  Corpus(std::uint64_t seed, std::size_t posts);

  // The next post; call it `posts` times.
  GeneratedPost next();
  void restart();

  static constexpr std::int64_t last_date = 1'800'000'000;

  enum class Kind { one, three, prefix, rare, absent, common };
  // Of each kind the same ones every time: words with blanks between them; prefixes end without.
  std::vector<std::string> queries(Kind kind, std::size_t count) const;

 private:
  std::size_t rank(std::mt19937_64& random) const;

  const std::uint64_t seed_;
  const std::size_t posts_;
  std::vector<std::string> words_;
  std::vector<double> shares_;          // cumulative, of words_
  std::vector<double> channel_shares_;  // cumulative
  std::mt19937_64 random_;
  std::vector<std::int32_t> numbers_;
  std::size_t made_ = 0;
};

}  // namespace heliograph::bench
