#include "web/console/case_json.h"

#include <algorithm>

#include "safety/scan/explain.h"
#include "web/console/finding_json.h"

namespace heliograph::web {

namespace {

using store::CaseQueue;
using store::CaseState;

bool awaits_second(const services::CaseView& view) {
  return view.one.state == CaseState::open && view.one.queue == CaseQueue::second &&
         !view.file.proposals.empty();
}

std::string_view state_shown(const services::CaseView& view) {
  switch (view.one.state) {
    case CaseState::open:
      return awaits_second(view) ? "awaiting_second" : "open";
    case CaseState::decided:
      return "decided";
    case CaseState::reversed:
      return "reversed";
    case CaseState::joined:
      return "joined";
  }
  return "open";
}

std::string name_in(const CaseReader& reader, StaffId id) {
  const auto found = reader.names.find(id);
  return found == reader.names.end() ? std::string("somebody who left") : found->second;
}

Json sources_json(const services::CaseView& view) {
  auto sources = Json::array();
  const auto add = [&](std::string_view source) {
    const Json name(source);
    if (std::find(sources.begin(), sources.end(), name) == sources.end()) sources.push_back(name);
  };
  for (const auto& finding : view.file.findings) add(source_shown(finding.source));
  if (view.one.queue == CaseQueue::orders) add("order");
  if (services::kind_of(view.one) == services::CaseKind::term) {
    add("search_report");
  } else if (view.one.reports > 0) {
    add("report");
  } else if (sources.empty()) {
    add("staff");  // somebody came upon it
  }
  return sources;
}

Json proposed_json(const services::CaseView& view, const CaseReader& reader) {
  if (awaits_second(view)) {
    const auto& proposal = view.file.proposals.back();
    Json json{{"effect", proposal.effect}, {"by", name_in(reader, proposal.staff)}};
    if (!proposal.clause.empty()) json["clause"] = proposal.clause;
    return json;
  }
  if (view.one.state != CaseState::open || view.file.findings.empty()) return nullptr;
  const auto& finding = view.file.findings.back();
  if (!safety::effect_named(finding.proposed)) return nullptr;
  Json json{{"effect", finding.proposed}, {"confidence", finding.permille / 1000.0}};
  if (!finding.clause.empty()) json["clause"] = finding.clause;
  if (!finding.rule.empty()) json["by"] = finding.rule;
  return json;
}

Json statement_json(const safety::Statement& statement) {
  Json json{{"at", statement.at},
            {"effect", statement.effect},
            {"territory", statement.territory},
            {"facts", statement.facts},
            {"source", statement.source},
            {"automated_detection", statement.automated_detection},
            {"automated_decision", statement.automated_decision},
            {"clause", statement.clause},
            {"clause_title", statement.clause_title},
            {"redress", statement.redress}};
  if (statement.ends_at != 0) json["ends_at"] = statement.ends_at;
  if (!statement.limit.empty()) json["limit"] = statement.limit;
  return json;
}

Json media_json(const services::CaseDetail& detail) {
  auto media = Json::array();
  for (const auto& one : detail.media) {
    Json json{{"index", media.size()}, {"kind", one.kind}, {"size", one.size}, {"closed", one.closed}};
    if (one.width != 0) json["width"] = one.width;
    if (one.height != 0) json["height"] = one.height;
    if (!one.name.empty()) json["name"] = one.name;
    media.push_back(std::move(json));
  }
  // What is said of the one there is; of several nobody can tell which it is about.
  const auto& findings = detail.view.file.findings;
  if (media.size() == 1 && !findings.empty() && !findings.back().media.empty()) {
    media[0]["found"] = findings.back().media;
  }
  return media;
}

Json content_json(const services::CaseDetail& detail) {
  const auto& one = detail.view.one;
  const auto& file = detail.view.file;
  const auto text = content_text(detail);
  auto captured = one.opened_at;
  if (!file.findings.empty()) captured = file.findings.front().at;
  Json json;
  for (const auto& piece : detail.evidence) {
    if (piece.message && piece.date != 0 && !json.contains("sent_at")) json["sent_at"] = piece.date;
    if (!piece.digest.empty() && !json.contains("sha256")) json["sha256"] = to_hex(piece.digest);
  }
  // What it said at other times, as it was kept then.
  for (const auto& piece : detail.evidence) {
    if (!file.message || piece.message != file.message || piece.text.empty() || piece.text == text) continue;
    json["versions"].push_back({{"text", piece.text}, {"sha256", to_hex(piece.digest)}});
  }
  json["text"] = text;
  json["canonical"] = safety::canonical_text(text);
  json["captured_at"] = captured;
  json["media"] = media_json(detail);
  json["private"] = detail.hidden;
  if (!one.language.empty()) json["language"] = one.language;
  const bool standing = file.message && file.place.is_channel() && file.members == 0;
  // What is withheld shows a tombstone now, which says nothing about its author.
  if (standing && !detail.withheld) {
    json["changed"] = detail.now.empty() && !file.text.empty() ? "deleted"
                      : detail.now == file.text                ? "no"
                                                               : "edited";
  }
  return json;
}

Json note_json(const CaseReader& reader, const store::CaseEvent& event, const std::string& words) {
  return {{"id", event.id}, {"at", event.at}, {"by", staff_ref_json(reader, event.staff)}, {"text", words}};
}

StaffId last_by(const services::CaseDetail& detail, std::string_view what) {
  StaffId by;
  for (const auto& event : detail.history) {
    if (event.what == what) by = event.staff;
  }
  return by;
}

Json can_json(const services::CaseDetail& detail, const CaseReader& reader) {
  const auto& one = detail.view.one;
  const auto me = reader.member.id;
  const bool open = one.state == CaseState::open;
  const bool taken = one.assignee && one.assignee != me && one.assigned_until > reader.now;
  const bool for_seniors = one.queue == CaseQueue::seniors || one.queue == CaseQueue::orders;
  const bool awaits = awaits_second(detail.view);
  const bool own = awaits && detail.view.file.proposals.back().staff == me;
  const bool works = reader.works() && (reader.senior() || !for_seniors);
  const bool term = services::kind_of(one) == services::CaseKind::term;
  const bool at_work = works && open && !taken && !own;
  const bool mine = last_by(detail, "decided") == me;
  const bool in_time = reader.now - one.decided_at <= safety::Desk::undo_seconds;
  const bool undo =
      reader.works() && !term && one.state == CaseState::decided && (reader.senior() || (mine && in_time));
  auto effects = Json::array();
  const auto kind = safety::kind_of(detail.view.file);
  for (std::size_t i = 0; i < safety::kEffectNames.size() && reader.works() && !term; ++i) {
    const auto effect = static_cast<safety::Effect>(i);
    if (effect != safety::Effect::review && safety::fits(kind, effect)) {
      effects.push_back(safety::kEffectNames[i]);
    }
  }
  return {{"claim", at_work},
          {"decide", at_work && !term},
          {"undo", undo},
          {"escalate", at_work},
          {"note", reader.works() || reader.member.role == staff::Role::legal_officer},
          {"second_review", at_work && awaits},
          {"effects", effects}};
}

}  // namespace

std::string content_text(const services::CaseDetail& detail) {
  std::string text = detail.view.file.text;
  if (!text.empty()) return text;
  // Of what was said in private the case itself holds nothing.
  for (const auto& piece : detail.evidence) {
    if (!piece.text.empty()) text += (text.empty() ? "" : "\n\n") + piece.text;
  }
  return text;
}

Task<Result<CaseReader>> case_reader(ConsoleParts& parts, const Call& call) {
  CO_ASSIGN(auto names, co_await parts.directory.names());
  co_return CaseReader{call.member(), std::move(names), call.now, parts.gate.rulebook()};
}

safety::Staffer staffer_of(const Call& call) {
  const auto& member = call.member();
  const bool senior = member.role == staff::Role::senior_moderator || member.role == staff::Role::admin;
  return {member.id, member.name, senior};
}

std::uint32_t shown_categories(const store::StaffMember& member) {
  constexpr std::uint32_t all = (1U << terms::kCategoryCount) - 1;
  return (member.categories == 0 ? all : member.categories) & ~member.opt_outs;
}

Task<Status> record_case_read(ConsoleParts& parts, const Call& call, std::int64_t case_id, UserId account) {
  store::StaffRead read;
  read.at = call.now;
  read.who = call.member().name;
  read.what = std::string(call.endpoint.operation);
  read.account = account;
  read.reason = case_id == 0 ? std::string("the queue") : "case " + std::to_string(case_id);
  read.staff = call.member().id;
  read.case_id = case_id;
  co_return co_await parts.directory.record_read(std::move(read));
}

Json staff_ref_json(const CaseReader& reader, StaffId id) {
  return {{"id", id.value}, {"name", name_in(reader, id)}};
}

Json claim_json(const CaseReader& reader, StaffId by, UnixSeconds until) {
  return {{"by", staff_ref_json(reader, by)}, {"until", until}};
}

Json person_json(const services::PersonView& person) {
  Json json{{"id", person.id.value},          {"name", person.name},       {"bot", person.bot},
            {"verified", person.verified},    {"deleted", person.deleted}, {"since", person.since},
            {"standing", person.standing},    {"strikes", person.strikes}, {"cases", person.cases},
            {"violations", person.violations}};
  if (!person.username.empty()) json["username"] = person.username;
  if (!person.country.empty()) json["country"] = person.country;
  if (person.limited_until != 0) {
    json["limited_until"] = person.limited_until;
    json["limit"] = person.limit;
  }
  return json;
}

Json place_json(const services::PlaceView& place) {
  Json json{{"id", place.peer.id},
            {"kind", place.kind},
            {"title", place.title},
            {"public", place.open},
            {"verified", place.verified},
            {"members", place.members},
            {"created_at", place.created_at},
            {"delisted", place.delisted},
            {"closed", place.closed},
            {"cases", place.cases}};
  if (!place.username.empty()) json["username"] = place.username;
  if (place.open_case != 0) json["open_case"] = place.open_case;
  return json;
}

Json summary_json(const services::CaseView& view, const CaseReader& reader) {
  const auto& one = view.one;
  Json json{{"id", one.id},
            {"version", one.version},
            {"subject", one.subject},
            {"kind", services::kCaseKindNames[static_cast<std::size_t>(services::kind_of(one))]},
            {"title", view.title},
            {"excerpt", view.excerpt},
            {"state", state_shown(view)},
            {"queue", reader.book->policy->routes().id_of(one.queue)},
            {"category", terms::name(static_cast<terms::Category>(one.category))},
            {"severity", one.severity},
            {"priority", one.rank},
            {"opened_at", one.opened_at},
            {"reports", one.reports},
            {"reach", view.file.reach},
            {"media", view.media},
            {"sources", sources_json(view)},
            {"appealed", view.appealed}};
  if (!one.language.empty()) json["language"] = one.language;
  if (!one.country.empty()) json["country"] = one.country;
  if (one.due_at != 0) json["due_at"] = one.due_at;
  if (one.state != CaseState::open && one.decided_at != 0) json["decided_at"] = one.decided_at;
  if (view.file.members > 0) json["members"] = view.file.members;
  if (one.assignee && one.assigned_until > reader.now) {
    json["claim"] = claim_json(reader, one.assignee, one.assigned_until);
  }
  if (one.state == CaseState::decided || one.effect != 0) {
    json["effect"] = safety::name(static_cast<safety::Effect>(one.effect));
  }
  if (auto proposed = proposed_json(view, reader); !proposed.is_null()) json["proposed"] = proposed;
  return json;
}

Json decision_json(const services::CaseDetail& detail, const CaseReader& reader) {
  const auto& one = detail.view.one;
  const auto& file = detail.view.file;
  if (awaits_second(detail.view)) {
    const auto& proposal = file.proposals.back();
    Json json{{"at", proposal.at},
              {"by", staff_ref_json(reader, proposal.staff)},
              {"effect", proposal.effect},
              {"reason", proposal.why}};
    if (!proposal.clause.empty()) json["clause"] = proposal.clause;
    if (proposal.days != 0) json["ends_at"] = reader.now + proposal.days * std::int64_t{86'400};
    if (!proposal.countries.empty()) json["countries"] = proposal.countries;
    return json;
  }
  if (one.state != CaseState::decided) return nullptr;
  const auto effect = static_cast<safety::Effect>(one.effect);
  Json json{{"at", one.decided_at}, {"effect", safety::name(effect)}};
  if (one.record != 0) json["record"] = one.record;
  if (effect != safety::Effect::allow && !file.statements.empty()) {
    const auto& statement = file.statements.back();
    json["clause"] = statement.clause;
    json["reason"] = statement.why;
    if (statement.ends_at != 0) json["ends_at"] = statement.ends_at;
  }
  const auto by = last_by(detail, "decided");
  if (!by) return json;
  const bool of_two = safety::Desk::severe(effect) && !file.proposals.empty();
  json["by"] = staff_ref_json(reader, of_two ? file.proposals.back().staff : by);
  if (of_two) json["confirmed_by"] = staff_ref_json(reader, by);
  return json;
}

Json case_json(const services::CaseDetail& detail, const CaseReader& reader) {
  const auto& one = detail.view.one;
  const auto content = content_json(detail);
  Reasons reasons(reader, content["text"].get<std::string>());
  auto findings = Json::array();
  for (auto each = detail.view.file.findings.rbegin(); each != detail.view.file.findings.rend(); ++each) {
    findings.push_back(finding_json(*each, one, reasons));
  }
  auto statements = Json::array();
  for (auto each = detail.view.file.statements.rbegin(); each != detail.view.file.statements.rend(); ++each) {
    statements.push_back(statement_json(*each));
  }
  auto notes = Json::array();
  for (std::size_t i = 0; i < detail.history.size(); ++i) {
    if (detail.history[i].what == "noted") {
      notes.push_back(note_json(reader, detail.history[i], detail.words[i]));
    }
  }
  Json json{{"summary", summary_json(detail.view, reader)},
            {"content", content},
            {"findings", findings},
            {"statements", statements},
            {"notes", notes},
            {"can", can_json(detail, reader)}};
  if (detail.author) json["author"] = person_json(*detail.author);
  if (detail.place) json["place"] = place_json(*detail.place);
  if (auto decision = decision_json(detail, reader); !decision.is_null()) json["decision"] = decision;
  for (const auto& appeal : detail.appeals) {
    if (appeal.state == store::AppealState::waiting) json["appeal_id"] = appeal.id;
  }
  return json;
}

Json sample_json(std::int64_t sample, const services::CaseDetail& detail, const CaseReader& reader) {
  const auto& one = detail.view.one;
  auto content = content_json(detail);
  content.erase("changed");  // what is withheld would show
  content["media"] = Json::array();
  Reasons reasons(reader, content["text"].get<std::string>());
  auto findings = Json::array();
  for (auto each = detail.view.file.findings.rbegin(); each != detail.view.file.findings.rend(); ++each) {
    if (each->source == "decision" || each->source == "strikes") continue;
    auto finding = finding_json(*each, one, reasons);
    for (const auto* key : {"proposed", "rule", "clause"}) finding.erase(key);
    findings.push_back(std::move(finding));
  }
  auto effects = Json::array();
  const auto kind = safety::kind_of(detail.view.file);
  for (std::size_t i = 0; i < safety::kEffectNames.size(); ++i) {
    const auto effect = static_cast<safety::Effect>(i);
    if (effect != safety::Effect::review && safety::fits(kind, effect)) {
      effects.push_back(safety::kEffectNames[i]);
    }
  }
  return {{"id", sample},
          {"kind", services::kCaseKindNames[static_cast<std::size_t>(services::kind_of(one))]},
          {"title", detail.view.title},
          {"category", terms::name(static_cast<terms::Category>(one.category))},
          {"content", content},
          {"findings", findings},
          {"effects", effects}};
}

Task<Result<Json>> decided_json(ConsoleParts& parts, const CaseReader& reader, std::int64_t case_id) {
  CO_ASSIGN(const auto detail, co_await parts.casework.detail(case_id));
  Json json{{"case", summary_json(detail.view, reader)}};
  if (auto decision = decision_json(detail, reader); !decision.is_null()) json["decision"] = decision;
  if (detail.view.one.state == CaseState::decided && last_by(detail, "decided")) {
    json["undo_until"] = detail.view.one.decided_at + safety::Desk::undo_seconds;
  }
  co_return json;
}

}  // namespace heliograph::web
