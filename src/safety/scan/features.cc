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
        const auto end = word_end(i);
        word(text_.substr(i, std::max<std::size_t>(1, end - i)));
        i = std::max(end, i + 1);
      }
    }
  }

 private:
  static bool alnum(char c) { return (c >= 'a' && c <= 'z') || digit(c); }
  // Emoji, arrows, dashes, quotes, currency: not letters.
  static bool picture(unsigned char lead) { return lead == 0xe2 || lead == 0xf0; }

  bool in_word(std::size_t i) const {
    return i < text_.size() && (alnum(text_[i]) || static_cast<unsigned char>(text_[i]) >= 0x80) &&
           !picture(static_cast<unsigned char>(text_[i]));
  }
  // Bytes of the apostrophe that `text` begins with, 0 if it does not.
  static std::size_t apostrophe(std::string_view text) {
    return text.starts_with('\'') ? 1 : text.starts_with("\u2019") ? 3 : 0;
  }
  // "don't" is one word, as "dont" is, and "d.o.n.'.t"; "l'arme" is two.
  std::size_t word_end(std::size_t from) const {
    std::size_t end = from;
    while (end < text_.size()) {
      const auto mark = in_word(end) ? 0 : end > from + 1 ? apostrophe(text_.substr(end)) : 0;
      if (!in_word(end + mark)) break;
      end += mark + 1;
    }
    return end;
  }

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
    if (in_word(end)) {
      std::size_t tail = end;
      while (in_word(tail)) ++tail;
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

  // Without apostrophes, into padded_ between '<' and '>', where each letter begins into starts_. Letters
  // written twice count once, l is i: that is how words are disguised ("k1ll", "kkiill"). True if more than
  // an apostrophe was lost.
  bool squeeze(std::string_view text) {
    bool lost = false;
    size_ = letters_ = 1;
    std::string_view before;
    for (std::size_t i = 0, size = 0; i < text.size(); i += size) {
      size = 1;
      while (i + size < text.size() && (static_cast<unsigned char>(text[i + size]) & 0xc0) == 0x80) ++size;
      const auto letter = text.substr(i, size);
      if (letter == before) {
        lost = true;
        continue;
      }
      if (apostrophe(letter) != 0) continue;
      before = letter;
      starts_[letters_++] = static_cast<std::uint8_t>(size_);
      if (text[i] == 'l') {
        lost = true;
        padded_[size_++] = 'i';
        continue;
      }
      for (std::size_t k = 0; k < size; ++k) padded_[size_++] = text[i + k];
    }
    starts_[letters_++] = static_cast<std::uint8_t>(size_);
    padded_[size_++] = '>';
    starts_[letters_] = static_cast<std::uint8_t>(size_);
    return lost;
  }

  void word(std::string_view text) {
    text = text.substr(0, kWordBytesMost);
    // "butt" is no "but": the word as it stands counts beside.
    if (squeeze(text)) add(hash_of(text) ^ word_family);
    const auto hash = hash_of(std::string_view(padded_.data() + 1, size_ - 2));
    add(hash ^ word_family);
    pair(hash);
    // Characters 3 to 5 at a time, with the word's ends marked.
    for (std::size_t from = 0; from + 2 < letters_; ++from) {
      std::uint32_t gram = 2166136261u;
      for (std::size_t length = 1; length <= 5 && from + length <= letters_; ++length) {
        for (std::size_t i = starts_[from + length - 1]; i < starts_[from + length]; ++i)
          gram = step(gram, static_cast<unsigned char>(padded_[i]));
        if (length >= 3) add(gram ^ gram_family);
      }
    }
  }

  std::string_view text_;
  std::vector<std::uint32_t>& out_;
  std::uint32_t before_ = 0;
  // The word that is being read: its letters between '<' and '>', where each begins, and where the last ends.
  std::array<char, kWordBytesMost + 2> padded_{'<'};
  std::array<std::uint8_t, kWordBytesMost + 3> starts_{};
  std::size_t size_ = 0, letters_ = 0;
};

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
