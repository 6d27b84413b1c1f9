#include "transparency/render.h"

#include "base/day.h"

namespace heliograph::transparency {

namespace {

// Text inside a table or a heading.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      out += ' ';
      continue;
    }
    if (std::string_view("\\`*_{}[]<>#|").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string row_of(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const auto& cell : cells) out += " " + escaped(cell) + " |";
  return out + "\n";
}

std::string rule_of(std::size_t labels, std::size_t values) {
  std::string out = "|";
  for (std::size_t i = 0; i < labels; ++i) out += "---|";
  for (std::size_t i = 0; i < values; ++i) out += "---:|";
  return out + "\n";
}

std::string tally_section(const Claim& claim, std::uint64_t threshold) {
  std::string out = "## Entered in the " + std::string(name(claim.book)) + " book\n\n";
  if (!claim.shown.empty()) {
    out += row_of({"cell", "acts"}) + rule_of(1, 1);
    for (const auto& [cell, count] : claim.shown) out += row_of({cell, std::to_string(count)});
    out += "\n";
  }
  if (claim.hidden.empty()) return out;
  out += std::to_string(claim.hidden_sum) + " more in " + std::to_string(claim.hidden.size()) +
         " other cells, each fewer than " +
         std::to_string(std::max<std::uint64_t>(claim.hidden_most + 1, threshold)) +
         " times or not at all. Single small numbers are not told, so that they point at nobody.\n\n";
  return out;
}

std::string figure_section(const Figure& figure) {
  std::string out = "## " + escaped(figure.title) + "\n\n" + escaped(figure.source) + "\n\n";
  if (figure.rows.empty()) return out + "None.\n\n";
  auto heads = figure.labels;
  heads.insert(heads.end(), figure.values.begin(), figure.values.end());
  out += row_of(heads) + rule_of(figure.labels.size(), figure.values.size());
  for (const auto& row : figure.rows) {
    auto cells = row.labels;
    for (const auto& value : row.values) cells.push_back(value ? std::to_string(*value) : "–");
    out += row_of(cells);
  }
  return out + "\n";
}

}  // namespace

std::string to_markdown(const Report& report, const std::string& state) {
  std::string out = "# Transparency report, " + period_words(report.period) + "\n\n";
  if (!state.empty()) out += "**" + escaped(state) + "**\n\n";
  out +=
      "Version " + std::to_string(report.version) + ", made on " + day_text(report.made_at) + " (UTC).\n\n";
  if (!report.reason.empty()) out += "Why there is this version: " + escaped(report.reason) + "\n\n";
  if (!report.words.empty()) out += report.words + "\n\n";
  for (const auto& tally : report.tallies) out += tally_section(tally.claim, report.threshold);
  if (!report.tallies.empty()) {
    const auto& claim = report.tallies.front().claim;
    out += "## How to check this\n\n";
    out +=
        "The numbers of the books are all that the leaves " + std::to_string(claim.first) + " to " +
        std::to_string(claim.end) + " of the log " + escaped(claim.tree.origin) +
        " hold; the report's JSON carries the proof. Anybody can check it: docs/transparency-proof.md says "
        "how, tools/verify-report does it, and so does the page /transparency.\n\n";
    out +=
        "The figures below are counted from this server's records. They are signed, not proven. – stands "
        "for a number that is too small to be told, and for what could not be measured.\n\n";
  }
  for (const auto& figure : report.figures) out += figure_section(figure);
  return out;
}

std::string csv_field(std::string_view text) {
  std::string out;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) out = "'";
  out += text;
  if (out.find_first_of("\",\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string csv_line(const std::vector<std::string>& fields) {
  std::string out;
  for (std::size_t i = 0; i < fields.size(); ++i) out += (i == 0 ? "" : ",") + csv_field(fields[i]);
  return out + "\r\n";
}

std::string to_csv(const Report& report) {
  auto out = csv_line({"from", "to", "version", "table", "line", "column", "value"});
  const auto from = day_text(report.period.from), to = day_text(report.period.to);
  const auto version = std::to_string(report.version);
  const auto line = [&](const std::string& table, const std::string& label, const std::string& column,
                        const std::string& value) {
    out += csv_line({from, to, version, table, label, column, value});
  };
  for (const auto& tally : report.tallies) {
    const auto table = "log." + std::string(name(tally.claim.book));
    for (const auto& [cell, count] : tally.claim.shown) line(table, cell, "acts", std::to_string(count));
    for (const auto& cell : tally.claim.hidden) line(table, cell, "acts", "");
    if (!tally.claim.hidden.empty()) {
      line(table, "hidden", "acts", std::to_string(tally.claim.hidden_sum));
    }
  }
  for (const auto& figure : report.figures) {
    for (const auto& row : figure.rows) {
      std::string label;
      for (const auto& each : row.labels) label += (label.empty() ? "" : "/") + each;
      for (std::size_t i = 0; i < row.values.size(); ++i) {
        line(figure.id, label, figure.values[i], row.values[i] ? std::to_string(*row.values[i]) : "");
      }
    }
  }
  return out;
}

}  // namespace heliograph::transparency
