// Folders that a client shows as tabs (core.telegram.org/api/folders#dialog-filters): kept for the clients,
// which do the filtering.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/caller.h"
#include "services/chats/content.h"
#include "services/environment.h"

namespace heliograph::services {

inline constexpr std::size_t filters_max = 10;        // help.getAppConfig: dialog_filters_limit_default
inline constexpr std::size_t filter_peers_max = 100;  // in each list; dialog_filters_chats_limit_default
inline constexpr std::size_t filter_pinned_max = 100;
inline constexpr std::size_t filter_title_max = 12;  // UTF-16 code units

struct DialogFilter {
  std::int32_t id = 0;
  bool contacts = false;
  bool non_contacts = false;
  bool groups = false;
  bool broadcasts = false;
  bool bots = false;
  bool exclude_muted = false;
  bool exclude_read = false;
  bool exclude_archived = false;
  bool title_still = false;  // its custom emoji do not move
  std::string title;
  std::vector<Entity> title_entities;
  std::string emoticon;
  std::optional<std::int32_t> color;
  std::vector<Peer> pinned, include, exclude;
  void fields(auto& codec) {
    codec(id, contacts, non_contacts, groups, broadcasts, bots, exclude_muted, exclude_read, exclude_archived,
          title_still, title, title_entities, emoticon, color, pinned, include, exclude);
  }
};

struct DialogFilters {
  std::vector<std::int32_t> order;    // of all the filters; 0 stands for the list of everything
  std::vector<DialogFilter> filters;  // in that order
  bool tags = false;
};

Task<Result<DialogFilters>> dialog_filters(const Environment& environment, UserId owner);
// None when it has been deleted.
Task<Result<std::optional<DialogFilter>>> dialog_filter(const Environment& environment, UserId owner,
                                                        std::int32_t id);

// Creates or replaces `filter.id`, 2..255. FILTER_ID_INVALID, FILTER_TITLE_EMPTY, FILTER_INCLUDE_EMPTY (it
// would show nothing), MESSAGE_TOO_LONG (the title), DIALOG_FILTERS_TOO_MUCH, PEERS_LIST_TOO_MUCH.
Task<Status> put_filter(const Environment& environment, Caller caller, DialogFilter filter);
// One that does not exist is passed over.
Task<Status> delete_filter(const Environment& environment, Caller caller, std::int32_t id);
// Those not named come last. Unknown ids are passed over.
Task<Status> order_filters(const Environment& environment, Caller caller, std::vector<std::int32_t> order);
Task<Status> set_filter_tags(const Environment& environment, Caller caller, bool enabled);

}  // namespace heliograph::services
