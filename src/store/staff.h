// Who works here: members of the staff, what they sign in with, what they are signed in as, and the journals
// of what they read of people's data and of what was changed about the staff itself. Which role may do what,
// and how somebody signs in, is for src/staff; secrets come here as digests or sealed.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format, as all numbers here: do not renumber.
enum class StaffRole : std::uint8_t {
  moderator = 1,
  senior_moderator = 2,
  legal_officer = 3,
  legal_approver = 4,
  auditor = 5,
  admin = 6,
};

enum class StaffState : std::uint8_t {
  invited = 1,  // has nothing to sign in with yet
  active = 2,
  disabled = 3,  // cannot sign in; their tokens are gone
};

struct StaffMember {
  StaffId id;        // 0 on add: the store numbers it
  std::string name;  // one a person, whatever the case of its letters
  StaffRole role = StaffRole::moderator;
  StaffState state = StaffState::invited;
  std::vector<std::string> languages;  // that they read, like "de"; empty: all
  std::uint32_t categories = 0;        // that they are trained in: a bit for each terms::Category; 0: all
  std::uint32_t opt_outs = 0;          // that they are never shown: the same
  std::string settings;                // of the console, as the console writes them
  Bytes totp_sealed;                   // empty: no codes
  std::int64_t totp_step = 0;          // of the last code taken: none is taken twice
  std::int32_t failures = 0;           // wrong codes since the last right one
  UnixSeconds locked_until = 0;        // no code is looked at before
  UnixSeconds created_at = 0;
};

struct Passkey {
  std::int64_t number = 0;  // 0 on add: the store numbers it
  Bytes id;                 // chosen by the authenticator
  StaffId staff;
  std::int32_t algorithm = 0;  // COSE: -7 ES256, -8 EdDSA
  Bytes public_key;            // as libfido2 takes it: x and y, or 32 bytes
  std::uint32_t counter = 0;   // 0: the authenticator does not count
  std::string label;
  UnixSeconds created_at = 0;
  UnixSeconds used_at = 0;
};

// Something that lets in whoever holds it, or lets them enrol. Only its SHA-256 is here.
struct StaffToken {
  enum class Kind : std::uint8_t {
    enrolment = 1,  // once
    session = 2,    // a browser's cookie
    api = 3,        // a program's
  };
  Bytes digest;
  Kind kind = Kind::session;
  StaffId staff;
  UnixSeconds created_at = 0;
  UnixSeconds used_at = 0;
  UnixSeconds expires_at = 0;
  UnixSeconds proved_at = 0;  // when a passkey or a code was last shown
};

// Somebody on the staff has seen data of a person.
struct StaffRead {
  std::int64_t id = 0;  // 0 on add
  UnixSeconds at = 0;
  std::string who;   // by name, or on the machine
  std::string what;  // the command, or what was looked at
  UserId account;    // whose data; 0: of several people at once
  std::string reason;
  StaffId staff;             // 0: somebody on the machine
  std::int64_t case_id = 0;  // 0: not for a case
};

// Zero: any.
struct StaffReadFilter {
  StaffId staff;
  UserId account;
};

// Something about the staff has changed, or somebody has signed in.
struct StaffEvent {
  std::int64_t id = 0;  // 0 on add
  UnixSeconds at = 0;
  std::string who;   // did it: by name, or on the machine
  std::string what;  // "added as moderator"
  StaffId about;
};

class Staff {
 public:
  virtual ~Staff() = default;

  // invalid STAFF_NAME_OCCUPIED.
  virtual Result<StaffId> add(const StaffMember& member) = 0;
  virtual Result<std::optional<StaffMember>> find(StaffId id) = 0;
  virtual Result<std::optional<StaffMember>> find_by_name(std::string_view name) = 0;
  // In the order in which they came.
  virtual Result<std::vector<StaffMember>> list() = 0;
  // Replaces the whole row. not_found STAFF_UNKNOWN; invalid STAFF_NAME_OCCUPIED.
  virtual Status update(const StaffMember& changed) = 0;

  // invalid PASSKEY_OCCUPIED: there is one of this id.
  virtual Result<std::int64_t> add_passkey(const Passkey& passkey) = 0;
  // Notes that it was used.
  virtual Status touch_passkey(std::int64_t number, std::uint32_t counter, UnixSeconds at) = 0;
  virtual Result<std::optional<Passkey>> find_passkey(ByteView id) = 0;
  virtual Result<std::vector<Passkey>> passkeys(StaffId staff) = 0;
  virtual Status erase_passkey(StaffId staff, std::int64_t number) = 0;
  virtual Status erase_passkeys(StaffId staff) = 0;

  // Adds it, or replaces the one of this digest.
  virtual Status put_token(const StaffToken& token) = 0;
  virtual Result<std::vector<StaffToken>> tokens(StaffId staff) = 0;
  // Also one that has expired.
  virtual Result<std::optional<StaffToken>> find_token(ByteView digest) = 0;
  virtual Status erase_token(ByteView digest) = 0;
  virtual Status erase_tokens(StaffId staff, StaffToken::Kind kind) = 0;
  virtual Status erase_expired_tokens(UnixSeconds now) = 0;

  // The journals are only added to.
  virtual Status record_read(const StaffRead& read) = 0;
  // Newest first, those before `before` (0: from the newest).
  virtual Result<std::vector<StaffRead>> reads(const StaffReadFilter& filter, std::int64_t before,
                                               std::size_t limit) = 0;
  virtual Status record_event(const StaffEvent& event) = 0;
  // The same.
  virtual Result<std::vector<StaffEvent>> events(std::int64_t before, std::size_t limit) = 0;
};

class Tx;

// Every backend's transaction has the staff's tables, too. They stand apart from Tx: what serves members has
// no business with them, and who has says so by including this.
class StaffTables {
 public:
  virtual ~StaffTables() = default;
  virtual Staff& staff() = 0;
};
// Of this transaction.
Staff& staff_of(Tx& tx);

}  // namespace heliograph::store
