#include "transparency/figures.h"

#include <algorithm>
#include <map>
#include <set>

#include "safety/enforcement/case_file.h"
#include "safety/policy/policy.h"
#include "store/staff.h"
#include "store/tx.h"
#include "terms/category.h"

namespace heliograph::transparency {

namespace {

constexpr std::size_t kRowsAtOnce = 500;

std::string category_name(std::uint8_t number) {
  return number < terms::kCategoryCount ? std::string(terms::kCategoryNames[number]) : "other_illegal";
}

std::string effect_name(std::uint8_t number) {
  return number < safety::kEffectNames.size() ? std::string(safety::kEffectNames[number]) : "allow";
}

std::string source_name(store::ReportSource source) {
  switch (source) {
    case store::ReportSource::member:
      return "member";
    case store::ReportSource::search_bot:
      return "search_bot";
    case store::ReportSource::form:
      return "form";
    case store::ReportSource::flagger:
      return "trusted_flagger";
    case store::ReportSource::authority:
      return "authority";
  }
  return {};
}

std::string country_or_unknown(const std::string& country) {
  return country.empty() ? "unknown" : country;
}

std::string language_or_unknown(const std::string& language) {
  return language.empty() ? "und" : language;  // ISO 639-2: undetermined
}

// All rows of a period, page by page, each page in a read of its own.
template <typename Row, typename Page, typename Take>
Task<Status> each_row(store::Store& store, Page page, Take take) {
  for (std::int64_t after = 0;;) {
    auto body = [&page, after](store::Tx& tx) -> Result<std::vector<Row>> { return page(tx, after); };
    CO_ASSIGN(const auto rows, co_await store.read(std::move(body)));
    for (const auto& row : rows) {
      CO_TRY(take(row));
      after = row.id;
    }
    if (rows.size() < kRowsAtOnce) co_return Status{};
  }
}

// What a decision rests on, as the figures name it.
std::string basis_name(const std::string& source) {
  if (source == "notice") return "member_notice";
  return source == "order" ? "authority_order" : source;
}

struct Decided {
  bool acted = false, automated = false;
  std::string source = "own_initiative", effect;
};

Result<Decided> decision_of(const store::Case& one, const crypto::Sealer& sealer) {
  Decided out;
  HG_ASSIGN(const auto file, safety::open_file(one, sealer));
  out.automated = file.decided_by.empty();
  if (file.statements.empty()) return out;
  const auto& statement = file.statements.back();
  out.acted = true;
  out.automated = statement.automated_decision;
  out.source = basis_name(statement.source);
  out.effect = statement.effect;
  return out;
}

Task<Result<std::vector<Figure>>> report_figures(store::Store& store, Period period,
                                                 std::uint64_t threshold) {
  Tabulation received(3), by_category(1), by_country(1), notices(2), flagged(2), orders(2);
  const auto page = [period](store::Tx& tx, std::int64_t after) {
    return store::transparency_of(tx).reports(period.from, period.to, after, kRowsAtOnce);
  };
  const auto take = [&](const store::Report& report) -> Status {
    const std::vector<std::string> source{source_name(report.source)};
    received.count(source, 0);
    if (report.state == store::ReportState::upheld) received.count(source, 1);
    if (report.state == store::ReportState::rejected) received.count(source, 2);
    if (report.settled_at != 0) received.took(source, report.settled_at - report.at);
    auto& table = report.source == store::ReportSource::authority ? orders
                  : report.source == store::ReportSource::flagger ? flagged
                                                                  : notices;
    std::vector<std::string> what{category_name(report.category)};
    if (report.source == store::ReportSource::authority) what.push_back(country_or_unknown(report.country));
    table.count(what, 0);
    if (report.state == store::ReportState::upheld) table.count(what, 1);
    if (report.settled_at != 0) table.took(what, report.settled_at - report.at);
    by_category.count({category_name(report.category), source_name(report.source)}, 0);
    by_country.count({country_or_unknown(report.country)}, 0);
    return {};
  };
  CO_TRY(co_await each_row<store::Report>(store, page, take));
  std::vector<Figure> out;
  out.push_back(
      {"reports.received",
       "Reports received",
       "Reports that came in in the period, by who reported; what has become of them until this was "
       "made; hours until they were settled.",
       {"source"},
       {"received", "upheld", "rejected", "hours_median", "hours_90"},
       received.rows(threshold, true)});
  out.push_back({"reports.by_category",
                 "Reports by kind of harm",
                 "Reports that came in in the period, by what the reporter said that is wrong.",
                 {"category", "source"},
                 {"received"},
                 by_category.rows(threshold, false)});
  out.push_back({"reports.by_country",
                 "Reports by country",
                 "Reports that came in in the period, by the country that the reporter named or is from.",
                 {"country"},
                 {"received"},
                 by_country.rows(threshold, false)});
  const auto outcomes = [&](std::string id, std::string title, std::string source,
                            std::vector<std::string> labels, const Tabulation& table) {
    out.push_back({std::move(id),
                   std::move(title),
                   std::move(source),
                   std::move(labels),
                   {"received", "acted", "hours_median", "hours_90"},
                   table.rows(threshold, true)});
  };
  outcomes("notices.by_category", "Notices and what followed",
           "Reports of members, through the form and of searches that came in in the period, by what the "
           "reporter said; those after which something was done; hours until they were settled.",
           {"category"}, notices);
  outcomes("notices.flaggers", "Notices of trusted flaggers",
           "The same of trusted flaggers (Regulation (EU) 2022/2065 Art. 22).", {"category"}, flagged);
  outcomes(
      "orders.act", "Orders to act against illegal content",
      "Authorities' orders to remove that came in in the period, by kind of harm and country; those after "
      "which something was done; hours until then.",
      {"category", "country"}, orders);
  co_return out;
}

Task<Result<std::vector<Figure>>> case_figures(store::Store& store, const crypto::Sealer& sealer,
                                               Period period, std::uint64_t threshold) {
  Tabulation cases(3), decisions(2), effects(1), errors(2), measures(2);
  std::map<std::string, std::set<UserId>> suspended;  // by effect
  const auto page = [period](store::Tx& tx, std::int64_t after) {
    return store::transparency_of(tx).cases(period.from, period.to, after, kRowsAtOnce);
  };
  const auto within = [period](UnixSeconds at) { return at >= period.from && at < period.to; };
  const auto take = [&](const store::Case& one) -> Status {
    const std::vector<std::string> category{category_name(one.category)};
    if (within(one.opened_at)) cases.count(category, 0);
    const bool decided = one.state == store::CaseState::decided || one.state == store::CaseState::reversed;
    if (!decided || !within(one.decided_at)) return {};
    HG_ASSIGN(const auto how, decision_of(one, sealer));
    cases.count(category, how.acted ? 1 : 2);
    if (!how.automated) cases.took(category, one.decided_at - one.opened_at);
    if (!how.acted) return {};
    decisions.count({category_name(one.category), how.source}, how.automated ? 0 : 1);
    const std::vector<std::string> measure{category_name(one.category), how.source, how.effect};
    measures.count(measure, how.automated ? 0 : 1);
    if (one.effect != 0) effects.count({effect_name(one.effect), how.automated ? "automated" : "person"}, 0);
    const bool suspends = one.effect == static_cast<std::uint8_t>(safety::Effect::limit_account) ||
                          one.effect == static_cast<std::uint8_t>(safety::Effect::ban);
    if (suspends && one.user) suspended[effect_name(one.effect)].insert(one.user);
    if (how.automated) {
      const std::vector<std::string> language{language_or_unknown(one.language)};
      errors.count(language, 0);
      if (one.state == store::CaseState::reversed) errors.count(language, 1);
    }
    return {};
  };
  CO_TRY(co_await each_row<store::Case>(store, page, take));
  std::vector<Figure> out;
  out.push_back({"cases.by_category",
                 "Cases",
                 "Cases opened in the period; cases decided in it, by whether anything was done; hours from "
                 "opening to decision where a person decided.",
                 {"category"},
                 {"opened", "acted", "not_acted", "hours_median", "hours_90"},
                 cases.rows(threshold, true)});
  out.push_back({"decisions.by_source",
                 "Decisions with an effect",
                 "Cases decided in the period in which something was done, by what they rest on as the "
                 "statement of reasons says (member_notice: of members, through the form and of searches), "
                 "and by whether a machine decided alone.",
                 {"category", "source"},
                 {"automated", "person"},
                 decisions.rows(threshold, false)});
  out.push_back({"decisions.by_effect",
                 "What was done",
                 "The effect in force when this was made, of cases decided in the period.",
                 {"effect", "by"},
                 {"decisions"},
                 effects.rows(threshold, false)});
  out.push_back(
      {"decisions.measures",
       "Measures",
       "Cases decided in the period in which something was done, by kind of harm, what they rest on, "
       "and the effect that the last statement of reasons names.",
       {"category", "source", "effect"},
       {"automated", "person"},
       measures.rows(threshold, false)});
  Tabulation offenders(1);
  for (const auto& [effect, users] : suspended) {
    for (std::size_t i = 0; i < users.size(); ++i) offenders.count({effect}, 0);
  }
  out.push_back(
      {"offenders.suspended",
       "Accounts suspended",
       "Different accounts that were limited or banned by cases decided in the period, and still were when "
       "this was made (Regulation (EU) 2022/2065 Art. 23(1)). An account counts once for each effect.",
       {"effect"},
       {"accounts"},
       offenders.rows(threshold, false)});
  out.push_back({"automated.errors",
                 "Errors of automated means",
                 "Decisions that machines took alone in the period, and of these how many people have taken "
                 "back until this was made, by the language of what was judged (und: not known).",
                 {"language"},
                 {"decided", "reversed"},
                 errors.rows(threshold, false)});
  co_return out;
}

Task<Result<Figure>> appeal_figure(store::Store& store, Period period, std::uint64_t threshold) {
  Tabulation appeals(3);
  const auto page = [period](store::Tx& tx, std::int64_t after) {
    return store::transparency_of(tx).appeals(period.from, period.to, after, kRowsAtOnce);
  };
  const auto within = [period](UnixSeconds at) { return at >= period.from && at < period.to; };
  const auto take = [&](const store::Appeal& appeal) -> Status {
    const std::vector<std::string> against{appeal.first ? "person" : "automated"};
    if (within(appeal.at)) appeals.count(against, 0);
    if (appeal.state == store::AppealState::waiting || !within(appeal.decided_at)) return {};
    appeals.count(against, appeal.state == store::AppealState::upheld ? 1 : 2);
    appeals.took(against, appeal.decided_at - appeal.at);
    return {};
  };
  CO_TRY(co_await each_row<store::Appeal>(store, page, take));
  co_return Figure{
      "appeals",
      "Appeals",
      "Appeals that came in in the period; appeals decided in it: the decision was taken back, or "
      "it stands; hours until the answer.",
      {"against"},
      {"received", "decision_reversed", "decision_stands", "hours_median", "hours_90"},
      appeals.rows(threshold, true)};
}

Task<Result<Figure>> term_figure(store::Store& store, Period period, std::uint64_t threshold) {
  Tabulation steps(1);
  const auto page = [period](store::Tx& tx, std::int64_t after) {
    return store::transparency_of(tx).term_events(period.from, period.to, after, kRowsAtOnce);
  };
  const auto take = [&](const store::GuardTermEvent& event) -> Status {
    steps.count({event.what}, 0);
    return {};
  };
  CO_TRY(co_await each_row<store::GuardTermEvent>(store, page, take));
  co_return Figure{"search.terms",
                   "Search terms",
                   "Steps in the life of terms that search is guarded against, in the period.",
                   {"step"},
                   {"terms"},
                   steps.rows(threshold, false)};
}

Figure moderator_figure(const std::vector<store::StaffMember>& staff) {
  Tabulation moderators(1);
  for (const auto& member : staff) {
    const bool decides =
        member.role == store::StaffRole::moderator || member.role == store::StaffRole::senior_moderator;
    if (!decides || member.state != store::StaffState::active) continue;
    moderators.count({"all"}, 0);
    if (member.languages.empty()) moderators.count({"any"}, 0);
    for (const auto& language : member.languages) moderators.count({language}, 0);
  }
  return {
      "staff.moderators",
      "Moderators",
      "Active moderators when this was made, and how many of them read each language (any: no language is "
      "set for them). Somebody who reads several counts in each.",
      {"language"},
      {"moderators"},
      moderators.rows(0, false)};
}

}  // namespace

Task<Result<std::vector<Figure>>> content_figures(store::Store& store, const crypto::Sealer& sealer,
                                                  Period period, std::uint64_t threshold) {
  CO_ASSIGN(auto out, co_await report_figures(store, period, threshold));
  CO_ASSIGN(auto cases, co_await case_figures(store, sealer, period, threshold));
  std::ranges::move(cases, std::back_inserter(out));
  CO_ASSIGN(auto appeals, co_await appeal_figure(store, period, threshold));
  out.push_back(std::move(appeals));
  CO_ASSIGN(auto terms, co_await term_figure(store, period, threshold));
  out.push_back(std::move(terms));
  auto paused_body = [period](store::Tx& tx) {
    return store::transparency_of(tx).paused_reporters(period.from, period.to);
  };
  CO_ASSIGN(const auto paused, co_await store.read(std::move(paused_body)));
  const bool tell = paused == 0 || static_cast<std::uint64_t>(paused) >= threshold;
  out.push_back({"reporters.paused",
                 "Reporters who were not heard for a while",
                 "People whose reports were paused for some time in the period, because most of them were "
                 "unfounded (Regulation (EU) 2022/2065 Art. 23(2)).",
                 {},
                 {"reporters"},
                 {{{}, {tell ? std::optional(paused) : std::nullopt}}}});
  auto staff_body = [](store::Tx& tx) { return store::staff_of(tx).list(); };
  CO_ASSIGN(const auto staff, co_await store.read(std::move(staff_body)));
  out.push_back(moderator_figure(staff));
  co_return out;
}

}  // namespace heliograph::transparency
