// What @searchreport takes to the desk, and what it hears there.
#include <algorithm>

#include "services/bots/search_report.h"
#include "services/chats/text.h"

namespace heliograph::services {

namespace {

constexpr std::string_view kStages[] = {"waiting", "acted", "not_acted"};

// About what the reporter cannot see, or did themselves.
constexpr std::string_view kNotVisible[] = {"MESSAGE_ID_INVALID", "PEER_ID_INVALID", "CHANNEL_PRIVATE",
                                            "CHANNEL_INVALID", "CHAT_ID_INVALID"};

std::string stage_key(ReportStage stage) {
  return "state." + std::string(kStages[static_cast<std::size_t>(stage)]);
}

BotTurn edited_to(std::string text) {
  BotTurn turn;
  turn.edit = BotPost{std::move(text), {}, {}};
  turn.state = Bytes();
  return turn;
}

}  // namespace

Task<Result<std::string>> SearchReport::describe(const Visit& visit, ReportSubject subject) const {
  if (subject.kind == ReportSubject::Kind::term) co_return say(visit, "what_term", {{"term", subject.term}});
  auto read = [where = subject.where](store::Tx& tx) { return name_of(tx, where); };
  auto place = co_await parts_.environment.store.read(read);
  if (!place && place.error().kind != ErrorKind::not_found) co_return fail(place.error());
  const auto name = place.value_or("?");  // it has gone since
  if (subject.kind == ReportSubject::Kind::place) co_return name;
  co_return say(visit, "what_message", {{"place", name}});
}

std::string SearchReport::describe(const Visit& visit, const ReportStatus& status) const {
  if (!status.term.empty()) return say(visit, "what_term", {{"term", status.term}});
  const auto name = terms::kCategoryNames[static_cast<std::size_t>(status.category)];
  return say(visit, "category." + std::string(name));
}

std::optional<std::string> SearchReport::plain(const Visit& visit, const Error& error,
                                               std::int64_t case_id) const {
  const auto number = std::to_string(case_id);
  if (error.kind == ErrorKind::flood) {
    return say(visit, "too_many", {{"wait", std::to_string(error.wait_seconds / 60 + 1)}});
  }
  if (error.kind == ErrorKind::unavailable) return say(visit, "unavailable");
  if (error.code == "REPORTS_PAUSED") return say(visit, "paused");
  if (error.code == "APPEAL_LATE") return say(visit, "appeal_late", {{"number", number}});
  if (error.code == "APPEAL_WAITS") return say(visit, "appeal_twice", {{"number", number}});
  if (error.code == "APPEAL_DECIDED") return say(visit, "appeal_decided", {{"number", number}});
  if (error.code == "CASE_UNKNOWN" || error.code == "CASE_NOT_DECIDED") {
    return say(visit, "appeal_unknown", {{"number", number}});
  }
  if (std::ranges::find(kNotVisible, error.code) != std::end(kNotVisible)) return say(visit, "not_visible");
  if (error.kind == ErrorKind::internal) return std::nullopt;
  return say(visit, "failed", {{"reason", error.message.empty() ? std::string(error.code) : error.message}});
}

Task<Result<BotTurn>> SearchReport::send(Visit visit) {
  auto& talk = visit.talk;
  const auto later = [](std::string text) {  // the report stays as it is, with its button
    BotTurn turn;
    turn.notice = std::move(text);
    turn.alert = true;
    return turn;
  };
  if (parts_.desk == nullptr) co_return later(say(visit, "unavailable"));
  const auto rate = parts_.limits.take("search_report", std::to_string(visit.caller.user.value), report_rate);
  if (!rate) co_return later(*plain(visit, rate.error(), 0));
  NewReport report;
  report.subject = talk.subject;
  report.category = static_cast<terms::Category>(talk.category);
  report.country = talk.country;
  report.language = visit.language;
  report.comment = talk.comment;
  report.examples = talk.examples;
  report.overblock = talk.overblock;
  const auto filed = co_await parts_.desk->file(visit.caller, std::move(report));
  if (filed) {
    if (talk.overblock && !filed->again) {
      CO_TRY(co_await parts_.discovery.note_overblock(visit.caller, talk.subject.term));
    }
    co_return edited_to(
        say(visit, filed->again ? "filed_again" : "filed", {{"number", std::to_string(filed->case_id)}}));
  }
  const auto text = plain(visit, filed.error(), 0);
  if (!text) co_return fail(filed.error());
  const auto kind = filed.error().kind;
  if (kind == ErrorKind::flood || kind == ErrorKind::unavailable) co_return later(*text);
  co_return edited_to(*text);
}

Task<Result<BotTurn>> SearchReport::status(Visit visit, std::string text) {
  const auto number = parse_case_number(text);
  if (!number) co_return told(visit, "status_ask");
  if (parts_.desk == nullptr) co_return told(visit, "unavailable");
  const auto status = co_await parts_.desk->status(visit.caller, *number);
  if (!status && status.error().code == "CASE_UNKNOWN") {
    co_return told(visit, "status_unknown", {{"number", std::to_string(*number)}});
  }
  if (!status) co_return fail(status.error());
  co_return told(visit, "status",
                 {{"number", std::to_string(*number)},
                  {"what", describe(visit, *status)},
                  {"state", say(visit, stage_key(status->stage))}});
}

Task<Result<BotPost>> SearchReport::list(const Visit& visit, std::int32_t page) const {
  if (parts_.desk == nullptr) co_return BotPost{say(visit, "unavailable"), {}, {}};
  CO_ASSIGN(const auto mine, co_await parts_.desk->mine(visit.caller, page));
  BotPost post;
  if (mine.reports.empty() && page == 0) co_return BotPost{say(visit, "mine_none"), {}, {}};
  post.text = say(visit, "mine");
  for (const auto& report : mine.reports) {
    post.text += "\n" + say(visit, "mine_line",
                            {{"number", std::to_string(report.case_id)},
                             {"what", describe(visit, report)},
                             {"state", say(visit, stage_key(report.stage))}});
  }
  ButtonRow row;
  const auto add = [&](std::string_view key, std::int32_t to) {
    Button button;
    button.kind = ButtonKind::callback;
    button.text = say(visit, key);
    button.data = button_data({ReportPress::Kind::page, 0, to, {}});
    row.buttons.push_back(std::move(button));
  };
  if (page > 0) add("newer", page - 1);
  if (mine.more) add("older", page + 1);
  if (!row.buttons.empty()) post.markup.emplace().rows.push_back(std::move(row));
  co_return post;
}

BotTurn SearchReport::ask_appeal(Visit visit, std::optional<std::int64_t> case_id) const {
  if (!case_id) return told(visit, "appeal_ask_number");
  visit.talk = {};
  visit.talk.step = ReportStep::appeal;
  visit.talk.case_id = *case_id;
  auto turn = told(visit, "appeal_ask", {{"number", std::to_string(*case_id)}});
  turn.state = encode(visit.talk);
  return turn;
}

Task<Result<BotTurn>> SearchReport::appeal(Visit visit, std::string text) {
  const auto case_id = visit.talk.case_id;
  if (utf16_length(text) > appeal_units_max) {
    co_return told(visit, "too_long", {{"max", std::to_string(appeal_units_max)}});
  }
  if (parts_.desk == nullptr) co_return told(visit, "unavailable");
  const auto taken = co_await parts_.desk->appeal(visit.caller, case_id, std::move(text));
  const auto number = std::to_string(case_id);
  // What cannot be taken now is tried again by the queue.
  if (!taken && taken.error().kind == ErrorKind::unavailable) co_return fail(taken.error());
  BotTurn turn;
  if (taken) {
    turn = told(visit, "appeal_filed", {{"number", number}});
  } else {
    const auto why = plain(visit, taken.error(), case_id);
    if (!why) co_return fail(taken.error());
    turn.posts.push_back({*why, {}, {}});
  }
  turn.state = Bytes();
  co_return turn;
}

}  // namespace heliograph::services
