// Second looks that somebody affected has asked for, by somebody who had no part in the decision.
#include <algorithm>

#include "web/console/case_json.h"
#include "web/console/console.h"
#include "web/console/pages.h"

namespace heliograph::web {

namespace {

constexpr std::size_t kAnswerMost = 4000;
constexpr std::size_t kSaidBytes = 200;

// At most so many bytes of it, in whole characters.
std::string beginning_of(const std::string& text) {
  if (text.size() <= kSaidBytes) return text;
  auto end = kSaidBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string_view appeal_state(store::AppealState state) {
  switch (state) {
    case store::AppealState::waiting:
      return "open";
    case store::AppealState::upheld:
      return "upheld";
    case store::AppealState::rejected:
      return "rejected";
  }
  return "open";
}

// As the desk would let them: safety/cases/desk.h, APPEAL_SAME_PERSON and APPEAL_TAKEN.
bool may_answer(const services::AppealView& view, const CaseReader& reader) {
  const auto& appeal = view.appeal;
  const auto me = reader.member.id;
  const auto& proposals = view.about.file.proposals;
  const bool taken = appeal.assignee && appeal.assignee != me && appeal.assigned_until > reader.now;
  return reader.works() && appeal.state == store::AppealState::waiting && appeal.first != me &&
         (proposals.empty() || proposals.back().staff != me) && !taken;
}

Json appeal_summary_json(const services::AppealView& view, const CaseReader& reader) {
  const auto& appeal = view.appeal;
  const auto& one = view.about.one;
  Json json{{"id", appeal.id},
            {"case_id", appeal.case_id},
            {"state", appeal_state(appeal.state)},
            {"filed_at", appeal.at},
            {"title", view.about.title},
            {"excerpt", beginning_of(view.file.text)},
            {"category", terms::name(static_cast<terms::Category>(one.category))},
            {"effect", safety::name(static_cast<safety::Effect>(one.effect))},
            {"by_machine", !appeal.first},
            {"by_reporter", view.file.by_reporter},
            {"can_decide", may_answer(view, reader)}};
  if (!one.language.empty()) json["language"] = one.language;
  if (appeal.assignee && appeal.assigned_until > reader.now && appeal.state == store::AppealState::waiting) {
    json["claim"] = claim_json(reader, appeal.assignee, appeal.assigned_until);
  }
  if (appeal.decided_at != 0) json["decided_at"] = appeal.decided_at;
  if (appeal.second) json["decided_by"] = staff_ref_json(reader, appeal.second);
  return json;
}

Task<Result<Reply>> list_appeals(ConsoleParts& parts, Call& call) {
  Query query(call);
  const auto state = query.text("state", 16).value_or("open");
  const auto mine = query.text("mine", 5).value_or("false");
  if (state != "open" && state != "upheld" && state != "rejected" && state != "all") {
    query.refuse("state", "open, upheld, rejected or all");
  }
  if (mine != "true" && mine != "false") query.refuse("mine", "true or false");
  const auto limit = query.limit();
  const auto after = query.cursor().value_or(0);
  CO_TRY(query.done());
  std::vector<services::AppealView> views;
  if (state == "open") {
    CO_ASSIGN(views, co_await parts.casework.appeals(after, limit));
  } else {
    std::optional<store::AppealState> wanted;
    if (state == "upheld") wanted = store::AppealState::upheld;
    if (state == "rejected") wanted = store::AppealState::rejected;
    CO_ASSIGN(views, co_await parts.casework.appeals_of(wanted, after, limit));
  }
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  auto items = Json::array();
  for (const auto& view : views) {
    if (mine == "true" && !may_answer(view, reader)) continue;
    items.push_back(appeal_summary_json(view, reader));
  }
  Json json{{"items", items}};
  if (views.size() == limit) json["next"] = query.next(views.back().appeal.id);
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> get_appeal(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  CO_ASSIGN(const auto view, co_await parts.casework.appeal(id));
  CO_ASSIGN(const auto detail, co_await parts.casework.detail(view.appeal.case_id));
  CO_TRY(co_await record_case_read(parts, call, view.appeal.case_id, view.appeal.user));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  Json json{{"summary", appeal_summary_json(view, reader)},
            {"text", view.file.text},
            {"source", view.file.through},
            {"case", case_json(detail, reader)}};
  if (view.appeal.state != store::AppealState::waiting) {
    json["answer"] = {{"verdict", appeal_state(view.appeal.state)}, {"reason", view.file.answer}};
  }
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> claim_appeal(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto appeal, co_await parts.casework.claim_appeal(staffer_of(call), id));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  co_return Reply{.json = claim_json(reader, appeal.assignee, appeal.assigned_until)};
}

Task<Result<Reply>> decide_appeal(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto verdict = fields.text("verdict", 1, 16);
  auto reason = fields.text("reason", 1, kAnswerMost);
  auto note = fields.text_if("note", 0, kAnswerMost).value_or("");
  if (verdict != "upheld" && verdict != "rejected") fields.refuse("verdict", "upheld or rejected");
  CO_TRY(fields.done());
  const auto who = staffer_of(call);
  CO_TRY(co_await parts.casework.decide_appeal(who, id, verdict == "upheld", std::move(reason)));
  CO_ASSIGN(const auto view, co_await parts.casework.appeal(id));
  if (!note.empty()) CO_TRY(co_await parts.casework.note(who, view.appeal.case_id, std::move(note)));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  co_return Reply{.json = appeal_summary_json(view, reader)};
}

}  // namespace

void add_appeals(Door& door) {
  door.on("listAppeals", list_appeals);
  door.on("getAppeal", get_appeal);
  door.on("claimAppeal", claim_appeal);
  door.on("decideAppeal", decide_appeal);
}

}  // namespace heliograph::web
