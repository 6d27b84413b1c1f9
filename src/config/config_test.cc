#include "config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace heliograph::config {
namespace {

using ::testing::HasSubstr;

TEST(Config, ReadsEveryKindOfKey) {
  const auto config = parse_config(R"(
data_dir = "/var/lib/heliograph"
dc_id = 4

[listen]
mtproto = "0.0.0.0:443"
http = "[::1]:8080"
admin = "127.0.0.1:9464"

[public]
host = "chat.example.org"
port = 443
websocket = "wss://chat.example.org/apiws"
trusted_proxies = ["10.0.0.0/8", "::1"]

[codes]
delivery = "webhook"
webhook_url = "https://sms.example.org/send"

[limits]
connections = 5000

[log]
level = "debug"
)",
                                   "test.toml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->data_dir, "/var/lib/heliograph");
  EXPECT_EQ(config->dc_id, 4);
  EXPECT_EQ(config->listen_mtproto, (net::Endpoint{"0.0.0.0", 443}));
  EXPECT_EQ(config->listen_http.text(), "[::1]:8080");
  EXPECT_EQ(config->listen_admin.port, 9464);
  EXPECT_EQ(config->public_host, "chat.example.org");
  EXPECT_EQ(config->public_port, 443);
  EXPECT_EQ(config->trusted_proxies.size(), 2u);
  EXPECT_EQ(config->code_delivery, CodeDelivery::webhook);
  EXPECT_EQ(config->connections, 5000);
  EXPECT_EQ(config->log_level, "debug");
}

TEST(Config, TheLedgersNameAndWitnessesAreChecked) {
  const auto config = parse_config(R"(
[ledger]
origin = "chat.example.org/log"
batch_seconds = 10
witnesses = ["w.example+5eda88e9+BDtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop https://w.example/log"]
)",
                                   "l.toml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->ledger_origin, "chat.example.org/log");
  EXPECT_EQ(config->ledger_batch_seconds, 10);
  EXPECT_EQ(config->ledger_witnesses.size(), 1u);
  for (const auto* bad : {"origin = \"two words\"", "origin = \"a+b\"", "origin = \"\"", "pad_to = 0",
                          "witnesses = [\"https://w.example\"]", "witnesses = \"w\""}) {
    EXPECT_FALSE(parse_config(std::string("[ledger]\n") + bad, "l.toml")) << bad;
  }
}

TEST(Config, OtherCharactersAreForCommentsAndEscapes) {
  const auto config =
      parse_config("\xef\xbb\xbf  # caf\xc3\xa9\ndata_dir = \"caf\\u00e9\" # end\n", "c.toml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->data_dir, "caf\xc3\xa9");
}

TEST(Config, AnEmptyFileMeansTheDefaults) {
  const auto config = parse_config("", "empty.toml");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->listen_mtproto, (net::Endpoint{"127.0.0.1", 4430}));
  EXPECT_EQ(config->code_delivery, CodeDelivery::log);
}

TEST(Config, WhatIsWrongIsNamedWithItsLineAndWhatIsAllowed) {
  const struct {
    const char* toml;
    const char* message;
  } cases[] = {
      {"dc_id = 9", "c.toml:1: dc_id must be a number from 1 to 5"},
      {"\n\ndc_id = \"2\"", "c.toml:3: dc_id must be a number"},
      {"dc_id = 2.0", "c.toml:1: dc_id must be"},
      {"data_dir = \"\"", "data_dir must be a path"},
      {"[listen]\nhttp = \"localhost:80\"", "c.toml:2: listen.http must be an IP address and a port"},
      {"[listen]\nhttp = 8080", "listen.http must be"},
      {"[listen]\nmtproto = \"1.2.3.4:99999\"", "listen.mtproto must be"},
      {"[public]\nhost = \"a b\"", "public.host must be a host name"},
      {"[public]\nhost = \"<script>\"", "public.host must be"},
      {"[public]\nport = 0", "public.port must be a number from 1 to 65535"},
      {"[public]\nwebsocket = \"http://x/apiws\"", "public.websocket must be"},
      {"[public]\ntrusted_proxies = [\"10.0.0.0/99\"]", "public.trusted_proxies must be a list"},
      {"[public]\ntrusted_proxies = \"10.0.0.1\"", "public.trusted_proxies must be a list"},
      {"[codes]\ndelivery = \"pigeon\"", R"(codes.delivery must be "log", "webhook" or "smtp")"},
      {"[codes]\ndelivery = \"webhook\"", "needs codes.webhook_url"},
      {"[codes]\ndelivery = \"smtp\"\nsmtp_url = \"smtp://m\"\nsmtp_from = \"a@b\"", "needs codes.smtp_to"},
      {"[codes]\nwebhook_url = \"ftp://x\"", "codes.webhook_url must be"},
      {"[limits]\nconnections = 1", "limits.connections must be a number from 10"},
      {"[log]\nlevel = \"loud\"", "log.level must be"},
      {"dc_ib = 2", R"(unknown key "dc_ib"; did you mean "dc_id"?)"},
      {"[listn]\nhttp = \"1.2.3.4:1\"", R"(c.toml:1: unknown key "listn")"},
      {"[listen]\nhtp = \"1.2.3.4:1\"", R"(c.toml:2: unknown key "listen.htp"; did you mean "listen.http"?)"},
      {"listen = 3", R"(unknown key "listen")"},
      {"xyzzyxyzzy = 1", R"(unknown key "xyzzyxyzzy")"},
      {"dc_id = ", "c.toml:1: "},
      {"dc_id = 1\ndc_id = 2", "c.toml:2: "},
      {"[a\n", "c.toml:1: "},
      {"\xff\xfe", "c.toml:1: "},
      {"dc_id = 2 \xc3\xa9", "c.toml:1: write characters other than ASCII as \\u escapes"},
      {"\ndata_dir = \"caf\xc3\xa9\"", "c.toml:2: write characters other than ASCII"},
      {"data_dir = \"\"\"\na\"\"\"", "c.toml:1: write the text on one line"},
      {"[ =\n", "c.toml"},
  };
  for (const auto& c : cases) {
    const auto config = parse_config(c.toml, "c.toml");
    ASSERT_FALSE(config) << c.toml;
    EXPECT_EQ(config.error().code, "CONFIG_INVALID");
    EXPECT_THAT(config.error().message, HasSubstr(c.message)) << c.toml;
  }
}

TEST(Config, ReportsAllThatIsWrongAtOnce) {
  const auto config = parse_config("dc_id = 9\n[log]\nlevel = 3\n", "c.toml");
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().message, HasSubstr("dc_id"));
  EXPECT_THAT(config.error().message, HasSubstr("log.level"));
}

TEST(Config, AMissingFileIsNotAnEmptyOne) {
  EXPECT_EQ(load_config("/nonexistent/heliograph.toml").error().code, "CONFIG_UNREADABLE");
}

TEST(Config, TheDocumentSaysWhatTheTableSays) {
  std::ifstream file(HELIOGRAPH_SOURCE_DIR "/docs/configuration.md");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), config_reference())
      << "run: build/dev/heliograph config-reference > docs/configuration.md";
}

}  // namespace
}  // namespace heliograph::config
