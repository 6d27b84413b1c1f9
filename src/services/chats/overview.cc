#include "services/chats/overview.h"

#include <algorithm>

#include "services/groups/place.h"

namespace heliograph::services {

namespace {

constexpr UnixSeconds day_seconds = 86400;

// Everything found, newest first, and where what is asked for begins in it.
struct Found {
  std::vector<store::FoundMessage> places;
  std::size_t begin = 0;
  BoxId box;  // that they are in
};

Result<Found> look(store::Tx& tx, UserId caller, UnixSeconds now, Peer peer,
                   const store::SearchFilter& filter, MessageId offset_id, UnixSeconds offset_date) {
  Found found;
  HG_ASSIGN(const auto place, open_place(tx, caller, peer, now));
  found.box = place.box;
  HG_ASSIGN(found.places, tx.messages().places(place.box, peer, filter));
  std::erase_if(found.places, [&](const auto& one) { return one.id <= place.hidden_up_to(); });
  const auto first = std::ranges::find_if(found.places, [&](const auto& one) {
    return (!offset_id || one.id < offset_id) && (offset_date == 0 || one.date < offset_date);
  });
  found.begin = static_cast<std::size_t>(first - found.places.begin());
  return found;
}

}  // namespace

Task<Result<Calendar>> search_calendar(const Environment& environment, UserId owner, Search search,
                                       MessageId offset_id, UnixSeconds offset_date) {
  if (!search.peer || !*search.peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  const auto filter = filter_of(search);
  if (!filter) co_return Calendar{};
  const auto now = environment.clock.unix_seconds();
  auto body = [=, peer = *search.peer, filter = *filter](store::Tx& tx) -> Result<Calendar> {
    HG_ASSIGN(const auto found, look(tx, owner, now, peer, filter, offset_id, offset_date));
    const auto& places = found.places;
    Calendar calendar;
    calendar.total = static_cast<std::int64_t>(places.size());
    calendar.newer = static_cast<std::int64_t>(found.begin);
    if (!places.empty()) calendar.oldest = places.back();
    for (auto at = found.begin; at < places.size() && calendar.days.size() < Calendar::days_max;) {
      Calendar::Day day;
      day.last_id = places[at].id;
      const auto date = places[at].date / day_seconds;
      auto first = at;
      for (; at < places.size() && places[at].date / day_seconds == date; ++at) {
        first = at;
        ++day.count;
      }
      HG_ASSIGN(auto message, tx.messages().find(found.box, places[first].id));
      if (!message) continue;
      day.first = std::move(*message);
      calendar.days.push_back(std::move(day));
    }
    return calendar;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<Positions>> search_positions(const Environment& environment, UserId owner, Search search,
                                         MessageId offset_id, std::int32_t limit) {
  if (!search.peer || !*search.peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  const auto filter = filter_of(search);
  if (!filter) co_return Positions{};
  const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, 1000));
  const auto now = environment.clock.unix_seconds();
  auto body = [=, peer = *search.peer, filter = *filter](store::Tx& tx) -> Result<Positions> {
    HG_ASSIGN(const auto found, look(tx, owner, now, peer, filter, offset_id, 0));
    Positions result;
    result.total = static_cast<std::int64_t>(found.places.size());
    const auto left = found.places.size() - found.begin;
    const auto count = std::min(left, wanted);
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = found.begin + i * left / count;
      result.positions.push_back({found.places[at], static_cast<std::int64_t>(at)});
    }
    return result;
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
