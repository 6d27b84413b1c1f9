// All active terms, compiled: a Vectorscan automaton over skeletons proposes, an exact comparison decides.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "terms/canonical.h"
#include "terms/term.h"

namespace heliograph::terms {

struct TermHit {
  const Term* term = nullptr;  // lives as long as the set
  std::uint32_t begin = 0;     // bytes of the original text, [begin, end)
  std::uint32_t end = 0;
  std::uint32_t first_word = 0;
  std::uint32_t last_word = 0;
  std::uint32_t term_index = 0;
  bool disguised = false;  // the original was not written as the term is
};

class TermSet;

// What a thread keeps to scan with. Reused; allocates only when it meets a new set.
class TermScratch {
 public:
  TermScratch();
  ~TermScratch();
  TermScratch(const TermScratch&) = delete;
  TermScratch& operator=(const TermScratch&) = delete;

 private:
  friend class TermSet;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// Immutable; any number of threads may scan, each with its own scratch.
class TermSet {
 public:
  // Terms that are not active or have expired at `now` are left out. Errors: TERMS_INVALID, naming the term.
  // 100,000 terms take about two seconds of one core; two threads share the work.
  static Result<std::shared_ptr<const TermSet>> build(std::vector<TermList> lists, UnixSeconds now);
  ~TermSet();
  TermSet(const TermSet&) = delete;
  TermSet& operator=(const TermSet&) = delete;

  // Replaces `hits` with all matches, in the order of the text, whose conditions hold. Terms without category
  // and effect (cues) are not among them. Matches inside an allowed phrase are left out; the phrase is in.
  // false: the matcher failed (there was no memory for it), and there may be more than `hits` says.
  bool scan(const Canonical& text, TermScratch& scratch, std::vector<TermHit>& hits) const;

  std::size_t size() const;
  // Of what went in: "<list>@<version> ..." for verdicts.
  const std::string& version() const;
  std::span<const TermList> lists() const;

 private:
  struct Inside;
  explicit TermSet(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace heliograph::terms
