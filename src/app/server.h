// The running server: everything built in order, owned in order, stopped in reverse.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "config/config.h"

namespace heliograph::app {

class Server {
 public:
  // Returns when it accepts connections. Errors: DATA_DIR_*, SERVER_KEY_*, NET_LISTEN_FAILED, those of the
  // store.
  // `show_code` (may be empty) is told each sign-in code, on any thread, with codes.delivery = "log".
  using ShowCode = std::function<void(const std::string& address, const std::string& code)>;
  static Result<std::unique_ptr<Server>> start(const config::Config& config, ShowCode show_code = {});
  // Stops accepting, lets what runs finish, closes the store.
  ~Server();

  // Messenger::read_rules().
  Status read_rules();

  std::uint16_t mtproto_port() const;
  std::uint16_t http_port() const;
  std::uint16_t admin_port() const;  // 0: no admin listener

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace heliograph::app
