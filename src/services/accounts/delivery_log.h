// Codes for trying things out: in the program's output and in a file. Not for real people: whoever reads the
// file signs in as anybody.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>

#include "services/accounts/delivery.h"

namespace heliograph::services {

class LogDelivery final : public CodeDelivery {
 public:
  using Print = std::function<void(const CodeMessage&)>;

  // Lines are appended to `folder`/codes.jsonl ({"phone","code","at"}) or, for codes sent by e-mail, to
  // `folder`/email-codes.jsonl ({"email","purpose","code","at"}); both readable by the owner alone. `at`:
  // Unix seconds. `print` (may be empty) is called for each, on the sender's thread.
  LogDelivery(std::filesystem::path folder, Print print)
      : folder_(std::move(folder)), print_(std::move(print)) {}

  // The line is in the file when this returns.
  Status send(CodeMessage message) override;
  bool wants_every_code() const override { return true; }

 private:
  std::filesystem::path folder_;
  Print print_;
  std::mutex mutex_;  // one line at a time
};

}  // namespace heliograph::services
