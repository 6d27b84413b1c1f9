#include "app/messenger.h"

#include <atomic>
#include <future>
#include <thread>

#include "api/server.h"
#include "app/hash_list_watcher.h"
#include "app/search_service.h"
#include "app/second_stage.h"
#include "app/viewer.h"
#include "base/log.h"
#include "images/pool.h"
#include "mtproto/bind_temp_key.h"
#include "services/accounts/delivery_log.h"
#include "services/accounts/delivery_queue.h"
#include "services/accounts/service_account.h"
#include "services/chats/close_poll.h"
#include "services/chats/scheduled.h"
#include "services/chats/ttl.h"
#include "services/groups/sweep.h"
#include "store/disk/blobs.h"
#include "store/sqlite/open.h"
#include "tl/api.h"
#include "tl/encode.h"
#include "tl/schema.h"

namespace heliograph::app {

namespace {

constexpr auto session_sweep = std::chrono::minutes(1);

Bytes bytes_of(const crypto::SecretKey& key) {
  return to_bytes(key.view());
}

// Opens the proof in auth.bindTempAuthKey.
Result<services::BindMessage> open_bind_message(ByteView permanent_key, ByteView encrypted_message) {
  mtproto::AuthKey::Value value;
  if (permanent_key.size() != value.size()) return fail(Error::invalid("ENCRYPTED_MESSAGE_INVALID"));
  std::ranges::copy(permanent_key, value.begin());
  HG_ASSIGN(const auto opened, mtproto::open_key_binding(mtproto::AuthKey(value), encrypted_message));
  const auto& binding = opened.binding;
  return services::BindMessage{
      opened.msg_id,      binding.nonce,     binding.temporary_key_id, binding.permanent_key_id,
      binding.session_id, binding.expires_at};
}

class KeyRingStore final : public KeyStore {
 public:
  explicit KeyRingStore(services::KeyRing& ring) : ring_(ring) {}

  Task<Result<std::optional<StoredKey>>> load(AuthKeyId id) override {
    CO_ASSIGN(auto found, co_await ring_.load(id));
    if (!found) co_return std::nullopt;
    StoredKey key{id, std::move(found->key), found->expires_at};
    co_return std::optional(std::move(key));
  }
  Task<Status> save(StoredKey key) override {
    services::NewAuthKey fresh{key.id, std::move(key.key), key.expires_at};
    co_return co_await ring_.save(std::move(fresh));
  }

 private:
  services::KeyRing& ring_;
};

// Reaches devices' live sessions for the accounts.
class LiveDevices final : public services::Devices {
 public:
  explicit LiveDevices(api::Sessions& sessions) : sessions_(sessions) {}

  void close(AuthKeyId wire_key) override { sessions_.close_key(wire_key); }

  void login_token_accepted(AuthKeyId wire_key, SessionId session) override {
    tl::updateShort update;
    update.update = tl::updateLoginToken{};
    // Its form is the same in every layer.
    auto encoded = tl::encode(tl::Box<tl::Updates>(std::move(update)), tl::max_layer());
    if (encoded) sessions_.push(wire_key, session, std::move(*encoded));
  }

