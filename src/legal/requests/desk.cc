// Filing a request, and the gates that people pass.
#include "legal/requests/desk.h"

#include <algorithm>

#include "legal/requests/cells.h"
#include "legal/requests/words.h"

namespace heliograph::legal {

namespace {

constexpr UnixSeconds kDay = 86'400;
constexpr std::string_view kClockName = "legal.clock";

std::uint32_t bit(Gate gate) {
  return 1u << static_cast<unsigned>(gate);
}

State state_after(Gate gate) {
  switch (gate) {
    case Gate::authentic:
      return State::authenticated;
    case Gate::valid:
      return State::validated;
    case Gate::suspect:
      return State::matched;
    case Gate::approved:
      return State::approved;
    default:
      return State::logged;
  }
}

Error gate_missing(Gate gate) {
  return Error::forbidden("GATE_MISSING",
                          "The gate \"" + std::string(name(gate)) + "\" has not been passed.");
}

Status must_be(const Actor& actor, store::StaffRole role) {
  if (actor.role == role && actor.id) return {};
  return fail(Error::forbidden("ROLE_NOT_ALLOWED", "Somebody in another role does this."));
}

Status must_have_proved(const Actor& actor) {
  if (actor.proved) return {};
  return fail(Error::forbidden("STEP_UP_NEEDED", "Show once more that it is you."));
}

Status must_fit(const std::string& words) {
  if (words.size() <= Desk::words_max) return {};
  return fail(Error::invalid("WORDS_TOO_LONG", "Write less: 16 KiB at most."));
}

}  // namespace

Status check_passed(const std::vector<store::LegalAct>& acts, Gate up_to) {
  std::vector<StaffId> examiners;
  std::int64_t last = 0;
  for (auto gate = Gate::authentic; gate <= up_to; gate = static_cast<Gate>(static_cast<int>(gate) + 1)) {
    const auto passed = std::ranges::find_if(acts, [&](const store::LegalAct& act) {
      return act.gate == static_cast<std::uint8_t>(gate) && act.what == "passed";
    });
    // Acts are numbered as they come: a gate is passed after those before it.
    if (passed == acts.end() || passed->id <= last) return fail(gate_missing(gate));
    last = passed->id;
    const bool by_person = gate <= Gate::approved;
    if (by_person && !passed->staff) return fail(gate_missing(gate));
    if (gate <= Gate::suspect) examiners.push_back(passed->staff);
    if (gate == Gate::approved && std::ranges::find(examiners, passed->staff) != examiners.end()) {
      return fail(gate_missing(gate));
    }
    if (gate == Gate::logged && passed->record == 0) return fail(gate_missing(gate));
  }
  return {};
}

Result<UnixSeconds> Desk::now(store::Tx& tx) const {
  const auto clock = parts_.clock.unix_seconds();
  HG_ASSIGN(const auto stored, tx.settings().find_global(kClockName));
  const auto seen = stored && stored->size() == 8 ? load_le<UnixSeconds>(stored->data()) : 0;
  if (clock < seen - clock_slack_seconds) {
    return fail(Error::unavailable("CLOCK_BEHIND",
                                   "The machine's clock has gone back. Nothing is done here "
                                   "until it is right."));
  }
  return std::max(clock, seen);
}

Status Desk::note(store::Tx& tx, const store::LegalRequest& row, UnixSeconds now, Note note) const {
  Bytes seen;
  append_le(seen, now);
  HG_TRY(tx.settings().put_global(kClockName, seen));
  store::LegalAct act;
  act.request = row.id;
  act.gate = note.gate ? static_cast<std::uint8_t>(*note.gate) : 0;
  act.at = now;
  act.staff = note.staff;
  act.officer = note.officer;
  act.what = note.what;
  act.record = note.record;
  act.sealed = seal_act(std::move(note.file), act, parts_.sealer, parts_.random);
  HG_TRY(store::legal_of(tx).note(act));
  return {};
}

Result<ledger::Receipt> Desk::record(store::Tx& tx, const store::LegalRequest& row, std::string_view act,
                                     std::string_view outcome, const Actor* actor) const {
  ledger::Record out;
  out.book = ledger::Book::legal;
  out.act = act;
  out.subject = request_subject(row.id);
  out.cell = cell_of(row.type, row.country, outcome);
  out.fields = {{"type", std::string(name(row.type))},
                {"country", row.country},
                {"jurisdiction", row.jurisdiction},
                {"agency", std::to_string(row.agency), true}};
  if (actor != nullptr) out.fields.push_back({"actor", actor->name, true});
  return parts_.ledger.record(tx, out);
}

Result<std::int64_t> Desk::record_done(store::Tx& tx, const store::LegalRequest& row, std::string_view act,
                                       std::string_view outcome, const Actor* actor) const {
  HG_ASSIGN(const auto receipt, record(tx, row, act, outcome, actor));
  HG_TRY(receipt.redeem(tx, act, request_subject(row.id)));
  return receipt.id().value;
}

Status Desk::enter(store::Tx& tx, const store::LegalRequest& row, UnixSeconds now, std::string_view act,
                   std::string_view outcome, const Actor* actor, Note noted) const {
  HG_ASSIGN(noted.record, record_done(tx, row, act, outcome, actor));
  return note(tx, row, now, std::move(noted));
}

Result<Opened> Desk::find(store::Tx& tx, std::int64_t request) const {
  HG_ASSIGN(auto row, store::legal_of(tx).find(request));
  if (!row) return fail(Error::not_found("LEGAL_REQUEST_UNKNOWN", "There is no request of this number."));
  HG_ASSIGN(auto form, open_form(*row, parts_.sealer));
  return Opened{std::move(*row), std::move(form)};
}

Result<Opened> Desk::open_for(store::Tx& tx, std::int64_t request, UnixSeconds now) const {
  HG_ASSIGN(auto one, find(tx, request));
  if (one.row.closed_at != 0) return fail(Error::invalid("REQUEST_CLOSED", "The request has been answered."));
  if (one.form.expires_at != 0 && one.form.expires_at <= now) {
    return fail(Error::invalid("ORDER_EXPIRED", "The order's own time is over."));
  }
  return one;
}

// The agency's own; of others there is none.
Result<Opened> Desk::own(store::Tx& tx, std::int64_t officer, std::int64_t request) const {
  HG_ASSIGN(const auto standing, Agencies::standing(tx, officer));
  HG_ASSIGN(auto one, find(tx, request));
  if (one.row.agency != standing.agency.id || one.row.officer != officer) {
    return fail(Error::not_found("LEGAL_REQUEST_UNKNOWN", "There is no request of this number."));
  }
  return one;
}

void Desk::set_likeness(store::LegalRequest& row, const RequestForm& form) const {
  const auto tag = [&](const std::string& plain) {
    if (plain.empty()) return Bytes();
    const auto out = parts_.likeness.tag(as_bytes(plain));
    return to_bytes(ByteView(out));
  };
  row.likeness = tag(plain_identifier(form));
  row.case_likeness = tag(plain_case_number(form, row.country));
}

const TypeRules* Desk::rules_of(const store::LegalRequest& row) const {
  const auto* jurisdiction = parts_.rules->find(row.jurisdiction);
  return jurisdiction == nullptr ? nullptr : jurisdiction->find(row.type);
}

Result<std::vector<std::int64_t>> Desk::file(store::Tx& tx, std::int64_t officer, Type type,
                                             std::vector<RequestForm> forms) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(const auto standing, Agencies::standing(tx, officer));
  const auto& agency = standing.agency;
  const auto& jurisdiction = parts_.rules->of_country(agency.country);
  const auto* rules = jurisdiction.find(type);
  if (rules == nullptr) {
    return fail(Error::invalid("TYPE_NOT_TAKEN", "Requests of this type are not taken from this country."));
  }
  if (forms.empty() || forms.size() > forms_most) {
    return fail(Error::invalid("FORMS_TOO_MANY", "An order is about 1 to 50 people."));
  }
  HG_ASSIGN(const auto today, store::legal_of(tx).count_since(agency.id, at - kDay));
  if (today + static_cast<std::int64_t>(forms.size()) > agency.daily_most) {
    return fail(Error::flood(static_cast<std::int32_t>(kDay), "REQUESTS_WAIT"));
  }
  std::vector<std::int64_t> out;
  for (auto& form : forms) {
    HG_TRY(check_form(form, type, std::max(rules->period_days_most, 1), at));
    store::LegalRequest row;
    row.bundle = out.empty() ? 0 : out.front();
    row.type = type;
    row.state = State::received;
    row.agency = agency.id;
    row.officer = officer;
    row.country = agency.country;
    row.jurisdiction = jurisdiction.name;
    row.received_at = at;
    row.due_at = at + rules->answer_hours * 3600;
    set_likeness(row, form);
    HG_ASSIGN(row.id, store::legal_of(tx).add(row));
    if (row.bundle == 0) row.bundle = row.id;
    row.sealed = seal_form(form, row.id, parts_.sealer, parts_.random);
    HG_TRY(store::legal_of(tx).update(row));
    HG_TRY(store::legal_of(tx).set_clock(row.id, store::LegalClockKind::answer, row.due_at));
    if (type == Type::emergency) {
      HG_TRY(store::legal_of(tx).set_clock(row.id, store::LegalClockKind::confirm,
                                           at + rules->confirm_hours * std::int64_t{3600}));
    }
    HG_TRY(enter(tx, row, at, "request.receive", "received", nullptr, {.what = "filed", .officer = officer}));
    out.push_back(row.id);
  }
  return out;
}

