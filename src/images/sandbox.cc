#include "images/sandbox.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <array>
#include <memory>

namespace heliograph::images {

namespace {

std::unexpected<Error> refused(const char* what) {
  return fail(Error::unavailable("SANDBOX_FAILED", std::string("The system refuses ") + what + "."));
}

bool limit(__rlimit_resource what, rlim_t value) {
  const rlimit both{value, value};
  return ::setrlimit(what, &both) == 0;
}

}  // namespace

Status enter_sandbox(const SandboxLimits& limits) {
  if (!sandbox_holds) return {};
  if (!limit(RLIMIT_AS, limits.memory_bytes) || !limit(RLIMIT_CPU, limits.cpu_seconds) ||
      !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_NOFILE, 0)) {
    return refused("resource limits");
  }
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    return refused("giving up privileges");
  }
  const std::unique_ptr<void, decltype(&seccomp_release)> filter(seccomp_init(SCMP_ACT_KILL_PROCESS),
                                                                 seccomp_release);
  if (!filter) return refused("a filter of system calls");
  static constexpr std::array calls{
      SCMP_SYS(read),         SCMP_SYS(write),         SCMP_SYS(exit),   SCMP_SYS(exit_group),
      SCMP_SYS(rt_sigreturn), SCMP_SYS(brk),           SCMP_SYS(munmap), SCMP_SYS(mremap),
      SCMP_SYS(madvise),      SCMP_SYS(clock_gettime), SCMP_SYS(futex),
  };
  for (const int call : calls) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0) return refused("a filter's rule");
  }
  // Memory, but none that could be run. (The third argument is what may be done with it.)
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    const scmp_arg_cmp not_executable{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 1, not_executable) != 0) {
      return refused("a filter's rule");
    }
  }
  if (seccomp_load(filter.get()) != 0) return refused("a filter of system calls");
  return {};
}

}  // namespace heliograph::images
