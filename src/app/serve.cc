#include "app/serve.h"

#include <csignal>
#include <mutex>
#include <ostream>

#include "app/server.h"
#include "base/log.h"

namespace heliograph::app {

Status serve(const Config& config, std::ostream& out) {
  spdlog::set_level(spdlog::level::from_str(config.log_level));
  // Blocked before any thread is made, so that only the wait below gets them.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  std::mutex one_line;
  const auto show_code = [&](const std::string& address, const std::string& code) {
    const std::lock_guard lock(one_line);
    out << "code for " << address << ": " << code << std::endl;
  };
  HG_ASSIGN(auto server, Server::start(config, show_code));
  out << "Heliograph is running.\n"
      << "  web      http://" << net::Endpoint{config.listen_http.host, server->http_port()}.text() << "/\n"
      << "  mtproto  " << net::Endpoint{config.listen_mtproto.host, server->mtproto_port()}.text() << "\n";
  if (server->admin_port() != 0) {
    out << "  metrics  http://" << net::Endpoint{config.listen_admin.host, server->admin_port()}.text()
        << "/metrics\n";
  }
  out << std::flush;

  int signal = 0;
  sigwait(&stop, &signal);
  out << "Stopping.\n" << std::flush;
  server.reset();
  return {};
}

}  // namespace heliograph::app
