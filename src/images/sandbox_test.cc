// What a process in the sandbox may not do, tried by one.
#include "images/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

namespace heliograph::images {
namespace {

class Sandbox : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!sandbox_holds) GTEST_SKIP() << "not in a build with sanitizers: ./test --only sandbox";
  }
};

// How a child ends that tries `attempt` in the sandbox: its exit status, or minus the signal.
int end_of(const std::function<int()>& attempt) {
  const pid_t child = ::fork();
  if (child == 0) {
    SandboxLimits limits;
    limits.cpu_seconds = 1;
    if (!enter_sandbox(limits)) ::_exit(99);
    ::_exit(attempt());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

TEST_F(Sandbox, ComputesAndAllocates) {
  EXPECT_EQ(end_of([] {
              auto* memory = static_cast<char*>(std::malloc(100 << 20));
              if (memory == nullptr) return 1;
              memory[50 << 20] = 1;
              std::free(memory);
              return 7;
            }),
            7);
}
TEST_F(Sandbox, OpensNoFile) {
  EXPECT_EQ(end_of([] { return ::open("/etc/passwd", O_RDONLY); }), -SIGSYS);
}
TEST_F(Sandbox, MakesNoSocket) {
  EXPECT_EQ(end_of([] { return ::socket(AF_INET, SOCK_STREAM, 0); }), -SIGSYS);
}
TEST_F(Sandbox, StartsNoProcess) {
  EXPECT_EQ(end_of([] { return ::fork(); }), -SIGSYS);
  EXPECT_EQ(end_of([] { return ::execl("/bin/true", "true", nullptr); }), -SIGSYS);
}
TEST_F(Sandbox, GetsNoMemoryThatRuns) {
  EXPECT_EQ(end_of([] {
              return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
                            -1, 0) == MAP_FAILED
                         ? 1
                         : 0;
            }),
            -SIGSYS);
}
TEST_F(Sandbox, TakesNoMoreMemoryThanItMay) {
  EXPECT_EQ(end_of([] { return std::malloc(std::size_t{4} << 30) == nullptr ? 5 : 6; }), 5);
}
TEST_F(Sandbox, TakesNoMoreTimeThanItMay) {
  EXPECT_EQ(end_of([] {
              volatile bool on = true;
              while (on) {
              }
              return 0;
            }),
            -SIGKILL);
}

}  // namespace
}  // namespace heliograph::images
