#include <gtest/gtest.h>

#include <algorithm>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include <nlohmann/json.hpp>

#include "services/accounts/delivery_log.h"
#include "services/accounts/delivery_queue.h"
#include "services/accounts/delivery_text.h"

namespace heliograph::services {
namespace {

CodeMessage code_for(std::string address, CodeMessage::To to = CodeMessage::To::phone) {
  CodeMessage message;
  message.to = to;
  message.address = std::move(address);
  message.code = "12345";
  message.at = 1'700'000'000;
  return message;
}

struct Folder {
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "heliograph-codes-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

// A server for one conversation on loopback: each line that arrives is kept, and answered from the script.
class LineServer {
 public:
  explicit LineServer(std::function<std::string(const std::string& line)> answer, std::string greeting = {}) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener_, 4);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port = ntohs(address.sin_port);
    thread_ = std::thread(
        [this, answer = std::move(answer), greeting = std::move(greeting)] { serve(answer, greeting); });
  }
  ~LineServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string host() const { return "127.0.0.1:" + std::to_string(port); }

  int port = 0;
  std::vector<std::string> lines;  // to be read after the conversation

 private:
  void serve(const std::function<std::string(const std::string&)>& answer, const std::string& greeting) {
    const int peer = ::accept(listener_, nullptr, nullptr);
    if (peer < 0) return;
    reply(peer, greeting);
    std::string buffer;
    char chunk[4096];
    for (ssize_t got; (got = ::read(peer, chunk, sizeof chunk)) > 0;) {
      buffer.append(chunk, static_cast<std::size_t>(got));
      for (std::size_t end; (end = buffer.find("\r\n")) != std::string::npos; buffer.erase(0, end + 2)) {
        lines.push_back(buffer.substr(0, end));
        reply(peer, answer(lines.back()));
      }
      if (buffer.starts_with("{") && buffer.ends_with("}")) {  // a request body ends without a line break
        lines.push_back(std::exchange(buffer, {}));
        reply(peer, answer(lines.back()));
      }
    }
    ::close(peer);
  }
  static void reply(int peer, const std::string& text) {
    if (!text.empty()) static_cast<void>(::write(peer, text.data(), text.size()));
  }

