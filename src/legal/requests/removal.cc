#include "legal/requests/removal.h"

#include <algorithm>

#include "base/number.h"
#include "legal/requests/desk.h"

namespace heliograph::legal {

namespace {

constexpr UnixSeconds kWhileOpen = 60, kAfterwards = 86'400;
// A decision can be appealed for six months (Regulation (EU) 2022/2065 Art. 20(1)), and the appeal takes a
// while.
constexpr UnixSeconds kWatched = 230 * UnixSeconds{86'400};
constexpr std::string_view kCase = "case/";

// As an act has it.
std::vector<Evidence> written(const RemovalDecision& decision) {
  return {{"outcome", decision.outcome},
          {"effect", decision.effect},
          {"clause", decision.clause},
          {"decided_at", std::to_string(decision.at)}};
}

}  // namespace

std::int64_t case_handed_to(const OpenActs& acts) {
  std::int64_t out = 0;
  for (const auto& [act, file] : acts) {
    if (act.what != "handed" || !file.words.starts_with(kCase)) continue;
    out = positive_number(std::string_view(file.words).substr(kCase.size())).value_or(0);
  }
  return out;
}

std::optional<RemovalDecision> decision_in(const OpenActs& acts) {
  const auto last =
      std::find_if(acts.rbegin(), acts.rend(), [](const auto& one) { return one.first.what == "decided"; });
  if (last == acts.rend()) return std::nullopt;
  RemovalDecision out;
  out.record = last->first.record;
  for (const auto& [name, text] : last->second.evidence) {
    if (name == "outcome") out.outcome = text;
    if (name == "effect") out.effect = text;
    if (name == "clause") out.clause = text;
    if (name == "decided_at") out.at = positive_number(text).value_or(0);
  }
  return out;
}

Status Desk::look_at_decision(store::Tx& tx, Opened one, UnixSeconds now) const {
  HG_ASSIGN(const auto kept, acts(tx, one.row.id));
  const auto case_id = case_handed_to(kept);
  if (case_id == 0) return {};
  HG_ASSIGN(const auto found, parts_.people.removal_decision(tx, case_id));
  const auto told = decision_in(kept);
  // What has run out by its own time, or is looked at again, is told when that is decided.
  if (found && found != told) {
    HG_TRY(note(tx, one.row, now,
                {.what = "decided", .record = found->record, .file = {{}, written(*found), {}}}));
    one.row.outcome = found->outcome;
    HG_TRY(store::legal_of(tx).update(one.row));
  }
  if ((found || told) && now - one.row.closed_at >= kWatched) return {};
  const auto next = found ? kAfterwards : kWhileOpen;
  return store::legal_of(tx).set_clock(one.row.id, store::LegalClockKind::decision, now + next);
}

}  // namespace heliograph::legal
