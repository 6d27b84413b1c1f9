// Terms that search is guarded against because people said so: what is put forward, what it finds, and what
// becomes of it.
#include <algorithm>
#include <array>

#include "base/day.h"
#include "ledger/record.h"
#include "services/discovery/guarded_terms.h"
#include "web/console/case_json.h"
#include "web/console/console.h"
#include "web/console/pages.h"

namespace heliograph::web {

namespace {

constexpr std::size_t kCountriesListed = 250;
constexpr std::int32_t kReputationLeast = 5;  // of fewer nothing can be said
constexpr std::int64_t kTimeMax = 253'402'300'799;
constexpr std::array<std::string_view, 4> kTermStates{"proposed", "active", "retired", "rejected"};

std::string_view term_state_name(store::GuardTermState state) {
  return kTermStates[static_cast<std::size_t>(state) - 1];
}

std::optional<store::GuardTermState> term_state_of(std::string_view text) {
  const auto* found = std::ranges::find(kTermStates, text);
  if (found == kTermStates.end()) return std::nullopt;
  return static_cast<store::GuardTermState>(found - kTermStates.begin() + 1);
}

// As it is told in answers: `none` is nobody's wish yet.
std::string_view answer_name(terms::SearchEffect effect) {
  return terms::name(std::max(effect, terms::SearchEffect::allow));
}

std::optional<terms::SearchEffect> answer_of(std::string_view text) {
  const auto effect = terms::search_effect_of(text);
  return effect == terms::SearchEffect::none ? std::nullopt : effect;
}

bool are_countries(const std::vector<std::string>& countries) {
  return std::ranges::all_of(countries, safety::is_country);
}

Result<services::GuardedTerms*> workshop(const ConsoleParts& parts) {
  if (parts.guarded_terms != nullptr) return parts.guarded_terms;
  return fail(Error::unavailable("NOT_OFFERED", "This server does not offer it."));
}

Json by_json(StaffId id, const std::string& name) {
  return {{"id", id.value}, {"name", name}};
}

Json guard_term_json(const services::GuardTermView& view) {
  const auto& term = view.term;
  Json json{{"id", term.id},
            {"version", term.version},
            {"text", term.text},
            {"category", terms::name(static_cast<terms::Category>(term.category))},
            {"state", term_state_name(term.state)},
            {"source", term.source},
            {"reports", view.reports},
            {"asked", view.asked},
            {"created_at", term.created_at},
            {"changed_at", term.changed_at}};
  const auto effect = static_cast<terms::SearchEffect>(term.effect);
  if (effect != terms::SearchEffect::none) json["effect"] = terms::name(effect);
  if (!term.locale.empty()) json["locale"] = term.locale;
  if (!term.countries.empty()) json["countries"] = term.countries;
  if (term.expires_at != 0) json["expires_at"] = term.expires_at;
  if (view.case_id != 0) json["case_id"] = view.case_id;
  if (term.changed_by) json["changed_by"] = by_json(term.changed_by, view.changed_by);
  return json;
}

std::string_view report_source_name(store::ReportSource source) {
  switch (source) {
    case store::ReportSource::member:
      return "report";
    case store::ReportSource::search_bot:
      return "search_report";
    case store::ReportSource::flagger:
      return "flagger";
    case store::ReportSource::form:
      return "web_form";
    case store::ReportSource::authority:
      return "order";
  }
  return "report";
}

Json term_report_json(const store::Report& report, const std::string& comment,
                      const store::ReportRecord& record) {
  const auto settled = record.upheld + record.rejected;
  const bool waits = report.state == store::ReportState::waiting;
  Json reporter{{"reports", settled + (waits ? 1 : 0)}};
  if (settled >= kReputationLeast) reporter["reputation"] = static_cast<double>(record.upheld) / settled;
  if (!report.flagger.empty()) reporter["trusted"] = report.flagger;
  Json json{{"id", report.id},
            {"at", report.at},
            {"source", report_source_name(report.source)},
            {"category", terms::name(static_cast<terms::Category>(report.category))},
            {"reporter", reporter}};
  if (!comment.empty()) json["comment"] = comment;
  if (!report.country.empty()) json["country"] = report.country;
  if (!report.language.empty()) json["language"] = report.language;
  return json;
}

Json day_json(const store::TermMet& met) {
  return {{"day", day_text(UnixSeconds{met.day} * 86'400)},
          {"asked", met.asked},
          {"evaded", met.evaded},
          {"shown_anyway", met.shown_anyway},
          {"overblock_reports", met.overblocked}};
}

Json step_json(const services::GuardTermStep& step) {
  Json json{{"id", step.event.id}, {"at", step.event.at}, {"what", step.event.what}};
  if (step.event.staff) json["by"] = by_json(step.event.staff, step.staff);
  if (!step.words.empty()) json["text"] = step.words;
  if (step.event.record != 0) json["record"] = step.event.record;
  return json;
}

Json card_json(const services::FoundUnguarded::Card& card) {
  Json json{{"id", card.peer.id},      {"kind", card.kind},  {"subject", ledger::Subject::of(card.peer).text},
            {"title", card.title},     {"public", true},     {"verified", card.verified},
            {"members", card.members}, {"cases", card.cases}};
  if (!card.username.empty()) json["username"] = card.username;
  if (card.created_at != 0) json["created_at"] = card.created_at;
  if (card.open_case != 0) json["open_case"] = card.open_case;
  return json;
}

Json found_post_json(const services::FoundUnguarded::Post& post) {
  Json json{{"subject", ledger::Subject::of(post.place, post.message).text},
            {"title", post.title},
            {"text", post.text},
            {"at", post.date}};
  if (!post.username.empty()) {
    json["link"] = "tg://resolve?domain=" + post.username + "&post=" + std::to_string(post.message.value);
  }
  return json;
}

Task<Result<Reply>> list_terms(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const guarded, workshop(parts));
  Query query(call);
  store::GuardTermFilter filter;
  if (const auto state = query.text("state", 16)) {
    filter.state = term_state_of(*state);
    if (!filter.state) query.refuse("state", "proposed, active, retired or rejected");
  }
  if (const auto text = query.text("effect", 16)) {
    const auto effect = answer_of(*text);
    if (effect) filter.effect = static_cast<std::uint8_t>(*effect);
    if (!effect) query.refuse("effect", "allow, demote, interstitial or block");
  }
  if (const auto text = query.text("category", 32)) {
    const auto category = terms::category_of(*text);
    if (category) filter.category = static_cast<std::uint8_t>(*category);
    if (!category) query.refuse("category", "a category of harm");
  }
  filter.locale = query.text("locale", 35).value_or("");
  filter.part = query.text("query", 256).value_or("");
  const auto limit = query.limit();
  const auto before = query.cursor();
  CO_TRY(query.done());
  CO_ASSIGN(const auto views, co_await guarded->list(std::move(filter), before.value_or(0), limit));
  auto items = Json::array();
  for (const auto& view : views) items.push_back(guard_term_json(view));
  Json json{{"items", items}};
  if (views.size() == limit) json["next"] = query.next(views.back().term.id);
  co_return Reply{.json = std::move(json)};
}

// For whom it holds, as both proposals and decisions say it.
template <typename Scoped>
void read_scope(Fields& fields, Scoped& scoped) {
  scoped.locale = fields.text_if("locale", 2, 35).value_or("");
  if (!scoped.locale.empty() && !is_language(scoped.locale)) {
    fields.refuse("locale", "a language, like \"de\" or \"pt-BR\"");
  }
  scoped.countries = fields.texts_if("countries", kCountriesListed, 2).value_or(std::vector<std::string>());
  if (!are_countries(scoped.countries)) {
    fields.refuse("countries", "a list of countries, like \"DE\"");
  }
}

std::optional<terms::Category> category_in(Fields& fields, const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto category = terms::category_of(*text);
  if (!category) fields.refuse("category", "a category of harm");
  return category;
}

Task<Result<Reply>> propose_term(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const guarded, workshop(parts));
  auto fields = call.fields();
  services::TermProposal proposal;
  proposal.text = fields.text("text", 2, 64);
  const auto category = category_in(fields, fields.text("category", 1, 32));
  read_scope(fields, proposal);
  proposal.note = fields.text("note", 1, 1000);
  CO_TRY(fields.done());
  proposal.category = *category;
  const auto text = proposal.text;
  auto proposed = co_await guarded->propose(staffer_of(call), std::move(proposal));
  if (proposed) co_return Reply{.status = 201, .json = guard_term_json(*proposed)};
  if (proposed.error().code != "TERM_KNOWN") co_return fail(proposed.error());
  CO_ASSIGN(const auto known, co_await guarded->find_text(text));
  auto problem = console_problem_json(proposed.error());
  if (known) problem["id"] = known->term.id;
  co_return Reply{.status = 409, .json = std::move(problem)};
}

Task<Result<Reply>> try_query(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const guarded, workshop(parts));
  auto fields = call.fields();
  const auto query = fields.text("query", 1, 256);
  terms::Asker asker;
  asker.country = fields.text_if("country", 2, 2).value_or("");
  if (!asker.country.empty() && !safety::is_country(asker.country)) {
    fields.refuse("country", "a country, like \"DE\"");
  }
  asker.language = fields.text_if("language", 2, 35).value_or("");
  if (!asker.language.empty() && !is_language(asker.language)) {
    fields.refuse("language", "a language, like \"de\" or \"pt-BR\"");
  }
  CO_TRY(fields.done());
  const auto answer = guarded->answer(query, asker);
  Json json{{"effect", answer_name(answer.effect)}, {"terms", answer.terms}, {"canonical", answer.canonical}};
  if (!answer.corrected.empty()) json["corrected"] = answer.corrected;
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> get_term(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const guarded, workshop(parts));
  CO_ASSIGN(const auto id, call.id());
  CO_ASSIGN(const auto detail, co_await guarded->detail(id));
  auto reports = Json::array();
  for (std::size_t i = 0; i < detail.reports.size(); ++i) {
    reports.push_back(term_report_json(detail.reports[i], detail.comments[i], detail.records[i]));
  }
  auto history = Json::array();
  for (const auto& step : detail.history) history.push_back(step_json(step));
  auto daily = Json::array();
  for (const auto& met : detail.daily) daily.push_back(day_json(met));
  co_return Reply{.json = {{"term", guard_term_json(detail.view)},
                           {"canonical", detail.view.term.canonical},
                           {"reports", reports},
                           {"history", history},
                           {"daily", daily}}};
}

Task<Result<Reply>> preview_term(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const guarded, workshop(parts));
  CO_ASSIGN(const auto id, call.id());
  Query query(call);
  auto country = query.text("country", 2).value_or("");
  if (!country.empty() && !safety::is_country(country)) query.refuse("country", "a country, like \"DE\"");
  CO_TRY(query.done());
  CO_ASSIGN(const auto preview, co_await guarded->preview(id, std::move(country)));
  auto peers = Json::array();
  for (const auto& card : preview.found.peers) peers.push_back(card_json(card));
  auto posts = Json::array();
  for (const auto& post : preview.found.posts) posts.push_back(found_post_json(post));
  auto related = Json::array();
  for (const auto& one : preview.related) {
    Json json{{"text", one.text}, {"state", term_state_name(one.state)}};
    if (one.id != 0) json["id"] = one.id;
    if (one.effect != terms::SearchEffect::none) json["effect"] = terms::name(one.effect);
    related.push_back(std::move(json));
  }
  co_return Reply{.json = {{"peers", peers},
                           {"posts", posts},
                           {"related", related},
                           {"benign", preview.benign},
                           {"answer", answer_name(preview.answer)}}};
}

