#include "api/peers.h"

#include <algorithm>

#include "api/render/message.h"
#include "services/chats/history.h"
#include "services/people/access.h"

namespace heliograph::api {

namespace {

Result<UserId> checked(const Context& context, std::int64_t id, std::int64_t hash, std::string_view error) {
  const UserId user{id};
  if (id <= 0 || !services::check_access(context.services.environment, context.caller.user, user, hash)) {
    return fail(Error::invalid(error));
  }
  return user;
}

Result<Peer> checked_channel(const Context& context, std::int64_t id, std::int64_t hash) {
  const auto peer = Peer::of(ChannelId{id});
  if (id <= 0 || !services::check_access(context.services.environment, context.caller.user, peer, hash)) {
    return fail(Error::invalid("CHANNEL_INVALID"));
  }
  return peer;
}

// One known to the client only through a message, as clients have it that keep `min` users and channels.
// Being named in a message that the caller can read is as good as an access hash.
Task<Result<Peer>> named_in(Context& context, const tl::Box<tl::InputPeer>& where, std::int32_t message_id,
                            Peer named, std::string_view error) {
  // Not through a message of a dialog known through a message: input must not decide how deep we go.
  if (where.is<tl::inputPeerUserFromMessage>() || where.is<tl::inputPeerChannelFromMessage>()) {
    co_return fail(Error::invalid("PEER_ID_INVALID"));
  }
  CO_ASSIGN(const auto peer, co_await peer_from(context, where));
  std::vector<MessageId> ids{MessageId{message_id}};
  const auto& environment = context.services.environment;
  std::vector<std::optional<store::Message>> found;
  if (peer.is_channel()) {
    CO_ASSIGN(found,
              co_await services::channel_messages(environment, context.caller.user, peer, std::move(ids)));
  } else {
    CO_ASSIGN(found, co_await services::messages_by_id(environment, context.caller.user, std::move(ids)));
  }
  if (found.empty() || !found.front() || found.front()->peer != peer) {
    co_return fail(Error::invalid("MSG_ID_INVALID"));
  }
  std::vector<Peer> all;
  collect_peers(*found.front(), all);
  if (std::ranges::find(all, named) == all.end()) co_return fail(Error::invalid(error));
  co_return named;
}

}  // namespace

Task<Result<UserId>> user_from(Context& context, const tl::Box<tl::InputUser>& input) {
  constexpr std::string_view wrong = "USER_ID_INVALID";
  if (input.is<tl::inputUserSelf>()) co_return context.caller.user;
  if (const auto* user = input.get_if<tl::inputUser>()) {
    co_return checked(context, user->user_id, user->access_hash, wrong);
  }
  if (const auto* user = input.get_if<tl::inputUserFromMessage>()) {
    CO_ASSIGN(const auto peer,
              co_await named_in(context, user->peer, user->msg_id, Peer::of(UserId{user->user_id}), wrong));
    co_return peer.user();
  }
  co_return fail(Error::invalid(wrong));
}

Task<Result<Peer>> peer_from(Context& context, const tl::Box<tl::InputPeer>& input) {
  constexpr std::string_view wrong = "PEER_ID_INVALID";
  if (input.is<tl::inputPeerSelf>()) co_return Peer::of(context.caller.user);
  if (const auto* user = input.get_if<tl::inputPeerUser>()) {
    CO_ASSIGN(const auto id, checked(context, user->user_id, user->access_hash, wrong));
    co_return Peer::of(id);
  }
  if (const auto* user = input.get_if<tl::inputPeerUserFromMessage>()) {
    co_return co_await named_in(context, user->peer, user->msg_id, Peer::of(UserId{user->user_id}), wrong);
  }
  if (const auto* chat = input.get_if<tl::inputPeerChat>()) co_return group_from(chat->chat_id);
  if (const auto* channel = input.get_if<tl::inputPeerChannel>()) {
    co_return checked_channel(context, channel->channel_id, channel->access_hash);
  }
  if (const auto* channel = input.get_if<tl::inputPeerChannelFromMessage>()) {
    co_return co_await named_in(context, channel->peer, channel->msg_id,
                                Peer::of(ChannelId{channel->channel_id}), "CHANNEL_INVALID");
  }
  co_return fail(Error::invalid(wrong));
}

Task<Result<Peer>> channel_from(Context& context, const tl::Box<tl::InputChannel>& input) {
  if (const auto* channel = input.get_if<tl::inputChannel>()) {
    co_return checked_channel(context, channel->channel_id, channel->access_hash);
  }
  if (const auto* channel = input.get_if<tl::inputChannelFromMessage>()) {
    co_return co_await named_in(context, channel->peer, channel->msg_id,
                                Peer::of(ChannelId{channel->channel_id}), "CHANNEL_INVALID");
  }
  co_return fail(Error::invalid("CHANNEL_INVALID"));
}

Result<Peer> group_from(std::int64_t chat_id) {
  if (chat_id <= 0) return fail(Error::invalid("CHAT_ID_INVALID"));
  return Peer::of(ChatId{chat_id});
}

Task<Result<std::vector<UserId>>> users_from(Context& context,
                                             const std::vector<tl::Box<tl::InputUser>>& inputs) {
  std::vector<UserId> users;
  for (const auto& input : inputs) {
    const auto user = co_await user_from(context, input);
    if (user) {
      users.push_back(*user);
    } else if (user.error().kind == ErrorKind::unavailable || user.error().kind == ErrorKind::internal) {
      co_return fail(user.error());
    }
  }
  co_return users;
}

}  // namespace heliograph::api
