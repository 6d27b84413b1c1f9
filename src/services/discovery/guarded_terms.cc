#include "services/discovery/guarded_terms.h"

#include <algorithm>

#include "safety/cases/intake.h"
#include "safety/scan/built_in.h"
#include "services/moderation/moderation.h"
#include "store/staff.h"
#include "terms/canonical.h"

namespace heliograph::services {

namespace {

constexpr std::string_view term_prefix = "term/";
constexpr std::size_t reports_counted = 200;
constexpr std::size_t reports_shown = 50;
constexpr std::size_t steps_shown = 200;
constexpr std::size_t expired_at_once = 50;
constexpr std::size_t rows_at_once = 1'000;
constexpr std::size_t related_max = 20;
constexpr std::size_t countries_max = 250;
constexpr store::Day days_of_a_week = 7;
constexpr store::Day days_shown = 30;
constexpr UnixSeconds decided_for = 90 * 86'400;

using GuardState = store::GuardTermState;

std::string matcher_id(const store::GuardTerm& term) {
  return "guarded/" + std::to_string(term.id);
}

store::Day today(const Environment& environment) {
  return static_cast<store::Day>(environment.clock.unix_seconds() / 86'400);
}

Error term_unknown() {
  return Error::not_found("TERM_UNKNOWN", "There is no term of this number.");
}

Error term_invalid(std::string why) {
  return Error::invalid("TERM_INVALID", std::move(why));
}

Error term_changed(std::string why) {
  return Error::invalid("TERM_CHANGED", std::move(why));
}

Bytes about_term(std::int64_t id) {
  return to_bytes(as_bytes("guard_terms.sealed/" + std::to_string(id)));
}

Status check_countries(const std::vector<std::string>& countries) {
  if (countries.size() <= countries_max && std::ranges::all_of(countries, safety::is_country)) return {};
  return fail(Error::invalid("COUNTRY_INVALID", "Name countries by two capital letters, as \"DE\"."));
}

Result<std::string> staff_name(store::Tx& tx, StaffId id) {
  if (!id) return std::string();
  HG_ASSIGN(const auto member, store::staff_of(tx).find(id));
  return member ? member->name : std::string();
}

Status note_step(store::Tx& tx, const Environment& environment, const store::GuardTerm& term, StaffId staff,
                 std::string_view what, const std::string& why) {
  store::GuardTermEvent event;
  event.term = term.id;
  event.at = environment.clock.unix_seconds();
  event.staff = staff;
  event.what = what;
  event.record = what == "guarded" || what == "retired" ? term.record : 0;
  if (!why.empty()) {
    event.sealed = environment.sealer.seal(to_bytes(as_bytes(why)), about_term(term.id), environment.random);
  }
  return tx.guard_terms().note(event);
}

// false: there is this term already, proposed or in force.
Result<bool> put_forward(store::Tx& tx, const Environment& environment, store::GuardTerm term,
                         const std::string& why) {
  HG_ASSIGN(const auto there, tx.guard_terms().find_canonical(term.canonical));
  if (there) return false;
  term.created_at = term.changed_at = environment.clock.unix_seconds();
  HG_ASSIGN(term.id, tx.guard_terms().add(term));
  HG_TRY(note_step(tx, environment, term, StaffId{}, "proposed", why));
  return true;
}

// Those of the harmless searches that the term alone would touch.
std::vector<std::string> benign_touched(const store::GuardTerm& term, UnixSeconds now) {
  std::vector<std::string> touched;
  auto alone = matched_term(term);
  alone.effect = terms::SearchEffect::demote;
  alone.countries.clear();
  alone.locale.clear();
  alone.expires.reset();
  terms::TermList list{std::string(guarded_list), "", {}};
  list.terms.push_back(std::move(alone));
  std::vector<terms::TermList> lists;
  lists.push_back(std::move(list));
  const auto set = terms::TermSet::build(std::move(lists), now);
  if (!set) return touched;  // it cannot be matched, and so touches nothing
  const auto guard = terms::QueryGuard::build(*set, safety::built_in_ordinary_words(), now);
  terms::GuardScratch scratch;
  terms::GuardVerdict verdict;
  for (auto rest = safety::built_in_benign_queries();
       !rest.empty() && touched.size() < GuardedTerms::benign_max;) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto query = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (query.empty() || query.starts_with('#')) continue;
    guard->check(query, scratch, verdict);
    if (!verdict.hits.empty()) touched.emplace_back(query);
  }
  return touched;
}

bool wordly_part(std::string_view word) {
  return word.size() >= 3;
}

std::vector<std::string> words_in(std::string_view canonical) {
  std::vector<std::string> words;
  while (!canonical.empty()) {
    const auto end = std::min(canonical.find(' '), canonical.size());
    if (wordly_part(canonical.substr(0, end))) words.emplace_back(canonical.substr(0, end));
    canonical.remove_prefix(std::min(end + 1, canonical.size()));
  }
  return words;
}

// The lists are read as they are written: lower case as a rule.
bool shares_a_word(std::string_view text, const std::vector<std::string>& words) {
  return std::ranges::any_of(words, [text](const auto& word) { return text.find(word) != text.npos; });
}

}  // namespace

Result<std::string> canonical_term(const std::string& text) {
  if (text.size() > GuardedTerms::text_max) {
    return fail(term_invalid("A term has at most 128 bytes: name the words alone."));
  }
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::ranges::any_of(text, control)) return fail(term_invalid("A term is one line of text."));
  // "term*" takes any ending; the ending itself is no part of it.
  terms::Canonical canonical;
  terms::canonicalise(std::string_view(text).substr(0, text.find_last_not_of('*') + 1), canonical);
  std::size_t letters = 0, unspaced = 0;
  for (const auto& letter : canonical.letters) {
    if (terms::character(letter.base).kind != terms::CharacterKind::letter) continue;
    ++letters;
    unspaced += letter.has(terms::Letter::unspaced) ? 1 : 0;
  }
  if (letters == 0) return fail(term_invalid("There is no letter in it."));
  if (canonical.letters.size() < (unspaced >= 2 ? 2U : 3U)) {
    return fail(term_invalid("It is too short: so few letters are in many harmless words."));
  }
  const auto subject = safety::term_subject(text).text;
  if (subject.size() <= term_prefix.size()) return fail(term_invalid("There is no letter in it."));
  return subject.substr(term_prefix.size());
}

