#include <algorithm>

#include "base/assert.h"
#include "net/http.h"

namespace heliograph::net {

namespace {

struct Segment {
  std::string before, after;  // literal text around the name; all of it in `before` when there is no name
  std::string name;
  bool rest = false;  // takes everything that is left
};

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> out;
  path.remove_prefix(1);
  for (;;) {
    const auto slash = path.find('/');
    out.push_back(path.substr(0, slash));
    if (slash == path.npos) return out;
    path.remove_prefix(slash + 1);
  }
}

Segment parse_segment(std::string_view text) {
  Segment out;
  const auto open = text.find('{'), close = text.find('}');
  if (open == text.npos) {
    out.before = text;
    return out;
  }
  HG_ASSERT(close != text.npos && close > open + 1);
  out.before = text.substr(0, open);
  out.after = text.substr(close + 1);
  auto name = text.substr(open + 1, close - open - 1);
  if (name.ends_with("...")) {
    name.remove_suffix(3);
    out.rest = true;
  }
  out.name = name;
  return out;
}

}  // namespace

struct HttpRouter::Route {
  std::string method;
  std::vector<Segment> segments;
  HttpHandler handler;

  bool match(const std::vector<std::string_view>& parts, std::string_view path,
             std::vector<std::pair<std::string, std::string>>& values) const {
    values.clear();
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const Segment& segment = segments[i];
      if (i >= parts.size()) return false;
      if (segment.rest) {
        const auto from = static_cast<std::size_t>(parts[i].data() - path.data());
        values.emplace_back(segment.name, path.substr(from));
        return true;
      }
      if (segment.name.empty()) {
        if (parts[i] != segment.before) return false;
        continue;
      }
      const std::size_t around = segment.before.size() + segment.after.size();
      if (parts[i].size() <= around || !parts[i].starts_with(segment.before) ||
          !parts[i].ends_with(segment.after)) {
        return false;
      }
      values.emplace_back(segment.name, parts[i].substr(segment.before.size(), parts[i].size() - around));
    }
    return parts.size() == segments.size();
  }

  // Literal before named, segment by segment.
  bool more_specific_than(const Route& other) const {
    for (std::size_t i = 0; i < segments.size() && i < other.segments.size(); ++i) {
      const bool mine = segments[i].name.empty(), theirs = other.segments[i].name.empty();
      if (mine != theirs) return mine;
      if (segments[i].rest != other.segments[i].rest) return other.segments[i].rest;
    }
    return false;
  }
};

HttpRouter::HttpRouter() = default;
HttpRouter::~HttpRouter() = default;

void HttpRouter::add(std::string_view method, std::string_view pattern, HttpHandler handler) {
  HG_ASSERT(pattern.starts_with('/'));
  Route route{std::string(method), {}, std::move(handler)};
  for (const auto part : split(pattern)) route.segments.push_back(parse_segment(part));
  const auto at = std::ranges::find_if(routes_, [&](const Route& r) { return route.more_specific_than(r); });
  routes_.insert(at, std::move(route));
}

void HttpRouter::add_function(std::string_view method, std::string_view pattern, HttpFunction function) {
  add(method, pattern, [function = std::move(function)](const HttpRequest& request) {
    // The result is made here, while the request surely lives; the task only carries it.
    return [](HttpResponse response) -> Task<HttpResponse> { co_return response; }(function(request));
  });
}

const HttpRouter::Route* HttpRouter::find(HttpRequest& request, std::string& allowed) const {
  const std::string_view path = request.path;
  const auto parts = split(path);
  const std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  for (const Route& route : routes_) {
    if (!route.match(parts, path, request.path_values)) continue;
    if (route.method == method) return &route;
    if (allowed.find(route.method) != allowed.npos) continue;
    allowed += (allowed.empty() ? "" : ", ") + route.method + (route.method == "GET" ? ", HEAD" : "");
  }
  request.path_values.clear();
  return nullptr;
}

Task<HttpResponse> HttpRouter::handle(HttpRequest& request) const {
  std::string allowed;
  const Route* route = find(request, allowed);
  if (route != nullptr) {
    auto task = route->handler(request);
    auto response = co_await std::move(task);
    co_return response;
  }
  if (allowed.empty()) co_return http_problem(404, "There is nothing at this address.");
  allowed += ", OPTIONS";
  HttpResponse response;
  if (request.method == "OPTIONS") {
    response.status = 204;
  } else {
    response = http_problem(405, "This address answers " + allowed + " only.");
  }
  response.headers.push_back({"Allow", allowed});
  co_return response;
}

}  // namespace heliograph::net
