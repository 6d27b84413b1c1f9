// Deciding cases, one or many; the second look at what is severe; taking a decision back.
#include "web/console/case_json.h"
#include "web/console/console.h"

namespace heliograph::web {

namespace {

constexpr std::size_t kReasonMost = 4000;
constexpr std::size_t kBatchMost = 200;

struct AskedDecision {
  safety::PersonDecision decision;
  std::string note;  // to the reporters
};

// The fields of Decide.
AskedDecision decision_in(Fields& fields) {
  AskedDecision asked;
  auto& decision = asked.decision;
  const auto effect = safety::effect_named(fields.text("effect", 1, 32));
  if (effect && *effect != safety::Effect::review) {
    decision.effect = *effect;
  } else {
    fields.refuse("effect", "one of the effects of /meta");
  }
  decision.clause = fields.text_if("clause", 1, 64).value_or("");
  decision.days =
      static_cast<std::int32_t>(fields.number_if("days", 1, safety::kDecisionDaysMost).value_or(0));
  if (const auto limit = fields.text_if("limit", 1, 8)) {
    const auto named = safety::limit_named(*limit);
    if (named && decision.effect == safety::Effect::limit_account) {
      decision.limit = *named;
    } else {
      fields.refuse("limit", "slow, mute or freeze, with limit_account alone");
    }
  }
  decision.countries =
      fields.texts_if("countries", safety::kCountriesMost, 2).value_or(std::vector<std::string>());
  decision.why = fields.text("reason", 1, kReasonMost);
  asked.note = fields.text_if("note_to_reporter", 0, 1000).value_or("");
  fields.number_if("template_id", 1, kIdMax);  // what it says has been put into the other fields
  return asked;
}

// A severe effect takes a fresh proof of who is there.
Status proved_for(const Call& call, const AskedDecision& asked) {
  return safety::Desk::severe(asked.decision.effect) ? call.need_proof() : Status();
}

Task<Result<Reply>> decide_case(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto asked = decision_in(fields);
  const auto version = static_cast<std::int32_t>(fields.number("version", 1, INT32_MAX));
  CO_TRY(fields.done());
  CO_TRY(proved_for(call, asked));
  CO_TRY(co_await parts.casework.decide(staffer_of(call), id, version, std::move(asked.decision),
                                        std::move(asked.note)));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  CO_ASSIGN(auto json, co_await decided_json(parts, reader, id));
  co_return Reply{.json = std::move(json)};
}

struct VersionedCase {
  std::int64_t id = 0;
  std::int32_t version = 0;
};

Result<std::vector<VersionedCase>> cases_in(const Json& list, std::string& at_fault) {
  std::vector<VersionedCase> cases;
  for (const auto& item : list) {
    const auto path = "cases." + std::to_string(cases.size()) + ".";
    if (!item.is_object()) {
      at_fault = "cases";
      return fail(Error::invalid("FIELD_INVALID", "cases must be a list of objects with id and version."));
    }
    Fields fields(item, at_fault, path);
    VersionedCase one;
    one.id = fields.number("id", 1, kIdMax);
    one.version = static_cast<std::int32_t>(fields.number("version", 1, INT32_MAX));
    HG_TRY(fields.done());
    cases.push_back(one);
  }
  return cases;
}

Task<Result<Reply>> batch_decide(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  const auto* list = fields.list("cases", 1, kBatchMost);
  const auto* object = fields.object("decision");
  CO_TRY(fields.done());
  CO_ASSIGN(const auto cases, cases_in(*list, call.at_fault));
  Fields inner(*object, call.at_fault, "decision.");
  const auto asked = decision_in(inner);
  CO_TRY(inner.done());
  CO_TRY(proved_for(call, asked));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  auto items = Json::array();
  for (const auto& one : cases) {
    Json item{{"id", one.id}};
    const auto done =
        co_await parts.casework.decide(staffer_of(call), one.id, one.version, asked.decision, asked.note);
    if (done) {
      CO_ASSIGN(item["decided"], co_await decided_json(parts, reader, one.id));
    } else {
      item["problem"] = console_problem_json(done.error());
    }
    items.push_back(std::move(item));
  }
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> second_review(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto verdict = fields.text("verdict", 1, 16);
  auto note = fields.text_if("note", 0, kReasonMost).value_or("");
  const bool agree = verdict == "confirm";
  if (!agree && verdict != "refuse") fields.refuse("verdict", "confirm or refuse");
  if (verdict == "refuse" && note.empty()) fields.refuse("note", "there: say why");
  CO_TRY(fields.done());
  CO_TRY(co_await parts.casework.second_look(staffer_of(call), id, agree, std::move(note)));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  CO_ASSIGN(auto json, co_await decided_json(parts, reader, id));
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> undo_decision(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto reason = fields.text("reason", 1, kReasonMost);
  const bool reopen = fields.flag_if("reopen").value_or(false);
  CO_TRY(fields.done());
  CO_TRY(co_await parts.casework.undo(staffer_of(call), id, std::move(reason), reopen));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  CO_ASSIGN(auto json, co_await decided_json(parts, reader, id));
  co_return Reply{.json = std::move(json)};
}

}  // namespace

void add_decisions(Door& door) {
  door.on("decideCase", decide_case);
  door.on("batchDecide", batch_decide);
  door.on("secondReview", second_review);
  door.on("undoDecision", undo_decision);
}

}  // namespace heliograph::web
