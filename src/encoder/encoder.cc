#include "encoder/encoder.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace heliograph::encoder {

namespace {

constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kTensorsMax = 4096;

std::unexpected<Error> invalid(const std::string& why) {
  return fail(Error::invalid("ENCODER_WEIGHTS_INVALID", "the encoder's weights " + why));
}

// The tensors of a file by name; each is asked for once, with the size it must have.
class Tensors {
 public:
  static Result<Tensors> read(Reader& in, ByteView file) {
    Tensors made;
    const auto count = in.number<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && i < kTensorsMax && in.ok; ++i) {
      auto name = in.text(in.number<std::uint16_t>());
      const auto kind = in.number<std::uint8_t>();
      in.number<std::uint32_t>();
      const auto offset = in.number<std::uint64_t>(), size = in.number<std::uint64_t>();
      if (!in.ok || offset > file.size() || size > file.size() - offset) return invalid("end early");
      made.all_[std::move(name)] = {kind, file.subspan(offset, size)};
    }
    if (!in.ok) return invalid("end early");
    return made;
  }

  std::vector<float> numbers(const std::string& name, std::size_t count) {
    Reader in{take(name, 0, count * sizeof(float))};
    auto values = in.numbers<float>(count);
    for (const auto value : values) {
      if (!std::isfinite(value)) wrong(name);
    }
    return values;
  }
  ByteView blocks(const std::string& name, std::size_t rows, std::size_t columns) {
    const auto found = take(name, 1, rows * columns / Matrix::kBlock * Matrix::kFourBitBlockBytes);
    for (std::size_t at = 0; at < found.size(); at += Matrix::kFourBitBlockBytes) {
      if (!std::isfinite(from_half(load_le<std::uint16_t>(found.data() + at)))) wrong(name);
    }
    return found;
  }
  Matrix matrix(const std::string& name, std::size_t rows, std::size_t columns) {
    const auto found = blocks(name, rows, columns);
    return found.empty() ? Matrix() : Matrix::of_four_bits(found, rows, columns);
  }
  const std::string& fault() const { return fault_; }  // the first tensor that was not as it must be

 private:
  struct Tensor {
    std::uint8_t kind = 0;
    ByteView bytes;
  };
  ByteView take(const std::string& name, std::uint8_t kind, std::size_t size) {
    const auto found = all_.find(name);
    if (found != all_.end() && found->second.kind == kind && found->second.bytes.size() == size) {
      return found->second.bytes;
    }
    wrong(name);
    return {};
  }
  void wrong(const std::string& name) {
    if (fault_.empty()) fault_ = name;
  }

  std::map<std::string, Tensor> all_;
  std::string fault_;
};

Layer layer_of(Tensors& tensors, const std::string& name) {
  constexpr auto width = Encoder::kWidth, inner = Encoder::kInner;
  Layer layer;
  layer.query = tensors.matrix(name + "q.w", width, width);
  layer.query_bias = tensors.numbers(name + "q.b", width);
  layer.key = tensors.matrix(name + "k.w", width, width);
  layer.key_bias = tensors.numbers(name + "k.b", width);
  layer.value = tensors.matrix(name + "v.w", width, width);
  layer.value_bias = tensors.numbers(name + "v.b", width);
  layer.mix = tensors.matrix(name + "ao.w", width, width);
  layer.mix_bias = tensors.numbers(name + "ao.b", width);
  layer.after_attention = {tensors.numbers(name + "aln.w", width), tensors.numbers(name + "aln.b", width)};
  layer.up = tensors.matrix(name + "fi.w", inner, width);
  layer.up_bias = tensors.numbers(name + "fi.b", inner);
  layer.down = tensors.matrix(name + "fo.w", width, inner);
  layer.down_bias = tensors.numbers(name + "fo.b", width);
  layer.after_products = {tensors.numbers(name + "oln.w", width), tensors.numbers(name + "oln.b", width)};
  return layer;
}

}  // namespace