Status Desk::check_evidence(const Opened& one, Gate gate, const std::vector<Evidence>& evidence) const {
  const auto* rules = rules_of(one.row);
  if (rules == nullptr) return fail(Error::invalid("TYPE_NOT_TAKEN", "No rules are there for this request."));
  std::size_t bytes = 0;
  for (const auto& given : evidence) {
    const auto* item = evidence_item(given.name);
    bytes += given.text.size();
    if (item == nullptr || item->gate != gate || given.name == kBreach ||
        std::ranges::count(evidence, given.name, &Evidence::name) > 1) {
      return fail(Error::invalid("EVIDENCE_UNKNOWN", given.name + " is nothing that this gate takes."));
    }
  }
  if (bytes > words_max) return fail(Error::invalid("WORDS_TOO_LONG", "Write less: 16 KiB at most."));
  const auto found = rules->gates.find(gate);
  if (found == rules->gates.end()) return fail(gate_missing(gate));  // no such step in these rules
  const auto is_there = [&](std::string_view item) {
    const auto given = std::ranges::find(evidence, item, &Evidence::name);
    return given != evidence.end() && says_something(given->text);
  };
  for (const auto& need : found->second.needs) {
    if (need == kBreach ? std::ranges::none_of(kBreachShownBy, is_there) : !is_there(need)) {
      return fail(Error::invalid(
          "EVIDENCE_MISSING", "Write down " + std::string(evidence_item(need)->about) + " (" + need + ")."));
    }
  }
  return {};
}

