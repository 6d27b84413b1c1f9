#include "web/console/replays.h"

#include "base/day.h"
#include "web/console/case_json.h"
#include "web/console/console.h"

namespace heliograph::web {

namespace {

constexpr std::array<std::string_view, 3> kReplayStates = {"running", "done", "failed"};
constexpr UnixSeconds kReplayDay = 86'400;
constexpr std::size_t kPolicyMost = 200'000;

Result<Replays*> replays_of(const ConsoleParts& parts) {
  if (parts.replays != nullptr) return parts.replays;
  return fail(Error::unavailable("NOT_OFFERED", "This server does not offer it."));
}

Json replay_json(const Replay& replay, const CaseReader& reader) {
  Json json{{"id", replay.id},
            {"from", day_text(replay.from * kReplayDay)},
            {"to", day_text(replay.to * kReplayDay)},
            {"state", kReplayStates[static_cast<std::size_t>(replay.state)]},
            {"by", staff_ref_json(reader, replay.by)},
            {"started_at", replay.started_at},
            {"policy", replay.policy},
            {"judged", replay.judged},
            {"changed", replay.changed}};
  if (replay.ended_at != 0) json["ended_at"] = replay.ended_at;
  if (replay.problem) json["problem"] = console_problem_json(*replay.problem);
  if (replay.state != Replay::State::done) return json;
  auto sums = Json::array();
  for (const auto& sum : replay.sums) {
    Json one{{"was", sum.was}, {"now", sum.now}, {"count", sum.count}};
    if (sum.category) one["category"] = terms::name(*sum.category);
    sums.push_back(std::move(one));
  }
  auto examples = Json::array();
  for (const auto& example : replay.examples) {
    Json one{{"subject", example.subject}, {"was", example.was}, {"now", example.now}};
    if (!example.rule.empty()) one["rule"] = example.rule;
    if (!example.rule.empty()) one["score"] = example.score;
    examples.push_back(std::move(one));
  }
  json["sums"] = std::move(sums);
  json["examples"] = std::move(examples);
  return json;
}

store::Day day_in(Fields& fields, const char* key) {
  const auto at = parse_day(fields.text(key, 10, 10));
  if (!at) fields.refuse(key, "a day, like 2026-11-28");
  return at ? store::day_of(*at) : 0;
}

Task<Result<Reply>> start_replay(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const replays, replays_of(parts));
  auto fields = call.fields();
  const auto from = day_in(fields, "from");
  const auto to = day_in(fields, "to");
  const auto policy = fields.text_if("policy", 1, kPolicyMost).value_or("");
  if (from > to || to - from >= Replays::days_most) fields.refuse("to", "31 days after `from` at most");
  CO_TRY(fields.done());
  CO_ASSIGN(const auto begun, replays->start(call.member().id, from, to, policy));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  co_return Reply{.status = 202, .json = replay_json(begun, reader)};
}

Task<Result<Reply>> list_replays(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const replays, replays_of(parts));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  auto items = Json::array();
  for (const auto& one : replays->list()) items.push_back(replay_json(one, reader));
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> get_replay(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const replays, replays_of(parts));
  CO_ASSIGN(const auto id, call.id());
  const auto found = replays->find(id);
  if (!found)
    co_return fail(Error::not_found("REPLAY_UNKNOWN", "There is no replay of this number any more."));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  co_return Reply{.json = replay_json(*found, reader)};
}

}  // namespace

void add_replays(Door& door) {
  door.on("startReplay", start_replay);
  door.on("listReplays", list_replays);
  door.on("getReplay", get_replay);
}

}  // namespace heliograph::web
