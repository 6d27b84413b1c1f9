#include "web/public/transparency_page.h"

#include <algorithm>

#include "base/day.h"

namespace heliograph::web {

namespace {

using net::html_escape;
using transparency::Claim;
using transparency::Figure;
using transparency::Period;
using transparency::Report;

// Scripts: the verifier alone, and the WebAssembly that it brings.
constexpr std::string_view kReportPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

net::HttpResponse report_html(std::string_view title, const std::string& body) {
  auto response = net::http_html(R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>)" + html_escape(title) +
                                 R"(</title>
<link rel="stylesheet" href="/assets/public.css">
</head>
<body>
<main>
<h1>)" + html_escape(title) + "</h1>\n" +
                                 body +
                                 "</main>\n<footer><a href=\"/transparency\">Transparency</a> · <a "
                                 "href=\"/\">Heliograph</a></footer>\n</body>\n</html>\n");
  response.headers.push_back({"Content-Security-Policy", std::string(kReportPolicy)});
  return response;
}

std::string report_link(const Period& period, std::int32_t version, std::string_view form = {}) {
  return "/transparency/reports/" + period.text() + "/" + std::to_string(version) + std::string(form);
}

std::string anchor(const std::string& address, std::string_view words) {
  return "<a href=\"" + html_escape(address) + "\">" + html_escape(words) + "</a>";
}

// A bar as wide as the number is beside the largest: drawn, not read out.
std::string bar(std::uint64_t number, std::uint64_t largest) {
  const auto width = largest == 0 ? 0 : (number * 100 + largest - 1) / largest;
  return "<td aria-hidden=\"true\"><svg class=\"bar\" width=\"100\" height=\"10\" viewBox=\"0 0 100 "
         "10\"><rect "
         "fill=\"currentColor\" width=\"" +
         std::to_string(width) + "\" height=\"10\"/></svg></td>";
}

// `acts` are all of the claim, hidden ones too.
std::string claim_table(const Claim& claim, std::uint64_t acts) {
  std::string out = "<h2>Entered in the " + std::string(transparency::name(claim.book)) + " book</h2>\n";
  if (claim.book == ledger::Book::legal && acts == 0) {
    out += "<p>No legal request was received in this period.</p>\n";
  }
  if (!claim.shown.empty()) {
    std::uint64_t largest = 0;
    for (const auto& [cell, count] : claim.shown) largest = std::max(largest, count);
    out +=
        "<table>\n<thead><tr><th scope=\"col\">What</th><th scope=\"col\">Acts</th><td></td></tr></thead>\n"
        "<tbody>\n";
    for (const auto& [cell, count] : claim.shown) {
      out += "<tr><th scope=\"row\">" + html_escape(cell) + "</th><td>" + std::to_string(count) + "</td>" +
             bar(count, largest) + "</tr>\n";
    }
    out += "</tbody>\n</table>\n";
  }
  if (claim.hidden.empty()) return out;
  return out + "<p>" + (claim.shown.empty() ? "" : "And ") + std::to_string(claim.hidden_sum) + " in " +
         std::to_string(claim.hidden.size()) +
         (claim.shown.empty() ? " kinds of acts" : " other kinds of acts") + ", each at most " +
         std::to_string(claim.hidden_most) +
         " times. Single small numbers are not told, so that they point at nobody; that they add up to this "
         "is "
         "proven.</p>\n";
}

std::int64_t largest_of(const Figure& figure) {
  std::int64_t out = 0;
  for (const auto& row : figure.rows) {
    if (!row.values.empty()) out = std::max(out, row.values.front().value_or(0));
  }
  return out;
}

