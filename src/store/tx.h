// One transaction: the tables, as plain synchronous calls. See store.h for when and where it may be used.
// In a read transaction, calls that change anything fail with internal STORE_READ_TX.
#pragma once

#include <vector>

#include "base/ids.h"
#include "store/accounts.h"
#include "store/admin_log.h"
#include "store/attention.h"
#include "store/auth_keys.h"
#include "store/bots.h"
#include "store/cases.h"
#include "store/chats.h"
#include "store/contacts.h"
#include "store/deadlines.h"
#include "store/dialogs.h"
#include "store/guard_terms.h"
#include "store/invites.h"
#include "store/judge_queue.h"
#include "store/ledger.h"
#include "store/media.h"
#include "store/media_prints.h"
#include "store/messages.h"
#include "store/polls.h"
#include "store/post_counts.h"
#include "store/reactions.h"
#include "store/reports.h"
#include "store/search_counts.h"
#include "store/search_log.h"
#include "store/settings.h"
#include "store/stickers.h"
#include "store/threads.h"
#include "store/topics.h"
#include "store/updates.h"
#include "store/uploads.h"

namespace heliograph::store {

class Tx {
 public:
  virtual ~Tx() = default;
  virtual Accounts& accounts() = 0;
  virtual AdminLog& admin_log() = 0;
  virtual Attention& attention() = 0;
  virtual AuthKeys& auth_keys() = 0;
  virtual Bots& bots() = 0;
  virtual Cases& cases() = 0;
  virtual Chats& chats() = 0;
  virtual Contacts& contacts() = 0;
  virtual Deadlines& deadlines() = 0;
  virtual Dialogs& dialogs() = 0;
  virtual GuardTerms& guard_terms() = 0;
  virtual Invites& invites() = 0;
  virtual JudgeQueue& judge_queue() = 0;
  virtual LedgerTable& ledger() = 0;
  virtual MediaTable& media() = 0;
  virtual MediaPrints& media_prints() = 0;
  virtual Messages& messages() = 0;
  virtual Polls& polls() = 0;
  virtual PostCounts& post_counts() = 0;
  virtual Reactions& reactions() = 0;
  virtual Reports& reports() = 0;
  virtual SearchCounts& search_counts() = 0;
  virtual SearchLog& search_log() = 0;
  virtual Settings& settings() = 0;
  virtual Stickers& stickers() = 0;
  virtual Threads& threads() = 0;
  virtual Topics& topics() = 0;
  virtual Updates& updates() = 0;
  virtual Uploads& uploads() = 0;
};

}  // namespace heliograph::store
