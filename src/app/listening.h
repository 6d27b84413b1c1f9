// DATA/listening.json: the addresses a running server listens on, for scripts that let it pick its ports.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace heliograph::app {

// Appears when the server accepts connections and goes when it stops; a killed server leaves it behind.
class ListeningFile {
 public:
  struct Addresses {
    std::string mtproto;  // "host:port"
    std::string http;
  };
  // Replaces the file in one step: a reader never sees half of it. unavailable DATA_DIR_UNUSABLE.
  static Result<ListeningFile> write(const std::filesystem::path& data, const Addresses& addresses);
  ListeningFile(ListeningFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ListeningFile& operator=(ListeningFile&&) = delete;
  ~ListeningFile();

 private:
  explicit ListeningFile(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace heliograph::app
