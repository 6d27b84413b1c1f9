// For tests of the private chat: two people, one of them with a second device, and short cuts to what they
// do.
#pragma once

#include <gtest/gtest.h>

#include "services/chats/append.h"
#include "services/chats/history.h"
#include "services/chats/send.h"
#include "services/testing/world.h"
#include "services/updates/events.h"

namespace heliograph::services::testing {

class ChatTest : public ::testing::Test {
 protected:
  static std::string_view code_of(const auto& result) { return result ? "" : result.error().code; }

  SendMessage message(UserId to, std::string text) {
    SendMessage request;
    request.to = Peer::of(to);
    request.text = std::move(text);
    request.random_id = ++last_random_id;
    return request;
  }
  Result<Sent> try_send(const Caller& from, SendMessage request) {
    return world.run(send_message(world.environment, from, std::move(request)));
  }
  Sent send(const Caller& from, UserId to, std::string text) {
    return World::must(try_send(from, message(to, std::move(text))));
  }
  // Newest first.
  std::vector<store::Message> history(const Caller& of, UserId with) {
    return World::must(world.run(services::history(world.environment, of.user, Peer::of(with), {}))).messages;
  }
  std::vector<std::string> texts(const Caller& of, UserId with) {
    std::vector<std::string> out;
    for (const auto& one : history(of, with)) out.push_back(one.text);
    return out;
  }
  std::optional<store::Message> find(const Caller& of, MessageId id) {
    return World::must(world.read([=](store::Tx& tx) { return tx.messages().find(of.user, id); }));
  }
  // The other side's copy of one's own message.
  store::Message copy_of(const store::Message& message, const Caller& at) {
    const auto copies =
        World::must(world.read([&](store::Tx& tx) { return tx.messages().copies(message.link); }));
    for (const auto& copy : copies) {
      if (copy.owner == at.user) return copy;
    }
    ADD_FAILURE() << "no copy in that box";
    return {};
  }
  MessageContent content_of(const store::Message& message) { return World::must(decode_content(message)); }
  std::optional<store::Dialog> dialog(const Caller& of, UserId with) {
    return World::must(world.read([=](store::Tx& tx) { return tx.dialogs().find(of.user, Peer::of(with)); }));
  }
  store::State state(const Caller& of) {
    return World::must(world.read([=](store::Tx& tx) { return tx.updates().state(of.user); }));
  }
  // Kinds of what the account's log holds after `pts`.
  std::vector<store::UpdateKind> log_after(const Caller& of, std::int32_t pts) {
    const auto entries =
        World::must(world.read([=](store::Tx& tx) { return tx.updates().after_pts(of.user, pts, 1000); }));
    std::vector<store::UpdateKind> kinds;
    for (const auto& entry : entries) kinds.push_back(entry.kind);
    return kinds;
  }

  World world;
  Caller ada = world.sign_up("Ada", "Lovelace");
  Caller bob = world.sign_up("Bob");
  std::int64_t last_random_id = 1000;
};

}  // namespace heliograph::services::testing