Result<std::shared_ptr<const Encoder>> Encoder::parse(ByteView file) {
  Reader in{file};
  if (as_text(in.bytes(4)) != "E5S1" || in.number<std::uint32_t>() != kVersion) {
    return invalid("are no such file");
  }
  const std::uint32_t shape[] = {kWidth, kLayers, kHeads, kInner};
  for (const auto size : shape) {
    if (in.number<std::uint32_t>() != size) return invalid("are those of another encoder");
  }
  std::shared_ptr<Encoder> made(new Encoder());
  const auto words = in.number<std::uint32_t>(), places = in.number<std::uint32_t>(),
             kinds = in.number<std::uint32_t>();
  made->epsilon_ = in.number<float>();
  if (in.number<std::uint32_t>() != Matrix::kBlock || places < kWindowTokens || places > 4096 || kinds == 0 ||
      kinds > 16 || !(made->epsilon_ > 0 && made->epsilon_ < 1)) {
    return invalid("are those of another encoder");
  }
  made->pieces_ = Pieces::read(in);
  if (!in.ok || words < made->pieces_.count()) return invalid("have a damaged vocabulary");
  made->prefix_ = made->pieces_.cut("query:", kWindowTokens);
  HG_ASSIGN(auto tensors, Tensors::read(in, file));
  made->words_ = to_bytes(tensors.blocks("emb.word", words, kWidth));
  made->places_ = tensors.numbers("emb.pos", places * kWidth);
  const auto kind = tensors.numbers("emb.type", kinds * kWidth);
  made->norm_ = {tensors.numbers("emb.ln.w", kWidth), tensors.numbers("emb.ln.b", kWidth)};
  for (std::size_t i = 0; i < kLayers; ++i) {
    made->layers_.push_back(layer_of(tensors, "l" + std::to_string(i) + "."));
  }
  if (!tensors.fault().empty()) return invalid("have no proper " + tensors.fault());
  // Every token is of the first kind: its part is added here once.
  for (std::size_t i = 0; i < made->places_.size(); ++i) made->places_[i] += kind[i % kWidth];
  return std::shared_ptr<const Encoder>(std::move(made));
}

std::vector<Tokens> Encoder::windows(std::string_view text) const {
  const auto room = kWindowTokens - prefix_.size() - 2;
  const auto pieces = pieces_.cut(text, room * kWindowsMax);
  std::vector<Tokens> windows;
  for (std::size_t at = 0; at == 0 || at < pieces.size(); at += room) {
    Tokens window{Pieces::kBegin};
    window.insert(window.end(), prefix_.begin(), prefix_.end());
    window.insert(window.end(), pieces.begin() + static_cast<std::ptrdiff_t>(at),
                  pieces.begin() + static_cast<std::ptrdiff_t>(std::min(at + room, pieces.size())));
    window.push_back(Pieces::kEnd);
    windows.push_back(std::move(window));
  }
  return windows;
}

States Encoder::begin(const Tokens& tokens) const {
  States states(tokens.size() * kWidth);
  constexpr auto row_bytes = kWidth / Matrix::kBlock * Matrix::kFourBitBlockBytes;
  for (std::size_t token = 0; token < tokens.size(); ++token) {
    auto* state = &states[token * kWidth];
    const auto* row = &words_[tokens[token] * row_bytes];
    for (std::size_t at = 0; at < kWidth; at += Matrix::kBlock, row += Matrix::kFourBitBlockBytes) {
      unpack_four_bits(row, state + at);
    }
    for (std::size_t i = 0; i < kWidth; ++i) state[i] += places_[token * kWidth + i];
  }
  normalise(states, norm_, epsilon_);
  return states;
}

void Encoder::pass(States& states, std::size_t layer) const {
  layers_[layer].pass(states, kHeads, epsilon_);
}

}  // namespace heliograph::encoder
