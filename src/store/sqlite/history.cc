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
constexpr Queries kSubthread = HG_QUERIES("owner = ? AND subthread != 0 AND subthread = ?");
constexpr Queries kSaved = HG_QUERIES("owner = ? AND saved_peer != 0 AND saved_peer = ?");
// As `place` of these, of a whole box; 0 in the place of the peer.
constexpr const char* kBoxPlace =
    "SELECT key, date FROM messages WHERE key > (?1 << 31) AND ?2 = 0 AND key <= ?3 ORDER BY key DESC LIMIT "
    "1";

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
  const auto& queries = range.saved_peer                   ? kSaved
                        : range.thread && range.in_general ? kSubthread
                        : range.thread                     ? kThread
                                                           : kDialog;
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
// pinned is asked for them each time somebody opens it. The statements of a pair differ in the direction.
#define HG_LOOKED_AT \
  "SELECT key, from_user, date, flags, kind, thread, subthread, saved_peer, " HG_SEARCHED_TEXT
#define HG_LOOK_OLDER " AND key < ? ORDER BY key DESC"
#define HG_LOOK_NEWER " AND key >= ? ORDER BY key"
#define HG_LOOK(what) {what HG_LOOK_OLDER, what HG_LOOK_NEWER}
#define HG_LOOK_IN(index, where) \
  HG_LOOK(HG_LOOKED_AT " FROM messages INDEXED BY " index " WHERE owner = ? AND peer = ? AND " where)
static_assert(message_pinned == 16 && message_has_link == 512 && MessageKind::plain == MessageKind{0},
              "the SQL below and the indexes of schema_overviews.h and schema_chats.h test these");

namespace {

struct Looks {
  const char* older;
  const char* newer;
};
constexpr Looks kPinned = HG_LOOK_IN("messages_pinned", "(flags & 16) != 0");
constexpr Looks kLinks = HG_LOOK_IN("messages_links", "(flags & 512) != 0");
constexpr Looks kOfKind = HG_LOOK_IN("messages_kind", "kind != 0 AND kind = ?");
constexpr Looks kInThread = HG_LOOK_IN("messages_thread", "thread != 0 AND thread = ?");
constexpr Looks kInGeneral = HG_LOOK_IN("messages_subthread", "subthread != 0 AND subthread = ?");
constexpr Looks kInDialog = HG_LOOK_IN("messages_dialog", "TRUE");
constexpr Looks kInBox = {HG_LOOKED_AT ", peer FROM messages WHERE key > ? AND key < ? ORDER BY key DESC",
                          HG_LOOKED_AT ", peer FROM messages WHERE key < ? AND key >= ? ORDER BY key"};

// A row of one of these: what the filter still has to say about it.
bool passes(Row& row, const SearchFilter& filter, const Matcher& matcher, bool whole_box, FoundMessage& out) {
  std::int64_t key = 0;
  UserId from;
  std::uint32_t flags = 0;
  auto kind = MessageKind::plain;
  MessageId thread, subthread;
  Peer saved_peer;
  row.read(key, from, out.date, flags, kind, thread, subthread, saved_peer);
  out.id = MessageId{number_of(key)};
  const auto text = row.text_view();
  if (whole_box) {
    const auto in = row.get<Peer>();
    if (filter.dialogs && in.kind != *filter.dialogs) return false;
    if (!filter.only_in.empty() && std::ranges::find(filter.only_in, in) == filter.only_in.end())
      return false;
    if (std::ranges::find(filter.not_in, in) != filter.not_in.end()) return false;
  }
  if (filter.from) {
    const bool shown_as_other = (flags & (message_post | message_shown_as)) != 0;
    if (from != filter.from || shown_as_other != filter.shown_as) return false;
  }
  if (filter.min_date && out.date < filter.min_date) return false;
  if (filter.max_date && out.date > filter.max_date) return false;
  if (filter.flags_any && !(flags & filter.flags_any)) return false;
  if (!filter.kinds.empty() && std::ranges::find(filter.kinds, kind) == filter.kinds.end()) return false;
  if (filter.thread && (filter.in_general ? subthread : thread) != filter.thread) return false;
  if (filter.saved_peer && saved_peer != filter.saved_peer) return false;
  if (filter.links_only && !(flags & message_has_link)) return false;
  return matcher.matches(text);
}

}  // namespace

