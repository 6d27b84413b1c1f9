#include "safety/enforcement/statement.h"

#include <array>
#include <chrono>

#include "base/clock.h"

namespace heliograph::safety {

namespace {

constexpr std::size_t kQuoteBytes = 200;

std::string quoted(const std::string& text) {
  if (text.size() <= kQuoteBytes) return text;
  auto end = kQuoteBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // no half character
  return text.substr(0, end) + "...";
}

// "5 December 2026", UTC.
std::string date_text(UnixSeconds at) {
  static constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};
  const std::chrono::year_month_day day{
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(at)))};
  return std::to_string(static_cast<unsigned>(day.day())) + " " +
         kMonths[static_cast<unsigned>(day.month()) - 1] + " " + std::to_string(static_cast<int>(day.year()));
}

std::string done(const std::string& effect) {
  if (effect == "mark_sensitive") return "was marked as sensitive";
  if (effect == "hide_from_search") return "is not shown in search any more";
  if (effect == "hold") return "is hidden until a moderator has looked at it";
  if (effect == "limit_account") return "may not write in public for now";
  if (effect == "ban") return "was banned";
  return "was removed";
}

}  // namespace

Statement statement_of(Effect effect, const Judgement& judgement, const std::string& text,
                       const std::string& appeals, UnixSeconds now) {
  Statement statement;
  statement.at = now;
  statement.effect = name(effect);
  statement.facts = text;
  // Not which list: that would tell who knows what.
  if (!judgement.media.empty()) {
    statement.facts += statement.facts.empty() ? "" : "\n";
    statement.facts += "its media, which were compared with what is known";
  }
  statement.source = "own_initiative";
  statement.automated_detection = true;
  statement.automated_decision = true;
  statement.clause = judgement.clause;
  statement.clause_title = judgement.clause_title;
  statement.redress = appeals;
  return statement;
}

std::string letter(const Statement& statement, const std::string& what, const std::string& title,
                   std::int64_t case_id) {
  std::string text = what;
  if (!title.empty()) text += " in “" + title + "”";
  text += " " + done(statement.effect);
  if (statement.ends_at != 0) text += ", until " + date_text(statement.ends_at);
  text += ".\n\n";
  if (!statement.facts.empty()) text += "What it is about: “" + quoted(statement.facts) + "”\n";
  text += "Rule: " + statement.clause_title + " (" + statement.clause + ").\n";
  text += statement.automated_decision ? "Found and decided by a machine; no person has looked at it yet.\n"
                                       : "Decided by a moderator.\n";
  text += "If you think that this is wrong, you can appeal: " + statement.redress + ".\n";
  text += "Case " + std::to_string(case_id) + ". It is entered in the transparency log of this server.";
  return text;
}

std::string reversal_letter(const std::string& what, std::int64_t case_id, const std::string& why) {
  std::string text = "The decision in case " + std::to_string(case_id) + " was taken back. " + what +
                     " is as it was before, and nothing of it counts against you.";
  if (!why.empty()) text += "\n\nWhy: " + why;
  return text;
}

}  // namespace heliograph::safety
