#include "crypto/sealer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <set>

#include "crypto/random.h"

namespace heliograph::crypto {
namespace {

class Sealing : public testing::Test {
 protected:
  SystemRandom random;
  SecretKey key = SecretKey::generate(random);
  Sealer sealer{key};
};

TEST_F(Sealing, OpensWhatWasSealed) {
  const auto sealed = sealer.seal(as_bytes("+15550001"), as_bytes("accounts.phone/1"), random);
  EXPECT_EQ(sealed.size(), 9 + Sealer::overhead);
  const auto opened = sealer.open(sealed, as_bytes("accounts.phone/1"));
  ASSERT_TRUE(opened);
  EXPECT_EQ(as_text(*opened), "+15550001");
  EXPECT_NE(sealed, sealer.seal(as_bytes("+15550001"), as_bytes("accounts.phone/1"), random));
}

TEST_F(Sealing, RefusesWhatWasChangedOrMoved) {
  const auto sealed = sealer.seal(as_bytes("secret"), as_bytes("row 1"), random);
  EXPECT_EQ(sealer.open(sealed, as_bytes("row 2")).error().code, "SEAL_BROKEN");
  EXPECT_FALSE(Sealer(SecretKey::generate(random)).open(sealed, as_bytes("row 1")));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] ^= 1;
    EXPECT_FALSE(sealer.open(changed, as_bytes("row 1"))) << "byte " << i;
    EXPECT_FALSE(sealer.open(ByteView(sealed).first(i), as_bytes("row 1"))) << "cut at " << i;
  }
}

TEST_F(Sealing, BlindIndexFindsEqualValuesOnly) {
  const BlindIndex index(key);
  EXPECT_EQ(index.tag(as_bytes("a")), index.tag(as_bytes("a")));
  EXPECT_NE(index.tag(as_bytes("a")), index.tag(as_bytes("b")));
  EXPECT_NE(index.tag(as_bytes("a")), BlindIndex(key.derive("other")).tag(as_bytes("a")));
}

TEST_F(Sealing, KeysForDifferentPurposesDiffer) {
  EXPECT_TRUE(equal_constant_time(key.derive("phone").view(), key.derive("phone").view()));
  EXPECT_FALSE(equal_constant_time(key.derive("phone").view(), key.derive("auth key").view()));
  EXPECT_FALSE(equal_constant_time(key.view(), key.view().first(31)));
}

class KeyFile : public Sealing {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "heliograph-key-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::filesystem::path folder;
};

TEST_F(KeyFile, IsCreatedOnceAndThenRead) {
  const auto path = folder / "master.key";
  const auto created = load_or_create_key_file(path, random);
  ASSERT_TRUE(created) << created.error().message;
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const auto loaded = load_or_create_key_file(path, random);
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(equal_constant_time(created->view(), loaded->view()));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1) << "nothing is left beside it";
}

TEST_F(KeyFile, SaysWhatIsWrong) {
  const auto path = folder / "master.key";
  std::ofstream(path) << "not a key\n";
  ::chmod(path.c_str(), 0600);
  EXPECT_EQ(load_or_create_key_file(path, random).error().code, "KEY_FILE_INVALID");
  ::chmod(path.c_str(), 0644);
  EXPECT_THAT(load_or_create_key_file(path, random).error().message, testing::HasSubstr("chmod 600"));
  EXPECT_EQ(load_or_create_key_file(folder / "none" / "key", random).error().code, "KEY_FILE_UNWRITABLE");
}

TEST(SystemRandom, DoesNotRepeat) {
  SystemRandom random;
  std::set<Bytes> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(random.bytes(16)).second);
  EXPECT_NE(random.bytes(5000), random.bytes(5000));
}

}  // namespace
}  // namespace heliograph::crypto
