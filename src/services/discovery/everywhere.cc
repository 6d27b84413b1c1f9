// messages.searchGlobal: one list, newest first, made of several that are each in that order already: the
// account's own box, the box of every private channel it is in, and the index for the public ones.
//
// The order is by date, then by source (box first, private channels by number, index last), then that of the
// source. Where a page ended, (date, peer, number), says for every source where it goes on, so that pages
// neither repeat nor skip.
#include <algorithm>
#include <ranges>
#include <unordered_set>

#include "services/chats/content.h"
#include "services/discovery/discovery.h"
#include "services/discovery/public.h"
#include "services/discovery/traits.h"
#include "services/groups/place.h"

namespace heliograph::services {

namespace {

constexpr std::size_t chats_searched = 500;
constexpr std::size_t archived_max = 1'000;

// One of the lists that are merged: newest first.
struct Found {
  std::vector<store::Message> messages;
  std::int64_t total = 0;
  bool more = false;  // than `messages`, though there are no more than were asked for
};

struct Channels {
  std::vector<Place> private_;
  std::vector<Peer> public_;
};

bool wanted_kind(const GlobalSearch& wanted, store::ChatKind kind) {
  switch (wanted.where) {
    case GlobalSearch::Where::anywhere:
      return true;
    case GlobalSearch::Where::people:
      return false;
    case GlobalSearch::Where::groups:
      return kind != store::ChatKind::broadcast;
    case GlobalSearch::Where::broadcasts:
      return kind == store::ChatKind::broadcast;
  }
  return false;
}

// The archive's dialogs, when a folder is asked for.
Result<std::vector<Peer>> archived(store::Tx& tx, UserId owner) {
  HG_ASSIGN(const auto dialogs, tx.dialogs().list(owner, 1, true, {}, archived_max));
  std::vector<Peer> peers;
  for (const auto& dialog : dialogs) peers.push_back(dialog.peer);
  return peers;
}

// The channels to be searched, in the order of their numbers.
Result<Channels> channels_of(store::Tx& tx, UserId user, const GlobalSearch& wanted,
                             const std::vector<Peer>& archive, UnixSeconds now) {
  Channels out;
  if (wanted.where == GlobalSearch::Where::people) return out;
  // Whom a message of a channel mentions is asked channel by channel (messages.search).
  if (wanted.filter == Search::Filter::mentions) return out;
  HG_ASSIGN(auto peers, tx.chats().chats_of(user, chats_searched));
  std::ranges::sort(peers);
  for (const auto peer : peers) {
    if (!peer.is_channel()) continue;
    const bool is_archived = std::ranges::find(archive, peer) != archive.end();
    if (wanted.folder && is_archived != (*wanted.folder == 1)) continue;
    auto place = open_place(tx, user, peer, now);
    if (!place || !wanted_kind(wanted, place->chat->kind)) continue;
    if (is_listed(*place->chat)) {
      out.public_.push_back(peer);
    } else {
      out.private_.push_back(std::move(*place));
    }
  }
  return out;
}

// Where a list goes on. The sources before the one that the last page ended in have been shown up to and
// with its date, those after it have not.
enum class Side : std::uint8_t { before, here, after };

store::HistoryRange range_from(const SearchOffset& after, Side side, std::size_t limit) {
  store::HistoryRange range;
  range.limit = static_cast<std::int32_t>(limit);
  if (after.rate <= 0) return range;
  if (side == Side::here) {
    range.offset_id = MessageId{after.message};
  } else {
    range.offset_date = side == Side::before ? after.rate : UnixSeconds{after.rate} + 1;
  }
  return range;
}

Side side_of(Peer source, const SearchOffset& after) {
  if (source == after.peer) return Side::here;
  return source < after.peer ? Side::before : Side::after;
}

FoundPosts merge(std::vector<Found> lists, std::size_t limit) {
  FoundPosts out;
  std::vector<std::size_t> at(lists.size(), 0);
  bool more = false;
  for (;;) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < lists.size(); ++i) {
      if (at[i] >= lists[i].messages.size()) continue;
      if (!best || lists[i].messages[at[i]].date > lists[*best].messages[at[*best]].date) best = i;
    }
    if (!best) break;
    // What follows in a list that is not all here may be newer than the rest of the others.
    const bool blind =
        std::ranges::any_of(std::views::iota(std::size_t{0}, lists.size()), [&](std::size_t i) {
          const auto& list = lists[i];
          return list.more && !list.messages.empty() && at[i] == list.messages.size();
        });
    if (blind) {
      more = true;
      break;
    }
    if (out.messages.size() == limit) {
      more = true;
      break;
    }
    out.messages.push_back(std::move(lists[*best].messages[at[*best]++]));
  }
  for (const auto& list : lists) {
    out.total += list.total;
    more = more || list.more;
  }
  if (more && !out.messages.empty()) out.next_rate = static_cast<std::int32_t>(out.messages.back().date);
  return out;
}

// Nothing goes last.
Task<Result<std::vector<search::Footing>>> in_place(search::Filter visible, std::vector<search::Hit> hits) {
  CO_ASSIGN(auto footings, co_await visible(std::move(hits), false));
  std::ranges::replace(footings, search::Footing::last, search::Footing::shown);
  co_return footings;
}

struct Own {
  std::vector<Found> lists;  // of the account's box and the private channels
  std::vector<Peer> public_;
};

