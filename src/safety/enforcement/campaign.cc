// Campaigns: many messages that say nearly the same are one case, and each of them a member of it.
#include <bit>
#include <set>

#include "safety/enforcement/counting.h"
#include "safety/enforcement/found.h"
#include "safety/enforcement/statement.h"

namespace heliograph::safety {

namespace {

constexpr std::string_view kPrefix = "campaign/";
constexpr std::size_t kMembersAtOnce = 200;

std::string subject_of_campaign(const std::string& campaign) {
  return std::string(kPrefix) + campaign;
}

// The newest case, unless it was reversed: then what comes later is a new one.
Result<std::optional<store::Case>> find_campaign(store::Tx& tx, const std::string& campaign) {
  HG_ASSIGN(auto cases, tx.cases().of_subject(subject_of_campaign(campaign), 1));
  if (cases.empty() || cases.front().state == store::CaseState::reversed) return std::nullopt;
  // A person has said that nothing is wrong with it.
  const auto& newest = cases.front();
  if (newest.state == store::CaseState::decided && static_cast<Effect>(newest.effect) == Effect::allow) {
    return std::nullopt;
  }
  return std::move(cases.front());
}

}  // namespace

std::string Enforcer::campaign_of(const store::Case& one) {
  return one.subject.starts_with(kPrefix) ? one.subject.substr(kPrefix.size()) : std::string();
}

Result<bool> Enforcer::stands(store::Tx& tx, const std::string& campaign) const {
  HG_ASSIGN(const auto found, find_campaign(tx, campaign));
  return found.has_value();
}

Result<Enforcer::Opened> Enforcer::open_campaign(store::Tx& tx, const Item& item, const Finding& finding,
                                                 const std::string& campaign) const {
  Opened opened;
  auto& [one, file] = opened;
  HG_ASSIGN(auto found, find_campaign(tx, campaign));
  if (found) {
    one = std::move(*found);
    HG_ASSIGN(file, open_file(one, parts_.sealer));
  } else {
    one.subject = subject_of_campaign(campaign);
    one.user = item.author;
    one.opened_at = finding.at;
    file.place = item.place;
    file.message = item.message;
    file.text = item.text;
  }
  one.severity = std::max(one.severity, static_cast<std::uint8_t>(finding.severity));
  one.category = static_cast<std::uint8_t>(
      terms::category_of(finding.category).value_or(terms::Category::other_illegal));
  return opened;
}

Status Enforcer::join_campaign(store::Tx& tx, const std::string& subject) const {
  HG_ASSIGN(auto open, tx.cases().find_open(subject));
  if (!open || static_cast<Effect>(open->effect) != Effect::allow) return {};
  open->state = store::CaseState::joined;
  open->decided_at = parts_.clock.unix_seconds();
  return tx.cases().update(*open);
}

Result<std::int64_t> Enforcer::carry_out_in_campaign(store::Tx& tx, const Item& item,
                                                     const Judgement& judgement,
                                                     const store::Message* original) const {
  const auto effect = effect_of(item, judgement);
  const auto now = parts_.clock.unix_seconds();
  const auto finding = finding_of(judgement, now);
  const auto deed = deed_of(judgement, finding, effect, now);
  const auto subject = subject_of(item).text;
  HG_TRY(join_campaign(tx, subject));
  HG_ASSIGN(auto opened, open_campaign(tx, item, finding, judgement.seen.campaign));
  auto& [one, file] = opened;

  store::CaseMember member;
  CaseFile own;
  HG_ASSIGN(auto before, tx.cases().find_member(one.id, subject));
  if (before) {
    member = std::move(*before);
    HG_ASSIGN(own, open_member(member, parts_.sealer));
  } else {
    member.subject = subject;
    member.user = item.author;
    member.added_at = now;
    own.place = item.place;
    own.message = item.message;
    ++file.members;
    // A case of many does not grow with each: their own files say the rest.
    if (std::has_single_bit(static_cast<std::uint32_t>(file.members))) file.findings.push_back(finding);
  }
  own.text = item.text;
  keep_exhibit(own.exhibits, exhibit_of(item));
  own.findings.push_back(finding);

  if (effect != Effect::review) {
    HG_ASSIGN(member.record, perform(tx, item, deed, original));
    member.effect = static_cast<std::uint8_t>(effect);
  }
  if (effect >= Effect::remove) {
    member.strike = judgement.strike;
    member.strike_until = now + judgement.strikes.expire_days * kDay;
  }
  if (effect != Effect::review) {
    own.statements.push_back(statement_of(item, deed, parts_.appeals, now));
    if (member.effect > one.effect) file.statements.push_back(own.statements.back());
  }
  one.effect = std::max(one.effect, member.effect);
  if (member.record != 0) one.record = member.record;
  if (waits_for_person(effect, judgement)) {
    one.state = store::CaseState::open;
    one.decided_at = 0;
  } else if (one.id == 0) {
    one.state = store::CaseState::decided;
    one.decided_at = now;
  }
  const bool new_one = one.id == 0;
  HG_TRY(keep(tx, opened));
  if (!item.media_ids.empty()) HG_TRY(tx.reports().keep_media(one.id, item.media_ids));
  if (new_one && one.state == store::CaseState::decided) HG_TRY(count_decision(tx, one, file, true));
  member.case_id = one.id;
  member.sealed = seal_member(own, member, parts_.sealer, parts_.random);
  HG_TRY(tx.cases().put_member(member));
  if (effect == Effect::review) return one.id;
  HG_TRY(set_deadlines(tx, one.id, item, deed));
  HG_TRY(tell_author(tx, item, own, name_of(item), one.id, member.strike, judgement.strikes));
  const Rights rights{judgement.strikes, judgement.machine_may_limit, judgement.machine_may_ban};
  HG_ASSIGN(own.led_to, follow(tx, item, deed, member.strike, rights));
  if (own.led_to.empty()) return one.id;
  member.sealed = seal_member(own, member, parts_.sealer, parts_.random);
  HG_TRY(tx.cases().put_member(member));
  return one.id;
}

Status Enforcer::reverse_members(store::Tx& tx, const store::Case& one, const std::string& staff,
                                 const std::string& why) const {
  std::set<UserId> told;
  for (std::string after;;) {
    HG_ASSIGN(const auto page, tx.cases().members(one.id, after, kMembersAtOnce));
    for (auto member : page) {
      const auto effect = static_cast<Effect>(member.effect);
      if (effect == Effect::allow) continue;
      HG_ASSIGN(auto file, open_member(member, parts_.sealer));
      HG_ASSIGN(const auto item, item_of(tx, file, member.user));
      HG_ASSIGN(const bool there, exists(tx, item));
      // What its author has deleted cannot come back; it counts against nobody either way.
      if (there) {
        HG_ASSIGN(const auto record,
                  undo(tx, one.id, item, effect, rests_on(file, one.category), {staff, why}));
        if (record != 0) member.record = record;
      }
      HG_TRY(take_back_led(tx, file, {staff, why}, {}));
      member.sealed = seal_member(file, member, parts_.sealer, parts_.random);
      member.effect = static_cast<std::uint8_t>(Effect::allow);
      member.strike = 0;
      HG_TRY(tx.cases().put_member(member));
      told.insert(member.user);
    }
    if (page.size() < kMembersAtOnce) break;
    after = page.back().subject;
  }
  for (const auto user : told) {
    HG_TRY(parts_.acts.tell(tx, user, reversal_letter("What you wrote", one.id, why)));
  }
  return {};
}

}  // namespace heliograph::safety
