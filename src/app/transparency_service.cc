#include "app/transparency_service.h"

#include <charconv>

#include "app/http_client.h"
#include "app/report_maker.h"
#include "base/log.h"
#include "services/legal/report_figures.h"

namespace heliograph::app {

namespace {

constexpr std::size_t kReportsShown = 1000;
constexpr std::size_t kPeriodsCompared = 12;
constexpr std::size_t kStatementAnswerBytes = 4 * 1024 * 1024;
constexpr std::string_view kQueuedUntil = "transparency.statements_until";
constexpr std::chrono::seconds kStatementTime{60};
constexpr UnixSeconds kLookBehind = 60;

Result<UnixSeconds> queued_until(store::Tx& tx, UnixSeconds otherwise) {
  HG_ASSIGN(const auto kept, tx.settings().find_global(kQueuedUntil));
  if (!kept) return otherwise;
  const auto text = as_text(*kept);
  UnixSeconds out = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

}  // namespace

class TransparencyService::Line final : public transparency::StatementLine {
 public:
  Line(const config::Config& config, Errands& errands) : config_(config), errands_(errands) {}
  Task<Result<Answer>> post(std::string body) override {
    HttpCall call;
    call.url = config_.transparency_statements_url;
    call.body = std::move(body);
    call.answer_bytes_max = kStatementAnswerBytes;
    call.time_limit = kStatementTime;
    call.stop = &stop;
    call.content_type = "application/json";
    call.bearer = config_.transparency_statements_token;
    CO_ASSIGN(auto answer, co_await http_call(errands_, std::move(call)));
    co_return Answer{answer.status, std::move(answer.body)};
  }
  std::atomic<bool> stop = false;

