// The ledger of a running server, as others see it over HTTP, and a stand-in for a witness.
#include "app/ledger_service.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "app/http_client.h"
#include "app/ledger_command.h"
#include "app/server.h"
#include "net/http_server.h"
#include "net/listener.h"

namespace heliograph::app {
namespace {

using ::testing::HasSubstr;

class LedgerServiceTest : public ::testing::Test {
 protected:
  LedgerServiceTest() {
    std::string name = ::testing::TempDir() + "ledger_XXXXXX";
    root = ::mkdtemp(name.data());
    config.data_dir = root / "data";
    config.listen_mtproto.port = config.listen_http.port = 0;
    config.listen_admin = {"127.0.0.1", 0};
    config.loops = 2;
    config.ledger_batch_seconds = 1;
    config.ledger_origin = "example.org/ledger";
  }
  ~LedgerServiceTest() override { std::filesystem::remove_all(root); }
  void start() {
    server.reset();
    auto started = Server::start(config);
    ASSERT_TRUE(started) << started.error().message;
    server = std::move(*started);
    url = "http://127.0.0.1:" + std::to_string(server->http_port());
  }
  HttpAnswer get(const std::string& path) { return http_call({.url = url + path}).value(); }
  std::string metrics() {
    return http_call({.url = "http://127.0.0.1:" + std::to_string(server->admin_port()) + "/metrics"})
        .value()
        .body;
  }
  std::string verify(const std::filesystem::path& state = {}, const std::string& key = {}) {
    std::ostringstream out;
    const auto done = verify_ledger({url, key, state}, out);
    return done ? out.str() : std::string(done.error().code) + ": " + done.error().message;
  }
  template <typename F>
  bool soon(F done) {
    for (int i = 0; i < 500; ++i) {
      if (done()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  }

  std::filesystem::path root;
  config::Config config;
  std::unique_ptr<Server> server;
  std::string url;
};

TEST_F(LedgerServiceTest, ANewServerHasALogThatVerifies) {
  start();
  EXPECT_THAT(get("/ledger/checkpoint").body, ::testing::StartsWith("example.org/ledger\n12\n"));
  EXPECT_THAT(verify(root / "state"), HasSubstr("right.\n"));
  ASSERT_TRUE(soon([&] { return get("/ledger/checkpoint").body.find("\n12\n") == std::string::npos; }));
  EXPECT_THAT(verify(root / "state"), HasSubstr("earlier  1 "));
  EXPECT_THAT(verify(root / "state", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
              HasSubstr("about another log"));
  EXPECT_THAT(metrics(), HasSubstr("\nheliograph_ledger_alarms_total 0\n"));
  EXPECT_THAT(metrics(), HasSubstr("\nheliograph_ledger_halted 0\n"));
  struct ::stat key{};
  ASSERT_EQ(::stat((config.data_dir / "ledger.key").c_str(), &key), 0);
  EXPECT_EQ(key.st_mode & 0777, 0600u);
  start();
  EXPECT_THAT(verify(root / "state"), HasSubstr("right.\n"));
}

TEST_F(LedgerServiceTest, AnotherKeyDoesNotSignTheSameLog) {
  start();
  server.reset();
  std::filesystem::remove(config.data_dir / "ledger.key");
  start();
  EXPECT_EQ(get("/ledger/checkpoint").status, 503);
  EXPECT_THAT(metrics(), HasSubstr("\nheliograph_ledger_halted 1\n"));
  config.ledger_origin = "example.org/ledger2";
  start();
  EXPECT_THAT(verify(), HasSubstr("right.\n"));
}

TEST_F(LedgerServiceTest, AWitnessIsAskedOverHttp) {
  std::array<std::uint8_t, 32> seed{5};
  const crypto::Ed25519Key key{crypto::SecretKey(seed)};
  net::HttpServer witness;
  witness.router.add_function("POST", "/log/add-checkpoint", [&](const net::HttpRequest& request) {
    const auto note =
        ledger::Note::parse(std::string_view(request.body).substr(request.body.find("\n\n") + 2));
    if (!note) return net::http_text(400, "");
    return net::http_text(200, ledger::cosign(key, "w.example", note->text, 1'700'000'000).line());
  });
  net::Loop loop("witness");
  net::Quota quota({10, 10, {}});
  net::Stats stats;
  net::ListenOptions options;
  options.address = {"127.0.0.1", 0};
  auto listener = net::Listener::open(options, {&loop}, quota, stats, [&](const auto& connection) {
    return net::serve_http(witness, connection);
  });
  ASSERT_TRUE(listener);
  loop.start();
  (*listener)->start();
  const ledger::VerifierKey vkey{"w.example", ledger::KeyKind::cosigner, key.public_key()};
  config.ledger_witnesses = {vkey.text() + " http://127.0.0.1:" + std::to_string((*listener)->port()) +
                             "/log"};
  start();
  EXPECT_TRUE(soon([&] {
    const auto note = ledger::Note::parse(get("/ledger/checkpoint").body);
    return note && note->signed_by(vkey);
  }));
  EXPECT_THAT(verify(), HasSubstr("right.\n"));
  server.reset();
  listener->reset();
  loop.stop();
  loop.join();
}

}  // namespace
}  // namespace heliograph::app
