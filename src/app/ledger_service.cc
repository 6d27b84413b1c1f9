#include "app/ledger_service.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "app/data_dir.h"
#include "app/errands.h"
#include "app/http_client.h"
#include "base/log.h"
#include "crypto/sealer.h"
#include "ledger/monitor.h"
#include "ledger/witness.h"

namespace heliograph::app {

namespace {

constexpr std::chrono::seconds kWitnessTime{4};
constexpr std::size_t kWitnessAnswerBytes = 64 * 1024;
constexpr Duration kAfterFailure = std::chrono::seconds(5);

// DATA/ledger.checkpoint: beside the database, so that one is not put back without the other.
class PublicationFile final : public ledger::PublicationRecord {
 public:
  PublicationFile(std::filesystem::path path, Errands& errands) : path_(std::move(path)), errands_(errands) {}

  Task<Result<std::string>> last() override {
    auto work = [path = path_] { return read(path); };
    co_return co_await errands_.run<std::string>(std::move(work));
  }
  Task<Status> keep(std::string note) override {
    auto work = [path = path_, note] { return replace_file(path, note); };
    co_return co_await errands_.run<void>(std::move(work));
  }

  static Result<std::string> read(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error) && !error) return std::string();
    std::ifstream file(path, std::ios::binary);
    std::string text(ledger::kNoteBytesMax, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.empty()) {
      return fail(Error::unavailable("LEDGER_CHECKPOINT_UNREADABLE", "Cannot read " + path.string() + "."));
    }
    return text;
  }

 private:
  const std::filesystem::path path_;
  Errands& errands_;
};

class CurlLine final : public ledger::WitnessLine {
 public:
  explicit CurlLine(Errands& errands) : errands_(errands) {}
  Task<Result<Answer>> post(std::string url, std::string body) override {
    HttpCall call{std::move(url), std::move(body), kWitnessAnswerBytes, kWitnessTime, &stop};
    CO_ASSIGN(auto answer, co_await http_call(errands_, std::move(call)));
    co_return Answer{answer.status, std::move(answer.body)};
  }
  std::atomic<bool> stop = false;

 private:
  Errands& errands_;
};

std::vector<ledger::Witness> witnesses_of(const config::Config& config) {
  std::vector<ledger::Witness> out;
  for (const auto& text : config.ledger_witnesses) {
    // The configuration has been checked.
    if (auto witness = ledger::Witness::parse(text)) out.push_back(std::move(*witness));
  }
  return out;
}

}  // namespace

std::string ledger_origin(const config::Config& config, const std::filesystem::path& data) {
  if (!config.ledger_origin.empty()) return config.ledger_origin;
  if (const auto note = PublicationFile::read(data / "ledger.checkpoint"); note && !note->empty()) {
    const auto before = note->substr(0, note->find('\n'));
    if (ledger::is_key_name(before)) return before;
  }
  const auto& host = config.public_host.empty() ? config.listen_http.host : config.public_host;
  return host + "/ledger";
}

struct LedgerService::Impl {
  Impl(const LedgerServiceParts& parts, const crypto::SecretKey& seed)
      : config(*parts.config),
        clock(*parts.clock),
        store(*parts.store),
        cells(parts.cells),
        published(parts.data / "ledger.checkpoint", errands),
        line(errands),
        ledger({store, clock, *parts.random, parts.secret.derive("ledger"),
                ledger::NoteSigner(ledger_origin(config, parts.data), crypto::Ed25519Key(seed)), published},
               static_cast<std::size_t>(config.ledger_pad_to)),
        prover({store, ledger, *parts.random, parts.secret.derive("ledger")}),
        monitor(ledger, store),
        witnesses(ledger, store, line, witnesses_of(config)) {}

  // Reads what there is, if that has not been done, then takes a batch.
  Task<Status> begin() {
    next_at = clock.monotonic() + kAfterFailure;
    if (!opened) {
      const auto done = co_await ledger.open();
      if (!done && done.error().code.starts_with("LEDGER_")) {
        // Nothing that time heals. Entries go on being recorded, and are published once it is put right.
        ledger.halt(std::string(done.error().code) + ": " + done.error().message);
        co_return Status{};
      }
      CO_TRY(done);
      opened = true;
    }
    co_return co_await batch();
  }

  Task<Status> batch() {
    CO_ASSIGN(const auto done, co_await ledger.batch());
    next_at = clock.monotonic() + std::chrono::seconds(config.ledger_batch_seconds);
    CO_TRY(co_await monitor.check(done));
    co_return co_await witnesses.submit();
  }

