// For tests of moderation: groups with a judge, a ledger and whoever acts on what they say.
#pragma once

#include "ledger/testing/world.h"
#include "safety/scan/built_in.h"
#include "services/moderation/moderation.h"
#include "services/testing/groups.h"

namespace heliograph::services::testing {

class ModeratedTest : public GroupsTest {
 protected:
  explicit ModeratedTest(std::shared_ptr<const safety::Rulebook> rulebook) : gate(std::move(rulebook)) {
    World::must(world.run(ledger.open()));
  }

  // What the program carries.
  static std::shared_ptr<const safety::Rulebook> shipped() {
    static const auto book = World::must(safety::load_rulebook({}, 0));
    return book;
  }
  std::vector<store::Case> queue() {
    return World::must(world.read([](store::Tx& tx) { return tx.cases().queue({}, {}, 100); }));
  }
  // Newest first.
  std::vector<store::Case> cases_of(const Caller& who) {
    return World::must(world.read([&](store::Tx& tx) { return tx.cases().of_user(who.user, 100); }));
  }
  safety::CaseFile file_of(const store::Case& one) {
    return World::must(safety::open_file(one, world.sealer));
  }
  // What the service account has told them, newest first.
  std::vector<std::string> notices_to(const Caller& who) {
    std::vector<std::string> out;
    for (const auto& one : history(who, service_user)) out.push_back(one.text);
    return out;
  }
  store::Message at(Peer peer, MessageId id) {
    return *World::must(
        world.read([=](store::Tx& tx) { return tx.messages().find(BoxId::of(peer.channel()), id); }));
  }
  store::Chat chat_at(Peer peer) {
    return *World::must(world.read([=](store::Tx& tx) { return tx.chats().find(peer); }));
  }
  std::int64_t recorded() {
    return World::must(world.read([](store::Tx& tx) { return tx.ledger().count_waiting(); }));
  }
  // The acts in the ledger, in their order.
  std::vector<std::string> acts() {
    std::vector<std::string> out;
    for (std::int64_t id = 1;; ++id) {
      const auto opened = world.run(ledger.opening(ledger::RecordId{id}, true));
      if (!opened) return out;
      for (const auto& field : opened->parts) {
        if (field.name == "act") out.push_back(field.value);
      }
    }
  }

  safety::Gate gate;
  ledger::testing::MemoryRecord published;
  ledger::Ledger ledger{
      {*world.store, world.clock, world.random, crypto::SecretKey{{9}}, ledger::testing::signer(), published},
      4};
  Moderation moderation{world.environment,
                        {.gate = &gate, .ledger = &ledger, .appeals = "the operator, appeals@example.org"},
                        {*world.blobs, world.images},
                        world.services.keys,
                        world.devices,
                        world.services.users};
};

}  // namespace heliograph::services::testing
