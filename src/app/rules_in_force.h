// The rules that the server goes by (terms, links, model, policy, the platform's rules): read at the start,
// and again when somebody asks. All or nothing: what cannot be read leaves everything as it was.
#pragma once

#include <functional>
#include <mutex>

#include "base/clock.h"
#include "safety/enforcement/gate.h"
#include "services/accounts/terms.h"

namespace heliograph::app {

// Thread-safe.
class RulesInForce {
 public:
  // `gate` and `terms` hold what was read from these files at the start. Lists of hashes are not read here:
  // app/hash_list_watcher.h does it whenever they change.
  RulesInForce(safety::RulebookFiles files, safety::Gate& gate, services::TermsInForce& terms,
               const Clock& clock);

  // Told of each rulebook after it has come into force, on the thread that reads it: whoever holds lists of
  // its own (app/guard_builder.h) takes the new ones from there. Before the first read().
  using Listener = std::function<void(const safety::Rulebook&)>;
  void on_change(Listener listener);

  // Reads them now; takes as long as reading takes (a second or so). Errors: those of load_rulebook() and
  // parse_terms(), and everything is as it was.
  Status read();

 private:
  const safety::RulebookFiles files_;
  safety::Gate& gate_;
  services::TermsInForce& terms_;
  const Clock& clock_;
  std::mutex reading_;  // one at a time
  std::vector<Listener> listeners_;
};

}  // namespace heliograph::app
