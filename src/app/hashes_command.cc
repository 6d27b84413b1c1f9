#include "app/hashes_command.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <sstream>

#include "app/data_dir.h"
#include "app/media_file.h"
#include "base/day.h"
#include "images/images.h"
#include "safety/hashes/hash_lists.h"

namespace heliograph::app {

namespace {

using Json = nlohmann::ordered_json;
using safety::Bank;

std::unexpected<Error> called_wrongly(const std::string& what) {
  return fail(Error::invalid("CLI_INVALID", what));
}

std::filesystem::path file_of(const HashesOptions& options) {
  return std::filesystem::path(options.folder) / (options.bank + ".bank");
}

Result<std::string> contents_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  if (in) bytes << in.rdbuf();
  if (!in || in.bad()) return fail(Error::invalid("FILE_UNREADABLE", file + ": cannot be read"));
  return std::move(bytes).str();
}

Status check(const HashesOptions& options, UnixSeconds now, std::ostream& out) {
  HG_ASSIGN(const auto lists, safety::HashLists::load(options.folder, now));
  for (const auto& entry : std::filesystem::directory_iterator(options.folder)) {
    if (entry.path().extension() != ".bank") continue;
    HG_ASSIGN(const auto bank, safety::load_bank(entry.path().string()));
    const auto pdq = std::ranges::count(bank.signals, safety::SignalType::pdq, &safety::Signal::type);
    out << bank.name << ' ' << bank.version << ": "
        << (bank.category ? terms::name(*bank.category) : "exceptions") << ", "
        << safety::kBankStateNames[static_cast<std::size_t>(bank.state)] << ", " << pdq << " PDQ, "
        << bank.signals.size() - static_cast<std::size_t>(pdq) << " SHA-256\n";
  }
  out << lists->size() << " hashes are matched\n";
  return {};
}

// The bank as it is, or a new one, with what the options say of it.
Result<Bank> described(const HashesOptions& options, UnixSeconds now) {
  Bank bank;
  if (std::filesystem::exists(file_of(options))) {
    HG_ASSIGN(bank, safety::load_bank(file_of(options).string()));
  } else if (options.category.empty()) {
    return called_wrongly("the bank is new: say of which --category it is");
  }
  bank.name = options.bank;
  bank.version =
      options.version.empty() ? day_text(now) + "." + std::to_string(now % 86'400) : options.version;
  if (!options.category.empty()) {
    bank.category = terms::category_of(options.category);
    if (!bank.category && options.category != "none")
      return called_wrongly("--category is no category of harm, nor none");
  }
  if (!options.source.empty()) bank.source = options.source;
  if (!options.state.empty()) {
    const auto found = std::ranges::find(safety::kBankStateNames, options.state);
    if (found == safety::kBankStateNames.end())
      return called_wrongly("--state is proposed, active or retired");
    bank.state = static_cast<safety::BankState>(found - safety::kBankStateNames.begin());
  }
  if (options.distance >= 0) bank.distance = options.distance;
  if (!options.add) bank.signals.clear();
  return bank;
}

// A picture's own hashes.
Result<safety::Imported> hashed(const std::string& file) {
  HG_ASSIGN(const auto print, print_of_file(file));
  safety::Imported made;
  made.signals.push_back({safety::SignalType::sha256, print.sha256.front(), 0});
  if (print.pdq_quality >= safety::pdq_quality_min) {
    made.signals.push_back({safety::SignalType::pdq, print.pdq.front(), 0});
  }
  return made;
}

Result<safety::Imported> taken_in(const HashesOptions& options, const std::string& file) {
  HG_ASSIGN(const auto text, contents_of(file));
  if (images::sniff(as_bytes(std::string_view(text).substr(0, 64))) != images::Format::unknown) {
    return hashed(file);
  }
  safety::ExchangeOptions reading;
  const auto type = safety::signal_type_of(options.type);
  if (!type) return called_wrongly("--type is pdq or sha256");
  reading.type = *type;
  reading.leave_out_faults = options.leave_out_faults;
  auto format = safety::exchange_format_of(text);
  if (!options.format.empty()) {
    const auto found = std::ranges::find(safety::kExchangeFormatNames, options.format);
    if (found == safety::kExchangeFormatNames.end()) return called_wrongly("--format is lines, csv or json");
    format = static_cast<safety::ExchangeFormat>(found - safety::kExchangeFormatNames.begin());
  }
  return safety::read_exchange(format, text, file, reading);
}

Status import_list(const HashesOptions& options, UnixSeconds now, std::ostream& out) {
  HG_ASSIGN(auto bank, described(options, now));
  UnixSeconds expires = 0;
  if (!options.expires.empty()) {
    const auto day = parse_day(options.expires);
    if (!day) return called_wrongly("--expires is a day like 2027-06-01");
    expires = *day;
  }
  std::set<std::pair<safety::SignalType, Hash256>> there;
  for (const auto& one : bank.signals) there.emplace(one.type, one.hash);
  safety::Imported sums;
  std::size_t added = 0;
  for (const auto& file : options.files) {
    HG_ASSIGN(auto imported, taken_in(options, file));
    for (auto& one : imported.signals) {
      if (!there.emplace(one.type, one.hash).second) continue;  // of two lists, or there before
      one.expires = expires;
      bank.signals.push_back(one);
      ++added;
    }
    sums.other_types += imported.other_types;
    sums.withdrawn += imported.withdrawn;
    sums.left_out += imported.left_out;
  }
  const auto text = safety::bank_text(bank);
  HG_TRY(safety::parse_bank(text, file_of(options).string()));
  std::error_code ignored;  // writing says what is wrong
  std::filesystem::create_directories(options.folder, ignored);
  HG_TRY(replace_file(file_of(options), text));
  out << bank.name << ' ' << bank.version << ": " << added << " hashes taken in, " << bank.signals.size()
      << " in all; left out: " << sums.left_out << " with faults, " << sums.withdrawn << " withdrawn, "
      << sums.other_types << " of kinds that are not matched\n";
  return {};
}

Status export_bank(const HashesOptions& options, UnixSeconds now, std::ostream& out) {
  const auto format = options.format.empty() ? "csv" : options.format;
  const auto found = std::ranges::find(safety::kExchangeFormatNames, format);
  if (found == safety::kExchangeFormatNames.end()) return called_wrongly("--format is lines, csv or json");
  HG_ASSIGN(const auto bank, safety::load_bank(file_of(options).string()));
  out << safety::write_exchange(
      static_cast<safety::ExchangeFormat>(found - safety::kExchangeFormatNames.begin()), bank, now);
  return {};
}

Status match(const HashesOptions& options, UnixSeconds now, std::ostream& out) {
  HG_ASSIGN(const auto lists, safety::HashLists::load(options.folder, now));
  for (const auto& file : options.files) {
    HG_ASSIGN(const auto print, print_of_file(file));
    Json line;
    line["file"] = file;
    line["sha256"] = print.sha256.front().hex();
    if (!print.pdq.empty()) {
      line["pdq"] = print.pdq.front().hex();
      line["quality"] = print.pdq_quality;
    }
    line["matches"] = Json::array();
    for (const auto& one : lists->match(print)) {
      line["matches"].push_back({{"bank", one.bank},
                                 {"version", one.version},
                                 {"category", terms::name(one.category)},
                                 {"type", safety::name(one.type)},
                                 {"hash", one.listed.hex()},
                                 {"distance", one.distance},
                                 {"turned", one.turn != 0}});
    }
    out << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  }
  return {};
}

}  // namespace

Status hashes(const HashesOptions& options, UnixSeconds now, std::ostream& out) {
  using Action = HashesOptions::Action;
  const bool named = options.action == Action::import_list || options.action == Action::export_bank;
  if (options.folder.empty() && options.action != Action::match) {
    return called_wrongly("Say where the banks are: --folder, or safety.hash_lists in the configuration.");
  }
  if (named && !safety::valid_bank_name(options.bank)) {
    return called_wrongly("A bank's name is letters, digits, - and _.");
  }
  switch (options.action) {
    case Action::check:
      return check(options, now, out);
    case Action::import_list:
      return import_list(options, now, out);
    case Action::export_bank:
      return export_bank(options, now, out);
    case Action::match:
      return match(options, now, out);
    case Action::none:
      break;
  }
  return {};
}

}  // namespace heliograph::app
