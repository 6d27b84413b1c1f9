#include "server_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

namespace heliograph::bench {

namespace {

constexpr auto patience = std::chrono::seconds(20);

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

ServerProcess::ServerProcess(std::filesystem::path binary, const std::filesystem::path& parent,
                             const SeedPlan& plan, Random& random)
    : binary_(std::move(binary)), place_(parent), data_(place_.path() / "data") {
  {
    Seed seed(data_, random);
    keys_ = seed.accounts(plan.accounts);
    if (plan.channel) channel_ = seed.channel(keys_, plan.absent);
    if (plan.messages > 0) seed.dialog(keys_[0], keys_[1], plan.messages);
  }
  // All connections come from one address, and one account sends a film: the limits would be what is
  // measured.
  std::ofstream(place_.path() / "bench.toml") << "[limits]\n"
                                                 "connections = 60000\n"
                                                 "connections_per_address = 60000\n"
                                                 "handshakes_per_address_per_minute = 1000000\n"
                                                 "calls_per_account_per_second = 1000000\n";
  launch();
}

ServerProcess::~ServerProcess() {
  stop(SIGTERM);
}

void ServerProcess::restart() {
  stop(SIGTERM);
  launch();
}

void ServerProcess::crash() {
  stop(SIGKILL);
  std::filesystem::remove(data_ / "listening.json");  // or it would be taken for that of the next run
  launch();
}

void ServerProcess::stop(int signal) {
  if (pid_ <= 0) return;
  ::kill(pid_, signal);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (::waitpid(pid_, nullptr, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) ::kill(pid_, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  pid_ = -1;
}

void ServerProcess::launch() {
  const auto config = place_.path() / "bench.toml", log_file = place_.path() / "server.log";
  const auto ready = data_ / "listening.json";
  const auto begin = std::chrono::steady_clock::now();
  pid_ = ::fork();
  if (pid_ < 0) give_up("cannot start a process");
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // give_up() leaves without a farewell
    const int log_to = ::open(log_file.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    ::dup2(log_to, 1);
    ::dup2(log_to, 2);
    ::execl(binary_.c_str(), "heliograph", "serve", "--config", config.c_str(), "--data", data_.c_str(),
            "--listen-mtproto", "127.0.0.1:0", "--listen-http", "127.0.0.1:0", nullptr);
    ::_exit(127);
  }
  while (!std::filesystem::exists(ready)) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) {
      pid_ = -1;
      give_up("the server did not start:\n" + log());
    }
    if (std::chrono::steady_clock::now() - begin > patience) {
      stop(SIGKILL);
      give_up("the server does not start:\n" + log());
    }
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  start_time_ = std::chrono::steady_clock::now() - begin;
  const auto address = nlohmann::json::parse(text_of(ready)).at("mtproto").get<std::string>();
  port_ = std::stoi(address.substr(address.rfind(':') + 1));
}

std::string ServerProcess::log() const {
  return text_of(place_.path() / "server.log");
}

crypto::RsaPublicKey ServerProcess::public_key() const {
  const auto key = crypto::RsaKey::load_pem(text_of(data_ / "server_key.pem"));
  if (!key) give_up("the server's key cannot be read");
  return key->public_key();
}

std::size_t ServerProcess::resident_bytes() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6)) * 1024;
  }
  return 0;
}

std::size_t ServerProcess::written_bytes() const {
  std::ifstream io("/proc/" + std::to_string(pid_) + "/io");
  for (std::string line; std::getline(io, line);) {
    if (line.starts_with("write_bytes:")) return std::stoul(line.substr(12));
  }
  return 0;
}

Duration ServerProcess::cpu_time() const {
  std::int64_t total = 0;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/" + std::to_string(pid_) + "/task")) {
    std::ifstream times(thread.path() / "schedstat");
    std::int64_t running = 0;  // in nanoseconds
    if (times >> running) total += running;
  }
  return Duration(total);
}

}  // namespace heliograph::bench