// What a machine can see of a gate.
Status Desk::check_gate(store::Tx& tx, const Opened& one, Gate gate) const {
  const auto* rules = rules_of(one.row);
  if (gate == Gate::authentic) {
    HG_TRY(Agencies::standing(tx, one.row.officer));
    return {};
  }
  if (gate == Gate::valid) {
    if (!rules->may_issue(one.form.issuer, one.form.validator)) {
      return fail(Error::forbidden("ISSUER_NOT_COMPETENT",
                                   "Whoever issued it may not ask this, by " + rules->cites + "."));
    }
    HG_ASSIGN(const auto files, store::legal_of(tx).files(one.row.id));
    for (const auto& field : rules->fields) {
      if (field == "suspicion") continue;  // the next gate's
      const bool there = field == "order_file"
                             ? std::ranges::find(files, "order", &store::LegalFile::kind) != files.end()
                             : is_filled(one.form, field);
      if (!there) return fail(Error::invalid("FORM_INCOMPLETE", field + " is missing. Ask for it."));
    }
    return check_form(one.form, one.row.type, std::max(rules->period_days_most, 1), one.row.received_at);
  }
  if (gate == Gate::suspect && !is_filled(one.form, "suspicion")) {
    return fail(Error::forbidden("NOT_SUSPECT", "The order does not say that the person is a suspect."));
  }
  return {};
}

