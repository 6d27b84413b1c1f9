#include "app/cli.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>

#include "app/backup.h"
#include "app/reload_command.h"
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

CLI::App* with_data_in(CLI::App& parent, const char* name, const char* about, Options& options) {
  auto* command = parent.add_subcommand(name, about);
  command->add_option("--config", options.config_file,
                      "Configuration file (TOML); see docs/configuration.md.");
  command->add_option("--data", options.data_dir,
                      "Folder where everything is kept [" + config::Config{}.data_dir.string() + "]");
  return command;
}

using StaffCommands = std::vector<std::pair<CLI::App*, StaffOptions::Action>>;

StaffCommands add_staff_commands(CLI::App& app, Options& options, StaffOptions& staff) {
  using Action = StaffOptions::Action;
  auto* parent = app.add_subcommand("staff", "Who works at the console; see docs/console.md.");
  parent->require_subcommand(1);
  const auto command = [&](const char* name, const char* about) {
    return with_data_in(*parent, name, about, options);
  };
  const auto with_name = [&](CLI::App* made) {
    made->add_option("name", staff.name, "Who")->required();
    return made;
  };
  auto* add = command("add", "Add somebody; prints the link with which they enrol, once.");
  add->add_option("--role", staff.role, "What they may do; `heliograph staff roles` has all")->required();
  add->add_option("--name", staff.name, "What they are called")->required();
  auto* invite = with_name(command("invite", "Print a new link, for somebody who has lost their passkey."));
  auto* token = with_name(command("token", "Print a token for the HTTP APIs, with this person's rights."));
  token->add_option("--hours", staff.hours, "How long it is good [12]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{366 * 24}));
  auto* role = with_name(command("role", "Give somebody another role."));
  role->add_option("role", staff.role, "The role")->required();
  auto* disable = with_name(command("disable", "Take somebody off the staff, at once."));
  auto* list = command("list", "Print who there is: number, name, role, state.");
  auto* roles = command("roles", "Print what the roles are.");
  return {{add, Action::add},   {invite, Action::invite},   {token, Action::token}, {role, Action::role},
          {list, Action::list}, {disable, Action::disable}, {roles, Action::roles}};
}

using FlaggerCommands = std::vector<std::pair<CLI::App*, FlaggerOptions::Action>>;

FlaggerCommands add_flagger_commands(CLI::App& app, Options& options, FlaggerOptions& flagger) {
  using Action = FlaggerOptions::Action;
  auto* parent = app.add_subcommand("flagger", "Trusted flaggers and authorities; see docs/reports.md.");
  parent->require_subcommand(1);
  const auto command = [&](const char* name, const char* about) {
    return with_data_in(*parent, name, about, options);
  };
  auto* add = command("add", "Add one, or give it another token; prints the token, once.");
  add->add_option("--name", flagger.name, "What it is called")->required();
  add->add_flag("--authority", flagger.authority, "Its notices are orders to remove, with an hour's time");
  auto* disable = command("disable", "Its token is good no more.");
  disable->add_option("name", flagger.name, "Which one")->required();
  auto* list = command("list", "Print which there are.");
  return {{add, Action::add}, {disable, Action::disable}, {list, Action::list}};
}

using TransparencyCommands = std::vector<std::pair<CLI::App*, TransparencyOptions::Action>>;

TransparencyCommands add_transparency_commands(CLI::App& app, Options& options,
                                               TransparencyOptions& transparency) {
  using Action = TransparencyOptions::Action;
  auto* parent = app.add_subcommand("transparency", "Transparency reports; see docs/transparency.md.");
  parent->require_subcommand(1);
  const auto command = [&](const char* name, const char* about) {
    return with_data_in(*parent, name, about, options);
  };
  const auto with_period = [&](CLI::App* made) {
    made->add_option("--from", transparency.from, "First day that counts, like 2026-07-01 (UTC)")->required();
    made->add_option("--to", transparency.to, "First day that does not count any more")->required();
    return made;
  };
  auto* report = with_period(command("report", "Print the period's report, published or as it would be."));
  report
      ->add_option("--format", transparency.format,
                   "md, json, csv; note: the signature of what is published; annex: the files of "
                   "Implementing Regulation (EU) 2024/2835 [md]")
      ->check(CLI::IsMember({"md", "json", "csv", "note", "annex"}));
  report->add_option("--out", transparency.folder, "Folder for the files of the annex");
  auto* draft = with_period(command("draft", "Make the period's draft anew; prints its number."));
  draft->add_option("--reason", transparency.reason,
                    "Why there is to be another version of what is published");
  auto* list = command("list", "Print what there is, and what is late.");
  auto* review = command("review", "Say that a draft has been reviewed; figures cannot be changed.");
  review->add_option("number", transparency.number, "Which one")->required();
  review->add_option("--by", transparency.by, "Who has reviewed it")->required();
  review->add_option("--words", transparency.words, "File with words to be added (Markdown)");
  auto* publish = command("publish", "Sign a reviewed report and publish it.");
  publish->add_option("number", transparency.number, "Which one")->required();
  return {{report, Action::report},
          {draft, Action::draft},
          {list, Action::list},
          {review, Action::review},
          {publish, Action::publish}};
}

using JournalCommands = std::vector<std::pair<CLI::App*, JournalOptions::Action>>;

JournalCommands add_journal_commands(CLI::App& app, Options& options, JournalOptions& journal) {
  using Action = JournalOptions::Action;
  auto* parent = app.add_subcommand("journal", "The sealed journal of addresses; see docs/legal.md.");
  parent->require_subcommand(1);
  const auto plan = [&](CLI::App* made) {
    made->add_option("--shares", journal.shares, "How many shares there are")->required();
    made->add_option("--threshold", journal.threshold, "How many of them it takes")->required();
    made->add_option("--name", journal.names, "Who gets one, as the staff knows them; once for each")
        ->required();
    made->add_option("--out", journal.out, "The plan, a new file [plan.txt]")->default_str("plan.txt");
    return made;
  };
  const auto turn = [&](CLI::App* made) {
    made->add_option("--plan", journal.plan, "The plan")->required();
    made->add_option("--share", journal.share, "The number of your share in it")->required();
    return made;
  };
  const auto with_seats = [&](CLI::App* made) {
    made->add_option("--seat", journal.seats, "Everybody's seat")->required();
    return made;
  };
  auto* ceremony = plan(parent->add_subcommand("ceremony", "Plan a key whose private half nobody has."));
  auto* again = plan(parent->add_subcommand("again", "Plan to deal a key's shares again."));
  again->add_option("--key", journal.key, "The key")->required();
  again->add_option("--dealer", journal.dealers, "Number of a share that deals; once for each")->required();
  auto* seat = turn(parent->add_subcommand("seat", "Officers: take part."));
  seat->add_option("--out", journal.out, "For the others, a new file")->required();
  seat->add_option("--secret-out", journal.secret_out, "For you alone, a new file")->required();
  auto* deal = with_seats(turn(parent->add_subcommand("deal", "Officers: deal everybody a part.")));
  deal->add_option("--out", journal.out, "For the others, a new file")->required();
  deal->add_option("--key", journal.key, "Of a key that is dealt again: the key");
  deal->add_option("--secret", journal.secret, "The same: your share of it");
  auto* finish = with_seats(turn(parent->add_subcommand("finish", "Officers: get your share.")));
  finish->add_option("--deal", journal.deals, "Everybody's deal")->required();
  finish->add_option("--secret", journal.secret, "What you kept when you took part")->required();
  finish->add_option("--key", journal.key, "Of a key that is dealt again: the key");
  finish->add_option("--secret-out", journal.secret_out, "Your share, a new file")->required();
  finish->add_option("--key-out", journal.key_out, "The key, a new file")->required();
  finish->add_option("--confirmation-out", journal.confirmation_out, "For the server, a new file")
      ->required();
  auto* contribute = parent->add_subcommand("contribute", "Officers: help to open a request's rows.");
  contribute->add_option("--key", journal.key, "The key")->required();
  contribute->add_option("--secret", journal.secret, "Your share")->required();
  contribute->add_option("--question", journal.question, "What the console gave you")->required();
  contribute->add_option("--out", journal.out, "What the console takes, a new file")->required();
  auto* show = parent->add_subcommand("show", "Print what a key is, with its fingerprint.");
  show->add_option("--key", journal.key, "The key")->required();
  const auto with_data = [&](const char* name, const char* about) {
    return with_data_in(*parent, name, about, options);
  };
  auto* install = with_data("install", "Seal the journal to a key from now on.");
  install->add_option("--key", journal.key, "The key")->required();
  install->add_option("--confirmation", journal.confirmations, "Everybody's confirmation")->required();
  auto* status = with_data("status", "Print which keys and how many rows there are.");
  return {{ceremony, Action::ceremony}, {again, Action::again},     {seat, Action::seat},
          {deal, Action::deal},         {finish, Action::finish},   {contribute, Action::contribute},
          {show, Action::show},         {install, Action::install}, {status, Action::status}};
}

using LegalCommands = std::vector<std::pair<CLI::App*, LegalOptions::Action>>;

LegalCommands add_legal_commands(CLI::App& app, Options& options, LegalOptions& legal) {
  using Action = LegalOptions::Action;
  auto* parent = app.add_subcommand("legal", "The legal desk; see docs/legal.md.");
  parent->require_subcommand(1);
  const auto with_data = [&](const char* name, const char* about) {
    return with_data_in(*parent, name, about, options);
  };
  auto* key = parent->add_subcommand("key", "Agencies: make a key for answers; prints its public half.");
  key->add_option("--key", legal.key, "The private half, a new file")->required();
  auto* open = parent->add_subcommand("open", "Agencies: check and print an answer.");
  open->add_option("--key", legal.key, "The private half")->required();
  open->add_option("--package", legal.package, "What the portal gave, base64")->required();
  open->add_option("--pdf", legal.pdf, "Keep its pages here, a new file");
  open->add_option("--p7s", legal.p7s, "Keep its CMS signature here (DER), a new file");
  open->add_option("--signed", legal.signed_bytes, "Keep here what that is over, a new file");
  open->add_option("--signer", legal.signer, "Who signs answers, as the portal says")->required();
  auto* certificate = parent->add_subcommand(
      "certificate", "Operators: make a key that answers are signed with, and a certificate of its own.");
  certificate->add_option("--certificate", legal.certificate, "The certificate, a new file")->required();
  certificate->add_option("--key", legal.key, "The private key, a new file")->required();
  certificate->add_option("--name", legal.name, "To whom it is made out")->required();
  certificate->add_option("--days", legal.days, "Valid for so many days")->check(CLI::Range(1, 3650));
  auto* rules = with_data("rules", "Read the rules of jurisdictions and the certificate; say what is wrong.");
  auto* status = with_data("status", "Print how many requests wait.");
  return {{key, Action::key},
          {open, Action::open},
          {certificate, Action::certificate},
          {rules, Action::rules},
          {status, Action::status}};
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
  const auto with_data = [&](const char* name, const char* about) {
    return with_data_in(app, name, about, options);
  };
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
  auto* rebuild =
      with_data_in(*search, "rebuild",
                   "Make the search index anew from the database; the server must be stopped.", options);
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
  verify_log->add_option(
      "--opening", result.verify.openings,
      "Files that open entries (from @transparency, a form or a portal): each has to be in the log.");
  auto* follow_log = ledger->add_subcommand(
      "monitor", "Follow a server's log over HTTP, and say when something is wrong with it.");
  follow_log->add_option("--url", result.monitor.url, "Address of the server, like https://chat.example.org")
      ->required();
  follow_log->add_option("--key", result.monitor.key,
                         "The log's verifier key; the server's word, unless given or in the state.");
  follow_log->add_option("--state", result.monitor.state,
                         "File that remembers the key and the newest checkpoint.");
  follow_log->add_option("--every", result.monitor.every_seconds, "Seconds between two looks [60]")
      ->check(CLI::PositiveNumber);
  follow_log
      ->add_option("--batch-seconds", result.monitor.batch_seconds,
                   "How often a batch ought to come; three times that without one is an alarm [60]")
      ->check(CLI::PositiveNumber);
  follow_log->add_option("--pad-to", result.monitor.pad_to,
                         "What each book's new entries have to be a multiple of; not checked unless given.");
  follow_log->add_option("--rounds", result.monitor.rounds, "End after so many looks.");
  follow_log->add_option("--hook", result.monitor.hook, "Address that is told of alarms (POST, JSON).");
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
  auto* read_again =
      with_data("reload",
                "Have a running server read its rules again (terms, links, model, policy, rules); "
                "they are checked first.");
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
  scan->add_option("--second-stage", result.second_stage,
                   "Weights of the encoder: what the first stage is not sure about is read by it, too.");
  scan->add_option("--image-model", result.image_model,
                   "With --file: weights of the model that looks at pictures.");
  auto* guard = with_rules("search-guard", "Judge search queries: JSON lines in, JSON lines out.");
  auto* replay =
      with_rules("replay",
                 "Judge again what was written in public; says what other rules would do. Also while "
                 "the server runs.");
  replay->add_option("--data", options.data_dir, "Folder of the server or of the backup.");
  replay->add_option("--second-stage", result.replay.second_stage,
                     "Weights of the encoder: what the first stage is not sure about is read by it, too.");
  std::string from, to;
  replay->add_option("--from", from, "First day, like 2026-11-28 (UTC); everything unless given.");
  replay->add_option("--to", to, "Last day.");
  const auto hash_commands = add_hash_commands(app, options, result.hashes);
  const auto staff_commands = add_staff_commands(app, options, result.staff);
  const auto flagger_commands = add_flagger_commands(app, options, result.flagger);
  const auto transparency_commands = add_transparency_commands(app, options, result.transparency);
  const auto journal_commands = add_journal_commands(app, options, result.journal);
  const auto legal_commands = add_legal_commands(app, options, result.legal);
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
  for (const auto& [command, action] : staff_commands) {
    if (!command->parsed()) continue;
    result.command = CommandLine::Command::staff;
    result.staff.action = action;
    HG_ASSIGN(result.config, configure(options));
  }
  for (const auto& [command, action] : flagger_commands) {
    if (!command->parsed()) continue;
    result.command = CommandLine::Command::flagger;
    result.flagger.action = action;
    HG_ASSIGN(result.config, configure(options));
  }
  for (const auto& [command, action] : transparency_commands) {
    if (!command->parsed()) continue;
    result.command = CommandLine::Command::transparency;
    result.transparency.action = action;
    HG_ASSIGN(result.config, configure(options));
  }
  for (const auto& [command, action] : journal_commands) {
    if (!command->parsed()) continue;
    result.command = CommandLine::Command::journal;
    result.journal.action = action;
    if (result.journal.out.empty()) result.journal.out = "plan.txt";
    HG_ASSIGN(result.config, configure(options));
  }
  for (const auto& [command, action] : legal_commands) {
    if (!command->parsed()) continue;
    result.command = CommandLine::Command::legal;
    result.legal.action = action;
    HG_ASSIGN(result.config, configure(options));
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
  if (follow_log->parsed()) result.command = CommandLine::Command::ledger_monitor;
  using Command = CommandLine::Command;
  for (const auto& [parsed, command] :
       {std::pair(serve, Command::serve), std::pair(backup, Command::backup),
        std::pair(put_back, Command::restore), std::pair(verify, Command::check),
        std::pair(rebuild, Command::search_rebuild), std::pair(take_out, Command::export_account),
        std::pair(reads, Command::staff_reads), std::pair(read_again, Command::reload)}) {
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
      if (!line.files.empty()) return scan_files({line.rules, {}, {}, line.image_model}, line.files, out);
      return scan_lines({line.rules, {}, line.second_stage, {}}, std::cin, out);
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
    case CommandLine::Command::staff:
      return staff_command(line.config, line.staff, out);
    case CommandLine::Command::flagger:
      return flagger_command(line.config, line.flagger, out);
    case CommandLine::Command::transparency:
      return transparency_command(line.config, line.transparency, out);
    case CommandLine::Command::journal:
      return journal_command(line.config, line.journal, std::cin, out);
    case CommandLine::Command::legal:
      return legal_command(line.config, line.legal, out);
    case CommandLine::Command::staff_reads:
      return list_staff_reads(line.config.data_dir, out);
    case CommandLine::Command::reload:
      return reload(line.config, out);
    case CommandLine::Command::ledger_verify:
      return verify_ledger(line.verify, out);
    case CommandLine::Command::ledger_monitor:
      return monitor_ledger(line.monitor, out);
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
