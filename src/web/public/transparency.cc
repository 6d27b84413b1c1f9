#include "web/public/transparency.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/day.h"
#include "ledger/checkpoint.h"
#include "ledger/text.h"
#include "transparency/render.h"
#include "web/public/transparency_page.h"

namespace heliograph::web {

namespace {

using transparency::Period;
using ReportJson = nlohmann::ordered_json;

constexpr std::string_view kReportForEver = "public, max-age=31536000, immutable";
constexpr std::string_view kReportBriefly = "public, max-age=30";

net::HttpResponse report_file(std::string type, std::string body, std::string_view caching) {
  net::HttpResponse out{200, std::move(type), std::move(body), {}};
  out.headers.push_back({"Cache-Control", std::string(caching)});
  out.headers.push_back({"Access-Control-Allow-Origin", "*"});
  return out;
}

net::HttpResponse no_such_report() {
  return net::http_problem(404, "There is no such report; /transparency has the list.");
}

// "2.json": the number and what follows the dot.
std::optional<std::pair<std::int32_t, std::string>> version_and_form(std::string_view text) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 1 || text.front() == '0') return std::nullopt;
  return std::pair(number, std::string(end, text.data() + text.size()));
}

Task<Result<store::PublicReport>> report_of(ReportShelf& shelf, const net::HttpRequest& request,
                                            std::int32_t version) {
  CO_ASSIGN(const auto period,
            transparency::parse_period(request.path_value("from"), request.path_value("to")));
  co_return co_await shelf.find(period, version);
}

Task<net::HttpResponse> show_report(ReportShelf& shelf, const net::HttpRequest& request) {
  const auto wanted = version_and_form(request.path_value("version"));
  if (!wanted) co_return no_such_report();
  const auto found = co_await report_of(shelf, request, wanted->first);
  if (!found && found.error().kind == ErrorKind::unavailable) co_return net::http_problem(found.error());
  if (!found) co_return no_such_report();
  const auto& row = *found;
  const auto& form = wanted->second;
  if (form == ".json") co_return report_file("application/json", row.document, kReportForEver);
  if (form == ".note") co_return report_file("text/plain; charset=utf-8", row.note, kReportForEver);
  const auto report = transparency::parse_report(row.document);
  if (!report) co_return net::http_problem(report.error());
  if (form == ".md") {
    co_return report_file("text/markdown; charset=utf-8", transparency::to_markdown(*report, {}),
                          kReportForEver);
  }
  if (form == ".csv") {
    co_return report_file("text/csv; charset=utf-8", transparency::to_csv(*report), kReportForEver);
  }
  if (!form.empty()) co_return no_such_report();
  co_return report_page(*report, row);
}

Task<net::HttpResponse> show_annex(ReportShelf& shelf, const net::HttpRequest& request) {
  const auto wanted = version_and_form(request.path_value("version"));
  if (!wanted || !wanted->second.empty()) co_return no_such_report();
  const auto period = transparency::parse_period(request.path_value("from"), request.path_value("to"));
  const auto name = request.path_value("file");
  if (!period || std::ranges::find(transparency::kAnnexNames, name) == transparency::kAnnexNames.end()) {
    co_return no_such_report();
  }
  const auto files = co_await shelf.annex(*period, wanted->first);
  if (!files) co_return no_such_report();
  for (const auto& file : *files) {
    if (file.name == name) {
      co_return report_file("text/csv; charset=utf-8", file.csv, kReportForEver);
    }
  }
  co_return no_such_report();
}

Task<net::HttpResponse> show_front(ReportShelf& shelf, const ledger::PublicLog& log) {
  const auto all = co_await shelf.list();
  if (!all) co_return net::http_problem(all.error());
  const auto late = co_await shelf.missing();
  if (!late) co_return net::http_problem(late.error());
  std::optional<transparency::Report> newest;
  if (!all->empty()) {
    const auto& first = all->front();
    const auto found = co_await shelf.find({first.from, first.to}, first.version);
    if (!found) co_return net::http_problem(found.error());
    auto report = transparency::parse_report(found->document);
    if (!report) co_return net::http_problem(report.error());
    newest = std::move(*report);
  }
  const auto totals = co_await shelf.totals();
  if (!totals) co_return net::http_problem(totals.error());
  std::vector<std::string> jurisdictions;
  for (const auto& [name, text] : shelf.jurisdictions()) jurisdictions.push_back(name);
  FrontFacts facts{*all,
                   *late,
                   *totals,
                   jurisdictions,
                   newest ? &*newest : nullptr,
                   log.key().text(),
                   {},
                   0,
                   shelf.rules_version(),
                   shelf.policy_version()};
  const auto checkpoint = log.checkpoint();
  if (const auto note = ledger::Note::parse(checkpoint)) {
    if (const auto tree = ledger::Checkpoint::parse(note->text)) {
      facts.root = ledger::to_base64(tree->root);
      facts.size = tree->size;
    }
  }
  co_return front_page(facts);
}

