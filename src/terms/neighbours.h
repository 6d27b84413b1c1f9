// Which of many given words another word is close to: by a slip of the keyboard (letters swapped, left out,
// doubled, beside the right one), or by how it sounds (c/k/q, ph/f, Cyrillic in Latin letters). The inside of
// QueryGuard. Words are letters without accents, as Canonical::letters has them.
//
// add(), then finish(), then any number of threads may ask. A look-up costs a probe or two for each letter of
// the word, whatever the number of words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::terms {

class Neighbours {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;
  static constexpr std::size_t letters_least = 3;
  static constexpr std::size_t letters_most = 32;

  // `strict`: the word alone decides. `loose`: what is found has still to fit what stands around it.
  enum class Care : std::uint8_t { strict, loose };
  explicit Neighbours(Care care) : care_(care) {}

  // Words that are too short or too long to have neighbours are left out.
  void add(std::u32string letters, std::uint32_t value);
  void finish();

  // The value of the nearest; none.
  std::uint32_t nearest(std::u32string_view letters) const;
  // Whether it is one of them as it is.
  bool has(std::u32string_view letters) const;

 private:
  struct Entry {
    std::u32string letters;
    std::uint32_t value;
    bool cyrillic;
  };
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t entry = none;
  };
  // Open addressing, linear probing.
  struct Table {
    std::vector<Slot> slots;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> filling;
    void add(std::uint64_t hash, std::uint32_t entry) { filling.emplace_back(hash, entry); }
    void finish();
    template <typename Each>
    void each(std::uint64_t hash, const Each& found) const;
  };
  bool close(std::u32string_view word, const Entry& entry, std::size_t edits) const;
  std::size_t heard_least(const Entry& entry, bool cyrillic) const;

  const Care care_;
  std::vector<Entry> entries_;
  Table spelt_;  // each word, and it without one letter
  Table heard_;  // how it sounds, in two ways
};

}  // namespace heliograph::terms
