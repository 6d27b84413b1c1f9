// What belongs to a case and may be long: reports, history, a campaign's messages, what is linked with it and
// what stands around it.
#include <algorithm>

#include "web/console/case_json.h"
#include "web/console/console.h"
#include "web/console/pages.h"

namespace heliograph::web {

namespace {

constexpr std::int32_t kSettledLeast = 5;  // of fewer nothing can be said

std::string_view source_of(store::ReportSource source) {
  switch (source) {
    case store::ReportSource::member:
      return "report";
    case store::ReportSource::search_bot:
      return "search_report";
    case store::ReportSource::form:
      return "web_form";
    case store::ReportSource::flagger:
      return "flagger";
    case store::ReportSource::authority:
      return "order";
  }
  return "report";
}

Json report_json(const services::ReportDetail& detail) {
  const auto& report = detail.report;
  const auto settled = detail.record.upheld + detail.record.rejected;
  Json reporter{{"reports", settled}};
  if (settled >= kSettledLeast) reporter["reputation"] = static_cast<double>(detail.record.upheld) / settled;
  if (!report.flagger.empty()) reporter["trusted"] = report.flagger;
  Json json{{"id", report.id},
            {"at", report.at},
            {"source", source_of(report.source)},
            {"category", terms::name(static_cast<terms::Category>(report.category))},
            {"reporter", std::move(reporter)}};
  if (!report.option.empty()) json["option"] = report.option;
  if (!detail.file.comment.empty()) json["comment"] = detail.file.comment;
  if (!report.country.empty()) json["country"] = report.country;
  if (!report.language.empty()) json["language"] = report.language;
  return json;
}

Task<Result<Reply>> list_reports(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  Query query(call);
  const auto limit = query.limit();
  const auto before = query.cursor();
  CO_TRY(query.done());
  CO_ASSIGN(const auto page, co_await parts.casework.newest_reports(id, before.value_or(0), limit));
  auto items = Json::array();
  for (const auto& detail : page.reports) items.push_back(report_json(detail));
  auto countries = Json::array();
  for (const auto& [country, count] : page.countries) {
    countries.push_back({{"country", country}, {"reports", count}});
  }
  Json json{{"items", items}, {"total", page.total}, {"countries", countries}};
  if (page.reports.size() == limit) json["next"] = query.next(page.reports.back().report.id);
  co_return Reply{.json = std::move(json)};
}

// As safety/cases/desk.h words them, and as the document does where that is not the same.
struct EventName {
  std::string_view desk, shown;
};
constexpr EventName kEventNames[] = {
    {"proposed", "awaiting_second"},    {"second-refused", "second_refused"},   {"reopened", "opened"},
    {"appeal-upheld", "appeal_upheld"}, {"appeal-rejected", "appeal_rejected"},
};

Json event_json(const services::HistoryEntry& entry, const CaseReader& reader) {
  const auto& event = entry.event;
  std::string_view what = event.what;
  for (const auto& row : kEventNames) {
    if (row.desk == what) what = row.shown;
  }
  Json json{{"id", event.id}, {"at", event.at}, {"what", what}};
  if (event.staff) json["by"] = staff_ref_json(reader, event.staff);
  if (!entry.words.empty()) json["text"] = entry.words;
  return json;
}

Task<Result<Reply>> list_history(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  Query query(call);
  const auto limit = query.limit();
  const auto before = query.cursor();
  CO_TRY(query.done());
  CO_ASSIGN(const auto entries, co_await parts.casework.history(id, before.value_or(0), limit));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  auto items = Json::array();
  for (const auto& entry : entries) items.push_back(event_json(entry, reader));
  Json json{{"items", items}};
  if (entries.size() == limit) json["next"] = query.next(entries.back().event.id);
  co_return Reply{.json = std::move(json)};
}

Json campaign_member_json(const services::MemberView& view) {
  Json json{{"subject", view.member.subject},
            {"title", view.title},
            {"text", view.text},
            {"added_at", view.member.added_at}};
  if (view.member.effect != 0) {
    json["effect"] = safety::name(static_cast<safety::Effect>(view.member.effect));
  }
  return json;
}

Task<Result<Reply>> list_members(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  Query query(call);
  const auto limit = query.limit();
  const auto from = query.cursor().value_or(0);
  CO_TRY(query.done());
  const auto skip = static_cast<std::size_t>(std::max<std::int64_t>(from, 0));
  CO_ASSIGN(const auto page, co_await parts.casework.members(id, skip, limit));
  CO_TRY(co_await record_case_read(parts, call, id, UserId{}));
  auto items = Json::array();
  for (const auto& view : page.members) items.push_back(campaign_member_json(view));
  Json json{{"items", items}, {"total", page.total}};
  // Members are only added: a place in their row stays good.
  if (page.members.size() == limit) json["next"] = query.next(static_cast<std::int64_t>(skip + limit));
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> list_linked(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  CO_ASSIGN(const auto linked, co_await parts.casework.linked(id));
  CO_TRY(co_await record_case_read(parts, call, id, UserId{}));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  const auto list = [&reader](const std::vector<services::CaseView>& views) {
    auto json = Json::array();
    for (const auto& view : views) json.push_back(summary_json(view, reader));
    return json;
  };
  co_return Reply{.json = {{"author", list(linked.author)},
                           {"media", list(linked.media)},
                           {"campaign", list(linked.campaign)},
                           {"similar", list(linked.similar)}}};
}

Json context_json(const services::ContextEntry& entry) {
  Json json{{"id", entry.id.value},         {"at", entry.date},         {"text", entry.text},
            {"media", entry.media ? 1 : 0}, {"subject", entry.subject}, {"withheld", entry.withheld}};
  if (entry.author) json["author"] = person_json(*entry.author);
  return json;
}

Task<Result<Reply>> get_context(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  CO_ASSIGN(const auto around, co_await parts.casework.context(id));
  CO_TRY(co_await record_case_read(parts, call, id, UserId{}));
  auto items = Json::array();
  for (const auto& entry : around) items.push_back(context_json(entry));
  co_return Reply{.json = {{"items", items}}};
}

}  // namespace

void add_case_lists(Door& door) {
  door.on("listReports", list_reports);
  door.on("listHistory", list_history);
  door.on("listMembers", list_members);
  door.on("listLinked", list_linked);
  door.on("getContext", get_context);
}

}  // namespace heliograph::web
