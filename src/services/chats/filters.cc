#include "services/chats/filters.h"

#include <algorithm>

#include "services/chats/text.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

using store::SettingKind;

constexpr std::int32_t filter_id_min = 2;  // 0 is the list of everything, 1 the archive
constexpr std::int32_t filter_id_max = 255;

struct Order {
  std::vector<std::int32_t> ids;
  void fields(auto& codec) { codec(ids); }
};
struct Tags {
  bool enabled = false;
  void fields(auto& codec) { codec(enabled); }
};

template <typename T>
Result<T> load(store::Tx& tx, UserId owner, SettingKind kind, std::int64_t key) {
  HG_ASSIGN(const auto bytes, tx.settings().find(owner, kind, key));
  if (!bytes) return T{};
  return decode<T>(*bytes);
}

// The stored order, with what it does not name (the list of everything first) put in its place.
Result<DialogFilters> load_all(store::Tx& tx, UserId owner) {
  DialogFilters result;
  HG_ASSIGN(const auto settings, tx.settings().all(owner, SettingKind::dialog_filter));
  std::vector<DialogFilter> found;
  for (const auto& setting : settings) {
    HG_ASSIGN(auto filter, decode<DialogFilter>(setting.value));
    found.push_back(std::move(filter));
  }
  HG_ASSIGN(const auto order, load<Order>(tx, owner, SettingKind::filter_order, 0));
  HG_ASSIGN(const auto tags, load<Tags>(tx, owner, SettingKind::filter_tags, 0));
  result.tags = tags.enabled;
  if (std::ranges::find(order.ids, 0) == order.ids.end()) result.order.push_back(0);
  for (const auto id : order.ids) {
    const auto filter = std::ranges::find(found, id, &DialogFilter::id);
    if (id == 0) {
      result.order.push_back(0);
    } else if (filter != found.end()) {
      result.order.push_back(id);
      result.filters.push_back(std::move(*filter));
      found.erase(filter);
    }
  }
  for (auto& filter : found) {
    result.order.push_back(filter.id);
    result.filters.push_back(std::move(filter));
  }
  return result;
}

bool shows_something(const DialogFilter& filter) {
  return filter.contacts || filter.non_contacts || filter.groups || filter.broadcasts || filter.bots ||
         !filter.pinned.empty() || !filter.include.empty();
}

Status check(const DialogFilter& filter) {
  if (filter.id < filter_id_min || filter.id > filter_id_max)
    return fail(Error::invalid("FILTER_ID_INVALID"));
  if (filter.title.empty()) return fail(Error::invalid("FILTER_TITLE_EMPTY"));
  if (!shows_something(filter)) return fail(Error::invalid("FILTER_INCLUDE_EMPTY"));
  if (filter.include.size() > filter_peers_max || filter.exclude.size() > filter_peers_max ||
      filter.pinned.size() > filter_pinned_max) {
    return fail(Error::invalid("PEERS_LIST_TOO_MUCH"));
  }
  if (filter.emoticon.size() > 64) return fail(Error::invalid("FILTER_TITLE_EMPTY", "No such icon."));
  return {};
}

}  // namespace

Task<Result<DialogFilters>> dialog_filters(const Environment& environment, UserId owner) {
  auto body = [owner](store::Tx& tx) { return load_all(tx, owner); };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<std::optional<DialogFilter>>> dialog_filter(const Environment& environment, UserId owner,
                                                        std::int32_t id) {
  auto body = [owner, id](store::Tx& tx) -> Result<std::optional<DialogFilter>> {
    HG_ASSIGN(const auto bytes, tx.settings().find(owner, SettingKind::dialog_filter, id));
    if (!bytes) return std::nullopt;
    HG_ASSIGN(auto filter, decode<DialogFilter>(*bytes));
    return filter;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Status> put_filter(const Environment& environment, Caller caller, DialogFilter filter) {
  TextLimits limits;
  limits.units = filter_title_max;
  limits.may_be_empty = true;
  limits.detect = false;
  CO_ASSIGN(auto title, format_text(std::move(filter.title), std::move(filter.title_entities), limits));
  std::erase_if(title.entities, [](const Entity& e) { return e.kind != EntityKind::custom_emoji; });
  filter.title = std::move(title.text);
  filter.title_entities = std::move(title.entities);
  CO_TRY(check(filter));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, filter = std::move(filter)](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto known, load_all(tx, caller.user));
    const bool exists = std::ranges::find(known.filters, filter.id, &DialogFilter::id) != known.filters.end();
    if (!exists && known.filters.size() >= filters_max)
      return fail(Error::invalid("DIALOG_FILTERS_TOO_MUCH"));
    HG_TRY(tx.settings().put(caller.user, SettingKind::dialog_filter, filter.id, encode(filter)));
    HG_TRY(append_event(tx, caller, caller.user, now, events::DialogFilterChanged{filter.id}));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> delete_filter(const Environment& environment, Caller caller, std::int32_t id) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, id](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto bytes, tx.settings().find(caller.user, SettingKind::dialog_filter, id));
    if (!bytes) return {};
    HG_TRY(tx.settings().erase(caller.user, SettingKind::dialog_filter, id));
    HG_TRY(append_event(tx, caller, caller.user, now, events::DialogFilterChanged{id}));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> order_filters(const Environment& environment, Caller caller, std::vector<std::int32_t> order) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, order = std::move(order)](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto known, load_all(tx, caller.user));
    Order wanted;
    const auto add = [&](std::int32_t id) {
      const bool exists = std::ranges::find(known.order, id) != known.order.end();
      const bool named = std::ranges::find(wanted.ids, id) != wanted.ids.end();
      if (exists && !named) wanted.ids.push_back(id);
    };
    std::ranges::for_each(order, add);
    std::ranges::for_each(known.order, add);
    HG_TRY(tx.settings().put(caller.user, SettingKind::filter_order, 0, encode(wanted)));
    HG_TRY(append_event(tx, caller, caller.user, now, events::DialogFilterOrder{wanted.ids}));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> set_filter_tags(const Environment& environment, Caller caller, bool enabled) {
  auto body = [caller, enabled](store::Tx& tx) {
    return tx.settings().put(caller.user, SettingKind::filter_tags, 0, encode(Tags{enabled}));
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
