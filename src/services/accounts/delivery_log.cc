#include "services/accounts/delivery_log.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/log.h"
#include "services/accounts/delivery_text.h"

namespace heliograph::services {
namespace {

// Writes all of it or reports failure.
bool append_line(const std::filesystem::path& path, const std::string& line) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const auto written = ::write(file, line.data(), line.size());
  return ::close(file) == 0 && written == static_cast<ssize_t>(line.size());
}

}  // namespace

Status LogDelivery::send(CodeMessage message) {
  const auto* name = message.to == CodeMessage::To::phone ? "codes.jsonl" : "email-codes.jsonl";
  const auto line = to_json(message) + "\n";
  std::lock_guard lock(mutex_);
  if (!append_line(folder_ / name, line)) {
    log::error("cannot append to {} in the data folder", name);
    return fail(Error::unavailable("SMS_CODE_CREATE_FAILED", "The code could not be written down."));
  }
  if (print_) print_(message);
  return {};
}

}  // namespace heliograph::services