terms::Term matched_term(const store::GuardTerm& term) {
  terms::Term out;
  out.id = matcher_id(term);
  out.text = term.text;
  out.category = static_cast<terms::Category>(term.category);
  out.score = 0;  // for search alone
  out.effect = static_cast<terms::SearchEffect>(term.effect);
  out.locale = term.locale;
  out.countries = term.countries;
  out.source = term.source;
  if (term.expires_at != 0) out.expires = term.expires_at;
  return out;
}

Status GuardedTerms::note(store::Tx& tx, const store::GuardTerm& term, StaffId staff, std::string_view what,
                          const std::string& why) const {
  return note_step(tx, environment_, term, staff, what, why);
}

Result<GuardTermView> GuardedTerms::view_of(store::Tx& tx, store::GuardTerm term) const {
  GuardTermView view;
  HG_ASSIGN(const auto open, tx.cases().find_open(std::string(term_prefix) + term.canonical));
  view.case_id = open ? open->id : term.case_id;
  if (view.case_id != 0) {
    HG_ASSIGN(const auto reports, tx.reports().of_case(view.case_id, 0, reports_counted));
    view.reports = static_cast<std::int32_t>(reports.size());
  }
  HG_ASSIGN(view.changed_by, staff_name(tx, term.changed_by));
  const auto week = today(environment_) - days_of_a_week;
  HG_ASSIGN(view.asked, tx.search_counts().asked(term.canonical, week));
  if (term.state == GuardState::active) {
    HG_ASSIGN(const auto met, tx.search_counts().met(matcher_id(term), week));
    std::int64_t asked = 0;
    for (const auto& one : met) asked += one.asked;
    view.asked = std::max(view.asked, asked);
  }
  view.term = std::move(term);
  return view;
}

