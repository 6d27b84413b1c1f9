// What is shown of a bot, on the wire.
#pragma once

#include "base/ids.h"
#include "services/bots/bot.h"
#include "tl/core_b.h"

namespace heliograph::api {

tl::Box<tl::BotInfo> render_bot_info(UserId bot, const services::BotInfo& info);
tl::Box<tl::BotInlineResult> render_inline_result(services::InlineResult result);

}  // namespace heliograph::api