  int listener_ = -1;
  std::thread thread_;
};

TEST(LogDelivery, WritesOneObjectALineForTheOwnerAlone) {
  Folder folder;
  std::vector<std::string> printed;
  LogDelivery delivery(folder.path, [&](const CodeMessage& message) { printed.push_back(message.code); });
  ASSERT_TRUE(delivery.send(code_for("+12025550123")));
  ASSERT_TRUE(delivery.send(code_for("+12025550124")));
  ASSERT_TRUE(delivery.send(code_for("ada@example.org", CodeMessage::To::email)));

  std::ifstream file(folder.path / "codes.jsonl");
  std::string line;
  ASSERT_TRUE(std::getline(file, line));
  const auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json, (nlohmann::json{{"phone", "+12025550123"}, {"code", "12345"}, {"at", 1'700'000'000}}));
  ASSERT_TRUE(std::getline(file, line));
  EXPECT_FALSE(std::getline(file, line)) << "e-mail codes go elsewhere";
  EXPECT_TRUE(std::filesystem::exists(folder.path / "email-codes.jsonl"));
  EXPECT_EQ(printed.size(), 3u);

  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(folder.path / "codes.jsonl").permissions(),
            perms::owner_read | perms::owner_write);
}

TEST(LogDelivery, SaysWhenItCannotWrite) {
  LogDelivery delivery("/nonexistent/folder", {});
  EXPECT_EQ(delivery.send(code_for("+12025550123")).error().code, "SMS_CODE_CREATE_FAILED");
}

TEST(QueuedDelivery, TriesAgainAndCounts) {
  std::atomic<int> tries = 0;
  QueuedDelivery delivery(
      [&](const CodeMessage&) -> Status {
        if (++tries < 3) return fail(Error::unavailable("WEBHOOK_FAILED"));
        return {};
      },
      {.queue_max = 10, .attempts_max = 3, .pause = std::chrono::milliseconds(1)});
  ASSERT_TRUE(delivery.send(code_for("+12025550123")));
  while (delivery.delivered() + delivery.failed() == 0) std::this_thread::yield();
  EXPECT_EQ(delivery.delivered(), 1u);
  EXPECT_EQ(tries, 3);
}

TEST(QueuedDelivery, GivesUpInTheEnd) {
  std::atomic<int> tries = 0;
  QueuedDelivery delivery(
      [&](const CodeMessage&) -> Status {
        ++tries;
        return fail(Error::unavailable("WEBHOOK_FAILED"));
      },
      {.queue_max = 10, .attempts_max = 2, .pause = std::chrono::milliseconds(1)});
  ASSERT_TRUE(delivery.send(code_for("+12025550123")));
  while (delivery.failed() == 0) std::this_thread::yield();
  EXPECT_EQ(tries, 2);
  EXPECT_EQ(delivery.delivered(), 0u);
}

TEST(QueuedDelivery, AFullQueueRefuses) {
  std::atomic<bool> release = false;
  QueuedDelivery delivery(
      [&](const CodeMessage&) -> Status {
        while (!release) std::this_thread::yield();
        return {};
      },
      {.queue_max = 3, .attempts_max = 1, .pause = std::chrono::milliseconds(1)});
  Status status;
  int accepted = 0;
  for (; status && accepted < 100; ++accepted) status = delivery.send(code_for("+12025550123"));
  release = true;
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, "SMS_CODE_CREATE_FAILED");
  EXPECT_LE(accepted, 5);
}

TEST(Webhook, PostsTheCode) {
  LineServer server([](const std::string& line) {
    return line.starts_with("{") ? "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n" : std::string{};
  });
  const auto attempt = webhook_attempt({.url = "http://" + server.host() + "/codes", .token = "secret"});
  EXPECT_TRUE(attempt(code_for("+12025550123")));
  EXPECT_EQ(server.lines.front(), "POST /codes HTTP/1.1");
  EXPECT_EQ(std::ranges::count(server.lines, "Authorization: Bearer secret"), 1);
  EXPECT_EQ(nlohmann::json::parse(server.lines.back())["phone"], "+12025550123");
}

TEST(Webhook, AnythingButSuccessIsAFailure) {
  LineServer server([](const std::string& line) {
    return line.starts_with("{") ? "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n" : std::string{};
  });
  EXPECT_EQ(webhook_attempt({.url = "http://" + server.host()})(code_for("+12025550123")).error().code,
            "WEBHOOK_FAILED");
  EXPECT_FALSE(webhook_attempt({.url = "http://127.0.0.1:1/"})(code_for("+12025550123")));
  EXPECT_FALSE(webhook_attempt({.url = "file:///etc/passwd"})(code_for("+12025550123")));
}

TEST(Smtp, SendsThroughTheGateway) {
  bool in_data = false;
  LineServer server(
      [&in_data](const std::string& line) -> std::string {
        if (in_data) {
          if (line != ".") return {};
          in_data = false;
          return "250 taken\r\n";
        }
        if (line.starts_with("DATA")) {
          in_data = true;
          return "354 go on\r\n";
        }
        return line.starts_with("QUIT") ? "221 bye\r\n" : "250 fine\r\n";
      },
      "220 ready\r\n");
  const auto attempt = smtp_attempt(
      {.url = "smtp://" + server.host(), .from = "codes@example.org", .to = "{phone}@sms.example.org"});
  ASSERT_TRUE(attempt(code_for("+12025550123")));
  EXPECT_EQ(std::ranges::count(server.lines, "RCPT TO:<12025550123@sms.example.org>"), 1);
  EXPECT_EQ(std::ranges::count(server.lines, "Login code: 12345. Give it to nobody."), 1);
}

TEST(Smtp, AddressesThatWouldBreakOutAreRefused) {
  const auto attempt =
      smtp_attempt({.url = "smtp://127.0.0.1:1", .from = "codes@example.org", .to = "x@y.z"});
  const auto status = attempt(code_for("a@b.c>\r\nRCPT TO:<evil@b.c", CodeMessage::To::email));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().message, "not an e-mail address");
}

TEST(CodeText, IsValidJsonWhateverTheAddress) {
  EXPECT_EQ(nlohmann::json::parse(to_json(code_for("\xff\"\n")))["code"], "12345");
}

}  // namespace
}  // namespace heliograph::services
