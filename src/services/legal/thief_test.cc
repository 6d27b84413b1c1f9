// What a thief of store and secret.key learns of where somebody was connected from: the last address of each
// signed-in device, which docs/threat-model.md names, and nothing else.
#include "legal/testing/thief.h"

#include <gmock/gmock.h>

#include "crypto/random.h"
#include "ledger/testing/world.h"
#include "legal/testing/ceremony.h"
#include "legal/testing/certificate.h"
#include "services/legal/legal_desk.h"
#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class JournalThiefTest : public ::testing::Test, public testing::World {};

TEST_F(JournalThiefTest, TheDeviceListIsTheOneExceptionThatIsNamed) {
  const crypto::SecretKey secret{{1}};  // that the world's sealer is made with
  ledger::testing::MemoryRecord published;
  ledger::Ledger ledger{{*store, clock, random, secret, ledger::testing::signer(), published}, 4};
  LegalDesk desk{environment, {ledger, secret, legal::testing::a_certificate()}};
  crypto::SystemRandom system_random;
  const auto made = legal::testing::make_key(2, {"Ana", "Ben", "Cem"}, system_random);
  must(write([&](store::Tx& tx) {
    return store::journal_of(tx).add_key({0, made.key.encode(), clock.unix_seconds(), 0});
  }));
  const auto ada = sign_up("Ada");  // from 192.0.2.1
  must(run(desk.journal().seen(ada.user, ada.key, "192.0.2.1", 40'000)));
  must(run(desk.journal().seen(ada.user, ada.key, "2001:db8:9c3f:51::7", 40'001)));

  std::vector<crypto::SecretKey> keys{secret};
  for (const auto* label :
       {"seal", "phone index", "access hashes", "staff codes", "server salts", "ledger", "ledger seal",
        "ledger padding", "legal desk", "legal likeness", "legal answers"}) {
    keys.push_back(secret.derive(label));
  }
  const auto found = [&](std::vector<Bytes> needles) {
    auto out = legal::testing::Thief(keys, needles).search(folder.path);
    out.merge(legal::testing::Thief(keys, needles).search(files.path));
    return out;
  };
  EXPECT_THAT(found({to_bytes(as_bytes("192.0.2.1"))}), ElementsAre("auth_keys.ip_sealed"));
  EXPECT_THAT(
      found({from_hex("20010db89c3f00510000000000000007"), to_bytes(as_bytes("2001:db8:9c3f:51::7"))}),
      IsEmpty());
}

}  // namespace
}  // namespace heliograph::services
