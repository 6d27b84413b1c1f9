// Terms that search is guarded against because people said so: members report them, the staff puts them
// forward and decides. What is decided is entered in the ledger, and whoever reported is told, in the
// transaction that does it. Who makes it felt in searches is app/guard_builder.h; the lists that the program
// carries are files (docs/terms.md).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "safety/cases/desk.h"
#include "services/discovery/discovery.h"
#include "services/environment.h"
#include "terms/term.h"

namespace heliograph::services {

// What is put forward.
struct TermProposal {
  std::string text;
  terms::Category category = terms::Category::other_illegal;
  std::string locale;                  // BCP 47; empty: any
  std::vector<std::string> countries;  // ISO 3166; empty: any
  std::string source = "staff";        // "report", "staff", "machine"
  std::int64_t case_id = 0;            // 0: none
  std::string note;                    // why
};

// What is decided.
struct GuardDecision {
  std::int32_t version = 0;  // of the term, as it was seen
  terms::SearchEffect effect = terms::SearchEffect::interstitial;
  std::optional<terms::Category> category;  // none: as it is
  std::string locale;
  std::vector<std::string> countries;
  UnixSeconds expires_at = 0;  // 0: never
  std::string why;
  std::string note_to_reporter;
};

struct GuardTermView {
  store::GuardTerm term;
  std::int64_t case_id = 0;  // the open one about it, or else the last it was in; 0: none
  std::int32_t reports = 0;  // in that case, 200 at most
  std::int64_t asked = 0;    // searches in the last seven days that were counted (search_watch.h)
  std::string changed_by;    // name
};

struct GuardTermStep {
  store::GuardTermEvent event;
  std::string words, staff;  // why; who, by name
};

struct GuardTermDetail {
  GuardTermView view;
  std::vector<GuardTermStep> history;        // newest first
  std::vector<store::Report> reports;        // the newest 50 of its case, newest first
  std::vector<std::string> comments;         // of each report
  std::vector<store::ReportRecord> records;  // of each reporter: how earlier ones turned out
  std::vector<store::TermMet> daily;         // while in force: the last 30 days, the first first
};

// What the guard makes of a query now.
struct GuardAnswer {
  terms::SearchEffect effect = terms::SearchEffect::allow;
  std::vector<std::string> terms;  // ids of those in it, each once
  std::string canonical;           // as the guard reads it
  std::string corrected;           // with spelling put right; empty: it did not have to be
};

// What a term finds now, for whoever decides about it, and what is near it.
struct GuardTermPreview {
  struct Related {
    std::int64_t id = 0;  // 0: of a list
    std::string text;
    store::GuardTermState state = store::GuardTermState::active;
    terms::SearchEffect effect = terms::SearchEffect::none;
  };
  FoundUnguarded found;
  std::vector<Related> related;
  // Harmless searches (models/search/benign.txt) that it would touch, benign_max at most.
  std::vector<std::string> benign;
  terms::SearchEffect answer = terms::SearchEffect::allow;  // what a search for it is answered with now
};

// The name of the list that these terms are, among the others in force.
inline constexpr std::string_view guarded_list = "guarded";

// The canonical form, by which terms are told apart. invalid TERM_INVALID: too short (under three letters;
// two of a script that writes without spaces), without a letter, too long, or of more than one line.
Result<std::string> canonical_term(const std::string& text);

// Of a term that is searched for, as the matcher has it.
terms::Term matched_term(const store::GuardTerm& term);

// Thread-safe. Deciding needs a judge (Moderation::desk()): else unavailable MODERATION_OFF.
class GuardedTerms {
 public:
  static constexpr std::size_t page_max = 200;
  static constexpr std::size_t text_max = 128;   // bytes
  static constexpr std::size_t found_max = 20;   // in a preview, of each kind
  static constexpr std::size_t benign_max = 20;  // the same

  GuardedTerms(const Environment& environment, const Discovery& discovery)
      : environment_(environment), discovery_(discovery) {}

