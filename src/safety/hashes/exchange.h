// Lists of hashes as others write them, read into a bank and written from one:
//
//   lines  "pdq f8f8..." a line: the `local_file` exchange of python-threatexchange
//   csv    with a header: `threatexchange dataset -P --csv` (collab, signal_type, signal_str, category,
//   tags); also
//          "hash" for signal_str, and "quality" (as pdq-photo-hasher writes them)
//   json   /threat_updates of the ThreatExchange Graph API, whole pages or one record a line; what
//          Hasher-Matcher-Actioner says of a bank's content ({"id","signals":{"pdq":...}})
#pragma once

#include "safety/hashes/bank.h"

namespace heliograph::safety {

enum class ExchangeFormat : std::uint8_t { lines, csv, json };
inline constexpr std::array<std::string_view, 3> kExchangeFormatNames = {"lines", "csv", "json"};

struct ExchangeOptions {
  SignalType type = SignalType::pdq;  // where a list does not say
  // What is wrong, or there twice, is left out instead of refusing the whole list.
  bool leave_out_faults = false;
};

struct Imported {
  std::vector<Signal> signals;
  std::size_t other_types = 0;  // hashes that are not matched here (MD5, video...)
  std::size_t withdrawn = 0;    // that the list itself says are none, or no more
  std::size_t left_out = 0;     // faults
};

inline constexpr std::size_t exchange_json_bytes_max = std::size_t{256} << 20;

// Told from how it begins.
ExchangeFormat exchange_format_of(std::string_view text);
// Errors: HASHES_INVALID with file and line (JSON: record).
Result<Imported> read_exchange(ExchangeFormat format, std::string_view text, std::string_view file_name,
                               const ExchangeOptions& options);
// `now`: for last_updated (json).
std::string write_exchange(ExchangeFormat format, const Bank& bank, UnixSeconds now);

}  // namespace heliograph::safety
