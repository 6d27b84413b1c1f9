#include "app/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "store/suite/temp_directory.h"

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

struct Ran {
  int status = 0;
  std::string out, err;
};
Ran staff(std::vector<std::string> arguments, const std::filesystem::path& data) {
  arguments.insert(arguments.begin(), "staff");
  if (arguments[1] != "roles") arguments.insert(arguments.end(), {"--data", data.string()});
  std::ostringstream out, err;
  const int status = run(std::move(arguments), out, err);
  return {status, out.str(), err.str()};
}

TEST(StaffCommand, AddsPeopleWithoutAServer) {
  const store::suite::TempDirectory directory;
  const auto data = directory / "data";
  const auto added = staff({"add", "--role", "senior-moderator", "--name", "Ana Lu"}, data);
  EXPECT_EQ(added.status, 0) << added.err;
  EXPECT_THAT(added.out, ::testing::MatchesRegex("http://localhost:8080/console#/enrol/[A-Za-z0-9_-]{43}\n"));
  EXPECT_EQ(staff({"list"}, data).out, "1\tAna Lu\tsenior-moderator\tinvited\n");
  EXPECT_THAT(staff({"token", "Ana Lu"}, data).out, ::testing::MatchesRegex("[A-Za-z0-9_-]{43}\n"));
  EXPECT_EQ(staff({"role", "ana lu", "auditor"}, data).status, 0);
  EXPECT_THAT(staff({"invite", "Ana Lu"}, data).out, HasSubstr("/console#/enrol/"));
  EXPECT_EQ(staff({"disable", "Ana Lu"}, data).status, 0);
  EXPECT_EQ(staff({"list"}, data).out, "1\tAna Lu\tauditor\tdisabled\n");
}

// Whoever has a shell: what they can do to the staff, and that no command does the desk's work.
TEST(StaffCommand, GivesNobodyTwoRolesAndPassesNoGate) {
  const store::suite::TempDirectory directory;
  const auto data = directory / "data";
  ASSERT_EQ(staff({"add", "--role", "legal-officer", "--name", "Ana"}, data).status, 0);
  EXPECT_EQ(staff({"add", "--role", "legal-approver", "--name", "Ana"}, data).status, 1);
  EXPECT_EQ(staff({"add", "--role", "legal-approver", "--name", "ANA"}, data).status, 1);
  EXPECT_EQ(
      staff({"add", "--role", "legal-officer", "--role", "legal-approver", "--name", "Ben"}, data).status, 2);
  EXPECT_EQ(staff({"add", "--role", "legal-officer,legal-approver", "--name", "Ben"}, data).status, 1);
  EXPECT_EQ(staff({"role", "Ana", "legal-officer", "legal-approver"}, data).status, 2);
  EXPECT_EQ(staff({"list"}, data).out, "1\tAna\tlegal-officer\tinvited\n");
  // Another role takes the place of the first; what she has examined she cannot approve then (desk_test.cc).
  ASSERT_EQ(staff({"role", "Ana", "legal-approver"}, data).status, 0);
  EXPECT_EQ(staff({"list"}, data).out, "1\tAna\tlegal-approver\tinvited\n");
  for (const auto* command : {"pass", "approve", "ask", "refuse", "disclose", "contribute", "onboard"}) {
    EXPECT_EQ(staff({command, "Ana"}, data).status, 2) << command;
    std::ostringstream out, err;
    EXPECT_EQ(run({"legal", command, "1", "--data", data.string()}, out, err), 2) << command;
  }
}

TEST(StaffCommand, SaysWhatIsWrong) {
  const store::suite::TempDirectory directory;
  EXPECT_THAT(staff({"add", "--role", "boss", "--name", "Ana"}, directory.path()).err,
              HasSubstr("legal-approver"));
  EXPECT_THAT(staff({"token", "Nobody"}, directory.path()).err, HasSubstr("nobody of this name"));
  EXPECT_EQ(staff({"add", "--role", "admin", "--name", "Ana"}, directory.path()).status, 0);
  EXPECT_EQ(staff({"add", "--role", "admin", "--name", "ana"}, directory.path()).status, 1);
  EXPECT_THAT(staff({"disable", "Ana"}, directory.path()).err, HasSubstr("Nobody else is an admin"));
  EXPECT_EQ(staff({"token", "Ana", "--hours", "0"}, directory.path()).status, 2);
  EXPECT_THAT(staff({"roles"}, {}).out, HasSubstr("auditor"));
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
