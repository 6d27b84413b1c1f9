// What the person has been shown, and when to stop for a while. For them alone.
#include "services/moderation/workplace.h"
#include "web/console/console.h"

namespace heliograph::web {

namespace {

Json wellness_json(const store::Exposures& exposures, const store::StaffMember& member) {
  const auto break_after = break_after_of(member);
  return {{"since", exposures.since},
          {"exposures", exposures.shown},
          {"today", exposures.today},
          {"break_after", break_after},
          {"break_due", exposures.shown >= break_after}};
}

Task<Result<Reply>> get_wellness(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto exposures, co_await parts.work.wellness.of(call.member().id));
  co_return Reply{.json = wellness_json(exposures, call.member())};
}

Task<Result<Reply>> take_break(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto exposures, co_await parts.work.wellness.take_break(call.member().id));
  co_return Reply{.json = wellness_json(exposures, call.member())};
}

}  // namespace

void add_wellness(Door& door) {
  door.on("getWellness", get_wellness);
  door.on("takeBreak", take_break);
}

}  // namespace heliograph::web