  // Told after every change to what is in force that was made here, on the caller's thread. Before the first
  // call.
  void on_change(std::function<void()> listener) { listener_ = std::move(listener); }

  // TERM_INVALID, COUNTRY_INVALID; invalid TERM_KNOWN: it is proposed or in force, in this spelling or
  // another.
  Task<Result<GuardTermView>> propose(safety::Staffer staff, TermProposal proposal);
  // Guards it, or changes how; of a term that was retired or rejected, guards it after all. `allow`: the word
  // passes, and is never taken for another one. Those who reported it are told. not_found TERM_UNKNOWN;
  // invalid TERM_CHANGED (look again), TERM_INVALID (no effect that guards), COUNTRY_INVALID, EXPIRY_INVALID
  // (not after now), TERM_KNOWN; those of Desk::close_term().
  Task<Result<GuardTermView>> guard(safety::Staffer staff, std::int64_t id, GuardDecision decision);
  // Takes it out of force. TERM_UNKNOWN; TERM_CHANGED: it is not in force; those of Desk::close_term().
  Task<Result<GuardTermView>> retire(safety::Staffer staff, std::int64_t id, std::string why);
  // Turns a proposal down; those who reported it are told. TERM_UNKNOWN; TERM_CHANGED: it is not a proposal;
  // those of Desk::close_term().
  Task<Result<GuardTermView>> reject(safety::Staffer staff, std::int64_t id, std::string why,
                                     std::string note_to_reporter);

  // Newest first, those below `before`. `filter.part`: in any spelling.
  Task<Result<std::vector<GuardTermView>>> list(store::GuardTermFilter filter, std::int64_t before,
                                                std::size_t limit) const;
  // TERM_UNKNOWN.
  Task<Result<GuardTermView>> find(std::int64_t id) const;
  Task<Result<GuardTermDetail>> detail(std::int64_t id) const;
  // By its text, also in another spelling.
  Task<Result<std::optional<GuardTermView>>> find_text(std::string text) const;
  // What is found as somebody sees it who is in nothing; `country`: of whom the answer is for. TERM_UNKNOWN.
  Task<Result<GuardTermPreview>> preview(std::int64_t id, std::string country) const;

  // The list that these terms are in searches here, at this moment; none: it is empty.
  std::optional<terms::TermList> list_in_force() const;
  GuardAnswer answer(std::string_view query, const terms::Asker& asker) const;

  // Takes those out of force whose time is over. Again and again, every few seconds.
  Task<Status> sweep();

  // What is in force: all active rows, and the number of changes that they are the state of. None: there has
  // been no change since `known`.
  struct InForce {
    std::int64_t changes = 0;
    std::vector<store::GuardTerm> terms;
  };
  Task<Result<std::optional<InForce>>> in_force(std::int64_t known) const;

 private:
  // What becomes of a term, in a transaction; the rest of it.
  struct Outcome {
    store::GuardTerm term;
    std::string_view what;  // the event
    bool guarded = false;
    std::string why, note;
  };
  template <typename Decide>
  Task<Result<GuardTermView>> decide(safety::Staffer staff, std::int64_t id, Decide act);
  Status note(store::Tx& tx, const store::GuardTerm& term, StaffId staff, std::string_view what,
              const std::string& why) const;
  Result<GuardTermView> view_of(store::Tx& tx, store::GuardTerm term) const;

  const Environment& environment_;
  const Discovery& discovery_;
  std::function<void()> listener_;
};

// A report's: in the transaction that files it, puts its term forward, once. What cannot be guarded (too
// short, without a letter) is left to the case alone.
Status propose_reported(store::Tx& tx, const Environment& environment, const std::string& text,
                        terms::Category category, std::int64_t case_id);
// A machine's (search_watch.h). false: it is there, or was decided about within the last 90 days.
Result<bool> propose_watched(store::Tx& tx, const Environment& environment, const std::string& text,
                             terms::Category category, const std::string& why);

}  // namespace heliograph::services
