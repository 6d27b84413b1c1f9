// Those who reported are told what became of it; whoever reports what is not so again and again is warned,
// and then not heard for a while (Regulation (EU) 2022/2065 Art. 16(5), 23(2)).
#include "base/day.h"
#include "safety/cases/desk.h"
#include "safety/cases/intake.h"

namespace heliograph::safety {

namespace {

constexpr std::size_t kToldAtOnce = 100;
constexpr std::int32_t kSettledLeast = 10;  // of fewer nothing can be said
constexpr std::int32_t kRightLeast = 10;    // per cent
constexpr std::int32_t kAfterWarning = 5;   // more that were not so
constexpr UnixSeconds kPauseSeconds = 30 * 86'400;

bool mostly_wrong(const store::ReportRecord& record) {
  const auto settled = record.upheld + record.rejected;
  return settled >= kSettledLeast && record.upheld * 100 < settled * kRightLeast;
}

std::string outcome_letter(const store::Case& one, const store::Report& report, const std::string& note) {
  const bool term = !term_of(one).empty();
  const bool over = report.option == overblock;
  std::string text = "Thank you for your report of " + day_text(report.at) + " (case " +
                     std::to_string(one.id) + "). A moderator has looked at it.\n\n";
  if (report.state == store::ReportState::upheld) {
    text += over   ? "Searches for this term are not stopped any more."
            : term ? "Searches for this term are guarded from now on."
                   : "What you reported breaks the rules, and something was done about it.";
  } else {
    text += over   ? "The term stays guarded."
            : term ? "The term stays as it is: what it finds does not break the rules, or mostly not."
                   : "What you reported does not break the rules of this server, and stays.";
  }
  if (!note.empty()) text += "\n\n" + note;
  if (report.state == store::ReportState::rejected) {
    text += "\n\nIf you think that this is wrong, say why: somebody else will look at it.";
  }
  text += "\n\nThe decision is entered in the transparency log of this server.";
  return text;
}

}  // namespace

Status Desk::weigh_reporter(store::Tx& tx, UserId reporter) const {
  HG_ASSIGN(const auto record, tx.reports().record_of(reporter));
  if (!mostly_wrong(record)) return {};
  const auto now = parts_.clock.unix_seconds();
  HG_ASSIGN(auto standing, tx.reports().standing(reporter));
  if (standing.paused_until > now) return {};
  std::int32_t since = 0;
  HG_ASSIGN(const auto latest, tx.reports().of_reporter(reporter, 0, 100));
  for (const auto& report : latest) {
    since += report.state == store::ReportState::rejected && report.settled_at > standing.warned_at ? 1 : 0;
  }
  if (standing.warned_at == 0) {
    standing.warned_at = now;
    HG_TRY(tx.reports().set_standing(reporter, standing));
    return parts_.acts.tell(
        tx, reporter,
        "Most of what you have reported lately did not break the rules. Please report only "
        "what does: if it goes on like this, reports of yours will not be looked at for 30 "
        "days.");
  }
  if (since < kAfterWarning) return {};
  standing.warned_at = 0;
  standing.paused_until = now + kPauseSeconds;
  HG_TRY(tx.reports().set_standing(reporter, standing));
  return parts_.acts.tell(
      tx, reporter,
      "You were warned, and most of what you reported since did not break the rules. You can "
      "report again from " +
          day_text(standing.paused_until) + " on.");
}

Status Desk::tell_reporter(store::Tx& tx, const store::Case& one, store::Report report,
                           const std::string& note) const {
  // That nothing was done about a term does not make it pass: taking it out of force is an act.
  const bool acted = static_cast<Effect>(one.effect) != Effect::allow;
  const bool upheld = report.option == overblock ? !acted && one.record != 0 : acted;
  report.state = upheld ? store::ReportState::upheld : store::ReportState::rejected;
  report.settled_at = parts_.clock.unix_seconds();
  HG_TRY(tx.reports().update(report));
  if (!report.reporter) return {};  // asks by the receipt
  const auto appeal = upheld ? 0 : one.id;
  HG_TRY(parts_.acts.tell(tx, report.reporter, Letter(outcome_letter(one, report, note), appeal)));
  return upheld ? Status() : weigh_reporter(tx, report.reporter);
}

Result<bool> Desk::settle(store::Tx& tx, std::int64_t case_id) const {
  HG_ASSIGN(auto one, tx.cases().find(case_id));
  if (!one || one->state == store::CaseState::open || one->reports == 0) return false;
  std::string note;
  HG_ASSIGN(const auto history, tx.cases().history(case_id, 10'000));
  for (const auto& event : history) {
    if (event.what == "told") {
      HG_ASSIGN(note, open_words(event, parts_.sealer));
    }
  }
  std::size_t told = 0;
  bool more = false;
  for (std::int64_t after = 0;;) {
    HG_ASSIGN(auto page, tx.reports().of_case(case_id, after, kToldAtOnce));
    for (auto& report : page) {
      after = report.id;
      if (report.state != store::ReportState::waiting) continue;
      if (told == kToldAtOnce) {
        more = true;
        break;
      }
      HG_TRY(tell_reporter(tx, *one, std::move(report), note));
      ++told;
    }
    if (more || page.size() < kToldAtOnce) break;
  }
  one->reports = more ? std::max(one->reports - static_cast<std::int32_t>(told), 1) : 0;
  HG_TRY(tx.cases().update(*one));
  return more;
}

}  // namespace heliograph::safety