Status Desk::check_person(store::Tx& tx, const store::LegalRequest& row, const Actor& actor,
                          bool approves) const {
  HG_ASSIGN(const auto agency, store::legal_of(tx).find_agency(row.agency));
  if (!agency) return fail(Error::not_found("AGENCY_UNKNOWN", "There is no agency of this number."));
  HG_ASSIGN(const auto file, open_agency(*agency, parts_.sealer));
  if (std::ranges::find(file.conflicts, actor.id.value) != file.conflicts.end()) {
    return fail(Error::forbidden("CONFLICT_OF_INTEREST", "You have a part in what this agency does."));
  }
  if (approves) {
    HG_ASSIGN(const auto about, store::legal_of(tx).acts_about_agency(row.agency));
    const bool verified = std::ranges::any_of(about, [&](const store::LegalAct& act) {
      return act.staff == actor.id && (act.what == "onboarded" || act.what == "resumed");
    });
    if (verified || agency->onboarded_by == actor.id) {
      return fail(Error::forbidden("SAME_PERSON", "You have verified the agency; somebody else approves."));
    }
  }
  HG_ASSIGN(const auto acts, store::legal_of(tx).acts(row.id));
  for (const auto& act : acts) {
    if (act.staff != actor.id || act.what == "contributed") continue;
    const bool approved = act.gate == static_cast<std::uint8_t>(Gate::approved);
    if (approved != approves) {
      return fail(Error::forbidden("SAME_PERSON", "You have another part in this request."));
    }
  }
  return {};
}

// Preserve first: nobody is told, and nothing is shown.
Status Desk::hold(store::Tx& tx, const Opened& one, const TypeRules& rules, UnixSeconds now) const {
  if (!one.row.user || !one.form.wants_addresses || rules.hold_days == 0) return {};
  const auto until = now + rules.hold_days * kDay;
  HG_TRY(store::journal_of(tx).add_hold({0, one.row.id, one.row.user, one.form.from, one.form.to, until}));
  return store::legal_of(tx).set_clock(one.row.id, store::LegalClockKind::hold, until);
}

Status Desk::pass(store::Tx& tx, const Actor& actor, std::int64_t request, Gate gate,
                  std::vector<Evidence> evidence, std::string words) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, open_for(tx, request, at));
  HG_TRY(must_be(actor, store::StaffRole::legal_officer));
  if (gate > Gate::suspect)
    return fail(Error::forbidden("ROLE_NOT_ALLOWED", "Somebody else passes this gate."));
  HG_TRY(must_fit(words));
  HG_TRY(check_person(tx, one.row, actor, false));
  if (one.row.asked) return fail(Error::invalid("REQUEST_WAITS", "The agency has been asked something."));
  HG_ASSIGN(const auto acts, store::legal_of(tx).acts(request));
  if (gate != Gate::authentic) HG_TRY(check_passed(acts, static_cast<Gate>(static_cast<int>(gate) - 1)));
  if (check_passed(acts, gate)) return fail(Error::invalid("GATE_PASSED", "This gate has been passed."));
  HG_TRY(check_evidence(one, gate, evidence));
  HG_TRY(check_gate(tx, one, gate));
  if (gate == Gate::suspect) HG_TRY(check_breach(tx, one, evidence));
  const auto* rules = rules_of(one.row);
  if (gate == Gate::authentic && one.row.type != Type::removal) {
    HG_ASSIGN(one.row.user, parts_.people.find(tx, one.form));
    HG_TRY(hold(tx, one, *rules, at));
  }
  one.row.gates |= bit(gate);
  one.row.state = state_after(gate);
  const auto* jurisdiction = parts_.rules->find(one.row.jurisdiction);
  HG_TRY(note(
      tx, one.row, at,
      {.what = "passed",
       .gate = gate,
       .staff = actor.id,
       .file = {std::move(words), std::move(evidence), jurisdiction->name + " " + jurisdiction->version}}));
  if (gate == Gate::valid && one.row.type == Type::preservation) {
    HG_TRY(enter(tx, one.row, at, "request.preserve", "preserved", &actor,
                 {.what = "preserved", .staff = actor.id}));
    HG_ASSIGN(const auto holds, store::journal_of(tx).holds_of(request));
    HG_TRY(close(tx, one.row, State::closed, "preserved", at));
    for (const auto& held : holds) {
      HG_TRY(store::legal_of(tx).set_clock(request, store::LegalClockKind::hold, held.until));
    }
    return {};
  }
  return store::legal_of(tx).update(one.row);
}

