// Fills a data folder through the store and the services, as a server that has been used for a while would
// have.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/data_dir.h"
#include "base/executor.h"
#include "client.h"
#include "crypto/sealer.h"
#include "services/environment.h"

namespace heliograph::bench {

// Made under `parent`, removed with everything in it at the end.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::filesystem::path& parent);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The text of a message that says which it is, and is as long as people's messages tend to be.
std::string sample_text(std::size_t number);
// What is between the marks in a message that holds a sample text, in whatever form; nothing if there is
// none.
std::optional<std::size_t> sample_number(ByteView message);

struct SeededChannel {
  Peer peer;
  std::int64_t hash = 0;  // access hash for its owner
};

// Holds the data folder open; one at a time a thread.
class Seed {
 public:
  Seed(const std::filesystem::path& data, Random& random);
  ~Seed();

  // `count` (even) accounts with one key each, signed in.
  std::vector<SeededKey> accounts(std::size_t count);
  // A dialog of `count` messages between the two, every second one from either.
  void dialog(const SeededKey& one, const SeededKey& other, std::size_t count);

  // A private broadcast channel of the first; the others and `absent` people without accounts are in it.
  SeededChannel channel(const std::vector<SeededKey>& keys, std::size_t absent);

  services::Environment& environment() { return environment_; }
  ManualExecutor& executor() { return executor_; }

 private:
  void start(Task<Status> task);
  void finish();

  app::DataDir folder_;
  const crypto::SecretKey secret_;
  const crypto::Sealer sealer_;
  const crypto::BlindIndex phone_index_;
  SystemClock clock_;
  ManualExecutor executor_;
  std::unique_ptr<store::Store> store_;
  Random& random_;
  services::Environment environment_;
  std::size_t running_ = 0;
};

}  // namespace heliograph::bench
