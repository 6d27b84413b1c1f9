#include "safety/scan/features.h"

#include <algorithm>
#include <array>

namespace heliograph::safety {

namespace {

constexpr std::uint32_t kMask = (1u << kFeatureBits) - 1;
constexpr std::size_t kWordBytesMost = 60;

enum Family : std::uint32_t { word_family = 0x9e3779b1, pair_family = 0x85ebca6b, gram_family = 0xc2b2ae35 };

std::uint32_t mix(std::uint32_t hash) {
  hash ^= hash >> 16;
  hash *= 0x7feb352d;
  hash ^= hash >> 15;
  hash *= 0x846ca68b;
  return hash ^ (hash >> 16);
}
std::uint32_t step(std::uint32_t hash, unsigned char byte) {
  return (hash ^ byte) * 16777619u;
}
std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text) hash = step(hash, static_cast<unsigned char>(c));
  return hash;
}

bool digit(char c) {
  return c >= '0' && c <= '9';
}

class Extraction {
 public:
  Extraction(std::string_view text, std::vector<std::uint32_t>& out) : text_(text), out_(out) {}

  void run() {
    std::size_t i = 0;
    while (i < text_.size() && out_.size() < kFeaturesMost) {
      const auto rest = text_.substr(i);
      const auto c = static_cast<unsigned char>(text_[i]);
      if (c == ' ') {
        ++i;
      } else if (rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.") ||
                 rest.starts_with("t.me/")) {
        std::size_t end = i;
        while (end < text_.size() && text_[end] != ' ') ++end;
        token(rest.substr(0, end - i).find("t.me/") != rest.npos ? "<channel>" : "<link>");
        host(text_.substr(i, end - i));
        i = end;
      } else if (c == '@') {
        std::size_t end = i + 1;
        while (end < text_.size() && (alnum(text_[end]) || text_[end] == '_')) ++end;
        token(end - i > 4 ? "<mention>" : "@");
        i = end;
      } else if (digit(text_[i])) {
        number(i);
      } else if (c < 0x80 && !alnum(text_[i])) {
        // Of the punctuation only what prices, questions and shouting are made of.
        if (c == '$' || c == '?' || c == '!' || c == '%' || c == '#' || c == '/') token(rest.substr(0, 1));
        ++i;
      } else if (picture(c)) {
        const auto size = std::min<std::size_t>(c >= 0xf0 ? 4 : 3, rest.size());
        token(rest.substr(0, size));
        i += size;
      } else {
        std::size_t end = i;
        while (end < text_.size() && (alnum(text_[end]) || static_cast<unsigned char>(text_[end]) >= 0x80) &&
               !picture(static_cast<unsigned char>(text_[end]))) {
          ++end;
        }
        word(text_.substr(i, std::max<std::size_t>(1, end - i)));
        i = std::max(end, i + 1);
      }
    }
  }

 private:
  static bool alnum(char c) { return (c >= 'a' && c <= 'z') || digit(c); }
  // Emoji, arrows, dashes, quotes, currency: not letters.
  static bool picture(unsigned char lead) { return lead == 0xe2 || lead == 0xf0; }

  void add(std::uint32_t hash) { out_.push_back(mix(hash) & kMask); }

  void token(std::string_view text) {
    const auto hash = hash_of(text);
    add(hash ^ word_family);
    pair(hash);
  }

  void pair(std::uint32_t hash) {
    if (before_ != 0) add((before_ * 31 + hash) ^ pair_family);
    before_ = hash;
  }

  // Numbers by their length, and with what follows: "50 g" and "1000$" are alike whatever the amount.
  void number(std::size_t& i) {
    std::size_t end = i, digits = 0;
    while (end < text_.size() && (digit(text_[end]) || ((text_[end] == '.' || text_[end] == ',') &&
                                                        end + 1 < text_.size() && digit(text_[end + 1])))) {
      digits += digit(text_[end]);
      ++end;
    }
    std::array<char, 3> shape = {'#', static_cast<char>('0' + std::min<std::size_t>(digits, 9)), 0};
    if (end < text_.size() && (alnum(text_[end]) || static_cast<unsigned char>(text_[end]) >= 0x80) &&
        !picture(static_cast<unsigned char>(text_[end]))) {
      std::size_t tail = end;
      while (tail < text_.size() && (alnum(text_[tail]) || static_cast<unsigned char>(text_[tail]) >= 0x80) &&
             !picture(static_cast<unsigned char>(text_[tail]))) {
        ++tail;
      }
      // "2cb", "4mmc", "18yo": the whole counts as well.
      if (tail - i <= kWordBytesMost) add(hash_of(text_.substr(i, tail - i)) ^ word_family);
    } else {
      if (digits <= 4) add(hash_of(text_.substr(i, end - i)) ^ word_family);  // 1488, 420, 18
    }
    token(std::string_view(shape.data(), 2));
    i = end;
  }

  void host(std::string_view link) {
    const auto start = link.find("//");
    if (start != link.npos) link.remove_prefix(start + 2);
    const auto name = link.substr(0, link.find_first_of("/?#:"));
    const auto dot = name.rfind('.');
    if (dot != name.npos && name.size() - dot <= 10) add(hash_of(name.substr(dot)) ^ word_family);
  }

  void word(std::string_view text) {
    text = text.substr(0, kWordBytesMost);
    const auto hash = hash_of(text);
    add(hash ^ word_family);
    pair(hash);
    // Characters 3 to 5 at a time, with the word's ends marked.
    starts_.clear();
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) starts_.push_back(i + 1);
    }
    padded_.assign(1, '<');
    padded_.append(text);
    padded_.push_back('>');
    starts_.push_back(padded_.size() - 1);
    for (std::size_t from = 0; from + 2 < starts_.size(); ++from) {
      std::uint32_t gram = 2166136261u;
      for (std::size_t length = 1; length <= 5 && from + length <= starts_.size(); ++length) {
        const auto begin = starts_[from + length - 1];
        const auto end = from + length < starts_.size() ? starts_[from + length] : padded_.size();
        for (auto i = begin; i < end; ++i) gram = step(gram, static_cast<unsigned char>(padded_[i]));
        if (length >= 3) add(gram ^ gram_family);
      }
    }
  }

  std::string_view text_;
  std::vector<std::uint32_t>& out_;
  std::uint32_t before_ = 0;
  static thread_local std::vector<std::size_t> starts_;
  static thread_local std::string padded_;
};

thread_local std::vector<std::size_t> Extraction::starts_;
thread_local std::string Extraction::padded_;

}  // namespace

void extract_features(const terms::Canonical& text, std::vector<std::uint32_t>& features) {
  features.clear();
  Extraction(text.plain, features).run();
  // Each once. A bitmap is cleared by walking what was set: no sort, no allocation.
  static thread_local std::vector<std::uint64_t> seen((kMask + 1) / 64);
  std::size_t kept = 0;
  for (const auto feature : features) {
    auto& word = seen[feature / 64];
    const auto bit = std::uint64_t{1} << (feature % 64);
    if ((word & bit) != 0) continue;
    word |= bit;
    features[kept++] = feature;
  }
  features.resize(kept);
  for (const auto feature : features) seen[feature / 64] = 0;
}

}  // namespace heliograph::safety
