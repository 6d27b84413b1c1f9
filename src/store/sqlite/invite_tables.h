// Invite links and the administrators' log on one SQLite connection; see tables.h.
#pragma once

#include "store/admin_log.h"
#include "store/invites.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteInvites final : public Invites {
 public:
  explicit SqliteInvites(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> insert(const Invite& invite) override;
  Result<std::optional<Invite>> find(std::string_view hash) override;
  Result<std::optional<Invite>> find_by_id(std::int64_t id) override;
  Status update(const Invite& invite) override;
  Status erase(std::int64_t id) override;
  Result<std::vector<Invite>> of_admin(Peer chat, UserId admin, bool revoked,
                                       const InvitePage& page) override;
  Result<std::optional<Invite>> permanent(Peer chat, UserId admin) override;
  Result<std::vector<InviteCount>> count(Peer chat) override;
  Status move(Peer from, Peer to) override;
  Status put_importer(const Importer& importer) override;
  Result<std::optional<Importer>> find_request(Peer chat, UserId user) override;
  Status erase_request(Peer chat, UserId user) override;
  Result<std::vector<Importer>> importers(Peer chat, const ImporterFilter& filter) override;
  Result<std::size_t> count_importers(Peer chat, const ImporterFilter& filter) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteAdminLog final : public AdminLog {
 public:
  explicit SqliteAdminLog(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> append(const AdminAct& act) override;
  Result<std::vector<AdminAct>> list(Peer chat, const AdminLogFilter& filter) override;
  Result<std::size_t> trim(UnixSeconds date, std::size_t limit) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
