// Taking back what was done: by a person, or because its time is over.
#include <algorithm>

#include "safety/enforcement/enforcer.h"
#include "safety/enforcement/found.h"
#include "safety/enforcement/statement.h"

namespace heliograph::safety {

namespace {

constexpr std::size_t kCasesLookedAt = 50;

}  // namespace

// Another case of the same thing rests on the same act: it stays.
Result<bool> Enforcer::held_elsewhere(store::Tx& tx, std::int64_t case_id, const std::string& subject,
                                      const Item& item, Hold hold) const {
  HG_ASSIGN(const auto cases, tx.cases().of_subject(subject, kCasesLookedAt));
  for (const auto& other : cases) {
    if (other.id == case_id) continue;
    auto effect = other.effect;
    if (other.subject != subject) {
      HG_ASSIGN(const auto member, tx.cases().find_member(other.id, subject));
      effect = member ? member->effect : 0;
    }
    if (hold_of(item, static_cast<Effect>(effect)) == hold) return true;
  }
  return false;
}

Result<std::int64_t> Enforcer::undo(store::Tx& tx, std::int64_t case_id, const Item& item, Effect effect,
                                    const Finding& finding, const Undoing& by) const {
  const auto subject = subject_of(item);
  const auto hold = hold_of(item, effect);
  HG_TRY(tx.deadlines().erase_of(case_id, subject.text));
  if (hold == Hold::none) return 0;
  HG_ASSIGN(const bool held, held_elsewhere(tx, case_id, subject.text, item, hold));
  if (held) return 0;
  Entry entry{acts_of(item, hold).undoes, subject, {}, "person", by.staff, by.why};
  if (by.staff.empty()) {
    entry.source = "own_initiative";
    if (by.why.empty()) entry.why = "its time is over";
  }
  entry.cell = "content/" + finding.category + (by.staff.empty() ? "/ended/automated" : "/reversed/person");
  HG_ASSIGN(const auto receipt, enter(tx, entry, finding));
  const auto& acts = parts_.acts;
  const auto place = item.place;
  const auto done = [&]() -> Status {
    switch (hold) {
      case Hold::none:
        return {};
      case Hold::sensitive:
        return acts.mark(tx, place, item.message, Mark::sensitive, false, receipt);
      case Hold::unsearchable:
        if (!item.message) return acts.delist(tx, place, false, receipt);
        return acts.mark(tx, place, item.message, Mark::unsearchable, false, receipt);
      case Hold::barred:
        if (!item.message) return acts.restrict_peer(tx, place, {}, {}, receipt);
        return acts.restrict_message(tx, place, item.message, {}, {}, receipt);
      case Hold::withheld:
        return acts.give_back(tx, place, item.message, receipt);
      case Hold::limited:
        return acts.limit(tx, place.user(), {}, receipt);
      case Hold::closed:
        return acts.close(tx, place, false, {}, receipt);
      case Hold::banned:
        return acts.ban(tx, place.user(), false, receipt);
    }
    return {};
  };
  HG_TRY(done());
  return receipt.id().value;
}

Status Enforcer::reverse(store::Tx& tx, std::int64_t case_id, const std::string& staff,
                         const std::string& why) const {
  HG_ASSIGN(auto opened, find_case(tx, case_id));
  const auto effect = static_cast<Effect>(opened.one.effect);
  // What has ended by itself may still count.
  if ((effect == Effect::allow && opened.one.strike == 0) || opened.one.state == store::CaseState::reversed) {
    return fail(Error::invalid("CASE_NOT_DECIDED", "Nothing was done in this case that could be undone."));
  }
  return take_back(tx, opened, {staff, why});
}

Status Enforcer::take_back(store::Tx& tx, Opened& opened, const Undoing& by) const {
  auto& [one, file] = opened;
  if (file.members > 0) {
    HG_TRY(reverse_members(tx, one, by.staff, by.why));
  } else {
    const auto effect = static_cast<Effect>(one.effect);
    HG_ASSIGN(const auto item, item_of(tx, file, one.user));
    HG_ASSIGN(const auto record, undo(tx, one.id, item, effect, rests_on(file, one.category), by));
    if (record != 0) one.record = record;
  }
  HG_TRY(take_back_led(tx, file, by, {}));
  one.state = store::CaseState::reversed;
  one.decided_at = parts_.clock.unix_seconds();
  one.effect = static_cast<std::uint8_t>(Effect::allow);
  one.strike = 0;
  HG_TRY(keep(tx, opened));
  if (file.members > 0) return {};  // they have been told
  return parts_.acts.tell(tx, one.user, reversal_letter(what_of(file), one.id, by.why));
}

// But for those in `keep`, which stand.
Status Enforcer::take_back_led(store::Tx& tx, CaseFile& file, const Undoing& by,
                               const std::vector<std::int64_t>& keep) const {
  for (const auto id : file.led_to) {
    if (std::ranges::find(keep, id) != keep.end()) continue;
    HG_ASSIGN(auto led, find_case(tx, id));
    if (static_cast<Effect>(led.one.effect) == Effect::allow) continue;  // taken back before
    HG_TRY(take_back(tx, led, by));
  }
  file.led_to = keep;
  return {};
}

Status Enforcer::run_out(store::Tx& tx, const store::Deadline& deadline) const {
  HG_TRY(tx.deadlines().erase(deadline));
  if (deadline.kind == store::Deadline::Kind::lift) return lift(tx, deadline);
  HG_ASSIGN(const auto found, tx.cases().find(deadline.case_id));
  if (!found) return {};
  HG_ASSIGN(const auto file, open_file(*found, parts_.sealer));
  HG_ASSIGN(const auto item, item_of(tx, file, found->user));
  HG_ASSIGN(const bool there, exists(tx, item));
  if (!there) return {};
  Entry entry{"peer.free_name", subject_of(item), {}, "own_initiative", {}, "the time to appeal is over"};
  HG_ASSIGN(const auto receipt, enter(tx, entry, rests_on(file, found->category)));
  return parts_.acts.free_name(tx, item.place, receipt);
}

Status Enforcer::lift(store::Tx& tx, const store::Deadline& deadline) const {
  HG_ASSIGN(auto found, tx.cases().find(deadline.case_id));
  if (!found) return {};
  const auto end = [&](const CaseFile& file, UserId user, std::uint8_t& effect,
                       std::int64_t& record) -> Status {
    const auto in_force = static_cast<Effect>(effect);
    if (in_force == Effect::allow) return {};
    effect = static_cast<std::uint8_t>(Effect::allow);
    HG_ASSIGN(const auto item, item_of(tx, file, user));
    HG_ASSIGN(const bool there, exists(tx, item));
    if (!there) return {};
    HG_ASSIGN(const auto ended,
              undo(tx, deadline.case_id, item, in_force, rests_on(file, found->category), {}));
    if (ended == 0) return {};
    record = ended;
    return parts_.acts.tell(tx, user, end_letter(what_of(file), deadline.case_id));
  };
  if (found->subject == deadline.subject) {
    HG_ASSIGN(const auto file, open_file(*found, parts_.sealer));
    HG_TRY(end(file, found->user, found->effect, found->record));
    return tx.cases().update(*found);
  }
  HG_ASSIGN(auto member, tx.cases().find_member(deadline.case_id, deadline.subject));
  if (!member) return {};
  HG_ASSIGN(const auto file, open_member(*member, parts_.sealer));
  HG_TRY(end(file, member->user, member->effect, member->record));
  return tx.cases().put_member(*member);
}

}  // namespace heliograph::safety
