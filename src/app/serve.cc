#include "app/serve.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <mutex>
#include <ostream>

#include "app/server.h"
#include "base/log.h"

namespace heliograph::app {

namespace {

// Beside connections: the store, listeners, loops.
constexpr rlim_t other_files = 200;

// A connection is an open file. Systems start programs with room for about a thousand, and let them ask for
// more.
void allow_open_files(const config::Config& config) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const auto wanted = static_cast<rlim_t>(config.connections) + other_files;
  if (limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = std::min(std::max(limit.rlim_cur, wanted), limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
  if (limit.rlim_cur < wanted) {
    log::warn("limits.connections is {}, but the system lets this program open {} files in all",
              config.connections, limit.rlim_cur);
  }
}

// Whoever started it in a terminal has closed that.
bool terminal_gone(bool attended) {
  return attended && ::tcgetpgrp(STDIN_FILENO) < 0;
}

}  // namespace

Status serve(const config::Config& config, std::ostream& out) {
  const bool attended = ::isatty(STDIN_FILENO) != 0;
  spdlog::set_level(spdlog::level::from_str(config.log_level));
  // Blocked before any thread is made, so that only the wait below gets them.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  allow_open_files(config);

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
  while (sigwait(&stop, &signal) == 0 && signal == SIGHUP && !terminal_gone(attended)) {
    if (const auto read = server->read_rules(); !read) {
      log::error("the rules stay as they were: {}", read.error().message);
    }
  }
  out << "Stopping.\n" << std::flush;
  server.reset();
  return {};
}

}  // namespace heliograph::app
