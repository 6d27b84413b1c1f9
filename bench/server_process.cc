#include "server_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "app/data_dir.h"
#include "crypto/sealer.h"
#include "services/accounts/keys.h"
#include "services/accounts/service_account.h"
#include "services/chats/append.h"
#include "store/sqlite/open.h"

namespace heliograph::bench {

namespace {

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "bench: %s\n", why.c_str());
  std::exit(1);
}

template <typename T>
T must(Result<T> result) {
  if (!result) give_up(std::string(result.error().code) + " " + result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace

ServerProcess::ServerProcess(std::filesystem::path binary, const std::filesystem::path& parent,
                             const SeedPlan& plan, Random& random)
    : binary_(std::move(binary)) {
  auto name = (parent / "heliograph-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) give_up("cannot make a folder in " + parent.string());
  data_ = std::filesystem::path(name) / "data";
  seed(plan, random);
  launch();
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  std::filesystem::remove_all(data_.parent_path());
}

void ServerProcess::seed(const SeedPlan& plan, Random& random) {
  auto folder = must(app::DataDir::open(data_));
  const auto secret = must(folder.secret(random));
  const crypto::Sealer sealer(secret.derive("seal"));
  const crypto::BlindIndex phone_index(secret.derive("phone index"));
  const SystemClock clock;
  ManualExecutor executor;
  auto store = must(store::sqlite::open({.directory = data_, .readers = 1}));
  services::Environment environment{*store, clock, random, sealer, phone_index, Bytes(32)};
  services::KeyRing ring(environment, {});
  std::size_t running = 0;
  const auto finish = [&] {
    if (!executor.run_until([&] { return running == 0; }, std::chrono::minutes(10))) give_up("seeding hangs");
  };
  const auto start = [&](Task<Status> task) {
    ++running;
    spawn(std::move(task), [&running](Status status) {
      must(std::move(status));
      --running;
    });
    if (running >= 2000) finish();
  };

  start(services::ensure_service_account(environment));
  finish();
  const auto now = clock.unix_seconds();
  for (std::size_t i = 0; i < plan.accounts; ++i) {
    mtproto::AuthKey::Value value;
    random.fill(value);
    keys_.push_back({mtproto::AuthKey(value), UserId{static_cast<std::int64_t>(1000 + i)}});
    services::NewAuthKey fresh{keys_.back().key.id(), to_bytes(value), 0};
    start(ring.save(std::move(fresh)));
  }
  finish();
  for (const auto& key : keys_) {
    start(store->write([id = key.key.id(), user = key.user, now](store::Tx& tx) -> Status {
      store::Account account;
      account.id = user;
      account.first_name = "Load " + std::to_string(user.value);
      account.created_at = now;
      HG_TRY(tx.accounts().insert(account));
      HG_ASSIGN(auto row, tx.auth_keys().find(id));
      row->user = user;
      row->authorization_hash = id.value | 1;
      row->signed_in_at = row->active_at = now;
      row->layer = layer;
      return tx.auth_keys().put(*row);
    }));
  }
  finish();
  for (std::size_t i = 0; i < plan.messages; ++i) {
    const auto from = keys_[i % 2].user, to = keys_[(i + 1) % 2].user;
    start(store->write([from, to, now, i](store::Tx& tx) -> Status {
      services::PrivateMessage message;
      message.from = from;
      message.to = to;
      message.date = now;
      message.text = "seeded message number " + std::to_string(i);
      HG_TRY(services::append_private(tx, {}, message));
      return {};
    }));
  }
  finish();
}

void ServerProcess::launch() {
  const auto config = data_.parent_path() / "bench.toml";
  // A single address makes all the connections here: the limits per address would be what is measured.
  std::ofstream(config) << "[limits]\n"
                           "connections = 60000\n"
                           "connections_per_address = 60000\n"
                           "handshakes_per_address_per_minute = 1000000\n";
  const auto ready = data_ / "listening.json";
  const auto begin = std::chrono::steady_clock::now();
  pid_ = ::fork();
  if (pid_ == 0) {
    const int log = ::open((data_.parent_path() / "server.log").c_str(), O_CREAT | O_WRONLY, 0600);
    ::dup2(log, 1);
    ::dup2(log, 2);
    ::execl(binary_.c_str(), "heliograph", "serve", "--config", config.c_str(), "--data", data_.c_str(),
            "--listen-mtproto", "127.0.0.1:0", "--listen-http", "127.0.0.1:0", nullptr);
    ::_exit(127);
  }
  while (!std::filesystem::exists(ready)) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) {
      std::ifstream log(data_.parent_path() / "server.log");
      std::stringstream text;
      text << log.rdbuf();
      give_up("the server did not start:\n" + text.str());
    }
    if (std::chrono::steady_clock::now() - begin > std::chrono::seconds(20)) give_up("the server does not start");
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  start_time_ = std::chrono::steady_clock::now() - begin;
  std::ifstream in(ready);
  const auto address = nlohmann::json::parse(in).at("mtproto").get<std::string>();
  port_ = std::stoi(address.substr(address.rfind(':') + 1));
}

std::string ServerProcess::public_key_pem() const {
  auto key = crypto::RsaKey::load(data_ / "server_key.pem");
  return must(std::move(key)).public_key().pem();
}

std::size_t ServerProcess::resident_bytes() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6)) * 1024;
  }
  return 0;
}

Duration ServerProcess::cpu_time() const {
  std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
  std::string line;
  std::getline(stat, line);
  std::istringstream fields(line.substr(line.rfind(')') + 2));
  std::string skip;
  for (int i = 0; i < 11; ++i) fields >> skip;
  long user = 0, system = 0;
  fields >> user >> system;
  return std::chrono::milliseconds((user + system) * 1000 / ::sysconf(_SC_CLK_TCK));
}

}  // namespace heliograph::bench
