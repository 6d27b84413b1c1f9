#include "services/chats/read_participants.h"

#include <algorithm>

#include "services/chats/read_marks.h"
#include "services/groups/notice.h"

namespace heliograph::services {

namespace {

// The message as it is numbered for each member. Of a supergroup: one number for all.
struct Numbers {
  MessageId same;
  std::vector<store::Message> copies;

  MessageId of(UserId user) const {
    if (same) return same;
    const auto copy = std::ranges::find(copies, BoxId(user), &store::Message::owner);
    return copy == copies.end() ? MessageId{} : copy->id;
  }
};

Result<std::vector<ReadBy>> readers(store::Tx& tx, UserId caller, Peer group, MessageId id, UnixSeconds now) {
  HG_ASSIGN(const auto place, open_chat(tx, caller, group, now));
  if (!place.is_group() || !place.standing().is_in()) return fail(Error::invalid("PEER_ID_INVALID"));
  if (place.chat->members > group_reads_members_max) return fail(Error::invalid("CHAT_TOO_BIG"));
  HG_ASSIGN(const auto message, tx.messages().find(place.box, id));
  if (!message || message->peer != group || message->from != caller ||
      (message->flags & (store::message_service | store::message_discussed)) != 0) {
    return fail(Error::invalid("MSG_ID_INVALID"));
  }
  if (now - message->date > read_dates_kept) return fail(Error::invalid("MSG_TOO_OLD"));
  Numbers numbers;
  if (group.is_channel()) {
    numbers.same = id;
  } else {
    HG_ASSIGN(numbers.copies, tx.messages().copies(message->link));
  }
  std::vector<ReadBy> found;
  HG_ASSIGN(const auto members, present_members(tx, group));
  for (const auto& member : members) {
    const auto theirs = numbers.of(member.user);
    if (member.user == caller || !theirs) continue;
    // Who came later has it behind them without having read it: then there is no date.
    HG_ASSIGN(const auto at, group_read_date(tx, member.user, group, theirs));
    if (at != 0 && at >= message->date) found.push_back({member.user, at});
  }
  std::ranges::sort(found, {}, [](const ReadBy& one) { return std::pair(one.at, one.user); });
  return found;
}

}  // namespace

Task<Result<std::vector<ReadBy>>> read_participants(const Environment& environment, UserId caller, Peer group,
                                                    MessageId id) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return readers(tx, caller, group, id, now); };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
