// What machines go by: the policy, the platform's rules, the term lists.
#include <algorithm>

#include "safety/enforcement/gate.h"
#include "services/discovery/guarded_terms.h"
#include "web/console/console.h"
#include "web/console/pages.h"

namespace heliograph::web {

namespace {

template <std::size_t Size>
Json names_of_bits(std::uint32_t bits, const std::array<std::string_view, Size>& names) {
  auto out = Json::array();
  for (std::size_t i = 0; i < Size; ++i) {
    if ((bits >> i & 1U) != 0) out.push_back(names[i]);
  }
  return out;
}

Json rule_json(const safety::Rule& rule) {
  Json json{{"id", rule.id},
            {"category", terms::name(rule.category)},
            {"at_least", rule.at_least},
            {"effect", safety::name(rule.effect)},
            {"clause", rule.clause},
            {"places", names_of_bits(rule.places, safety::kPlaceNames)},
            {"standing", names_of_bits(rule.standings, safety::kStandingNames)},
            {"witnesses", names_of_bits(rule.witnesses, safety::kWitnessNames)},
            {"severity", rule.severity},
            {"strike", rule.strike},
            {"mode", rule.shadow ? "shadow" : "live"},
            {"countries", rule.countries}};
  if (rule.effect == safety::Effect::limit_account) json["limit"] = safety::name(rule.limit);
  return json;
}

Task<Result<Reply>> get_policy(ConsoleParts& parts, Call&) {
  const auto book = parts.gate.rulebook();
  const auto& policy = *book->policy;
  auto may = Json::array();
  for (std::size_t i = 0; i < safety::kEffectNames.size(); ++i) {
    if (policy.machine_may(static_cast<safety::Effect>(i))) may.push_back(safety::kEffectNames[i]);
  }
  auto rules = Json::array();
  for (const auto& rule : policy.rules()) rules.push_back(rule_json(rule));
  const auto& strikes = policy.strikes();
  co_return Reply{.json = {{"version", policy.version()},
                           {"rules_version", book->rules->version()},
                           {"machine_may", may},
                           {"on_failure", policy.refuse_on_failure() ? "refuse" : "deliver"},
                           {"strikes",
                            {{"expire_days", strikes.expire_days},
                             {"limit_at", strikes.limit_at},
                             {"limit_days", strikes.limit_days},
                             {"limit", safety::name(strikes.limit)},
                             {"ban_at", strikes.ban_at}}},
                           {"rules", rules},
                           {"clauses", clauses_json(*book->rules)},
                           {"source", parts.policy_source}}};
}

Json list_json(const terms::TermList& list) {
  std::uint32_t categories = 0;
  std::int64_t active = 0;
  std::vector<std::string> locales;
  for (const auto& term : list.terms) {
    if (term.category) categories |= 1U << static_cast<unsigned>(*term.category);
    active += term.state == terms::TermState::active ? 1 : 0;
    if (!term.locale.empty() && std::ranges::count(locales, term.locale) == 0) locales.push_back(term.locale);
  }
  return {{"name", list.name},
          {"version", list.version},
          {"terms", list.terms.size()},
          {"active", active},
          {"categories", category_names(categories)},
          {"locales", locales}};
}

// Those of the files, and what the staff has added for searches.
struct ListsInForce {
  explicit ListsInForce(const ConsoleParts& parts) : book(parts.gate.rulebook()) {
    for (const auto& list : book->terms->lists()) all.push_back(&list);
    if (parts.guarded_terms != nullptr) added = parts.guarded_terms->list_in_force();
    if (added) all.push_back(&*added);
  }
  ListsInForce(const ListsInForce&) = delete;

  const std::shared_ptr<const safety::Rulebook> book;
  std::optional<terms::TermList> added;
  std::vector<const terms::TermList*> all;
};

Task<Result<Reply>> list_term_lists(ConsoleParts& parts, Call&) {
  const ListsInForce lists(parts);
  auto items = Json::array();
  for (const auto* list : lists.all) items.push_back(list_json(*list));
  co_return Reply{.json = {{"version", lists.book->terms->version()}, {"items", items}}};
}

Json term_json(const terms::Term& term) {
  static constexpr std::array<std::string_view, 3> kinds{"word", "substring", "regex"};
  static constexpr std::array<std::string_view, 3> states{"proposed", "active", "retired"};
  Json json{{"id", term.id},
            {"text", term.text},
            {"kind", kinds[static_cast<std::size_t>(term.kind)]},
            {"near", term.near},
            {"not_near", term.not_near},
            {"window", term.window},
            {"score", term.score},
            {"effect", terms::name(term.effect)},
            {"countries", term.countries},
            {"state", states[static_cast<std::size_t>(term.state)]}};
  if (term.category) json["category"] = terms::name(*term.category);
  if (!term.group.empty()) json["group"] = term.group;
  if (!term.locale.empty()) json["locale"] = term.locale;
  if (!term.source.empty()) json["source"] = term.source;
  if (term.expires) json["expires_at"] = *term.expires;
  return json;
}

Task<Result<Reply>> read_term_list(ConsoleParts& parts, Call& call) {
  Query query(call);
  const auto wanted = query.text("query", 256);
  const auto limit = query.limit();
  const auto cursor = query.cursor();
  CO_TRY(query.done());
  const ListsInForce lists(parts);
  const auto found = std::ranges::find(lists.all, call.request.path_value("name"), &terms::TermList::name);
  if (found == lists.all.end()) {
    co_return fail(Error::not_found("TERM_LIST_UNKNOWN", "There is no term list of this name."));
  }
  const auto* const list = *found;
  auto items = Json::array();
  Json json;
  for (auto at = static_cast<std::size_t>(std::max<std::int64_t>(cursor.value_or(0), 0));
       at < list->terms.size(); ++at) {
    const auto& term = list->terms[at];
    if (wanted && term.text.find(*wanted) == term.text.npos) continue;
    if (items.size() == limit) {
      json["next"] = query.next(static_cast<std::int64_t>(at));
      break;
    }
    items.push_back(term_json(term));
  }
  json["items"] = std::move(items);
  co_return Reply{.json = std::move(json)};
}

}  // namespace

Json clauses_json(const safety::Rules& rules) {
  auto clauses = Json::array();
  for (const auto& clause : rules.clauses()) {
    clauses.push_back({{"id", clause.id}, {"title", clause.title}, {"text", clause.text}});
  }
  return clauses;
}

void add_rules(Door& door) {
  door.on("getPolicy", get_policy);
  door.on("listTermLists", list_term_lists);
  door.on("readTermList", read_term_list);
}

}  // namespace heliograph::web
