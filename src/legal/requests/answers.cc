// Answers that are none of data: questions, refusals, and what comes of preservation and removal.
#include <algorithm>

#include "legal/requests/desk.h"
#include "legal/requests/words.h"

namespace heliograph::legal {

namespace {

constexpr UnixSeconds kDayOfClock = 86'400;

Status must_say(const std::string& words) {
  HG_TRY(must_say_why(words));
  if (words.size() > Desk::words_max) {
    return fail(Error::invalid("WORDS_TOO_LONG", "Write less: 16 KiB at most."));
  }
  return {};
}

Status must_be_of_desk(const Actor& actor) {
  const bool is =
      actor.role == store::StaffRole::legal_officer || actor.role == store::StaffRole::legal_approver;
  if (is && actor.id) return {};
  return fail(Error::forbidden("ROLE_NOT_ALLOWED", "The legal desk does this."));
}

Status must_be_open(const store::LegalRequest& row) {
  if (row.closed_at == 0) return {};
  return fail(Error::invalid("REQUEST_CLOSED", "The request has been answered."));
}

// Before there was data to disclose: what the ledger was told of a disclosure is taken back.
bool is_promised(const store::LegalRequest& row) {
  return row.record != 0;
}

}  // namespace

Status Desk::close(store::Tx& tx, store::LegalRequest& row, State state, std::string outcome,
                   UnixSeconds now) const {
  row.state = state;
  row.outcome = std::move(outcome);
  row.closed_at = now;
  row.asked = false;
  HG_TRY(store::legal_of(tx).stop_clocks(row.id, now));
  // Where nothing was disclosed, no court need confirm it.
  if (state != State::closed) {
    HG_TRY(store::legal_of(tx).stop_clock(row.id, store::LegalClockKind::confirm, now));
  }
  HG_TRY(store::legal_of(tx).erase_contributions(row.id));
  return store::legal_of(tx).update(row);
}

Status Desk::ask(store::Tx& tx, const Actor& actor, std::int64_t request, std::string words) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, find(tx, request));
  HG_TRY(must_be_open(one.row));
  HG_TRY(must_be_of_desk(actor));
  HG_TRY(must_say(words));
  HG_TRY(check_person(tx, one.row, actor, actor.role == store::StaffRole::legal_approver));
  if (one.row.state >= State::logged) {
    return fail(Error::invalid("GATE_PASSED", "It has been approved: refuse it, or go on."));
  }
  one.row.asked = true;
  const bool approver = actor.role == store::StaffRole::legal_approver;
  HG_TRY(enter(tx, one.row, at, "request.ask", "clarified", &actor,
               {.what = "asked",
                .gate = approver ? std::optional(Gate::approved) : std::nullopt,
                .staff = actor.id,
                .file = {std::move(words), {}, {}}}));
  HG_TRY(store::legal_of(tx).set_clock(request, store::LegalClockKind::reply, at + reply_seconds));
  return store::legal_of(tx).update(one.row);
}

Status Desk::answer(store::Tx& tx, std::int64_t officer, std::int64_t request, std::string words) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, own(tx, officer, request));
  HG_TRY(must_be_open(one.row));
  HG_TRY(must_say(words));
  one.row.asked = false;
  HG_TRY(store::legal_of(tx).stop_clock(request, store::LegalClockKind::reply, at));
  HG_TRY(note(tx, one.row, at, {.what = "answered", .officer = officer, .file = {std::move(words), {}, {}}}));
  return store::legal_of(tx).update(one.row);
}

Status Desk::correct(store::Tx& tx, std::int64_t officer, std::int64_t request, RequestForm form) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, own(tx, officer, request));
  HG_TRY(must_be_open(one.row));
  if (!one.row.asked || one.row.state >= State::validated) {
    return fail(Error::invalid("NOT_AWAITED", "The form is not asked for again."));
  }
  const auto* rules = rules_of(one.row);
  if (rules == nullptr) return fail(Error::invalid("TYPE_NOT_TAKEN", "No rules are there for this request."));
  HG_TRY(check_form(form, one.row.type, std::max(rules->period_days_most, 1), at));
  // Whom it is about stays: another person is another request.
  if (plain_identifier(form) != plain_identifier(one.form)) {
    return fail(Error::invalid("FORM_INVALID", "identifier cannot be changed: file another request."));
  }
  one.row.asked = false;
  set_likeness(one.row, form);
  one.row.sealed = seal_form(std::move(form), request, parts_.sealer, parts_.random);
  HG_TRY(store::legal_of(tx).stop_clock(request, store::LegalClockKind::reply, at));
  HG_TRY(note(tx, one.row, at,
              {.what = "answered", .officer = officer, .file = {"The form was corrected.", {}, {}}}));
  return store::legal_of(tx).update(one.row);
}

