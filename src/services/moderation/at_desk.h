// One body over the desk, for the files that make up Casework.
#pragma once

#include "services/moderation/casework.h"
#include "services/moderation/moderation.h"

namespace heliograph::services {

template <typename Body>
auto Casework::at_desk(Body body) const {
  using Outcome = std::invoke_result_t<Body&, const safety::Desk&, store::Tx&>;
  return [](const Environment& environment, Body inner) -> Task<Outcome> {
    const auto* desk = desk_of(environment);
    if (desk == nullptr) {
      co_return fail(Error::unavailable("MODERATION_OFF", "Nothing is judged on this server."));
    }
    auto in_store = [desk, inner = std::move(inner)](store::Tx& tx) { return inner(*desk, tx); };
    co_return co_await environment.store.write(std::move(in_store));
  }(environment_, std::move(body));
}

}  // namespace heliograph::services
