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

// A user known to the client only through a message, as clients have it that keep `min` users. Being named in
// a message of the caller's own box is as good as an access hash.
Task<Result<UserId>> named_in(Context& context, const tl::Box<tl::InputPeer>& where, std::int32_t message_id,
                              std::int64_t user_id, std::string_view error) {
  // Not through a message of a dialog known through a message: input must not decide how deep we go.
  if (where.is<tl::inputPeerUserFromMessage>()) co_return fail(Error::invalid("PEER_ID_INVALID"));
  CO_ASSIGN(const auto peer, co_await peer_from(context, where));
  std::vector<MessageId> ids{MessageId{message_id}};
  CO_ASSIGN(const auto found, co_await services::messages_by_id(context.services.environment,
                                                                context.caller.user, std::move(ids)));
  if (found.empty() || !found.front() || found.front()->peer != peer) {
    co_return fail(Error::invalid("MSG_ID_INVALID"));
  }
  std::vector<UserId> named;
  collect_users(*found.front(), named);
  const UserId user{user_id};
  if (std::ranges::find(named, user) == named.end()) co_return fail(Error::invalid(error));
  co_return user;
}

}  // namespace

Task<Result<UserId>> user_from(Context& context, const tl::Box<tl::InputUser>& input) {
  constexpr std::string_view wrong = "USER_ID_INVALID";
  if (input.is<tl::inputUserSelf>()) co_return context.caller.user;
  if (const auto* user = input.get_if<tl::inputUser>()) {
    co_return checked(context, user->user_id, user->access_hash, wrong);
  }
  if (const auto* user = input.get_if<tl::inputUserFromMessage>()) {
    co_return co_await named_in(context, user->peer, user->msg_id, user->user_id, wrong);
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
    CO_ASSIGN(const auto id, co_await named_in(context, user->peer, user->msg_id, user->user_id, wrong));
    co_return Peer::of(id);
  }
  co_return fail(Error::invalid(wrong));
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