Status Desk::approve(store::Tx& tx, const Actor& actor, std::int64_t request, std::vector<Evidence> evidence,
                     std::string words) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, open_for(tx, request, at));
  HG_TRY(must_be(actor, store::StaffRole::legal_approver));
  HG_TRY(must_have_proved(actor));
  HG_TRY(must_fit(words));
  HG_TRY(check_person(tx, one.row, actor, true));
  if (one.row.asked) return fail(Error::invalid("REQUEST_WAITS", "The agency has been asked something."));
  if (!discloses(one.row.type))
    return fail(Error::invalid("TYPE_NOT_TAKEN", "Nothing is disclosed of this."));
  HG_ASSIGN(const auto acts, store::legal_of(tx).acts(request));
  HG_TRY(check_passed(acts, Gate::suspect));
  if (check_passed(acts, Gate::approved)) return fail(Error::invalid("GATE_PASSED", "It has been approved."));
  HG_TRY(check_evidence(one, Gate::approved, evidence));
  HG_TRY(check_gate(tx, one, Gate::authentic));  // the agency may have been suspended meanwhile
  const auto examined = std::ranges::find_if(acts, [](const store::LegalAct& act) {
    return act.gate == static_cast<std::uint8_t>(Gate::suspect) && act.what == "passed";
  });
  HG_ASSIGN(const auto rests_on, open_act(*examined, parts_.sealer));
  HG_TRY(check_case(tx, one, rests_on.evidence));
  const auto* jurisdiction = parts_.rules->find(one.row.jurisdiction);
  HG_TRY(note(
      tx, one.row, at,
      {.what = "passed",
       .gate = Gate::approved,
       .staff = actor.id,
       .file = {std::move(words), std::move(evidence), jurisdiction->name + " " + jurisdiction->version}}));
  HG_ASSIGN(const auto receipt, record(tx, one.row, kDiscloseAct, "disclosed", &actor));
  one.row.record = receipt.id().value;
  HG_TRY(note(tx, one.row, at, {.what = "passed", .gate = Gate::logged, .record = one.row.record}));
  one.row.gates |= bit(Gate::approved) | bit(Gate::logged);
  one.row.state = State::logged;
  const auto* rules = rules_of(one.row);
  const bool gagged = one.form.gag_until > at && is_filled(one.form, "gag_reason");
  one.row.gag_until = gagged ? std::min(one.form.gag_until, at + rules->gag_days_most * kDay) : 0;
  return store::legal_of(tx).update(one.row);
}

Result<OpenActs> Desk::acts(store::Tx& tx, std::int64_t request) const {
  HG_ASSIGN(auto rows, store::legal_of(tx).acts(request));
  return open_acts(std::move(rows), parts_.sealer);
}

}  // namespace heliograph::legal
