// What the staff's console keeps for itself: reason templates, blind second looks, what people have been
// shown, translations; and what it finds members by.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "store/case_days.h"
#include "store/case_prints.h"

namespace heliograph::store {

// What is decided often, in words for the person affected.
struct ReasonTemplate {
  std::int64_t id = 0;  // 0 on add: the store numbers it
  std::string title;
  std::uint8_t effect = 0;  // safety::Effect
  std::string clause;       // empty: none
  std::int32_t days = 0;
  std::vector<std::string> countries;
  std::string reason, note;      // to the person affected; to reporters
  std::uint32_t categories = 0;  // a bit for each terms::Category; 0: all
  std::uint32_t subjects = 0;    // a bit for each services::CaseKind; 0: all
  std::int32_t place = 0;        // smaller comes first
  UnixSeconds changed_at = 0;
  StaffId changed_by;  // 0: it came with the program
};

class ReasonTemplates {
 public:
  virtual ~ReasonTemplates() = default;
  virtual Result<std::int64_t> add(const ReasonTemplate& added) = 0;
  // By place, and then by number.
  virtual Result<std::vector<ReasonTemplate>> list() = 0;
  virtual Result<std::optional<ReasonTemplate>> find(std::int64_t id) = 0;
  // Replaces the whole row; not_found TEMPLATE_UNKNOWN.
  virtual Status update(const ReasonTemplate& changed) = 0;
  // The same.
  virtual Status erase(std::int64_t id) = 0;
};

// A decided case that somebody else looks at without knowing what was decided.
struct QualitySample {
  std::int64_t id = 0;  // 0 on add
  std::int64_t case_id = 0;
  std::uint8_t category = 0;
  StaffId first;  // who decided; 0: a machine
  std::uint8_t first_effect = 0;
  std::string first_clause;
  UnixSeconds drawn_at = 0;
  StaffId second;               // who has it, or has answered; 0: nobody
  UnixSeconds held_until = 0;   // by who has it
  UnixSeconds answered_at = 0;  // 0: not yet
  std::uint8_t second_effect = 0;
  std::string second_clause;
  Bytes sealed;  // a note, in words
};

// Answered ones that came out the same way.
struct QualityCount {
  std::uint8_t category = 0;
  std::uint8_t first_effect = 0, second_effect = 0;
  bool same = false;  // effect and clause
  StaffId second;
  std::int64_t samples = 0;
};

class QualitySamples {
 public:
  virtual ~QualitySamples() = default;
  // A case is a sample once: 0, it is one already.
  virtual Result<std::int64_t> add(const QualitySample& sample) = 0;
  virtual Result<std::optional<QualitySample>> find(std::int64_t id) = 0;
  // Not answered yet, by number, those after `after`.
  virtual Result<std::vector<QualitySample>> waiting(std::int64_t after, std::size_t limit) = 0;
  // Replaces the whole row; not_found SAMPLE_UNKNOWN.
  virtual Status update(const QualitySample& sample) = 0;
  // Answered in this time; `to` is not included.
  virtual Result<std::vector<QualityCount>> counts(UnixSeconds from, UnixSeconds to) = 0;

  struct Place {
    UnixSeconds decided_at = 0;
    std::int64_t case_id = 0;
  };
  // Decided ones after that place and before `until`, the oldest first: what can be drawn from.
  virtual Result<std::vector<Place>> decided(const Place& after, UnixSeconds until, std::size_t limit) = 0;
};

// How often somebody on the staff was shown what is hard to look at.
struct Exposures {
  UnixSeconds since = 0;   // when the counter began
  std::int32_t shown = 0;  // since then
  Day day = 0;             // of `today`
  std::int32_t today = 0;
};

class StaffExposures {
 public:
  virtual ~StaffExposures() = default;
  virtual Result<std::optional<Exposures>> find(StaffId staff) = 0;
  virtual Status put(StaffId staff, const Exposures& exposures) = 0;
};

// What a case says in a language that whoever looks at it reads, as a machine has it.
struct CaseTranslation {
  std::int64_t case_id = 0;
  std::string language;  // BCP 47, two letters or three
  Bytes digest;          // SHA-256 of what was translated: of anything else it says nothing
  UnixSeconds made_at = 0;
  Bytes sealed;  // services/moderation/translations.h
};

class CaseTranslations {
 public:
  virtual ~CaseTranslations() = default;
  virtual Result<std::optional<CaseTranslation>> find(std::int64_t case_id, std::string_view language) = 0;
  // In the place of the one of this case and language.
  virtual Status put(const CaseTranslation& made) = 0;
};

class Lookups {
 public:
  virtual ~Lookups() = default;
  // Accounts whose display name begins so, whatever the case of its letters, by name.
  virtual Result<std::vector<UserId>> named(std::string_view beginning, std::size_t limit) = 0;
};

class Tx;

// Every backend's transaction has them. They stand apart from Tx, as those of the staff do (store/staff.h).
class ConsoleTables {
 public:
  virtual ~ConsoleTables() = default;
  virtual CaseDays& case_days() = 0;
  virtual CasePrints& case_prints() = 0;
  virtual ReasonTemplates& reason_templates() = 0;
  virtual QualitySamples& quality_samples() = 0;
  virtual StaffExposures& exposures() = 0;
  virtual CaseTranslations& case_translations() = 0;
  virtual Lookups& lookups() = 0;
};
// Of this transaction.
ConsoleTables& console_of(Tx& tx);

}  // namespace heliograph::store
