#include "net/http.h"

#include <algorithm>
#include <array>
#include <optional>

namespace heliograph::net {

namespace {

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid:
      return 400;
    case ErrorKind::unauthorized:
      return 401;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::not_acceptable:
      return 406;
    case ErrorKind::flood:
      return 429;
    case ErrorKind::internal:
      return 500;
    case ErrorKind::unavailable:
      return 503;
  }
  return 500;
}

HttpResponse problem(int status, std::string_view detail, std::string_view code) {
  std::string json = R"({"type":"about:blank","title":)" + json_quote(http_reason(status)) + R"(,"status":)" +
                     std::to_string(status);
  if (!code.empty()) json += R"(,"code":)" + json_quote(code);
  if (!detail.empty()) json += R"(,"detail":)" + json_quote(detail);
  json += "}\n";
  return {status, "application/problem+json", std::move(json), {}};
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
  const auto at = std::ranges::find_if(headers, [&](const auto& h) { return same_name(h.name, name); });
  return at == headers.end() ? std::string_view() : std::string_view(at->value);
}

std::string_view HttpRequest::path_value(std::string_view name) const {
  const auto at = std::ranges::find_if(path_values, [&](const auto& v) { return v.first == name; });
  return at == path_values.end() ? std::string_view() : std::string_view(at->second);
}

std::optional<std::string> HttpRequest::query_value(std::string_view name) const {
  std::string_view rest = query;
  while (!rest.empty()) {
    const auto end = rest.find('&');
    const auto pair = rest.substr(0, end);
    rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
    const auto equals = pair.find('=');
    if (percent_decode(pair.substr(0, equals), true) != name) continue;
    return percent_decode(equals == pair.npos ? std::string_view() : pair.substr(equals + 1), true);
  }
  return std::nullopt;
}

HttpResponse http_text(int status, std::string text) {
  return {status, "text/plain; charset=utf-8", std::move(text), {}};
}
HttpResponse http_html(std::string html) {
  return {200, "text/html; charset=utf-8", std::move(html), {}};
}
HttpResponse http_json(std::string json, int status) {
  return {status, "application/json", std::move(json), {}};
}
HttpResponse http_problem(int status, std::string_view detail) {
  return problem(status, detail, {});
}

HttpResponse http_problem(const Error& error) {
  auto response = problem(status_of(error.kind), error.message, error.code);
  if (error.kind == ErrorKind::flood) {
    response.headers.push_back({"Retry-After", std::to_string(error.wait_seconds)});
  }
  return response;
}

std::string_view http_reason(int status) {
  static constexpr std::array<std::pair<int, std::string_view>, 33> reasons{{
      {101, "Switching Protocols"},
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {411, "Length Required"},
      {413, "Content Too Large"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {426, "Upgrade Required"},
      {429, "Too Many Requests"},
      {451, "Unavailable For Legal Reasons"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
  }};
  const auto at = std::ranges::find(reasons, status, &std::pair<int, std::string_view>::first);
  return at == reasons.end() ? "Status" : at->second;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high << 4 | low);
      i += 2;
    }
  }
  return out;
}

std::string html_escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string json_quote(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace heliograph::net
