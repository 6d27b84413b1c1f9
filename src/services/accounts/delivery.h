// How sign-in codes reach people who have no other device: a line in a file, a webhook, or an e-mail to an
// SMS gateway. Confirmation and recovery codes to e-mail addresses go the same way.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace heliograph::services {

struct CodeMessage {
  enum class To : std::uint8_t { phone, email };
  enum class Purpose : std::uint8_t { sign_in, confirm_email, recover_password, delete_account, appeal };
  To to = To::phone;
  Purpose purpose = Purpose::sign_in;
  std::string address;  // "+12025550123", or an e-mail address; personal data
  std::string code;     // secret
  UnixSeconds at = 0;
};

// Thread-safe.
class CodeDelivery {
 public:
  virtual ~CodeDelivery() = default;
  // Queues the message and returns at once, so that the time taken says nothing about the number.
  // unavailable SMS_CODE_CREATE_FAILED when the queue is full or delivery is known to be broken. A failure
  // after that (retries used up) is logged without the address, and counted.
  virtual Status send(CodeMessage message) = 0;
  // True where codes that went out as a service message to the account's other devices are to be handed to
  // send() as well: in the development mode, whoever reads the log signs in as anybody.
  virtual bool wants_every_code() const { return false; }
};

}  // namespace heliograph::services
