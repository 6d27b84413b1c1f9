// The whole program, in this process.
#include "app/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "app/backup.h"
#include "store/sqlite/check.h"

namespace heliograph::app {
namespace {

using ::testing::HasSubstr;

std::string http_get(std::uint16_t port, std::string_view path) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  const std::string request =
      "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
  std::string answer;
  std::array<char, 4096> buffer;
  for (ssize_t count = 0; (count = ::recv(socket, buffer.data(), buffer.size(), 0)) > 0;) {
    answer.append(buffer.data(), static_cast<std::size_t>(count));
  }
  ::close(socket);
  return answer;
}

nlohmann::json json_of(const std::string& answer) {
  return nlohmann::json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
}

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    std::string name = ::testing::TempDir() + "server_XXXXXX";
    root = ::mkdtemp(name.data());
    config.data_dir = root / "data";
    config.listen_mtproto.port = config.listen_http.port = 0;
    config.listen_admin = {"127.0.0.1", 0};
    config.loops = 2;
  }
  ~ServerTest() override { std::filesystem::remove_all(root); }
  std::unique_ptr<Server> start() {
    auto server = Server::start(config);
    EXPECT_TRUE(server) << server.error().message;
    return server ? std::move(*server) : nullptr;
  }

  std::filesystem::path root;
  config::Config config;
};

TEST_F(ServerTest, TellsClientsWhatTheyNeed) {
  const auto server = start();
  ASSERT_NE(server, nullptr);
  const auto answer = http_get(server->http_port(), "/.well-known/heliograph.json");
  EXPECT_THAT(answer, HasSubstr("Access-Control-Allow-Origin: *\r\n"));
  const auto facts = json_of(answer);
  EXPECT_EQ(facts["dc_id"], 2);
  EXPECT_EQ(facts["mtproto"][0]["host"], "127.0.0.1");
  EXPECT_EQ(facts["mtproto"][0]["port"], server->mtproto_port());
  EXPECT_EQ(facts["websocket"], "ws://127.0.0.1:" + std::to_string(server->http_port()) + "/apiws");
  EXPECT_THAT(facts["rsa_public_key_pem"].get<std::string>(), HasSubstr("BEGIN RSA PUBLIC KEY"));
  EXPECT_LE(facts["layers"][0], 144);
  EXPECT_GE(facts["layers"][1], 228);
  EXPECT_THAT(http_get(server->http_port(), "/developers"),
              HasSubstr(std::to_string(server->mtproto_port())));
  EXPECT_THAT(http_get(server->http_port(), "/healthz"), HasSubstr("ok"));
}

TEST_F(ServerTest, MetricsAreOnTheAdminListenerAlone) {
  const auto server = start();
  ASSERT_NE(server, nullptr);
  EXPECT_THAT(http_get(server->admin_port(), "/metrics"), HasSubstr("\nheliograph_connections_open 1\n"));
  for (const auto* name : {"open", "overdue", "due_within_a_day"}) {
    EXPECT_THAT(http_get(server->admin_port(), "/metrics"),
                HasSubstr("\nheliograph_legal_" + std::string(name) + " 0\n"));
  }
  EXPECT_THAT(http_get(server->admin_port(), "/metrics"),
              HasSubstr("\nheliograph_legal_certificate_ends_soon 0\n"));
  EXPECT_THAT(http_get(server->http_port(), "/metrics"), HasSubstr("404 Not Found"));
}

TEST_F(ServerTest, KeepsItsKeyAndItsFolderToItself) {
  std::string fingerprint;
  {
    const auto server = start();
    ASSERT_NE(server, nullptr);
    fingerprint = json_of(http_get(server->http_port(), "/.well-known/heliograph.json"))["rsa_fingerprint"];
    const auto second = Server::start(config);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "DATA_DIR_IN_USE");
  }
  const auto server = start();
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(json_of(http_get(server->http_port(), "/.well-known/heliograph.json"))["rsa_fingerprint"],
            fingerprint);
}

TEST_F(ServerTest, APortInUseIsNamed) {
  const auto server = start();
  ASSERT_NE(server, nullptr);
  config::Config other = config;
  other.data_dir = root / "other";
  other.listen_http.port = server->http_port();
  const auto second = Server::start(other);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "NET_LISTEN_FAILED");
  EXPECT_THAT(second.error().message, HasSubstr(other.listen_http.text()));
}

TEST_F(ServerTest, ABackupOfARunningServerStartsElsewhere) {
  std::string fingerprint;
  {
    const auto server = start();
    ASSERT_NE(server, nullptr);
    fingerprint = json_of(http_get(server->http_port(), "/.well-known/heliograph.json"))["rsa_fingerprint"];
    const auto saved = back_up(config.data_dir, root / "copy");
    ASSERT_TRUE(saved) << saved.error().message;
    EXPECT_FALSE(back_up(config.data_dir, root / "copy")) << "never over another";
  }
  EXPECT_FALSE(restore(root / "copy", config.data_dir)) << "never over a server's data";
  config.data_dir = root / "elsewhere";
  const auto restored = restore(root / "copy", config.data_dir);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_TRUE(store::sqlite::check(config.data_dir)->ok());
  const auto server = start();
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(json_of(http_get(server->http_port(), "/.well-known/heliograph.json"))["rsa_fingerprint"],
            fingerprint);
}

TEST_F(ServerTest, ABackupWithoutKeysIsRefused) {
  {
    start();
  }
  ASSERT_TRUE(back_up(config.data_dir, root / "copy"));
  std::filesystem::remove(root / "copy" / "secret.key");
  EXPECT_EQ(restore(root / "copy", root / "elsewhere").error().code, "BACKUP_INCOMPLETE");
}

}  // namespace
}  // namespace heliograph::app
