// The running server: everything built in order, owned in order, stopped in reverse.
#pragma once

#include <memory>
#include <string>

#include "app/config.h"

namespace heliograph::app {

class Server {
 public:
  // Returns when it accepts connections. Errors: DATA_DIR_*, SERVER_KEY_*, NET_LISTEN_FAILED, those of the
  // store.
  static Result<std::unique_ptr<Server>> start(const Config& config);
  // Stops accepting, lets what runs finish, closes the store.
  ~Server();

  std::uint16_t mtproto_port() const;
  std::uint16_t http_port() const;
  std::uint16_t admin_port() const;  // 0: no admin listener

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace heliograph::app
