// The server under load: its data folder, seeded before it starts, and its process.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "client.h"
#include "seed.h"

namespace heliograph::bench {

struct SeedPlan {
  std::size_t accounts = 0;  // even; each with one key
  std::size_t messages = 0;  // of the first two accounts' dialog with each other
  bool channel = false;      // the first account's; all others have joined it
  std::size_t absent = 0;    // further subscribers of it, who never come
};

class ServerProcess {
 public:
  // Makes a data folder under `parent`, seeds it, starts `binary` on it and waits until it listens.
  ServerProcess(std::filesystem::path binary, const std::filesystem::path& parent, const SeedPlan& plan,
                Random& random);
  ~ServerProcess();  // stops it and removes the folder
  ServerProcess(const ServerProcess&) = delete;
  void restart();
  void crash();  // kill -9, then started again

  const std::string& host() const { return host_; }
  int port() const { return port_; }
  const std::vector<SeededKey>& keys() const { return keys_; }
  const SeededChannel& channel() const { return channel_; }
  crypto::RsaPublicKey public_key() const;

  // Of the last start: from before the process was made.
  Duration start_time() const { return start_time_; }
  std::size_t resident_bytes() const;
  // User and system, of its present threads so far.
  Duration cpu_time() const;
  // Sent to the disk so far.
  std::size_t written_bytes() const;

 private:
  void launch();
  void stop(int signal);
  std::string log() const;

  const std::filesystem::path binary_;
  const TemporaryFolder place_;
  const std::filesystem::path data_;
  std::vector<SeededKey> keys_;
  SeededChannel channel_;
  pid_t pid_ = -1;
  const std::string host_ = "127.0.0.1";
  int port_ = 0;
  Duration start_time_{0};
};

}  // namespace heliograph::bench
