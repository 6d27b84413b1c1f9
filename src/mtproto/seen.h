// Which of a client's messages have been received: recognises repetitions and checks that sequence numbers
// rise with ids. Bounded; ids at or below floor() are forgotten and cannot be told from repetitions.
#pragma once

#include <cstdint>
#include <vector>

namespace heliograph::mtproto {

enum class SeqnoFit : std::uint8_t { fits, too_low, too_high };

class Seen {
 public:
  // As a seqno: this message takes no part in the check of the order (containers).
  static constexpr std::int32_t unordered = -1;

  bool contains(std::int64_t msg_id) const;
  // Against the nearest remembered messages on both sides (codes 32 and 33).
  SeqnoFit fit(std::int64_t msg_id, std::int32_t seqno) const;
  // `msg_id` is not contained. At `count_max` the oldest quarter is forgotten first. False, and nothing is
  // remembered, where msg_id is at or below floor() (then).
  bool insert(std::int64_t msg_id, std::int32_t seqno, std::size_t count_max);
  // Forgets ids below `msg_id` and gives memory back after a burst.
  void forget_below(std::int64_t msg_id);

  std::int64_t floor() const { return floor_; }
  std::int64_t highest() const { return entries_.empty() ? floor_ : entries_.back().msg_id; }
  std::size_t count() const { return entries_.size(); }
  std::size_t memory_bytes() const { return entries_.capacity() * sizeof(Entry); }

 private:
  struct Entry {
    std::int64_t msg_id;
    std::int32_t seqno;
  };
  void forget(std::size_t count);
  std::vector<Entry>::const_iterator position(std::int64_t msg_id) const;

  std::vector<Entry> entries_;  // by msg_id
  std::int64_t floor_ = 0;
};

}  // namespace heliograph::mtproto
