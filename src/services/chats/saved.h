// Saved messages, filed by where they were saved from (core.telegram.org/api/saved-messages): a list of
// dialogs within the dialog of an account with itself.
#pragma once

#include <optional>
#include <vector>

#include "services/caller.h"
#include "services/chats/erase.h"
#include "services/environment.h"

namespace heliograph::services {

inline constexpr std::size_t pinned_saved_max = 5;  // help.getAppConfig says so too

struct SavedDialogView {
  Peer peer;
  store::Message top;
  bool pinned = false;
};
struct SavedDialogPage {
  std::vector<SavedDialogView> dialogs;
  std::size_t total = 0;
  bool whole = false;  // this page is all there is
};
struct SavedDialogRange {
  bool exclude_pinned = false;
  UnixSeconds offset_date = 0;  // without an id: dialogs whose newest message is older
  MessageId offset_id;          // dialogs whose newest message comes before this one
  std::int32_t limit = 100;     // clamped to 1..100
};

// The first page begins with the pinned ones, unless excluded.
Task<Result<SavedDialogPage>> saved_dialogs(const Environment& environment, UserId owner,
                                            SavedDialogRange range);
// Top first; those that nothing is filed under (any more) are left out.
Task<Result<SavedDialogPage>> pinned_saved_dialogs(const Environment& environment, UserId owner);
// In the order asked for; those that nothing is filed under are left out.
Task<Result<SavedDialogPage>> saved_dialogs_by_id(const Environment& environment, UserId owner,
                                                  std::vector<Peer> peers);

// PEER_ID_INVALID (nothing is filed under it), PINNED_DIALOGS_TOO_MUCH.
Task<Status> pin_saved_dialog(const Environment& environment, Caller caller, Peer peer, bool pinned);
// `order`: top first. `force`: those not named are unpinned. PEER_ID_INVALID, PINNED_DIALOGS_TOO_MUCH.
Task<Status> reorder_pinned_saved(const Environment& environment, Caller caller, std::vector<Peer> order,
                                  bool force);

// Takes what is filed under `request.peer` away; `just_clear` and `revoke` do not matter. As
// delete_history().
Task<Result<HistoryDeleted>> delete_saved_history(const Environment& environment, Caller caller,
                                                  DeleteHistory request);

}  // namespace heliograph::services
