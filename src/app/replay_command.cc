#include "app/replay_command.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/data_dir.h"
#include "app/replay.h"

namespace heliograph::app {

namespace {

using Json = nlohmann::ordered_json;

Json line_of(const ReplayedChange& change) {
  Json line;
  line["subject"] = change.subject;
  line["date"] = change.date;
  line["was"] = change.was;
  line["now"] = change.now;
  if (!change.rule.empty()) line["rule"] = change.rule;
  if (!change.rule.empty()) line["score"] = std::round(change.score * 1000) / 1000;
  if (!change.policy_was.empty()) line["policy_was"] = change.policy_was;
  line["policy_now"] = change.policy_now;
  line["text"] = change.text;
  if (!change.media.empty()) line["media"] = change.media;
  return line;
}

}  // namespace

Status replay(const ReplayOptions& options, std::ostream& out) {
  ReplayTask task;
  task.from = options.from;
  task.to = options.to;
  HG_ASSIGN(task.rulebook, safety::load_rulebook(options.rules, SystemClock().unix_seconds()));
  if (options.second_stage) {
    HG_ASSIGN(task.second, EncoderJudge::load(*options.second_stage));
  }
  HG_ASSIGN(const auto secret, secret_of(options.data));
  const crypto::Sealer sealer(secret.derive("seal"));
  HG_ASSIGN(const auto snapshot, store::sqlite::Snapshot::open(options.data));
  std::map<std::string, std::int64_t> changes;
  std::int64_t different = 0;
  task.changed = [&](const ReplayedChange& change) {
    ++different;
    ++changes[change.was + " -> " + change.now];
    out << line_of(change).dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  };
  HG_ASSIGN(const auto texts, replay_over(*snapshot, sealer, task));
  Json sums;
  sums["texts"] = texts;
  sums["different"] = different;
  for (const auto& [change, count] : changes) sums["changes"][change] = count;
  out << sums.dump() << '\n';
  return {};
}

}  // namespace heliograph::app
