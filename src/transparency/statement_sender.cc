#include <algorithm>
#include <nlohmann/json.hpp>

#include "store/store.h"
#include "store/tx.h"
#include "transparency/statement.h"

namespace heliograph::transparency {

namespace {

using Json = nlohmann::ordered_json;
using Statements = std::vector<store::OutgoingStatement>;

constexpr std::int64_t kFirstPause = 60, kLongestPause = 86'400;  // seconds
constexpr std::size_t kAnswerKept = 2000;                         // bytes

void postpone(store::OutgoingStatement& statement, UnixSeconds now, const std::string& why) {
  const auto pause = std::min(kLongestPause, kFirstPause << std::min(statement.tries, 20));
  ++statement.tries;
  statement.next_at = now + pause;
  statement.answer = why.substr(0, kAnswerKept);
}

// Whether all that is wrong with it is that the database has it already.
bool is_there_already(const Json& errors) {
  if (!errors.is_object() || errors.size() != 1 || !errors.contains("puid")) return false;
  const auto words = errors.at("puid").dump();
  return words.find("not unique") != std::string::npos;
}

// What each statement is told. Nothing was created when there is any error: the rest waits for the next time,
// which is now.
void take_errors(Statements& due, const Json& errors, UnixSeconds now, const std::string& body) {
  bool named = false;
  for (std::size_t i = 0; i < due.size(); ++i) {
    const auto found = errors.find("statement_" + std::to_string(i));
    if (found == errors.end()) continue;
    named = true;
    due[i].state = is_there_already(*found) ? store::StatementState::sent : store::StatementState::refused;
    due[i].answer = found->dump().substr(0, kAnswerKept);
  }
  if (named) return;
  for (auto& statement : due) postpone(statement, now, body);
}

void take_answer(Statements& due, const StatementLine::Answer& answer, UnixSeconds now) {
  const auto json = Json::parse(answer.body, nullptr, false);
  if (answer.status == 201) {
    for (std::size_t i = 0; i < due.size(); ++i) {
      due[i].state = store::StatementState::sent;
      due[i].answer.clear();
      if (!json.is_object() || !json.contains("statements") || !json["statements"].is_array()) continue;
      const auto& made = json["statements"];
      if (i < made.size() && made[i].is_object() && made[i].contains("uuid") && made[i]["uuid"].is_string()) {
        due[i].answer = made[i]["uuid"].get<std::string>().substr(0, kAnswerKept);
      }
    }
    return;
  }
  if (answer.status == 422 && json.is_object() && json.contains("errors") && json["errors"].is_object()) {
    take_errors(due, json["errors"], now, answer.body);
    return;
  }
  for (auto& statement : due) {
    postpone(statement, now, "HTTP status " + std::to_string(answer.status) + ": " + answer.body);
  }
}

}  // namespace

Task<Result<std::size_t>> send_statements(store::Store& store, StatementLine& line, UnixSeconds now) {
  auto find = [now](store::Tx& tx) {
    return store::transparency_of(tx).due_statements(now, kStatementsAtOnce);
  };
  CO_ASSIGN(auto due, co_await store.read(std::move(find)));
  if (due.empty()) co_return 0;
  std::string body = "{\"statements\":[";
  for (const auto& statement : due) body += (body.back() == '[' ? "" : ",") + statement.payload;
  body += "]}";
  const auto answer = co_await line.post(std::move(body));
  if (answer) {
    take_answer(due, *answer, now);
  } else {
    for (auto& statement : due) postpone(statement, now, answer.error().message);
  }
  auto keep = [&due](store::Tx& tx) -> Status {
    for (const auto& statement : due) HG_TRY(store::transparency_of(tx).update_statement(statement));
    return {};
  };
  CO_TRY(co_await store.write(std::move(keep)));
  co_return static_cast<std::size_t>(
      std::ranges::count(due, store::StatementState::sent, &store::OutgoingStatement::state));
}

}  // namespace heliograph::transparency
