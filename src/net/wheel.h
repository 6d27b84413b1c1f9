// Coarse time-outs for very many objects: a ring of lists, one list a tick. Arming, moving and dropping a
// time-out are constant-time and allocate nothing, so that an idle connection costs two pointers, not a
// timer.
#pragma once

#include <array>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <cstdint>

namespace heliograph::net {

// Counts from the start of the loop that owns the wheel. Never 0 for an armed entry.
using Tick = std::uint32_t;
inline constexpr auto tick_length = std::chrono::milliseconds(250);

// Not thread-safe: belongs to one loop.
class Wheel {
  using Hook = boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

 public:
  // Something that can be due. Leaves the wheel by itself when destroyed.
  class Entry : public Hook {
   public:
    virtual ~Entry() = default;
    // The entry's time has come. The result is the tick at which to look again; 0 ends it. May destroy other
    // entries and itself (then the result must be 0).
    virtual Tick on_due(Tick now) = 0;

   private:
    friend class Wheel;
    Tick due_ = 0;
  };

  // (Re)arms `entry` for `due`; a tick that has passed means the next one.
  void arm(Entry& entry, Tick due);
  static void disarm(Entry& entry);
  static bool armed(const Entry& entry) { return entry.is_linked(); }
  // Only for armed entries.
  static Tick due(const Entry& entry) { return entry.due_; }

  // Runs everything due up to and including `now`.
  void advance(Tick now);
  Tick now() const { return now_; }

 private:
  static constexpr std::size_t slots = 256;
  using List = boost::intrusive::list<Entry, boost::intrusive::constant_time_size<false>>;
  std::array<List, slots> ring_;
  Tick now_ = 0;
};

}  // namespace heliograph::net