Task<Result<GuardTermView>> GuardedTerms::propose(safety::Staffer staff, TermProposal proposal) {
  CO_ASSIGN(auto canonical, canonical_term(proposal.text));
  CO_TRY(check_countries(proposal.countries));
  store::GuardTerm term;
  term.text = std::move(proposal.text);
  term.canonical = std::move(canonical);
  term.category = static_cast<std::uint8_t>(proposal.category);
  term.locale = std::move(proposal.locale);
  term.countries = std::move(proposal.countries);
  term.source = std::move(proposal.source);
  term.case_id = proposal.case_id;
  term.created_at = term.changed_at = environment_.clock.unix_seconds();
  term.changed_by = staff.id;
  auto body = [this, term = std::move(term), staff = std::move(staff),
               why = std::move(proposal.note)](store::Tx& tx) -> Result<GuardTermView> {
    HG_ASSIGN(const auto id, tx.guard_terms().add(term));
    HG_ASSIGN(auto put, tx.guard_terms().find(id));
    HG_TRY(note(tx, *put, staff.id, "proposed", why));
    return view_of(tx, std::move(*put));
  };
  co_return co_await environment_.store.write(std::move(body));
}

Status propose_reported(store::Tx& tx, const Environment& environment, const std::string& text,
                        terms::Category category, std::int64_t case_id) {
  auto canonical = canonical_term(text);
  if (!canonical) return {};
  store::GuardTerm term;
  term.text = text;
  term.canonical = std::move(*canonical);
  term.category = static_cast<std::uint8_t>(category);
  term.source = "report";
  term.case_id = case_id;
  HG_TRY(put_forward(tx, environment, std::move(term), {}));
  return {};
}

Result<bool> propose_watched(store::Tx& tx, const Environment& environment, const std::string& text,
                             terms::Category category, const std::string& why) {
  auto canonical = canonical_term(text);
  if (!canonical) return false;
  HG_ASSIGN(const auto near, tx.guard_terms().list({.part = *canonical}, 0, related_max));
  const auto since = environment.clock.unix_seconds() - decided_for;
  for (const auto& one : near) {
    if (one.canonical == *canonical && one.changed_at > since) return false;
  }
  store::GuardTerm term;
  term.text = text;
  term.canonical = std::move(*canonical);
  term.category = static_cast<std::uint8_t>(category);
  term.source = "machine";
  return put_forward(tx, environment, std::move(term), why);
}

template <typename Decide>
Task<Result<GuardTermView>> GuardedTerms::decide(safety::Staffer staff, std::int64_t id, Decide act) {
  const auto* moderation = environment_.moderation;
  if (desk_of(environment_) == nullptr) {
    co_return fail(Error::unavailable("MODERATION_OFF", "Nothing is judged on this server."));
  }
  auto body = [this, moderation, staff = std::move(staff), id,
               act = std::move(act)](store::Tx& tx) -> Result<GuardTermView> {
    HG_ASSIGN(auto found, tx.guard_terms().find(id));
    if (!found) return fail(term_unknown());
    found->changed_at = environment_.clock.unix_seconds();
    found->changed_by = staff.id;
    HG_ASSIGN(const auto open, tx.cases().find_open(std::string(term_prefix) + found->canonical));
    if (open) found->case_id = open->id;
    HG_ASSIGN(auto outcome, act(moderation->enforcer(), tx, std::move(*found)));
    if (open) {
      HG_TRY(moderation->desk()->close_term(tx, staff, open->id, outcome.guarded, outcome.term.record,
                                            outcome.why, outcome.note));
    }
    HG_TRY(note(tx, outcome.term, staff.id, outcome.what, outcome.why));
    return view_of(tx, std::move(outcome.term));
  };
  CO_ASSIGN(auto view, co_await environment_.store.write(std::move(body)));
  if (listener_) listener_();
  co_return std::move(view);
}

