// For tests of groups and channels: Ada makes them, and short cuts to what people do there.
#pragma once

#include "services/groups/create.h"
#include "services/groups/members.h"
#include "services/groups/settings.h"
#include "services/testing/chat.h"

namespace heliograph::services::testing {

class GroupsTest : public ChatTest {
 protected:
  Peer group(std::vector<UserId> users) {
    return World::must(world.run(create_group(world.environment, world.services.limits, ada, "Friends",
                                              std::move(users), 0)))
        .peer;
  }
  Peer channel(bool broadcast, std::string username = {}) {
    return channel_of(ada, broadcast, std::move(username));
  }
  Peer channel_of(const Caller& owner, bool broadcast, std::string username = {}) {
    NewChannel wanted;
    wanted.broadcast = broadcast;
    wanted.title = "News";
    const auto peer =
        World::must(world.run(create_channel(world.environment, world.services.limits, owner, wanted))).peer;
    if (!username.empty()) {
      World::must(world.run(set_chat_username(world.environment, owner, peer, std::move(username))));
    }
    return peer;
  }
  Result<Sent> post(const Caller& from, Peer to, std::string text) {
    SendMessage request;
    request.to = to;
    request.text = std::move(text);
    request.random_id = ++last_random_id;
    return try_send(from, std::move(request));
  }
  std::vector<std::string> texts_in(const Caller& of, Peer peer) {
    std::vector<std::string> out;
    const auto page = World::must(world.run(services::history(world.environment, of.user, peer, {})));
    for (const auto& one : page.messages) {
      if ((one.flags & store::message_service) == 0) out.push_back(one.text);
    }
    return out;
  }
  Status enter_by_name(const Caller& who, Peer peer) {
    const auto joined = world.run(join(world.environment, who, peer));
    if (!joined) return fail(joined.error());
    return {};
  }
};

}  // namespace heliograph::services::testing
