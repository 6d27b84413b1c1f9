#include "safety/hashes/bank.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/day.h"
#include "safety/hashes/complaints.h"

namespace heliograph::safety {

namespace {

constexpr int kBitsLeast = 64, kBitsMost = 192;  // of 256, in a PDQ hash; 128 is what most have
constexpr std::size_t kTextMost = 500;

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const auto first = text.find_first_not_of(kBlank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

class BankReader {
 public:
  BankReader(std::string_view file, Bank& bank) : complaints_(file), bank_(bank) {}

  Status read(std::string_view text) {
    if (text.size() > bank_bytes_max) {
      complaints_.add(1, "the file is larger than 1 GiB");
      return refuse_hashes(complaints_);
    }
    while (!text.empty() && !complaints_.full()) {
      const auto cut = std::min(text.find('\n'), text.size());
      const auto line = without_blanks(text.substr(0, cut));
      text.remove_prefix(std::min(cut + 1, text.size()));
      ++line_;
      if (line.empty() || line.front() == '#') continue;
      if (const auto colon = line.find(':'); colon != line.npos) {
        key(line.substr(0, colon), without_blanks(line.substr(colon + 1)));
      } else {
        signal(line);
      }
    }
    if (bank_.version.empty()) complaints_.add(1, "there is no line \"version: ...\"");
    if (!has_category_) complaints_.add(1, "there is no line \"category: ...\"");
    if (complaints_.count() == 0) check_duplicates();
    if (complaints_.count() != 0) return refuse_hashes(complaints_);
    return {};
  }

 private:
  void complain(const std::string& what) { complaints_.add(line_, what); }

  void key(std::string_view key, std::string_view value) {
    const auto text = [&](std::string& to) {
      if (!to.empty()) return complain(std::string(key) + " is given twice");
      if (value.empty() || value.size() > kTextMost) {
        return complain(std::string(key) + " must be a text of at most 500 bytes");
      }
      to = value;
    };
    if (key == "version") {
      text(bank_.version);
    } else if (key == "source") {
      text(bank_.source);
    } else if (key == "category") {
      bank_.category = terms::category_of(value);
      if (has_category_) complain("category is given twice");
      if (!bank_.category && value != "none") complain("category must be a category of harm, or none");
      has_category_ = true;
    } else if (key == "state") {
      const auto found = std::ranges::find(kBankStateNames, value);
      if (found == kBankStateNames.end()) return complain("state must be proposed, active or retired");
      bank_.state = static_cast<BankState>(found - kBankStateNames.begin());
    } else if (key == "distance") {
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), bank_.distance);
      if (error != std::errc() || end != value.data() + value.size() || bank_.distance < 0 ||
          bank_.distance > pdq_distance_max) {
        complain("distance must be a number from 0 to 31");
        bank_.distance = 0;
      }
    } else if (key == "expires") {
      const auto day = parse_day(value);
      if (!day && value != "never") complain("expires must be a date, YYYY-MM-DD, or never");
      expires_ = day.value_or(0);
    } else {
      complain("unknown key \"" + std::string(key.substr(0, 40)) +
               "\"; there are version, category, source, state, distance, expires");
    }
  }

  void signal(std::string_view line) {
    const auto blank = std::min(line.find_first_of(" \t"), line.size());
    const auto type = signal_type_of(line.substr(0, blank));
    if (!type) {
      return complain("\"" + std::string(line.substr(0, std::min<std::size_t>(blank, 40))) +
                      "\" is no kind of hash; there are pdq and sha256");
    }
    const auto hash = Hash256::from_hex(without_blanks(line.substr(blank)));
    if (!hash) return complain("a hash is 64 hexadecimal digits");
    if (const auto* fault = fault_of(*type, *hash)) return complain(fault);
    if (bank_.signals.size() == bank_signals_max) return complain("there are more than 12 million hashes");
    bank_.signals.push_back({*type, *hash, expires_});
    lines_.push_back(static_cast<std::uint32_t>(line_));
  }

  void check_duplicates() {
    std::vector<std::uint32_t> order(bank_.signals.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto key_of = [&](std::uint32_t i) {
      const auto& one = bank_.signals[i];
      return std::tie(one.type, one.hash);
    };
    std::ranges::sort(order,
                      [&](auto a, auto b) { return key_of(a) != key_of(b) ? key_of(a) < key_of(b) : a < b; });
    for (std::size_t i = 1; i < order.size() && !complaints_.full(); ++i) {
      if (key_of(order[i - 1]) != key_of(order[i])) continue;
      complaints_.add(lines_[order[i]],
                      "the hash is in line " + std::to_string(lines_[order[i - 1]]) + " already");
    }
  }

  Complaints complaints_;
  Bank& bank_;
  std::size_t line_ = 0;
  bool has_category_ = false;
  UnixSeconds expires_ = 0;
  std::vector<std::uint32_t> lines_;  // of the signals
};

}  // namespace

std::optional<SignalType> signal_type_of(std::string_view text) {
  const auto found = std::ranges::find(kSignalTypeNames, text);
  if (found == kSignalTypeNames.end()) return std::nullopt;
  return static_cast<SignalType>(found - kSignalTypeNames.begin());
}

bool valid_bank_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

const char* fault_of(SignalType type, const Hash256& hash) {
  const auto bits = hash.bits_set();
  if (bits == 0) return "the hash is all zeros";
  if (bits == 256) return "the hash is all ones";
  if (type == SignalType::pdq && (bits < kBitsLeast || bits > kBitsMost)) {
    return "this is no PDQ hash of a picture with anything to see: about half of the bits must be set";
  }
  return nullptr;
}

Result<Bank> parse_bank(std::string_view text, std::string_view file_name) {
  Bank bank;
  HG_TRY(BankReader(file_name, bank).read(text));
  bank.name = std::filesystem::path(file_name).stem().string();
  return bank;
}

Result<Bank> load_bank(const std::string& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (!error && size > bank_bytes_max) {
    return fail(Error::invalid("HASHES_INVALID", file + ":1: the file is larger than 1 GiB"));
  }
  std::ifstream in(file, std::ios::binary);
  std::string text(error ? 0 : size, '\0');
  if (error || !in || !in.read(text.data(), static_cast<std::streamsize>(size))) {
    return fail(Error::invalid("FILE_UNREADABLE", file + ": cannot be read"));
  }
  return parse_bank(text, file);
}

std::string bank_text(const Bank& bank) {
  std::string text = "version: " + bank.version +
                     "\ncategory: " + std::string(bank.category ? terms::name(*bank.category) : "none") +
                     "\n";
  if (!bank.source.empty()) text += "source: " + bank.source + "\n";
  if (bank.state != BankState::active) {
    text += "state: " + std::string(kBankStateNames[static_cast<std::size_t>(bank.state)]) + "\n";
  }
  if (bank.distance != pdq_distance_max) text += "distance: " + std::to_string(bank.distance) + "\n";
  text.reserve(text.size() + bank.signals.size() * 72);
  UnixSeconds expires = 0;
  for (const auto& one : bank.signals) {
    if (one.expires != expires) {
      text += "expires: " + (one.expires == 0 ? "never" : day_text(one.expires)) + "\n";
      expires = one.expires;
    }
    text += std::string(name(one.type)) + " " + one.hash.hex() + "\n";
  }
  return text;
}

}  // namespace heliograph::safety