 private:
  api::Sessions& sessions_;
};

services::SignInLimits sign_in_limits(const config::Config& config) {
  services::SignInLimits limits;
  limits.code_lifetime = static_cast<std::int32_t>(config.code_lifetime_seconds);
  limits.codes_per_ip.burst = static_cast<std::int32_t>(config.codes_per_address_per_hour);
  limits.codes_per_ip.interval = Duration(std::chrono::hours(1)) / config.codes_per_address_per_hour;
  return limits;
}

services::FileLimits file_limits(const config::Config& config) {
  services::FileLimits limits;
  limits.parts_max = static_cast<std::int32_t>(config.file_parts);
  limits.unfinished_files_max = config.unfinished_files;
  limits.unfinished_bytes_max = config.unfinished_bytes;
  limits.upload_lifetime = std::chrono::hours(config.upload_hours);
  limits.photo_bytes_max = config.photo_bytes;
  limits.reference_lifetime = std::chrono::seconds(config.reference_seconds);
  return limits;
}

api::CallRates call_rates(const config::Config& config) {
  const auto a_second = config.calls_per_account_per_second;
  api::CallRates rates;
  rates.per_account.burst = static_cast<std::int32_t>(a_second + a_second / 2);
  rates.per_account.interval = Duration(std::chrono::seconds(1)) / a_second;
  return rates;
}

images::PoolOptions image_pool(const config::Config& config) {
  images::PoolOptions options;
  options.processes = static_cast<std::size_t>(config.image_processes);
  return options;
}

void describe_gate(const safety::Gate& gate, Metrics& metrics) {
  const auto& stats = gate.stats();
  for (std::size_t i = 0; i < safety::kEffectNames.size(); ++i) {
    metrics.counter("heliograph_judged_total", "Public texts judged, by what was done.",
                    [&stats, i] { return static_cast<double>(stats.judged[i].load()); },
                    {{"effect", std::string(safety::kEffectNames[i])}});
  }
  metrics.counter("heliograph_judged_shadow_total",
                  "Public texts that a rule in shadow mode would have acted on.",
                  [&stats] { return static_cast<double>(stats.shadowed.load()); });
  metrics.gauge("heliograph_known_hashes", "Hashes in the lists that media are matched against.",
                [&gate] { return static_cast<double>(gate.rulebook()->hashes->size()); });
  metrics.counter("heliograph_judging_seconds_total", "Time spent judging public texts.",
                  [&stats] { return static_cast<double>(stats.nanoseconds.load()) / 1e9; });
}

std::unique_ptr<services::CodeDelivery> make_delivery(const MessengerParts& parts) {
  const config::Config& config = *parts.config;
  switch (config.code_delivery) {
    case config::CodeDelivery::log:
      return std::make_unique<services::LogDelivery>(parts.data, parts.show_code);
    case config::CodeDelivery::webhook:
      return std::make_unique<services::QueuedDelivery>(
          services::webhook_attempt({.url = config.webhook_url, .token = config.webhook_token}));
    case config::CodeDelivery::smtp:
      return std::make_unique<services::QueuedDelivery>(
          services::smtp_attempt({.url = config.smtp_url,
                                  .user = config.smtp_user,
                                  .password = config.smtp_password,
                                  .from = config.smtp_from,
                                  .to = config.smtp_to}));
  }
  return nullptr;
}

}  // namespace

struct Messenger::Impl {
  Impl(MessengerParts given, std::unique_ptr<store::Store> opened, std::unique_ptr<store::Blobs> files,
       std::shared_ptr<const safety::Rulebook> rulebook, services::Terms terms_of_service,
       std::unique_ptr<LedgerService> made_ledger, NamedViewer made_viewer)
      : parts(std::move(given)),
        store(std::move(opened)),
        blobs(std::move(files)),
        gate(rulebook),
        second_stage(make_second_stage(*parts.config, *parts.clock, rulebook->rules)),
        terms(std::move(terms_of_service)),
        ledger(std::move(made_ledger)),
        viewer(std::move(made_viewer)),
        images(images::start_pool(image_pool(*parts.config))),
        sealer(parts.secret.derive("seal")),
        phone_index(parts.secret.derive("phone index")),
        delivery(make_delivery(parts)),
        devices(*parts.sessions) {}
  ~Impl() { store->set_listener(nullptr); }

  void sweep_sessions(net::Loop& loop) {
    loop.post_after(session_sweep, [this, &loop] {
      if (stopping) return;
      api.sweep();
      sweep_sessions(loop);
    });
  }

