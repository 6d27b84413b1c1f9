// What most tests through the front door begin with: the door, and peers as a client names them.
#pragma once

#include <gtest/gtest.h>

#include "api/testing/front_door.h"
#include "tl/core_i.h"

namespace heliograph::api::testing {

class FrontDoorTest : public ::testing::Test {
 protected:
  tl::inputPeerUser peer(const Caller& viewer, const Caller& user) {
    tl::inputPeerUser wire;
    wire.user_id = user.user.value;
    wire.access_hash =
        door.world.run(door.world.services.users.view_one(viewer.user, user.user))->access_hash;
    return wire;
  }
  // A channel or supergroup.
  tl::Box<tl::InputPeer> input(const Caller& viewer, Peer channel) {
    tl::inputPeerChannel wire;
    wire.channel_id = channel.id;
    wire.access_hash =
        World::must(door.world.run(door.world.services.chat_views.view_one(viewer.user, channel)))
            .access_hash;
    return wire;
  }

  FrontDoor door;
};

}  // namespace heliograph::api::testing
