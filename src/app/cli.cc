#include "app/cli.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>

#include "app/backup.h"
#include "app/scan_command.h"
#include "app/search_service.h"
#include "app/serve.h"
#include "base/day.h"
#include "store/sqlite/check.h"

namespace heliograph::app {

namespace {

struct Options {
  std::string config_file, data_dir, folder, listen_mtproto, listen_http, listen_admin;
  safety::RulebookFiles rules;
};

std::string in_file_or_not(const net::Endpoint& endpoint) {
  return endpoint.host.empty() ? "" : endpoint.text();
}

Status overlay(net::Endpoint& target, const std::string& text, std::string_view option) {
  if (text.empty()) return {};
  auto parsed = net::Endpoint::parse(text);
  if (!parsed) {
    return fail(Error::invalid("CLI_INVALID", std::string(option) + ": " + parsed.error().message));
  }
  target = std::move(*parsed);
  return {};
}

Result<config::Config> configure(const Options& options) {
  config::Config config;
  if (!options.config_file.empty()) {
    HG_ASSIGN(config, config::load_config(options.config_file));
  }
  if (!options.data_dir.empty()) config.data_dir = options.data_dir;
  HG_TRY(overlay(config.listen_mtproto, options.listen_mtproto, "--listen-mtproto"));
  HG_TRY(overlay(config.listen_http, options.listen_http, "--listen-http"));
  HG_TRY(overlay(config.listen_admin, options.listen_admin, "--listen-admin"));
  return config;
}

using HashCommands = std::vector<std::pair<CLI::App*, HashesOptions::Action>>;

HashCommands add_hash_commands(CLI::App& app, Options& options, HashesOptions& hashes) {
  using Action = HashesOptions::Action;
  auto* parent =
      app.add_subcommand("hashes", "Lists of hashes of media that are known; see docs/moderation.md.");
  parent->require_subcommand(1);
  const auto command = [&](const char* name, const char* about) {
    auto* made = parent->add_subcommand(name, about);
    made->add_option("--config", options.config_file,
                     "Configuration file (TOML); see docs/configuration.md.");
    made->add_option("--folder", hashes.folder,
                     "Folder of the banks [safety.hash_lists of the configuration]");
    return made;
  };
  const auto with_bank = [&](CLI::App* made) {
    made->add_option("--bank", hashes.bank, "The bank's name")->required();
    made->add_option("--format", hashes.format, "lines, csv or json");
    return made;
  };
  auto* check = command("check", "Read all banks; say what they hold, or what is wrong.");
  auto* take_in = with_bank(command("import", "Make a bank of lists that others gave, or of pictures."));
  take_in->add_option("files", hashes.files, "Lists or pictures.")->required();
  take_in->add_option("--category", hashes.category, "Category of harm, or none for exceptions.");
  take_in->add_option("--source", hashes.source, "Where it is from.");
  take_in->add_option("--version", hashes.version, "Its version [the time]");
  take_in->add_option("--state", hashes.state, "proposed, active or retired.");
  take_in->add_option("--expires", hashes.expires, "When these hashes end to count, like 2027-06-01.");
  take_in->add_option("--distance", hashes.distance, "Bits that may differ, 0 to 31 [31]")
      ->check(CLI::Range(0, safety::pdq_distance_max));
  take_in->add_option("--type", hashes.type, "Of hashes whose list does not say: pdq or sha256 [pdq]");
  take_in->add_flag("--add", hashes.add, "Keep what the bank has.");
  take_in->add_flag("--leave-out-faults", hashes.leave_out_faults, "Instead of refusing the whole list.");
  auto* give = with_bank(command("export", "Print a bank as others read it [csv]"));
  auto* match = command("match", "Print the hashes of files, and what is known of them.");
  match->add_option("files", hashes.files, "Any files.")->required();
  return {{check, Action::check},
          {take_in, Action::import_list},
          {give, Action::export_bank},
          {match, Action::match}};
}

Result<UnixSeconds> day_of(const std::string& text) {
  if (const auto day = parse_day(text)) return *day;
  return fail(Error::invalid("DAY_INVALID", "A day is written like 2026-11-28."));
}

}  // namespace

std::string_view version() {
  return HELIOGRAPH_VERSION;
}

Result<CommandLine> parse_command_line(std::vector<std::string> arguments) {
  CLI::App app("Heliograph: a messaging server that Telegram clients and bots already speak to.",
               "heliograph");
  app.require_subcommand(1);
  Options options;
  const config::Config defaults;

  const auto with_data_in = [&](CLI::App& parent, const char* name, const char* about) {
    auto* command = parent.add_subcommand(name, about);
    command->add_option("--config", options.config_file,
                        "Configuration file (TOML); see docs/configuration.md.");
    command->add_option("--data", options.data_dir,
                        "Folder where everything is kept [" + defaults.data_dir.string() + "]");
    return command;
  };
  const auto with_data = [&](const char* name, const char* about) { return with_data_in(app, name, about); };
  auto* serve = with_data("serve", "Run the server in the foreground.");
  serve->add_option("--listen-mtproto", options.listen_mtproto,
                    "HOST:PORT for MTProto over TCP [" + in_file_or_not(defaults.listen_mtproto) + "]");
  serve->add_option("--listen-http", options.listen_http,
                    "HOST:PORT for HTTP and WebSocket [" + in_file_or_not(defaults.listen_http) + "]");
  serve->add_option("--listen-admin", options.listen_admin, "HOST:PORT for metrics; none unless given");
  auto* backup = with_data("backup", "Copy database and keys to a new folder, also while the server runs.");
  backup->add_option("folder", options.folder, "Folder for the copy; must be empty or not there.")
      ->required();
  auto* put_back = with_data("restore", "Put a backup into a new data folder.");
  put_back->add_option("folder", options.folder, "Folder with the copy.")->required();
  auto* verify =
      with_data("check", "Verify that the database says what it should, also while the server runs.");
  auto* search = app.add_subcommand("search", "The search index.");
  search->require_subcommand(1);
  auto* rebuild = with_data_in(*search, "rebuild",
                               "Make the search index anew from the database; the server must be stopped.");
  auto* ledger = app.add_subcommand("ledger", "The transparency ledger.");
  ledger->require_subcommand(1);
  CommandLine result;
  auto* verify_log = ledger->add_subcommand(
      "verify", "Check a server's whole log over HTTP: signature, entries, hashes, what was seen before.");
  verify_log->add_option("--url", result.verify.url, "Address of the server, like https://chat.example.org")
      ->required();
  verify_log->add_option("--key", result.verify.key,
                         "The log's verifier key; the server's word, unless given or in the state.");
  verify_log->add_option("--state", result.verify.state,
                         "File that remembers the key and the checkpoints seen, to compare with next time.");
  auto* take_out = with_data(
      "export",
      "Write everything an account has to an archive, also while the server runs; see docs/export.md.");
  auto* by_id = take_out->add_option("--user", result.wanted.user, "The account's id");
  auto* by_phone =
      take_out->add_option("--phone", result.wanted.phone, "Or its phone number, like +12025550123");
  by_id->excludes(by_phone)->check(CLI::PositiveNumber);
  take_out->add_option("--out", result.wanted.out, "The archive (tar), a new file")->required();
  take_out->add_option("--reason", result.wanted.reason, "Why; stands in the journal of staff reads");
  auto* reads = with_data("staff-reads", "Print the journal of what the staff has read of people's data.");
  const auto with_rules = [&](const char* name, const char* about) {
    auto* command = app.add_subcommand(name, about);
    command->add_option("--config", options.config_file,
                        "Configuration file (TOML); see docs/configuration.md.");
    command->add_option("--terms", options.rules.terms,
                        "Folder of term lists; the program's own unless given.");
    command->add_option("--links", options.rules.links, "List of known links.");
    command->add_option("--model", options.rules.model, "First-stage text model.");
    command->add_option("--policy", options.rules.policy, "Policy file (TOML).");
    command->add_option("--rules", options.rules.rules, "The platform's rules (Markdown).");
    command->add_option("--hashes", options.rules.hashes, "Folder of banks of hashes.");
    return command;
  };
  auto* scan = with_rules("scan", "Judge texts: JSON lines in, JSON lines out; see docs/moderation.md.");
  scan->add_option("--file", result.files, "Media files to judge, in place of texts.");
  auto* guard = with_rules("search-guard", "Judge search queries: JSON lines in, JSON lines out.");
  auto* replay =
      with_rules("replay",
                 "Judge again what was written in public; says what other rules would do. Also while "
                 "the server runs.");
  replay->add_option("--data", options.data_dir, "Folder of the server or of the backup.");
  std::string from, to;
  replay->add_option("--from", from, "First day, like 2026-11-28 (UTC); everything unless given.");
  replay->add_option("--to", to, "Last day.");
  const auto hash_commands = add_hash_commands(app, options, result.hashes);
  auto* show_version = app.add_subcommand("version", "Print the version.");
  auto* reference =
      app.add_subcommand("config-reference", "Print the description of all configuration keys.");

  try {
    std::ranges::reverse(arguments);  // CLI11 takes them last first
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    result.text = app.help();
    return result;
  } catch (const CLI::ParseError& error) {
    return fail(Error::invalid("CLI_INVALID", std::string(error.what()) + "\nTry: heliograph --help"));
  }
  for (const auto& [parsed, command] :
       {std::pair(scan, CommandLine::Command::scan), std::pair(guard, CommandLine::Command::search_guard),
        std::pair(replay, CommandLine::Command::replay)}) {
    if (!parsed->parsed()) continue;
    result.command = command;
    HG_ASSIGN(result.config, configure(options));
    result.rules = result.config.safety;
    const auto overlay_file = [](std::string& target, const std::string& given) {
      if (!given.empty()) target = given;
    };
    overlay_file(result.rules.terms, options.rules.terms);
    overlay_file(result.rules.links, options.rules.links);
    overlay_file(result.rules.model, options.rules.model);
    overlay_file(result.rules.policy, options.rules.policy);
    overlay_file(result.rules.rules, options.rules.rules);
    overlay_file(result.rules.hashes, options.rules.hashes);
  }
  for (const auto& [command, action] : hash_commands) {
    if (!command->parsed()) continue;
    result.command = CommandLine::Command::hashes;
    result.hashes.action = action;
    HG_ASSIGN(result.config, configure(options));
    if (result.hashes.folder.empty()) result.hashes.folder = result.config.safety.hashes;
  }
  if (replay->parsed()) {
    result.replay.data = result.config.data_dir;
    result.replay.rules = result.rules;
    if (!from.empty()) {
      HG_ASSIGN(result.replay.from, day_of(from));
    }
    if (!to.empty()) {
      HG_ASSIGN(const auto last, day_of(to));
      result.replay.to = last + 86'400;
    }
  }
  if (take_out->parsed() && result.wanted.user == 0 && result.wanted.phone.empty()) {
    return fail(
        Error::invalid("CLI_INVALID", "Say whose data: --user or --phone.\nTry: heliograph export --help"));
  }
  if (show_version->parsed()) result.command = CommandLine::Command::version;
  if (reference->parsed()) result.command = CommandLine::Command::config_reference;
  if (verify_log->parsed()) result.command = CommandLine::Command::ledger_verify;
  using Command = CommandLine::Command;
  for (const auto& [parsed, command] :
       {std::pair(serve, Command::serve), std::pair(backup, Command::backup),
        std::pair(put_back, Command::restore), std::pair(verify, Command::check),
        std::pair(rebuild, Command::search_rebuild), std::pair(take_out, Command::export_account),
        std::pair(reads, Command::staff_reads)}) {
    if (!parsed->parsed()) continue;
    result.command = command;
    result.folder = options.folder;
    HG_ASSIGN(result.config, configure(options));
  }
  return result;
}

namespace {

Status check(const config::Config& config, std::ostream& out) {
  HG_ASSIGN(const auto report, store::sqlite::check(config.data_dir));
  out << report.accounts << " accounts, " << report.messages << " messages, " << report.updates
      << " updates\n";
  for (const auto& finding : report.findings) out << finding << '\n';
  if (report.ok()) return {};
  return fail(Error::internal("CHECK_FAILED", "The database is not as it should be; see the lines above."));
}

Status rebuild_index(const config::Config& config, std::ostream& out) {
  HG_ASSIGN(const auto documents, rebuild_search(config.data_dir));
  out << documents << " documents\n";
  return {};
}

Status execute(const CommandLine& line, std::ostream& out) {
  switch (line.command) {
    case CommandLine::Command::help:
      out << line.text;
      return {};
    case CommandLine::Command::version:
      out << "heliograph " << version() << '\n';
      return {};
    case CommandLine::Command::config_reference:
      out << config::config_reference();
      return {};
    case CommandLine::Command::serve:
      return serve(line.config, out);
    case CommandLine::Command::backup:
      return back_up(line.config.data_dir, line.folder);
    case CommandLine::Command::restore:
      return restore(line.folder, line.config.data_dir);
    case CommandLine::Command::check:
      return check(line.config, out);
    case CommandLine::Command::scan:
      if (!line.files.empty()) return scan_files({line.rules, {}}, line.files, out);
      return scan_lines({line.rules, {}}, std::cin, out);
    case CommandLine::Command::replay:
      return replay(line.replay, out);
    case CommandLine::Command::hashes:
      return hashes(line.hashes, SystemClock().unix_seconds(), out);
    case CommandLine::Command::search_guard:
      return guard_lines({line.rules, {}}, std::cin, out);
    case CommandLine::Command::search_rebuild:
      return rebuild_index(line.config, out);
    case CommandLine::Command::export_account:
      return export_account(line.config.data_dir, line.wanted, out);
    case CommandLine::Command::staff_reads:
      return list_staff_reads(line.config.data_dir, out);
    case CommandLine::Command::ledger_verify:
      return verify_ledger(line.verify, out);
  }
  return {};
}

}  // namespace

int run(std::vector<std::string> arguments, std::ostream& out, std::ostream& err) {
  auto line = parse_command_line(std::move(arguments));
  if (!line) {
    err << line.error().message << '\n';
    return 2;
  }
  if (const auto done = execute(*line, out); !done) {
    err << (done.error().message.empty() ? done.error().code : std::string_view(done.error().message))
        << '\n';
    return 1;
  }
  return 0;
}

}  // namespace heliograph::app
