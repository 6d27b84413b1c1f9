#include "app/messenger.h"

#include <atomic>
#include <fstream>
#include <future>
#include <iterator>
#include <sstream>
#include <thread>

#include "api/server.h"
#include "app/answer_certificate.h"
#include "app/guard_builder.h"
#include "app/hash_list_watcher.h"
#include "app/legal_rules.h"
#include "app/query_rules.h"
#include "app/replay_desk.h"
#include "app/rules_in_force.h"
#include "app/search_service.h"
#include "app/second_stage.h"
#include "app/translator.h"
#include "app/viewer.h"
#include "app/workers.h"
#include "base/log.h"
#include "images/pool.h"
#include "legal/requests/cells.h"
#include "mtproto/bind_temp_key.h"
#include "safety/scan/built_in.h"
#include "services/accounts/delivery_log.h"
#include "services/accounts/delivery_queue.h"
#include "services/accounts/service_account.h"
#include "services/bots/reports_desk.h"
#include "services/bots/search_report.h"
#include "services/bots/transparency_bot.h"
#include "services/chats/close_poll.h"
#include "services/chats/scheduled.h"
#include "services/chats/ttl.h"
#include "services/groups/sweep.h"
#include "services/legal/legal_desk.h"
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

// As the console shows it.
std::string policy_source(const config::Config& config) {
  if (config.safety.policy.empty()) return std::string(safety::built_in_policy());
  std::ifstream in(config.safety.policy, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
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
  metrics.counter("heliograph_judging_failures_total",
                  "Public texts that could not be judged; by the policy they wait for that, or were refused.",
                  [&stats] { return static_cast<double>(stats.failures.load()); });
  metrics.gauge("heliograph_known_hashes", "Hashes in the lists that media are matched against.",
                [&gate] { return static_cast<double>(gate.rulebook()->hashes->size()); });
  metrics.counter("heliograph_judging_seconds_total", "Time spent judging public texts.",
                  [&stats] { return static_cast<double>(stats.nanoseconds.load()) / 1e9; });
}

void describe_legal_desk(const services::LegalDesk& desk, const Clock& clock, Metrics& metrics) {
  const auto read = [](const auto& value) { return [&value] { return static_cast<double>(value.load()); }; };
  const auto& counts = desk.counts();
  metrics.gauge("heliograph_legal_open", "Requests of authorities that are not answered.", read(counts.open));
  metrics.gauge("heliograph_legal_overdue", "The same, whose time to answer is over.", read(counts.overdue));
  metrics.gauge("heliograph_legal_due_within_a_day", "The same, to be answered within a day.",
                read(counts.due_soon));
  const auto& certificate = desk.desk().signer().cms;
  metrics.gauge(
      "heliograph_legal_certificate_seconds_left",
      "Until the certificate ends that answers to authorities are signed with.",
      [&certificate, &clock] { return static_cast<double>(certificate.valid_to() - clock.unix_seconds()); });
  metrics.gauge("heliograph_legal_certificate_ends_soon", "1: it ends within 30 days, or has ended.",
                [&certificate, &clock] { return ends_soon(certificate, clock.unix_seconds()) ? 1.0 : 0.0; });
}

Result<services::HelpTexts> read_help_texts(const std::string& file) {
  if (file.empty()) {
    return services::parse_help_texts(safety::built_in_search_help(), "rules/search-help.toml");
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  if (in) bytes << in.rdbuf();
  if (!in || in.bad()) return fail(Error::invalid("FILE_UNREADABLE", file + ": cannot be read"));
  return services::parse_help_texts(std::move(bytes).str(), file);
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
       std::unique_ptr<LedgerService> made_ledger, NamedViewer made_viewer, LegalRules made_legal_rules,
       crypto::CmsKey made_certificate, std::shared_ptr<const EncoderJudge> made_encoder)
      : parts(std::move(given)),
        store(std::move(opened)),
        blobs(std::move(files)),
        gate(rulebook),
        encoder(std::move(made_encoder)),
        second_stage(make_second_stage(*parts.config, *parts.clock, gate, encoder)),
        translator(make_translator(*parts.config)),
        terms(std::move(terms_of_service)),
        ledger(std::move(made_ledger)),
        viewer(std::move(made_viewer)),
        legal_rules(std::move(made_legal_rules)),
        certificate(std::move(made_certificate)),
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
    every(last, minutes(10), "forgetting what staff were signed in with", [this] { return console.sweep(); });
    every(last, minutes(1), "looking at what is due at the legal desk", [this] { return legal.tick(); });
    every(last, seconds(1), "making secrets of the journal ahead",
          [this] { return legal.journal().make_ready(); });
    every(last, hours(1), "destroying old rows of the journal",
          [this] { return legal.journal().sweep(static_cast<std::int32_t>(parts.config->journal_days)); });
    every(last, hours(1), "deleting unused accounts", [this] { return services.deletion.sweep(); });
    every(last, seconds(1), "judging what waits", [this] { return services.moderation.judge_waiting(); });
    every(last, seconds(1), "looking at pictures", [this] { return services.moderation.look_at_waiting(); });
    every(last, seconds(1), "asking the second stage", [this] { return services.moderation.ask_second(); });
    every(last, seconds(1), "telling reporters", [this] { return services.moderation.tell_reporters(); });
    every(last, seconds(1), "closing sessions that were ended",
          [this] { return services.moderation.sweep(); });
    every(last, seconds(10), "ending what was done for a time",
          [this] { return services.moderation.sweep_deadlines(); });
    every(last, seconds(5), "comparing cases", [this] { return compare_cases(); });
    every(last, seconds(1), "a batch of the ledger", [this] { return ledger->tick(); });
    every(last, minutes(1), "looking after transparency reports", [this] { return transparency.tick(); });
    every(last, seconds(30), "telling who follows reports",
          [this] { return transparency_bot.tell_followers(); });
    every(last, seconds(5), "sending statements of reasons", [this] { return transparency.send(); });
    every(last, seconds(1), "answering for bots", [this] { return services.bots.deliver(); });
    every(last, minutes(10), "forgetting talks with bots", [this] { return services.bots.sweep(); });
    every(last, seconds(10), "counting searches", [this] { return services.search_watch.flush(); });
    every(last, minutes(parts.config->searches_looked_at_minutes), "looking for terms to guard",
          [this] { return put_terms_forward(); });
    every(last, seconds(5), "ending guarded terms", [this] { return services.guarded_terms.sweep(); });
    // Other nodes change them too.
    every(last, seconds(2), "looking at guarded terms", [this] { return look_at_terms(); });
  }

  Task<Status> put_terms_forward() {
    CO_ASSIGN(const auto proposed, co_await services.search_watch.put_forward(search->guard().terms()));
    if (proposed > 0) log::info("{} search terms are put forward: see the console's workshop", proposed);
    co_return Status();
  }

  // Runs `chore` as soon as may be, beside its turn. Thread-safe.
  template <typename Chore>
  void soon(const char* what, Chore chore) {
    net::Loop* loop = chores_loop;
    if (loop == nullptr) return;
    loop->post([this, what, chore] {
      ++chores_running;
      if (stopping) {
        --chores_running;
        return;
      }
      spawn(chore(), [this, what](const Status& done) {
        if (!done) log::warn("{} failed: {}", what, done.error().code);
        --chores_running;
      });
    });
  }

  // Hands the terms that the staff has added to whoever puts them into force, if any has changed.
  Task<Status> look_at_terms() {
    CO_ASSIGN(const auto now, co_await services.guarded_terms.in_force(guard_builder->known()));
    if (!now) co_return Status();
    std::vector<terms::Term> guarded;
    for (const auto& term : now->terms) guarded.push_back(services::matched_term(term));
    guard_builder->put_guarded(now->changes, std::move(guarded));
    co_return Status();
  }

  // What came in is compared with what there was, as far as there is time.
  Task<Status> compare_cases() {
    for (int step = 0; step < 10; ++step) {
      CO_ASSIGN(const bool more, co_await services.work.likeness.keep_up());
      if (!more) break;
    }
    co_return Status();
  }

  // What has been counted since the chore last wrote it; for a thread that is no loop's.
  void flush_views() {
    if (chores_loop == nullptr) return;
    std::promise<Status> flushed;
    chores_loop.load()->post([this, &flushed] {
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
  const std::shared_ptr<const EncoderJudge> encoder;          // null: none
  const std::unique_ptr<ConfiguredSecondStage> second_stage;  // null: none
  const std::unique_ptr<HttpTranslator> translator;           // the same
  const services::Terms terms;
  const std::unique_ptr<LedgerService> ledger;
  const NamedViewer viewer;
  const LegalRules legal_rules;
  const crypto::CmsKey certificate;  // of answers to authorities
  Workers legal_workers{1, 20};      // checks what officers contribute, and opens rows
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
  std::unique_ptr<SearchService> search;        // set by open()
  std::unique_ptr<GuardBuilder> guard_builder;  // the same
  services::HelpTexts help_texts;               // the same
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
                                                   parts.config->appeals, viewer.viewer.get(), viewer.name,
                                                   static_cast<std::int32_t>(parts.config->appeal_days)},
                              .takeout_rules = {.delay = parts.config->takeout_delay_seconds},
                              .quality_rules = {static_cast<std::int32_t>(parts.config->quality_permille)},
                              .translator = translator.get()};
  RulesInForce rules{parts.config->safety, gate, services.terms, *parts.clock};
  NoticeDesk notices{services.notices, ledger->ledger()};
  ReplayDesk replays{parts.data, sealer, gate, *parts.clock, encoder};
  services::LegalDesk legal{environment,
                            {.ledger = ledger->ledger(),
                             .secret = parts.secret,
                             .certificate = certificate,
                             .rules = legal_rules.jurisdictions,
                             .trust = legal_rules.trust,
                             .aside = [this](auto work) { return legal_workers.post(std::move(work)); }}};
  TransparencyService transparency{{*parts.config, *store, ledger->ledger(), sealer, parts.secret,
                                    *parts.clock, *parts.random, gate, policy_source(*parts.config),
                                    legal_rules.files}};
  ConsoleService console{services,         parts.secret, gate,          policy_source(*parts.config),
                         parts.public_url, &replays,     &transparency, legal};
  services::ReportsDesk report_desk{services.reports};
  services::SearchReport search_report{{environment, services.discovery, services.limits, &report_desk,
                                        [this](UserId user) { services.discovery.show_anyway(user); }}};
  services::TransparencyBot transparency_bot{{environment, parts.public_url, &ledger->ledger()}};
  KeyRingStore keys{services.keys};
  api::Server api{services, *parts.sessions, parts.facts, call_rates(*parts.config)};
  std::atomic<net::Loop*> chores_loop = nullptr;  // set by start()
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
                                              parts.clock, parts.random, legal::cells_in}));
  HG_ASSIGN(auto viewer, make_viewer(*parts.config));
  HG_ASSIGN(auto encoder, encoder_of(*parts.config));
  HG_ASSIGN(auto help_texts, read_help_texts(parts.config->search_help));
  HG_ASSIGN(auto legal_rules, read_legal_rules(*parts.config));
  HG_ASSIGN(auto certificate,
            answer_certificate(*parts.config, parts.data, "Heliograph, " + ledger->ledger().key().name,
                               parts.clock->unix_seconds()));
  auto impl = std::make_unique<Impl>(std::move(parts), std::move(store), std::move(blobs), rulebook,
                                     std::move(terms), std::move(ledger), std::move(viewer),
                                     std::move(legal_rules), std::move(certificate), std::move(encoder));
  impl->services.journal = &impl->legal.journal();
  impl->help_texts = std::move(help_texts);
  HG_ASSIGN(impl->search, SearchService::open(impl->parts.data, *impl->parts.clock, *impl->store));
  impl->search->guard().swap(terms::QueryGuard::build(rulebook->terms, safety::built_in_ordinary_words(),
                                                      impl->parts.clock->unix_seconds()));
  impl->guard_builder = std::make_unique<GuardBuilder>(impl->search->guard(), rulebook->terms,
                                                       safety::built_in_ordinary_words(), *impl->parts.clock);
  impl->rules.on_change(
      [impl = impl.get()](const safety::Rulebook& book) { impl->guard_builder->put_lists(book.terms); });
  impl->services.guarded_terms.on_change([impl = impl.get()] {
    impl->soon("looking at guarded terms", [impl] { return impl->look_at_terms(); });
  });
  impl->services.discovery.attach(impl->search->searcher());
  impl->search->guard().attach([impl = impl.get()](std::string_view query) {
    return ruling_on(*impl->services.moderation.gate()->rulebook(), query);
  });
  impl->services.moderation.attach(impl->search->guard());
  impl->services.search_watch.set({static_cast<std::size_t>(impl->parts.config->searches_people),
                                   impl->parts.config->searches_asked, impl->parts.config->searches_removed});
  impl->services.discovery.attach(impl->services.search_watch);
  // Posts are found at once; other changes when the feeder next looks by itself.
  impl->hub.add_observer([search = impl->search.get()](const store::Publication& publication) {
    if (publication.update.box.is_channel()) search->notify();
  });
  impl->services.bots.add(impl->search_report);
  impl->services.bots.add(impl->transparency_bot);
  impl->services.bots.on_mail([impl = impl.get()] {
    impl->soon("answering for bots", [impl] { return impl->services.bots.deliver(); });
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
  std::promise<Result<services::SearchHelp>> helping;
  loops.front()->post([this, &helping] {
    spawn(services::ensure_search_help(impl_->environment, impl_->help_texts),
          [&helping](Result<services::SearchHelp> help) { helping.set_value(std::move(help)); });
  });
  HG_ASSIGN(auto help, helping.get_future().get());
  impl_->services.discovery.attach(std::move(help));
  std::promise<Status> introduced;
  loops.front()->post([this, &introduced] {
    spawn(impl_->services.bots.ensure_accounts(),
          [&introduced](Status status) { introduced.set_value(std::move(status)); });
  });
  HG_TRY(introduced.get_future().get());
  std::promise<Status> published;
  loops.back()->post([this, &published] {
    spawn(impl_->ledger->open(), [&published](Status status) { published.set_value(std::move(status)); });
  });
  HG_TRY(published.get_future().get());
  std::promise<Status> looked;
  loops.back()->post([this, &looked] {
    spawn(impl_->look_at_terms(), [&looked](Status status) { looked.set_value(std::move(status)); });
  });
  HG_TRY(looked.get_future().get());
  impl_->guard_builder->settle();  // nobody searches unguarded
  impl_->search->start(*loops.back());
  impl_->chores_loop = loops.back();
  for (net::Loop* loop : loops) impl_->sweep_sessions(*loop);
  impl_->start_chores(loops);
  return {};
}

void Messenger::stop() {
  impl_->stopping = true;
  impl_->ledger->stop();
  impl_->transparency.stop();
  if (impl_->second_stage) impl_->second_stage->stop();
  if (impl_->translator) impl_->translator->stop();
  for (int i = 0; i < 1000 && impl_->chores_running != 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  impl_->flush_views();
  impl_->search->stop();
}

api::Door& Messenger::door() {
  return impl_->api;
}
void Messenger::describe(Metrics& metrics) {
  describe_gate(impl_->gate, metrics);
  metrics.gauge("heliograph_judging_waiting",
                "Public texts and pictures that wait to be judged or looked at.",
                [this] { return static_cast<double>(impl_->services.moderation.waiting()); });
  if (impl_->viewer.viewer) {
    metrics.gauge("heliograph_image_model_loaded", "1: there is a model that looks at pictures.",
                  [] { return 1.0; });
  }
  describe_legal_desk(impl_->legal, *impl_->parts.clock, metrics);
  if (impl_->second_stage) impl_->second_stage->describe(metrics);
}
Status Messenger::read_rules() {
  return impl_->rules.read();
}
KeyStore& Messenger::keys() {
  return impl_->keys;
}
services::Redress& Messenger::redress() {
  return impl_->services.redress;
}
web::NoticeDesk& Messenger::notices() {
  return impl_->notices;
}
LedgerService& Messenger::ledger() {
  return *impl_->ledger;
}
ConsoleService& Messenger::console() {
  return impl_->console;
}
TransparencyService& Messenger::transparency() {
  return impl_->transparency;
}
SearchService& Messenger::search() {
  return *impl_->search;
}

}  // namespace heliograph::app
