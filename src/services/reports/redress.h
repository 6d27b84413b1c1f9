// Decisions told, and appealed against, outside the messenger: who is banned cannot sign in, and is to hear
// why and to be able to complain all the same (Regulation (EU) 2022/2065 Art. 17, 20). That somebody reads
// the messages to an account's phone number shows that they may.
#pragma once

#include <string>
#include <vector>

#include "services/accounts/delivery.h"
#include "services/accounts/sign_in.h"
#include "services/environment.h"
#include "services/limits.h"

namespace heliograph::services {

struct AppealTold {
  UnixSeconds at = 0, decided_at = 0;
  store::AppealState state = store::AppealState::waiting;
  std::string text, answer;  // an answer only where it has been decided
};

struct DecisionTold {
  std::int64_t case_id = 0;
  UnixSeconds at = 0;
  std::vector<std::string> reasons;  // the statements of reasons, in the order in which they were given
  std::vector<AppealTold> appeals;   // the person's own, newest first
  bool reversed = false;             // it was taken back
  bool open_to_appeal = false;       // Desk::appeal() would take one now
};

// Thread-safe.
class Redress {
 public:
  static constexpr std::size_t decisions_max = 50;
  static constexpr std::size_t phone_max = 64, handle_max = 64, code_max = 16, pass_max = 512;  // bytes
  static constexpr UnixSeconds pass_seconds = 3600;

  Redress(const Environment& environment, Limits& limits, CodeDelivery& codes, SignInLimits numbers)
      : environment_(environment), limits_(limits), codes_(codes), numbers_(numbers) {}

  // Sends a code to the number if something was done about its account, and gives the handle that comes back
  // with the code. Where nothing was, or there is no account, the same work is done and the same answer
  // given. Limits are shared with signing in. `client` is the address that asks. Errors: those of
  // SignIn::send_code() without PHONE_NUMBER_BANNED; not_found CASE_UNKNOWN where nothing is judged on this
  // server.
  Task<Result<std::string>> send_code(std::string client, std::string phone);
  // A pass for the account, good for pass_seconds; it is personal data, sealed. The account's devices are
  // told. not_acceptable PHONE_NUMBER_INVALID; invalid PHONE_CODE_INVALID, PHONE_CODE_EXPIRED,
  // PHONE_NUMBER_FLOOD.
  Task<Result<std::string>> open(std::string phone, std::string handle, std::string code);
  // Newest first. unauthorized PASS_EXPIRED.
  Task<Result<std::vector<DecisionTold>>> decisions(std::string pass) const;
  // Gives the appeal's number. unauthorized PASS_EXPIRED; those of safety::Desk::appeal().
  Task<Result<std::int64_t>> appeal(std::string pass, std::int64_t case_id, std::string text);

 private:
  Bytes digest(std::string_view handle, std::string_view code) const;
  std::string pass_for(UserId user) const;
  Result<UserId> user_of(const std::string& pass) const;

  const Environment& environment_;
  Limits& limits_;
  CodeDelivery& codes_;
  const SignInLimits numbers_;
};

}  // namespace heliograph::services