  // Runs `chore` on `loop` again and again, `pause` after it last ended.
  template <typename Chore>
  void every(net::Loop& loop, Duration pause, const char* what, Chore chore) {
    loop.post_after(pause, [this, &loop, pause, what, chore] {
      ++chores_running;
      if (stopping) {
        --chores_running;
        return;
      }
      auto task = chore();
      spawn(std::move(task), [this, &loop, pause, what, chore](const auto& done) {
        if (!done) log::warn("{} failed: {}", what, done.error().code);
        --chores_running;
        every(loop, pause, what, chore);
      });
    });
  }
  void start_chores(std::span<net::Loop* const> loops) {
    using std::chrono::hours, std::chrono::minutes, std::chrono::seconds;
    net::Loop& first = *loops.front();
    net::Loop& last = *loops.back();
    every(last, seconds(1), "sending scheduled messages",
          [this] { return services::sweep_scheduled(environment); });
    every(first, seconds(1), "closing polls", [this] { return services::sweep_polls(environment); });
    every(first, seconds(5), "deleting expired messages",
          [this] { return services::sweep_expired(environment); });
    every(first, seconds(30), "lifting restrictions",
          [this] { return services::sweep_restrictions(environment); });
    every(first, minutes(5), "forgetting stale keys", [this] { return services.keys.sweep(); });
    every(last, minutes(10), "forgetting unfinished uploads",
          [this] { return services.files.uploads.sweep(); });
    every(last, minutes(1), "finding media that nobody names",
          [this] { return services.media_collector.step(); });
    every(last, minutes(1), "erasing files that nothing needs",
          [this] { return services.files.sweep.step(); });
    every(last, seconds(3), "writing views of posts", [this] { return services.post_views.flush(); });
    every(last, hours(1), "forgetting old codes", [this] { return services.sign_in.sweep(); });
    every(last, hours(1), "deleting unused accounts", [this] { return services.deletion.sweep(); });
    every(last, seconds(1), "judging what waits", [this] { return services.moderation.judge_waiting(); });
    every(last, seconds(1), "looking at pictures", [this] { return services.moderation.look_at_waiting(); });
    every(last, seconds(1), "asking the second stage", [this] { return services.moderation.ask_second(); });
    every(last, seconds(1), "closing sessions of the banned", [this] { return services.moderation.sweep(); });
    every(last, seconds(1), "a batch of the ledger", [this] { return ledger->tick(); });
  }

  // What has been counted since the chore last wrote it; for a thread that is no loop's.
  void flush_views() {
    if (chores_loop == nullptr) return;
    std::promise<Status> flushed;
    chores_loop->post([this, &flushed] {
      spawn(services.post_views.flush(), [&flushed](Status status) { flushed.set_value(std::move(status)); });
    });
    const auto done = flushed.get_future().get();
    if (!done) log::warn("writing views of posts failed: {}", done.error().code);
  }

