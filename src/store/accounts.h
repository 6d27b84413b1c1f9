// Accounts, their usernames, and the sign-in codes that lead to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format: do not renumber.
enum class AccountState : std::uint8_t {
  active = 0,
  deleted = 1,
  banned = 2,  // for breaking the rules: cannot sign in; keeps its number, and everything can be restored
};

struct Account {
  UserId id;
  AccountState state = AccountState::active;
  // The phone number is personal data: sealed (crypto/sealer.h), found through a keyed blind index.
  // Both empty for bots, the service account, and deleted accounts.
  Bytes phone_sealed;
  Bytes phone_index;
  std::string first_name;
  std::string last_name;
  std::string about;
  std::string username;  // as its owner spells it; empty if none
  bool bot = false;
  bool support = false;
  bool verified = false;
  UnixSeconds created_at = 0;
  UnixSeconds last_online_at = 0;  // 0: never seen
  std::int32_t ttl_days = 548;     // self-destruction after so many days away
  std::int32_t terms_version = 0;  // of the terms of service accepted
  // Two-step verification, encoded by services/accounts (verifier, salts, hint, recovery e-mail sealed);
  // empty: off.
  Bytes password;
  bool delisted = false;          // for breaking the rules: search does not show it
  UnixSeconds limited_until = 0;  // until then what it may do is less; 0: it is not
  UnixSeconds limited_since = 0;
  std::uint8_t limited_as = 0;  // how much less: safety::Limit
  UnixSeconds paced_at = 0;     // when it last wrote in public while it was slowed; 0: not yet
  std::string country;          // of its phone number (ISO 3166, "DE"); empty: not known
  Bytes photo;                  // what the account is shown with, encoded by services/files; empty: none
};

// One sign-in attempt: a code sent to a phone number for one authorization key.
struct SignInCode {
  std::string code_hash;  // the handle that the client echoes (phone_code_hash)
  Bytes phone_index;
  AuthKeyId key;
  Bytes code_digest;  // the code itself is never stored
  UnixSeconds sent_at = 0;
  UnixSeconds expires_at = 0;
  std::int32_t attempts = 0;  // wrong codes entered
  std::int32_t resends = 0;
  bool verified = false;  // right code given, number has no account yet: sign-up may follow
};

class Accounts {
 public:
  virtual ~Accounts() = default;

  // Assigns the next free id when account.id is 0. Conflict on phone_index: invalid PHONE_NUMBER_OCCUPIED;
  // on username: invalid USERNAME_OCCUPIED.
  virtual Result<UserId> insert(const Account& account) = 0;
  virtual Result<std::optional<Account>> find(UserId id) = 0;
  // In the order asked for; ids that do not exist are left out.
  virtual Result<std::vector<Account>> find_many(const std::vector<UserId>& ids) = 0;
  virtual Result<std::optional<Account>> find_by_phone(ByteView phone_index) = 0;
  // Case-insensitive (ASCII: usernames have nothing else).
  virtual Result<std::optional<Account>> find_by_username(std::string_view username) = 0;
  // Replaces the whole row; not_found USER_ID_INVALID. USERNAME_OCCUPIED, PHONE_NUMBER_OCCUPIED as insert.
  virtual Status update(const Account& account) = 0;
  // Cheap: called for every presence change.
  virtual Status set_last_online(UserId id, UnixSeconds at) = 0;
  // Accounts whose ttl_days have run out at `now`; at most `limit`.
  virtual Result<std::vector<UserId>> expired(UnixSeconds now, std::size_t limit) = 0;

  virtual Status put_code(const SignInCode& code) = 0;  // insert or replace by code_hash
  virtual Result<std::optional<SignInCode>> find_code(std::string_view code_hash) = 0;
  // Every code asked for towards this number and not yet deleted, newest first (sent_at), at most 100: how
  // often a number may be called is decided from these.
  virtual Result<std::vector<SignInCode>> codes_of(ByteView phone_index) = 0;
  virtual Status delete_code(std::string_view code_hash) = 0;
  virtual Status delete_codes_before(UnixSeconds expired_at) = 0;
};

}  // namespace heliograph::store
