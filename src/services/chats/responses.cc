#include "services/chats/responses.h"

#include <algorithm>

namespace heliograph::services {

bool has_responses(const store::Message& message) {
  constexpr std::uint32_t counted = store::message_views | store::message_reactions | store::message_thread;
  if ((message.flags & counted) != 0 || message.kind == store::MessageKind::poll) return true;
  return message.owner.is_channel() && (message.flags & store::message_mentioned) != 0;
}

Result<ReactionSummary> reactions_to(store::Tx& tx, UserId viewer, const store::Message& message) {
  ReactionSummary summary;
  HG_ASSIGN(summary.counts, tx.reactions().counts(message.link));
  if (summary.counts.empty()) return summary;
  HG_ASSIGN(const auto own, tx.reactions().of_user(message.link, viewer));
  for (const auto& given : own) summary.chosen.push_back(given.reaction);
  // Of posts only the numbers are shown.
  if ((message.flags & (store::message_post | store::message_discussed)) != 0) return summary;
  summary.may_list = true;
  HG_ASSIGN(summary.recent, tx.reactions().list(message.link, {}, 0, recent_reactions));
  if (message.from == viewer) {
    HG_ASSIGN(const auto unread,
              tx.attention().find(viewer, message.peer, store::AttentionKind::reaction, message.id));
    summary.unread = unread.value_or(false);
  }
  return summary;
}

Task<Result<std::shared_ptr<const ResponseMap>>> responses_to(const Environment& environment, UserId viewer,
                                                              std::vector<const store::Message*> messages) {
  struct Wanted {
    MessageName name;
    Peer peer;
    std::uint32_t flags;
    std::int64_t link;
    UserId from;
    std::optional<Poll> poll;
  };
  std::vector<Wanted> wanted;
  for (const auto* message : messages) {
    if (!has_responses(*message)) continue;
    wanted.push_back(
        {{message->owner, message->id}, message->peer, message->flags, message->link, message->from, {}});
    if (message->kind != store::MessageKind::poll) continue;
    CO_ASSIGN(auto content, decode_content(*message));
    if (content.media) wanted.back().poll = std::move(content.media->poll);
  }
  if (wanted.empty()) co_return std::shared_ptr<const ResponseMap>();
  auto body = [viewer, now = environment.clock.unix_seconds(),
               wanted = std::move(wanted)](store::Tx& tx) -> Result<std::shared_ptr<const ResponseMap>> {
    auto map = std::make_shared<ResponseMap>();
    ThreadSummaries threads(tx, viewer);
    for (const auto& one : wanted) {
      Responses responses;
      if (one.name.box.is_channel() && (one.flags & store::message_mentioned) != 0) {
        HG_ASSIGN(const auto asked,
                  tx.attention().find(viewer, one.peer, store::AttentionKind::mention, one.name.id));
        responses.mentioned = asked.has_value();
        responses.unread = asked.value_or(false);
      }
      if ((one.flags & store::message_views) != 0) {
        HG_ASSIGN(responses.count, tx.post_counts().find(one.name.box, one.name.id));
      }
      store::Message message;
      message.owner = one.name.box;
      message.id = one.name.id;
      message.peer = one.peer;
      message.flags = one.flags;
      message.link = one.link;
      message.from = one.from;
      if ((one.flags & store::message_reactions) != 0) {
        HG_ASSIGN(responses.reactions, reactions_to(tx, viewer, message));
      }
      if (one.poll) {
        HG_ASSIGN(responses.poll, view_of(tx, viewer, *one.poll, now));
      }
      if ((one.flags & store::message_thread) != 0) {
        HG_ASSIGN(responses.thread, threads.of(message));
      }
      map->emplace(one.name, std::move(responses));
    }
    return std::shared_ptr<const ResponseMap>(std::move(map));
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
