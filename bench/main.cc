// heliograph_bench: puts a server under load and prints what it did, beside what bounds it. See README.md.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>

#include "crypto/random.h"
#include "workload.h"

namespace heliograph::bench {

namespace {

constexpr std::array all{
    Workload{"aes", aes},
    Workload{"start_up", start_up},
    Workload{"sign_in_storm", sign_in_storm},
    Workload{"idle", idle},
    Workload{"sends", sends},
    Workload{"history", history},
    Workload{"difference", difference},
    Workload{"files", files},
    Workload{"fan_out", fan_out},
};

// Raises the limit on open files as far as it goes, for the server too, which inherits it. Returns it.
std::size_t open_files() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

int run(int argc, char** argv) {
  Settings settings;
  std::string wanted = "all";
  bool quick = false;
  CLI::App cli("Load client of Heliograph");
  cli.add_option("--binary", settings.binary, "the server")->capture_default_str();
  cli.add_option("--folder", settings.folder, "where data folders are made")->capture_default_str();
  cli.add_option("--workload", wanted, "one workload, or all")->capture_default_str();
  cli.add_option("--connections", settings.connections, "idle: connections")->capture_default_str();
  cli.add_option("--accounts", settings.accounts, "sends: accounts")->capture_default_str();
  cli.add_option("--window", settings.windows, "sends: outstanding of an account; several: one run each")
      ->capture_default_str();
  cli.add_option("--seconds", settings.seconds, "length of sends and sign_in_storm")->capture_default_str();
  cli.add_option("--messages", settings.messages, "history: messages of the dialog")->capture_default_str();
  cli.add_option("--file", settings.file_mib, "files: MiB of the file")->capture_default_str();
  cli.add_option("--subscribers", settings.subscribers, "fan_out: connected")->capture_default_str();
  cli.add_option("--absent", settings.absent, "fan_out: subscribers that are not connected")
      ->capture_default_str();
  cli.add_option("--starts", settings.starts, "start_up: how often")->capture_default_str();
  cli.add_flag("--quick", quick, "small sizes: shows that it works, not how fast");
  CLI11_PARSE(cli, argc, argv);
  if (quick) {
    settings.connections = 500;
    settings.accounts = 100;
    settings.windows = {1};
    settings.seconds = 2;
    settings.messages = 2'000;
    settings.starts = 3;
    settings.file_mib = 16;
    settings.subscribers = 200;
    settings.absent = 5'000;
  }
  crypto::SystemRandom random;
  settings.random = &random;
  constexpr std::size_t other_files = 200;
  const auto room = open_files() - other_files;
  if (settings.connections > room) {
    std::fprintf(stderr, "bench: %zu connections, as the system lets no program open more files\n", room);
    settings.connections = room;
  }
  std::filesystem::create_directories(settings.folder);

  Report report;
  bool known = false;
  for (const auto& workload : all) {
    if (wanted != "all" && wanted != workload.name) continue;
    known = true;
    workload.run(settings, report);
  }
  if (!known) {
    std::fprintf(stderr, "bench: there is no workload '%s'\n", wanted.c_str());
    return 2;
  }
  std::fputs(report.markdown().c_str(), stdout);
  return 0;
}

}  // namespace

}  // namespace heliograph::bench

int main(int argc, char** argv) {
  return heliograph::bench::run(argc, argv);
}