Task<Result<GuardTermView>> GuardedTerms::guard(safety::Staffer staff, std::int64_t id,
                                                GuardDecision decision) {
  if (decision.effect < terms::SearchEffect::allow) {
    co_return fail(
        term_invalid("Choose what a search for it is answered with: allow, demote, interstitial, block."));
  }
  CO_TRY(check_countries(decision.countries));
  const auto now = environment_.clock.unix_seconds();
  if (decision.expires_at != 0 && decision.expires_at <= now) {
    co_return fail(Error::invalid("EXPIRY_INVALID", "It would be over before it began."));
  }
  const auto name = staff.name;
  auto act = [decision = std::move(decision), name](const safety::Enforcer& enforcer, store::Tx& tx,
                                                    store::GuardTerm term) -> Result<Outcome> {
    if (term.version != decision.version) {
      return fail(term_changed("Somebody has changed the term meanwhile. Look at it again."));
    }
    HG_TRY(canonical_term(term.text));
    term.effect = static_cast<std::uint8_t>(decision.effect);
    if (decision.category) term.category = static_cast<std::uint8_t>(*decision.category);
    term.locale = decision.locale;
    term.countries = decision.countries;
    term.expires_at = decision.expires_at;
    HG_ASSIGN(auto put, enforcer.guard_term(tx, {std::move(term), name, decision.why}));
    const bool guarded = decision.effect != terms::SearchEffect::allow;
    return Outcome{std::move(put), "guarded", guarded, decision.why, decision.note_to_reporter};
  };
  co_return co_await decide(std::move(staff), id, std::move(act));
}

Task<Result<GuardTermView>> GuardedTerms::retire(safety::Staffer staff, std::int64_t id, std::string why) {
  const auto name = staff.name;
  auto act = [why = std::move(why), name](const safety::Enforcer& enforcer, store::Tx& tx,
                                          store::GuardTerm term) -> Result<Outcome> {
    if (term.state != GuardState::active) return fail(term_changed("The term is not in force."));
    HG_ASSIGN(auto put, enforcer.retire_term(tx, {std::move(term), name, why}));
    return Outcome{std::move(put), "retired", false, why, {}};
  };
  co_return co_await decide(std::move(staff), id, std::move(act));
}

Task<Result<GuardTermView>> GuardedTerms::reject(safety::Staffer staff, std::int64_t id, std::string why,
                                                 std::string note_to_reporter) {
  auto act = [why = std::move(why), to_reporter = std::move(note_to_reporter)](
                 const safety::Enforcer&, store::Tx& tx, store::GuardTerm term) -> Result<Outcome> {
    if (term.state != GuardState::proposed) return fail(term_changed("The term has been decided about."));
    term.state = GuardState::rejected;
    HG_TRY(tx.guard_terms().update(term));
    HG_ASSIGN(auto put, tx.guard_terms().find(term.id));
    return Outcome{std::move(*put), "rejected", false, why, to_reporter};
  };
  co_return co_await decide(std::move(staff), id, std::move(act));
}

