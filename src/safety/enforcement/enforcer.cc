#include "safety/enforcement/enforcer.h"

#include <algorithm>

#include "safety/cases/rank.h"
#include "safety/enforcement/counting.h"
#include "safety/enforcement/found.h"
#include "safety/enforcement/statement.h"

namespace heliograph::safety {

namespace {

std::string versions_in(const Finding& finding) {
  if (finding.policy_version.empty()) return {};  // no machine had a part in it
  auto text = "terms " + finding.terms_version + ", links " + finding.links_version + ", model " +
              finding.model_version + ", policy " + finding.policy_version + ", rules " +
              std::to_string(finding.rules_version);
  if (!finding.hashes_version.empty()) text += ", hashes " + finding.hashes_version;
  if (!finding.image_version.empty()) text += ", pictures " + finding.image_version;
  return text;
}

}  // namespace

std::string Enforcer::tombstone(const Judgement& judgement) {
  return tombstone_of(judgement.effect, judgement.clause_title);
}

store::CaseQueue Enforcer::queue_for(const store::Case& one) const {
  return parts_.gate.rulebook()->policy->routes().queue_for(one);
}

bool Enforcer::is_own_queue(store::CaseQueue queue) const {
  return parts_.gate.rulebook()->policy->routes().is_own(queue);
}

Result<Enforcer::Opened> Enforcer::open_case(store::Tx& tx, const ledger::Subject& subject, const Item& item,
                                             const Finding& finding) const {
  Opened opened;
  auto& [one, file] = opened;
  HG_ASSIGN(auto open, tx.cases().find_open(subject.text));
  if (open) {
    one = std::move(*open);
    HG_ASSIGN(file, open_file(one, parts_.sealer));
  } else {
    one.subject = subject.text;
    one.user = item.author;
    one.opened_at = finding.at;
    file.place = item.place;
    file.message = item.message;
  }
  one.severity = std::max(one.severity, static_cast<std::uint8_t>(finding.severity));
  one.category = static_cast<std::uint8_t>(
      terms::category_of(finding.category).value_or(terms::Category::other_illegal));
  file.findings.push_back(finding);
  return opened;
}

Status Enforcer::keep(store::Tx& tx, Opened& opened) const {
  auto& [one, file] = opened;
  if (!file.findings.empty()) file.permille = std::max(file.permille, file.findings.back().permille);
  hurry(one, {one.severity, file.permille, file.reach, one.opened_at},
        due_of(static_cast<terms::Category>(one.category), false, one.opened_at));
  one.sealed = seal_file(file, one.subject, parts_.sealer, parts_.random);
  if (one.id != 0) return tx.cases().update(one);
  if (one.queue == store::CaseQueue::general) one.queue = queue_for(one);
  HG_ASSIGN(one.id, tx.cases().add(one));
  return {};
}

Result<Enforcer::Opened> Enforcer::find_case(store::Tx& tx, std::int64_t case_id) const {
  HG_ASSIGN(auto found, tx.cases().find(case_id));
  if (!found) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
  HG_ASSIGN(auto file, open_file(*found, parts_.sealer));
  return Opened{std::move(*found), std::move(file)};
}

Result<ledger::Receipt> Enforcer::enter(store::Tx& tx, const Entry& entry, const Finding& finding) const {
  ledger::Record record;
  record.act = entry.act;
  record.subject = entry.subject;
  record.cell = entry.cell;
  record.fields = {{"rule", finding.rule},
                   {"clause", finding.clause},
                   {"category", finding.category},
                   {"source", entry.source},
                   {"automated", entry.staff.empty() ? "yes" : "no"},
                   {"why", entry.why},
                   {"versions", versions_in(finding)},
                   {"actor", entry.staff, true}};
  return parts_.ledger.record(tx, record);
}

Result<std::int64_t> Enforcer::perform(store::Tx& tx, const Item& item, const Deed& deed,
                                       const store::Message* original) const {
  const auto effect = on_item(item, deed.effect);
  const auto hold = hold_of(item, deed.effect);
  if (hold == Hold::none) return 0;
  const auto& finding = deed.finding;
  Entry entry{acts_of(item, hold).does,
              subject_of(item),
              cell_of(finding, effect, deed.automated()),
              deed.automated() ? "own_initiative" : "person",
              deed.staff,
              deed.why};
  if (deed.automated() && finding.source == "strikes") entry.why = "strikes";
  if (deed.automated() && entry.why.empty()) {
    entry.why = finding.source + ", " + std::to_string(finding.permille) + " of 1000";
  }
  HG_ASSIGN(const auto receipt, enter(tx, entry, finding));
  const auto& acts = parts_.acts;
  const auto place = item.place;
  const auto done = [&]() -> Status {
    switch (hold) {
      case Hold::none:
        return {};
      case Hold::sensitive:
        return acts.mark(tx, place, item.message, Mark::sensitive, true, receipt);
      case Hold::unsearchable:
        if (!item.message) return acts.delist(tx, place, true, receipt);
        return acts.mark(tx, place, item.message, Mark::unsearchable, true, receipt);
      case Hold::barred:
        if (item.message) {
          return acts.restrict_message(tx, place, item.message, deed.countries,
                                       country_tombstone(deed.clause_title), receipt);
        }
        return acts.restrict_peer(tx, place, deed.countries, country_closed_text(deed.clause_title), receipt);
      case Hold::withheld:
        return acts.withhold(tx, place, item.message, original, tombstone_of(effect, deed.clause_title),
                             receipt);
      case Hold::limited:
        return acts.limit(tx, place.user(), {deed.ends_at, deed.limit, deed.sign_out, deed.automated()},
                          receipt);
      case Hold::closed:
        return acts.close(tx, place, true, closed_text(deed.clause_title), receipt);
      case Hold::banned:
        return acts.ban(tx, place.user(), true, receipt);
    }
    return {};
  };
  HG_TRY(done());
  return receipt.id().value;
}

Status Enforcer::set_deadlines(store::Tx& tx, std::int64_t case_id, const Item& item,
                               const Deed& deed) const {
  using Kind = store::Deadline::Kind;
  const auto subject = subject_of(item).text;
  const auto effect = on_item(item, deed.effect);
  HG_TRY(tx.deadlines().erase_of(case_id, subject));
  if (effect == Effect::allow) return {};
  // A limit or ban that comes beside it ends in its own case.
  if (deed.ends_at != 0 && effect == deed.effect) {
    HG_TRY(tx.deadlines().put({Kind::lift, case_id, subject, deed.ends_at}));
  }
  if (effect != Effect::close_channel && effect != Effect::ban) return {};
  const auto free = parts_.clock.unix_seconds() + parts_.appeal_days * kDay;
  return tx.deadlines().put({Kind::free_name, case_id, subject, free});
}

Result<std::int64_t> Enforcer::carry_out(store::Tx& tx, const Item& item, const Judgement& judgement,
                                         const store::Message* original) const {
  const auto effect = effect_of(item, judgement);
  if (effect == Effect::allow) return 0;
  if (item.message && !judgement.seen.campaign.empty()) {
    return carry_out_in_campaign(tx, item, judgement, original);
  }
  const auto now = parts_.clock.unix_seconds();
  const auto deed = deed_of(judgement, finding_of(judgement, now), effect, now);
  HG_ASSIGN(auto opened, open_case(tx, subject_of(item), item, deed.finding));
  auto& [one, file] = opened;
  file.text = item.text;
  keep_exhibit(file.exhibits, exhibit_of(item));

  // What was done before stays in force, and can be undone, whatever else is to be looked at.
  if (effect != Effect::review) {
    HG_ASSIGN(one.record, perform(tx, item, deed, original));
    one.effect = static_cast<std::uint8_t>(effect);
    file.statements.push_back(statement_of(item, deed, parts_.appeals, now));
  }
  if (!waits_for_person(effect, judgement)) {
    one.state = store::CaseState::decided;
    one.decided_at = now;
  }
  if (effect >= Effect::remove) {
    one.strike = judgement.strike;
    one.strike_until = now + judgement.strikes.expire_days * kDay;
  }
  HG_TRY(keep(tx, opened));
  if (!item.media_ids.empty()) HG_TRY(tx.reports().keep_media(one.id, item.media_ids));
  if (one.state == store::CaseState::decided) HG_TRY(count_decision(tx, one, file, true));
  if (effect == Effect::review) return one.id;
  HG_TRY(set_deadlines(tx, one.id, item, deed));
  // Whom a mark in search is hidden from is nobody's business but the author's: all acts are told.
  HG_TRY(tell_author(tx, item, file, name_of(item), one.id, one.strike, judgement.strikes));
  const Rights rights{judgement.strikes, judgement.machine_may_limit, judgement.machine_may_ban};
  HG_ASSIGN(file.led_to, follow(tx, item, deed, one.strike, rights));
  if (!file.led_to.empty()) HG_TRY(keep(tx, opened));
  return one.id;
}

Result<std::vector<std::int64_t>> Enforcer::follow(store::Tx& tx, const Item& item, const Deed& deed,
                                                   std::int32_t strike, const Rights& rights) const {
  std::vector<std::int64_t> led;
  auto beside = deed;
  if (deed.effect == Effect::close_channel && item.message) {
    HG_ASSIGN(const auto chat, tx.chats().find(item.place));
    if (chat) {
      const Item channel{item.place, {}, chat->creator, item.text, item.title};
      HG_ASSIGN(const auto id, act_on(tx, channel, beside, true));
      led.push_back(id);
    }
  }
  // The deed and the strikes may both ask for something: the stronger is done, once.
  const bool personal = deed.effect == Effect::limit_account || deed.effect == Effect::ban;
  const auto direct = personal && on_item(item, deed.effect) != deed.effect ? deed.effect : Effect::allow;
  auto asked = Effect::allow;
  if (strike > 0) {
    HG_ASSIGN(asked, asked_by_strikes(tx, item.author, rights.strikes));
  }
  if (std::max(direct, asked) == Effect::allow || !item.author) return led;
  const Item account{Peer::of(item.author), {}, item.author, {}, {}};
  if (direct >= asked) {
    const bool may = !deed.automated() || (direct == Effect::ban ? rights.ban : rights.limit);
    HG_ASSIGN(const auto id, act_on(tx, account, beside, may));
    led.push_back(id);
    return led;
  }
  // Strikes are added up by a machine, whoever gave the last.
  const auto now = parts_.clock.unix_seconds();
  beside.effect = asked;
  beside.staff.clear();
  beside.why.clear();
  beside.source = "own_initiative";
  beside.ends_at = asked == Effect::limit_account ? now + rights.strikes.limit_days * kDay : 0;
  beside.limit = rights.strikes.limit;
  beside.sign_out = rights.strikes.limit_signs_out;
  HG_TRY(act_on(tx, account, beside, asked == Effect::ban ? rights.ban : rights.limit));
  return led;
}

Status Enforcer::tell_author(store::Tx& tx, const Item& item, const CaseFile& file, const std::string& what,
                             std::int64_t case_id, std::int32_t strike, const Strikes& strikes) const {
  std::string warning;
  if (strike > 0 && item.author) {
    HG_ASSIGN(const auto weight, tx.cases().strikes(item.author, parts_.clock.unix_seconds()));
    warning = strike_warning(weight, strikes);
  }
  const auto title = item.message ? item.title : std::string();
  return parts_.acts.tell(tx, item.author, letter(file.statements.back(), what, title, case_id, warning));
}

Result<Effect> Enforcer::asked_by_strikes(store::Tx& tx, UserId user, const Strikes& strikes) const {
  HG_ASSIGN(const auto weight, tx.cases().strikes(user, parts_.clock.unix_seconds()));
  if (strikes.ban_at != 0 && weight >= strikes.ban_at) return Effect::ban;
  if (strikes.limit_at != 0 && weight >= strikes.limit_at) return Effect::limit_account;
  return Effect::allow;
}

Result<std::int64_t> Enforcer::act_on(store::Tx& tx, const Item& item, const Deed& given, bool may) const {
  const auto now = parts_.clock.unix_seconds();
  auto deed = given;
  auto& about = deed.finding;
  about.at = now;
  about.source = deed.automated() ? "strikes" : "decision";
  about.proposed = name(deed.effect);
  about.media.clear();
  HG_ASSIGN(auto opened, open_case(tx, subject_of(item), item, about));
  auto& [one, file] = opened;
  if (may) {
    HG_ASSIGN(one.record, perform(tx, item, deed, nullptr));
    one.state = store::CaseState::decided;
    one.decided_at = now;
    one.effect = static_cast<std::uint8_t>(deed.effect);
    file.decided_by = deed.staff;
    file.statements.push_back(statement_of(item, deed, parts_.appeals, now));
  }
  HG_TRY(keep(tx, opened));
  if (!may) return one.id;
  HG_TRY(count_decision(tx, one, file, deed.automated()));
  HG_TRY(set_deadlines(tx, one.id, item, deed));
  HG_TRY(parts_.acts.tell(tx, item.author, letter(file.statements.back(), whole_name_of(item), {}, one.id)));
  return one.id;
}

}  // namespace heliograph::safety
