#include "safety/hashes/hash_lists.h"

#include <algorithm>
#include <filesystem>

namespace heliograph::safety {

namespace {

// The same bytes; and from the same picture to one as far away as a match may be.
constexpr float kSameBytes = 1.0f, kNearest = 0.99f, kFarthest = 0.9f;

float score_of(int distance) {
  return kNearest - (kNearest - kFarthest) * static_cast<float>(distance) / pdq_distance_max;
}

}  // namespace

std::string HashMatch::text() const {
  auto out = bank + " " + version + " " + std::string(name(type)) + " " + listed.hex();
  if (type == SignalType::pdq) out += ": " + std::to_string(distance) + " bits off";
  if (turn != 0) out += ", turned";
  return out;
}

Result<std::shared_ptr<HashLists>> HashLists::made_of(std::vector<Bank> banks, UnixSeconds now) {
  auto lists = std::make_shared<HashLists>();
  std::ranges::sort(banks, {}, &Bank::name);
  std::vector<Hash256> pdq;
  std::string version;
  const auto twice = std::ranges::adjacent_find(banks, {}, &Bank::name);
  if (twice != banks.end()) {
    return fail(Error::invalid("HASHES_INVALID", "there are two banks \"" + twice->name + "\""));
  }
  for (auto& bank : banks) {
    if (bank.state != BankState::active) continue;
    const auto number = static_cast<std::uint32_t>(lists->banks_.size());
    for (const auto& one : bank.signals) {
      if (one.expires != 0 && one.expires <= now) continue;
      if (one.expires != 0 && (lists->expires_ == 0 || one.expires < lists->expires_)) {
        lists->expires_ = one.expires;
      }
      if (one.type == SignalType::pdq) {
        pdq.push_back(one.hash);
      } else {
        lists->sha256_.push_back({one.hash, number});
      }
    }
    bank.signals = {};
    version += (version.empty() ? "" : ", ") + bank.name + " " + bank.version;
    lists->banks_.push_back({std::move(bank.name), std::move(bank.version), bank.category, bank.distance,
                             static_cast<std::uint32_t>(pdq.size())});
  }
  std::ranges::sort(lists->sha256_);
  lists->pdq_ = PdqIndex(std::move(pdq));
  if (!version.empty()) lists->version_ = std::move(version);
  return lists;
}

Result<std::shared_ptr<const HashLists>> HashLists::build(std::vector<Bank> banks, UnixSeconds now) {
  return made_of(std::move(banks), now);
}

std::string HashLists::state_of(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() != ".bank") continue;
    const auto size = at->file_size(error);
    const auto time = at->last_write_time(error);
    files.push_back(at->path().filename().string() + " " + std::to_string(size) + " " +
                    std::to_string(time.time_since_epoch().count()));
  }
  std::ranges::sort(files);
  std::string all;
  for (const auto& file : files) all += file + "\n";
  return all;
}

Result<std::shared_ptr<const HashLists>> HashLists::load(const std::string& folder, UnixSeconds now) {
  std::vector<Bank> banks;
  auto state = folder.empty() ? "" : state_of(folder);
  if (!folder.empty()) {
    std::vector<std::string> files;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
      if (at->path().extension() == ".bank") files.push_back(at->path().string());
    }
    if (error) return fail(Error::invalid("FILE_UNREADABLE", folder + ": cannot be read"));
    std::ranges::sort(files);
    for (const auto& file : files) {
      HG_ASSIGN(auto bank, load_bank(file));
      if (!valid_bank_name(bank.name)) {
        return fail(Error::invalid("HASHES_INVALID", file + ":1: a bank's name is letters, digits, - and _"));
      }
      banks.push_back(std::move(bank));
    }
  }
  HG_ASSIGN(auto lists, made_of(std::move(banks), now));
  lists->state_ = std::move(state);
  return lists;
}

std::uint32_t HashLists::bank_of(std::uint32_t number) const {
  const auto found = std::ranges::upper_bound(banks_, number, {}, &Entry::pdq_end);
  return static_cast<std::uint32_t>(found - banks_.begin());
}

std::vector<HashMatch> HashLists::look_up(const MediaPrint& print) const {
  std::vector<std::optional<HashMatch>> best(banks_.size());
  const auto take = [&](std::uint32_t bank, SignalType type, const Hash256& listed, int distance, int turn,
                        float score) {
    if (best[bank] && best[bank]->score >= score) return;
    const auto& entry = banks_[bank];
    best[bank] = HashMatch{entry.name, entry.version, entry.category.value_or(terms::Category::other_illegal),
                           type,       listed,        distance,
                           turn,       score};
  };
  for (const auto& hash : print.sha256) {
    for (auto at = std::ranges::lower_bound(sha256_, hash, {}, &Exact::hash);
         at != sha256_.end() && at->hash == hash; ++at) {
      take(at->bank, SignalType::sha256, hash, 0, 0, kSameBytes);
    }
  }
  std::vector<PdqIndex::Found> found;
  if (print.pdq_quality >= pdq_quality_min && pdq_.size() != 0) {
    for (std::size_t turn = 0; turn < print.pdq.size(); ++turn) {
      pdq_.find(print.pdq[turn], pdq_distance_max, found);
      for (const auto& one : found) {
        const auto bank = bank_of(one.number);
        if (one.distance > banks_[bank].distance) continue;
        take(bank, SignalType::pdq, pdq_.at(one.number), one.distance, static_cast<int>(turn),
             score_of(one.distance));
      }
    }
  }
  std::vector<HashMatch> matches;
  for (std::size_t i = 0; i < best.size(); ++i) {
    if (!best[i]) continue;
    if (!banks_[i].category) return {};  // an exception
    matches.push_back(std::move(*best[i]));
  }
  std::ranges::sort(matches, [](const HashMatch& a, const HashMatch& b) {
    return a.score != b.score ? a.score > b.score : a.bank < b.bank;
  });
  return matches;
}

std::vector<HashMatch> HashLists::match(const MediaPrint& print) const {
  if (size() == 0) return {};
  // Nothing to remember it by, or nothing worth it.
  if (print.sha256.empty() || print.pdq.empty() || pdq_.size() == 0) return look_up(print);
  const auto key = std::string(as_text(print.sha256.front().to_bytes()));
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = remembered_.find(key); known != remembered_.end()) return known->second;
  }
  auto matches = look_up(print);
  const std::lock_guard lock(mutex_);
  if (remembered_.size() >= remembered_max) remembered_.clear();
  remembered_.emplace(key, matches);
  return matches;
}

std::size_t HashLists::memory_bytes() const {
  return pdq_.memory_bytes() + sha256_.size() * sizeof(Exact);
}

}  // namespace heliograph::safety
