// DATA/listening.json: where a running server listens, for scripts that let it choose its ports.
// {"mtproto":"HOST:PORT","http":"HOST:PORT"}
#pragma once

#include <filesystem>
#include <optional>

#include "base/result.h"
#include "net/address.h"

namespace heliograph::app {

// The file is there while the server accepts connections. A killed server leaves it behind; the next one
// forgets it before it does anything else.
class Listening {
 public:
  // Where the server with this data folder takes HTTP; nullopt: none runs, as far as the file says.
  static std::optional<net::Endpoint> http_of(const std::filesystem::path& data);

  explicit Listening(const std::filesystem::path& data);
  ~Listening();
  Listening(const Listening&) = delete;

  // Appears in one step: a reader never sees half of it. unavailable FILE_UNWRITABLE.
  Status announce(const net::Endpoint& mtproto, const net::Endpoint& http) const;

 private:
  void forget() const;
  const std::filesystem::path file_;
};

}  // namespace heliograph::app
