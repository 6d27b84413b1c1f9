#include "safety/enforcement/enforcer.h"

#include "safety/enforcement/found.h"
#include "safety/enforcement/statement.h"

namespace heliograph::safety {

namespace {

std::string versions_in(const Finding& finding) {
  auto text = "terms " + finding.terms_version + ", links " + finding.links_version + ", model " +
              finding.model_version + ", policy " + finding.policy_version + ", rules " +
              std::to_string(finding.rules_version);
  if (!finding.hashes_version.empty()) text += ", hashes " + finding.hashes_version;
  if (!finding.image_version.empty()) text += ", pictures " + finding.image_version;
  return text;
}

}  // namespace

std::string Enforcer::tombstone(const Judgement& judgement) {
  if (judgement.effect == Effect::hold) {
    return "This message is hidden until a moderator has looked at it (rule: " + judgement.clause_title +
           ").";
  }
  return "This message was removed because it breaks a rule: " + judgement.clause_title + ".";
}

Result<Enforcer::Opened> Enforcer::open_case(store::Tx& tx, const ledger::Subject& subject, const Item& item,
                                             const Finding& finding, const Judgement& judgement) const {
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
  one.severity = std::max(one.severity, judgement.severity);
  one.category = static_cast<std::uint8_t>(judgement.category);
  file.findings.push_back(finding);
  return opened;
}

Status Enforcer::keep(store::Tx& tx, Opened& opened) const {
  auto& [one, file] = opened;
  one.sealed = seal_file(file, one.subject, parts_.sealer, parts_.random);
  if (one.id != 0) return tx.cases().update(one);
  HG_ASSIGN(one.id, tx.cases().add(one));
  return {};
}

Result<ledger::Receipt> Enforcer::enter(store::Tx& tx, const Entry& entry) const {
  ledger::Record record;
  record.act = entry.act;
  record.subject = entry.subject;
  record.cell = entry.cell;
  const auto& finding = entry.finding;
  record.fields = {{"rule", finding.rule},
                   {"clause", finding.clause},
                   {"category", finding.category},
                   {"source", entry.automated ? "own_initiative" : "person"},
                   {"automated", entry.automated ? "yes" : "no"},
                   {"why", entry.why},
                   {"versions", versions_in(finding)},
                   {"actor", entry.staff, true}};
  return parts_.ledger.record(tx, record);
}

Status Enforcer::act(store::Tx& tx, const Item& item, const Judgement& judgement,
                     const store::Message* original, std::int64_t& record, const Finding& finding) const {
  const auto effect = effect_of(item, judgement);
  if (effect == Effect::review || effect == Effect::allow) return {};
  Entry entry{"message.withhold", subject_of(item), {}, finding, true, {}, {}};
  entry.cell = cell_of(finding, effect);
  entry.why = "scan, " + std::to_string(finding.permille) + " of 1000";
  const bool marks = effect == Effect::mark_sensitive || effect == Effect::hide_from_search;
  if (marks) entry.act = item.message ? "message.mark" : "peer.delist";
  HG_ASSIGN(const auto receipt, enter(tx, entry));
  record = receipt.id().value;
  if (!item.message) return parts_.acts.delist(tx, item.place, true, receipt);
  if (marks) {
    const auto mark = effect == Effect::mark_sensitive ? Mark::sensitive : Mark::unsearchable;
    return parts_.acts.mark(tx, item.place, item.message, mark, true, receipt);
  }
  return parts_.acts.withhold(tx, item.place, item.message, original, tombstone(judgement), receipt);
}

Result<std::int64_t> Enforcer::carry_out(store::Tx& tx, const Item& item, const Judgement& judgement,
                                         const store::Message* original) const {
  const auto effect = effect_of(item, judgement);
  if (effect == Effect::allow) return 0;
  if (item.message && !judgement.seen.campaign.empty()) {
    return carry_out_in_campaign(tx, item, judgement, original);
  }
  const auto now = parts_.clock.unix_seconds();
  const auto finding = finding_of(judgement, now);
  HG_ASSIGN(auto opened, open_case(tx, subject_of(item), item, finding, judgement));
  auto& [one, file] = opened;
  file.text = item.text;

  HG_TRY(act(tx, item, judgement, original, one.record, finding));
  // What was done before stays in force, and can be undone, whatever else is to be looked at.
  if (effect != Effect::review) one.effect = static_cast<std::uint8_t>(effect);
  if (!waits_for_person(effect, judgement)) {
    one.state = store::CaseState::decided;
    one.decided_at = now;
  }
  if (effect >= Effect::remove) {
    one.strike = judgement.strike;
    one.strike_until = now + judgement.strikes.expire_days * kDay;
  }
  if (effect != Effect::review) {
    file.statements.push_back(statement_of(effect, judgement, item.text, parts_.appeals, now));
  }
  HG_TRY(keep(tx, opened));
  if (effect == Effect::review) return one.id;
  // Whom a mark in search is hidden from is nobody's business but the author's: all acts are told.
  HG_TRY(parts_.acts.tell(
      tx, item.author,
      letter(file.statements.back(), name_of(item), item.message ? item.title : "", one.id)));
  HG_TRY(follow_on_account(tx, item.author, effect, one.strike, finding, judgement));
  return one.id;
}

Status Enforcer::follow_on_account(store::Tx& tx, UserId user, Effect effect, std::int32_t strike,
                                   const Finding& finding, const Judgement& judgement) const {
  // The rule and the strikes may both ask for something: the stronger is done, once.
  auto on_account = effect >= Effect::limit_account ? effect : Effect::allow;
  if (strike > 0) {
    HG_ASSIGN(const auto after, asked_by_strikes(tx, user, judgement.strikes));
    on_account = std::max(on_account, after);
  }
  if (on_account == Effect::allow) return {};
  return act_on_account(tx, user, on_account, finding, judgement);
}

Result<Effect> Enforcer::asked_by_strikes(store::Tx& tx, UserId user, const Strikes& strikes) const {
  HG_ASSIGN(const auto weight, tx.cases().strikes(user, parts_.clock.unix_seconds()));
  if (strikes.ban_at != 0 && weight >= strikes.ban_at) return Effect::ban;
  if (strikes.limit_at != 0 && weight >= strikes.limit_at) return Effect::limit_account;
  return Effect::allow;
}

Status Enforcer::act_on_account(store::Tx& tx, UserId user, Effect effect, const Finding& finding,
                                const Judgement& judgement) const {
  const auto now = parts_.clock.unix_seconds();
  const auto subject = ledger::Subject::of(user);
  const bool bans = effect == Effect::ban;
  const bool may = bans ? judgement.machine_may_ban : judgement.machine_may_limit;
  auto about = finding;
  about.source = "strikes";
  about.proposed = name(effect);
  Item account;
  account.place = Peer::of(user);
  account.author = user;
  HG_ASSIGN(auto opened, open_case(tx, subject, account, about, judgement));
  auto& [one, file] = opened;
  if (may) {
    Entry entry{bans ? "account.ban" : "account.limit", subject, {}, about, true, {}, "strikes"};
    entry.cell = cell_of(about, effect);
    HG_ASSIGN(const auto receipt, enter(tx, entry));
    const auto until = now + judgement.strikes.limit_days * kDay;
    auto told = statement_of(effect, judgement, {}, parts_.appeals, now);
    if (!bans) told.ends_at = until;
    one.state = store::CaseState::decided;
    one.decided_at = now;
    one.effect = static_cast<std::uint8_t>(effect);
    one.record = receipt.id().value;
    if (bans) {
      HG_TRY(parts_.acts.ban(tx, user, true, receipt));
    } else {
      HG_TRY(parts_.acts.limit(tx, user, until, receipt));
    }
    file.statements.push_back(std::move(told));
  }
  HG_TRY(keep(tx, opened));
  if (!may) return {};
  return parts_.acts.tell(tx, user, letter(file.statements.back(), "Your account", {}, one.id));
}

Status Enforcer::reverse(store::Tx& tx, std::int64_t case_id, const std::string& staff,
                         const std::string& why) const {
  HG_ASSIGN(auto found, tx.cases().find(case_id));
  if (!found) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
  auto& one = *found;
  const auto effect = static_cast<Effect>(one.effect);
  if (effect == Effect::allow || one.state == store::CaseState::reversed) {
    return fail(Error::invalid("CASE_NOT_DECIDED", "Nothing was done in this case that could be undone."));
  }
  HG_ASSIGN(auto file, open_file(one, parts_.sealer));
  if (file.members > 0) {
    HG_TRY(reverse_members(tx, one, staff, why));
  } else {
    HG_ASSIGN(one.record, undo(tx, one.subject, one.user, effect, file, staff, why));
  }
  one.state = store::CaseState::reversed;
  one.decided_at = parts_.clock.unix_seconds();
  one.effect = static_cast<std::uint8_t>(Effect::allow);
  one.strike = 0;
  HG_TRY(tx.cases().update(one));
  if (file.members > 0) return {};  // they have been told
  return parts_.acts.tell(tx, one.user,
                          reversal_letter(file.message           ? "Your message"
                                          : file.place.is_user() ? "Your account"
                                                                 : "Your channel",
                                          one.id, why));
}

Result<std::int64_t> Enforcer::undo(store::Tx& tx, const std::string& subject, UserId user, Effect effect,
                                    const CaseFile& file, const std::string& staff,
                                    const std::string& why) const {
  const auto& acts = parts_.acts;
  Entry entry{"message.return", {subject}, {}, file.findings.back(), false, staff, why};
  entry.cell = "content/" + entry.finding.category + "/reversed/person";
  const bool marked = effect == Effect::mark_sensitive || effect == Effect::hide_from_search;
  if (marked) {
    entry.act = file.message ? "message.unmark" : "peer.relist";
  } else if (!file.message) {
    entry.act = effect == Effect::ban ? "account.unban" : "account.release";
  }
  HG_ASSIGN(const auto receipt, enter(tx, entry));
  if (entry.act == "peer.relist") {
    HG_TRY(acts.delist(tx, file.place, false, receipt));
  } else if (entry.act == "message.unmark") {
    const auto mark = effect == Effect::mark_sensitive ? Mark::sensitive : Mark::unsearchable;
    HG_TRY(acts.mark(tx, file.place, file.message, mark, false, receipt));
  } else if (entry.act == "account.unban") {
    HG_TRY(acts.ban(tx, user, false, receipt));
  } else if (entry.act == "account.release") {
    HG_TRY(acts.limit(tx, user, 0, receipt));
  } else {
    HG_TRY(acts.give_back(tx, file.place, file.message, receipt));
  }
  return receipt.id().value;
}

}  // namespace heliograph::safety
