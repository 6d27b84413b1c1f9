// Whom a request names: the wire's InputUser and InputPeer, with the access hash checked. That a client holds
// the right hash means that the server has shown it this user.
#pragma once

#include <vector>

#include "api/method.h"
#include "tl/core_i.h"

namespace heliograph::api {

// invalid USER_ID_INVALID; MSG_ID_INVALID where the message that is said to name the user is not the
// caller's.
Task<Result<UserId>> user_from(Context& context, const tl::Box<tl::InputUser>& input);
// invalid PEER_ID_INVALID, CHANNEL_INVALID, MSG_ID_INVALID. Whether the caller may do anything there is for
// the services to say.
Task<Result<Peer>> peer_from(Context& context, const tl::Box<tl::InputPeer>& input);
// invalid CHANNEL_INVALID, MSG_ID_INVALID.
Task<Result<Peer>> channel_from(Context& context, const tl::Box<tl::InputChannel>& input);
// A basic group by its number. CHAT_ID_INVALID.
Result<Peer> group_from(std::int64_t chat_id);
// Those that can be told; wrong ones are left out.
Task<Result<std::vector<UserId>>> users_from(Context& context,
                                             const std::vector<tl::Box<tl::InputUser>>& inputs);

}  // namespace heliograph::api
