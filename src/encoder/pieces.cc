#include "encoder/pieces.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace heliograph::encoder {

namespace {

constexpr std::size_t kPiecesMax = 1 << 20;
constexpr float kUnlikely = 10;  // how much less than the least likely piece a letter is that no piece holds
constexpr std::size_t kLettersAPiece = 16;  // at most, as the vocabulary was made
constexpr char32_t kSpace = U' ', kMark = U'\u2581', kReplacement = U'\ufffd';

// The next character; what is no UTF-8 costs a byte.
char32_t next(std::string_view& text) {
  std::size_t at = 0;
  UChar32 c = 0;
  U8_NEXT(text.data(), at, text.size(), c);
  text.remove_prefix(c < 0 ? 1 : at);
  return c < 0 ? kReplacement : static_cast<char32_t>(c);
}

void put(std::string& text, char32_t c) {
  char bytes[U8_MAX_LENGTH];
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  text.append(bytes, size);
}

// FNV-1a, a byte at a time: of a piece and of all its beginnings in one go.
constexpr std::uint64_t kHash = 14695981039346656037u;
std::uint64_t hash_on(std::uint64_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
}

}  // namespace

Pieces Pieces::read(Reader& in) {
  Pieces made;
  const auto count = in.number<std::uint32_t>();
  std::uint32_t special[4] = {};  // begin, end, padding, unknown
  for (auto& number : special) number = in.number<std::uint32_t>();
  const auto letters = in.number<std::uint64_t>();
  if (count <= kUnknown || count > kPiecesMax || special[0] != kBegin || special[1] != kEnd ||
      special[3] != kUnknown) {
    in.ok = false;
    return made;
  }
  made.starts_ = in.numbers<std::uint32_t>(count + 1);
  made.scores_ = in.numbers<float>(count);
  made.letters_ = in.text(letters);
  const auto replaced = in.number<std::uint32_t>();
  Reader map{in.bytes(in.number<std::uint32_t>())};
  for (std::uint32_t i = 0; i < replaced && map.ok; ++i) {
    const auto character = map.number<std::uint32_t>();
    const auto as = map.numbers<std::uint32_t>(map.number<std::uint8_t>());
    made.read_as_[character] = std::u32string(as.begin(), as.end());
  }
  const auto finite = [](float score) { return std::isfinite(score); };
  in.ok = in.ok && map.ok && std::ranges::all_of(made.scores_, finite) &&
          std::ranges::is_sorted(made.starts_) && made.starts_.back() <= made.letters_.size();
  if (in.ok) made.index();
  return made;
}

void Pieces::index() {
  buckets_.assign(std::bit_ceil(scores_.size() * 2), 0);
  for (std::size_t i = 0; i < scores_.size(); ++i) {
    const auto bytes = piece(i);
    longest_ = std::max(longest_, bytes.size());
    unknown_score_ = std::min(unknown_score_, scores_[i]);
    if (bytes.empty() || i == kUnknown) continue;
    auto hash = kHash;
    for (const char c : bytes) hash = hash_on(hash, c);
    while (buckets_[hash & (buckets_.size() - 1)] != 0) ++hash;
    buckets_[hash & (buckets_.size() - 1)] = static_cast<std::uint32_t>(i + 1);
  }
  unknown_score_ -= kUnlikely;
}

std::int32_t Pieces::find(std::uint64_t hash, std::string_view bytes) const {
  for (;; ++hash) {
    const auto number = buckets_[hash & (buckets_.size() - 1)];
    if (number == 0) return -1;
    if (piece(number - 1) == bytes) return static_cast<std::int32_t>(number - 1);
  }
}

// One space where several are, none at the ends; a mark stands for a space, and before the first word.
std::string Pieces::normalised(std::string_view text, std::size_t characters_max,
                               std::vector<std::uint32_t>& starts) const {
  std::string out;
  bool space = true;
  const auto take = [&](char32_t c) {
    if (c == kSpace) {
      space = true;
      return;
    }
    if (space) {
      starts.push_back(static_cast<std::uint32_t>(out.size()));
      put(out, kMark);
    }
    space = false;
    starts.push_back(static_cast<std::uint32_t>(out.size()));
    put(out, c <= 0x10ffff ? c : kReplacement);
  };
  while (!text.empty() && starts.size() < characters_max) {
    const auto c = next(text);
    const auto found = read_as_.find(c);
    if (found == read_as_.end()) {
      take(c);
    } else {
      for (const auto one : found->second) take(one);
    }
  }
  starts.push_back(static_cast<std::uint32_t>(out.size()));
  return out;
}

Tokens Pieces::cut(std::string_view text, std::size_t most) const {
  std::vector<std::uint32_t> starts;
  const auto letters = normalised(text, most * kLettersAPiece, starts);
  const auto count = starts.size() - 1;
  // The likeliest way to each place: how likely, from where, with which piece.
  struct Way {
    float score = -1e30f;
    std::uint32_t from = 0, piece = kUnknown;
  };
  std::vector<Way> ways(count + 1);
  ways[0].score = 0;
  for (std::size_t at = 0; at < count; ++at) {
    auto hash = kHash;
    std::size_t read = starts[at];
    const auto better = [&](std::size_t end, float score, std::uint32_t piece) {
      score += ways[at].score;
      if (score > ways[end].score) ways[end] = {score, static_cast<std::uint32_t>(at), piece};
    };
    for (std::size_t end = at + 1; end <= count && starts[end] - starts[at] <= longest_; ++end) {
      for (; read < starts[end]; ++read) hash = hash_on(hash, letters[read]);
      const auto number = find(hash, std::string_view(letters).substr(starts[at], starts[end] - starts[at]));
      if (number >= 0)
        better(end, scores_[static_cast<std::size_t>(number)], static_cast<std::uint32_t>(number));
    }
    better(at + 1, unknown_score_, kUnknown);
  }
  Tokens pieces;
  for (auto at = count; at > 0; at = ways[at].from) {
    // Letters in a row that no piece holds are one unknown piece.
    if (ways[at].piece == kUnknown && !pieces.empty() && pieces.back() == kUnknown) continue;
    pieces.push_back(ways[at].piece);
  }
  std::ranges::reverse(pieces);
  if (pieces.size() > most) pieces.resize(most);
  return pieces;
}

}  // namespace heliograph::encoder