Status Desk::refuse(store::Tx& tx, const Actor& actor, std::int64_t request, std::string_view ground,
                    std::string words) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, find(tx, request));
  HG_TRY(must_be_open(one.row));
  HG_TRY(must_be_of_desk(actor));
  HG_TRY(must_say(words));
  const auto* found = ground_of(ground);
  if (found == nullptr) return fail(Error::invalid("GROUND_UNKNOWN", "There is no such ground."));
  HG_TRY(check_person(tx, one.row, actor, actor.role == store::StaffRole::legal_approver));
  if (one.row.state == State::disclosed) {
    return fail(Error::invalid("GATE_PASSED", "The answer has been made."));
  }
  if (found->gates_before > 0) {
    HG_ASSIGN(const auto acts, store::legal_of(tx).acts(request));
    HG_TRY(check_passed(acts, static_cast<Gate>(found->gates_before)));
  }
  const bool approver = actor.role == store::StaffRole::legal_approver;
  HG_TRY(enter(tx, one.row, at, "request.refuse", "refused-" + std::string(ground), &actor,
               {.what = "refused",
                .gate = approver ? std::optional(Gate::approved) : std::nullopt,
                .staff = actor.id,
                .file = {std::move(words), {}, {}}}));
  if (is_promised(one.row)) HG_TRY(record_done(tx, one.row, "request.undeliver", "undelivered", &actor));
  HG_TRY(store::journal_of(tx).end_holds(request, at + kDayOfClock * 30));
  return close(tx, one.row, State::refused, std::string(ground), at);
}

Status Desk::withdraw(store::Tx& tx, std::int64_t officer, std::int64_t request, std::string words) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, own(tx, officer, request));
  HG_TRY(must_be_open(one.row));
  HG_TRY(enter(tx, one.row, at, "request.withdraw", "withdrawn", nullptr,
               {.what = "withdrawn", .officer = officer, .file = {std::move(words), {}, {}}}));
  if (is_promised(one.row)) HG_TRY(record_done(tx, one.row, "request.undeliver", "undelivered", nullptr));
  HG_TRY(store::legal_of(tx).empty_package(request));
  HG_TRY(store::legal_of(tx).stop_clock(request, store::LegalClockKind::tell, at));
  HG_TRY(store::journal_of(tx).end_holds(request, at));
  return close(tx, one.row, State::withdrawn, "withdrawn", at);
}

Result<std::int64_t> Desk::hand_over(store::Tx& tx, const Actor& actor, std::int64_t request,
                                     terms::Category category) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, open_for(tx, request, at));
  HG_TRY(must_be_of_desk(actor));
  if (one.row.type != Type::removal)
    return fail(Error::invalid("TYPE_NOT_TAKEN", "This is no removal order."));
  HG_ASSIGN(const auto acts, store::legal_of(tx).acts(request));
  HG_TRY(check_passed(acts, Gate::valid));
  HG_TRY(check_person(tx, one.row, actor, actor.role == store::StaffRole::legal_approver));
  HG_ASSIGN(const auto agency, store::legal_of(tx).find_agency(one.row.agency));
  HG_ASSIGN(const auto case_id,
            parts_.people.order_removal(
                tx, one.form, {request, agency->name, one.row.country, one.row.received_at, category}));
  HG_TRY(enter(tx, one.row, at, "request.hand", "handed", &actor,
               {.what = "handed", .staff = actor.id, .file = {"case/" + std::to_string(case_id), {}, {}}}));
  HG_TRY(close(tx, one.row, State::closed, std::string(kHanded), at));
  HG_TRY(store::legal_of(tx).set_clock(request, store::LegalClockKind::decision, at));
  return case_id;
}

Status Desk::extend(store::Tx& tx, const Actor& actor, std::int64_t request, std::string words) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, find(tx, request));
  HG_TRY(must_be_of_desk(actor));
  HG_TRY(must_say(words));
  const auto* rules = rules_of(one.row);
  HG_ASSIGN(const auto acts, store::legal_of(tx).acts(request));
  const bool again = std::ranges::find(acts, "extended", &store::LegalAct::what) != acts.end();
  HG_ASSIGN(const auto holds, store::journal_of(tx).holds_of(request));
  const bool running = std::ranges::any_of(holds, [&](const auto& held) { return held.until > at; });
  if (one.row.outcome != "preserved" || rules == nullptr || rules->hold_extension_days == 0 || again ||
      !running) {
    return fail(Error::invalid("EXTENSION_NOT_ALLOWED", "This preservation cannot be made longer."));
  }
  const auto until = holds.front().until + rules->hold_extension_days * kDayOfClock;
  HG_TRY(store::journal_of(tx).extend_holds(request, until));
  HG_TRY(store::legal_of(tx).set_clock(request, store::LegalClockKind::hold, until));
  return note(tx, one.row, at, {.what = "extended", .staff = actor.id, .file = {std::move(words), {}, {}}});
}

Status Desk::confirm(store::Tx& tx, const Actor& actor, std::int64_t request, std::string words) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, find(tx, request));
  HG_TRY(must_be_of_desk(actor));
  HG_TRY(must_say(words));
  HG_ASSIGN(const auto clocks, store::legal_of(tx).clocks(request));
  const bool runs = std::ranges::any_of(clocks, [](const store::LegalClock& clock) {
    return clock.kind == store::LegalClockKind::confirm && clock.done_at == 0;
  });
  if (!runs) return fail(Error::invalid("NOT_AWAITED", "No confirmation is awaited."));
  HG_TRY(store::legal_of(tx).stop_clock(request, store::LegalClockKind::confirm, at));
  return enter(tx, one.row, at, "request.confirm", "confirmed", &actor,
               {.what = "confirmed", .staff = actor.id, .file = {std::move(words), {}, {}}});
}

}  // namespace heliograph::legal
