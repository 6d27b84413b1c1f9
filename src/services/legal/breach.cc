// What shows the legal desk that somebody broke the platform's rules.
#include "base/assert.h"
#include "safety/scan/built_in.h"
#include "services/legal/findings.h"
#include "services/legal/legal_people.h"
#include "services/moderation/moderation.h"

namespace heliograph::services {

namespace {

std::shared_ptr<const safety::Rules> rules_of_desk(const Environment& environment) {
  const auto* moderation = environment.moderation;
  if (moderation != nullptr && moderation->gate() != nullptr) return moderation->gate()->rulebook()->rules;
  static const auto carried = [] {
    auto read = safety::Rules::parse(safety::built_in_rules(), "rules/terms-of-service.md");
    HG_ASSERT(read.has_value());
    return std::move(*read);
  }();
  return carried;
}

}  // namespace

std::optional<std::string> LegalPeople::clause(std::string_view id) const {
  const auto rules = rules_of_desk(environment_);
  const auto* found = rules->find(id);
  if (found == nullptr) return std::nullopt;
  return found->title + " (version " + std::to_string(rules->version()) + ")";
}

Status LegalPeople::check_breach(store::Tx& tx, std::int64_t case_id, UserId user) const {
  const auto unfit = [](const char* why) { return fail(Error::invalid("BREACH_CASE_UNFIT", why)); };
  HG_ASSIGN(const auto one, tx.cases().find(case_id));
  if (!one) return unfit("There is no case of this number.");
  if (one->state == store::CaseState::open) return unfit("The case has not been decided.");
  if (one->state == store::CaseState::reversed) return unfit("What was decided has been taken back.");
  if (one->state == store::CaseState::joined) return unfit("Nothing was done; name the campaign's case.");
  const auto now = environment_.clock.unix_seconds();
  const auto shows = [&](std::uint8_t effect, const safety::CaseFile& file) {
    return finds(static_cast<safety::Effect>(effect)) || has_run_out(file, one->decided_at, now);
  };
  // Of a campaign: what this account wrote in it.
  HG_ASSIGN(const auto members, tx.cases().members_of(case_id, user, 100));
  for (const auto& member : members) {
    HG_ASSIGN(const auto file, safety::open_member(member, environment_.sealer));
    if (shows(member.effect, file)) return {};
  }
  if (members.empty() && one->user != user) return unfit("The case is about somebody else.");
  HG_ASSIGN(const auto file, safety::open_file(*one, environment_.sealer));
  if (file.members == 0 && shows(one->effect, file)) return {};
  return unfit("It was decided that nothing was wrong.");
}

}  // namespace heliograph::services
