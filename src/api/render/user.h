// Users on the wire.
#pragma once

#include <vector>

#include "services/people/users.h"
#include "services/updates/events.h"
#include "tl/core_p.h"
#include "tl/core_s.h"
#include "tl/core_u.h"

namespace heliograph::api {

// Always with the access hash, never `min`: what a client is shown of a user, it may use.
tl::Box<tl::User> render_user(const services::UserView& view);
std::vector<tl::Box<tl::User>> render_users(const std::vector<services::UserView>& views);
// As `viewer` sees them; each once, unknown ids left out. For the `users` field of an answer.
Task<Result<std::vector<tl::Box<tl::User>>>> describe_users(services::Users& users, UserId viewer,
                                                            std::vector<UserId> ids);

// Null for Kind::none, where clients show nothing; a required field then takes userStatusEmpty.
tl::Box<tl::UserStatus> render_status(const services::UserStatus& status);
tl::Box<tl::UserFull> render_full_user(const services::FullUserView& view,
                                       tl::Box<tl::PeerNotifySettings> notify_settings);
tl::Box<tl::PeerSettings> render_peer_settings(const services::PeerSettings& settings);
tl::Box<tl::SendMessageAction> render_typing(const services::events::Typing& event);

}  // namespace heliograph::api