std::string figure_table(const Figure& figure) {
  std::string out = "<h2>" + html_escape(figure.title) + "</h2>\n<p class=\"hint\">" +
                    html_escape(figure.source) + "</p>\n";
  if (figure.rows.empty()) return out + "<p>None.</p>\n";
  out += "<table>\n<thead><tr>";
  for (const auto& head : figure.labels) out += "<th scope=\"col\">" + html_escape(head) + "</th>";
  for (const auto& head : figure.values) out += "<th scope=\"col\">" + html_escape(head) + "</th>";
  // The first column is drawn, where there are lines to compare.
  const bool drawn = figure.rows.size() > 1 && !figure.values.empty();
  const auto largest = static_cast<std::uint64_t>(largest_of(figure));
  out += drawn ? "<td></td></tr></thead>\n<tbody>\n" : "</tr></thead>\n<tbody>\n";
  for (const auto& row : figure.rows) {
    out += "<tr>";
    for (const auto& label : row.labels) out += "<th scope=\"row\">" + html_escape(label) + "</th>";
    for (const auto& value : row.values) {
      out += "<td>" + (value ? std::to_string(*value) : "<abbr title=\"not told\">–</abbr>") + "</td>";
    }
    if (drawn) out += bar(static_cast<std::uint64_t>(row.values.front().value_or(0)), largest);
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

std::string check_section(const Period& period, std::int32_t version) {
  std::string out =
      "<h2 id=\"check\">Check it yourself</h2>\n<p>The numbers of the three books are all that the "
      "public log holds. ";
  out += "Who trusts nobody here takes " + anchor(report_link(period, version, ".json"), "the document") +
         ", " + anchor(report_link(period, version, ".note"), "its signature") +
         " and the log, and checks them with a program of their own: " +
         anchor("/transparency/proof", "every byte is specified") +
         ", and <code>tools/verify-report</code> in the source is one such program.</p>\n";
  if (carried_verifier().empty()) return out;
  return out +
         "<p>Or in this browser, which fetches the log and computes everything here: <button type=\"button\" "
         "id=\"verify\" data-report=\"" +
         html_escape(report_link(period, version)) +
         "\">Check now</button> <button type=\"button\" id=\"verify-entries\" hidden></button></p>\n"
         "<p id=\"verdict\" role=\"status\"></p>\n<p id=\"entries-verdict\" role=\"status\"></p>\n";
}

std::string verifier_script() {
  if (carried_verifier().empty()) return {};
  return "<script type=\"module\" src=\"/transparency/verify.js\"></script>\n";
}

std::string body_of(const Report& report) {
  std::string out;
  for (const auto& tally : report.tallies) out += claim_table(tally.claim, report.acts(tally.claim.book));
  out +=
      "<h2>Beside the log</h2>\n<p>The figures below are counted from this server's records. They are "
      "signed, "
      "so that everybody is told the same, and not proven. – stands for a number that is too small to be "
      "told, and for what could not be measured. Times are in hours.</p>\n";
  for (const auto& figure : report.figures) out += figure_table(figure);
  return out;
}

std::string words_of(const Report& report) {
  std::string out;
  if (!report.reason.empty()) {
    out += "<p>Why there is this version: " + html_escape(report.reason) + "</p>\n";
  }
  // As they were written: paragraphs.
  std::string_view rest = report.words;
  while (!rest.empty()) {
    const auto end = std::min(rest.find("\n\n"), rest.size());
    out += "<p>" + html_escape(rest.substr(0, end)) + "</p>\n";
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return out;
}

// The periods side by side.
std::string course(const std::vector<ReportShelf::Totals>& totals) {
  if (totals.size() < 2) return {};
  std::uint64_t largest = 0;
  for (const auto& one : totals) largest = std::max({largest, one.content, one.legal, one.search});
  std::string out =
      "<h2>Period by period</h2>\n<table>\n<thead><tr><th scope=\"col\">Period</th><th "
      "scope=\"col\">Content</th>"
      "<td></td><th scope=\"col\">Authorities</th><td></td><th "
      "scope=\"col\">Search</th><td></td></tr></thead>\n"
      "<tbody>\n";
  for (const auto& one : totals) {
    out += "<tr><th scope=\"row\">" +
           anchor(report_link(one.period, one.version), transparency::period_words(one.period)) + "</th>";
    for (const auto count : {one.content, one.legal, one.search}) {
      out += "<td>" + std::to_string(count) + "</td>" + bar(count, largest);
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

// One's own entry, checked in the browser.
std::string own_section() {
  std::string out =
      "<h2 id=\"own\">Check your own entry</h2>\n<p>Whoever a decision affects, who has reported something, "
      "and an "
      "authority that has asked can have their entry of the log opened: members by writing "
      "<code>/entry</code> and the "
      "number of the case to @transparency, authorities in their portal. What comes out is that it says what "
      "you were "
      "told, that it is in the log for good, and in which cell of a report it counts.</p>\n";
  if (carried_verifier().empty()) return out;
  return out +
         "<p><label for=\"opening\">The opening: paste it, or choose its file</label><br>\n"
         "<textarea id=\"opening\" rows=\"6\" cols=\"60\" spellcheck=\"false\" "
         "placeholder=\"heliograph-ledger-opening v1\"></textarea><br>\n"
         "<input id=\"opening-file\" type=\"file\" aria-label=\"File of the opening\"></p>\n"
         "<p><label for=\"proof\">The proof, or the entry's place in the log</label><br>\n"
         "<textarea id=\"proof\" rows=\"2\" cols=\"60\" spellcheck=\"false\"></textarea><br>\n"
         "<input id=\"proof-file\" type=\"file\" aria-label=\"File of the proof\"></p>\n"
         "<p><button type=\"button\" id=\"check-own\">Check my entry</button> Nothing of it leaves this "
         "browser but "
         "the question for the entry's part of the log.</p>\n"
         "<div id=\"own-verdict\" role=\"status\"></div>\n";
}

std::string history(const std::vector<store::PublicReport>& published) {
  std::string out = "<h2>All reports</h2>\n<ul>\n";
  for (const auto& one : published) {
    const Period period{one.from, one.to};
    auto words = transparency::period_words(period);
    if (one.version > 1) words += ", version " + std::to_string(one.version);
    out += "<li>" + anchor(report_link(period, one.version), words) + ", published " +
           day_text(one.published_at) + "</li>\n";
  }
  return out + "</ul>\n";
}

}  // namespace

net::HttpResponse front_page(const FrontFacts& facts) {
  std::string body =
      "<p class=\"lead\">What this server has removed, limited, guarded and disclosed, in numbers that "
      "anybody "
      "can check: each act is entered in a public log before it takes effect, and a report has to add up to "
      "what the log holds.</p>\n";
  for (const auto& one : facts.late) {
    body += "<p role=\"alert\"><strong>The report about " + transparency::period_words(one.period) +
            " ought to have been published by " + day_text(one.due) + ".</strong></p>\n";
  }
  if (facts.newest != nullptr) {
    const auto& report = *facts.newest;
    body += "<p>The newest: " +
            anchor(report_link(report.period, report.version), transparency::period_words(report.period)) +
            ".</p>\n" + words_of(report) + check_section(report.period, report.version) + body_of(report);
  } else {
    body += "<p>No report has been published yet.</p>\n";
  }
  body += course(facts.totals);
  if (!facts.published.empty()) body += history(facts.published);
  body += own_section();
  body += "<h2>The log</h2>\n<dl>\n<dt>Key</dt><dd><code>" + html_escape(facts.key) +
          "</code></dd>\n<dt>Entries</dt><dd><code>" + std::to_string(facts.size) +
          "</code></dd>\n<dt>Root</dt><dd><code>" + html_escape(facts.root) +
          "</code></dd>\n</dl>\n<p>Newest " + anchor("/ledger/checkpoint", "checkpoint") +
          ". Most entries are padding, so that the log does not show when something happens.</p>\n" +
          "<h2>What is judged by what</h2>\n<ul>\n<li>" + anchor("/transparency/rules", "The rules") +
          ", version " + html_escape(facts.rules_version) + "</li>\n<li>" +
          anchor("/transparency/policy", "What machines may do alone, and when") + ", version " +
          html_escape(facts.policy_version) + "</li>\n<li>" +
          anchor("/transparency/guidelines", "What moderators go by") + "</li>\n<li>" +
          anchor("/transparency/proof", "How reports are proven, and what is not") + "</li>\n<li>" +
          anchor("/api/public/transparency", "The list of reports, for programs") + "</li>\n</ul>\n";
  if (!facts.jurisdictions.empty()) {
    body += "<p>By what authorities' requests are judged, jurisdiction by jurisdiction:</p>\n<ul>\n";
    for (const auto& name : facts.jurisdictions) {
      body += "<li>" + anchor("/transparency/jurisdictions/" + name, name) + "</li>\n";
    }
    body += "</ul>\n";
  }
  return report_html("Transparency", body + verifier_script());
}

net::HttpResponse report_page(const Report& report, const store::PublicReport& row) {
  std::string body = "<p class=\"lead\">" + html_escape(transparency::period_words(report.period)) +
                     ", version " + std::to_string(report.version) + ", published " +
                     day_text(row.published_at) + ".</p>\n" + words_of(report);
  body += check_section(report.period, report.version) + body_of(report);
  body += "<h2>Downloads</h2>\n<ul>\n";
  for (const auto& [form, words] :
       {std::pair(".json", "JSON, with the proof"), std::pair(".note", "Signature"),
        std::pair(".md", "Markdown"), std::pair(".csv", "CSV")}) {
    body += "<li>" + anchor(report_link(report.period, report.version, form), words) + "</li>\n";
  }
  body += "</ul>\n<p>In the form of Implementing Regulation (EU) 2024/2835:</p>\n<ul>\n";
  for (const auto name : transparency::kAnnexNames) {
    body += "<li>" + anchor(report_link(report.period, report.version, "/annex/" + std::string(name)), name) +
            "</li>\n";
  }
  return report_html("Transparency report", body + "</ul>\n" + verifier_script());
}

}  // namespace heliograph::web
