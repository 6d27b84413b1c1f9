#include "base/toml.h"

#include "safety/policy/policy.h"

#include <algorithm>

#include "base/complaints.h"
#include "safety/signals/signals.h"

namespace heliograph::safety {

namespace {

constexpr std::size_t policy_bytes_max = 1024 * 1024;
constexpr std::size_t kRulesMost = 1000;

template <typename Names>
std::optional<std::size_t> index_of(const Names& names, std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

template <typename Names>
std::string listed(const Names& names) {
  std::string all;
  for (const auto name : names) all += (all.empty() ? "" : ", ") + std::string(name);
  return all;
}

std::int64_t told_apart(Measure measure) {
  if (measure == Measure::authors || measure == Measure::chats) return Copies::entries_most;
  if (measure == Measure::joins) return Signals::joins_most;
  return measure == Measure::new_account ? 1 : 1'000'000;
}

}  // namespace

bool is_country(std::string_view code) {
  return code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

class PolicyReader {
 public:
  explicit PolicyReader(std::string_view file) : complaints_(file) {}

  Result<std::shared_ptr<const Policy>> read(const toml::table& root) {
    for (const auto& [key, node] : root) {
      const auto line = key.source().begin.line;
      if (key == "version") {
        policy_->version_ = text(key.str(), node, line);
      } else if (key == "machine_may") {
        policy_->machine_ = set(key.str(), node, line, kEffectNames);
      } else if (key == "on_failure") {
        const auto value = text(key.str(), node, line);
        if (value != "deliver" && value != "refuse")
          complain(line, "on_failure", "must be \"deliver\" or \"refuse\"");
        policy_->refuse_on_failure_ = value == "refuse";
      } else if (key == "slow_seconds") {
        policy_->slow_seconds_ = number(key.str(), node, line, 10, 86'400);
      } else if (key == "strikes") {
        strikes(node, line);
      } else if (key == "second_stage") {
        second_stage(node, line);
      } else if (key == "signals") {
        signals(node, line);
      } else if (key == "rule") {
        rules(node, line);
      } else if (key == "queue" || key == "route") {
        const auto* list = tables(key.str(), node, line);
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
          const auto& table = *(*list)[i].as_table();
          key == "queue" ? queue(table) : route(table);
        }
      } else {
        complain(line, key.str(),
                 "is not known; there are version, machine_may, on_failure, slow_seconds, [strikes], "
                 "[second_stage], "
                 "[signals], [[queue]], [[route]] and [[rule]]");
      }
    }
    if (policy_->version_.empty()) complain(1, "version", "is missing");
    settle_routes();
    check_together();
    if (complaints_.count() > 0) return fail(Error::invalid("POLICY_INVALID", complaints_.text()));
    policy_->machine_ |=
        1u << static_cast<unsigned>(Effect::allow) | 1u << static_cast<unsigned>(Effect::review);
    return std::shared_ptr<const Policy>(std::move(policy_));
  }

 private:
  void complain(std::uint32_t line, std::string_view key, std::string_view what) {
    complaints_.add(line, std::string(key) + " " + std::string(what));
  }

  std::string text(std::string_view key, const toml::node& node, std::uint32_t line) {
    const auto value = node.value_exact<std::string>();
    if (!value || value->empty()) complain(line, key, "must be a text in quotes");
    return value.value_or("");
  }

  template <typename Names>
  std::uint32_t set(std::string_view key, const toml::node& node, std::uint32_t line, const Names& names) {
    const auto* list = node.as_array();
    if (list == nullptr || list->empty()) {
      complain(line, key, "must be a list of " + listed(names));
      return 0;
    }
    std::uint32_t bits = 0;
    for (const auto& one : *list) {
      const auto value = one.value_exact<std::string>();
      const auto index = index_of(names, value.value_or(""));
      if (!index) {
        complain(line, key, "holds \"" + value.value_or("?") + "\"; there are " + listed(names));
      } else {
        bits |= 1u << *index;
      }
    }
    return bits;
  }

  // A whole number in [least, most].
  std::int32_t number(std::string_view key, const toml::node& node, std::uint32_t line, std::int32_t least,
                      std::int32_t most) {
    const auto value = node.value_exact<std::int64_t>();
    if (value && *value >= least && *value <= most) return static_cast<std::int32_t>(*value);
    complain(line, key,
             "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
  }

  void strikes(const toml::node& node, std::uint32_t line) {
    const auto* table = node.as_table();
    if (table == nullptr) return complain(line, "strikes", "must be written as [strikes]");
    auto& strikes = policy_->strikes_;
    for (const auto& [key, one] : *table) {
      const auto at = key.source().begin.line;
      if (key == "expire_days") {
        strikes.expire_days = number(key.str(), one, at, 1, 3650);
      } else if (key == "limit_at") {
        strikes.limit_at = number(key.str(), one, at, 0, 1000);
      } else if (key == "limit_days") {
        strikes.limit_days = number(key.str(), one, at, 1, 3650);
      } else if (key == "limit") {
        strikes.limit = limit(key.str(), one, at);
      } else if (key == "ban_at") {
        strikes.ban_at = number(key.str(), one, at, 0, 1000);
      } else if (key == "limit_signs_out") {
        const auto value = one.value_exact<bool>();
        if (!value) complain(at, key.str(), "must be true or false");
        strikes.limit_signs_out = value.value_or(false);
      } else {
        complain(at, key.str(),
                 "is not known in [strikes]; there are expire_days, limit_at, limit_days, limit, "
                 "limit_signs_out, ban_at");
      }
    }
    if (strikes.limit_at != 0 && strikes.ban_at != 0 && strikes.ban_at <= strikes.limit_at) {
      complain(line, "ban_at", "must be above limit_at, or the account is never limited first");
    }
  }

  Limit limit(std::string_view key, const toml::node& node, std::uint32_t line) {
    const auto limit = limit_named(text(key, node, line));
    if (!limit) complain(line, key, "must be one of " + listed(kLimitNames));
    return limit.value_or(Limit::mute);
  }

  void second_stage(const toml::node& node, std::uint32_t line) {
    const auto* table = node.as_table();
    if (table == nullptr) return complain(line, "second_stage", "must be written as [second_stage]");
    auto& unsure = policy_->unsure_;
    for (const auto& [key, one] : *table) {
      const auto at = key.source().begin.line;
      const auto value = one.value<double>();
      if (key != "from" && key != "to") {
        complain(at, key.str(), "is not known in [second_stage]; there are from and to");
      } else if (!value || !(*value >= 0 && *value <= 1)) {
        complain(at, key.str(), "must be a number from 0 to 1");
      } else {
        (key == "from" ? unsure.from : unsure.to) = static_cast<float>(*value);
      }
    }
    if (unsure.from >= unsure.to) complain(line, "from", "must be below to");
  }

  // A number above 0, at most 1.
  float probability(std::string_view key, const toml::node& node, std::uint32_t line) {
    const auto value = node.value<double>();
    if (!value || !(*value > 0 && *value <= 1)) complain(line, key, "must be a number above 0, at most 1");
    return static_cast<float>(value.value_or(1));
  }

  void signals(const toml::node& node, std::uint32_t line) {
    const auto* table = node.as_table();
    if (table == nullptr) return complain(line, "signals", "must be written as [signals]");
    auto& signals = policy_->signals_;
    for (const auto& [key, one] : *table) {
      const auto at = key.source().begin.line;
      if (key == "window_minutes") {
        signals.window_minutes = number(key.str(), one, at, 1, 24 * 60);
      } else if (key == "distance") {
        signals.distance = number(key.str(), one, at, 0, Copies::distance_most);
      } else if (key == "new_account_days") {
        signals.new_account_days = number(key.str(), one, at, 1, 365);
      } else if (key == "campaign_authors" || key == "campaign_chats") {
        const auto most = static_cast<std::int32_t>(Copies::entries_most);
        (key == "campaign_authors" ? signals.campaign_authors : signals.campaign_chats) =
            number(key.str(), one, at, 0, most);
      } else if (key == "raise") {
        const auto* list = one.as_array();
        if (list == nullptr || !list->is_array_of_tables() || list->size() > kRulesMost) {
          complain(at, key.str(), "must be written as [[signals.raise]], at most 1000 times");
          continue;
        }
        for (const auto& entry : *list) raise(*entry.as_table());
      } else {
        complain(at, key.str(),
                 "is not known in [signals]; there are window_minutes, distance, new_account_days, "
                 "campaign_authors, campaign_chats and [[signals.raise]]");
      }
    }
    for (const auto& [name, value] : {std::pair{"campaign_authors", signals.campaign_authors},
                                      std::pair{"campaign_chats", signals.campaign_chats}}) {
      if (value == 1) complain(line, name, "must be 0 or above 1: one is no campaign");
    }
  }

  void raise(const toml::table& table) {
    Raise raise;
    const auto begins = table.source().begin.line;
    bool has_measure = false, has_count = false, has_category = false;
    for (const auto& [key, node] : table) {
      const auto line = key.source().begin.line;
      const auto name = key.str();
      if (name == "id") {
        raise.id = text(name, node, line);
      } else if (name == "measure") {
        const auto measure = index_of(kMeasureNames, text(name, node, line));
        if (!measure) complain(line, name, "must be one of " + listed(kMeasureNames));
        raise.measure = static_cast<Measure>(measure.value_or(0));
        has_measure = true;
      } else if (name == "at_least") {
        raise.at_least = number(name, node, line, 1, 1'000'000);
        has_count = true;
      } else if (name == "standing") {
        raise.standings = static_cast<std::uint8_t>(set(name, node, line, kStandingNames));
      } else if (name == "category") {
        const auto category = terms::category_of(text(name, node, line));
        if (category != terms::Category::spam && category != terms::Category::fraud) {
          complain(line, name, "must be spam or fraud: of other harm behaviour says nothing");
        }
        raise.category = category.value_or(terms::Category::spam);
        has_category = true;
      } else if (name == "confidence") {
        raise.confidence = probability(name, node, line);
      } else {
        complain(line, name,
                 "is not known in a raise; there are id, measure, at_least, standing, category, confidence");
      }
    }
    if (raise.id.empty()) complain(begins, "id", "is missing in this raise");
    if (!has_measure) complain(begins, "measure", "is missing in this raise");
    if (!has_count) complain(begins, "at_least", "is missing in this raise");
    if (!has_category) complain(begins, "category", "is missing in this raise");
    const auto most = told_apart(raise.measure);
    if (raise.at_least > most) {
      complain(begins, "at_least",
               "is never reached: more than " + std::to_string(most) + " are not told apart");
    }
    if (raise.confidence == 0) complain(begins, "confidence", "is missing in this raise");
    const auto& all = policy_->signals_.raises;
    if (std::ranges::any_of(all, [&](const Raise& one) { return one.id == raise.id; })) {
      complain(begins, "id", "\"" + raise.id + "\" is also another raise");
    }
    policy_->signals_.raises.push_back(std::move(raise));
  }

  // Null where it is no list of tables, or too long a one.
  const toml::array* tables(std::string_view key, const toml::node& node, std::uint32_t line) {
    const auto* list = node.as_array();
    if (list == nullptr || !list->is_array_of_tables()) {
      complain(line, key, "must be written as [[" + std::string(key) + "]]");
      return nullptr;
    }
    if (list->size() <= kRulesMost) return list;
    complain(line, key, "is given more than 1000 times");
    return nullptr;
  }

  void queue(const toml::table& table) {
    OwnQueue queue;
    queue.line = table.source().begin.line;
    for (const auto& [key, node] : table) {
      const auto line = key.source().begin.line;
      if (key == "number") {
        queue.number = number(key.str(), node, line, 1, own_queues_max);
      } else if (key == "id") {
        queue.id = text(key.str(), node, line);
      } else if (key == "title") {
        queue.title = text(key.str(), node, line);
      } else if (key == "about") {
        queue.about = text(key.str(), node, line);
      } else {
        complain(line, key.str(), "is not known in a queue; there are number, id, title, about");
      }
    }
    if (queue.number == 0) complain(queue.line, "number", "is missing in this queue");
    if (queue.id.empty()) complain(queue.line, "id", "is missing in this queue");
    if (queue.id.size() > 32) complain(queue.line, "id", "is longer than 32 bytes");
    if (queue.title.empty()) queue.title = queue.id;
    auto& routes = policy_->routes_;
    if (routes.find(queue.id)) complain(queue.line, "id", "\"" + queue.id + "\" is also another queue");
    if (routes.is_own(queue.queue())) complain(queue.line, "number", "is also another queue's");
    routes.own_.push_back(std::move(queue));
  }

  void route(const toml::table& table) {
    Route route;
    route.line = table.source().begin.line;
    for (const auto& [key, node] : table) {
      const auto line = key.source().begin.line;
      if (key == "queue") {
        route.queue_id = text(key.str(), node, line);
      } else if (key == "categories") {
        route.categories = set(key.str(), node, line, terms::kCategoryNames);
      } else if (key == "languages") {
        const auto* list = node.as_array();
        if (list == nullptr || list->empty())
          complain(line, key.str(), "must be a list of languages like \"de\"");
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
          route.languages.push_back(text(key.str(), (*list)[i], line));
        }
      } else if (key == "countries") {
        route.countries = countries(key.str(), node, line);
      } else if (key == "severity_from") {
        route.severity_from = static_cast<std::uint8_t>(number(key.str(), node, line, 0, 100));
      } else {
        complain(line, key.str(),
                 "is not known in a route; there are queue, categories, languages, countries, severity_from");
      }
    }
    if (route.queue_id.empty()) complain(route.line, "queue", "is missing in this route");
    policy_->routes_.routes_.push_back(std::move(route));
  }

  // Once all queues are known.
  void settle_routes() {
    auto& routes = policy_->routes_;
    for (auto& route : routes.routes_) {
      const auto queue = routes.find(route.queue_id);
      const bool fit = queue && (*queue == store::CaseQueue::general || *queue == store::CaseQueue::seniors ||
                                 routes.is_own(*queue));
      if (!fit && !route.queue_id.empty()) {
        complain(route.line, "queue",
                 "\"" + route.queue_id + "\" is neither general nor seniors nor one of the [[queue]]s");
      }
      route.queue = fit ? *queue : store::CaseQueue::general;
    }
  }

  void rules(const toml::node& node, std::uint32_t line) {
    const auto* list = tables("rule", node, line);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) rule(*(*list)[i].as_table());
  }

  void rule(const toml::table& table) {
    Rule rule;
    rule.line = table.source().begin.line;
    bool has_category = false, has_effect = false, has_confidence = false, has_strike = false,
         has_limit = false;
    for (const auto& [key, node] : table) {
      const auto line = key.source().begin.line;
      const auto name = key.str();
      if (name == "id") {
        rule.id = text(name, node, line);
      } else if (name == "category") {
        const auto category = terms::category_of(text(name, node, line));
        if (!category) complain(line, name, "must be one of " + listed(terms::kCategoryNames));
        rule.category = category.value_or(terms::Category::other_illegal);
        has_category = true;
      } else if (name == "at_least") {
        rule.at_least = probability(name, node, line);
        has_confidence = true;
      } else if (name == "places") {
        rule.places = static_cast<std::uint8_t>(set(name, node, line, kPlaceNames));
      } else if (name == "standing") {
        rule.standings = static_cast<std::uint8_t>(set(name, node, line, kStandingNames));
      } else if (name == "witnesses") {
        rule.witnesses = static_cast<std::uint8_t>(set(name, node, line, kWitnessNames));
      } else if (name == "effect") {
        const auto effect = index_of(kEffectNames, text(name, node, line));
        if (!effect) complain(line, name, "must be one of " + listed(kEffectNames));
        rule.effect = static_cast<Effect>(effect.value_or(0));
        has_effect = true;
      } else if (name == "severity") {
        rule.severity = static_cast<std::uint8_t>(number(name, node, line, 0, 100));
      } else if (name == "mode") {
        const auto value = text(name, node, line);
        if (value != "live" && value != "shadow") complain(line, name, "must be \"live\" or \"shadow\"");
        rule.shadow = value == "shadow";
      } else if (name == "strike") {
        rule.strike = number(name, node, line, 0, 100);
        has_strike = true;
      } else if (name == "clause") {
        rule.clause = text(name, node, line);
      } else if (name == "countries") {
        rule.countries = countries(name, node, line);
      } else if (name == "days") {
        rule.days = number(name, node, line, 1, 3650);
      } else if (name == "limit") {
        rule.limit = limit(name, node, line);
        has_limit = true;
      } else {
        complain(
            line, name,
            "is not known in a rule; there are id, category, at_least, places, standing, witnesses, effect, "
            "severity, mode, strike, clause, countries, days, limit");
      }
    }
    if (rule.id.empty()) complain(rule.line, "id", "is missing in this rule");
    if (!has_category) complain(rule.line, "category", "is missing in this rule");
    if (!has_effect) complain(rule.line, "effect", "is missing in this rule");
    if (!has_confidence) complain(rule.line, "at_least", "is missing in this rule");
    if (!has_strike && rule.effect >= Effect::remove) rule.strike = 1;
    if (rule.clause.empty() && rule.effect != Effect::allow) {
      complain(rule.line, "clause", "is missing: every effect names the clause of the rules it rests on");
    }
    if ((rule.effect == Effect::restrict_countries) == rule.countries.empty()) {
      complain(rule.line, "countries", "goes with effect = \"restrict_countries\", and only with it");
    }
    if (rule.days != 0 && (rule.effect == Effect::allow || rule.effect == Effect::review)) {
      complain(rule.line, "days", "goes with an effect that can end");
    }
    if (has_limit && rule.effect != Effect::limit_account) {
      complain(rule.line, "limit", "goes with effect = \"limit_account\", and only with it");
    }
    if ((rule.places & bit(Place::search)) != 0) {
      check_search(rule, has_strike);
      rule.strike = 0;
    }
    // A group is not closed for what one of its members writes.
    constexpr auto closable = bit(Place::public_channel) | bit(Place::profile);
    if (rule.effect == Effect::close_channel && (rule.places & ~closable) != 0) {
      complain(rule.line, "places",
               "must be public_channel, profile or both with effect = \"close_channel\"");
    }
    policy_->rules_.push_back(std::move(rule));
  }

  // Who asks for something has done nothing: there is an answer, and no case, strike or letter.
  void check_search(const Rule& rule, bool has_strike) {
    if (rule.places != bit(Place::search)) {
      complain(rule.line, "places", "must be search alone, or without it");
    }
    if (rule.effect != Effect::allow && rule.effect != Effect::mark_sensitive &&
        rule.effect != Effect::hide_from_search && rule.effect != Effect::remove) {
      complain(rule.line, "effect",
               "must be mark_sensitive (help first), hide_from_search (little-known sources last), "
               "remove (refused) or allow with places = [\"search\"]");
    }
    if (has_strike || rule.days != 0) {
      complain(rule.line, has_strike ? "strike" : "days", "does not go with places = [\"search\"]");
    }
  }

  std::vector<std::string> countries(std::string_view name, const toml::node& node, std::uint32_t line) {
    std::vector<std::string> all;
    const auto* list = node.as_array();
    if (list == nullptr) complain(line, name, "must be a list of country codes");
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      auto value = (*list)[i].value_exact<std::string>().value_or("");
      if (!is_country(value)) {
        complain(line, name, "holds \"" + value + "\", which is no two-letter country like \"DE\"");
      }
      all.push_back(std::move(value));
    }
    return all;
  }

