// `heliograph journal`: the key ceremony of the sealed journal on officers' own machines, what they
// contribute to opening rows, and putting the key into the server; see docs/legal.md. It has no command that
// passes a gate of a request, and none that opens a row.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "config/config.h"
#include "crypto/passphrase.h"

namespace heliograph::app {

struct JournalOptions {
  enum class Action : std::uint8_t {
    ceremony,    // a plan for a new key
    again,       // a plan to deal a key's shares again
    seat,        // an officer: what the dealers encrypt to
    deal,        // an officer who deals
    finish,      // an officer: the share, the key, the confirmation
    contribute,  // an officer: to the opening of an approved request's rows
    show,        // what a key is, with its fingerprint
    install,     // into the server's store
    status,      // of it
  };
  using Path = std::filesystem::path;
  using Paths = std::vector<Path>;

  Action action = Action::status;
  std::uint32_t shares = 0;  // ceremony, again: how many; as many as names
  std::uint32_t threshold = 0;
  std::vector<std::string> names;  // by share
  std::vector<std::uint32_t> dealers;
  std::uint32_t share = 0;  // whose turn it is
  Path plan, key, secret, question, out, key_out, confirmation_out, secret_out;
  Paths seats, deals, confirmations;
  crypto::PassphraseCost cost;  // of secrets that are written
};

// `in`: where passphrases come from, a line each, unless it is std::cin on a terminal: then they are asked
// for there, unseen. Writes no file that is there already. Errors: CLI_INVALID; FILE_EXISTS, FILE_UNREADABLE,
// FILE_UNWRITABLE; those of legal/journal and of change_beside().
Status journal_command(const config::Config& config, const JournalOptions& options, std::istream& in,
                       std::ostream& out);

}  // namespace heliograph::app
