// All banks of a folder, ready to be matched. Immutable; a new one takes its place as a whole.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "safety/hashes/bank.h"
#include "safety/hashes/media_print.h"
#include "safety/hashes/pdq_index.h"

namespace heliograph::safety {

struct HashMatch {
  std::string bank, version;
  terms::Category category = terms::Category::other_illegal;
  SignalType type = SignalType::pdq;
  Hash256 listed;    // the hash in the list
  int distance = 0;  // PDQ: bits that differ
  int turn = 0;      // PDQ: 0: as it is; 1 to 7: turned or mirrored (images/pdq.h)
  float score = 0;   // how sure it is that this is what the list means
  // "partner 2026-11-28.1 pdq f8f8...: 7 bits off, turned": for people, and for cases.
  std::string text() const;
};

class HashLists {
 public:
  // Those that are active, without what has expired. Errors: HASHES_INVALID (two banks of one name).
  static Result<std::shared_ptr<const HashLists>> build(std::vector<Bank> banks, UnixSeconds now);
  // All *.bank of a folder; of an empty name: none. All or nothing: HASHES_INVALID, FILE_UNREADABLE.
  static Result<std::shared_ptr<const HashLists>> load(const std::string& folder, UnixSeconds now);
  // Names, sizes and times of a folder's banks: another text where something has changed.
  static std::string state_of(const std::string& folder);

  // The surest match of each bank, surest first; none of what a bank of exceptions has. Remembers what it
  // found by the first SHA-256. Thread-safe.
  std::vector<HashMatch> match(const MediaPrint& print) const;

  // Banks and their versions: "partner 2026-11-28.1, local 3"; "none".
  const std::string& version() const { return version_; }
  std::size_t size() const { return pdq_.size() + sha256_.size(); }
  // state_of() the folder, as it was before it was read.
  const std::string& state() const { return state_; }
  // When the first hash expires; 0: never. Build anew then.
  UnixSeconds expires() const { return expires_; }
  std::size_t memory_bytes() const;

 private:
  // Of a bank: all of it but its hashes.
  struct Entry {
    std::string name, version;
    std::optional<terms::Category> category;
    int distance = 0;
    std::uint32_t pdq_end = 0;  // its hashes in pdq_ end here, where the next one's begin
  };
  struct Exact {
    Hash256 hash;
    std::uint32_t bank = 0;
    auto operator<=>(const Exact&) const = default;
  };
  static Result<std::shared_ptr<HashLists>> made_of(std::vector<Bank> banks, UnixSeconds now);
  std::vector<HashMatch> look_up(const MediaPrint& print) const;
  std::uint32_t bank_of(std::uint32_t number) const;

  std::vector<Entry> banks_;
  std::vector<Exact> sha256_;  // ascending
  PdqIndex pdq_;
  std::string version_ = "none", state_;
  UnixSeconds expires_ = 0;

  static constexpr std::size_t remembered_max = 65'536;
  mutable std::mutex mutex_;
  // Under mutex_.
  mutable std::unordered_map<std::string, std::vector<HashMatch>> remembered_;
};

}  // namespace heliograph::safety
