// Appeals: whoever is affected by a decision, or has reported what it leaves as it is, has it looked at by
// somebody else (Regulation (EU) 2022/2065 Art. 20).
#include <algorithm>

#include "safety/cases/desk.h"
#include "safety/enforcement/counting.h"
#include "safety/enforcement/found.h"

namespace heliograph::safety {

namespace {

Error unknown() {
  return Error::not_found("CASE_UNKNOWN", "There is no case of this number that is yours.");
}

}  // namespace

Result<bool> affects(store::Tx& tx, const store::Case& one, UserId user) {
  if (!user) return false;
  if (one.user == user) return true;
  HG_ASSIGN(const auto cases, tx.cases().of_user(user, 1000));
  return std::ranges::find(cases, one.id, &store::Case::id) != cases.end();
}

Result<std::int64_t> Desk::appeal(store::Tx& tx, UserId user, std::int64_t case_id, const std::string& text,
                                  std::string_view through) const {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fail(Error::invalid("NOTE_EMPTY", "Say why the decision is wrong."));
  }
  if (text.size() > words_max) return fail(Error::invalid("NOTE_TOO_LONG", "Write less: 16 KiB at most."));
  HG_ASSIGN(const auto one, tx.cases().find(case_id));
  if (!one) return fail(unknown());
  HG_ASSIGN(const bool theirs, affects(tx, *one, user));
  if (theirs) {
    HG_TRY(may_appeal(tx, user, *one));
    return add_appeal(tx, user, *one, {.text = text, .through = std::string(through)});
  }
  HG_ASSIGN(const auto report, tx.reports().newest(case_id, user));
  if (!report) return fail(unknown());
  if (one->state != store::CaseState::decided || report->state != store::ReportState::rejected) {
    return fail(Error::invalid("CASE_NOT_DECIDED", "It has not been decided to leave what you reported."));
  }
  HG_TRY(in_time(tx, user, *one, report->settled_at));
  return add_appeal(tx, user, *one, {.text = text, .through = std::string(through), .by_reporter = true});
}

Result<std::int64_t> Desk::appeal_for_chat(store::Tx& tx, UserId admin, std::int64_t case_id) const {
  HG_ASSIGN(const auto one, tx.cases().find(case_id));
  if (!one) return fail(unknown());
  HG_TRY(may_appeal(tx, admin, *one));
  return add_appeal(tx, admin, *one,
                    {.text = "An administrator of the chat says that nothing was wrong with it.",
                     .through = "administrator"});
}

Status Desk::may_appeal(store::Tx& tx, UserId user, const store::Case& one) const {
  if (static_cast<Effect>(one.effect) == Effect::allow) {
    return fail(
        Error::invalid("CASE_NOT_DECIDED", "Nothing is in force in this case that could be appealed."));
  }
  return in_time(tx, user, one, std::max(one.decided_at, one.opened_at));
}

Status Desk::in_time(store::Tx& tx, UserId user, const store::Case& one, UnixSeconds since) const {
  if (parts_.clock.unix_seconds() - since > parts_.appeal_days * kDay) {
    return fail(Error::invalid("APPEAL_LATE", "The time in which this decision could be appealed is over."));
  }
  HG_ASSIGN(const auto before, tx.cases().appeals_of(one.id));
  for (const auto& one_before : before) {
    if (one_before.user != user) continue;
    if (one_before.state == store::AppealState::waiting) {
      return fail(Error::invalid("APPEAL_WAITS", "Your appeal in this case has not been answered yet."));
    }
    if (one_before.state == store::AppealState::rejected && one_before.at >= one.decided_at) {
      return fail(Error::invalid("APPEAL_DECIDED", "Your appeal against this decision has been answered."));
    }
  }
  return {};
}

Result<std::int64_t> Desk::add_appeal(store::Tx& tx, UserId user, const store::Case& one,
                                      AppealFile file) const {
  store::Appeal appeal;
  appeal.case_id = one.id;
  appeal.user = user;
  appeal.at = parts_.clock.unix_seconds();
  HG_ASSIGN(appeal.first, decider(tx, one.id));
  appeal.sealed = seal_appeal(std::move(file), one.id, parts_.sealer, parts_.random);
  HG_ASSIGN(const auto id, tx.cases().add_appeal(appeal));
  HG_TRY(enter(tx, one.id, StaffId{}, "appealed", {}));
  return id;
}

