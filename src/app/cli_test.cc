#include "app/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace heliograph::app {
namespace {

using ::testing::HasSubstr;
using Command = CommandLine::Command;

TEST(CommandLine, ServeLaysOptionsOverTheDefaults) {
  const auto line = parse_command_line({"serve", "--data", "/tmp/x", "--listen-http", "127.0.0.1:0"});
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->command, Command::serve);
  EXPECT_EQ(line->config.data_dir, "/tmp/x");
  EXPECT_EQ(line->config.listen_http, (net::Endpoint{"127.0.0.1", 0}));
  EXPECT_EQ(line->config.listen_mtproto, config::Config().listen_mtproto);
}

TEST(CommandLine, SearchRebuildTakesADataFolder) {
  const auto line = parse_command_line({"search", "rebuild", "--data", "/tmp/x"});
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->command, Command::search_rebuild);
  EXPECT_EQ(line->config.data_dir, "/tmp/x");
}

TEST(CommandLine, LedgerVerifyTakesAnAddressAKeyAndAState) {
  const auto line = parse_command_line(
      {"ledger", "verify", "--url", "http://127.0.0.1:8080", "--state", "s", "--key", "k"});
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->command, Command::ledger_verify);
  EXPECT_EQ(line->verify.url, "http://127.0.0.1:8080");
  EXPECT_EQ(line->verify.state, "s");
  EXPECT_EQ(line->verify.key, "k");
}

TEST(CommandLine, ExportTakesAnAccountAndAFile) {
  const auto line = parse_command_line(
      {"export", "--data", "/tmp/x", "--user", "7", "--out", "a.tar", "--reason", "asked to"});
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->command, Command::export_account);
  EXPECT_EQ(line->wanted.user, 7);
  EXPECT_EQ(line->wanted.out, "a.tar");
  EXPECT_EQ(line->wanted.reason, "asked to");
  EXPECT_TRUE(parse_command_line({"export", "--phone", "+12025550123", "--out", "a.tar"}));
  EXPECT_FALSE(parse_command_line({"export", "--out", "a.tar"}));
  EXPECT_FALSE(parse_command_line({"export", "--user", "7"}));
  EXPECT_FALSE(parse_command_line({"export", "--user", "7", "--phone", "+1", "--out", "a.tar"}));
}

TEST(CommandLine, WrongOnesSayWhatToDo) {
  const struct {
    std::vector<std::string> arguments;
    const char* message;
  } cases[] = {
      {{}, "subcommand"},
      {{"sevre"}, "heliograph --help"},
      {{"serve", "--port", "1"}, "--port"},
      {{"serve", "--data"}, "--data"},
      {{"serve", "--listen-http", "8080"}, "--listen-http: Write it as ADDRESS:PORT"},
      {{"serve", "--listen-mtproto", "example.org:1"}, "--listen-mtproto: Not an IP address"},
      {{"serve", "--config", "/nonexistent.toml"}, "Cannot read"},
      {{"version", "extra"}, "extra"},
      {{"ledger"}, "subcommand"},
      {{"ledger", "verify"}, "--url"},
  };
  for (const auto& c : cases) {
    const auto line = parse_command_line(c.arguments);
    ASSERT_FALSE(line) << c.message;
    EXPECT_THAT(line.error().message, HasSubstr(c.message));
    std::ostringstream out, err;
    EXPECT_EQ(run(c.arguments, out, err), 2);
    EXPECT_THAT(err.str(), HasSubstr(c.message));
    EXPECT_EQ(out.str(), "");
  }
}

TEST(CommandLine, HelpAndVersionGoToTheOutput) {
  std::ostringstream out, err;
  EXPECT_EQ(run({"--help"}, out, err), 0);
  EXPECT_THAT(out.str(), HasSubstr("serve"));
  EXPECT_EQ(run({"version"}, out, err), 0);
  EXPECT_THAT(out.str(), HasSubstr("heliograph "));
  EXPECT_EQ(err.str(), "");
}

}  // namespace
}  // namespace heliograph::app
