#include "safety/cases/intake.h"

#include <algorithm>

#include "base/day.h"
#include "safety/cases/rank.h"
#include "safety/enforcement/case_file.h"
#include "safety/enforcement/found.h"
#include "terms/canonical.h"

namespace heliograph::safety {

namespace {

constexpr std::string_view kTerm = "term/";
constexpr std::size_t kComparedWith = 200;

// Of two independent witnesses, each in thousandths.
std::int32_t both(std::int32_t a, std::int32_t b) {
  return 1000 - (1000 - a) * (1000 - b) / 1000;
}

store::CaseQueue queue_of(const Reported& reported) {
  if (reported.source == store::ReportSource::authority) return store::CaseQueue::orders;
  return reported.subject.text.starts_with(kTerm) ? store::CaseQueue::terms : store::CaseQueue::general;
}

}  // namespace

ledger::Subject term_subject(std::string_view text) {
  terms::Canonical canonical;
  terms::canonicalise(text, canonical);
  const auto says = [](unsigned char c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  };
  if (std::ranges::none_of(canonical.plain, says)) return {};
  return {std::string(kTerm) + canonical.plain};
}

std::string term_of(const store::Case& one) {
  return one.subject.starts_with(kTerm) ? one.subject.substr(kTerm.size()) : std::string();
}

std::int32_t weight_of(store::ReportSource source, const store::ReportRecord& record) {
  switch (source) {
    case store::ReportSource::authority:
      return 950;
    case store::ReportSource::flagger:
      return 800;
    case store::ReportSource::form:
      return 250;
    case store::ReportSource::member:
    case store::ReportSource::search_bot:
      // Whoever has not reported before is taken to be right as often as not.
      return 600 * (record.upheld + 2) / (record.upheld + record.rejected + 4);
  }
  return 0;
}

Result<store::Case> Intake::case_of(store::Tx& tx, const Reported& reported, std::int32_t permille,
                                    std::int32_t reports) const {
  const auto now = parts_.clock.unix_seconds();
  const bool ordered = reported.source == store::ReportSource::authority;
  HG_ASSIGN(auto open, tx.cases().find_open(reported.subject.text));
  store::Case one;
  CaseFile file;
  if (open) {
    one = std::move(*open);
    HG_ASSIGN(file, open_file(one, parts_.sealer));
  } else {
    one.subject = reported.subject.text;
    one.user = reported.author;
    one.opened_at = now;
    one.category = static_cast<std::uint8_t>(reported.category);
    one.language = reported.language;
    one.country = reported.country;
    one.queue = queue_of(reported);
    file.place = reported.place;
    file.message = reported.message;
    file.text = reported.text;
  }
  // Where a rule of the policy holds, it says how severe it is; a reporter's word makes it no less so.
  one.severity = std::max(one.severity, severity_of(reported.category));
  if (ordered) one.queue = store::CaseQueue::orders;
  if (one.id == 0 && one.queue == store::CaseQueue::general && parts_.route) one.queue = parts_.route(one);
  file.title = reported.title;
  file.reach = std::max(file.reach, reported.reach);
  file.permille = both(file.permille, permille);
  one.reports += reports;
  hurry(one, {one.severity, file.permille, file.reach, one.opened_at, ordered},
        due_of(reported.category, ordered, ordered && reported.ordered_at != 0 ? reported.ordered_at : now));
  one.sealed = seal_file(std::move(file), one.subject, parts_.sealer, parts_.random);
  if (one.id == 0) {
    HG_ASSIGN(one.id, tx.cases().add(one));
  } else {
    HG_TRY(tx.cases().update(one));
  }
  return one;
}

Status Intake::add_to(store::Tx& tx, store::Report& report, Reported& reported) const {
  HG_ASSIGN(auto file, open_report(report, parts_.sealer));
  HG_TRY(keep_media(tx, report.case_id, reported.evidence));
  if (!reported.comment.empty() && file.comment.size() + reported.comment.size() < 4 * comment_max) {
    file.comment += (file.comment.empty() ? "" : "\n") + reported.comment;
  }
  for (auto& piece : reported.evidence) {
    const bool there =
        std::ranges::find(file.evidence, piece.digest, &Exhibit::digest) != file.evidence.end();
    if (!there && file.evidence.size() < 100) file.evidence.push_back(std::move(piece));
  }
  report.sealed = seal_report(std::move(file), report.case_id, parts_.sealer, parts_.random);
  return tx.reports().update(report);
}

Status Intake::keep_media(store::Tx& tx, std::int64_t case_id, const std::vector<Exhibit>& evidence) {
  std::vector<std::int64_t> media;
  for (const auto& piece : evidence)
    media.insert(media.end(), piece.media_ids.begin(), piece.media_ids.end());
  return media.empty() ? Status() : tx.reports().keep_media(case_id, media);
}

Result<bool> Intake::said_before(store::Tx& tx, const store::Case& open, const Reported& reported) const {
  HG_ASSIGN(const auto reports, tx.reports().of_case(open.id, 0, kComparedWith));
  for (const auto& report : reports) {
    if (report.source != reported.source || report.flagger != reported.flagger) continue;
    if (!report.flagger.empty()) return true;
    HG_ASSIGN(const auto file, open_report(report, parts_.sealer));
    if (!file.contact.empty() && file.contact == reported.contact) return true;
  }
  return false;
}

Result<std::int32_t> Intake::weight(store::Tx& tx, const Reported& reported,
                                    const store::ReportRecord& record,
                                    const std::optional<store::Case>& open) const {
  const auto whole = weight_of(reported.source, record);
  if (!open) return whole;
  if (!reported.reporter) {
    HG_ASSIGN(const bool before, said_before(tx, *open, reported));
    if (before) return 0;
  }
  const bool proven = reported.source == store::ReportSource::authority ||
                      reported.source == store::ReportSource::flagger || record.upheld > record.rejected;
  return proven ? whole : whole >> std::min(open->reports, 10);
}

Result<Filed> Intake::file(store::Tx& tx, Reported reported) const {
  const auto now = parts_.clock.unix_seconds();
  if (reported.comment.size() > comment_max) {
    return fail(Error::invalid("REPORT_COMMENT_TOO_LONG", "Say it in fewer words: 4,096 bytes at most."));
  }
  store::ReportRecord record;
  HG_ASSIGN(const auto open, tx.cases().find_open(reported.subject.text));
  if (reported.reporter) {
    HG_ASSIGN(const auto standing, tx.reports().standing(reported.reporter));
    if (standing.paused_until > now) {
      return fail(Error::forbidden("REPORTS_PAUSED",
                                   "Most of what you reported was not so. You can report again from " +
                                       day_text(standing.paused_until) + " on."));
    }
    if (open) {
      HG_ASSIGN(auto before, tx.reports().find_waiting(open->id, reported.reporter));
      if (before) {
        HG_TRY(add_to(tx, *before, reported));
        return Filed{open->id, before->id, true};
      }
    }
    HG_ASSIGN(const auto today, tx.reports().count_since(reported.reporter, now - kDay));
    if (today >= daily_max) return fail(Error::flood(3600));
    HG_ASSIGN(record, tx.reports().record_of(reported.reporter));
  }
  HG_ASSIGN(const auto permille, weight(tx, reported, record, open));
  HG_ASSIGN(const auto one, case_of(tx, reported, permille, 1));

  HG_TRY(keep_media(tx, one.id, reported.evidence));

  store::Report report;
  report.case_id = one.id;
  report.source = reported.source;
  report.reporter = reported.reporter;
  report.flagger = reported.flagger;
  report.receipt = reported.receipt;
  report.category = static_cast<std::uint8_t>(reported.category);
  report.option = reported.option;
  report.country = reported.country;
  report.language = reported.language;
  report.at = now;
  report.sealed = seal_report({reported.comment, reported.name, reported.contact, reported.evidence}, one.id,
                              parts_.sealer, parts_.random);
  HG_ASSIGN(report.id, tx.reports().add(report));
  HG_TRY(tx.cases().note({0, one.id, now, StaffId{}, "reported", {}}));
  return Filed{one.id, report.id, false};
}

Result<std::int64_t> Intake::open(store::Tx& tx, Reported reported, std::int32_t permille,
                                  StaffId staff) const {
  HG_ASSIGN(const auto one, case_of(tx, reported, permille, 0));
  HG_TRY(keep_media(tx, one.id, reported.evidence));
  HG_TRY(tx.cases().note({0, one.id, parts_.clock.unix_seconds(), staff, "opened", {}}));
  return one.id;
}

}  // namespace heliograph::safety
