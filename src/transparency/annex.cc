#include "transparency/annex.h"

#include <algorithm>

#include "base/day.h"
#include "transparency/annex_tables.h"
#include "transparency/render.h"

namespace heliograph::transparency {

namespace {

using Fields = std::vector<std::string>;

constexpr AnnexCategory kAnnexCategories[] = {
    {"illegal_goods", "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", "KEYWORD_PROHIBITED_PRODUCTS"},
    {"fraud", "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", ""},
    {"csae", "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", ""},
    {"terrorism", "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY", "KEYWORD_TERRORIST_CONTENT"},
    {"violence", "STATEMENT_CATEGORY_VIOLENCE", ""},
    {"hate", "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", "KEYWORD_HATE_SPEECH"},
    {"harassment", "STATEMENT_CATEGORY_CYBER_VIOLENCE", "KEYWORD_CYBER_HARASSMENT"},
    {"sexual", "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", "KEYWORD_ADULT_SEXUAL_MATERIAL"},
    {"self_harm", "STATEMENT_CATEGORY_SELF_HARM", ""},
    {"spam", "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", ""},
    {"other_illegal", "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", ""},
};

constexpr std::string_view kTotal = "TOTAL";
constexpr std::string_view kOrderUnnamed = "STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER";
constexpr std::string_view kNoticeUnnamed = "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE";
constexpr std::string_view kOther = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC";

// A sum of figures; as soon as one of them is not told, the sum is not either.
struct Sum {
  std::int64_t value = 0;
  bool hidden = false;

  void add(const std::optional<std::int64_t>& figure) {
    if (figure) {
      value += *figure;
    } else {
      hidden = true;
    }
  }
  std::string text() const { return hidden ? "" : std::to_string(value); }
};

// Sums by category code and column; what counts in a category counts in its keyword and in the total as well.
class Grid {
 public:
  explicit Grid(std::size_t columns) : columns_(columns) {}
  void add(std::string_view category, std::size_t column, const std::optional<std::int64_t>& figure) {
    at(std::string(category), column).add(figure);
    if (category != kTotal) at(std::string(kTotal), column).add(figure);
  }
  void add_ours(const std::string& ours, std::size_t column, const std::optional<std::int64_t>& figure,
                std::string_view in_place_of_other) {
    const auto& category = annex_category(ours);
    const bool other = category.category == kOther && !in_place_of_other.empty();
    add(other ? in_place_of_other : category.category, column, figure);
    if (!other && !category.keyword.empty()) at(std::string(category.keyword), column).add(figure);
  }
  const Sum* find(std::string_view code, std::size_t column) const {
    const auto found = cells_.find(std::string(code));
    return found == cells_.end() ? nullptr : &found->second[column];
  }

 private:
  Sum& at(const std::string& code, std::size_t column) {
    auto& line = cells_[code];
    line.resize(columns_);
    return line[column];
  }
  std::size_t columns_;
  std::map<std::string, std::vector<Sum>> cells_;
};

struct Context {
  const Report& report;
  const AnnexFacts& facts;
  std::string period;

