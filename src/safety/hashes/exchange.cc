#include "safety/hashes/exchange.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "safety/hashes/complaints.h"

namespace heliograph::safety {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLineMost = 4096;

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// "pdq" of HMA, "HASH_PDQ" of the Graph API.
std::optional<SignalType> type_named(std::string_view text) {
  auto small = lower_case(text);
  if (small.starts_with("hash_")) small = small.substr(5);
  if (small == "sha2") small = "sha256";
  return signal_type_of(small);
}

struct HashOf {
  std::size_t operator()(const Signal& one) const {
    return one.hash.words[0] ^ one.hash.words[3] ^ static_cast<std::size_t>(one.type);
  }
  bool operator()(const Signal& a, const Signal& b) const { return a.type == b.type && a.hash == b.hash; }
};

class Importer {
 public:
  Importer(std::string_view file, const ExchangeOptions& options) : complaints_(file), options_(options) {}

  Result<Imported> read(ExchangeFormat format, std::string_view text) {
    if (text.size() > (format == ExchangeFormat::json ? exchange_json_bytes_max : bank_bytes_max)) {
      complaints_.add(1, format == ExchangeFormat::json ? "the file is larger than 256 MiB; use csv"
                                                        : "the file is larger than 1 GiB");
      return refuse_hashes(complaints_);
    }
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    if (format == ExchangeFormat::json) {
      json(text);
    } else {
      each_line(text,
                [&](std::string_view line) { format == ExchangeFormat::csv ? csv(line) : plain(line); });
    }
    if (complaints_.count() != 0) return refuse_hashes(complaints_);
    return std::move(imported_);
  }

 private:
  template <typename Each>
  void each_line(std::string_view text, const Each& each) {
    while (!text.empty() && !complaints_.full()) {
      const auto cut = std::min(text.find('\n'), text.size());
      auto line = text.substr(0, cut);
      text.remove_prefix(std::min(cut + 1, text.size()));
      ++where_;
      while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
      if (line.empty()) continue;
      if (line.size() > kLineMost) {
        fault("the line is longer than 4096 bytes");
      } else {
        each(line);
      }
    }
  }

  void fault(const std::string& what) {
    if (options_.leave_out_faults) {
      ++imported_.left_out;
    } else {
      complaints_.add(where_, what);
    }
  }

  void add(SignalType type, std::string_view digits, std::optional<std::int64_t> quality) {
    const auto hash = Hash256::from_hex(digits);
    if (!hash) return fault("a hash is 64 hexadecimal digits");
    if (const auto* why = fault_of(type, *hash)) return fault(why);
    if (type == SignalType::pdq && quality && *quality < pdq_quality_min) {
      return fault("the quality of the PDQ hash is below 50: it would match unlike pictures");
    }
    if (imported_.signals.size() == bank_signals_max) return fault("there are more than 12 million hashes");
    const Signal signal{type, *hash, 0};
    if (!seen_.insert(signal).second) return fault("the hash is there already");
    imported_.signals.push_back(signal);
  }
  void add(std::string_view type, std::string_view digits, std::optional<std::int64_t> quality) {
    if (const auto known = type_named(type)) {
      add(*known, digits, quality);
    } else if (type.empty()) {
      fault("the kind of the hash is missing");
    } else {
      ++imported_.other_types;
    }
  }

  void plain(std::string_view line) {
    const auto blank = line.find(' ');
    if (blank == line.npos) return add(options_.type, line, std::nullopt);
    add(line.substr(0, blank), line.substr(blank + 1), std::nullopt);
  }

  // RFC 4180, but for line breaks within fields, of which these lists have none.
  std::optional<std::vector<std::string>> fields_of(std::string_view line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (quoted && line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += line[i++];
      } else if (line[i] == '"') {
        quoted = !quoted;
      } else if (line[i] == ',' && !quoted) {
        fields.emplace_back();
      } else {
        fields.back() += line[i];
      }
    }
    if (quoted) return std::nullopt;
    return fields;
  }

  void csv(std::string_view line) {
    const auto fields = fields_of(line);
    if (!fields) return fault("a quotation mark is not closed");
    if (columns_.empty()) {
      for (const auto& field : *fields) columns_.push_back(lower_case(field));
      hash_ = column("signal_str");
      if (!hash_) hash_ = column("hash");
      type_ = column("signal_type");
      category_ = column("category");
      quality_ = column("quality");
      if (!hash_) complaints_.add(where_, "the header names no column signal_str (or hash)");
      return;
    }
    if (!hash_) return;
    if (fields->size() != columns_.size()) {
      return fault("there are " + std::to_string(fields->size()) + " fields for " +
                   std::to_string(columns_.size()) + " columns");
    }
    // What a partner thinks of it: only what it holds for a hit is one.
    if (category_) {
      const auto& opinion = (*fields)[*category_];
      if (!opinion.empty() && opinion != "POSITIVE_CLASS" && opinion != "TRUE_POSITIVE") {
        ++imported_.withdrawn;
        return;
      }
    }
    std::optional<std::int64_t> quality;
    if (quality_) {
      const auto& text = (*fields)[*quality_];
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      if (error != std::errc() || end != text.data() + text.size()) return fault("quality is no number");
      quality = value;
    }
    if (type_) return add((*fields)[*type_], (*fields)[*hash_], quality);
    add(options_.type, (*fields)[*hash_], quality);
  }
  std::optional<std::size_t> column(std::string_view name) const {
    const auto found = std::ranges::find(columns_, name);
    if (found == columns_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns_.begin());
  }