  const MessengerParts parts;
  std::unique_ptr<store::Store> store;
  const std::unique_ptr<store::Blobs> blobs;
  safety::Gate gate;
  HashListWatcher hash_lists{parts.config->safety.hashes, gate, *parts.clock};
  const std::unique_ptr<HttpSecondStage> second_stage;  // null: none
  const services::Terms terms;
  const std::unique_ptr<LedgerService> ledger;
  const NamedViewer viewer;
  const std::unique_ptr<images::Images> images;
  const crypto::Sealer sealer;
  const crypto::BlindIndex phone_index;
  services::Environment environment{*store,
                                    *parts.clock,
                                    *parts.random,
                                    sealer,
                                    phone_index,
                                    bytes_of(parts.secret.derive("access hashes")),
                                    parts.facts.dc_id,
                                    nullptr};
  std::unique_ptr<SearchService> search;  // set by open()
  services::Hub hub;
  const std::unique_ptr<services::CodeDelivery> delivery;
  LiveDevices devices;
  services::Services services{.environment = environment,
                              .hub = hub,
                              .devices = devices,
                              .codes = *delivery,
                              .open_bind_message = open_bind_message,
                              .terms = terms,
                              .sign_in_limits = sign_in_limits(*parts.config),
                              .file_parts = {*blobs, *images, file_limits(*parts.config)},
                              .moderation_parts = {&gate, &ledger->ledger(), second_stage.get(),
                                                   parts.config->appeals, viewer.viewer.get(), viewer.name},
                              .takeout_rules = {.delay = parts.config->takeout_delay_seconds}};
  KeyRingStore keys{services.keys};
  api::Server api{services, *parts.sessions, parts.facts, call_rates(*parts.config)};
  net::Loop* chores_loop = nullptr;  // set by start()
  std::atomic<bool> stopping = false;
  std::atomic<int> chores_running = 0;
};

Result<std::unique_ptr<Messenger>> Messenger::open(MessengerParts parts) {
  store::sqlite::Options options;
  options.directory = parts.data;
  HG_ASSIGN(auto store, store::sqlite::open(options));
  HG_ASSIGN(auto blobs, store::disk::open_blobs(parts.data / "blobs", *parts.clock));
  HG_ASSIGN(const auto rulebook, safety::load_rulebook(parts.config->safety, parts.clock->unix_seconds()));
  HG_ASSIGN(auto terms, services::parse_terms(rulebook->rules->source()));
  HG_ASSIGN(auto ledger, LedgerService::make({parts.config, parts.data, parts.secret, store.get(),
                                              parts.clock, parts.random}));
  HG_ASSIGN(auto viewer, make_viewer(*parts.config));
  auto impl = std::make_unique<Impl>(std::move(parts), std::move(store), std::move(blobs), rulebook,
                                     std::move(terms), std::move(ledger), std::move(viewer));
  HG_ASSIGN(impl->search, SearchService::open(impl->parts.data, *impl->parts.clock, *impl->store));
  impl->services.discovery.attach(impl->search->searcher());
  // Posts are found at once; other changes when the feeder next looks by itself.
  impl->hub.add_observer([search = impl->search.get()](const store::Publication& publication) {
    if (publication.update.box.is_channel()) search->notify();
  });
  impl->store->set_listener(&impl->hub);
  return std::unique_ptr<Messenger>(new Messenger(std::move(impl)));
}

Messenger::Messenger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Messenger::~Messenger() = default;

Status Messenger::start(std::span<net::Loop* const> loops) {
  std::promise<Status> prepared;
  loops.front()->post([this, &prepared] {
    spawn(services::ensure_service_account(impl_->environment),
          [&prepared](Status status) { prepared.set_value(std::move(status)); });
  });
  HG_TRY(prepared.get_future().get());
  std::promise<Status> published;
  loops.back()->post([this, &published] {
    spawn(impl_->ledger->open(), [&published](Status status) { published.set_value(std::move(status)); });
  });
  HG_TRY(published.get_future().get());
  impl_->search->start(*loops.back());
  impl_->chores_loop = loops.back();
  for (net::Loop* loop : loops) impl_->sweep_sessions(*loop);
  impl_->start_chores(loops);
  return {};
}

void Messenger::stop() {
  impl_->stopping = true;
  impl_->ledger->stop();
  if (impl_->second_stage) impl_->second_stage->stop();
  for (int i = 0; i < 1000 && impl_->chores_running != 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  impl_->flush_views();
  impl_->search->stop();
}

api::Door& Messenger::door() {
  return impl_->api;
}
void Messenger::describe_judging(Metrics& metrics) {
  describe_gate(impl_->gate, metrics);
  if (impl_->second_stage) impl_->second_stage->describe(metrics);
}
KeyStore& Messenger::keys() {
  return impl_->keys;
}
LedgerService& Messenger::ledger() {
  return *impl_->ledger;
}
SearchService& Messenger::search() {
  return *impl_->search;
}

}  // namespace heliograph::app