  Fields begin(std::string_view applicability) const {
    return {std::string(applicability), facts.service, period};
  }
  std::string why_empty() const {
    return "Not told: a number below " + std::to_string(report.threshold) +
           " is in it, which could point at a person. The sum of all such numbers is in the report, with a "
           "proof.";
  }
};

// The value and the words about it.
struct Cell {
  std::string value, about;
};

Cell cell_of(const Context& context, const Sum* sum) {
  if (sum == nullptr) return {"0", ""};
  return {sum->text(), sum->hidden ? context.why_empty() : ""};
}

void finish(std::string& csv, Fields fields, const std::vector<Cell>& cells) {
  for (const auto& cell : cells) fields.push_back(cell.value);
  for (const auto& cell : cells) fields.push_back(cell.about);
  csv += csv_line(fields);
}

template <std::size_t Count>
Fields heads(Fields begin, const std::string_view (&columns)[Count], std::string_view contextual,
             bool lower_first = false) {
  for (const auto column : columns) begin.emplace_back(column);
  for (std::size_t i = 0; i < Count; ++i) {
    std::string column(columns[i]);
    // Part 3 begins its first two of these with a small letter, and the others not.
    if (lower_first && i < 2) column.front() = 'n';
    begin.push_back(std::string(contextual) + column);
  }
  return begin;
}

Fields category_heads(std::string_view category) {
  return {"Applicability", "Service", "Reporting period", std::string(category),
          "Description of the sub-category \"Other\""};
}

bool in_part(std::string_view code, std::string_view label, bool other, std::string_view unnamed) {
  if (label.starts_with("Category 15")) return other;
  if (label == "Category 16" || label == "Category 17") return code == unnamed;
  return true;
}

// Lines "Other" are there once for each category: only the first code of a name can be told apart by it.
const Sum* sum_at(const Grid& grid, const AnnexLine& line, std::size_t column) {
  return line.code == "KEYWORD_OTHER" ? nullptr : grid.find(line.code, column);
}

std::string identification(const Context& context) {
  auto csv = csv_line({"Applicability", "Service", "Indicator", "Value"});
  const auto line = [&](std::string_view indicator, const std::string& value) {
    csv += csv_line({std::string(kAll), context.facts.service, std::string(indicator), value});
  };
  const auto day = [](UnixSeconds at) { return at == 0 ? std::string() : day_text(at); };
  line("Name of the service provider", context.facts.provider);
  line("Date of the publication of the report", day(context.facts.published_at));
  line("Date of the publication of the latest previous report", day(context.facts.published_before));
  line("Starting date of reporting period", day_text(context.report.period.from));
  line("Ending date of reporting period", day_text(context.report.period.to - 1));
  return csv;
}

std::string categories() {
  auto csv = csv_line({"Category label", "Category description",
                       "Category of illegal content / incompatible with the terms and conditions",
                       "Contextual information"});
  for (const auto& line : kAnnexLines) {
    std::string ours;
    for (const auto& category : kAnnexCategories) {
      const bool is = line.code == (category.keyword.empty() ? category.category : category.keyword);
      if (is) ours += (ours.empty() ? "Here: " : ", ") + std::string(category.ours);
    }
    csv += csv_line({std::string(line.label), std::string(line.about), std::string(line.code), ours});
  }
  return csv;
}

// Parts of "legal/<type>/<country>/<outcome>".
struct LegalCell {
  std::string type, country, outcome;
};
std::optional<LegalCell> legal_cell(const std::string& cell) {
  if (!cell.starts_with("legal/")) return std::nullopt;
  const auto first = cell.find('/', 6);
  const auto second = first == std::string::npos ? first : cell.find('/', first + 1);
  if (second == std::string::npos) return std::nullopt;
  return LegalCell{cell.substr(6, first - 6), cell.substr(first + 1, second - first - 1),
                   cell.substr(second + 1)};
}

std::string annex_country(const std::string& iso) {
  return iso == "GR" ? "EL" : iso;  // Greece, as the Union writes it
}

void count_orders(const Report& report, std::map<std::string, Grid>& grids) {
  const auto grid = [&](const std::string& scope) -> Grid& {
    return grids.try_emplace(scope, std::size(kOrderColumns)).first->second;
  };
  grid(std::string(kTotal));
  const auto add = [&](const std::string& country, const auto& into) {
    into(grid(std::string(kTotal)));
    into(grid(annex_country(country)));
  };
  if (const auto* orders = report.find("orders.act")) {
    for (const auto& row : orders->rows) {
      add(row.labels[1], [&](Grid& into) {
        into.add_ours(row.labels[0], 0, row.values[0], kOrderUnnamed);
        into.add_ours(row.labels[0], 1, row.values[0], kOrderUnnamed);
      });
    }
  }
  const auto* legal = report.find(ledger::Book::legal);
  if (legal == nullptr) return;
  const auto wanted = [](const std::string& name) {
    const auto cell = legal_cell(name);
    const bool asks =
        cell && cell->outcome == "received" && cell->type != "removal" && cell->type != "preservation";
    return asks ? cell : std::nullopt;
  };
  for (const auto& [name, count] : legal->claim.shown) {
    if (const auto cell = wanted(name)) {
      add(cell->country, [&](Grid& into) { into.add(kOrderUnnamed, 4, static_cast<std::int64_t>(count)); });
    }
  }
  for (const auto& name : legal->claim.hidden) {
    if (const auto cell = wanted(name)) {
      add(cell->country, [&](Grid& into) { into.add(kOrderUnnamed, 4, std::nullopt); });
    }
  }
}

std::string orders(const Context& context) {
  auto begin = category_heads("Category of illegal content");
  begin.emplace_back("Scope");
  auto csv = csv_line(heads(std::move(begin), kOrderColumns, "Contextual information on ", true));
  std::map<std::string, Grid> grids;
  count_orders(context.report, grids);
  std::vector<std::string> scopes{std::string(kTotal)};
  scopes.insert(scopes.end(), kMemberStates.begin(), kMemberStates.end());
  for (const auto& scope : scopes) {
    const auto found = grids.find(scope);
    for (const auto& line : kAnnexLines) {
      if (!in_part(line.code, line.label, false, kOrderUnnamed)) continue;
      auto fields = context.begin(kAll);
      fields.insert(fields.end(), {std::string(line.code), "", scope});
      std::vector<Cell> cells;
      for (std::size_t column = 0; column < std::size(kOrderColumns); ++column) {
        const bool time = column == 2 || column == 3 || column > 4;
        const auto* sum = found == grids.end() ? nullptr : sum_at(found->second, line, column);
        cells.push_back(time ? Cell{} : cell_of(context, sum));
      }
      cells[2] = {"0", "The answer to an order is its receipt."};
      cells[3].about = "See the report's own table of orders, in hours.";
      cells[5].about = cells[6].about = "See the report's own table of authorities' requests, in hours.";
      finish(csv, std::move(fields), cells);
    }
  }
  return csv;
}

std::string notices(const Context& context) {
  auto csv = csv_line(
      heads(category_heads("Category of illegal content"), kNoticeColumns, "Contextual information on "));
  Grid grid(std::size(kNoticeColumns));
  // A median of a category is of one line of ours, or it is not told.
  std::map<std::string, std::optional<std::int64_t>> medians[2];
  const auto take = [&](const char* id, bool flagged) {
    const auto* figure = context.report.find(id);
    if (figure == nullptr) return;
    for (const auto& row : figure->rows) {
      const auto& ours = row.labels[0];
      for (const std::size_t column : {0U, 2U}) grid.add_ours(ours, column, row.values[0], kNoticeUnnamed);
      grid.add_ours(ours, 8, row.values[1], kNoticeUnnamed);
      const auto category = std::string(annex_category(ours).category);
      if (flagged) {
        for (const std::size_t column : {1U, 3U}) grid.add_ours(ours, column, row.values[0], kNoticeUnnamed);
        grid.add_ours(ours, 9, row.values[1], kNoticeUnnamed);
      }
      const auto [place, first] = medians[flagged ? 1 : 0].emplace(category, row.values[2]);
      if (!first) place->second.reset();
    }
  };
  take("notices.by_category", false);
  take("notices.flaggers", true);
  for (const auto& line : kAnnexLines) {
    if (!in_part(line.code, line.label, false, kNoticeUnnamed)) continue;
    auto fields = context.begin(kHosting);
    fields.insert(fields.end(), {std::string(line.code), ""});
    std::vector<Cell> cells;
    for (std::size_t column = 0; column < std::size(kNoticeColumns); ++column) {
      cells.push_back(cell_of(context, sum_at(grid, line, column)));
    }
    for (const bool flagged : {false, true}) {
      const auto found = medians[flagged ? 1 : 0].find(std::string(line.code));
      const bool told = found != medians[flagged ? 1 : 0].end() && found->second;
      cells[flagged ? 5 : 4] = told ? Cell{std::to_string(*found->second), "In hours."} : Cell{};
    }
    for (const std::size_t column : {6U, 7U}) {
      cells[column] = {"0", "Decisions rest on the service's rules."};
    }
    finish(csv, std::move(fields), cells);
  }
  return csv;
}

// Column of kMeasureColumns of what our effects are.
std::optional<std::size_t> measure_column(std::string_view effect) {
  if (effect == "remove") return 2;
  if (effect == "hold" || effect == "restrict_countries" || effect == "close_channel") return 3;
  if (effect == "hide_from_search") return 4;
  if (effect == "mark_sensitive") return 7;
  if (effect == "limit_account") return 14;
  if (effect == "ban") return 15;
  return std::nullopt;
}

std::string measures(const Context& context, std::string_view category, bool terms) {
  auto csv = csv_line(heads(category_heads(category), kMeasureColumns, "Contextual Information on "));
  Grid grid(std::size(kMeasureColumns));
  const auto* figure = terms ? context.report.find("decisions.measures") : nullptr;
  if (figure != nullptr) {
    for (const auto& row : figure->rows) {
      if (row.labels[1] != "own_initiative") continue;
      const auto column = measure_column(row.labels[2]);
      for (const auto& value : row.values) {
        grid.add_ours(row.labels[0], 0, value, "");
        if (column) grid.add_ours(row.labels[0], *column, value, "");
      }
      grid.add_ours(row.labels[0], 1, row.values[0], "");
    }
  }
  for (const auto& line : kAnnexLines) {
    if (!in_part(line.code, line.label, terms, "")) continue;
    auto fields = context.begin(kAll);
    fields.insert(fields.end(), {std::string(line.code), ""});
    std::vector<Cell> cells;
    for (std::size_t column = 0; column < std::size(kMeasureColumns); ++column) {
      cells.push_back(cell_of(context, sum_at(grid, line, column)));
    }
    if (!terms) cells[0].about = "Decisions rest on the service's rules: see part 6.";
    finish(csv, std::move(fields), cells);
  }
  return csv;
}

// Lines of a section, an indicator, a scope and a value.
class Indicators {
 public:
  Indicators(const Context& context, std::string_view contextual) : context_(context) {
    csv = csv_line({"Applicability", "Service", "Reporting period", "Section", "Indicator", "Scope", "Value",
                    std::string(contextual)});
  }
  void line(std::string_view applicability, std::string_view section, std::string_view indicator,
            std::string_view scope, const Cell& cell) {
    auto fields = context_.begin(applicability);
    fields.insert(fields.end(),
                  {std::string(section), std::string(indicator), std::string(scope), cell.value, cell.about});
    csv += csv_line(fields);
  }
  std::string csv;

