// A removal order that came to the legal desk becomes a report of an authority, in the moderators' queue.
#include "services/legal/findings.h"
#include "services/legal/legal_people.h"
#include "services/moderation/moderation.h"
#include "services/reports/notices.h"

namespace heliograph::services {

LegalPeople::LegalPeople(Environment& environment)
    : environment_(environment),
      intake_({environment.clock, environment.random, environment.sealer, route_by(environment)}) {}

Result<std::int64_t> LegalPeople::order_removal(store::Tx& tx, const legal::RequestForm& form,
                                                const legal::RemovalOrder& order) const {
  const auto unknown = [] {
    return fail(Error::invalid("CONTENT_UNKNOWN", "Nothing public is there: ask the agency, or refuse."));
  };
  const auto location = parse_location(form.identifier);
  if (!location) return unknown();
  auto found = reported_at(tx, *location, environment_.clock.unix_seconds());
  if (!found && found.error().code == "NOTICE_LOCATION_UNKNOWN") return unknown();
  HG_ASSIGN(auto reported, std::move(found));
  reported.source = store::ReportSource::authority;
  reported.flagger = order.authority;
  reported.ordered_at = order.received_at;
  reported.category = order.category;
  reported.country = order.country;
  reported.comment = "Removal order of " + form.issuer_name + ", " + form.legal_basis + "; " + form.offence +
                     "\nReference: " + form.case_number + " (request " + std::to_string(order.request) +
                     " at the legal desk)";
  HG_ASSIGN(const auto filed, intake_.file(tx, std::move(reported)));
  return filed.case_id;
}

namespace {

// An account that is gone and a channel that is closed take with them what was there.
std::string_view outcome_of(safety::Effect effect) {
  if (!finds(effect)) return legal::kKept;
  switch (effect) {
    case safety::Effect::remove:
    case safety::Effect::close_channel:
    case safety::Effect::ban:
      return legal::kRemoved;
    default:
      return legal::kRestricted;
  }
}

// Of a case, or of a member of one. What ran out with its own time was decided all the same.
legal::RemovalDecision decided(safety::Effect in_force, const safety::CaseFile& file, UnixSeconds at,
                               std::int64_t record, UnixSeconds now) {
  auto effect = in_force;
  if (!finds(effect) && has_run_out(file, at, now)) {
    effect = safety::effect_named(file.statements.back().effect).value_or(effect);
  }
  legal::RemovalDecision out{std::string(outcome_of(effect)), {}, {}, at, 0};
  if (!finds(effect)) return out;
  out.effect = std::string(safety::name(effect));
  if (!file.statements.empty()) out.clause = file.statements.back().clause_title;
  out.record = record;
  return out;
}

}  // namespace

Result<std::optional<legal::RemovalDecision>> LegalPeople::removal_decision(store::Tx& tx,
                                                                            std::int64_t case_id) const {
  HG_ASSIGN(const auto one, tx.cases().find(case_id));
  if (!one || one->state == store::CaseState::open) return std::nullopt;
  const auto now = environment_.clock.unix_seconds();
  if (one->state != store::CaseState::joined) {
    HG_ASSIGN(const auto file, safety::open_file(*one, environment_.sealer));
    return decided(static_cast<safety::Effect>(one->effect), file, one->decided_at, one->record, now);
  }
  // What it is about is decided with the campaign that it belongs to.
  HG_ASSIGN(const auto others, tx.cases().of_subject(one->subject, 10));
  for (const auto& campaign : others) {
    HG_ASSIGN(const auto member, tx.cases().find_member(campaign.id, one->subject));
    if (!member) continue;
    if (campaign.state == store::CaseState::open) return std::nullopt;
    HG_ASSIGN(const auto file, safety::open_member(*member, environment_.sealer));
    return decided(static_cast<safety::Effect>(member->effect), file, campaign.decided_at, member->record,
                   now);
  }
  return std::nullopt;
}

}  // namespace heliograph::services
