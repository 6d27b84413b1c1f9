// Notification settings, between the wire and the service.
#pragma once

#include "api/method.h"
#include "services/people/notify.h"
#include "tl/core_i.h"
#include "tl/core_n.h"
#include "tl/core_p.h"

namespace heliograph::api {

tl::Box<tl::PeerNotifySettings> render_notify_settings(const services::NotifySettings& settings);
tl::Box<tl::NotifyPeer> render_notify_target(const services::NotifyTarget& target);

// invalid PEER_ID_INVALID (and the like, see api/peers.h).
Task<Result<services::NotifyTarget>> notify_target_from(Context& context,
                                                        const tl::Box<tl::InputNotifyPeer>& input);
// invalid SETTINGS_INVALID.
Result<services::NotifySettings> notify_settings_from(const tl::Box<tl::InputPeerNotifySettings>& input);

}  // namespace heliograph::api
