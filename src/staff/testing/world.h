// A staff on a real store, for tests.
#pragma once

#include <liboath/oath.h>

#include <stdexcept>

#include "staff/sign_in.h"
#include "staff/testing/authenticator.h"
#include "store/sqlite/open.h"
#include "store/suite/temp_directory.h"

namespace heliograph::staff::testing {

class StaffWorld {
 public:
  template <typename T>
  T run(Task<T> task) {
    std::optional<T> result;
    executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
    if (!executor.run_until([&] { return result.has_value(); }))
      throw std::runtime_error("the task does not end");
    return std::move(*result);
  }
  template <typename T>
  static T must(Result<T> result) {
    if (!result) throw std::runtime_error("unexpected error " + std::string(result.error().code));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
  }
  template <typename F>
  auto write(F body) {
    return run(store->write([body](store::Tx& tx) { return body(store::staff_of(tx)); }));
  }
  Deed deed() const { return {"a test", clock.unix_seconds()}; }

  // The token of an enrolment link.
  std::string add(const std::string& name, Role role = Role::moderator) {
    const auto token = make_token(random);
    must(write([=, this](store::Staff& staff) { return add_member(staff, name, role, token, deed()); }));
    return token;
  }
  Entered enrol(const std::string& name, Authenticator& authenticator, Role role = Role::moderator) {
    const auto token = add(name, role);
    const auto begun = must(run(sign_in.begin_enrolment(token)));
    return must(run(sign_in.enrol_passkey(token, authenticator.make(begun.second), "first")));
  }
  // What an authenticator app shows.
  std::string code_at(const std::string& secret_text, UnixSeconds at) const {
    char* secret = nullptr;
    std::size_t size = 0;
    oath_base32_decode(secret_text.data(), secret_text.size(), &secret, &size);
    std::string code(7, '\0');
    oath_totp_generate(secret, size, at, 30, 0, 6, code.data());
    std::free(secret);
    code.resize(6);
    return code;
  }

  store::suite::TempDirectory directory;
  ManualExecutor executor;
  ManualClock clock;
  SeededRandom random{7};
  crypto::Sealer sealer{crypto::SecretKey{{1}}};
  std::unique_ptr<store::Store> store =
      must(store::sqlite::open({.directory = directory.path(), .readers = 1}));
  SignIn sign_in{
      {*store, clock, random, sealer, crypto::SecretKey{{2}}, {"localhost", "http://localhost:8080"}}};
};

}  // namespace heliograph::staff::testing
