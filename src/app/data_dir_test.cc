#include "app/data_dir.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "crypto/random.h"

namespace heliograph::app {
namespace {

class DataDirTest : public ::testing::Test {
 protected:
  DataDirTest() {
    std::string name = ::testing::TempDir() + "data_dir_XXXXXX";
    root = ::mkdtemp(name.data());
    path = root / "nested" / "data";
  }
  ~DataDirTest() override { std::filesystem::remove_all(root); }
  static mode_t mode_of(const std::filesystem::path& file) {
    struct stat info{};
    EXPECT_EQ(::stat(file.c_str(), &info), 0);
    return info.st_mode & 0777;
  }
  std::filesystem::path root, path;
};

TEST_F(DataDirTest, IsMadePrivateAndHeldByOneProcess) {
  {
    const auto dir = DataDir::open(path);
    ASSERT_TRUE(dir) << dir.error().message;
    EXPECT_EQ(mode_of(path), 0700u);
    EXPECT_EQ(DataDir::open(path).error().code, "DATA_DIR_IN_USE");
    EXPECT_EQ(holder_of(path).value_or(0), ::getpid());
  }
  EXPECT_EQ(holder_of(path).error().code, "DATA_DIR_IDLE");
  EXPECT_TRUE(DataDir::open(path)) << "given back";
}

TEST_F(DataDirTest, TheServerKeyIsMadeOnceAndReadableByNobodyElse) {
  const auto dir = DataDir::open(path);
  ASSERT_TRUE(dir);
  const auto key = dir->server_key();
  ASSERT_TRUE(key);
  EXPECT_EQ(mode_of(path / "server_key.pem"), 0600u);
  EXPECT_EQ(dir->server_key()->fingerprint(), key->fingerprint());
}

TEST_F(DataDirTest, ADamagedServerKeyIsNotReplaced) {
  const auto dir = DataDir::open(path);
  ASSERT_TRUE(dir);
  std::ofstream(path / "server_key.pem") << "not a key\n";
  EXPECT_EQ(dir->server_key().error().code, "SERVER_KEY_INVALID");
  std::string kept;
  std::getline(std::ifstream(path / "server_key.pem"), kept);
  EXPECT_EQ(kept, "not a key");
}

TEST_F(DataDirTest, AFileInTheWayIsAnError) {
  std::ofstream(root / "file") << "x";
  EXPECT_EQ(DataDir::open(root / "file").error().code, "DATA_DIR_UNUSABLE");
  EXPECT_EQ(DataDir::open("/proc/nowhere/data").error().code, "DATA_DIR_UNUSABLE");
}

TEST_F(DataDirTest, NewFilesNeverReplaceOthers) {
  ASSERT_TRUE(write_new_file(root / "a", "one"));
  EXPECT_FALSE(write_new_file(root / "a", "two"));
  std::string kept;
  std::getline(std::ifstream(root / "a"), kept);
  EXPECT_EQ(kept, "one");
}

}  // namespace
}  // namespace heliograph::app
