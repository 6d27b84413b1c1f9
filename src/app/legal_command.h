// `heliograph legal`: for an agency's officer, the key that answers are encrypted to and reading one; for the
// operator, a certificate to sign answers with, checking rules of jurisdictions, and how much waits. None of
// these passes a gate: see docs/legal.md.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "config/config.h"

namespace heliograph::app {

struct LegalOptions {
  enum class Action : std::uint8_t {
    key,          // an officer: a new key; prints the public half
    open,         // an officer: checks and prints an answer
    certificate,  // the operator: a key for signatures, and a certificate that it signs itself
    rules,        // reads the rules and the certificate that the configuration names; says what is wrong
    status,       // how many requests wait
  };
  Action action = Action::status;
  std::filesystem::path key, package;
  // open: new files for its pages, for its CMS signature, and for what that is over; empty: not kept
  std::filesystem::path pdf, p7s, signed_bytes;
  std::string signer;                 // hexadecimal, as the portal says; compare it with what you were told
  std::filesystem::path certificate;  // certificate: a new file, beside `key`
  std::string name;                   // to whom it is made out
  std::int64_t days = 730;            // for which it is valid
};

// Errors: CLI_INVALID; FILE_EXISTS, FILE_UNREADABLE, FILE_UNWRITABLE; SEAL_BROKEN, PACKAGE_INVALID; those of
// read_legal_rules(), make_certificate_files(), answer_certificate() and change_beside().
Status legal_command(const config::Config& config, const LegalOptions& options, std::ostream& out);

}  // namespace heliograph::app
