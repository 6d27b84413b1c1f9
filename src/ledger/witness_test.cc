#include "ledger/witness.h"

#include <gmock/gmock.h>

#include "ledger/testing/world.h"
#include "ledger/text.h"

namespace heliograph::ledger {
namespace {

using testing::ban;
using testing::World;

// A witness as the specification has it.
class WitnessThere final : public WitnessLine {
 public:
  explicit WitnessThere(const VerifierKey& log) : log_(log) {
    std::array<std::uint8_t, 32> seed;
    seed.fill(3);
    key_.emplace(crypto::SecretKey(seed));
  }
  Witness witness() const {
    return {{"w.example", KeyKind::cosigner, key_->public_key()}, "https://w.example/log"};
  }

  Task<Result<Answer>> post(std::string url, std::string body) override {
    ++requests;
    EXPECT_EQ(url, "https://w.example/log/add-checkpoint");
    if (away) co_return fail(Error::unavailable("HTTP_FAILED"));
    std::string_view text = body;
    const auto old_line = take_line(text);
    if (!old_line || !old_line->starts_with("old ")) co_return Answer{400, ""};
    const auto old_size = from_decimal(old_line->substr(4));
    Proof proof;
    for (;;) {
      const auto line = take_line(text);
      if (!line || line->empty()) break;
      proof.push_back(from_base64_exactly<32>(*line).value());
    }
    const auto note = Note::parse(text).value();
    const auto tree = open_checkpoint(note, log_);
    if (!tree) co_return Answer{403, ""};
    if (old_size != size) co_return Answer{409, std::to_string(size) + "\n"};
    if (!verify_consistency(size, root, tree->size, tree->root, proof)) co_return Answer{422, ""};
    size = tree->size;
    root = tree->root;
    if (lose_answer) co_return fail(Error::unavailable("HTTP_FAILED"));
    auto signature = cosign(*key_, "w.example", note.text, 1'700'000'000);
    if (lie) signature.signature[20] ^= 1;
    co_return Answer{200, cosign(*key_, "other.example", note.text, 5).line() + signature.line()};
  }

  int requests = 0;
  bool away = false, lose_answer = false, lie = false;
  std::uint64_t size = 0;
  Hash root = empty_root();

 private:
  VerifierKey log_;
  std::optional<crypto::Ed25519Key> key_;
};

class WitnessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(world.wait(world.ledger->open()));
    there.emplace(world.ledger->key());
    witnesses.emplace(*world.ledger, *world.store, *there, std::vector<Witness>{there->witness()});
  }
  void publish() {
    ASSERT_TRUE(world.wait(world.ledger->batch()));
    ASSERT_TRUE(world.wait(witnesses->submit()));
  }
  bool cosigned() {
    return Note::parse(world.ledger->checkpoint()).value().signed_by(there->witness().key).has_value();
  }
  World world;
  std::optional<WitnessThere> there;
  std::optional<Witnesses> witnesses;
};

TEST_F(WitnessTest, SignsEveryCheckpointAndItsSignatureIsServed) {
  for (int i = 0; i < 3; ++i) {
    publish();
    EXPECT_TRUE(cosigned());
  }
  EXPECT_EQ(there->requests, 3);  // each from the size before: no guessing
  EXPECT_EQ(Note::parse(world.ledger->checkpoint()).value().signatures.size(), 2u);
  ASSERT_TRUE(world.wait(witnesses->submit()));
  EXPECT_EQ(there->requests, 3);  // what is signed is not asked for again
  const auto before = world.ledger->checkpoint();
  world.open();
  ASSERT_TRUE(world.wait(world.ledger->open()));
  EXPECT_EQ(world.ledger->checkpoint(), before);
}

TEST_F(WitnessTest, OneThatWasAwayCatchesUp) {
  there->away = true;
  publish();
  publish();
  EXPECT_EQ(witnesses->stats().failures, 2u);
  EXPECT_FALSE(cosigned());
  there->away = false;
  publish();
  EXPECT_TRUE(cosigned());
}

TEST_F(WitnessTest, AnAnswerThatWasLostIsMadeUpFor) {
  publish();
  there->lose_answer = true;
  publish();
  there->lose_answer = false;
  publish();  // it has a size that the log does not know of: it says so, and is asked again
  EXPECT_TRUE(cosigned());
  EXPECT_FALSE(world.ledger->stats().halted);
}

TEST_F(WitnessTest, AWrongSignatureIsNotServed) {
  there->lie = true;
  publish();
  EXPECT_FALSE(cosigned());
  EXPECT_EQ(witnesses->stats().failures, 1u);
  EXPECT_EQ(Note::parse(world.ledger->checkpoint()).value().signatures.size(), 1u);
}

TEST_F(WitnessTest, OneThatHasSeenALongerLogHaltsTheLedger) {
  publish();
  there->size = 1'000;
  publish();
  EXPECT_TRUE(world.ledger->stats().halted);
  EXPECT_FALSE(cosigned());
}

TEST_F(WitnessTest, OneThatHasSeenAnotherTreeHaltsTheLedger) {
  publish();
  there->root[0] ^= 1;
  publish();  // the proof does not lead from what it has
  EXPECT_FALSE(cosigned());
  EXPECT_TRUE(world.ledger->stats().halted);
}

TEST(Witness, IsWrittenAsKeyAndAddress) {
  std::array<std::uint8_t, 32> seed{};
  const VerifierKey key{"w.example", KeyKind::cosigner,
                        crypto::Ed25519Key(crypto::SecretKey(seed)).public_key()};
  const auto parsed = Witness::parse(key.text() + " https://w.example/log/");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->url, "https://w.example/log");
  EXPECT_EQ(parsed->key, key);
  const VerifierKey log{"w.example", KeyKind::log, key.key};
  for (const auto& bad : {key.text(), key.text() + " w.example", key.text() + " https://w.example a",
                          std::string(), log.text() + " https://w.example", "x " + key.text()}) {
    EXPECT_FALSE(Witness::parse(bad)) << bad;
  }
}

}  // namespace
}  // namespace heliograph::ledger
