// History and search: pages of a dialog by the rules of core.telegram.org/api/offsets. The list is newest
// first; the page is what lies at [offsetFromID(offset_id) + add_offset, + limit) in it, and of that the ids
// between min_id and max_id.
#include <algorithm>
#include <limits>

#include "store/sqlite/message_rows.h"
#include "store/text.h"

namespace heliograph::store::sqlite {

namespace {

constexpr std::int32_t kNewest = std::numeric_limits<std::int32_t>::max();

void keep_between(std::vector<Message>& messages, const HistoryRange& range) {
  std::erase_if(messages, [&](const Message& message) {
    return (range.max_id && message.id >= range.max_id) || (range.min_id && message.id <= range.min_id);
  });
}

}  // namespace

namespace {

// Of a whole dialog, of one thread in it, or of what is filed under one peer. The second parameter is the
// peer or the thread.
struct Queries {
  const char* place;
  const char* count;
  const char* newer;
  const char* older;
};
#define HG_QUERIES(where)                                                                           \
  {"SELECT key, date FROM messages WHERE " where " AND key <= ? ORDER BY key DESC LIMIT 1",         \
   "SELECT count(*) FROM messages WHERE " where,                                                    \
   "SELECT " HG_MESSAGE_COLUMNS " FROM messages WHERE " where " AND key >= ? ORDER BY key LIMIT ?", \
   "SELECT " HG_MESSAGE_COLUMNS " FROM messages WHERE " where                                       \
   " AND key < ? ORDER BY key DESC LIMIT ? OFFSET ?"}
constexpr Queries kDialog = HG_QUERIES("owner = ? AND peer = ?");
constexpr Queries kThread = HG_QUERIES("owner = ? AND thread != 0 AND thread = ?");
constexpr Queries kSaved = HG_QUERIES("owner = ? AND saved_peer != 0 AND saved_peer = ?");

}  // namespace

Result<MessageId> SqliteMessages::first_from(BoxId owner, const char* place, std::int64_t which,
                                             UnixSeconds date) {
  // Ids of a dialog grow with time, so halving finds the place in some thirty steps, however long the dialog.
  std::int64_t low = 0;         // everything up to here is older
  std::int64_t high = kNewest;  // nothing from here on is older
  while (low + 1 < high) {
    const auto middle = low + (high - low) / 2;
    std::int64_t key = 0;
    HG_ASSIGN(const auto found, db_.one(
                                    place,
                                    [&](Row& row) {
                                      key = row.get<std::int64_t>();
                                      return row.get<UnixSeconds>();
                                    },
                                    owner, which, key_of(owner, static_cast<std::int32_t>(middle))));
    if (!found || *found < date) {
      low = middle;
    } else {
      high = number_of(key);
      if (high <= low) break;
    }
  }
  return MessageId{static_cast<std::int32_t>(high)};
}

Result<Page> SqliteMessages::history(BoxId owner, Peer peer, const HistoryRange& range) {
  const auto& queries = range.saved_peer ? kSaved : range.thread ? kThread : kDialog;
  const auto which = range.saved_peer ? pack(range.saved_peer)
                     : range.thread   ? std::int64_t{range.thread.value}
                                      : pack(peer);
  Page page;
  if (session_.counts && &queries == &kDialog) {
    HG_ASSIGN(page.total, session_.counts->of(session_, owner, peer));
  } else {
    HG_ASSIGN(page.total, db_.number(queries.count, 0, owner, which));
  }
  MessageId from = range.offset_id.value > 0 ? range.offset_id : MessageId{kNewest};
  if (!range.offset_id && range.offset_date > 0) {
    HG_ASSIGN(from, first_from(owner, queries.place, which, range.offset_date));
  }
  const auto from_key = key_of(owner, from.value);
  std::int64_t limit = std::max(range.limit, 0);
  std::int64_t skip = range.add_offset;
  if (skip < 0) {
    // The part of the window on the newer side of the offset.
    HG_ASSIGN(auto newer, db_.all(queries.newer, read_message, owner, which, from_key, -skip));
    const auto missing = -skip - static_cast<std::int64_t>(newer.size());  // would lie beyond the newest
    std::reverse(newer.begin(), newer.end());
    limit = std::max<std::int64_t>(limit - missing, 0);
    if (static_cast<std::int64_t>(newer.size()) > limit) newer.resize(static_cast<std::size_t>(limit));
    limit -= static_cast<std::int64_t>(newer.size());
    page.messages = std::move(newer);
    skip = 0;
  }
  if (limit > 0) {
    HG_TRY(db_.each(
        queries.older,
        [&](Row& row) {
          page.messages.push_back(read_message(row));
          return true;
        },
        owner, which, from_key, limit, skip));
  }
  keep_between(page.messages, range);
  return page;
}

// What a message says to a search: of one with a poll, what that asks, too.
#define HG_SEARCHED_TEXT                                                                              \
  "CASE kind WHEN 9 THEN text || ' ' || coalesce((SELECT p.words FROM poll_places l JOIN polls p ON " \
  "p.id = l.poll WHERE l.link = messages.link), '') ELSE text END"
static_assert(MessageKind::poll == MessageKind{9}, "the SQL above tests this kind");

// What narrows a search within a dialog has an index of its own: a channel of a million posts with three
// pinned is asked for them each time somebody opens it.
#define HG_PLACES(index, where)                                                     \
  "SELECT key, from_user, date, flags, kind, thread, saved_peer, " HG_SEARCHED_TEXT \
  " FROM messages INDEXED BY " index " WHERE owner = ? AND peer = ? AND " where " ORDER BY key DESC"
static_assert(message_pinned == 16 && message_has_link == 512 && MessageKind::plain == MessageKind{0},
              "the SQL below and the indexes of schema_overviews.h and schema_chats.h test these");

// Words are looked for in all that the rest of the filter leaves: fine for what one person writes. Public
// posts have an index of words (search/).
Result<std::vector<FoundMessage>> SqliteMessages::places(BoxId owner, std::optional<Peer> peer,
                                                         const SearchFilter& filter) {
  const Matcher matcher(filter.text);
  std::vector<FoundMessage> found;
  const auto look = [&](Row& row) {
    std::int64_t key = 0;
    UserId from;
    UnixSeconds date = 0;
    std::uint32_t flags = 0;
    auto kind = MessageKind::plain;
    MessageId thread;
    Peer saved_peer;
    row.read(key, from, date, flags, kind, thread, saved_peer);
    if (!peer) {
      const auto in = row.get<Peer>();
      if (filter.dialogs && in.kind != *filter.dialogs) return true;
      if (!filter.only_in.empty() && std::ranges::find(filter.only_in, in) == filter.only_in.end())
        return true;
      if (std::ranges::find(filter.not_in, in) != filter.not_in.end()) return true;
    }
    if (filter.from && from != filter.from) return true;
    if (filter.min_date && date < filter.min_date) return true;
    if (filter.max_date && date > filter.max_date) return true;
    if (filter.flags_any && !(flags & filter.flags_any)) return true;
    if (!filter.kinds.empty() && std::ranges::find(filter.kinds, kind) == filter.kinds.end()) return true;
    if (filter.thread && thread != filter.thread) return true;
    if (filter.saved_peer && saved_peer != filter.saved_peer) return true;
    if (filter.links_only && !(flags & message_has_link)) return true;
    if (!matcher.matches(row.text_view())) return true;
    found.push_back({MessageId{number_of(key)}, date});
    return true;
  };
  if (peer && filter.flags_any == message_pinned) {
    HG_TRY(db_.each(HG_PLACES("messages_pinned", "(flags & 16) != 0"), look, owner, *peer));
  } else if (peer && filter.links_only) {
    HG_TRY(db_.each(HG_PLACES("messages_links", "(flags & 512) != 0"), look, owner, *peer));
  } else if (peer && !filter.kinds.empty() &&
             std::ranges::find(filter.kinds, MessageKind::plain) == filter.kinds.end()) {
    for (const auto kind : filter.kinds) {
      HG_TRY(db_.each(HG_PLACES("messages_kind", "kind != 0 AND kind = ?"), look, owner, *peer, kind));
    }
    std::ranges::sort(found, std::ranges::greater{}, &FoundMessage::id);
  } else if (peer && filter.thread) {
    HG_TRY(db_.each(HG_PLACES("messages_thread", "thread != 0 AND thread = ?"), look, owner, *peer,
                    filter.thread));
  } else if (peer) {
    HG_TRY(db_.each(HG_PLACES("messages_dialog", "TRUE"), look, owner, *peer));
  } else {
    HG_TRY(db_.each("SELECT key, from_user, date, flags, kind, thread, saved_peer, peer, " HG_SEARCHED_TEXT
                    " FROM messages WHERE key > ? AND key < ? ORDER BY key DESC",
                    look, key_of(owner, 0), end_of(owner)));
  }
  return found;
}

Result<std::vector<Messages::SavedDialog>> SqliteMessages::saved_dialogs(UserId owner) {
  return db_.all(
      "SELECT saved_peer, max(key) AS top FROM messages WHERE owner = ? AND saved_peer != 0 GROUP BY "
      "saved_peer "
      "ORDER BY top DESC",
      [](Row& row) {
        SavedDialog dialog;
        std::int64_t key = 0;
        row.read(dialog.peer, key);
        dialog.top = MessageId{number_of(key)};
        return dialog;
      },
      owner);
}

Result<Page> SqliteMessages::search(BoxId owner, std::optional<Peer> peer, const SearchFilter& filter,
                                    const HistoryRange& range) {
  HG_ASSIGN(const auto found, places(owner, peer, filter));
  // How many of them lie before the offset.
  const auto before = std::ranges::count_if(found, [&](const FoundMessage& place) {
    return range.offset_id     ? place.id >= range.offset_id
           : range.offset_date ? place.date >= range.offset_date
                               : false;
  });
  const auto size = static_cast<std::int64_t>(found.size());
  const auto begin = std::clamp<std::int64_t>(before + range.add_offset, 0, size);
  const auto end =
      std::clamp<std::int64_t>(before + range.add_offset + std::max(range.limit, 0), begin, size);
  std::vector<MessageId> ids;
  for (auto at = begin; at < end; ++at) ids.push_back(found[static_cast<std::size_t>(at)].id);
  Page page;
  page.total = size;
  HG_ASSIGN(page.messages, find_many(owner, ids));
  keep_between(page.messages, range);
  return page;
}

}  // namespace heliograph::store::sqlite