  // A few each time, so that no batch comes late for them.
  Task<Status> prove() {
    if (!opened || ledger.stats().halted) co_return Status{};
    const std::uint64_t size = ledger.stats().size;
    if (unproven == 0 && size == proven_size) co_return Status{};
    ledger::CellProver::Order order;
    order.cells = cells;
    using Work = ledger::CellProver::Order::Work;
    using Rows = std::vector<ledger::CellProver::Row>;
    const auto elsewhere = [this](Work work) -> Task<Result<Rows>> {
      co_return co_await proving.run<Rows>(work);
    };
    order.elsewhere = elsewhere;
    const auto left = co_await prover.prove(order);
    if (left) {
      unproven = static_cast<std::int64_t>(*left);
      if (*left == 0) proven_size = size;
      co_return Status{};
    }
    if (left.error().kind == ErrorKind::internal) ++proof_failures;
    co_return fail(left.error());
  }

  const config::Config& config;
  const Clock& clock;
  store::Store& store;
  const std::function<Result<std::vector<std::string>>(store::Tx&)> cells;
  Errands errands, proving;
  std::atomic<std::int64_t> unproven = 0;
  std::atomic<std::uint64_t> proof_failures = 0;
  std::uint64_t proven_size = 0;  // of the published log, when nothing was left to be proven
  PublicationFile published;
  CurlLine line;
  ledger::Ledger ledger;
  ledger::CellProver prover;
  ledger::Monitor monitor;
  ledger::Witnesses witnesses;
  bool opened = false;
  Monotonic next_at{};  // of the next batch
};

Result<std::unique_ptr<LedgerService>> LedgerService::make(const LedgerServiceParts& parts) {
  HG_ASSIGN(const auto seed, crypto::load_or_create_key_file(parts.data / "ledger.key", *parts.random));
  return std::unique_ptr<LedgerService>(new LedgerService(std::make_unique<Impl>(parts, seed)));
}

LedgerService::LedgerService(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LedgerService::~LedgerService() = default;

ledger::Ledger& LedgerService::ledger() {
  return impl_->ledger;
}

const ledger::PublicCells& LedgerService::cells() const {
  return impl_->prover;
}

Task<Status> LedgerService::open() {
  if (const auto done = co_await impl_->begin(); !done) {
    log::warn("ledger: not published yet: {} {}", done.error().code, done.error().message);
  }
  co_return Status{};
}

Task<Status> LedgerService::tick() {
  if (impl_->clock.monotonic() < impl_->next_at) {
    co_return co_await impl_->prove();
  }
  if (impl_->ledger.stats().halted) {
    impl_->next_at = impl_->clock.monotonic() + std::chrono::seconds(impl_->config.ledger_batch_seconds);
    co_return co_await impl_->monitor.count();
  }
  CO_TRY(co_await impl_->begin());
  co_return co_await impl_->prove();
}

void LedgerService::stop() {
  impl_->line.stop = true;
}

void LedgerService::describe(Metrics& metrics) {
  const auto read = [](const auto& value) {
    return [&value] { return static_cast<double>(value.load(std::memory_order_relaxed)); };
  };
  const auto& stats = impl_->ledger.stats();
  metrics.gauge("heliograph_ledger_size", "Entries in the published ledger, padding included.",
                read(stats.size));
  metrics.counter("heliograph_ledger_batches_total", "Batches published.", read(stats.batches));
  metrics.counter("heliograph_ledger_batch_failures_total", "Batches that failed and are tried again.",
                  read(stats.failures));
  metrics.gauge("heliograph_ledger_last_batch_timestamp_seconds", "When the last batch was taken.",
                read(stats.last_batch_at));
  metrics.gauge("heliograph_ledger_halted", "1: the ledger publishes nothing; the log says why.",
                read(stats.halted));
  metrics.gauge("heliograph_ledger_waiting", "Recorded acts not in the log yet.",
                read(impl_->monitor.stats().waiting));
  metrics.gauge("heliograph_ledger_unproven",
                "Entries of the published log that have not been looked at for proofs of single entries.",
                read(impl_->unproven));
  metrics.counter("heliograph_ledger_proof_failures_total",
                  "Proofs of single entries that could not be made, or did not hold.",
                  read(impl_->proof_failures));
  metrics.counter("heliograph_ledger_checked_total",
                  "Recorded acts whose entry the monitor found in the log.",
                  read(impl_->monitor.stats().checked));
  metrics.counter(
      "heliograph_ledger_alarms_total",
      "What the monitor found wrong: entries missing or changed, checkpoints that do not continue.",
      read(impl_->monitor.stats().alarms));
  metrics.counter("heliograph_ledger_cosignatures_total", "Cosignatures received from witnesses.",
                  read(impl_->witnesses.stats().cosignatures));
  metrics.counter("heliograph_ledger_witness_failures_total",
                  "Requests that a witness did not answer with one.",
                  read(impl_->witnesses.stats().failures));
}

}  // namespace heliograph::app