Task<Result<std::vector<GuardTermView>>> GuardedTerms::list(store::GuardTermFilter filter,
                                                            std::int64_t before, std::size_t limit) const {
  if (!filter.part.empty()) {
    terms::Canonical canonical;
    terms::canonicalise(filter.part, canonical);
    if (!canonical.plain.empty()) filter.part = canonical.plain;
  }
  auto body = [this, filter = std::move(filter), before, limit = std::clamp<std::size_t>(limit, 1, page_max)](
                  store::Tx& tx) -> Result<std::vector<GuardTermView>> {
    HG_ASSIGN(auto rows, tx.guard_terms().list(filter, before, limit));
    std::vector<GuardTermView> views;
    for (auto& row : rows) {
      HG_ASSIGN(auto view, view_of(tx, std::move(row)));
      views.push_back(std::move(view));
    }
    return views;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<GuardTermView>> GuardedTerms::find(std::int64_t id) const {
  auto body = [this, id](store::Tx& tx) -> Result<GuardTermView> {
    HG_ASSIGN(auto found, tx.guard_terms().find(id));
    if (!found) return fail(term_unknown());
    return view_of(tx, std::move(*found));
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<std::optional<GuardTermView>>> GuardedTerms::find_text(std::string text) const {
  auto canonical = canonical_term(text);
  if (!canonical) co_return std::nullopt;
  auto body = [this, canonical = *canonical](store::Tx& tx) -> Result<std::optional<GuardTermView>> {
    HG_ASSIGN(auto found, tx.guard_terms().find_canonical(canonical));
    if (!found) return std::nullopt;
    HG_ASSIGN(auto view, view_of(tx, std::move(*found)));
    return std::optional(std::move(view));
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<GuardTermDetail>> GuardedTerms::detail(std::int64_t id) const {
  auto body = [this, id](store::Tx& tx) -> Result<GuardTermDetail> {
    HG_ASSIGN(auto found, tx.guard_terms().find(id));
    if (!found) return fail(term_unknown());
    GuardTermDetail detail;
    HG_ASSIGN(detail.view, view_of(tx, std::move(*found)));
    HG_ASSIGN(auto events, tx.guard_terms().history(id, steps_shown));
    for (auto& event : events) {
      GuardTermStep step;
      if (!event.sealed.empty()) {
        HG_ASSIGN(const auto words, environment_.sealer.open(event.sealed, about_term(id)));
        step.words = std::string(as_text(words));
      }
      HG_ASSIGN(step.staff, staff_name(tx, event.staff));
      step.event = std::move(event);
      detail.history.push_back(std::move(step));
    }
    HG_ASSIGN(detail.daily,
              tx.search_counts().met(matcher_id(detail.view.term), today(environment_) - days_shown));
    if (detail.view.case_id == 0) return detail;
    HG_ASSIGN(detail.reports, tx.reports().of_case(detail.view.case_id, 0, reports_counted));
    std::ranges::reverse(detail.reports);
    if (detail.reports.size() > reports_shown) detail.reports.resize(reports_shown);
    for (const auto& report : detail.reports) {
      HG_ASSIGN(auto file, safety::open_report(report, environment_.sealer));
      detail.comments.push_back(std::move(file.comment));
      store::ReportRecord record;
      if (report.reporter) {
        HG_ASSIGN(record, tx.reports().record_of(report.reporter));
      }
      detail.records.push_back(record);
    }
    return detail;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<GuardTermPreview>> GuardedTerms::preview(std::int64_t id, std::string country) const {
  CO_ASSIGN(const auto view, co_await find(id));
  const auto& term = view.term;
  auto words = words_in(term.canonical);
  GuardTermPreview preview;
  preview.answer = answer(term.text, {std::move(country), term.locale}).effect;
  // Those of the staff, in the store, and then those of the lists. On the reader's thread also what takes
  // some 40 ms and would hold up a loop.
  auto body = [id, &words, &term, benign = &preview.benign, now = environment_.clock.unix_seconds()](
                  store::Tx& tx) -> Result<std::vector<store::GuardTerm>> {
    *benign = benign_touched(term, now);
    std::vector<store::GuardTerm> near;
    for (const auto& word : words) {
      HG_ASSIGN(auto rows, tx.guard_terms().list({.part = word}, 0, related_max));
      for (auto& row : rows) {
        const bool known = row.id == id || std::ranges::count(near, row.id, &store::GuardTerm::id) != 0;
        if (!known && near.size() < related_max) near.push_back(std::move(row));
      }
    }
    return near;
  };
  CO_ASSIGN(const auto near, co_await environment_.store.read(std::move(body)));
  for (const auto& one : near) {
    preview.related.push_back({one.id, one.text, one.state, static_cast<terms::SearchEffect>(one.effect)});
  }
  const auto guard = discovery_.guard();
  for (const auto& list : guard ? guard->set().lists() : std::span<const terms::TermList>()) {
    if (list.name == guarded_list) continue;
    for (const auto& one : list.terms) {
      if (preview.related.size() >= related_max) break;
      const bool guards = one.effect >= terms::SearchEffect::allow && one.kind != terms::MatchKind::regex;
      if (guards && one.state == terms::TermState::active && shares_a_word(one.text, words)) {
        preview.related.push_back({0, one.text, GuardState::active, one.effect});
      }
    }
  }
  auto query = term.text.substr(0, term.text.find_last_not_of('*') + 1);
  CO_ASSIGN(preview.found, co_await discovery_.unguarded(std::move(query), found_max));
  co_return std::move(preview);
}

std::optional<terms::TermList> GuardedTerms::list_in_force() const {
  const auto guard = discovery_.guard();
  if (!guard) return std::nullopt;
  const auto lists = guard->set().lists();
  const auto found = std::ranges::find(lists, guarded_list, &terms::TermList::name);
  if (found == lists.end()) return std::nullopt;
  return *found;
}

GuardAnswer GuardedTerms::answer(std::string_view query, const terms::Asker& asker) const {
  GuardAnswer out;
  terms::Canonical canonical;
  terms::canonicalise(query, canonical);
  out.canonical = canonical.text;
  const auto guard = discovery_.guard();
  if (!guard || query.empty()) return out;
  terms::GuardScratch scratch;
  terms::GuardVerdict verdict;
  guard->check(query, asker, scratch, verdict);
  out.effect = std::max(verdict.effect, terms::SearchEffect::allow);
  for (const auto& hit : verdict.hits) {
    if (std::ranges::find(out.terms, hit.term->id) == out.terms.end()) out.terms.push_back(hit.term->id);
  }
  if (!verdict.hits.empty() && verdict.read_as != query) out.corrected = verdict.read_as;
  return out;
}

Task<Status> GuardedTerms::sweep() {
  const auto* moderation = environment_.moderation;
  if (desk_of(environment_) == nullptr) co_return Status();
  const auto now = environment_.clock.unix_seconds();
  CO_ASSIGN(const auto over, co_await environment_.store.read([now](store::Tx& tx) {
    return tx.guard_terms().expired(now, expired_at_once);
  }));
  for (const auto& one : over) {
    auto body = [this, moderation, id = one.id, now](store::Tx& tx) -> Status {
      HG_ASSIGN(auto term, tx.guard_terms().find(id));
      const bool still =
          term && term->state == GuardState::active && term->expires_at != 0 && term->expires_at <= now;
      if (!still) return {};
      term->changed_at = now;
      term->changed_by = StaffId{};
      const std::string why = "its time is over";
      HG_ASSIGN(const auto put, moderation->enforcer().retire_term(tx, {std::move(*term), {}, why}));
      return note(tx, put, StaffId{}, "retired", why);
    };
    CO_TRY(co_await environment_.store.write(std::move(body)));
  }
  if (!over.empty() && listener_) listener_();
  co_return Status();
}

Task<Result<std::optional<GuardedTerms::InForce>>> GuardedTerms::in_force(std::int64_t known) const {
  auto body = [known](store::Tx& tx) -> Result<std::optional<InForce>> {
    InForce now;
    HG_ASSIGN(now.changes, tx.guard_terms().changes());
    if (now.changes == known) return std::nullopt;
    store::GuardTermFilter active;
    active.state = GuardState::active;
    for (std::int64_t before = 0;;) {
      HG_ASSIGN(auto page, tx.guard_terms().list(active, before, rows_at_once));
      const bool more = page.size() == rows_at_once;
      if (more) before = page.back().id;
      std::ranges::move(page, std::back_inserter(now.terms));
      if (!more) break;
    }
    return std::optional(std::move(now));
  };
  co_return co_await environment_.store.read(std::move(body));
}

}  // namespace heliograph::services
