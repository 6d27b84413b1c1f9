// Every operation of the console's HTTP API, who may call it, and whether it takes a fresh proof of who is
// there. The one place where rights stand: the door (door.h) goes by it, and a test holds it against
// docs/api/console.yaml.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "staff/roles.h"

namespace heliograph::web {

enum class StepUp : std::uint8_t {
  never,
  always,
  severe,  // when the effect that is asked for is severe: the operation itself looks (Call::need_proof)
};

struct Endpoint {
  std::string_view method;
  std::string_view path;  // after /api/console
  std::string_view operation;
  std::uint8_t roles;  // a bit for each staff::Role; 0: open to whoever has not signed in
  StepUp step_up = StepUp::never;

  bool open() const { return roles == 0; }
};

std::span<const Endpoint> console_endpoints();
bool may_call(const Endpoint& endpoint, staff::Role role);

}  // namespace heliograph::web
