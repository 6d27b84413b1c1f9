// What bots know of whom they talk with, read and written inside transactions.
#pragma once

#include "services/bots/bot.h"
#include "store/tx.h"

namespace heliograph::services {

// None: nobody to talk with (any more).
Result<std::optional<BotVisitor>> read_visitor(store::Tx& tx, UserId bot, UserId user, UnixSeconds now);
// Where the conversation stands; empty: nowhere.
Result<Bytes> read_talk(store::Tx& tx, UserId bot, UserId user, UnixSeconds now);
// What the turn says of state and memory.
Status keep_visit(store::Tx& tx, UserId bot, UserId user, UnixSeconds now, UnixSeconds lifetime,
                  const BotTurn& turn);

}  // namespace heliograph::services