Task<net::HttpResponse> list_reports(ReportShelf& shelf) {
  const auto all = co_await shelf.list();
  if (!all) co_return net::http_problem(all.error());
  const auto late = co_await shelf.missing();
  if (!late) co_return net::http_problem(late.error());
  ReportJson json;
  auto& reports = json["reports"] = ReportJson::array();
  for (const auto& one : *all) {
    const Period period{one.from, one.to};
    ReportJson each;
    each["name"] = period.text() + "/" + std::to_string(one.version);
    each["from"] = day_text(one.from);
    each["to"] = day_text(one.to);
    each["version"] = one.version;
    if (!one.reason.empty()) each["reason"] = one.reason;
    each["published_at"] = one.published_at;
    each["document"] = "/transparency/reports/" + each["name"].get<std::string>() + ".json";
    each["signature"] = "/transparency/reports/" + each["name"].get<std::string>() + ".note";
    reports.push_back(std::move(each));
  }
  auto& missing = json["late"] = ReportJson::array();
  for (const auto& one : *late) {
    missing.push_back(
        {{"from", day_text(one.period.from)}, {"to", day_text(one.period.to)}, {"due", day_text(one.due)}});
  }
  co_return report_file("application/json", json.dump() + "\n", kReportBriefly);
}

}  // namespace

void add_transparency_routes(net::HttpRouter& router, ReportShelf& shelf, const ledger::PublicLog& log) {
  router.add("GET", "/transparency",
             [&shelf, &log](const net::HttpRequest&) { return show_front(shelf, log); });
  router.add("GET", "/transparency/reports/{from}/{to}/{version}",
             [&shelf](const net::HttpRequest& request) { return show_report(shelf, request); });
  router.add("GET", "/transparency/reports/{from}/{to}/{version}/annex/{file}",
             [&shelf](const net::HttpRequest& request) { return show_annex(shelf, request); });
  router.add("GET", "/api/public/transparency",
             [&shelf](const net::HttpRequest&) { return list_reports(shelf); });
  router.add_function("GET", "/transparency/proof", [](const net::HttpRequest&) {
    return report_file("text/markdown; charset=utf-8", std::string(carried_proof()), kReportBriefly);
  });
  router.add_function("GET", "/transparency/rules", [&shelf](const net::HttpRequest&) {
    return report_file("text/markdown; charset=utf-8", shelf.rules(), kReportBriefly);
  });
  router.add_function("GET", "/transparency/guidelines", [](const net::HttpRequest&) {
    return report_file("text/markdown; charset=utf-8", std::string(carried_guidelines()), kReportBriefly);
  });
  router.add_function("GET", "/transparency/jurisdictions/{file}", [&shelf](const net::HttpRequest& request) {
    for (auto& [name, text] : shelf.jurisdictions()) {
      if (name == request.path_value("file")) {
        return report_file("text/plain; charset=utf-8", text, kReportBriefly);
      }
    }
    return net::http_problem(404, "There is no such file; /transparency has the list.");
  });
  router.add_function("GET", "/transparency/policy", [&shelf](const net::HttpRequest&) {
    return report_file("text/plain; charset=utf-8", shelf.policy(), kReportBriefly);
  });
  router.add_function("GET", "/transparency/verify.js", [](const net::HttpRequest&) {
    if (carried_verifier().empty()) return net::http_problem(404, "The pages have not been built.");
    return report_file("text/javascript; charset=utf-8", std::string(carried_verifier()), kReportBriefly);
  });
}

}  // namespace heliograph::web
