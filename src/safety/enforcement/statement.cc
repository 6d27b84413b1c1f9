#include "safety/enforcement/statement.h"

#include <array>
#include <chrono>

#include "base/clock.h"

namespace heliograph::safety {

namespace {

constexpr std::size_t kQuoteBytes = 200;

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

std::string joined(const std::vector<std::string>& countries) {
  std::string all;
  for (const auto& one : countries) all += (all.empty() ? "" : ", ") + one;
  return all;
}

std::string_view limited_word(Limit limit) {
  if (limit == Limit::slow) return "slowed";
  return limit == Limit::freeze ? "frozen" : "limited";
}

std::string limited(std::string_view limit) {
  if (limit == name(Limit::slow)) return "may write in public only now and then";
  if (limit == name(Limit::freeze)) return "is frozen: it can read, and appeal, and nothing else";
  return "may not write in public for now";
}

std::string done(const Statement& statement) {
  const auto& effect = statement.effect;
  const auto& territory = statement.territory;
  if (effect == "restrict_countries") return "is not shown in these countries any more: " + territory;
  if (effect == "close_channel") return "was closed";
  if (effect == "allow") return "breaks a rule";
  if (effect == "mark_sensitive") return "was marked as sensitive";
  if (effect == "hide_from_search") return "is not shown in search any more";
  if (effect == "hold") return "is hidden until a moderator has looked at it";
  if (effect == "limit_account") return limited(statement.limit);
  if (effect == "ban") return "was banned";
  return "was removed";
}

}  // namespace

std::string quoted(const std::string& text) {
  if (text.size() <= kQuoteBytes) return text;
  auto end = kQuoteBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // no half character
  return text.substr(0, end) + "...";
}

Statement statement_of(const Item& item, const Deed& deed, const std::string& appeals, UnixSeconds now) {
  Statement statement;
  statement.at = now;
  const auto effect = on_item(item, deed.effect);
  statement.effect = name(effect);
  if (effect == Effect::restrict_countries) statement.territory = joined(deed.countries);
  if (effect == Effect::limit_account) statement.limit = name(deed.limit);
  // What is done to the author or the channel beside it has a statement of its own, with its own end.
  if (effect == deed.effect) statement.ends_at = deed.ends_at;
  statement.facts = item.text;
  // Not which list: that would tell who knows what.
  if (!deed.finding.media.empty()) {
    statement.facts += statement.facts.empty() ? "" : "\n";
    statement.facts += "its media, which were compared with what is known";
  }
  statement.source = deed.source;
  statement.automated_detection = deed.machine_found;
  statement.automated_decision = deed.automated();
  statement.clause = deed.finding.clause;
  statement.clause_title = deed.clause_title;
  statement.redress = appeals;
  statement.why = deed.why;
  return statement;
}

std::string reasons(const Statement& statement, const std::string& what, const std::string& title) {
  std::string text = what;
  if (!title.empty()) text += " in “" + title + "”";
  text += " " + done(statement);
  if (statement.ends_at != 0) text += ", until " + date_text(statement.ends_at);
  text += ".\n\n";
  if (!statement.facts.empty()) text += "What it is about: “" + quoted(statement.facts) + "”\n";
  text += "Rule: " + statement.clause_title + " (" + statement.clause + ").\n";
  if (!statement.why.empty()) text += "Why: " + statement.why + "\n";
  text += statement.automated_decision ? "Found and decided by a machine; no person has looked at it yet.\n"
                                       : "Decided by a moderator.\n";
  return text;
}

std::string strike_warning(std::int32_t weight, const Strikes& strikes) {
  if (weight == 0) return {};
  const auto at = [&](std::int32_t limit, const std::string& what) {
    return "This counts against your account for " + std::to_string(strikes.expire_days) +
           " days: " + std::to_string(weight) + " of " + std::to_string(limit) + ", at which it is " + what +
           ".\n";
  };
  if (weight < strikes.limit_at) {
    return at(strikes.limit_at, std::string(limited_word(strikes.limit)) + " for " +
                                    std::to_string(strikes.limit_days) + " days");
  }
  return weight < strikes.ban_at ? at(strikes.ban_at, "banned") : std::string();
}

Letter letter(const Statement& statement, const std::string& what, const std::string& title,
              std::int64_t case_id, const std::string& warning) {
  auto text = reasons(statement, what, title) + warning;
  text += "If you think that this is wrong, you can appeal with the button below, or turn to " +
          statement.redress + ".\n";
  text += "Case " + std::to_string(case_id) + ". It is entered in the transparency log of this server.";
  return {std::move(text), case_id};
}

std::string reversal_letter(const std::string& what, std::int64_t case_id, const std::string& why) {
  std::string text = "The decision in case " + std::to_string(case_id) + " was taken back. " + what +
                     " is as it was before, and nothing of it counts against you.";
  if (!why.empty()) text += "\n\nWhy: " + why;
  return text;
}

std::string end_letter(const std::string& what, std::int64_t case_id) {
  return "What was done in case " + std::to_string(case_id) + " has ended, as it was said then. " + what +
         " is as it was before.";
}

std::string tombstone_of(Effect effect, const std::string& clause_title) {
  if (effect == Effect::hold) {
    return "This message is hidden until a moderator has looked at it (rule: " + clause_title + ").";
  }
  return "This message was removed because it breaks a rule: " + clause_title + ".";
}

std::string country_tombstone(const std::string& clause_title) {
  return "This message is not shown in your country because of a rule: " + clause_title + ".";
}

std::string closed_text(const std::string& clause_title) {
  return "This was closed because it breaks a rule: " + clause_title + ".";
}

std::string country_closed_text(const std::string& clause_title) {
  return "This is not shown in your country because of a rule: " + clause_title + ".";
}

}  // namespace heliograph::safety
