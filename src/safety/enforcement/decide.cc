#include "safety/enforcement/decide.h"

#include <algorithm>
#include <set>

#include "safety/enforcement/counting.h"
#include "safety/enforcement/enforcer.h"
#include "safety/enforcement/found.h"
#include "safety/enforcement/statement.h"

namespace heliograph::safety {

SubjectKind kind_of(const CaseFile& file) {
  if (file.members > 0) return SubjectKind::message;
  if (!file.place) return SubjectKind::other;
  if (file.message) return file.place.is_channel() ? SubjectKind::message : SubjectKind::private_message;
  if (file.place.is_channel()) return SubjectKind::channel;
  return file.place.is_user() ? SubjectKind::account : SubjectKind::group;
}

bool fits(SubjectKind kind, Effect effect) {
  if (effect == Effect::allow) return true;
  const bool personal = effect == Effect::limit_account || effect == Effect::ban;
  switch (kind) {
    case SubjectKind::message:
      return effect != Effect::review;
    case SubjectKind::private_message:
    case SubjectKind::group:
      return personal;
    case SubjectKind::channel:
      return personal || effect == Effect::hide_from_search || effect == Effect::restrict_countries ||
             effect == Effect::close_channel;
    case SubjectKind::account:
      return personal || effect == Effect::hide_from_search;
    case SubjectKind::other:
      break;
  }
  return false;
}

Status check(const PersonDecision& decision) {
  const auto& countries = decision.countries;
  if ((decision.effect == Effect::restrict_countries) == countries.empty()) {
    return fail(Error::invalid("EFFECT_UNFIT", "Countries go with restrict_countries, and only with it."));
  }
  if (countries.size() > kCountriesMost || !std::ranges::all_of(countries, is_country)) {
    return fail(Error::invalid("DECISION_INVALID", "Name countries by two capital letters, each once."));
  }
  if (decision.days < 0 || decision.days > kDecisionDaysMost) {
    return fail(Error::invalid("DECISION_INVALID", "Give days from 0 (no end) to 3650."));
  }
  if (decision.strike && (*decision.strike < 0 || *decision.strike > 100)) {
    return fail(Error::invalid("DECISION_INVALID", "Give a strike a weight from 0 to 100."));
  }
  if (decision.staff.empty()) return fail(Error::invalid("DECISION_INVALID", "Say who decides."));
  return {};
}

namespace {

// What a person's decision rests on: an authority's order, or else a trusted flagger's notice, or else
// anybody else's, or else what the server has found by itself.
Result<std::string> source_of(store::Tx& tx, std::int64_t case_id, const CaseFile& file) {
  constexpr std::size_t kReportsAtOnce = 500;
  bool ordered = false, flagged = false, noticed = false;
  for (const auto& finding : file.findings) {
    const bool own = finding.source == "scan" || finding.source == "strikes" || finding.source == "decision";
    (finding.source == "order" ? ordered : noticed) |= !own;
  }
  for (std::int64_t after = 0;;) {
    HG_ASSIGN(const auto page, tx.reports().of_case(case_id, after, kReportsAtOnce));
    for (const auto& report : page) {
      after = report.id;
      ordered |= report.source == store::ReportSource::authority;
      flagged |= report.source == store::ReportSource::flagger;
      noticed = true;
    }
    if (page.size() < kReportsAtOnce) break;
  }
  return ordered ? "order" : flagged ? "trusted_flagger" : noticed ? "notice" : "own_initiative";
}

bool by_machine(const Finding& finding) {
  return finding.source == "scan" || finding.source == "strikes";
}

}  // namespace

Enforcer::Rights Enforcer::rights_in_force() const {
  const auto book = parts_.gate.rulebook();
  return {book->policy->strikes(), book->policy->machine_may(Effect::limit_account),
          book->policy->machine_may(Effect::ban)};
}

Result<Item> Enforcer::item_of(store::Tx& tx, const CaseFile& file, UserId user) const {
  Item item{file.place, file.message, user, file.text, {}};
  if (!file.place.is_channel()) return item;
  HG_ASSIGN(const auto chat, tx.chats().find(file.place));
  if (!chat) return item;
  item.title = chat->title;
  if (!item.author) item.author = chat->creator;
  return item;
}

Result<bool> Enforcer::exists(store::Tx& tx, const Item& item) const {
  if (item.place.is_user() && !item.message) {
    HG_ASSIGN(const auto account, tx.accounts().find(item.place.user()));
    return account && account->state != store::AccountState::deleted;
  }
  if (!item.place.is_channel()) return true;  // nothing is done to it
  if (item.message) {
    HG_ASSIGN(const auto found, tx.messages().find(BoxId::of(item.place.channel()), item.message));
    return found.has_value();
  }
  HG_ASSIGN(const auto chat, tx.chats().find(item.place));
  return chat && (chat->flags & store::chat_deleted) == 0;
}

Result<std::int64_t> Enforcer::replace(store::Tx& tx, std::int64_t case_id, const Item& item, Effect before,
                                       const Deed& deed) const {
  HG_ASSIGN(const bool there, exists(tx, item));
  if (!there) {
    HG_TRY(tx.deadlines().erase_of(case_id, subject_of(item).text));
    return 0;
  }
  // First the new, then the old: nobody is shown in between what neither shows.
  HG_ASSIGN(auto record, perform(tx, item, deed, nullptr));
  if (before != Effect::allow && hold_of(item, before) != hold_of(item, deed.effect)) {
    HG_ASSIGN(const auto undone, undo(tx, case_id, item, before, deed.finding, {deed.staff, deed.why}));
    if (record == 0) record = undone;
  }
  HG_TRY(set_deadlines(tx, case_id, item, deed));
  return record;
}

Deed Enforcer::deed_of_person(const Opened& opened, const PersonDecision& decision,
                              const std::string& clause_title) const {
  const auto& [one, file] = opened;
  const auto now = parts_.clock.unix_seconds();
  Deed deed;
  deed.effect = decision.effect;
  if (!file.findings.empty()) deed.finding = file.findings.back();
  auto& finding = deed.finding;
  if (finding.category.empty()) {
    finding.category = terms::name(static_cast<terms::Category>(one.category));
  }
  finding.at = now;
  finding.clause = decision.clause;
  finding.rule.clear();  // a person goes by the clause
  finding.severity = one.severity;
  deed.clause_title = clause_title;
  deed.countries = decision.countries;
  const auto rights = rights_in_force();
  deed.limit = decision.limit;
  deed.sign_out = rights.strikes.limit_signs_out;
  auto days = decision.days;
  if (decision.effect == Effect::limit_account && days == 0) days = rights.strikes.limit_days;
  if (days != 0) deed.ends_at = now + days * kDay;
  deed.staff = decision.staff;
  deed.why = decision.why;
  deed.machine_found = std::ranges::any_of(file.findings, by_machine);
  return deed;
}

Status Enforcer::settle(store::Tx& tx, Thing& thing, const Deed& deed, std::int32_t strike) const {
  auto& file = thing.file;
  HG_ASSIGN(const auto item, item_of(tx, file, thing.user));
  HG_ASSIGN(auto record, replace(tx, thing.case_id, item, thing.effect, deed));
  if (record == 0 && strike > 0 && deed.effect != Effect::allow && item.author) {
    // Nothing is left to act on, and yet it counts against its author: that, too, is entered.
    const auto account = ledger::Subject::of(item.author);
    const Entry entry{"account.strike", account,    cell_of(deed.finding, deed.effect, false),
                      "person",         deed.staff, deed.why};
    HG_ASSIGN(const auto receipt, enter(tx, entry, deed.finding));
    HG_TRY(receipt.redeem(tx, entry.act, account));
    record = receipt.id().value;
  }
  if (record != 0) thing.record = record;
  thing.effect = deed.effect;
  file.decided_by = deed.staff;
  if (deed.effect != Effect::allow) {
    file.statements.push_back(statement_of(item, deed, parts_.appeals, parts_.clock.unix_seconds()));
  }
  return {};
}

Result<std::string> Enforcer::examine(const Opened& opened, const PersonDecision& decision) const {
  HG_TRY(check(decision));
  const auto& [one, file] = opened;
  using State = store::CaseState;
  const bool by_person = !file.decided_by.empty() || one.state == State::reversed;
  if (one.state == State::joined || (one.state != State::open && by_person && !decision.again)) {
    return fail(Error::invalid("CASE_DECIDED", one.state == State::joined
                                                   ? "It is a part of its campaign's case now."
                                                   : "Somebody has decided this case already."));
  }
  std::string title;
  if (decision.effect != Effect::allow) {
    const auto book = parts_.gate.rulebook();
    const auto* clause = book->rules->find(decision.clause);
    if (clause == nullptr) {
      return fail(Error::invalid("CLAUSE_UNKNOWN", "The rules in force have no clause of this name."));
    }
    title = clause->title;
  }
  if (!fits(kind_of(file), decision.effect)) {
    return fail(Error::invalid("EFFECT_UNFIT", "This cannot be done to what the case is about."));
  }
  return title;
}

Status Enforcer::may_decide(store::Tx& tx, std::int64_t case_id, const PersonDecision& decision) const {
  HG_ASSIGN(const auto opened, find_case(tx, case_id));
  HG_TRY(examine(opened, decision));
  return {};
}

Status Enforcer::decide(store::Tx& tx, std::int64_t case_id, const PersonDecision& decision) const {
  HG_ASSIGN(auto opened, find_case(tx, case_id));
  HG_ASSIGN(const auto title, examine(opened, decision));
  auto& [one, file] = opened;
  using State = store::CaseState;
  auto deed = deed_of_person(opened, decision, title);
  HG_ASSIGN(deed.source, source_of(tx, case_id, opened.file));
  const bool counts = decision.effect >= Effect::remove && kind_of(file) != SubjectKind::account;
  const auto strike = decision.strike.value_or(counts ? 1 : 0);
  const auto rights = rights_in_force();
  const auto now = parts_.clock.unix_seconds();
  const auto before = static_cast<Effect>(one.effect);
  one.state = State::decided;
  one.decided_at = now;

  if (file.members > 0) {
    file.decided_by = decision.staff;
    one.effect = static_cast<std::uint8_t>(decision.effect);
    HG_TRY(keep(tx, opened));
    HG_TRY(count_decision(tx, one, file, false));
    return decide_members(tx, one, deed, strike);
  }
  HG_ASSIGN(const auto item, item_of(tx, file, one.user));
  HG_ASSIGN(const bool there, exists(tx, item));
  if (!there && deed.effect != Effect::allow && strike == 0) {
    return fail(
        Error::not_found("SUBJECT_GONE",
                         "What the case is about is gone, and nothing can be done to it: close the case "
                         "without an effect, or with one that counts against its author."));
  }
  Thing thing{one.id, one.user, before, one.record, file};
  HG_TRY(settle(tx, thing, deed, strike));
  one.effect = static_cast<std::uint8_t>(thing.effect);
  one.record = thing.record;
  one.strike = deed.effect == Effect::allow ? 0 : strike;
  one.strike_until = one.strike == 0 ? 0 : now + rights.strikes.expire_days * kDay;
  HG_TRY(keep(tx, opened));
  HG_TRY(count_decision(tx, one, file, false));
  if (deed.effect != Effect::allow) {
    HG_TRY(tell_author(tx, item, file, whole_name_of(item), one.id, one.strike, rights.strikes));
  } else if (before != Effect::allow) {
    HG_TRY(parts_.acts.tell(tx, item.author, reversal_letter(whole_name_of(item), one.id, deed.why)));
  }
  HG_ASSIGN(const auto led, follow(tx, item, deed, one.strike, rights));
  if (led.empty() && file.led_to.empty()) return {};
  HG_TRY(take_back_led(tx, file, {deed.staff, deed.why}, led));
  return keep(tx, opened);
}

Status Enforcer::decide_members(store::Tx& tx, const store::Case& one, const Deed& deed,
                                std::int32_t strike) const {
  constexpr std::size_t kAtOnce = 200;
  const auto rights = rights_in_force();
  const auto until = parts_.clock.unix_seconds() + rights.strikes.expire_days * kDay;
  std::set<UserId> freed;
  std::set<Peer> acted_on;
  for (std::string after;;) {
    HG_ASSIGN(const auto page, tx.cases().members(one.id, after, kAtOnce));
    for (auto member : page) {
      HG_ASSIGN(auto file, open_member(member, parts_.sealer));
      const auto before = static_cast<Effect>(member.effect);
      Thing thing{one.id, member.user, before, member.record, file};
      HG_TRY(settle(tx, thing, deed, strike));
      member.effect = static_cast<std::uint8_t>(thing.effect);
      member.record = thing.record;
      member.strike = deed.effect == Effect::allow ? 0 : strike;
      member.strike_until = member.strike == 0 ? 0 : until;
      member.sealed = seal_member(file, member, parts_.sealer, parts_.random);
      HG_TRY(tx.cases().put_member(member));
      HG_ASSIGN(const auto item, item_of(tx, file, member.user));
      if (deed.effect != Effect::allow) {
        HG_TRY(tell_author(tx, item, file, name_of(item), one.id, member.strike, rights.strikes));
      } else if (before != Effect::allow) {
        freed.insert(member.user);
      }
      // Somebody with many messages is limited once, and a channel with many is closed once.
      auto beside = deed;
      const auto whom = deed.effect == Effect::close_channel ? item.place : Peer::of(member.user);
      if (!acted_on.insert(whom).second) beside.effect = std::min(deed.effect, Effect::remove);
      HG_ASSIGN(const auto led, follow(tx, item, beside, member.strike, rights));
      if (led.empty() && file.led_to.empty()) continue;
      HG_TRY(take_back_led(tx, file, {deed.staff, deed.why}, led));
      member.sealed = seal_member(file, member, parts_.sealer, parts_.random);
      HG_TRY(tx.cases().put_member(member));
    }
    if (page.size() < kAtOnce) break;
    after = page.back().subject;
  }
  for (const auto user : freed) {
    HG_TRY(parts_.acts.tell(tx, user, reversal_letter("What you wrote", one.id, deed.why)));
  }
  return {};
}

}  // namespace heliograph::safety
