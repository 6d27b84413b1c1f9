// Counts what is searched for in public, so that guarded terms can be watched and new ones are put forward:
// words that many search for, and that keep leading to what is then removed.
//
// No account is kept with it. In memory, words wait until enough different people have searched for them on
// one day; who they were is forgotten then, or when the day ends. Only words that were counted so are written
// (store/search_counts.h), and dropped after days_kept.
//
// Clients search while one types: of what the same person searches within typing_time, each the beginning of
// the next, only the last counts.
//
// Thread-safe; flush() and put_forward() by one caller at a time.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "search/guard.h"
#include "services/environment.h"

namespace heliograph::services {

class SearchWatch {
 public:
  static constexpr auto typing_time = std::chrono::seconds(10);
  static constexpr std::size_t words_max = 20'000;  // that wait or are counted in memory
  static constexpr std::size_t leads_max = 5;       // of what a search has shown
  static constexpr store::Day days_kept = 90;
  static constexpr store::Day days_watched = 30;

  struct Thresholds {
    std::size_t people = 5;    // who must have searched for words before they are counted, on one day
    std::int64_t asked = 20;   // searches in days_watched before a machine puts words forward
    std::int64_t removed = 5;  // how often what they showed must be such as was removed since
  };

  explicit SearchWatch(const Environment& environment) : environment_(environment) {}
  // Before the first search.
  void set(Thresholds thresholds) { thresholds_ = thresholds; }

  // Somebody has searched in public; `shown`: of the first page. Quick.
  void note(UserId who, std::string_view text, const search::Opinion& opinion,
            const std::vector<search::Hit>& shown);
  // Somebody says that a search for this is stopped without need.
  void note_overblock(const search::Opinion& opinion);

  // Writes what was counted. Again and again, about every ten seconds. What could not be written waits.
  Task<Status> flush();

  // Puts forward, as terms that people are to look at: words that were searched for often enough, where at
  // least half of what they showed, and `removed` in all, has been removed since (or closed, limited, banned,
  // hidden from search), that `guard` (null: none) lets pass, and about which nobody has decided within
  // days_kept. Gives how many. About every hour.
  Task<Result<std::size_t>> put_forward(std::shared_ptr<const terms::QueryGuard> guard);

 private:
  struct Asked {
    std::string words;  // canonical; empty: nothing that could be a term
    std::vector<std::string> terms;
    bool disguised = false, shown_anyway = false;
    std::vector<std::string> shown;
    Monotonic at{};
  };
  struct Words {
    std::set<UserId> people;  // until there are enough
    bool counted = false;
    std::int64_t asked = 0;  // not written yet
    std::map<std::string, std::int64_t> led;
    Monotonic touched{};
  };
  struct Unwritten {
    std::vector<store::SearchAsked> asked;
    std::vector<store::SearchLed> led;
    std::vector<store::TermMet> met;
    bool empty() const { return asked.empty() && led.empty() && met.empty(); }
  };

  void turn_day();                             // under mutex_
  void count(UserId who, const Asked& asked);  // under mutex_
  void take_words();                           // under mutex_: into unwritten_
  void forget_idle(Monotonic now);             // under mutex_
  store::TermMet& met(const std::string& term);

  const Environment& environment_;
  Thresholds thresholds_;
  std::mutex mutex_;
  // All under mutex_.
  store::Day day_ = 0;
  store::Day dropped_ = 0;  // when old days were dropped last
  std::unordered_map<UserId, Asked> typing_;
  std::unordered_map<std::string, Words> words_;
  std::map<std::string, store::TermMet> met_;
  Unwritten unwritten_;
};

}  // namespace heliograph::services
