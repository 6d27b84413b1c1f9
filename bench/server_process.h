// The server under load: its data folder, seeded before it starts, and its process.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "client.h"

namespace heliograph::bench {

struct SeedPlan {
  std::size_t accounts = 0;  // each with one key
  // Of the first two accounts' dialog with each other; every second message from either.
  std::size_t messages = 0;
};

class ServerProcess {
 public:
  // Makes a data folder under `parent`, puts accounts, keys and messages into its store, starts `binary` on it.
  ServerProcess(std::filesystem::path binary, const std::filesystem::path& parent, const SeedPlan& plan,
                Random& random);
  ~ServerProcess();  // stops it and removes the folder

  const std::string& host() const { return host_; }
  int port() const { return port_; }
  const std::vector<SeededKey>& keys() const { return keys_; }
  std::string public_key_pem() const;
  Duration start_time() const { return start_time_; }
  std::size_t resident_bytes() const;
  Duration cpu_time() const;

 private:
  void seed(const SeedPlan& plan, Random& random);
  void launch();

  std::filesystem::path binary_;
  std::filesystem::path data_;
  std::vector<SeededKey> keys_;
  pid_t pid_ = -1;
  std::string host_ = "127.0.0.1";
  int port_ = 0;
  Duration start_time_{0};
};

}  // namespace heliograph::bench
