#include <algorithm>

#include "store/sqlite/console_tables.h"
#include "store/sqlite/word_list.h"
#include "store/text.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_TEMPLATE_COLUMNS                                                                             \
  "id, title, effect, clause, days, countries, reason, note, categories, subjects, place, changed_at, " \
  "changed_by"

ReasonTemplate read_template(Row& row) {
  ReasonTemplate one;
  std::string countries;
  row.read(one.id, one.title, one.effect, one.clause, one.days, countries, one.reason, one.note,
           one.categories, one.subjects, one.place, one.changed_at, one.changed_by);
  one.countries = words_in(countries);
  return one;
}

#define HG_SAMPLE_COLUMNS                                                                                 \
  "id, case_id, category, first, first_effect, first_clause, drawn_at, second, held_until, answered_at, " \
  "second_effect, second_clause, sealed"

QualitySample read_sample(Row& row) {
  QualitySample one;
  row.read(one.id, one.case_id, one.category, one.first, one.first_effect, one.first_clause, one.drawn_at,
           one.second, one.held_until, one.answered_at, one.second_effect, one.second_clause, one.sealed);
  return one;
}

}  // namespace

Result<std::int64_t> SqliteReasonTemplates::add(const ReasonTemplate& added) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run(
      "INSERT INTO reason_templates (title, effect, clause, days, countries, reason, note, categories, "
      "subjects, place, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      added.title, added.effect, added.clause, added.days, in_one_line(added.countries), added.reason,
      added.note, added.categories, added.subjects, added.place, added.changed_at, added.changed_by));
  return db_.number("SELECT last_insert_rowid()", 0);
}

Result<std::vector<ReasonTemplate>> SqliteReasonTemplates::list() {
  return db_.all("SELECT " HG_TEMPLATE_COLUMNS " FROM reason_templates ORDER BY place, id", read_template);
}

Result<std::optional<ReasonTemplate>> SqliteReasonTemplates::find(std::int64_t id) {
  return db_.one("SELECT " HG_TEMPLATE_COLUMNS " FROM reason_templates WHERE id = ?", read_template, id);
}

Status SqliteReasonTemplates::update(const ReasonTemplate& changed) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run(
      "UPDATE reason_templates SET title = ?, effect = ?, clause = ?, days = ?, countries = ?, reason = ?, "
      "note = ?, categories = ?, subjects = ?, place = ?, changed_at = ?, changed_by = ? WHERE id = ?",
      changed.title, changed.effect, changed.clause, changed.days, in_one_line(changed.countries),
      changed.reason, changed.note, changed.categories, changed.subjects, changed.place, changed.changed_at,
      changed.changed_by, changed.id));
  if (db_.changes() != 0) return {};
  return fail(Error::not_found("TEMPLATE_UNKNOWN", "There is no template of this number."));
}

Status SqliteReasonTemplates::erase(std::int64_t id) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM reason_templates WHERE id = ?", id));
  if (db_.changes() != 0) return {};
  return fail(Error::not_found("TEMPLATE_UNKNOWN", "There is no template of this number."));
}

Result<std::int64_t> SqliteQualitySamples::add(const QualitySample& sample) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("INSERT OR IGNORE INTO quality_samples (case_id, category, first, first_effect, first_clause, "
              "drawn_at, "
              "second, held_until, answered_at, second_effect, second_clause, sealed) VALUES (?, ?, ?, ?, ?, "
              "?, ?, ?, ?, ?, ?, ?)",
              sample.case_id, sample.category, sample.first, sample.first_effect, sample.first_clause,
              sample.drawn_at, sample.second, sample.held_until, sample.answered_at, sample.second_effect,
              sample.second_clause, sample.sealed));
  if (db_.changes() == 0) return 0;
  return db_.number("SELECT last_insert_rowid()", 0);
}

Result<std::optional<QualitySample>> SqliteQualitySamples::find(std::int64_t id) {
  return db_.one("SELECT " HG_SAMPLE_COLUMNS " FROM quality_samples WHERE id = ?", read_sample, id);
}

