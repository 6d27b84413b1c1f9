// The fast stages over one text and its media: canonical form, terms, links, first-stage model, lists of
// hashes, policy. The server's send path and `heliograph scan` use this one class, so that they give the same
// verdict.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "safety/hashes/hash_lists.h"
#include "safety/policy/policy.h"
#include "safety/policy/rules.h"
#include "safety/scan/link_list.h"
#include "safety/scan/links.h"
#include "safety/scan/model.h"
#include "terms/canonical.h"
#include "terms/term_set.h"

namespace heliograph::safety {

// What a scan goes by. Immutable; a new one takes its place as a whole.
struct Rulebook {
  std::shared_ptr<const terms::TermSet> terms;
  std::shared_ptr<const LinkList> links;
  std::shared_ptr<const Model> model;
  std::shared_ptr<const Policy> policy;
  std::shared_ptr<const Rules> rules;
  std::shared_ptr<const HashLists> hashes;
};

// Where to read them from; empty: what is built into the program.
struct RulebookFiles {
  std::string terms;   // folder of *.terms
  std::string links;   // file
  std::string model;   // file
  std::string policy;  // file
  std::string rules;   // file
  std::string hashes;  // folder of *.bank; empty: there are none
};

// Errors are those of the parts, naming file and line; invalid POLICY_CLAUSE_UNKNOWN: the policy names a
// clause that the rules do not have. All or nothing.
Result<std::shared_ptr<const Rulebook>> load_rulebook(const RulebookFiles& files, UnixSeconds now);

// For replay: what the verdict was made with.
struct Versions {
  std::string_view terms, links, model, policy, hashes;
};

struct LinkHit {
  std::uint32_t link = 0;  // into Verdict::links
  const LinkEntry* entry = nullptr;
};

// Valid as long as the rulebook it was made with. Reused from text to text.
struct Verdict {
  Scores scores{};      // 0 to 1 by category: all that is below taken together
  Evidence evidence{};  // the same by witness
  Scores model{};       // the model alone
  std::vector<terms::TermHit> terms;
  std::vector<Link> links;
  std::vector<LinkHit> link_hits;
  std::vector<HashMatch> hash_matches;
  Decision decision;
  Versions versions;
  bool failed = false;  // terms could not be looked for, or not all: TermSet::scan()

  // `scores` from the evidence.
  void add_up() {
    for (std::size_t i = 0; i < scores.size(); ++i) {
      scores[i] = 0;
      for (const auto& witness : evidence) scores[i] = together(scores[i], witness[i]);
    }
  }
};

// One a thread.
class Scanner {
 public:
  // No allocation once its buffers have grown, but for links. What fails is said in the verdict.
  void scan(const Rulebook& rulebook, std::string_view text, const Context& context, Verdict& verdict) {
    scan(rulebook, text, {}, context, verdict);
  }
  void scan(const Rulebook& rulebook, std::string_view text, std::span<const MediaPrint> media,
            const Context& context, Verdict& verdict);
  // Of the last text.
  const terms::Canonical& canonical() const { return canonical_; }
  // The fingerprint of the last text, for its near copies; 0: it is too short for one.
  std::uint64_t print() const;

 private:
  terms::Canonical canonical_;
  terms::TermScratch scratch_;
  std::vector<std::uint32_t> features_;
};

}  // namespace heliograph::safety
