// The first door of everything public: judges a text by the rulebook in force.
//
// Threads: all of it is thread-safe; judging takes no lock that writers of the rulebook hold for long.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "safety/scan/scanner.h"
#include "safety/signals/signals.h"

namespace heliograph::safety {

// What was made of a text; owns all it says, and outlives the rulebook.
struct Judgement {
  Effect effect = Effect::allow;    // what a machine may do, and does
  Effect proposed = Effect::allow;  // what the rules say
  std::uint8_t severity = 0;
  terms::Category category = terms::Category::other_illegal;
  float score = 0;  // of the category
  std::string rule;
  std::string clause;
  std::string clause_title;
  std::string clause_text;
  std::vector<std::string> terms;  // ids of those that were found
  std::vector<std::string> media;  // what lists and models say of its media, a line each
  std::string terms_version, links_version, model_version, policy_version, hashes_version, image_version;
  std::int32_t rules_version = 0;
  std::int32_t strike = 0;             // weight
  std::vector<std::string> countries;  // of restrict_countries
  std::int32_t days = 0;               // after so many it ends; 0: no end
  Limit limit = Limit::mute;           // of limit_account
  Strikes strikes;
  bool machine_may_limit = false, machine_may_ban = false;
  bool unsure = false;               // a second stage is to be asked
  bool failed = false;               // not everything could be looked at: Policy::refuse_on_failure()
  Seen seen;                         // of behaviour; all zero where nobody writes
  std::vector<std::string> signals;  // ids of the raises that held
};

struct GateStats {
  std::array<std::atomic<std::uint64_t>, kEffectNames.size()> judged{};  // texts, by effect
  std::atomic<std::uint64_t> shadowed = 0;     // a rule in shadow mode would have acted
  std::atomic<std::uint64_t> raised = 0;       // behaviour was a witness
  std::atomic<std::uint64_t> nanoseconds = 0;  // spent judging
  std::atomic<std::uint64_t> failures = 0;     // not everything could be looked at
};

class Gate {
 public:
  explicit Gate(std::shared_ptr<const Rulebook> rulebook) : rulebook_(std::move(rulebook)) {}

  // The parts were read when the rulebook was, and a scan allocates next to nothing: what fails all the same
  // is counted, and said in the judgement.
  Judgement judge(std::string_view text, const Context& context) const { return judge(text, {}, context); }
  Judgement judge(std::string_view text, std::span<const MediaPrint> media, const Context& context) const;
  // With what behaviour says, this message counted in.
  Judgement judge(std::string_view text, std::span<const MediaPrint> media, const Context& context,
                  const Writing& writing) const;
  // With what it said when it was judged before.
  Judgement judge(std::string_view text, std::span<const MediaPrint> media, const Context& context,
                  const Measures& measures) const;
  // With what a second stage has found in the text in place of the first one's scores; `stage` names it.
  Judgement judge_again(std::string_view text, std::span<const MediaPrint> media, const Context& context,
                        const Writing& writing, const Scores& scores, const std::string& stage) const;

  Judgement judge_again(std::string_view text, std::span<const MediaPrint> media, const Context& context,
                        const Measures& measures, const Scores& scores, const std::string& stage) const;

  // The message that was judged stands in its place now, and counts for those after it. Twice is once.
  void remember(const Judgement& judgement, const Writing& writing) const;
  void joined(Peer place, UserId user, UnixSeconds user_since, UnixSeconds now) const;
  Signals& signals() const { return signals_; }

  // From now on; judgements under way end by the old one.
  void replace(std::shared_ptr<const Rulebook> rulebook);
  // All but the lists of hashes, which stay.
  void replace_rules(const Rulebook& rulebook);
  // The lists of hashes alone.
  void replace(std::shared_ptr<const HashLists> hashes);
  std::shared_ptr<const Rulebook> rulebook() const;
  const GateStats& stats() const { return stats_; }

 private:
  // Of the text that this thread has just scanned.
  Judgement judge_again(const Rulebook& book, std::span<const MediaPrint> media, const Context& context,
                        Seen seen, const Scores& scores, const std::string& stage) const;
  Judgement judgement(const Rulebook& book, const Verdict& verdict, std::span<const MediaPrint> media,
                      const Context& context, Seen seen) const;

  mutable std::mutex mutex_;
  std::shared_ptr<const Rulebook> rulebook_;  // under mutex_
  mutable GateStats stats_;
  mutable Signals signals_;
};

}  // namespace heliograph::safety
