// An account as its own clients would see it, read from the data folder beside a running server: the methods
// of api, on a snapshot of the database.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api/method.h"
#include "base/executor.h"
#include "crypto/sealer.h"
#include "store/sqlite/snapshot.h"
#include "tl/json.h"

namespace heliograph::app {

class AccountReader {
 public:
  // Errors: DATA_MISSING (no server has its data there); those of Snapshot::open() and of the key file.
  static Result<std::unique_ptr<AccountReader>> open(const std::filesystem::path& data);
  ~AccountReader();

  // not_found ACCOUNT_UNKNOWN: there is none, or it has been deleted.
  Result<UserId> find(UserId id);
  Result<UserId> find_by_phone(const std::string& phone);
  // Whose it is from now on.
  Status become(UserId user);
  UserId user() const;

  store::sqlite::Snapshot& snapshot();
  services::Services& services();
  const services::Environment& environment();
  UnixSeconds now() const;

  // Asks a method as the account would within an export. Its answer.
  template <typename Fn>
  Result<typename Fn::Reply> call(const Fn& request) {
    HG_ASSIGN(const auto body, tl::encode_request(request, tl_layer()));
    HG_ASSIGN(const auto answer, answer_to(body));
    return tl::decode<typename Fn::Reply>(answer, generous());
  }
  // Runs a call of a service to its end.
  template <typename T>
  T run(Task<T> task) {
    std::optional<T> result;
    executor_.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
    executor_.run();
    HG_ASSERT(result.has_value());  // the snapshot answers at once
    return std::move(*result);
  }

 private:
  struct Impl;
  explicit AccountReader(std::unique_ptr<Impl> impl);
  static std::int32_t tl_layer();
  static tl::CodecLimits generous();
  Result<Bytes> answer_to(ByteView body);

  ManualExecutor executor_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace heliograph::app
