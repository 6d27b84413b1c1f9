#include "services/chats/mentions.h"

#include <algorithm>

#include "services/chats/dialog.h"
#include "services/chats/text.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::size_t read_step = 100;  // messages a call

// The account with the username that a mention names. 0: nobody.
Result<UserId> named_by(store::Tx& tx, std::string_view text, const Entity& mention) {
  const auto begin = utf16_to_byte(text, static_cast<std::size_t>(mention.offset));
  const auto end = utf16_to_byte(text, static_cast<std::size_t>(mention.offset + mention.length));
  if (begin == std::string_view::npos || end == std::string_view::npos || end <= begin + 1) return UserId{};
  HG_ASSIGN(const auto peer, tx.chats().resolve(text.substr(begin + 1, end - begin - 1)));  // without the @
  return peer && peer->is_user() ? peer->user() : UserId{};
}

// The message is as it was but for being unread. Only the account's own box has that in the message itself.
Result<bool> mark_read(store::Tx& tx, UserId account, const Place& place, store::AttentionKind kind,
                       MessageId id) {
  HG_ASSIGN(const bool was_unread, tx.attention().mark_read(account, place.peer, kind, id));
  if (!was_unread || place.peer.is_channel() || kind != store::AttentionKind::mention) return was_unread;
  HG_ASSIGN(auto message, tx.messages().find(place.box, id));
  if (!message) return was_unread;
  message->flags &= ~std::uint32_t{store::message_media_unread};
  HG_TRY(tx.messages().update(*message));
  return was_unread;
}

}  // namespace

Result<std::vector<UserId>> mentioned_in(store::Tx& tx, const Place& place, const Outgoing& message) {
  std::vector<UserId> mentioned;
  if (!place.is_group()) return mentioned;
  const auto add = [&](UserId user) -> Status {
    if (!user || user == message.from || mentioned.size() >= mentions_max) return {};
    if (std::ranges::find(mentioned, user) != mentioned.end()) return {};
    HG_ASSIGN(const auto member, tx.chats().find_member(place.peer, user));
    if (member && store::is_in(member->status)) mentioned.push_back(user);
    return {};
  };
  for (const auto& entity : message.content.entities) {
    if (entity.kind == EntityKind::mention_name) HG_TRY(add(entity.user));
    if (entity.kind != EntityKind::mention) continue;
    HG_ASSIGN(const auto user, named_by(tx, message.text, entity));
    HG_TRY(add(user));
  }
  if (message.reply && !message.reply->elsewhere) HG_TRY(add(message.reply->author));
  return mentioned;
}

Task<Result<PlacePage>> unread_attention(const Environment& environment, UserId caller, Peer peer,
                                         store::AttentionKind kind, store::HistoryRange range) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<PlacePage> {
    HG_ASSIGN(const auto place, open_place(tx, caller, peer, now));
    const auto thread = peer.is_channel() ? range.thread : MessageId{};
    store::Page page;
    HG_ASSIGN(page.total, tx.attention().count_unread(caller, peer, kind, thread));
    // The list is newest first; `add_offset` below 0 reaches for what is newer than the offset.
    const auto limit = static_cast<std::int64_t>(std::clamp(range.limit, 0, history_limit_max));
    HG_ASSIGN(const auto all, tx.attention().unread(caller, peer, kind, thread, {}, 10'000));
    const auto first =
        std::ranges::count_if(all, [&](MessageId id) { return range.offset_id && id >= range.offset_id; });
    const auto size = static_cast<std::int64_t>(all.size());
    const auto begin = std::clamp<std::int64_t>(first + range.add_offset, 0, size);
    const auto end = std::clamp<std::int64_t>(first + range.add_offset + limit, begin, size);
    std::vector<MessageId> ids;
    for (auto at = begin; at < end; ++at) {
      const auto id = all[static_cast<std::size_t>(at)];
      if (range.max_id && id >= range.max_id) continue;
      if (id <= std::max(range.min_id, place.hidden_up_to())) continue;
      ids.push_back(id);
    }
    HG_ASSIGN(page.messages, tx.messages().find_many(place.box, ids));
    return of_place(tx, place, std::move(page));
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<AttentionRead>> read_attention(const Environment& environment, Caller caller, Peer peer,
                                           store::AttentionKind kind, MessageId thread) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<AttentionRead> {
    HG_ASSIGN(const auto place, open_place(tx, caller.user, peer, now));
    AttentionRead result;
    HG_ASSIGN(const auto ids,
              tx.attention().unread(caller.user, peer, kind, peer.is_channel() ? thread : MessageId{}, {},
                                    read_step + 1));
    HG_ASSIGN(result.update, unchanged(tx, place.box));
    events::ReadContents read;
    for (const auto id : ids) {
      if (read.ids.size() == read_step) {
        result.more = true;
        break;
      }
      HG_TRY(mark_read(tx, caller.user, place, kind, id));
      read.ids.push_back(id);
    }
    if (read.ids.empty()) return result;
    if (peer.is_channel()) {
      // The channel's log is everybody's: only the account's own devices hear of it.
      HG_TRY(append_event(tx, caller, caller.user, now, events::ReadChannelContents{peer, read.ids, thread}));
      return result;
    }
    const auto count = static_cast<std::int32_t>(read.ids.size());
    HG_ASSIGN(result.update, append_event(tx, caller, caller.user, now, std::move(read), count));
    return result;
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> read_channel_contents(const Environment& environment, Caller caller, Peer channel,
                                   std::vector<MessageId> ids) {
  if (!channel.is_channel()) co_return fail(Error::invalid("CHANNEL_INVALID"));
  if (ids.size() > 1000) co_return fail(Error::invalid("LIMIT_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, channel, now, ids = std::move(ids)](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, channel, now));
    events::ReadChannelContents read{channel, {}, {}};
    for (const auto id : ids) {
      HG_ASSIGN(const bool mention, mark_read(tx, caller.user, place, store::AttentionKind::mention, id));
      HG_ASSIGN(const bool reaction, mark_read(tx, caller.user, place, store::AttentionKind::reaction, id));
      if (mention || reaction) read.ids.push_back(id);
    }
    if (read.ids.empty()) return {};
    HG_TRY(append_event(tx, caller, caller.user, now, std::move(read)));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
