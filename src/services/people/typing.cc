#include "services/people/typing.h"

#include "services/updates/events.h"

namespace heliograph::services {

Task<Status> Typing::say(Caller caller, UserId to, TypingAction action, std::int32_t progress) {
  const auto view = co_await users_.view_one(caller.user, to);
  if (!view) {
    co_return fail(view.error().code == "USER_ID_INVALID" ? Error::invalid("PEER_ID_INVALID") : view.error());
  }
  if (view->deleted) co_return fail(Error::invalid("INPUT_USER_DEACTIVATED"));
  if (view->self) co_return Status{};
  CO_ASSIGN(const auto relation, co_await users_.relation(caller.user, to));
  if (side_of(*relation, to, caller.user).blocks) co_return fail(Error::invalid("USER_IS_BLOCKED"));
  if (!hub_.is_live(to)) co_return Status{};
  if (!limits_.take("typing", std::to_string(caller.user.value), rate)) co_return Status{};
  hub_.publish(
      transient_event(caller, to, events::Typing{caller.user, static_cast<std::int32_t>(action), progress}));
  co_return Status{};
}

}  // namespace heliograph::services