 private:
  const Context& context_;
};

// A column of a figure, summed over its rows that `fits` takes.
template <typename Fits>
Sum column_sum(const Report& report, std::string_view id, std::size_t column, Fits fits) {
  Sum out;
  const auto* figure = report.find(id);
  if (figure == nullptr) return out;
  for (const auto& row : figure->rows) {
    if (fits(row)) out.add(row.values[column]);
  }
  return out;
}

std::string appeals(const Context& context) {
  Indicators out(context, "Contextual Information");
  const auto any = [](const Figure::Row&) { return true; };
  const auto sum = [&](std::size_t column) {
    const auto found = column_sum(context.report, "appeals", column, any);
    return cell_of(context, &found);
  };
  const Cell apart{"", "Not counted by what the decision was."};
  for (const auto indicator : kComplaintIndicators) {
    const bool first = indicator == kComplaintIndicators[0];
    for (const auto scope : kOutcomes) {
      auto cell = apart;
      if (first && scope == kOutcomes[0]) cell = sum(0);
      if (first && scope == kOutcomes[1]) cell = sum(2);
      if (first && scope == kOutcomes[2]) cell = {"0", "A decision stands or is reversed."};
      if (first && scope == kOutcomes[3]) cell = sum(1);
      if (first && scope == kOutcomes[4]) cell = {"", "See the report's own table of appeals, in hours."};
      out.line(first && scope == kOutcomes[0] ? kAll : kPlatforms, kComplaints, indicator, scope, cell);
    }
    if (!first) continue;
    out.line(kPlatforms, kComplaints, indicator, "Decision omitted", {"0", ""});
    out.line(kPlatforms, kComplaints, kNewRestrictions, "Total number", {"0", ""});
  }
  for (const auto scope : kOutcomes) {
    out.line(kPlatforms, kDisputeSection, kDisputes, scope, {"", "Not recorded by the server."});
  }
  for (const auto scope : {"Decision omitted", "Percentage of outcomes implemented"}) {
    out.line(kPlatforms, kDisputeSection, kDisputes, scope, {"", "Not recorded by the server."});
  }
  const auto offenders = column_sum(context.report, "decisions.by_effect", 0, [](const Figure::Row& row) {
    return row.labels[0] == "limit_account" || row.labels[0] == "ban";
  });
  const auto reporters = column_sum(context.report, "reporters.paused", 0, any);
  out.line(kPlatforms, kOffenders, kSuspensions[0], "Total number", cell_of(context, &offenders));
  out.line(kPlatforms, kOffenders, kSuspensions[1], "Total number", cell_of(context, &reporters));
  out.line(kPlatforms, kOffenders, kSuspensions[2], "Total number", {"0", "Nobody is kept from appealing."});
  return std::move(out.csv);
}

std::string automated(const Context& context) {
  Indicators out(context, "Contextual Information");
  const auto& report = context.report;
  const auto own = [](const Figure::Row& row) { return row.labels[1] == "own_initiative"; };
  const auto flagged = [](const Figure::Row& row) { return row.labels[1] == "trusted_flagger"; };
  const auto noticed = [&](const Figure::Row& row) {
    return row.labels[1] == "member_notice" || flagged(row);
  };
  const auto any = [](const Figure::Row&) { return true; };
  const auto decided = column_sum(report, "automated.errors", 0, any);
  const auto reversed = column_sum(report, "automated.errors", 1, any);
  Cell precision{"", "Too few to be told, or none were taken."};
  if (!decided.hidden && !reversed.hidden && decided.value > 0) {
    const auto permille = (decided.value - reversed.value) * 1000 / decided.value;
    const auto rest = std::to_string(permille % 1000);
    precision = {permille == 1000 ? "1" : "0." + std::string(3 - rest.size(), '0') + rest,
                 "Share of decisions that machines took alone and that people have not taken back."};
  }
  const auto block = [&](std::string_view applicability, std::string_view scope, const char* what,
                         const auto& fits, bool rates) {
    const auto alone = column_sum(report, "decisions.by_source", 0, fits);
    const auto by_people = column_sum(report, "decisions.by_source", 1, fits);
    const bool measured = std::string_view(what) == "measures";
    out.line(applicability, kAutomated,
             measured ? "Number of measures solely taken by automated means "
                      : "Number of notices solely processed by automated means ",
             scope, cell_of(context, &alone));
    out.line(applicability, kAutomated,
             measured ? "Number of measures not taken by automated means"
                      : "Number of notices not processed by automated means",
             scope, cell_of(context, &by_people));
    for (const auto accuracy : kAccuracies) {
      Cell cell{"", "Not measured."};
      if (rates && accuracy == kAccuracies[1]) cell = precision;
      out.line(applicability, kAutomated, accuracy, scope, cell);
    }
  };
  block(kAll, "Total number", "measures", any, true);
  block(kAll, "Own-initiative ", "measures", own, false);
  block(kHosting, "NAM Total", "notices", noticed, false);
  block(kPlatforms, "NAM Trusted Flagger", "notices", flagged, false);
  return std::move(out.csv);
}

std::string people(const Context& context) {
  Indicators out(context, "Contextual information");
  const auto all = [](const Figure::Row& row) { return row.labels[0] == "all"; };
  const auto total = column_sum(context.report, "staff.moderators", 0, all);
  out.line(kLarge, kPeople, kModerators[0], "Total number",
           {total.text(), "All that the server knows; who employs them it does not know."});
  out.line(kLarge, kPeople, kModerators[1], "Total number", {"", "Not known to the server."});
  out.line(kLarge, kPeople, kModerators[2], "Total number", {total.text(), ""});
  if (const auto* staff = context.report.find("staff.moderators")) {
    for (const auto& row : staff->rows) {
      if (row.labels[0].size() != 2) continue;
      out.line(kLarge, kPeople, kModerators[2], row.labels[0],
               {row.values[0] ? std::to_string(*row.values[0]) : "", ""});
    }
  }
  return std::move(out.csv);
}

std::string recipients(const Context& context) {
  auto csv =
      csv_line({"Applicability", "Service", "Reporting period", "Section", "Indicator", "Scope", "Value"});
  auto fields = context.begin("Only for VLOPs and VLOSEs");
  fields.insert(fields.end(),
                {"AMAR", "Number of average monthly active recipients during the reporting period ",
                 std::string(kTotal), ""});
  return csv + csv_line(fields);
}

std::string qualities(const Context& context) {
  auto csv = csv_line({"Applicability", "Service", "Reporting period", "Indicator", "Value"});
  const std::string texts[] = {
      context.report.words,
      "Public channels, groups, names and searches are judged by rules that are published (rules/) before "
      "anybody sees them; private chats are not. Every act is entered in a public log before it takes "
      "effect.",
      "Term lists, links, a linear text model, hashes of known media and an image model, each with a version "
      "that is named in every decision.",
      "Decisions that machines took alone and that people have taken back, by language: the report's table "
      "of "
      "errors of automated means.",
      "To find what breaks the published rules, and to act alone only where the policy file allows it for "
      "that "
      "kind of harm and confidence.",
      "Each decision names its rule, can be appealed, is looked at by a person then, and can be undone."};
  for (std::size_t i = 0; i < std::size(kQualities); ++i) {
    auto fields = context.begin(kAll);
    fields.insert(fields.end(), {std::string(kQualities[i]), texts[i]});
    csv += csv_line(fields);
  }
  return csv;
}

}  // namespace

const AnnexCategory& annex_category(std::string_view ours) {
  const auto* found = std::ranges::find(kAnnexCategories, ours, &AnnexCategory::ours);
  return found == std::end(kAnnexCategories) ? kAnnexCategories[std::size(kAnnexCategories) - 1] : *found;
}

std::vector<AnnexFile> annex_files(const Report& report, const AnnexFacts& facts) {
  const Context context{report, facts, day_text(report.period.from) + "/" + day_text(report.period.to - 1)};
  std::string csv[] = {
      identification(context),
      categories(),
      orders(context),
      notices(context),
      measures(context, "Category of illegal content", false),
      measures(context, "Category of incompatibility with the provider's terms and conditions", true),
      appeals(context),
      automated(context),
      people(context),
      recipients(context),
      qualities(context)};
  static_assert(std::size(csv) == kAnnexNames.size());
  std::vector<AnnexFile> out;
  for (std::size_t i = 0; i < std::size(csv); ++i) {
    out.push_back({std::string(kAnnexNames[i]), std::move(csv[i])});
  }
  return out;
}

}  // namespace heliograph::transparency
