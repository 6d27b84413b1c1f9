// What waits for a person.
#include <algorithm>

#include "web/console/case_json.h"
#include "web/console/console.h"
#include "web/console/pages.h"

namespace heliograph::web {

namespace {

using services::CaseQuery;

constexpr std::uint32_t kAllCategories = (1U << terms::kCategoryCount) - 1;

// Where a text is one of these names, its place among them.
template <std::size_t Size>
std::optional<std::size_t> place_among(Query& query, const char* key,
                                       const std::array<std::string_view, Size>& names) {
  const auto text = query.text(key, 32);
  if (!text) return std::nullopt;
  const auto* found = std::ranges::find(names, *text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  query.refuse(key, "one of the words of docs/api/console.yaml");
  return std::nullopt;
}

// What a person is shown where nothing is said of categories; 0: all.
std::uint32_t shown_to(const store::StaffMember& member) {
  return member.opt_outs == 0 ? 0 : kAllCategories & ~member.opt_outs;
}

CaseQuery query_in(Query& query, const Call& call, const safety::Routes& routes) {
  static constexpr std::array<std::string_view, 4> holders = {"anyone", "nobody", "me", "others"};
  static constexpr std::array<std::string_view, 5> states = {"open", "awaiting_second", "decided", "reversed",
                                                             "all"};
  static constexpr std::array<std::string_view, 4> orders = {"priority", "oldest", "newest", "due"};
  CaseQuery out;
  if (const auto queue = query.text("queue", 32)) {
    out.filter.queue = routes.find(*queue);
    if (!out.filter.queue) query.refuse("queue", "one of the queues of /meta");
  }
  out.filter.categories = query.categories("category").value_or(shown_to(call.member()));
  out.filter.language = query.text("language", 35).value_or("");
  out.filter.country = query.text("country", 2).value_or("");
  out.filter.severity_from = static_cast<std::uint8_t>(query.number("severity_min", 0, 100).value_or(0));
  if (const auto kind = place_among(query, "kind", services::kCaseKindNames)) {
    out.kind = static_cast<services::CaseKind>(*kind);
  }
  switch (place_among(query, "assigned", holders).value_or(0)) {
    case 1:
      out.filter.assignee = StaffId{};
      break;
    case 2:
      out.filter.assignee = call.member().id;
      break;
    case 3:
      out.held_by_others = call.member().id;
      break;
    default:
      break;
  }
  out.state = static_cast<CaseQuery::State>(place_among(query, "state", states).value_or(0));
  out.order = static_cast<CaseQuery::Order>(place_among(query, "order", orders).value_or(0));
  return out;
}

Task<Result<Reply>> list_queue(ConsoleParts& parts, Call& call) {
  Query query(call);
  auto wanted = query_in(query, call, parts.gate.rulebook()->policy->routes());
  const auto limit = query.limit();
  const auto cursor = query.cursor_of_two();
  CO_TRY(query.done());
  std::optional<services::CasePosition> after;
  if (cursor) after = services::CasePosition{cursor->first, cursor->second};
  CO_ASSIGN(const auto page, co_await parts.casework.list(std::move(wanted), after, limit));
  CO_TRY(co_await record_case_read(parts, call, 0, UserId{}));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  auto items = Json::array();
  for (const auto& view : page.views) items.push_back(summary_json(view, reader));
  Json json{{"items", items}};
  if (page.next) json["next"] = query.next(page.next->key, page.next->id);
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> count_queue(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto names, co_await parts.directory.names());
  std::vector<StaffId> staff;
  for (const auto& [id, name] : names) staff.push_back(id);
  CO_ASSIGN(const auto counts, co_await parts.casework.counts(std::move(staff)));
  const auto book = parts.gate.rulebook();
  auto items = Json::array();
  for (const auto& row : counts->queues) {
    Json item{{"queue", book->policy->routes().id_of(row.queue)},
              {"open", row.figures.open},
              {"unassigned", std::max<std::int64_t>(row.figures.open - row.held, 0)},
              {"overdue", row.figures.overdue}};
    if (row.figures.oldest != 0) item["oldest_at"] = row.figures.oldest;
    items.push_back(std::move(item));
  }
  const auto mine = counts->held.find(call.member().id);
  co_return Reply{.json = {{"items", items}, {"mine", mine == counts->held.end() ? 0 : mine->second}}};
}

Task<Result<Reply>> claim_next(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  const auto queue = fields.text_if("queue", 1, 32);
  const auto categories = fields.categories_if("category");
  const auto language = fields.text_if("language", 2, 35);
  const auto country = fields.text_if("country", 2, 2);
  store::CaseFilter filter;
  if (queue) {
    filter.queue = parts.gate.rulebook()->policy->routes().find(*queue);
    if (!filter.queue) fields.refuse("queue", "one of the queues of /meta");
  }
  CO_TRY(fields.done());
  const auto& member = call.member();
  filter.categories = shown_categories(member);
  if (categories && *categories != 0) {
    filter.categories = *categories & (member.categories == 0 ? kAllCategories : member.categories);
  }
  filter.language = language.value_or("");
  filter.country = country.value_or("");
  if (filter.categories == 0) co_return Reply{.status = 204};  // nothing suits
  CO_ASSIGN(const auto claimed,
            co_await parts.casework.claim_next(staffer_of(call), std::move(filter), member.languages));
  if (!claimed) co_return Reply{.status = 204};
  CO_TRY(co_await record_case_read(parts, call, claimed->id, claimed->user));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  CO_ASSIGN(const auto detail, co_await parts.casework.detail(claimed->id));
  const auto& one = detail.view.one;
  co_return Reply{.json = {{"case", summary_json(detail.view, reader)},
                           {"claim", claim_json(reader, one.assignee, one.assigned_until)}}};
}

}  // namespace

void add_queue(Door& door) {
  door.on("listQueue", list_queue);
  door.on("countQueue", count_queue);
  door.on("claimNext", claim_next);
}

}  // namespace heliograph::web
