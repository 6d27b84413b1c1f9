#include "app/listening.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace heliograph::app {
namespace {

class ListeningTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "heliograph-listening-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    file_ = folder_ / "listening.json";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_, file_;
};

TEST_F(ListeningTest, IsThereWhileTheServerListens) {
  {
    const Listening listening(folder_);
    EXPECT_FALSE(std::filesystem::exists(file_)) << "nobody is served yet";
    ASSERT_TRUE(listening.announce({"127.0.0.1", 4430}, {"::1", 8080}));
    std::ifstream in(file_);
    const auto read = nlohmann::json::parse(in);
    EXPECT_EQ(read.at("mtproto"), "127.0.0.1:4430");
    EXPECT_EQ(read.at("http"), "[::1]:8080");
  }
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(ListeningTest, ForgetsARunThatWasKilled) {
  std::ofstream(file_) << "{}";
  const Listening listening(folder_);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(ListeningTest, SaysWhenItCannotWrite) {
  const Listening listening(folder_ / "missing");
  const auto announced = listening.announce({"127.0.0.1", 1}, {"127.0.0.1", 2});
  ASSERT_FALSE(announced);
  EXPECT_EQ(announced.error().code, "FILE_UNWRITABLE");
}

}  // namespace
}  // namespace heliograph::app
