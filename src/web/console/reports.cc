#include "web/console/reports.h"

#include "base/day.h"
#include "transparency/render.h"
#include "web/console/console.h"

namespace heliograph::web {

namespace {

constexpr std::size_t kVersionReasonMost = 1000;
constexpr std::array<std::string_view, 3> kReportStates = {"draft", "reviewed", "published"};

Result<PublicReports*> report_desk_of(const ConsoleParts& parts) {
  if (parts.reports != nullptr) return parts.reports;
  return fail(Error::unavailable("NOT_OFFERED", "This server does not offer it."));
}

Json public_report_json(const store::PublicReport& row) {
  const transparency::Period period{row.from, row.to};
  Json json{{"id", row.id},
            {"name", period.text() + "/" + std::to_string(row.version)},
            {"from", day_text(row.from)},
            {"to", day_text(row.to)},
            {"version", row.version},
            {"state", kReportStates[static_cast<std::size_t>(row.state) - 1]},
            {"drafted_at", row.drafted_at}};
  if (!row.reason.empty()) json["reason"] = row.reason;
  if (!row.reviewed_by.empty()) json["reviewed_by"] = row.reviewed_by;
  if (row.reviewed_at != 0) json["reviewed_at"] = row.reviewed_at;
  if (row.published_at != 0) json["published_at"] = row.published_at;
  return json;
}

Json tally_json(const transparency::Claim& claim) {
  auto counts = Json::array();
  for (const auto& [cell, count] : claim.shown) counts.push_back({{"cell", cell}, {"count", count}});
  return {{"book", transparency::name(claim.book)},
          {"first", claim.first},
          {"end", claim.end},
          {"counts", counts},
          {"hidden_cells", claim.hidden.size()},
          {"hidden_sum", claim.hidden_sum},
          {"hidden_most", claim.hidden_most}};
}

Json figure_json(const transparency::Figure& figure) {
  auto rows = Json::array();
  for (const auto& row : figure.rows) {
    auto values = Json::array();
    for (const auto& value : row.values) values.push_back(value ? Json(*value) : Json(nullptr));
    rows.push_back({{"labels", row.labels}, {"values", values}});
  }
  return {{"id", figure.id},         {"title", figure.title},   {"source", figure.source},
          {"labels", figure.labels}, {"values", figure.values}, {"rows", rows}};
}

Result<Json> whole_report_json(const store::PublicReport& row) {
  HG_ASSIGN(const auto report, transparency::parse_report(row.document));
  auto json = public_report_json(row);
  json["words"] = report.words;
  json["threshold"] = report.threshold;
  json["made_at"] = report.made_at;
  if (!report.previous.empty()) json["previous"] = report.previous;
  auto tallies = Json::array();
  for (const auto& tally : report.tallies) tallies.push_back(tally_json(tally.claim));
  json["tallies"] = std::move(tallies);
  auto figures = Json::array();
  for (const auto& figure : report.figures) figures.push_back(figure_json(figure));
  json["figures"] = std::move(figures);
  return json;
}

Task<Result<Reply>> reply_with_report(PublicReports& desk, std::int64_t id, int status = 200) {
  CO_ASSIGN(const auto row, co_await desk.by_number(id));
  CO_ASSIGN(auto json, whole_report_json(row));
  co_return Reply{.status = status, .json = std::move(json)};
}

Task<Result<Reply>> list_public_reports(ConsoleParts& parts, Call&) {
  CO_ASSIGN(auto* const desk, report_desk_of(parts));
  CO_ASSIGN(const auto rows, co_await desk->all());
  CO_ASSIGN(const auto late, co_await desk->missing());
  auto items = Json::array();
  for (const auto& row : rows) items.push_back(public_report_json(row));
  auto missing = Json::array();
  for (const auto& one : late) {
    missing.push_back(
        {{"from", day_text(one.period.from)}, {"to", day_text(one.period.to)}, {"due", day_text(one.due)}});
  }
  co_return Reply{.json = {{"items", items}, {"late", missing}}};
}

Task<Result<Reply>> read_public_report(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, report_desk_of(parts));
  CO_ASSIGN(const auto id, call.id());
  co_return co_await reply_with_report(*desk, id);
}

Task<Result<Reply>> draft_report(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, report_desk_of(parts));
  auto fields = call.fields();
  const auto from = fields.text("from", 10, 10);
  const auto to = fields.text("to", 10, 10);
  const auto reason = fields.text_if("reason", 1, kVersionReasonMost).value_or("");
  const auto period = transparency::parse_period(from, to);
  if (!period) fields.refuse("to", "a day after `from`, both like 2026-11-28");
  CO_TRY(fields.done());
  CO_ASSIGN(const auto id, co_await desk->draft(*period, reason));
  co_return co_await reply_with_report(*desk, id, 201);
}

Task<Result<Reply>> review_report(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, report_desk_of(parts));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto words = fields.text_if("words", 0, transparency::kWordsBytesMost).value_or("");
  CO_TRY(fields.done());
  CO_TRY(co_await desk->review(id, words, call.member().name));
  co_return co_await reply_with_report(*desk, id);
}

Task<Result<Reply>> publish_report(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, report_desk_of(parts));
  CO_ASSIGN(const auto id, call.id());
  CO_TRY(co_await desk->publish(id));
  co_return co_await reply_with_report(*desk, id);
}

}  // namespace

void add_reports(Door& door) {
  door.on("listPublicReports", list_public_reports);
  door.on("readPublicReport", read_public_report);
  door.on("draftReport", draft_report);
  door.on("reviewReport", review_report);
  door.on("publishReport", publish_report);
}

}  // namespace heliograph::web
