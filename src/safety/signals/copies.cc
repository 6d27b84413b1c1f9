#include "safety/signals/copies.h"

#include <algorithm>

#include "safety/signals/simhash.h"

namespace heliograph::safety {

namespace {

// Of one author in one place: who repeats themselves there does not push the others out.
constexpr std::ptrdiff_t kAlikeMost = 4;

}  // namespace

Copies::Copies() : buckets_(kBands << kBandBits) {
  slots_.reserve(groups_most);
  prints_.reserve(groups_most);
  links_.reserve(groups_most);
}

std::uint32_t Copies::band_of(std::uint64_t print, std::size_t band) {
  return static_cast<std::uint32_t>(print >> (band * kBandBits)) & ((1u << kBandBits) - 1);
}

std::uint32_t Copies::nearest(std::uint64_t print, int distance, UnixSeconds since) const {
  auto best = kNone;
  auto best_distance = distance + 1;
  const auto look_in = [&](const std::vector<std::uint32_t>& slots) {
    for (const auto slot : slots) {
      const auto apart = hamming(prints_[slot], print);
      const bool nearer = apart < best_distance || (apart == best_distance && slot < best);
      if (!nearer || slots_[slot].last < since) continue;
      best = slot;
      best_distance = apart;
    }
  };
  for (std::size_t band = 0; band < kBands; ++band) {
    const auto value = band_of(print, band);
    look_in(bucket(band, value));
    for (std::uint32_t bit = 0; bit < kBandBits; ++bit) look_in(bucket(band, value ^ (1u << bit)));
  }
  return best;
}

const Copies::Group* Copies::find(std::uint64_t print, int distance, UnixSeconds since) const {
  const auto slot = nearest(print, distance, since);
  return slot == kNone ? nullptr : &slots_[slot];
}

const Copies::Group* Copies::find_exact(std::uint64_t print, UnixSeconds first) const {
  for (std::size_t band = 0; band < kBands; ++band) {
    for (const auto slot : bucket(band, band_of(print, band))) {
      const auto& group = slots_[slot];
      if (group.print == print && group.first == first) return &group;
    }
  }
  return nullptr;
}

void Copies::pardon(std::uint64_t print, UnixSeconds first) {
  if (const auto* group = find_exact(print, first)) {
    slots_[static_cast<std::size_t>(group - slots_.data())].pardoned = true;
  }
}

void Copies::unlink(std::uint32_t slot) {
  const auto [newer, older] = links_[slot];
  (newer == kNone ? newest_ : links_[newer].older) = older;
  (older == kNone ? oldest_ : links_[older].newer) = newer;
}

void Copies::push_newest(std::uint32_t slot) {
  links_[slot] = {kNone, newest_};
  if (newest_ != kNone) links_[newest_].newer = slot;
  newest_ = slot;
  if (oldest_ == kNone) oldest_ = slot;
}

std::uint32_t Copies::begin(std::uint64_t print, UnixSeconds at) {
  std::uint32_t slot = 0;
  if (used_ < groups_most) {
    slot = static_cast<std::uint32_t>(used_++);
    slots_.emplace_back();
    prints_.push_back(0);
    links_.emplace_back();
  } else {
    slot = oldest_;
    unlink(slot);
    entries_ -= slots_[slot].entries.size();
    for (std::size_t band = 0; band < kBands; ++band) {
      std::erase(bucket(band, band_of(prints_[slot], band)), slot);
    }
    slots_[slot] = Group{};
  }
  slots_[slot].print = prints_[slot] = print;
  slots_[slot].first = at;
  push_newest(slot);
  for (std::size_t band = 0; band < kBands; ++band) {
    auto& slots = bucket(band, band_of(print, band));
    if (slots.size() >= kBucketMost) slots.erase(slots.begin());
    slots.push_back(slot);
  }
  return slot;
}

void Copies::put(Group& group, const Entry& entry) {
  auto& all = group.entries;
  const auto alike = [&](const Entry& one) { return one.author == entry.author && one.place == entry.place; };
  const auto same = [&](const Entry& one) {
    return one.place == entry.place && one.message == entry.message;
  };
  if (std::ranges::any_of(all, same)) return;
  if (std::ranges::count_if(all, alike) >= kAlikeMost) {
    all.erase(std::ranges::find_if(all, alike));
  } else if (all.size() >= entries_most) {
    all.erase(all.begin());
  } else {
    ++entries_;
  }
  all.push_back(entry);
}

void Copies::add(std::uint64_t print, int distance, UnixSeconds since, const Entry& entry) {
  auto slot = nearest(print, distance, since);
  if (slot == kNone) {
    slot = begin(print, entry.at);
  } else {
    unlink(slot);
    push_newest(slot);
  }
  auto& group = slots_[slot];
  put(group, entry);
  group.last = std::max(group.last, entry.at);
}

}  // namespace heliograph::safety