Task<Result<Reply>> guard_term(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const guarded, workshop(parts));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  services::GuardDecision decision;
  decision.version = static_cast<std::int32_t>(fields.number("version", 0, 2'147'483'647));
  const auto effect = answer_of(fields.text("effect", 1, 16));
  if (!effect) fields.refuse("effect", "allow, demote, interstitial or block");
  decision.category = category_in(fields, fields.text_if("category", 1, 32));
  read_scope(fields, decision);
  decision.expires_at = fields.number_if("expires_at", 1, kTimeMax).value_or(0);
  decision.why = fields.text("reason", 1, 4000);
  decision.note_to_reporter = fields.text_if("note_to_reporter", 0, 1000).value_or("");
  CO_TRY(fields.done());
  decision.effect = *effect;
  CO_ASSIGN(const auto view, co_await guarded->guard(staffer_of(call), id, std::move(decision)));
  co_return Reply{.json = guard_term_json(view)};
}

Task<Result<Reply>> retire_term(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const guarded, workshop(parts));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto why = fields.text("reason", 1, 4000);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto view, co_await guarded->retire(staffer_of(call), id, std::move(why)));
  co_return Reply{.json = guard_term_json(view)};
}

Task<Result<Reply>> reject_term(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const guarded, workshop(parts));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto why = fields.text("reason", 1, 4000);
  auto note = fields.text_if("note_to_reporter", 0, 1000).value_or("");
  CO_TRY(fields.done());
  CO_ASSIGN(const auto view, co_await guarded->reject(staffer_of(call), id, std::move(why), std::move(note)));
  co_return Reply{.json = guard_term_json(view)};
}

}  // namespace

void add_terms(Door& door) {
  door.on("listTerms", list_terms);
  door.on("proposeTerm", propose_term);
  door.on("tryQuery", try_query);
  door.on("getTerm", get_term);
  door.on("previewTerm", preview_term);
  door.on("guardTerm", guard_term);
  door.on("retireTerm", retire_term);
  door.on("rejectTerm", reject_term);
}

}  // namespace heliograph::web