Result<store::Appeal> Desk::appeal_for(store::Tx& tx, const Staffer& staff, std::int64_t appeal_id) const {
  HG_ASSIGN(auto found, tx.cases().find_appeal(appeal_id));
  if (!found) return fail(Error::not_found("APPEAL_UNKNOWN", "There is no appeal of this number."));
  if (found->state != store::AppealState::waiting) {
    return fail(Error::invalid("APPEAL_DECIDED", "The appeal has been answered already."));
  }
  HG_ASSIGN(const auto first, decider(tx, found->case_id));
  HG_ASSIGN(const auto one, tx.cases().find(found->case_id));
  bool took_part = first == staff.id;
  if (one) {
    HG_ASSIGN(const auto file, open_file(*one, parts_.sealer));
    took_part = took_part || (!file.proposals.empty() && file.proposals.back().staff == staff.id);
  }
  if (took_part) {
    return fail(
        Error::forbidden("APPEAL_SAME_PERSON", "You made the decision; somebody else has to answer."));
  }
  if (found->assignee && found->assignee != staff.id && found->assigned_until > parts_.clock.unix_seconds()) {
    return fail(Error::forbidden("APPEAL_TAKEN", "Somebody else looks at this appeal."));
  }
  return std::move(*found);
}

Result<store::Appeal> Desk::claim_appeal(store::Tx& tx, const Staffer& staff, std::int64_t appeal_id) const {
  HG_ASSIGN(auto appeal, appeal_for(tx, staff, appeal_id));
  appeal.assignee = staff.id;
  appeal.assigned_until = parts_.clock.unix_seconds() + claim_seconds;
  HG_TRY(tx.cases().update_appeal(appeal));
  return appeal;
}

Status Desk::decide_appeal(store::Tx& tx, const Staffer& staff, std::int64_t appeal_id, bool upheld,
                           const std::string& answer) const {
  HG_TRY(check_words(answer, "Say why, in words for the person who appealed."));
  HG_ASSIGN(auto appeal, appeal_for(tx, staff, appeal_id));
  HG_ASSIGN(auto file, open_appeal(appeal, parts_.sealer));
  file.answer = answer;
  const bool by_reporter = file.by_reporter;
  appeal.state = upheld ? store::AppealState::upheld : store::AppealState::rejected;
  appeal.second = staff.id;
  appeal.decided_at = parts_.clock.unix_seconds();
  appeal.sealed = seal_appeal(std::move(file), appeal.case_id, parts_.sealer, parts_.random);
  HG_TRY(tx.cases().update_appeal(appeal));
  HG_TRY(enter(tx, appeal.case_id, staff.id, upheld ? "appeal-upheld" : "appeal-rejected", answer));
  if (upheld && by_reporter) return uphold_reporter(tx, staff, appeal);
  if (upheld) {
    HG_ASSIGN(const auto one, tx.cases().find(appeal.case_id));
    HG_ASSIGN(const auto wrong, open_file(*one, parts_.sealer));
    HG_TRY(count_overturned(tx, wrong, appeal.decided_at));
    return parts_.enforcer.reverse(tx, appeal.case_id, staff.name, answer);
  }
  return parts_.acts.tell(
      tx, appeal.user,
      "Your appeal in case " + std::to_string(appeal.case_id) +
          " was looked at by somebody who had not decided before. The decision stands.\n\n" +
          "Why: " + answer + "\n\n" + "You can still turn to an out-of-court body or to a court.");
}

Status Desk::uphold_reporter(store::Tx& tx, const Staffer& staff, const store::Appeal& appeal) const {
  HG_ASSIGN(auto one, reopen(tx, staff, appeal.case_id));
  one.assignee = staff.id;
  one.assigned_until = parts_.clock.unix_seconds() + claim_seconds;
  HG_ASSIGN(auto report, tx.reports().newest(one.id, appeal.user));
  if (report) {  // they hear what comes of it this time
    report->state = store::ReportState::waiting;
    report->settled_at = 0;
    HG_TRY(tx.reports().update(*report));
    ++one.reports;
  }
  HG_TRY(tx.cases().update(one));
  return parts_.acts.tell(
      tx, appeal.user,
      "Your appeal in case " + std::to_string(one.id) +
          " was looked at by somebody who had not decided before. The case is open again, "
          "and you will be told what comes of it.");
}

}  // namespace heliograph::safety