Result<std::vector<QualitySample>> SqliteQualitySamples::waiting(std::int64_t after, std::size_t limit) {
  return db_.all("SELECT " HG_SAMPLE_COLUMNS
                 " FROM quality_samples WHERE answered_at = 0 AND id > ? ORDER BY id LIMIT ?",
                 read_sample, after, static_cast<std::int64_t>(limit));
}

Status SqliteQualitySamples::update(const QualitySample& sample) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run(
      "UPDATE quality_samples SET category = ?, first = ?, first_effect = ?, first_clause = ?, drawn_at = ?, "
      "second = ?, held_until = ?, answered_at = ?, second_effect = ?, second_clause = ?, sealed = ? WHERE "
      "id = ?",
      sample.category, sample.first, sample.first_effect, sample.first_clause, sample.drawn_at, sample.second,
      sample.held_until, sample.answered_at, sample.second_effect, sample.second_clause, sample.sealed,
      sample.id));
  if (db_.changes() != 0) return {};
  return fail(Error::not_found("SAMPLE_UNKNOWN", "There is no sample of this number."));
}

Result<std::vector<QualityCount>> SqliteQualitySamples::counts(UnixSeconds from, UnixSeconds to) {
  return db_.all(
      "SELECT category, first_effect, second_effect, first_effect = second_effect AND first_clause = "
      "second_clause, second, count(*) FROM quality_samples WHERE answered_at != 0 AND answered_at >= ? AND "
      "answered_at < ? GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5",
      [](Row& row) {
        QualityCount count;
        row.read(count.category, count.first_effect, count.second_effect, count.same, count.second,
                 count.samples);
        return count;
      },
      from, to);
}

Result<std::vector<QualitySamples::Place>> SqliteQualitySamples::decided(const Place& after,
                                                                         UnixSeconds until,
                                                                         std::size_t limit) {
  return db_.all(
      "SELECT decided_at, id FROM cases WHERE state IN (2, 3) AND (decided_at, id) > (?, ?) AND decided_at < "
      "? ORDER BY decided_at, id LIMIT ?",
      [](Row& row) {
        Place place;
        row.read(place.decided_at, place.case_id);
        return place;
      },
      after.decided_at, after.case_id, until, static_cast<std::int64_t>(limit));
}

Result<std::optional<Exposures>> SqliteStaffExposures::find(StaffId staff) {
  return db_.one(
      "SELECT since, shown, day, today FROM staff_exposures WHERE staff = ?",
      [](Row& row) {
        Exposures exposures;
        row.read(exposures.since, exposures.shown, exposures.day, exposures.today);
        return exposures;
      },
      staff);
}

Status SqliteStaffExposures::put(StaffId staff, const Exposures& exposures) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO staff_exposures (staff, since, shown, day, today) VALUES (?, ?, ?, ?, ?)",
      staff, exposures.since, exposures.shown, exposures.day, exposures.today);
}

Result<std::optional<CaseTranslation>> SqliteCaseTranslations::find(std::int64_t case_id,
                                                                    std::string_view language) {
  return db_.one(
      "SELECT case_id, language, digest, made_at, sealed FROM case_translations WHERE case_id = ? AND "
      "language "
      "= ?",
      [](Row& row) {
        CaseTranslation made;
        row.read(made.case_id, made.language, made.digest, made.made_at, made.sealed);
        return made;
      },
      case_id, language);
}

Status SqliteCaseTranslations::put(const CaseTranslation& made) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO case_translations (case_id, language, digest, made_at, sealed) VALUES (?, ?, "
      "?, "
      "?, ?)",
      made.case_id, made.language, made.digest, made.made_at, made.sealed);
}

Result<std::vector<UserId>> SqliteLookups::named(std::string_view beginning, std::size_t limit) {
  const auto from = fold(beginning);
  if (from.empty()) return std::vector<UserId>();
  // Bytes compare as code points do: nothing valid comes after this.
  const auto to = from + "\xf4\x8f\xbf\xbf";
  return db_.all(
      "SELECT id FROM accounts WHERE name_key >= ? AND name_key < ? AND state != 1 ORDER BY "
      "name_key, id LIMIT ?",
      [](Row& row) { return row.get<UserId>(); }, from, to, static_cast<std::int64_t>(limit));
}

}  // namespace heliograph::store::sqlite
