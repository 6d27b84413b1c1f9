#include "search/corpus.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace heliograph::bench {

namespace {

constexpr std::size_t vocabulary = 300'000;
constexpr std::size_t channels = 5'000;
constexpr std::size_t not_asked_for = 100;  // the commonest words: nobody searches for "the"
constexpr std::size_t rare_from = 150'000;

constexpr const char* english[] = {
    "the",  "of",   "and",  "to",  "in",   "is",   "that", "for", "it",   "with", "was", "on",  "are", "be",
    "this", "have", "from", "you", "not",  "they", "we",   "has", "will", "at",   "by",  "an",  "or",  "as",
    "his",  "she",  "he",   "but", "what", "when", "all",  "can", "said", "one",  "new", "more"};
constexpr const char* onsets[] = {"b", "br", "c", "ch", "d",  "dr", "f", "fl", "g",  "gr", "h",  "j", "k",
                                  "l", "m",  "n", "p",  "pl", "pr", "r", "s",  "st", "t",  "tr", "v", "w"};
constexpr const char* rimes[] = {"a",  "e",  "i",  "o",  "u",  "an", "en", "in", "on",  "ar",
                                 "er", "or", "al", "el", "is", "os", "ea", "ou", "ack", "ight"};
constexpr const char* endings[] = {"s", "ed", "ing", "ly", "er", "ation"};

// Uniform in [0, 1), the same with every standard library.
double unit(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) * 0x1p-53;
}

std::size_t pick(const std::vector<double>& shares, double where) {
  const auto at = static_cast<std::size_t>(std::ranges::lower_bound(shares, where) - shares.begin());
  return std::min(at, shares.size() - 1);
}

std::vector<double> zipf(std::size_t count, double exponent, double offset) {
  std::vector<double> shares;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i)
    shares.push_back(sum += std::pow(static_cast<double>(i) + offset, -exponent));
  for (auto& share : shares) share /= sum;
  return shares;
}

std::vector<std::string> make_words(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::string> words(std::begin(english), std::end(english));
  std::unordered_set<std::string> known(words.begin(), words.end());
  while (words.size() < vocabulary) {
    const auto syllables =
        1 + static_cast<int>(std::log10(static_cast<double>(words.size())) / 2 + unit(random) * 1.5);
    std::string word;
    for (int i = 0; i < syllables; ++i) {
      word += onsets[random() % std::size(onsets)];
      word += rimes[random() % std::size(rimes)];
    }
    if (random() % 3 == 0) word += endings[random() % std::size(endings)];
    if (known.insert(word).second) words.push_back(std::move(word));
  }
  return words;
}

}  // namespace

Corpus::Corpus(std::uint64_t seed, std::size_t posts)
    : seed_(seed),
      posts_(posts),
      words_(make_words(seed)),
      shares_(zipf(vocabulary, 1.07, 2.7)),
      channel_shares_(zipf(channels, 0.8, 1)) {
  restart();
}

void Corpus::restart() {
  random_.seed(seed_ + 1);
  numbers_.assign(channels, 0);
  made_ = 0;
}

std::size_t Corpus::rank(std::mt19937_64& random) const {
  return pick(shares_, unit(random));
}

GeneratedPost Corpus::next() {
  GeneratedPost post;
  const auto channel = pick(channel_shares_, unit(random_));
  post.channel = static_cast<std::int64_t>(channel) + 1;
  post.number = ++numbers_[channel];
  post.members = 2'000'000 / post.channel;
  post.channel_age = post.channel * 2'654'435'761 % (8 * 365 * 86'400);
  constexpr double span = 3 * 365.25 * 86'400;
  post.date = last_date - static_cast<std::int64_t>(
                              span * (1 - static_cast<double>(made_) / static_cast<double>(posts_)));
  ++made_;
  // Log-normal by Box and Muller, for the same reason as unit().
  const auto normal =
      std::sqrt(-2 * std::log(1 - unit(random_))) * std::cos(6.283185307179586 * unit(random_));
  const auto length = std::clamp(static_cast<int>(std::exp(3 + 0.8 * normal)), 1, 400);
  for (int i = 0; i < length; ++i) {
    if (i > 0) post.text += i % 12 == 0 ? ". " : " ";
    post.text += words_[rank(random_)];
  }
  if (random_() % 10 == 0) post.text += " #" + words_[not_asked_for + random_() % 1'000];
  return post;
}

std::vector<std::string> Corpus::queries(Kind kind, std::size_t count) const {
  std::mt19937_64 random(seed_ + 2 + static_cast<std::uint64_t>(kind));
  const auto asked = [&] {
    for (;;) {
      const auto found = rank(random);
      if (found >= not_asked_for) return found;
    }
  };
  std::vector<std::string> out;
  while (out.size() < count) {
    switch (kind) {
      case Kind::one:
        out.push_back(words_[asked()] + " ");
        break;
      case Kind::three: {
        // Commoner ones, so that most queries have answers.
        std::string text;
        for (int i = 0; i < 3; ++i) text += words_[not_asked_for + random() % 900] + " ";
        out.push_back(std::move(text));
        break;
      }
      case Kind::prefix: {
        const auto& word = words_[asked()];
        if (word.size() >= 4) out.push_back(word.substr(0, 3));
        break;
      }
      case Kind::rare:
        out.push_back(words_[rare_from + random() % (vocabulary - rare_from)] + " ");
        break;
      case Kind::absent:
        out.push_back("xq" + words_[random() % vocabulary] + " ");
        break;
      case Kind::common:
        out.push_back(words_[random() % not_asked_for] + " ");
        break;
    }
  }
  return out;
}

}  // namespace heliograph::bench
