#include "safety/cases/desk.h"

#include <algorithm>

#include "safety/cases/intake.h"
#include "safety/enforcement/counting.h"

namespace heliograph::safety {

namespace {

constexpr std::size_t kLookedThrough = 1000;

bool for_seniors(const store::Case& one) {
  return one.queue == store::CaseQueue::seniors || one.queue == store::CaseQueue::orders;
}

// "pt" reads "pt-BR".
bool reads(const std::vector<std::string>& languages, std::string_view language) {
  const auto base = [](std::string_view tag) { return tag.substr(0, tag.find('-')); };
  return languages.empty() || language.empty() ||
         std::ranges::any_of(languages, [&](const auto& one) { return base(one) == base(language); });
}

// Where a case waits that nobody has handed anywhere.
Result<store::CaseQueue> home_of(store::Tx& tx, const store::Case& one, const Enforcer& enforcer) {
  if (!term_of(one).empty()) return store::CaseQueue::terms;
  HG_ASSIGN(const auto reports, tx.reports().of_case(one.id, 0, kLookedThrough));
  const bool ordered = std::ranges::any_of(
      reports, [](const store::Report& report) { return report.source == store::ReportSource::authority; });
  return ordered ? store::CaseQueue::orders : enforcer.queue_for(one);
}

bool same(const Proposal& proposal, const PersonDecision& decision) {
  return proposal.effect == name(decision.effect) && proposal.clause == decision.clause &&
         proposal.days == decision.days && proposal.countries == decision.countries;
}

}  // namespace

Status Desk::check_words(const std::string& words, const char* ask) {
  if (words.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fail(Error::invalid("NOTE_EMPTY", ask));
  }
  if (words.size() > words_max) {
    return fail(Error::invalid("NOTE_TOO_LONG", "Write less: 16 KiB at most."));
  }
  return {};
}

bool Desk::severe(Effect effect) {
  return effect == Effect::ban || effect == Effect::close_channel;
}

Status Desk::enter(store::Tx& tx, std::int64_t case_id, StaffId staff, std::string_view what,
                   const std::string& words) const {
  Bytes sealed;
  if (!words.empty()) sealed = seal_words(words, case_id, parts_.sealer, parts_.random);
  return tx.cases().note(
      {0, case_id, parts_.clock.unix_seconds(), staff, std::string(what), std::move(sealed)});
}

Result<store::Case> Desk::open_for(store::Tx& tx, const Staffer& staff, std::int64_t case_id) const {
  HG_ASSIGN(auto found, tx.cases().find(case_id));
  if (!found) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
  if (found->state != store::CaseState::open) {
    return fail(Error::invalid("CASE_NOT_OPEN", "The case has been decided. Load it again."));
  }
  if (found->assignee && found->assignee != staff.id && found->assigned_until > parts_.clock.unix_seconds()) {
    return fail(Error::forbidden("CASE_TAKEN", "Somebody else looks at this case."));
  }
  if (for_seniors(*found) && !staff.senior) {
    return fail(Error::forbidden("CASE_FOR_SENIORS", "A senior moderator has to look at this case."));
  }
  if (found->queue == store::CaseQueue::second) {
    HG_ASSIGN(const auto file, open_file(*found, parts_.sealer));
    if (!file.proposals.empty() && file.proposals.back().staff == staff.id) {
      return fail(Error::forbidden("CASE_SAME_PERSON", "You have decided; somebody else has to agree."));
    }
  }
  return std::move(*found);
}

Result<store::Case> Desk::claim(store::Tx& tx, const Staffer& staff, std::int64_t case_id) const {
  HG_ASSIGN(auto one, open_for(tx, staff, case_id));
  const auto now = parts_.clock.unix_seconds();
  const bool already = one.assignee == staff.id && one.assigned_until > now;
  one.assignee = staff.id;
  one.assigned_until = now + claim_seconds;
  HG_TRY(tx.cases().update(one));
  if (!already) HG_TRY(enter(tx, one.id, staff.id, "claimed", {}));
  return one;
}

Result<std::optional<store::Case>> Desk::claim_next(store::Tx& tx, const Staffer& staff,
                                                    store::CaseFilter filter,
                                                    const std::vector<std::string>& languages) const {
  filter.assignee = StaffId{};
  filter.now = parts_.clock.unix_seconds();
  store::CasePlace after;
  for (std::size_t seen = 0; seen < kLookedThrough;) {
    HG_ASSIGN(const auto page, tx.cases().queue(filter, after, 50));
    for (const auto& one : page) {
      if (!reads(languages, one.language)) continue;
      auto claimed = claim(tx, staff, one.id);
      if (claimed) return std::move(*claimed);
      if (claimed.error().kind != ErrorKind::forbidden) return std::unexpected(claimed.error());
    }
    if (page.size() < 50) break;
    after = {page.back().rank, page.back().id};
    seen += page.size();
  }
  return std::nullopt;
}

Status Desk::release(store::Tx& tx, const Staffer& staff, std::int64_t case_id) const {
  HG_ASSIGN(auto found, tx.cases().find(case_id));
  if (!found) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
  const bool theirs = found->assignee == staff.id || (found->assignee && staff.senior);
  if (!theirs || found->state != store::CaseState::open) return {};
  found->assignee = StaffId{};
  found->assigned_until = 0;
  HG_TRY(tx.cases().update(*found));
  return enter(tx, case_id, staff.id, "released", {});
}

Status Desk::note(store::Tx& tx, const Staffer& staff, std::int64_t case_id, const std::string& words) const {
  HG_TRY(check_words(words));
  HG_ASSIGN(const auto found, tx.cases().find(case_id));
  if (!found) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
  return enter(tx, case_id, staff.id, "noted", words);
}

Status Desk::escalate(store::Tx& tx, const Staffer& staff, std::int64_t case_id, const std::string& why,
                      store::CaseQueue to) const {
  HG_TRY(check_words(why));
  HG_ASSIGN(auto one, open_for(tx, staff, case_id));
  const bool term = !term_of(one).empty();
  const bool fit = to == store::CaseQueue::seniors ||
                   (term ? to == store::CaseQueue::terms
                         : to == store::CaseQueue::general || parts_.enforcer.is_own_queue(to));
  if (!fit) {
    return fail(
        Error::invalid("QUEUE_UNFIT",
                       "Hand it to the senior moderators, to a queue of your own, or back to where it "
                       "was."));
  }
  one.queue = to;
  one.assignee = StaffId{};
  one.assigned_until = 0;
  HG_TRY(tx.cases().update(one));
  return enter(tx, case_id, staff.id, "escalated", why);
}

Status Desk::propose(store::Tx& tx, const Staffer& staff, store::Case one, const PersonDecision& decision,
                     const std::string& note) const {
  HG_TRY(parts_.enforcer.may_decide(tx, one.id, decision));
  HG_ASSIGN(auto file, open_file(one, parts_.sealer));
  file.proposals.push_back({parts_.clock.unix_seconds(), staff.id, std::string(name(decision.effect)),
                            decision.clause, decision.why, decision.days, decision.countries, note});
  one.queue = store::CaseQueue::second;
  one.assignee = StaffId{};
  one.assigned_until = 0;
  one.sealed = seal_file(std::move(file), one.subject, parts_.sealer, parts_.random);
  HG_TRY(tx.cases().update(one));
  return enter(tx, one.id, staff.id, "proposed",
               std::string(name(decision.effect)) + " under " + decision.clause + ": " + decision.why);
}

Result<Decided> Desk::decide(store::Tx& tx, const Staffer& staff, std::int64_t case_id,
                             const PersonDecision& decision, const std::string& note) const {
  HG_ASSIGN(auto one, open_for(tx, staff, case_id));
  if (const auto term = term_of(one); !term.empty()) {
    // What cannot be guarded, or is in force already, is left as it is.
    HG_ASSIGN(const auto known, tx.guard_terms().find_canonical(term));
    const bool proposed = known && known->state == store::GuardTermState::proposed;
    if (proposed || decision.effect != Effect::allow) {
      return fail(
          Error::invalid("EFFECT_UNFIT", "What becomes of a search term is decided in the workshop."));
    }
    const bool guarded = known.has_value();
    HG_TRY(close_term(tx, staff, case_id, guarded, 0, decision.why, note));
    return Decided{};
  }
  auto by_person = decision;
  by_person.staff = staff.name;
  if (severe(decision.effect)) {
    HG_ASSIGN(const auto file, open_file(one, parts_.sealer));
    const bool agreed = one.queue == store::CaseQueue::second && !file.proposals.empty() &&
                        same(file.proposals.back(), decision);
    if (!agreed) {
      HG_TRY(propose(tx, staff, std::move(one), by_person, note));
      return Decided{true};
    }
  }
  HG_TRY(parts_.enforcer.decide(tx, case_id, by_person));
  HG_ASSIGN(auto done, tx.cases().find(case_id));
  done->assignee = StaffId{};
  done->assigned_until = 0;
  HG_TRY(tx.cases().update(*done));
  HG_TRY(enter(tx, case_id, staff.id, "decided",
               std::string(name(decision.effect)) +
                   (decision.clause.empty() ? std::string() : " under " + decision.clause) +
                   (decision.why.empty() ? std::string() : ": " + decision.why)));
  HG_TRY(enter_led(tx, staff, case_id));
  if (!note.empty()) HG_TRY(enter(tx, case_id, staff.id, "told", note));
  HG_TRY(settle(tx, case_id));
  return Decided{false};
}

Status Desk::enter_led(store::Tx& tx, const Staffer& staff, std::int64_t case_id) const {
  HG_ASSIGN(const auto decided, tx.cases().find(case_id));
  HG_ASSIGN(const auto file, open_file(*decided, parts_.sealer));
  auto led_to = file.led_to;
  for (std::string after; file.members > 0;) {
    HG_ASSIGN(const auto page, tx.cases().members(case_id, after, kLookedThrough));
    for (const auto& member : page) {
      HG_ASSIGN(const auto own, open_member(member, parts_.sealer));
      led_to.insert(led_to.end(), own.led_to.begin(), own.led_to.end());
    }
    if (page.size() < kLookedThrough) break;
    after = page.back().subject;
  }
  for (const auto id : led_to) {
    HG_ASSIGN(auto led, tx.cases().find(id));
    HG_ASSIGN(auto led_file, open_file(*led, parts_.sealer));
    led_file.proposals = file.proposals;
    led->sealed = seal_file(std::move(led_file), led->subject, parts_.sealer, parts_.random);
    HG_TRY(tx.cases().update(*led));
    HG_TRY(enter(tx, id, staff.id, "decided", "along with case " + std::to_string(case_id)));
  }
  return {};
}

Status Desk::second_look(store::Tx& tx, const Staffer& staff, std::int64_t case_id, bool agree,
                         const std::string& words) const {
  HG_ASSIGN(auto one, open_for(tx, staff, case_id));
  HG_ASSIGN(const auto file, open_file(one, parts_.sealer));
  if (one.queue != store::CaseQueue::second || file.proposals.empty()) {
    return fail(Error::invalid("NOT_AWAITING", "Nothing has been proposed in this case."));
  }
  if (!agree) {
    HG_TRY(check_words(words));
    HG_ASSIGN(one.queue, home_of(tx, one, parts_.enforcer));
    one.assignee = StaffId{};
    one.assigned_until = 0;
    HG_TRY(tx.cases().update(one));
    return enter(tx, case_id, staff.id, "second-refused", words);
  }
  const auto& proposal = file.proposals.back();
  const auto* named = std::ranges::find(kEffectNames, proposal.effect);
  PersonDecision decision;
  decision.effect = static_cast<Effect>(named - kEffectNames.begin());
  decision.clause = proposal.clause;
  decision.days = proposal.days;
  decision.countries = proposal.countries;
  decision.why = proposal.why;
  if (!words.empty()) HG_TRY(note(tx, staff, case_id, words));
  HG_TRY(decide(tx, staff, case_id, decision, proposal.note));
  return {};
}

Status Desk::close_term(store::Tx& tx, const Staffer& staff, std::int64_t case_id, bool guarded,
                        std::int64_t record, const std::string& why, const std::string& note) const {
  HG_ASSIGN(auto one, open_for(tx, staff, case_id));
  if (term_of(one).empty())
    return fail(Error::invalid("EFFECT_UNFIT", "The case is not about a search term."));
  one.state = store::CaseState::decided;
  one.decided_at = parts_.clock.unix_seconds();
  one.effect = static_cast<std::uint8_t>(guarded ? Effect::hide_from_search : Effect::allow);
  one.record = record;
  one.assignee = StaffId{};
  one.assigned_until = 0;
  HG_TRY(tx.cases().update(one));
  HG_TRY(count_decision(tx, one, {}, false));
  HG_TRY(enter(tx, case_id, staff.id, "decided", (guarded ? "guarded: " : "not guarded: ") + why));
  if (!note.empty()) HG_TRY(enter(tx, case_id, staff.id, "told", note));
  HG_TRY(settle(tx, case_id));
  return {};
}

Result<StaffId> Desk::decider(store::Tx& tx, std::int64_t case_id) const {
  HG_ASSIGN(const auto history, tx.cases().history(case_id, 10'000));
  StaffId last;
  for (const auto& event : history) {
    if (event.what == "decided") last = event.staff;
  }
  return last;
}

Status Desk::undo(store::Tx& tx, const Staffer& staff, std::int64_t case_id, const std::string& why,
                  bool open_again) const {
  HG_TRY(check_words(why));
  HG_ASSIGN(const auto found, tx.cases().find(case_id));
  if (!found) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
  if (!term_of(*found).empty()) {
    return fail(Error::invalid("EFFECT_UNFIT", "What became of a search term is changed in the workshop."));
  }
  HG_ASSIGN(const auto first, decider(tx, case_id));
  if (first != staff.id && !staff.senior) {
    return fail(
        Error::forbidden("CASE_FOR_SENIORS", "Whoever decided, or a senior moderator, can undo this."));
  }
  const bool decided = found->state == store::CaseState::decided;
  if (!staff.senior && decided && parts_.clock.unix_seconds() - found->decided_at > undo_seconds) {
    return fail(Error::invalid("UNDO_TOO_LATE", "More than an hour has passed: ask a senior moderator."));
  }
  const bool nothing_done =
      decided && static_cast<Effect>(found->effect) == Effect::allow && found->strike == 0;
  if (!open_again || !nothing_done) HG_TRY(parts_.enforcer.reverse(tx, case_id, staff.name, why));
  HG_TRY(enter(tx, case_id, staff.id, "undone", why));
  if (!open_again) return {};
  HG_ASSIGN(const auto one, reopen(tx, staff, case_id));
  return tx.cases().update(one);
}

Result<store::Case> Desk::reopen(store::Tx& tx, const Staffer& staff, std::int64_t case_id) const {
  HG_ASSIGN(auto one, tx.cases().find(case_id));
  if (!one) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
  HG_ASSIGN(const auto other, tx.cases().find_open(one->subject));
  if (other) {
    return fail(Error::invalid("CASE_WAITS", "Case " + std::to_string(other->id) +
                                                 " about the same thing is open: decide that one."));
  }
  one->state = store::CaseState::open;
  HG_ASSIGN(one->queue, home_of(tx, *one, parts_.enforcer));
  one->decided_at = 0;
  HG_TRY(enter(tx, case_id, staff.id, "reopened", {}));
  return std::move(*one);
}

}  // namespace heliograph::safety
