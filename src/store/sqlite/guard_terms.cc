#include "store/sqlite/guard_terms.h"

#include <limits>

namespace heliograph::store::sqlite {

namespace {

#define HG_GUARD_TERM_COLUMNS                                                                      \
  "id, text, canonical, category, effect, locale, countries, expires_at, state, source, case_id, " \
  "record, created_at, changed_at, changed_by, version"

std::string joined_codes(const std::vector<std::string>& codes) {
  std::string out;
  for (const auto& code : codes) out += (out.empty() ? "" : " ") + code;
  return out;
}

std::vector<std::string> split_codes(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

GuardTerm read_guard_term(Row& row) {
  GuardTerm term;
  std::string countries;
  row.read(term.id, term.text, term.canonical, term.category, term.effect, term.locale, countries,
           term.expires_at, term.state, term.source, term.case_id, term.record, term.created_at,
           term.changed_at, term.changed_by, term.version);
  term.countries = split_codes(countries);
  return term;
}

bool is_there(GuardTermState state) {
  return state == GuardTermState::proposed || state == GuardTermState::active;
}

}  // namespace

Status SqliteGuardTerms::must_be_free(const GuardTerm& term) {
  if (!is_there(term.state)) return {};
  HG_ASSIGN(const auto other, find_canonical(term.canonical));
  if (!other || other->id == term.id) return {};
  return fail(Error::invalid("TERM_KNOWN", "There is this term already, number " + std::to_string(other->id) +
                                               ", perhaps in another spelling."));
}

Result<std::int64_t> SqliteGuardTerms::add(const GuardTerm& term) {
  HG_TRY(session_.changing());
  HG_TRY(must_be_free(term));
  HG_TRY(db_.run(
      "INSERT INTO guard_terms (text, canonical, category, effect, locale, countries, expires_at, state, "
      "source, case_id, record, created_at, changed_at, changed_by, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?, ?, ?, 1)",
      term.text, term.canonical, term.category, term.effect, term.locale, joined_codes(term.countries),
      term.expires_at, term.state, term.source, term.case_id, term.record, term.created_at, term.changed_at,
      term.changed_by));
  return db_.number("SELECT last_insert_rowid()", 0);
}

Result<std::optional<GuardTerm>> SqliteGuardTerms::find(std::int64_t id) {
  return db_.one("SELECT " HG_GUARD_TERM_COLUMNS " FROM guard_terms WHERE id = ?", read_guard_term, id);
}

Result<std::optional<GuardTerm>> SqliteGuardTerms::find_canonical(std::string_view canonical) {
  return db_.one("SELECT " HG_GUARD_TERM_COLUMNS " FROM guard_terms WHERE canonical = ? AND state <= 2",
                 read_guard_term, canonical);
}

Status SqliteGuardTerms::update(const GuardTerm& term) {
  HG_TRY(session_.changing());
  HG_TRY(must_be_free(term));
  HG_TRY(db_.run(
      "UPDATE guard_terms SET text = ?, canonical = ?, category = ?, effect = ?, locale = ?, countries = ?, "
      "expires_at = ?, state = ?, source = ?, case_id = ?, record = ?, created_at = ?, changed_at = ?, "
      "changed_by = ?, version = version + 1 WHERE id = ?",
      term.text, term.canonical, term.category, term.effect, term.locale, joined_codes(term.countries),
      term.expires_at, term.state, term.source, term.case_id, term.record, term.created_at, term.changed_at,
      term.changed_by, term.id));
  if (db_.changes() == 0) {
    return fail(Error::not_found("TERM_UNKNOWN", "There is no term of this number."));
  }
  return {};
}

Result<std::vector<GuardTerm>> SqliteGuardTerms::list(const GuardTermFilter& filter, std::int64_t before,
                                                      std::size_t limit) {
  return db_.all("SELECT " HG_GUARD_TERM_COLUMNS
                 " FROM guard_terms WHERE id < ?1 AND (?2 < 0 OR state = ?2) AND (?3 < 0 OR effect = ?3) AND "
                 "(?4 < 0 OR category = ?4) AND (?5 = '' OR locale = ?5) AND (?6 = '' OR instr(canonical, "
                 "?6) > 0) ORDER BY id DESC LIMIT ?7",
                 read_guard_term, before == 0 ? std::numeric_limits<std::int64_t>::max() : before,
                 filter.state ? static_cast<std::int64_t>(*filter.state) : std::int64_t{-1},
                 filter.effect ? std::int64_t{*filter.effect} : std::int64_t{-1},
                 filter.category ? std::int64_t{*filter.category} : std::int64_t{-1}, filter.locale,
                 filter.part, static_cast<std::int64_t>(limit));
}

Result<std::vector<GuardTerm>> SqliteGuardTerms::expired(UnixSeconds now, std::size_t limit) {
  return db_.all("SELECT " HG_GUARD_TERM_COLUMNS
                 " FROM guard_terms WHERE state = 2 AND expires_at != 0 AND expires_at <= ? ORDER BY "
                 "expires_at, id LIMIT ?",
                 read_guard_term, now, static_cast<std::int64_t>(limit));
}

Result<std::int64_t> SqliteGuardTerms::changes() {
  // Rows are never erased, and no version goes down.
  return db_.number("SELECT coalesce(sum(version), 0) FROM guard_terms", 0);
}

Status SqliteGuardTerms::note(const GuardTermEvent& event) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT INTO guard_term_events (term, at, staff, what, record, sealed) VALUES (?, ?, ?, ?, ?, ?)",
      event.term, event.at, event.staff, event.what, event.record, event.sealed);
}

Result<std::vector<GuardTermEvent>> SqliteGuardTerms::history(std::int64_t term, std::size_t limit) {
  return db_.all(
      "SELECT id, term, at, staff, what, record, sealed FROM guard_term_events WHERE term = ? ORDER BY id "
      "DESC LIMIT ?",
      [](Row& row) {
        GuardTermEvent event;
        row.read(event.id, event.term, event.at, event.staff, event.what, event.record, event.sealed);
        return event;
      },
      term, static_cast<std::int64_t>(limit));
}

}  // namespace heliograph::store::sqlite
