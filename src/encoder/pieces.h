// Cuts a text into the pieces that the encoder knows: SentencePiece's unigram model (Kudo 2018,
// arXiv:1804.10959) with the vocabulary of XLM-RoBERTa. Of all ways to cut, the likeliest one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "encoder/reader.h"

namespace heliograph::encoder {

// Numbers of pieces.
using Tokens = std::vector<std::uint32_t>;

class Pieces {
 public:
  // What a text begins and ends with, and what stands for letters that no piece holds.
  static constexpr std::uint32_t kBegin = 0, kEnd = 2, kUnknown = 3;

  // The vocabulary's part of a file of weights (encoder.h). !in.ok, or no pieces: it is damaged.
  static Pieces read(Reader& in);

  // At most the first `most`; of the text no more is read than these can hold. What is no UTF-8 is read as
  // U+FFFD. Thread-safe.
  Tokens cut(std::string_view text, std::size_t most) const;

  std::size_t count() const { return scores_.size(); }

 private:
  std::string normalised(std::string_view text, std::size_t characters_max,
                         std::vector<std::uint32_t>& starts) const;
  void index();
  // Number of the piece with this hash and these bytes; -1: none.
  std::int32_t find(std::uint64_t hash, std::string_view bytes) const;
  std::string_view piece(std::size_t number) const {
    return std::string_view(letters_).substr(starts_[number], starts_[number + 1] - starts_[number]);
  }

  std::string letters_;                 // of all pieces, one after the other
  std::vector<std::uint32_t> starts_;   // of each in letters_, and the end
  std::vector<float> scores_;           // logarithms of how likely each is
  std::vector<std::uint32_t> buckets_;  // number + 1, by hash, the next free one; 0: free
  std::size_t longest_ = 0;             // bytes
  float unknown_score_ = 0;
  // What a character is read as, if not as itself.
  std::unordered_map<char32_t, std::u32string> read_as_;
};

}  // namespace heliograph::encoder