  void check_together() {
    const auto& rules = policy_->rules_;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        const auto &a = rules[k], &b = rules[i];
        if (!a.id.empty() && a.id == b.id) {
          complain(b.line, "id", "\"" + b.id + "\" is also the rule in line " + std::to_string(a.line));
        }
        // Rules that go by other witnesses' words look at other numbers.
        if (a.category != b.category || a.shadow != b.shadow || (a.places & b.places) == 0 ||
            (a.standings & b.standings) == 0 || a.witnesses != b.witnesses) {
          continue;
        }
        const auto &lower = a.at_least <= b.at_least ? a : b, &higher = a.at_least <= b.at_least ? b : a;
        const bool same = a.at_least == b.at_least;
        if (same ? a.effect != b.effect : lower.effect > higher.effect) {
          complain(b.line, "effect",
                   "contradicts the rule in line " + std::to_string(a.line) +
                       (same ? ": another effect at the same confidence"
                             : ": the surer rule has the weaker effect, and would never decide"));
        }
      }
    }
  }

  Complaints complaints_;
  std::shared_ptr<Policy> policy_ = std::make_shared<Policy>();
};

Result<std::shared_ptr<const Policy>> Policy::parse(std::string_view text, std::string_view file_name) {
  const auto invalid = [&](const std::string& what) {
    return fail(Error::invalid("POLICY_INVALID", std::string(file_name) + what));
  };
  if (text.size() > policy_bytes_max) return invalid(": is larger than 1 MiB");
  if (!toml_can_read(text)) return invalid(": holds characters from U+FB26 to U+FEFE, which cannot be read");
  try {
    const auto table = toml::parse(text, file_name);
    return PolicyReader(file_name).read(table);
  } catch (const toml::parse_error& error) {
    return invalid(":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
  } catch (const std::exception& error) {
    return invalid(": is no TOML: " + std::string(error.what()));
  }
}

Decision Policy::decide(const Evidence& evidence, const Context& context) const {
  Decision decision;
  for (const auto& rule : rules_) {
    float score = 0;
    for (std::size_t i = 0; i < evidence.size(); ++i) {
      if (((rule.witnesses >> i) & 1u) != 0) {
        score = together(score, evidence[i][static_cast<std::size_t>(rule.category)]);
      }
    }
    if (score < rule.at_least) continue;
    if ((rule.places & bit(context.place)) == 0) continue;
    if (((rule.standings >> static_cast<unsigned>(context.standing)) & 1u) == 0) continue;
    if (rule.shadow) {
      if (decision.shadow == nullptr || rule.effect > decision.shadow->effect) decision.shadow = &rule;
      continue;
    }
    decision.severity = std::max(decision.severity, rule.severity);
    // Of equally strong ones the most severe says why.
    if (decision.rule == nullptr || rule.effect > decision.rule->effect ||
        (rule.effect == decision.rule->effect && rule.severity > decision.rule->severity)) {
      decision.rule = &rule;
      decision.score = score;
    }
  }
  if (decision.rule == nullptr) return decision;
  decision.proposed = decision.effect = decision.rule->effect;
  if (!machine_may(decision.effect)) decision.effect = Effect::review;
  return decision;
}

Scores Policy::raise(Scores scores, const Measures& measures, const Context& context,
                     std::vector<std::string>* held) const {
  if (signals_.raises.empty()) return scores;
  std::array<Scores, kMeasureCount> by_measure{};
  for (const auto& raise : signals_.raises) {
    if (measures[static_cast<std::size_t>(raise.measure)] < raise.at_least) continue;
    if (((raise.standings >> static_cast<unsigned>(context.standing)) & 1u) == 0) continue;
    auto& surest =
        by_measure[static_cast<std::size_t>(raise.measure)][static_cast<std::size_t>(raise.category)];
    surest = std::max(surest, raise.confidence);
    if (held != nullptr) held->push_back(raise.id);
  }
  for (const auto& witness : by_measure) {
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (witness[i] > 0) scores[i] = together(scores[i], witness[i]);
    }
  }
  return scores;
}

}  // namespace heliograph::safety
