// The list of dialogs (core.telegram.org/api/offsets, /api/folders): pages of it, pins, folders.
#pragma once

#include <optional>
#include <vector>

#include "services/caller.h"
#include "services/environment.h"
#include "services/people/notify.h"
#include "services/updates/state.h"

namespace heliograph::services {

inline constexpr std::int32_t archive_folder = 1;
inline constexpr std::size_t pinned_dialogs_max = 5;  // help.getConfig says so too
inline constexpr std::size_t pinned_archived_dialogs_max = 100;

struct DialogView {
  store::Dialog dialog;
  std::optional<store::Message> top;
  NotifySettings notify;  // the dialog's own
  std::int32_t pts = 0;   // of a channel
  std::int32_t unread_mentions = 0;
  std::int32_t unread_reactions = 0;
  bool as_messages = false;  // a forum shown as one conversation
};

// The archive as one entry of the main list: dialogFolder (core.telegram.org/constructor/dialogFolder).
// Dialogs with unread messages or the mark are counted, apart for those that are muted and those that are
// not.
struct ArchiveView {
  Peer peer;  // of the dialog on top
  std::optional<store::Message> top;
  std::int32_t unread_muted_peers = 0;
  std::int32_t unread_unmuted_peers = 0;
  std::int32_t unread_muted_messages = 0;
  std::int32_t unread_unmuted_messages = 0;
};

struct DialogPage {
  std::optional<ArchiveView> archive;  // where it is asked for, and not empty
  std::vector<DialogView> dialogs;
  std::size_t total = 0;  // in the folder(s) asked for
  bool whole = false;     // this page is all there is
  State state;
};

struct DialogRange {
  store::DialogOffset offset;             // date 0 but an id or a peer: the date is looked up
  std::int32_t limit = 100;               // clamped to 1..100
  std::optional<std::int32_t> folder_id;  // none: the main list and the archive together
  bool exclude_pinned = false;
};

// The first page begins with the pinned ones, unless excluded. FOLDER_ID_INVALID.
Task<Result<DialogPage>> list_dialogs(const Environment& environment, UserId owner, DialogRange range);
// In the order asked for; a peer without dialog gives an empty one (top_message 0).
Task<Result<DialogPage>> peer_dialogs(const Environment& environment, UserId owner, std::vector<Peer> peers,
                                      bool with_archive = false);
// Top first; those of the main list with the archive, which counts as pinned above them.
Task<Result<DialogPage>> pinned_dialogs(const Environment& environment, UserId owner, std::int32_t folder_id);

// PEER_HISTORY_EMPTY (no such dialog), PINNED_DIALOGS_TOO_MUCH.
Task<Status> pin_dialog(const Environment& environment, Caller caller, Peer peer, bool pinned);
// `order`: top first. `force`: those not named are unpinned. PEER_ID_INVALID for one that has no dialog.
Task<Status> reorder_pinned(const Environment& environment, Caller caller, std::int32_t folder_id,
                            std::vector<Peer> order, bool force);

struct FolderMove {
  Peer peer;
  std::int32_t folder_id = 0;
};
// FOLDER_ID_INVALID. Moving unpins. Returns the log's entry; count 0 when all were there already.
Task<Result<store::Update>> move_to_folders(const Environment& environment, Caller caller,
                                            std::vector<FolderMove> moves);

}  // namespace heliograph::services
