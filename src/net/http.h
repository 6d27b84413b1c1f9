// HTTP messages and routes, as the doors in web/ see them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/task.h"
#include "net/address.h"

namespace heliograph::net {

struct HttpHeader {
  std::string name;
  std::string value;
};

struct HttpRequest {
  std::string method;  // upper case, as sent
  std::string path;    // percent-decoded, begins with '/', no "." or ".." segments
  std::string query;   // raw, without '?'
  std::vector<HttpHeader> headers;
  std::string body;
  Address client;                 // behind a trusted proxy: whom the proxy names
  std::uint16_t client_port = 0;  // 0: not known
  // Filled by the router: values of the pattern's {names}, in order.
  std::vector<std::pair<std::string, std::string>> path_values;

  // The first header of that name (any case), or "".
  std::string_view header(std::string_view name) const;
  // The value for {name} in the route's pattern, or "".
  std::string_view path_value(std::string_view name) const;
  // The decoded value of the first `name=` in the query; nullopt when absent.
  std::optional<std::string> query_value(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type;  // "" with an empty body
  std::string body;
  // Others than those the server sets itself (Date, Content-Length, Connection, security headers). Naming a
  // security header or Cache-Control here replaces the server's default.
  std::vector<HttpHeader> headers;
};

HttpResponse http_text(int status, std::string text);
HttpResponse http_html(std::string html);
HttpResponse http_json(std::string json, int status = 200);
// RFC 9457 problem document. `detail` tells a person what to do; "" leaves it out.
HttpResponse http_problem(int status, std::string_view detail = {});
// The same from an error value: its kind gives the status, its code goes in as "code".
HttpResponse http_problem(const Error& error);
std::string_view http_reason(int status);

// RFC 3986; nullopt for a bad escape. With `plus_is_space` as in forms and queries.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
std::string html_escape(std::string_view text);
std::string json_quote(std::string_view text);

// The request lives until the handler's task has ended. The task runs on the connection's loop; when the
// client has gone meanwhile the response is dropped.
using HttpHandler = std::function<Task<HttpResponse>(const HttpRequest&)>;
using HttpFunction = std::function<HttpResponse(const HttpRequest&)>;

// Patterns: "/api/cases/{id}", "/bot{token}/{method}" (one {name} a segment, with literal text around it),
// "/assets/{path...}" (the rest, last only). Literal segments win over {names}, in order of adding among
// equals. HEAD is served by GET's handler; OPTIONS by the router.
class HttpRouter {
 public:
  HttpRouter();
  ~HttpRouter();
  HttpRouter(const HttpRouter&) = delete;
  // Before serving starts only. The pattern is ours: a malformed one is an assertion.
  void add(std::string_view method, std::string_view pattern, HttpHandler handler);
  void add_function(std::string_view method, std::string_view pattern, HttpFunction function);
  // Any number of threads. Answers 404 and 405 itself. Fills request.path_values.
  Task<HttpResponse> handle(HttpRequest& request) const;

 private:
  struct Route;
  const Route* find(HttpRequest& request, std::string& allowed) const;
  std::vector<Route> routes_;
};

}  // namespace heliograph::net
