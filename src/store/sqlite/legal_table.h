// The legal desk on one SQLite connection.
#pragma once

#include "store/legal.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteLegal final : public Legal {
 public:
  explicit SqliteLegal(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> add_agency(const Agency& agency) override;
  Result<std::optional<Agency>> find_agency(std::int64_t id) override;
  Status update_agency(const Agency& agency) override;
  Result<std::vector<Agency>> agencies() override;
  Result<std::int64_t> add_application(const AgencyApplication& application) override;
  Result<std::optional<AgencyApplication>> find_application(std::int64_t id) override;
  Result<std::optional<AgencyApplication>> find_application_of(ByteView reference) override;
  Status update_application(const AgencyApplication& application) override;
  Result<std::vector<AgencyApplication>> applications(std::size_t limit) override;
  Result<AgencyApplicationCounts> count_applications(UnixSeconds since) override;
  Status erase_applications(UnixSeconds received_before, UnixSeconds decided_before) override;
  Result<std::int64_t> add_officer(const AgencyOfficer& officer) override;
  Result<std::optional<AgencyOfficer>> find_officer(std::int64_t id) override;
  Result<std::optional<AgencyOfficer>> find_invited(ByteView invitation) override;
  Result<std::optional<AgencyOfficer>> find_officer_by_passkey(ByteView passkey) override;
  Status update_officer(const AgencyOfficer& officer) override;
  Result<std::vector<AgencyOfficer>> officers(std::int64_t agency) override;
  Status put_session(const AgencySession& session) override;
  Result<std::optional<AgencySession>> find_session(ByteView digest) override;
  Status erase_session(ByteView digest) override;
  Status erase_sessions(std::int64_t officer) override;
  Status erase_expired_sessions(UnixSeconds now) override;
  Result<std::int64_t> add(const LegalRequest& request) override;
  Result<std::optional<LegalRequest>> find(std::int64_t id) override;
  Status update(const LegalRequest& request) override;
  Result<std::vector<LegalRequest>> queue(const LegalRequestFilter& filter, LegalRequestPlace after,
                                          std::size_t limit) override;
  Result<std::vector<LegalRequest>> of_agency(std::int64_t agency, std::int64_t officer, std::int64_t before,
                                              std::size_t limit) override;
  Result<std::vector<LegalRequest>> alike(const LegalRequest& one, std::size_t limit) override;
  Result<std::int64_t> count_since(std::int64_t agency, UnixSeconds since) override;
  Result<LegalFigures> figures(UnixSeconds now) override;
  Result<std::int64_t> note(const LegalAct& act) override;
  Result<std::vector<LegalAct>> acts(std::int64_t request) override;
  Result<std::vector<LegalAct>> acts_about_agency(std::int64_t agency) override;
  Result<std::vector<LegalAct>> all_acts(std::int64_t before, std::size_t limit) override;
  Result<std::int64_t> add_file(const LegalFile& file) override;
  Result<std::optional<LegalFile>> find_file(std::int64_t id) override;
  Result<std::vector<LegalFile>> files(std::int64_t request) override;
  Status add_contribution(const LegalContribution& contribution) override;
  Result<std::vector<LegalContribution>> contributions(std::int64_t request) override;
  Status erase_contributions(std::int64_t request) override;
  Status add_package(const LegalPackage& package) override;
  Result<std::optional<LegalPackage>> find_package(std::int64_t request) override;
  Status mark_collected(std::int64_t request, UnixSeconds at) override;
  Result<bool> empty_package(std::int64_t request) override;
  Result<std::int64_t> add_draft(const LegalDraft& draft) override;
  Status update_draft(const LegalDraft& draft) override;
  Result<std::vector<LegalDraft>> drafts(std::int64_t officer) override;
  Status erase_draft(std::int64_t officer, std::int64_t id) override;
  Status erase_drafts(UnixSeconds before) override;
  Result<std::optional<Peer>> holder_of_name(std::string_view name, UnixSeconds at) override;
  Status set_clock(std::int64_t request, LegalClockKind kind, UnixSeconds due_at) override;
  Status stop_clock(std::int64_t request, LegalClockKind kind, UnixSeconds now) override;
  Status stop_clocks(std::int64_t request, UnixSeconds now) override;
  Result<std::vector<LegalClock>> clocks(std::int64_t request) override;
  Result<std::vector<LegalClock>> due(UnixSeconds now, std::size_t limit) override;
  Result<std::vector<LegalClock>> calendar(UnixSeconds from, std::size_t limit) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
