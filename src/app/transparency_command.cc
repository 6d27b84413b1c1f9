#include "app/transparency_command.h"

#include <fstream>
#include <iterator>
#include <ostream>

#include "app/at_once.h"
#include "app/data_dir.h"
#include "app/report_maker.h"
#include "base/day.h"
#include "store/sqlite/beside.h"
#include "store/sqlite/transparency_table.h"
#include "transparency/annex.h"
#include "transparency/desk.h"
#include "transparency/render.h"

namespace heliograph::app {

namespace {

using transparency::Period;
using transparency::Report;

constexpr std::size_t kReportsListed = 1000;

Status change_reports(const config::Config& config, const std::function<Status(store::Transparency&)>& body) {
  return store::sqlite::change_beside(config.data_dir, [&](store::sqlite::Session& session) {
    store::sqlite::SqliteTransparency table(session);
    return body(table);
  });
}

Status write_annex(LedgerReader& reader, const config::Config& config, const Report& report,
                   UnixSeconds published_at, const std::filesystem::path& folder) {
  if (folder.empty()) return fail(Error::invalid("CLI_INVALID", "Say where the files go: --out FOLDER."));
  auto list = [](store::Tx& tx) { return store::transparency_of(tx).list(true, kReportsListed); };
  HG_ASSIGN(const auto all, at_once(reader.store().read(std::move(list))));
  transparency::AnnexFacts facts{config.transparency_provider, config.transparency_service, published_at, 0};
  for (const auto& one : all) {
    if (one.to <= report.period.from)
      facts.published_before = std::max(facts.published_before, one.published_at);
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  for (const auto& file : transparency::annex_files(report, facts)) {
    HG_TRY(write_new_file(folder / file.name, file.csv));
  }
  return {};
}

Status print_report(const config::Config& config, const TransparencyOptions& options, std::ostream& out) {
  HG_ASSIGN(const auto period, transparency::parse_period(options.from, options.to));
  HG_ASSIGN(const auto reader, LedgerReader::open(config));
  auto find = [period](store::Tx& tx) {
    return store::transparency_of(tx).find_period(period.from, period.to, true);
  };
  HG_ASSIGN(const auto published, at_once(reader->store().read(std::move(find))));
  Report report;
  std::string state;
  if (published) {
    HG_ASSIGN(report, transparency::parse_report(published->document));
  } else {
    HG_ASSIGN(report, make_report(config, *reader, period, {}));
    state = "Not published: this is what the report would be now.";
  }
  if (options.format == "note") {
    if (!published) return fail(Error::not_found("CLI_INVALID", "The period's report is not published."));
    out << published->note;
  } else if (options.format == "annex") {
    const UnixSeconds published_at = published ? published->published_at : 0;
    return write_annex(*reader, config, report, published_at, options.folder);
  } else if (options.format == "json") {
    // Signed are the very bytes of what has been published.
    out << (published ? published->document : transparency::to_json(report));
  } else if (options.format == "csv") {
    out << transparency::to_csv(report);
  } else {
    out << transparency::to_markdown(report, state);
  }
  return {};
}

Status make_draft(const config::Config& config, const TransparencyOptions& options, std::ostream& out) {
  HG_ASSIGN(const auto period, transparency::parse_period(options.from, options.to));
  HG_ASSIGN(const auto reader, LedgerReader::open(config));
  HG_ASSIGN(const auto report, make_report(config, *reader, period, options.reason));
  std::int64_t number = 0;
  const auto now = reader->clock().unix_seconds();
  HG_TRY(change_reports(config, [&](store::Transparency& table) -> Status {
    HG_ASSIGN(number, transparency::keep_draft(table, report, now));
    return {};
  }));
  out << number << '\n';
  return {};
}

std::string_view state_name(store::PublicReportState state) {
  switch (state) {
    case store::PublicReportState::draft:
      return "draft";
    case store::PublicReportState::reviewed:
      return "reviewed";
    case store::PublicReportState::published:
      return "published";
  }
  return {};
}

Status list_reports(const config::Config& config, std::ostream& out) {
  HG_ASSIGN(const auto snapshot, store::sqlite::Snapshot::open(config.data_dir));
  auto body = [](store::Tx& tx) { return store::transparency_of(tx).list(false, kReportsListed); };
  HG_ASSIGN(const auto all, at_once(snapshot->read(std::move(body))));
  for (const auto& one : all) {
    out << one.id << '\t' << Period{one.from, one.to}.text() << '/' << one.version << '\t'
        << state_name(one.state);
    if (one.state == store::PublicReportState::published) out << '\t' << day_text(one.published_at);
    out << '\n';
  }
  const auto schedule = transparency::schedule_of(config.transparency_schedule);
  HG_ASSIGN(const auto late,
            at_once(transparency::missing(*snapshot, schedule.value_or(transparency::Schedule::none),
                                          config.transparency_publish_days, SystemClock().unix_seconds())));
  for (const auto& one : late) {
    out << "-\t" << one.period.text() << "\tmissing since " << day_text(one.due) << '\n';
  }
  return {};
}

Result<std::string> words_in(const std::filesystem::path& path) {
  if (path.empty()) return std::string();
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(Error::invalid("CLI_INVALID", "Cannot read " + path.string() + "."));
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

Status review_report(const config::Config& config, const TransparencyOptions& options) {
  HG_ASSIGN(const auto words, words_in(options.words));
  const auto now = SystemClock().unix_seconds();
  return change_reports(config, [&](store::Transparency& table) {
    return transparency::review(table, options.number, words, options.by, now);
  });
}

Status publish_report(const config::Config& config, const TransparencyOptions& options, std::ostream& out) {
  HG_ASSIGN(const auto reader, LedgerReader::open(config));
  HG_ASSIGN(const auto publication, prepare_report(*reader, options.number));
  const auto now = reader->clock().unix_seconds();
  HG_TRY(change_reports(
      config, [&](store::Transparency& table) { return transparency::publish(table, publication, now); }));
  out << Period{publication.row.from, publication.row.to}.text() << '/' << publication.row.version << '\n';
  return {};
}

}  // namespace

Status transparency_command(const config::Config& config, const TransparencyOptions& options,
                            std::ostream& out) {
  switch (options.action) {
    case TransparencyOptions::Action::report:
      return print_report(config, options, out);
    case TransparencyOptions::Action::draft:
      return make_draft(config, options, out);
    case TransparencyOptions::Action::list:
      return list_reports(config, out);
    case TransparencyOptions::Action::review:
      return review_report(config, options);
    case TransparencyOptions::Action::publish:
      return publish_report(config, options, out);
  }
  return {};
}

}  // namespace heliograph::app