 private:
  const config::Config& config_;
  Errands& errands_;
};

TransparencyService::TransparencyService(TransparencyServiceParts parts)
    : parts_(std::move(parts)), line_(std::make_unique<Line>(parts_.config, errands_)) {}
TransparencyService::~TransparencyService() = default;

transparency::Schedule TransparencyService::schedule() const {
  return transparency::schedule_of(parts_.config.transparency_schedule)
      .value_or(transparency::Schedule::none);
}

Task<Status> TransparencyService::tick() {
  const auto now = parts_.clock.unix_seconds();
  CO_ASSIGN(const auto late, co_await missing());
  late_ = static_cast<std::int64_t>(late.size());
  const auto period = transparency::last_period(schedule(), now);
  if (!period || parts_.ledger.stats().halted) co_return Status{};
  auto known = [period](store::Tx& tx) -> Result<bool> {
    HG_ASSIGN(const auto size, tx.ledger().size_before(period->to));
    if (size == 0) return true;  // there was no log then
    HG_ASSIGN(auto published, transparency::published_periods(tx));
    if (transparency::is_covered(*period, std::move(published))) return true;
    HG_ASSIGN(const auto report, store::transparency_of(tx).find_period(period->from, period->to, false));
    return report.has_value();
  };
  CO_ASSIGN(const bool done, co_await parts_.store.read(std::move(known)));
  if (done) co_return Status{};
  transparency::ReporterParts with{parts_.store, parts_.ledger, parts_.sealer, parts_.clock, parts_.random};
  const auto elsewhere =
      [this](transparency::ReporterParts::Work work) -> Task<Result<transparency::TallyProof>> {
    auto compute = [work]() -> Result<transparency::TallyProof> { return work(); };
    co_return co_await errands_.run<transparency::TallyProof>(std::move(compute));
  };
  with.elsewhere = elsewhere;
  const auto more = [this](transparency::Period of, std::uint64_t threshold) {
    return services::legal_figures(parts_.store, parts_.secret, of, threshold);
  };
  with.more = more;
  const transparency::Reporter reporter(with);
  const transparency::ReportOrder order{
      *period, static_cast<std::uint64_t>(parts_.config.transparency_threshold), {}};
  const auto report = co_await reporter.make(order);
  if (!report) {
    log::warn("transparency: no draft of {}: {} {}", period->text(), report.error().code,
              report.error().message);
    co_return Status{};
  }
  auto keep = [&report, now](store::Tx& tx) -> Status {
    HG_TRY(transparency::keep_draft(store::transparency_of(tx), *report, now));
    return {};
  };
  CO_TRY(co_await parts_.store.write(std::move(keep)));
  log::info("transparency: the report of {} waits to be reviewed", period->text());
  co_return Status{};
}

Task<Status> TransparencyService::send() {
  if (parts_.config.transparency_statements_url.empty()) co_return Status{};
  const auto now = parts_.clock.unix_seconds();
  // From the first time that there is an address: what was decided before is not sent. A look behind, too:
  // what was decided in the second that was going on then.
  auto queue = [this, now](store::Tx& tx) -> Result<std::size_t> {
    HG_ASSIGN(const auto until, queued_until(tx, now));
    const auto from = until - kLookBehind;
    HG_ASSIGN(const auto added, transparency::queue_statements(tx, from, now, parts_.sealer, parts_.secret));
    const auto text = std::to_string(now);
    HG_TRY(tx.settings().put_global(kQueuedUntil, as_bytes(text)));
    return added;
  };
  CO_TRY(co_await parts_.store.write(std::move(queue)));
  CO_TRY(co_await transparency::send_statements(parts_.store, *line_, now));
  auto count = [](store::Tx& tx) -> Result<std::pair<std::int64_t, std::int64_t>> {
    auto& table = store::transparency_of(tx);
    HG_ASSIGN(const auto waiting, table.count_statements(store::StatementState::waiting));
    HG_ASSIGN(const auto refused, table.count_statements(store::StatementState::refused));
    return std::pair(waiting, refused);
  };
  CO_ASSIGN(const auto counts, co_await parts_.store.read(std::move(count)));
  waiting_ = counts.first;
  refused_ = counts.second;
  co_return Status{};
}

void TransparencyService::stop() {
  line_->stop = true;
}

void TransparencyService::describe(Metrics& metrics) {
  const auto read = [](const auto& value) {
    return [&value] { return static_cast<double>(value.load(std::memory_order_relaxed)); };
  };
  metrics.gauge("heliograph_transparency_reports_late", "Reports that ought to be published and are not.",
                read(late_));
  metrics.gauge("heliograph_statements_waiting", "Statements of reasons that wait to be sent.",
                read(waiting_));
  metrics.gauge("heliograph_statements_refused", "Statements of reasons that the other side refused.",
                read(refused_));
}

Task<Result<std::vector<store::PublicReport>>> TransparencyService::list() {
  auto body = [](store::Tx& tx) { return store::transparency_of(tx).list(true, kReportsShown); };
  co_return co_await parts_.store.read(std::move(body));
}

Task<Result<store::PublicReport>> TransparencyService::find(transparency::Period period,
                                                            std::int32_t version) {
  CO_ASSIGN(const auto all, co_await list());
  for (const auto& one : all) {
    if (one.from != period.from || one.to != period.to || one.version != version) continue;
    auto body = [id = one.id](store::Tx& tx) { return store::transparency_of(tx).find(id); };
    CO_ASSIGN(auto row, co_await parts_.store.read(std::move(body)));
    if (row) co_return std::move(*row);
  }
  co_return fail(Error::not_found("PUBLIC_REPORT_UNKNOWN", "There is no such report."));
}

Task<Result<std::vector<store::PublicReport>>> TransparencyService::all() {
  auto body = [](store::Tx& tx) { return store::transparency_of(tx).list(false, kReportsShown); };
  co_return co_await parts_.store.read(std::move(body));
}

Task<Result<store::PublicReport>> TransparencyService::by_number(std::int64_t id) {
  auto body = [id](store::Tx& tx) { return store::transparency_of(tx).find(id); };
  CO_ASSIGN(auto row, co_await parts_.store.read(std::move(body)));
  if (row) co_return std::move(*row);
  co_return fail(Error::not_found("PUBLIC_REPORT_UNKNOWN", "There is no report of this number."));
}

Task<Result<std::int64_t>> TransparencyService::draft(transparency::Period period, std::string reason) {
  auto work = [config = parts_.config, period, reason]() -> Result<transparency::Report> {
    HG_ASSIGN(const auto reader, LedgerReader::open(config));
    return make_report(config, *reader, period, reason);
  };
  CO_ASSIGN(const auto report, co_await making_.run<transparency::Report>(std::move(work)));
  auto keep = [&report, now = parts_.clock.unix_seconds()](store::Tx& tx) {
    return transparency::keep_draft(store::transparency_of(tx), report, now);
  };
  co_return co_await parts_.store.write(std::move(keep));
}

Task<Status> TransparencyService::review(std::int64_t id, std::string words, std::string by) {
  auto body = [id, words, by, now = parts_.clock.unix_seconds()](store::Tx& tx) {
    return transparency::review(store::transparency_of(tx), id, words, by, now);
  };
  co_return co_await parts_.store.write(std::move(body));
}

Task<Status> TransparencyService::publish(std::int64_t id) {
  auto work = [config = parts_.config, id]() -> Result<transparency::Publication> {
    HG_ASSIGN(const auto reader, LedgerReader::open(config));
    return prepare_report(*reader, id);
  };
  CO_ASSIGN(const auto publication, co_await making_.run<transparency::Publication>(std::move(work)));
  auto body = [&publication, now = parts_.clock.unix_seconds()](store::Tx& tx) {
    return transparency::publish(store::transparency_of(tx), publication, now);
  };
  co_return co_await parts_.store.write(std::move(body));
}

Task<Result<std::vector<transparency::AnnexFile>>> TransparencyService::annex(transparency::Period period,
                                                                              std::int32_t version) {
  CO_ASSIGN(const auto row, co_await find(period, version));
  CO_ASSIGN(const auto report, transparency::parse_report(row.document));
  CO_ASSIGN(const auto all, co_await list());
  transparency::AnnexFacts facts{parts_.config.transparency_provider, parts_.config.transparency_service,
                                 row.published_at, 0};
  for (const auto& one : all) {
    if (one.to <= period.from) facts.published_before = std::max(facts.published_before, one.published_at);
  }
  auto work = [report, facts]() -> Result<std::vector<transparency::AnnexFile>> {
    return transparency::annex_files(report, facts);
  };
  co_return co_await errands_.run<std::vector<transparency::AnnexFile>>(std::move(work));
}

Task<Result<std::vector<transparency::Missing>>> TransparencyService::missing() {
  co_return co_await transparency::missing(parts_.store, schedule(), parts_.config.transparency_publish_days,
                                           parts_.clock.unix_seconds());
}

Task<Result<std::vector<web::ReportShelf::Totals>>> TransparencyService::totals() {
  CO_ASSIGN(const auto all, co_await list());
  std::vector<Totals> out;
  for (const auto& one : all) {
    const transparency::Period period{one.from, one.to};
    if (!out.empty() && out.back().period == period) continue;  // an older version
    if (out.size() == kPeriodsCompared) break;
    {
      const std::lock_guard lock(totals_mutex_);
      if (const auto known = totals_.find(one.id); known != totals_.end()) {
        out.push_back(known->second);
        continue;
      }
    }
    CO_ASSIGN(const auto row, co_await by_number(one.id));
    CO_ASSIGN(const auto report, transparency::parse_report(row.document));
    out.push_back({period, one.version, report.acts(ledger::Book::content), report.acts(ledger::Book::legal),
                   report.acts(ledger::Book::search)});
    const std::lock_guard lock(totals_mutex_);
    totals_[one.id] = out.back();
  }
  co_return out;
}

std::string TransparencyService::rules_version() const {
  return std::to_string(parts_.gate.rulebook()->rules->version());
}

std::string TransparencyService::policy_version() const {
  return parts_.gate.rulebook()->policy->version();
}

std::string TransparencyService::rules() const {
  return parts_.gate.rulebook()->rules->source();
}

}  // namespace heliograph::app
