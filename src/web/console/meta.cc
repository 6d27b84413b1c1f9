// What the console's screens are drawn from, how the parts are that safety rests on, and what the work does
// to people.
#include <algorithm>
#include <array>

#include "web/console/console.h"
#include "web/console/health.h"

namespace heliograph::web {

namespace {

// What a person can decide, and on what: as safety/enforcement/decide.h has it.
struct Choice {
  std::string_view effect;
  std::string_view subjects;  // words of SubjectKind
  bool severe = false;        // step-up, and a second person
  std::string_view days = "none";
  std::string_view countries = "none";
};
constexpr Choice kChoices[] = {
    {"allow", "message account chat campaign term"},
    {"mark_sensitive", "message campaign"},
    {"hide_from_search", "message account chat campaign"},
    {"hold", "message campaign"},
    {"restrict_countries", "message chat campaign", false, "optional", "required"},
    {"remove", "message campaign"},
    {"limit_account", "message account chat campaign", false, "optional"},
    {"close_channel", "message chat campaign", true},
    {"ban", "message account chat campaign", true, "optional"},
};

Json words_of(std::string_view text) {
  auto words = Json::array();
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Task<Result<Reply>> get_meta(ConsoleParts& parts, Call&) {
  const auto book = parts.gate.rulebook();
  auto effects = Json::array();
  for (const auto& choice : kChoices) {
    Json effect{{"effect", choice.effect}, {"subjects", words_of(choice.subjects)},
                {"severe", choice.severe}, {"second_review", choice.severe},
                {"days", choice.days},     {"countries", choice.countries}};
    if (choice.effect == "limit_account") {
      effect["days_default"] = book->policy->strikes().limit_days;
      effect["limits"] = safety::kLimitNames;
    }
    effects.push_back(std::move(effect));
  }
  auto queues = Json::array();
  for (const auto& queue : safety::built_in_queues) {
    queues.push_back({{"id", queue.id}, {"title", queue.title}, {"description", queue.about}});
  }
  for (const auto& queue : book->policy->routes().own()) {
    queues.push_back({{"id", queue.id}, {"title", queue.title}, {"description", queue.about}});
  }
  Json json{{"server", parts.sign_in.party().id},
            {"version", parts.version},
            {"effects", effects},
            {"clauses", clauses_json(*book->rules)},
            {"queues", queues},
            {"languages", Json::array()},
            {"appeal_days", parts.casework.appeal_days()},
            {"undo_seconds", 3600},
            {"translation", parts.work.translations.offered()}};
  co_return Reply{.json = std::move(json)};
}

constexpr std::array<std::string_view, 4> kHealthNames = {"ok", "warning", "failing", "off"};

Json part_json(std::string_view name, std::string_view status, Json facts) {
  return {{"name", name}, {"status", status}, {"facts", std::move(facts)}};
}

Json part_json(const HealthPart& part) {
  auto facts = Json::object();
  for (const auto& [name, value] : part.facts) facts[name] = value;
  auto json = part_json(part.name, kHealthNames[static_cast<std::size_t>(part.status)], std::move(facts));
  if (!part.detail.empty()) json["detail"] = part.detail;
  return json;
}

Task<Result<Reply>> get_health(ConsoleParts& parts, Call&) {
  const auto book = parts.gate.rulebook();
  std::uint64_t judged = 0;
  for (const auto& count : parts.gate.stats().judged) judged += count.load(std::memory_order_relaxed);
  Json scan{{"terms", book->terms->version()},
            {"policy", book->policy->version()},
            {"rules", std::to_string(book->rules->version())},
            {"judged", std::to_string(judged)}};
  auto all = Json::array();
  all.push_back(part_json("scan", "ok", std::move(scan)));
  const auto hashes = book->hashes ? book->hashes->size() : 0;
  Json lists{{"hashes", std::to_string(hashes)}};
  all.push_back(part_json("hash_lists", hashes > 0 ? "ok" : "off", std::move(lists)));
  auto worst = HealthPart::Status::ok;
  if (parts.health != nullptr) {
    for (const auto& part : parts.health->parts()) {
      if (part.status != HealthPart::Status::off) worst = std::max(worst, part.status);
      all.push_back(part_json(part));
    }
  }
  const auto status = kHealthNames[static_cast<std::size_t>(worst)];
  Json json{{"status", status}, {"version", parts.version}, {"up_since", parts.up_since}, {"parts", all}};
  co_return Reply{.json = std::move(json)};
}

}  // namespace

void add_meta(Door& door) {
  door.on("getMeta", get_meta);
  door.on("getHealth", get_health);
}

}  // namespace heliograph::web
