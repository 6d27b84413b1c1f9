#include "web/public/form_page.h"

#include <algorithm>

namespace heliograph::web {

namespace {

constexpr std::string_view form_policy =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

}  // namespace

net::HttpResponse form_page(std::string_view title, const std::string& body, int status) {
  const auto heading = net::html_escape(title);
  auto response =
      net::http_html(R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>)" + heading + R"(</title>
<link rel="stylesheet" href="/assets/public.css">
</head>
<body>
<main>
<h1>)" + heading + "</h1>\n" +
                     body + "</main>\n<footer><a href=\"/\">Heliograph</a></footer>\n</body>\n</html>\n");
  response.status = status;
  response.headers.push_back({"Content-Security-Policy", std::string(form_policy)});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});  // receipts are in addresses
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

std::string form_field(std::string_view name, std::string_view label, std::string_view hint,
                       std::string_view value, bool required, std::string_view type) {
  std::string out =
      "<p><label for=\"" + std::string(name) + "\">" + net::html_escape(label) + "</label><br>\n";
  out += "<input type=\"" + std::string(type) + "\" id=\"" + std::string(name) + "\" name=\"" +
         std::string(name) + "\" value=\"" + net::html_escape(value) + "\"" + (required ? " required" : "") +
         ">";
  if (!hint.empty()) out += "<br>\n<span class=\"hint\">" + net::html_escape(hint) + "</span>";
  return out + "</p>\n";
}

std::string form_hidden(std::string_view name, std::string_view value) {
  return "<input type=\"hidden\" name=\"" + std::string(name) + "\" value=\"" + net::html_escape(value) +
         "\">\n";
}

std::string form_complaint(std::string_view complaint) {
  if (complaint.empty()) return {};
  return "<p role=\"alert\"><strong>" + net::html_escape(complaint) + "</strong></p>\n";
}

std::optional<std::map<std::string, std::string>> read_form(std::string_view body) {
  std::map<std::string, std::string> values;
  while (!body.empty()) {
    const auto cut = std::min(body.find('&'), body.size());
    const auto pair = body.substr(0, cut);
    body.remove_prefix(std::min(cut + 1, body.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    const auto name = net::percent_decode(pair.substr(0, equals), true);
    auto value = net::percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return std::nullopt;
    values[*name] = std::move(*value);
  }
  return values;
}

}  // namespace heliograph::web