// Words are looked for in all that the rest of the filter leaves: fine for what one person writes, and for
// the newest of what a large group does. Public posts have an index of words (search/).
Result<bool> SqliteMessages::look(BoxId owner, std::optional<Peer> peer, const SearchFilter& filter,
                                  Direction direction, MessageId from, std::size_t limit,
                                  std::vector<FoundMessage>& found) {
  const Matcher matcher(filter.text);
  const bool older = direction == Direction::older;
  const auto from_key = key_of(owner, from.value);
  const auto sql = [older](const Looks& looks) { return older ? looks.older : looks.newer; };
  std::size_t looked_at = 0;
  std::optional<MessageId> reached;  // where it stopped
  const auto visit = [&](Row& row) {
    FoundMessage one;
    const bool right = passes(row, filter, matcher, !peer, one);
    if (++looked_at > limit) {
      if (!reached || (older ? one.id > *reached : one.id < *reached)) reached = one.id;
      return false;
    }
    if (right) found.push_back(one);
    return true;
  };
  if (!peer) {
    const auto end = older ? key_of(owner, 0) : end_of(owner);
    HG_TRY(db_.each(sql(kInBox), visit, end, from_key));
  } else if (filter.flags_any == message_pinned) {
    HG_TRY(db_.each(sql(kPinned), visit, owner, *peer, from_key));
  } else if (filter.links_only) {
    HG_TRY(db_.each(sql(kLinks), visit, owner, *peer, from_key));
  } else if (!filter.kinds.empty() &&
             std::ranges::find(filter.kinds, MessageKind::plain) == filter.kinds.end()) {
    for (const auto kind : filter.kinds) {
      looked_at = 0;
      HG_TRY(db_.each(sql(kOfKind), visit, owner, *peer, kind, from_key));
    }
    if (older) {
      std::ranges::sort(found, std::ranges::greater{}, &FoundMessage::id);
    } else {
      std::ranges::sort(found, std::ranges::less{}, &FoundMessage::id);
    }
    // Of one kind all has been looked at, of another not: what lies beyond is for the next page.
    if (reached) {
      std::erase_if(found,
                    [&](const FoundMessage& one) { return older ? one.id <= *reached : one.id >= *reached; });
    }
  } else if (filter.thread) {
    HG_TRY(db_.each(sql(filter.in_general ? kInGeneral : kInThread), visit, owner, *peer, filter.thread,
                    from_key));
  } else {
    HG_TRY(db_.each(sql(kInDialog), visit, owner, *peer, from_key));
  }
  return !reached;
}

Result<std::vector<FoundMessage>> SqliteMessages::places(BoxId owner, std::optional<Peer> peer,
                                                         const SearchFilter& filter) {
  std::vector<FoundMessage> found;
  HG_TRY(look(owner, peer, filter, Direction::older, MessageId{kNewest},
              std::numeric_limits<std::size_t>::max(), found));
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
  // Where the page begins: what is older, and what is not.
  MessageId from = range.offset_id ? MessageId{std::max(range.offset_id.value, 0)} : MessageId{kNewest};
  if (!range.offset_id && range.offset_date > 0) {
    const auto which = peer ? pack(*peer) : std::int64_t{0};
    HG_ASSIGN(from, first_from(owner, peer ? kDialog.place : kBoxPlace, which, range.offset_date));
  }
  const auto limit = filter.looks_at != 0 ? filter.looks_at : std::numeric_limits<std::size_t>::max();
  std::vector<FoundMessage> found;
  bool whole = true;
  if (from.value != kNewest) {
    HG_ASSIGN(whole, look(owner, peer, filter, Direction::newer, from, limit, found));
    std::reverse(found.begin(), found.end());
  }
  const auto before = static_cast<std::int64_t>(found.size());
  std::vector<FoundMessage> older;
  HG_ASSIGN(const bool to_the_end, look(owner, peer, filter, Direction::older, from, limit, older));
  found.insert(found.end(), older.begin(), older.end());
  const auto size = static_cast<std::int64_t>(found.size());
  const auto begin = std::clamp<std::int64_t>(before + range.add_offset, 0, size);
  const auto end =
      std::clamp<std::int64_t>(before + range.add_offset + std::max(range.limit, 0), begin, size);
  std::vector<MessageId> ids;
  for (auto at = begin; at < end; ++at) ids.push_back(found[static_cast<std::size_t>(at)].id);
  Page page;
  page.total = size;
  page.inexact = !whole || !to_the_end;
  HG_ASSIGN(page.messages, find_many(owner, ids));
  keep_between(page.messages, range);
  return page;
}

}  // namespace heliograph::store::sqlite