Result<Own> search_own(store::Tx& tx, UserId user, const GlobalSearch& wanted,
                       const store::SearchFilter& filter, UnixSeconds now, std::size_t limit) {
  Own out;
  std::vector<Peer> archive;
  if (wanted.folder) {
    HG_ASSIGN(archive, archived(tx, user));
  }
  HG_ASSIGN(auto channels, channels_of(tx, user, wanted, archive, now));
  const auto is_listed_one = [&](Peer peer) {
    return std::ranges::find(channels.public_, peer) != channels.public_.end();
  };
  const bool ended_in_index = wanted.after.peer.is_channel() && is_listed_one(wanted.after.peer);
  const bool ended_in_box = !wanted.after.peer.is_channel();

  const bool nothing_archived = wanted.folder == 1 && archive.empty();
  if (wanted.where != GlobalSearch::Where::broadcasts && !nothing_archived) {
    auto own = filter;
    if (wanted.where == GlobalSearch::Where::people) own.dialogs = PeerKind::user;
    if (wanted.where == GlobalSearch::Where::groups) own.dialogs = PeerKind::chat;
    if (wanted.folder) (*wanted.folder == 1 ? own.only_in : own.not_in) = archive;
    const auto range = range_from(wanted.after, ended_in_box ? Side::here : Side::before, limit + 1);
    HG_ASSIGN(auto page, tx.messages().search(user, std::nullopt, own, range));
    out.lists.push_back({std::move(page.messages), page.total, false});
  }
  for (const auto& place : channels.private_) {
    const auto side = ended_in_box     ? Side::after
                      : ended_in_index ? Side::before
                                       : side_of(place.peer, wanted.after);
    auto range = range_from(wanted.after, side, limit + 1);
    range.min_id = place.hidden_up_to();
    HG_ASSIGN(auto page, tx.messages().search(place.box, place.peer, filter, range));
    HG_TRY(drop_barred(tx, page.messages, user));
    out.lists.push_back({std::move(page.messages), page.total, false});
  }
  out.public_ = std::move(channels.public_);
  return out;
}

}  // namespace

Task<Result<FoundPosts>> Discovery::everywhere(Caller caller, GlobalSearch wanted) const {
  if (wanted.folder && *wanted.folder != 0 && *wanted.folder != 1) {
    co_return fail(Error::invalid("FOLDER_ID_INVALID"));
  }
  if (wanted.text.empty() && wanted.filter == Search::Filter::any) {
    co_return fail(Error::invalid("SEARCH_QUERY_EMPTY"));
  }
  if (wanted.text.size() > search_text_max) co_return FoundPosts{};
  CO_TRY(limits_.take("search", std::to_string(caller.user.value), search_rate));
  const auto limit = static_cast<std::size_t>(std::clamp(wanted.limit, 1, page_max));
  const auto now = environment_.clock.unix_seconds();
  Search plain;
  plain.text = wanted.text;
  plain.filter = wanted.filter;
  plain.min_date = wanted.min_date;
  plain.max_date = wanted.max_date;
  const auto filter = filter_of(plain);
  if (!filter) co_return FoundPosts{};
  auto body = [caller, wanted, filter = *filter, now, limit](store::Tx& tx) {
    return search_own(tx, caller.user, wanted, filter, now, limit);
  };
  CO_ASSIGN(auto own, co_await environment_.store.read(std::move(body)));
  // Whatever the caller is in: what helps does not depend on what there is to be found.
  CO_ASSIGN(const auto who, co_await asker(caller));
  search::Opinion opinion;
  if (searcher_ != nullptr) opinion = searcher_->guard().judge(wanted.text, who);
  const auto traits = traits_of(*filter);
  const bool in_index = traits != 0 || wanted.filter == Search::Filter::any;
  if (!own.public_.empty() && in_index && !opinion.refused()) {
    CO_ASSIGN(const auto* const asked, searcher());
    const auto& after = wanted.after;
    search::Query query;
    query.text = wanted.text;
    query.order = search::Order::newest;
    query.traits = traits;
    query.since = wanted.min_date;
    query.until = wanted.max_date;
    query.limit = limit;
    const bool ended_here = std::ranges::find(own.public_, after.peer) != own.public_.end();
    if (after.rate > 0 && ended_here) query.after = search::Cursor{after.rate, {after.peer, after.message}};
    if (after.rate > 0 && !ended_here && (query.until == 0 || query.until > after.rate)) {
      query.until = after.rate;
    }
    query.peers = std::move(own.public_);
    auto loaded = std::make_shared<LoadedPosts>();
    auto visible = visible_to(environment_, caller.user, loaded);
    // By date, among one's own: what would go last has its place in that order, too.
    search::Filter by_date = [visible = std::move(visible)](std::vector<search::Hit> hits, bool) {
      return in_place(visible, std::move(hits));
    };
    auto page = co_await asked->search(std::move(query), std::move(by_date), who);
    if (page) {
      own.lists.push_back({take_messages(*page, *loaded), page->total(), page->next().has_value()});
    } else if (page.error().code != "SEARCH_QUERY_EMPTY") {
      co_return fail(page.error());
    }
  }
  auto found = merge(std::move(own.lists), limit);
  if (opinion.refused() && wanted.after.rate <= 0) {
    // In the place of what is public, before one's own; where the list goes on, its end says.
    CO_ASSIGN(auto help, co_await help_for(opinion, who));
    found.total += static_cast<std::int64_t>(help.size());
    found.messages.insert(found.messages.begin(), std::make_move_iterator(help.begin()),
                          std::make_move_iterator(help.end()));
  }
  co_return found;
}

}  // namespace heliograph::services
