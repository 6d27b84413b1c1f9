// What the console counts and keeps, on one SQLite connection.
#pragma once

#include "store/console.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteCaseDays final : public CaseDays {
 public:
  explicit SqliteCaseDays(Session& session) : session_(session), db_(session.db) {}
  Status decided(const CountedDecision& decision) override;
  Status overturned(UnixSeconds at, const std::vector<DecisionBasis>& bases) override;
  Result<std::vector<CaseDay>> days(Day from, Day to) override;
  Result<std::vector<CaseWait>> waits(Day from, Day to) override;
  Result<std::vector<BasisFigures>> bases(Day from, Day to, std::size_t limit) override;
  Result<std::vector<WaitingFigures>> waiting(UnixSeconds now) override;
  Result<UnixSeconds> median_opened() override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteCasePrints final : public CasePrints {
 public:
  explicit SqliteCasePrints(Session& session) : session_(session), db_(session.db) {}
  Status put(const CasePrint& print, const std::vector<std::int64_t>& bands) override;
  Result<std::vector<CasePrint>> of_case(std::int64_t case_id) override;
  Result<std::vector<CasePrint>> near(PrintKind kind, const std::vector<std::int64_t>& bands,
                                      std::size_t of_band) override;
  Result<std::vector<std::int64_t>> cases_after(std::int64_t case_id, std::size_t limit) override;
  Result<std::vector<std::int64_t>> evidence_media(std::int64_t case_id) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteReasonTemplates final : public ReasonTemplates {
 public:
  explicit SqliteReasonTemplates(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> add(const ReasonTemplate& added) override;
  Result<std::vector<ReasonTemplate>> list() override;
  Result<std::optional<ReasonTemplate>> find(std::int64_t id) override;
  Status update(const ReasonTemplate& changed) override;
  Status erase(std::int64_t id) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteQualitySamples final : public QualitySamples {
 public:
  explicit SqliteQualitySamples(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> add(const QualitySample& sample) override;
  Result<std::optional<QualitySample>> find(std::int64_t id) override;
  Result<std::vector<QualitySample>> waiting(std::int64_t after, std::size_t limit) override;
  Status update(const QualitySample& sample) override;
  Result<std::vector<QualityCount>> counts(UnixSeconds from, UnixSeconds to) override;
  Result<std::vector<Place>> decided(const Place& after, UnixSeconds until, std::size_t limit) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteStaffExposures final : public StaffExposures {
 public:
  explicit SqliteStaffExposures(Session& session) : session_(session), db_(session.db) {}
  Result<std::optional<Exposures>> find(StaffId staff) override;
  Status put(StaffId staff, const Exposures& exposures) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteCaseTranslations final : public CaseTranslations {
 public:
  explicit SqliteCaseTranslations(Session& session) : session_(session), db_(session.db) {}
  Result<std::optional<CaseTranslation>> find(std::int64_t case_id, std::string_view language) override;
  Status put(const CaseTranslation& made) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteLookups final : public Lookups {
 public:
  explicit SqliteLookups(Session& session) : db_(session.db) {}
  Result<std::vector<UserId>> named(std::string_view beginning, std::size_t limit) override;

 private:
  Connection& db_;
};

class SqliteConsole : public ConsoleTables {
 public:
  explicit SqliteConsole(Session& session)
      : case_days_(session),
        case_prints_(session),
        reason_templates_(session),
        quality_samples_(session),
        exposures_(session),
        case_translations_(session),
        lookups_(session) {}
  CaseDays& case_days() override { return case_days_; }
  CasePrints& case_prints() override { return case_prints_; }
  ReasonTemplates& reason_templates() override { return reason_templates_; }
  QualitySamples& quality_samples() override { return quality_samples_; }
  StaffExposures& exposures() override { return exposures_; }
  CaseTranslations& case_translations() override { return case_translations_; }
  Lookups& lookups() override { return lookups_; }

 private:
  SqliteCaseDays case_days_;
  SqliteCasePrints case_prints_;
  SqliteReasonTemplates reason_templates_;
  SqliteQualitySamples quality_samples_;
  SqliteStaffExposures exposures_;
  SqliteCaseTranslations case_translations_;
  SqliteLookups lookups_;
};

}  // namespace heliograph::store::sqlite
