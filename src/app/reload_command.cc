#include "app/reload_command.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <ostream>

#include "app/data_dir.h"
#include "base/clock.h"
#include "safety/scan/scanner.h"
#include "services/accounts/terms.h"

namespace heliograph::app {

Status reload(const config::Config& config, std::ostream& out) {
  HG_ASSIGN(const int holder, holder_of(config.data_dir));
  auto files = config.safety;
  files.hashes.clear();  // the server looks after these by itself
  HG_ASSIGN(const auto rulebook, safety::load_rulebook(files, SystemClock().unix_seconds()));
  HG_TRY(services::parse_terms(rulebook->rules->source()));
  if (::kill(holder, SIGHUP) != 0) {
    return fail(Error::unavailable("RELOAD_REFUSED", "The server (process " + std::to_string(holder) +
                                                         ") cannot be told: " + std::strerror(errno) + "."));
  }
  out << "The server (process " << holder << ") reads its rules again: policy " << rulebook->policy->version()
      << ".\n";
  return {};
}

}  // namespace heliograph::app