  void json(std::string_view text) {
    const auto whole = Json::parse(text, nullptr, false);
    if (!whole.is_discarded()) return page(whole);
    // A record, or a page, a line.
    while (!text.empty() && !complaints_.full()) {
      const auto cut = std::min(text.find('\n'), text.size());
      const auto line = text.substr(0, cut);
      text.remove_prefix(std::min(cut + 1, text.size()));
      if (line.find_first_not_of(" \t\r") == line.npos) continue;
      const auto one = Json::parse(line, nullptr, false);
      if (one.is_discarded()) {
        ++where_;
        fault("this is no JSON");
      } else {
        page(one);
      }
    }
  }
  void page(const Json& page) {
    const auto* records = &page;
    if (page.is_object() && page.contains("data") && page["data"].is_array()) records = &page["data"];
    if (!records->is_array()) return record(*records);
    for (const auto& one : *records) record(one);
  }

  void record(const Json& one) {
    ++where_;
    if (!one.is_object()) return fault("the record is no object");
    if (one.contains("signals")) {
      if (!one["signals"].is_object()) return fault("signals is no object");
      for (const auto& [type, value] : one["signals"].items()) {
        if (!value.is_string()) return fault("a signal is no text");
        add(type, value.get_ref<const std::string&>(), std::nullopt);
      }
      return;
    }
    const char* key = one.contains("indicator") ? "indicator" : "raw_indicator";
    if (!one.contains(key) || !one[key].is_string() || !one.contains("type") || !one["type"].is_string()) {
      return fault("the record has no indicator and type");
    }
    if (gone(one)) {
      ++imported_.withdrawn;
      return;
    }
    add(one["type"].get_ref<const std::string&>(), one[key].get_ref<const std::string&>(), std::nullopt);
  }

  // Deleted, or held for harmless by those who have said anything.
  static bool gone(const Json& one) {
    if (one.contains("should_delete") && one["should_delete"] == true) return true;
    if (!one.contains("descriptors") || !one["descriptors"].is_object()) return harmless(one);
    const auto& said = one["descriptors"];
    if (!said.contains("data") || !said["data"].is_array() || said["data"].empty()) return harmless(one);
    return std::ranges::all_of(said["data"], [](const Json& d) { return d.is_object() && harmless(d); });
  }
  static bool harmless(const Json& one) {
    return one.contains("status") && one["status"].is_string() && one["status"] == "NON_MALICIOUS";
  }

  Complaints complaints_;
  const ExchangeOptions& options_;
  Imported imported_;
  std::size_t where_ = 0;
  std::vector<std::string> columns_;
  std::optional<std::size_t> hash_, type_, category_, quality_;
  std::unordered_set<Signal, HashOf, HashOf> seen_;
};

std::string_view graph_type(SignalType type) {
  return type == SignalType::pdq ? "HASH_PDQ" : "HASH_SHA256";
}

}  // namespace

ExchangeFormat exchange_format_of(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const auto first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  if (first < text.size() && (text[first] == '{' || text[first] == '[')) return ExchangeFormat::json;
  const auto line = text.substr(0, std::min(text.find('\n'), text.size()));
  return line.find(',') != line.npos || line == "hash" || line == "signal_str" ? ExchangeFormat::csv
                                                                               : ExchangeFormat::lines;
}

Result<Imported> read_exchange(ExchangeFormat format, std::string_view text, std::string_view file_name,
                               const ExchangeOptions& options) {
  return Importer(file_name, options).read(format, text);
}

std::string write_exchange(ExchangeFormat format, const Bank& bank, UnixSeconds now) {
  std::string out;
  const std::string category(bank.category ? terms::name(*bank.category) : "none");
  switch (format) {
    case ExchangeFormat::lines:
      for (const auto& one : bank.signals) out += std::string(name(one.type)) + " " + one.hash.hex() + "\n";
      break;
    case ExchangeFormat::csv:
      out = "collab,signal_type,signal_str,category,tags\r\n";
      for (const auto& one : bank.signals) {
        out += bank.name + "," + std::string(name(one.type)) + "," + one.hash.hex() +
               (bank.category ? ",POSITIVE_CLASS," : ",NEGATIVE_CLASS,") + category + "\r\n";
      }
      break;
    case ExchangeFormat::json: {
      Json records = Json::array();
      std::int64_t id = 0;
      for (const auto& one : bank.signals) {
        const auto* status = bank.category ? "MALICIOUS" : "NON_MALICIOUS";
        records.push_back({{"id", std::to_string(++id)},
                           {"indicator", one.hash.hex()},
                           {"type", graph_type(one.type)},
                           {"last_updated", now},
                           {"should_delete", false},
                           {"status", status},
                           {"tags", Json::array({category})}});
      }
      Json page;
      page["data"] = std::move(records);
      out = page.dump() + "\n";
      break;
    }
  }
  return out;
}

}  // namespace heliograph::safety
