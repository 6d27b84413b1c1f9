// The command line.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "app/export/command.h"
#include "app/flagger_command.h"
#include "app/hashes_command.h"
#include "app/journal_command.h"
#include "app/ledger_command.h"
#include "app/ledger_monitor.h"
#include "app/legal_command.h"
#include "app/replay_command.h"
#include "app/staff_command.h"
#include "app/transparency_command.h"
#include "config/config.h"
#include "safety/scan/scanner.h"

namespace heliograph::app {

struct CommandLine {
  enum class Command : std::uint8_t {
    help,
    version,
    serve,
    backup,
    restore,
    check,
    config_reference,
    scan,
    search_guard,
    search_rebuild,
    replay,
    ledger_verify,
    ledger_monitor,
    export_account,
    hashes,
    staff,
    flagger,
    transparency,
    journal,
    legal,
    staff_reads,
    reload
  };
  Command command = Command::help;
  std::string text;                // help: what to print
  config::Config config;           // serve, backup, restore, check, search_rebuild, export_account, staff,
                                   // flagger, transparency,
                                   // staff_reads, reload: the
                                   // file's values with the options laid over them
  std::filesystem::path folder;    // backup, restore: the copy's
  safety::RulebookFiles rules;     // scan, search_guard, replay
  VerifyOptions verify;            // ledger_verify
  MonitorOptions monitor;          // ledger_monitor
  ReplayOptions replay;            // replay
  HashesOptions hashes;            // hashes
  std::vector<std::string> files;  // scan: media files, in place of lines of text
  std::optional<std::string> second_stage;  // scan: the encoder's weights
  std::optional<std::string> image_model;   // scan: those of the model that looks at pictures
  StaffOptions staff;                       // staff
  FlaggerOptions flagger;                   // flagger
  TransparencyOptions transparency;
  JournalOptions journal;  // journal
  LegalOptions legal;      // legal
  ExportOptions wanted;    // export_account
};

// `arguments` without the program's name. Reads the configuration file.
// Errors: CLI_INVALID, and those of load_config(); the message is for the person who typed it.
Result<CommandLine> parse_command_line(std::vector<std::string> arguments);

// The whole program but for main(): returns the exit status (0 fine, 1 failed or, with check, something is
// wrong, 2 called wrongly).
int run(std::vector<std::string> arguments, std::ostream& out, std::ostream& err);

std::string_view version();

}  // namespace heliograph::app
