// Campaigns: many messages that say nearly the same are one case, and each of them a member of it.
#include <bit>
#include <set>

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
                                                 const Judgement& judgement) const {
  Opened opened;
  auto& [one, file] = opened;
  HG_ASSIGN(auto found, find_campaign(tx, judgement.seen.campaign));
  if (found) {
    one = std::move(*found);
    HG_ASSIGN(file, open_file(one, parts_.sealer));
  } else {
    one.subject = subject_of_campaign(judgement.seen.campaign);
    one.user = item.author;
    one.opened_at = finding.at;
    file.place = item.place;
    file.message = item.message;
    file.text = item.text;
  }
  one.severity = std::max(one.severity, judgement.severity);
  one.category = static_cast<std::uint8_t>(judgement.category);
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
  const auto subject = subject_of(item).text;
  HG_TRY(join_campaign(tx, subject));
  HG_ASSIGN(auto opened, open_campaign(tx, item, finding, judgement));
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
  own.findings.push_back(finding);

  HG_TRY(act(tx, item, judgement, original, member.record, finding));
  if (effect != Effect::review) member.effect = static_cast<std::uint8_t>(effect);
  if (effect >= Effect::remove) {
    member.strike = judgement.strike;
    member.strike_until = now + judgement.strikes.expire_days * kDay;
  }
  if (effect != Effect::review) {
    own.statements.push_back(statement_of(effect, judgement, item.text, parts_.appeals, now));
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
  HG_TRY(keep(tx, opened));
  member.case_id = one.id;
  member.sealed = seal_member(own, member, parts_.sealer, parts_.random);
  HG_TRY(tx.cases().put_member(member));
  if (effect == Effect::review) return one.id;
  HG_TRY(parts_.acts.tell(tx, item.author, letter(own.statements.back(), name_of(item), item.title, one.id)));
  HG_TRY(follow_on_account(tx, item.author, effect, member.strike, finding, judgement));
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
      HG_ASSIGN(const auto file, open_member(member, parts_.sealer));
      HG_ASSIGN(const auto there, tx.messages().find(BoxId::of(file.place.channel()), file.message));
      // What its author has deleted cannot come back; it counts against nobody either way.
      if (there) {
        HG_ASSIGN(member.record, undo(tx, member.subject, member.user, effect, file, staff, why));
      }
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
