// A copy of all that the server has, with its own key, after a request has gone the whole way: phone numbers
// and orders can be read, addresses cannot.
#include "legal/testing/thief.h"

#include <gmock/gmock.h>

#include "legal/testing/desk.h"

namespace heliograph::legal {
namespace {

using testing::ann;
using ::testing::Contains;
using ::testing::IsEmpty;
using testing::Thief;

class ThiefTest : public ::testing::Test, public testing::DeskWorld {
 protected:
  // Everything that hangs on secret.key here, and the secret itself.
  std::vector<crypto::SecretKey> keys() const {
    std::vector<crypto::SecretKey> out{world.secret};
    for (const auto* label : {"sealing", "likeness", "answers", "ledger seal", "ledger padding"}) {
      out.push_back(world.secret.derive(label));
    }
    return out;
  }
  std::set<std::string> found(std::vector<Bytes> needles, std::size_t* opened = nullptr) {
    Thief thief(keys(), std::move(needles));
    auto out = thief.search(world.directory / "data");
    if (opened != nullptr) *opened = thief.opened();
    return out;
  }
  static Bytes text(std::string_view words) { return to_bytes(as_bytes(words)); }
};

TEST_F(ThiefTest, StoreAndSecretSayNothingOfAddresses) {
  const std::vector<Bytes> address{from_hex("20010db89c3f00510000000000000007"), text("2001:db8:9c3f:51::7"),
                                   from_hex("cb00714d"), text("203.0.113.77")};
  // One request that was answered and collected, one whose rows have contributions, one that is only there.
  connect(ann, "2001:db8:9c3f:51::7", now() - 3 * 86'400);
  connect(ann, "203.0.113.77", now() - 2 * 86'400);
  const auto collected = filed();
  through(collected, Gate::disclosed);
  ASSERT_EQ(read_package(collect(collected).value()).addresses.size(), 2U);
  through(filed(), Gate::unsealed);
  filed();
  std::size_t opened = 0;
  EXPECT_THAT(found(address, &opened), IsEmpty());
  EXPECT_GT(opened, 50U);
  // The search finds what is there to be found: an order, sealed with the desk's key, and who was called.
  EXPECT_THAT(found({text("123 Js 456/26")}), Contains("legal_requests.sealed"));
  EXPECT_THAT(found({text("+49 30 1234")}), Contains("legal_agencies.sealed"));
  EXPECT_THAT(found({text("Staatsanwaltschaft Musterstadt")}), Contains("legal_agencies.name"));
}

}  // namespace
}  // namespace heliograph::legal
