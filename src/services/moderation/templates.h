// Reason templates: what is decided often, in words for the person affected. The program's own are the first
// filling; from then on they are the installation's, to change and to take away.
#pragma once

#include <vector>

#include "safety/cases/desk.h"
#include "services/environment.h"
#include "store/console.h"

namespace heliograph::services {

// What the program brings, in their order.
std::vector<store::ReasonTemplate> shipped_templates();

// Thread-safe.
class Templates {
 public:
  explicit Templates(const Environment& environment) : environment_(environment) {}

  // By place.
  Task<Result<std::vector<store::ReasonTemplate>>> list() const;
  // Each change is in the staff's journal. Errors: invalid CLAUSE_UNKNOWN (the rules in force have no such
  // clause), EFFECT_UNFIT (an effect that nobody can decide, or countries without restrict_countries).
  Task<Result<store::ReasonTemplate>> add(safety::Staffer staff, store::ReasonTemplate added) const;
  // Also not_found TEMPLATE_UNKNOWN.
  Task<Result<store::ReasonTemplate>> put(safety::Staffer staff, store::ReasonTemplate changed) const;
  Task<Status> remove(safety::Staffer staff, std::int64_t id) const;

 private:
  // Once in the life of an installation.
  Status fill(store::Tx& tx) const;
  Status check(const store::ReasonTemplate& one) const;
  Status enter(store::Tx& tx, const safety::Staffer& staff, std::string what) const;

  const Environment& environment_;
};

}  // namespace heliograph::services
