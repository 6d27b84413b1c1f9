// For tests of services: a real store in a temporary folder, a clock that stands still, seeded randomness,
// and short cuts to accounts.
//
//   World world;
//   const auto ada = world.sign_up("Ada");
//   auto sent = world.run(world.services.sends.send(ada, ...));
#pragma once

#include <array>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "images/worker.h"
#include "services/accounts/service_account.h"
#include "services/services.h"
#include "store/disk/blobs.h"
#include "store/sqlite/open.h"

namespace heliograph::services::testing {

class RecordedDevices final : public Devices {
 public:
  void close(AuthKeyId wire_key) override { closed.push_back(wire_key); }
  void login_token_accepted(AuthKeyId wire_key, SessionId session) override {
    accepted.emplace_back(wire_key, session);
  }
  std::vector<AuthKeyId> closed;
  std::vector<std::pair<AuthKeyId, SessionId>> accepted;
};

class RecordedCodes final : public CodeDelivery {
 public:
  Status send(CodeMessage message) override {
    if (broken) return fail(Error::unavailable("SMS_CODE_CREATE_FAILED"));
    sent.push_back(std::move(message));
    return {};
  }
  const std::string& last() const { return sent.back().code; }
  std::vector<CodeMessage> sent;
  bool broken = false;
};

// Reads pictures in this very process, which no server would.
class InlineImages final : public images::Images {
 public:
  Task<Result<images::Pictures>> make(images::Job job) override {
    co_return images::pictures_from(images::answer_to(images::request_for(job)));
  }
};

// What an account's live sessions were told.
class RecordedUpdates final : public Subscriber {
 public:
  void on_publication(const SharedPublication& publication) override { heard.push_back(publication); }
  std::vector<SharedPublication> heard;
};

class World {
 public:
  World() : store(must(store::sqlite::open({.directory = folder.path, .readers = 1}))) {
    store->set_listener(&hub);
    must(run(ensure_service_account(environment)));
  }
  World(const World&) = delete;
  ~World() { executor.run(); }

  // Runs a service call to its end.
  template <typename T>
  T run(Task<T> task) {
    std::optional<T> result;
    executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
    if (!executor.run_until([&] { return result.has_value(); }))
      throw std::runtime_error("the task does not end");
    return std::move(*result);
  }
  // Starts several calls before any of them is finished; results in the same order.
  template <typename T>
  std::vector<T> run_all(std::vector<Task<T>> tasks) {
    std::vector<std::optional<T>> results(tasks.size());
    std::size_t missing = tasks.size();
    executor.post([&] {
      for (std::size_t i = 0; i < tasks.size(); ++i) {
        spawn(std::move(tasks[i]), [&, i](T value) {
          results[i].emplace(std::move(value));
          --missing;
        });
      }
    });
    if (!executor.run_until([&] { return missing == 0; })) throw std::runtime_error("a task does not end");
    std::vector<T> values;
    for (auto& result : results) values.push_back(std::move(*result));
    return values;
  }
  // One transaction of the test's own.
  template <typename F>
  auto write(F body) {
    return run(store->write(std::move(body)));
  }
  template <typename F>
  auto read(F body) {
    return run(store->read(std::move(body)));
  }

  // A permanent key on which nobody is signed in yet, and a session on it.
  Caller new_device(std::string model = "Test device") {
    Caller caller;
    caller.key = AuthKeyId{++last_key_};
    caller.session = SessionId{last_key_};
    must(run(services.keys.save({caller.key, Bytes(256, static_cast<std::uint8_t>(last_key_)), 0})));
    ClientInfo client;
    client.layer = 228;
    client.device_model = std::move(model);
    must(run(services.keys.remember(caller.key, client)));
    return caller;
  }
  // A fictional number that nobody has used yet: 555-0100 to 555-0199 of one American city after another.
  std::string new_phone() {
    static constexpr std::array cities{202, 212, 213, 305, 310, 312, 415, 617, 702, 713};
    const auto n = next_phone_++;
    return "+1" + std::to_string(cities.at(n / 100)) + "5550" + std::to_string(100 + n % 100);
  }
  // The whole way through auth.sendCode, auth.signIn, auth.signUp.
  Caller sign_up(std::string first_name, std::string last_name = {}, std::string phone = {}) {
    if (phone.empty()) phone = new_phone();
    auto caller = new_device(first_name + "'s device");
    const auto sent = must(run(services.sign_in.send_code(caller, "192.0.2.1", phone)));
    must(run(services.sign_in.sign_in(caller, "192.0.2.1", phone, sent.code_hash, codes.last())));
    SignIn::NewPerson person{std::move(first_name), std::move(last_name), true};
    caller.user = must(run(services.sign_in.sign_up(caller, "192.0.2.1", phone, sent.code_hash, person)));
    return caller;
  }
  // Another device of the same account.
  Caller sign_in_again(const Caller& first) {
    auto caller = new_device("Second device");
    caller.user = first.user;
    write([&caller](store::Tx& tx) -> Status {
      HG_ASSIGN(auto key, tx.auth_keys().find(caller.key));
      key->user = caller.user;
      key->authorization_hash = caller.key.value;
      key->signed_in_at = key->created_at;
      return tx.auth_keys().put(*key);
    });
    services.keys.forget(caller.key);
    return caller;
  }
  // Listens as a live session of the account would.
  std::shared_ptr<RecordedUpdates> listen(UserId account) {
    auto updates = std::make_shared<RecordedUpdates>();
    hub.subscribe(account, updates, executor);
    return updates;
  }

  template <typename T>
  static T must(Result<T> result) {
    if (!result) throw std::runtime_error("unexpected error " + std::string(result.error().code));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
  }

  struct Folder {
    Folder() {
      std::string name = (std::filesystem::temp_directory_path() / "heliograph-world-XXXXXX").string();
      if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
      path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
  };

  Folder folder;
  Folder files;
  ManualExecutor executor;
  ManualClock clock;
  SeededRandom random{1};
  crypto::Sealer sealer{crypto::SecretKey{{1}}};
  crypto::BlindIndex blind_index{crypto::SecretKey{{2}}};
  Hub hub;  // before the store: its writer calls the hub until it is gone
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::Blobs> blobs = must(store::disk::open_blobs(files.path, clock));
  InlineImages images;
  Environment environment{*store, clock, random, sealer, blind_index, Bytes(32, 3)};
  RecordedDevices devices;
  RecordedCodes codes;
  // What the protocol would make of an encrypted bind message; a test that binds keys sets it.
  BindMessage bind_message;
  Services services{
      .environment = environment,
      .hub = hub,
      .devices = devices,
      .codes = codes,
      .open_bind_message = [this](ByteView, ByteView) { return Result<BindMessage>(bind_message); },
      .terms = Terms{.version = 1, .text = "Be kind."},
      .sign_in_limits = {},
      .file_parts = {*blobs, images, {}}};

 private:
  std::int64_t last_key_ = 0;
  std::size_t next_phone_ = 0;
};

}  // namespace heliograph::services::testing
