// Where an account stands: updates.State (core.telegram.org/constructor/updates.state).
#pragma once

#include "store/tx.h"

namespace heliograph::services {

struct State : store::State {
  // In all dialogs together: the documentation says "number of unread messages" and excepts neither what is
  // muted nor what is archived.
  std::int32_t unread_count = 0;
};

// As the log has it: `date` is that of the last entry.
inline Result<State> state_of(store::Tx& tx, UserId account) {
  State state;
  HG_ASSIGN(static_cast<store::State&>(state), tx.updates().state(account));
  HG_ASSIGN(state.unread_count, tx.dialogs().count_unread(account));
  return state;
}

}  // namespace heliograph::services
