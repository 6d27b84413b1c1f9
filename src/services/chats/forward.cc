#include "services/chats/forward.h"

#include <algorithm>

#include "services/chats/new_poll.h"
#include "services/chats/origin.h"
#include "services/chats/scheduled.h"
#include "services/chats/send.h"

namespace heliograph::services {

namespace {

constexpr std::size_t forward_limit = 100;  // messages a call; help.getConfig says so too

// The copy to be made of one message.
Result<Outgoing> copy_of(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Message& source,
                         const ForwardMessages& request) {
  if ((source.flags & store::message_service) != 0) return fail(Error::invalid("MESSAGE_ID_INVALID"));
  if ((source.flags & (store::message_no_forwards | store::message_withheld)) != 0) {
    return fail(Error::invalid("CHAT_FORWARDS_RESTRICTED"));
  }
  HG_ASSIGN(auto content, decode_content(source));
  Outgoing copy;
  copy.from = caller.user;
  copy.to = request.to;
  copy.date = now;
  copy.send_as = request.send_as;
  copy.flags = (source.flags & (store::message_has_link | store::message_invert_media)) |
               (request.silent ? store::message_silent : 0U) |
               (request.no_forwards ? store::message_no_forwards : 0U);
  if (!(request.drop_captions && content.media)) {
    copy.text = source.text;
    copy.content.entities = std::move(content.entities);
  }
  copy.content.media = std::move(content.media);
  copy.kind = source.kind;
  // Those of one album stay together, under a number of their own.
  if (source.album != 0) copy.album = (source.album ^ request.salt) | 1;
  copy.content.via_bot = content.via_bot;
  auto& media = copy.content.media;
  if (request.drop_author && media && media->poll) {
    HG_TRY(renew_poll(tx, caller.user, request.salt, now, *media->poll));
  }
  if (!request.drop_author) {
    HG_ASSIGN(copy.content.forward, origin_of(tx, source, caller.user));
    if (request.to == Peer::of(caller.user)) {
      copy.content.forward->saved_from_peer = source.peer;
      copy.content.forward->saved_from_id = source.id;
    }
  }
  return copy;
}

Result<std::vector<Forwarded>> forward(const Environment& environment, store::Tx& tx, const Caller& caller,
                                       UnixSeconds now, bool later, const ForwardMessages& request) {
  HG_ASSIGN(const auto place, open_place(tx, caller.user, request.from, now));
  if (place.chat && (place.chat->flags & store::chat_no_forwards) != 0) {
    return fail(Error::invalid("CHAT_FORWARDS_RESTRICTED"));
  }
  HG_ASSIGN(const auto sources, tx.messages().find_many(place.box, request.ids));
  // All are looked at before the first is sent.
  std::vector<Outgoing> copies;
  std::vector<MessageId> posts;
  for (std::size_t i = 0; i < request.ids.size(); ++i) {
    const auto source = std::ranges::find(sources, request.ids[i], &store::Message::id);
    if (source == sources.end() || source->peer != request.from || source->id <= place.hidden_up_to())
      continue;
    HG_ASSIGN(const bool barred, is_barred_for(tx, *source, caller.user));
    if (barred) return fail(Error::invalid("CHAT_FORWARDS_RESTRICTED"));
    HG_ASSIGN(auto copy, copy_of(tx, caller, now, *source, request));
    copy.random_id = request.random_ids[i];
    copies.push_back(std::move(copy));
    if ((source->flags & store::message_views) != 0 && !later) posts.push_back(source->id);
  }
  if (copies.empty()) return fail(Error::invalid("MESSAGE_ID_INVALID"));
  std::optional<ReplyTo> in_topic;
  if (request.reply && request.reply->top) {
    in_topic.emplace();
    in_topic->top = request.reply->top;
  }
  std::vector<Forwarded> out;
  bool again = false;  // the client has sent this before
  for (auto& copy : copies) {
    Forwarded forwarded;
    forwarded.random_id = copy.random_id;
    forwarded.scheduled = later;
    // The answer that goes with a forward belongs to the first message alone, the topic to all.
    const auto reply = out.empty() ? request.reply : in_topic;
    if (later) {
      HG_ASSIGN(forwarded.appended.message,
                schedule_in(tx, caller, now, std::move(copy), reply, request.schedule_date));
    } else {
      HG_ASSIGN(forwarded.appended, send_in(environment, tx, caller, std::move(copy), reply));
    }
    again = again || forwarded.appended.duplicate;
    out.push_back(std::move(forwarded));
  }
  for (const auto post : posts) {
    if (!again) HG_TRY(tx.post_counts().add(place.box, post, {0, 1}));
  }
  return out;
}

}  // namespace

Task<Result<std::vector<Forwarded>>> forward_messages(const Environment& environment, Caller caller,
                                                      ForwardMessages request) {
  if (!request.to) co_return fail(Error::invalid("PEER_ID_INVALID"));
  if (request.ids.empty()) co_return fail(Error::invalid("MESSAGE_IDS_EMPTY"));
  if (request.ids.size() > forward_limit) co_return fail(Error::invalid("LIMIT_INVALID"));
  if (request.ids.size() != request.random_ids.size() ||
      std::ranges::find(request.random_ids, 0) != request.random_ids.end()) {
    co_return fail(Error::invalid("RANDOM_ID_INVALID"));
  }
  request.salt = environment.random.next<std::int64_t>();
  const auto now = environment.clock.unix_seconds();
  bool later = false;
  if (request.schedule_date != 0) {
    CO_ASSIGN(later, check_schedule_date(now, request.schedule_date));
  }
  auto body = [&environment, caller, now, later, request = std::move(request)](store::Tx& tx) {
    return forward(environment, tx, caller, now, later, request);
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
