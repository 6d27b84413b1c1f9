#include "images/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "images/worker.h"

namespace heliograph::images {

namespace {

std::unexpected<Error> gone() {
  return fail(Error::unavailable("IMAGES_WORKER_GONE"));
}

// What the new process begins with: the socket as 0, nowhere to write, no other descriptor of ours, no signal
// held back.
struct SpawnPlan {
  explicit SpawnPlan(int socket) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, socket, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

// Waits until the socket can be read or written. False: the time is up.
bool ready(int socket, short events, std::chrono::steady_clock::time_point until) {
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd wanted{socket, events, 0};
    const int count = ::poll(&wanted, 1, static_cast<int>(left));
    if (count > 0) return true;
    if (count < 0 && errno != EINTR) return false;
  }
}

bool send_all(int socket, ByteView bytes, std::chrono::steady_clock::time_point until) {
  while (!bytes.empty()) {
    const auto count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN || errno == EINTR) {
      if (!ready(socket, POLLOUT, until)) return false;
    } else {
      return false;
    }
  }
  return true;
}

bool receive_all(int socket, MutableByteView into, std::chrono::steady_clock::time_point until) {
  while (!into.empty()) {
    if (!ready(socket, POLLIN, until)) return false;
    const auto count = ::recv(socket, into.data(), into.size(), MSG_DONTWAIT);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) return false;
    if (count > 0) into = into.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

Result<Process> Process::start(const std::vector<std::string>& command) {
  const auto refused = [](const char* why) {
    return fail(Error::unavailable("IMAGES_NO_WORKER", std::string("No worker for pictures: ") + why));
  };
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return refused("no socket");
  const SpawnPlan plan(ends[1]);
  std::vector<char*> arguments;
  for (const auto& part : command) arguments.push_back(const_cast<char*>(part.c_str()));
  arguments.push_back(nullptr);
  char* environment[] = {nullptr};
  pid_t id = -1;
  const int done = ::posix_spawn(&id, command.front().c_str(), &plan.actions, &plan.attributes,
                                 arguments.data(), environment);
  ::close(ends[1]);
  if (done != 0) {
    ::close(ends[0]);
    return refused("the program cannot be started");
  }
  return Process(id, ends[0]);
}

Process::~Process() {
  if (socket_ >= 0) ::close(socket_);
  if (id_ <= 0) return;
  ::kill(id_, SIGKILL);
  while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Result<Bytes> Process::ask(ByteView request, Duration deadline) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  std::uint8_t length[4];
  store_le(length, static_cast<std::uint32_t>(request.size()));
  if (!send_all(socket_, length, until) || !send_all(socket_, request, until)) return gone();
  if (!receive_all(socket_, length, until)) return gone();
  const auto size = load_le<std::uint32_t>(length);
  if (size > answer_bytes_max) return gone();
  Bytes answer(size);
  if (!receive_all(socket_, answer, until)) return gone();
  return answer;
}

}  // namespace heliograph::images
