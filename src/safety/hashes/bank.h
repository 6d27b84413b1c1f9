// A bank: hashes of media that are known for one kind of harm, from one source. docs/moderation.md describes
// the file, NAME.bank; exchange.h what others exchange.
//
//   version: 2026-11-28.1
//   category: terrorism         or `none`: what looks like these is no match of other banks
//   source: partner, case 4711
//   expires: 2027-06-01         holds for the hashes after it
//   pdq f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22
//   sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/hash256.h"
#include "base/result.h"
#include "terms/category.h"

namespace heliograph::safety {

// The names that Hasher-Matcher-Actioner gives to kinds of hashes.
enum class SignalType : std::uint8_t { pdq, sha256 };
inline constexpr std::array<std::string_view, 2> kSignalTypeNames = {"pdq", "sha256"};
constexpr std::string_view name(SignalType type) {
  return kSignalTypeNames[static_cast<std::size_t>(type)];
}
std::optional<SignalType> signal_type_of(std::string_view text);

// What PDQ's authors call a match, and what they call too little to see for one.
inline constexpr int pdq_distance_max = 31;
inline constexpr int pdq_quality_min = 50;

struct Signal {
  SignalType type = SignalType::pdq;
  Hash256 hash;
  UnixSeconds expires = 0;  // 0: never
};

enum class BankState : std::uint8_t { proposed, active, retired };
inline constexpr std::array<std::string_view, 3> kBankStateNames = {"proposed", "active", "retired"};

struct Bank {
  std::string name;  // of the file, without .bank
  std::string version;
  std::optional<terms::Category> category;  // none: exceptions
  std::string source;
  BankState state = BankState::active;  // only active ones are matched
  int distance = pdq_distance_max;      // PDQ hashes that differ in so many bits are the same picture
  std::vector<Signal> signals;
};

inline constexpr std::size_t bank_bytes_max = std::size_t{1} << 30;
inline constexpr std::size_t bank_signals_max = 12'000'000;

// A name is letters, digits, '-' and '_', 64 at most.
bool valid_bank_name(std::string_view name);

// What makes a hash unfit for a list, or nullptr. A PDQ hash has as many bits set as not, but for pictures
// with hardly anything in them; one that has not would match what nobody meant.
const char* fault_of(SignalType type, const Hash256& hash);

// Errors: HASHES_INVALID, the first complaints at once, each "file:line: what is wrong". All or nothing.
Result<Bank> parse_bank(std::string_view text, std::string_view file_name);
Result<Bank> load_bank(const std::string& file);
// What parse_bank() reads.
std::string bank_text(const Bank& bank);

}  // namespace heliograph::safety
