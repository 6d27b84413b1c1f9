#include "services/moderation/templates.h"

#include "safety/enforcement/decide.h"
#include "services/moderation/moderation.h"
#include "store/staff.h"

namespace heliograph::services {

namespace {

constexpr std::string_view kFilled = "reason templates filled";

}  // namespace

Status Templates::fill(store::Tx& tx) const {
  HG_ASSIGN(const auto filled, tx.settings().find_global(kFilled));
  if (filled) return {};
  for (const auto& one : shipped_templates()) HG_TRY(store::console_of(tx).reason_templates().add(one));
  return tx.settings().put_global(kFilled, Bytes{1});
}

Status Templates::check(const store::ReasonTemplate& one) const {
  const auto effect = static_cast<safety::Effect>(one.effect);
  if (effect == safety::Effect::review) {
    return fail(Error::invalid("EFFECT_UNFIT", "A person decides something; “review” is for machines."));
  }
  if (!one.countries.empty() && effect != safety::Effect::restrict_countries) {
    return fail(Error::invalid("EFFECT_UNFIT", "Countries go with restrict_countries, and only with it."));
  }
  for (const auto& country : one.countries) {
    if (safety::is_country(country)) continue;
    return fail(Error::invalid("DECISION_INVALID", "Name countries by two capital letters, each once."));
  }
  if (effect == safety::Effect::allow || environment_.moderation == nullptr) return {};
  const auto* const gate = environment_.moderation->gate();
  if (gate == nullptr || gate->rulebook()->rules->find(one.clause) != nullptr) return {};
  return fail(Error::invalid("CLAUSE_UNKNOWN", "The rules in force have no clause of this name."));
}

Status Templates::enter(store::Tx& tx, const safety::Staffer& staff, std::string what) const {
  return store::staff_of(tx).record_event(
      {0, environment_.clock.unix_seconds(), staff.name, std::move(what), StaffId{}});
}

Task<Result<std::vector<store::ReasonTemplate>>> Templates::list() const {
  auto look = [](store::Tx& tx) -> Result<std::optional<std::vector<store::ReasonTemplate>>> {
    HG_ASSIGN(const auto filled, tx.settings().find_global(kFilled));
    if (!filled) return std::nullopt;
    return store::console_of(tx).reason_templates().list();
  };
  CO_ASSIGN(auto there, co_await environment_.store.read(std::move(look)));
  if (there) co_return std::move(*there);
  auto fill_and_look = [this](store::Tx& tx) -> Result<std::vector<store::ReasonTemplate>> {
    HG_TRY(fill(tx));
    return store::console_of(tx).reason_templates().list();
  };
  co_return co_await environment_.store.write(std::move(fill_and_look));
}

Task<Result<store::ReasonTemplate>> Templates::add(safety::Staffer staff, store::ReasonTemplate added) const {
  CO_TRY(check(added));
  added.changed_at = environment_.clock.unix_seconds();
  added.changed_by = staff.id;
  auto body = [this, staff = std::move(staff),
               added = std::move(added)](store::Tx& tx) -> Result<store::ReasonTemplate> {
    HG_TRY(fill(tx));
    auto one = added;
    HG_ASSIGN(one.id, store::console_of(tx).reason_templates().add(one));
    HG_TRY(enter(tx, staff, "added template " + std::to_string(one.id) + " “" + one.title + "”"));
    return one;
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<store::ReasonTemplate>> Templates::put(safety::Staffer staff,
                                                   store::ReasonTemplate changed) const {
  CO_TRY(check(changed));
  changed.changed_at = environment_.clock.unix_seconds();
  changed.changed_by = staff.id;
  auto body = [this, staff = std::move(staff),
               changed = std::move(changed)](store::Tx& tx) -> Result<store::ReasonTemplate> {
    HG_TRY(fill(tx));
    HG_TRY(store::console_of(tx).reason_templates().update(changed));
    HG_TRY(enter(tx, staff, "changed template " + std::to_string(changed.id) + " “" + changed.title + "”"));
    return changed;
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Status> Templates::remove(safety::Staffer staff, std::int64_t id) const {
  auto body = [this, staff = std::move(staff), id](store::Tx& tx) -> Status {
    HG_TRY(fill(tx));
    HG_TRY(store::console_of(tx).reason_templates().erase(id));
    return enter(tx, staff, "removed template " + std::to_string(id));
  };
  co_return co_await environment_.store.write(std::move(body));
}

}  // namespace heliograph::services
