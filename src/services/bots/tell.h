// A built-in bot writes to somebody by itself.
#pragma once

#include "services/bots/bot.h"
#include "store/tx.h"

namespace heliograph::services {

// In the transaction that knows why; nothing to who has blocked the bot.
Status tell_as_bot(store::Tx& tx, UserId bot, UserId user, UnixSeconds now, const BotPost& post);

}  // namespace heliograph::services
