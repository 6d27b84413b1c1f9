// The staff on one SQLite connection, and how another program than the server gets at it.
#pragma once

#include <filesystem>
#include <functional>

#include "store/sqlite/session.h"
#include "store/staff.h"

namespace heliograph::store::sqlite {

class SqliteStaff final : public Staff {
 public:
  explicit SqliteStaff(Session& session) : session_(session), db_(session.db) {}
  Result<StaffId> add(const StaffMember& member) override;
  Result<std::optional<StaffMember>> find(StaffId id) override;
  Result<std::optional<StaffMember>> find_by_name(std::string_view name) override;
  Result<std::vector<StaffMember>> list() override;
  Status update(const StaffMember& changed) override;
  Result<std::int64_t> add_passkey(const Passkey& passkey) override;
  Status touch_passkey(std::int64_t number, std::uint32_t counter, UnixSeconds at) override;
  Result<std::optional<Passkey>> find_passkey(ByteView id) override;
  Result<std::vector<Passkey>> passkeys(StaffId staff) override;
  Status erase_passkey(StaffId staff, std::int64_t number) override;
  Status erase_passkeys(StaffId staff) override;
  Status put_token(const StaffToken& token) override;
  Result<std::vector<StaffToken>> tokens(StaffId staff) override;
  Result<std::optional<StaffToken>> find_token(ByteView digest) override;
  Status erase_token(ByteView digest) override;
  Status erase_tokens(StaffId staff, StaffToken::Kind kind) override;
  Status erase_expired_tokens(UnixSeconds now) override;
  Status record_read(const StaffRead& read) override;
  Result<std::vector<StaffRead>> reads(const StaffReadFilter& filter, std::int64_t before,
                                       std::size_t limit) override;
  Status record_event(const StaffEvent& event) override;
  Result<std::vector<StaffEvent>> events(std::int64_t before, std::size_t limit) override;

 private:
  Session& session_;
  Connection& db_;
};

// One transaction on the staff's tables, also while a server runs on them: it keeps none of these rows in
// memory. As change_beside().
Status change_staff(const std::filesystem::path& place, const std::function<Status(Staff&)>& body);

}  // namespace heliograph::store::sqlite
