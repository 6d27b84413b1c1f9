#include "app/export/tar.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "store/suite/temp_directory.h"

namespace heliograph::app {
namespace {

class TarTest : public ::testing::Test {
 protected:
  std::string archive() {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  store::suite::TempDirectory directory;
  std::filesystem::path path = directory / "a.tar";
};

TEST_F(TarTest, EntriesAreInBlocksWithTheirSizesAndSums) {
  auto tar = TarWriter::create(path);
  ASSERT_TRUE(tar);
  ASSERT_TRUE(tar->add("one.txt", as_bytes("hello"), 1'000));
  ASSERT_TRUE(tar->add("empty", {}, 0));
  ASSERT_TRUE(tar->begin("sub/two.bin", 600, 0));
  ASSERT_TRUE(tar->write(Bytes(500, 'x')));
  ASSERT_TRUE(tar->write(Bytes(100, 'y')));
  ASSERT_TRUE(tar->finish());
  const auto bytes = archive();
  ASSERT_EQ(bytes.size(), 512U * (2 + 1 + 3 + 2));
  EXPECT_EQ(bytes.substr(0, 8), std::string("one.txt\0", 8));
  EXPECT_EQ(bytes.substr(124, 11), "00000000005");
  EXPECT_EQ(bytes.substr(136, 11), "00000001750");
  EXPECT_EQ(bytes.substr(257, 8), std::string("ustar\00000", 8));
  EXPECT_EQ(bytes.substr(512, 6), std::string("hello\0", 6));
  EXPECT_EQ(bytes.substr(1024, 6), std::string("empty\0", 6));
  EXPECT_EQ(bytes.substr(1536, 11), "sub/two.bin");
  // As others read it: the sums are checked there.
  EXPECT_EQ(std::system(("tar -tf " + path.string() + " > /dev/null").c_str()), 0);
}

TEST_F(TarTest, NothingIsOverwrittenAndNothingHalfDoneStays) {
  {
    auto tar = TarWriter::create(path);
    ASSERT_TRUE(tar);
    ASSERT_TRUE(tar->add("one.txt", as_bytes("hello"), 0));
    EXPECT_EQ(TarWriter::create(path).error().code, "FILE_EXISTS");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(TarWriter::create(directory / "no/such/folder").error().code, "FILE_UNWRITABLE");
}

TEST_F(TarTest, AnEntryThatNoHeaderCanHoldIsRefused) {
  auto tar = TarWriter::create(path);
  ASSERT_TRUE(tar);
  EXPECT_EQ(tar->begin("huge", TarWriter::size_max + 1, 0).error().code, "FILE_TOO_LARGE");
}

}  // namespace
}  // namespace heliograph::app
