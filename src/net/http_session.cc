#include "net/http_session.h"

#include <algorithm>
#include <ctime>

#include "net/websocket.h"

namespace heliograph::net {
namespace http = boost::beast::http;

namespace {

bool has_token(std::string_view list, std::string_view token) {
  return http::token_list(boost::beast::string_view(list.data(), list.size()))
      .exists(boost::beast::string_view(token.data(), token.size()));
}

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char out[40];
  std::strftime(out, sizeof out, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return out;
}

// A value that could end its line would let whoever chose it write headers.
bool safe_value(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool names(const std::vector<HttpHeader>& headers, std::string_view name) {
  return std::ranges::any_of(headers, [&](const HttpHeader& h) { return h.name == name; });
}

std::string render(const HttpResponse& response, bool head_only, bool keep_alive) {
  static const HttpHeader defaults[] = {
      {"Cache-Control", "no-store"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
  };
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
  out += http_reason(response.status);
  out += "\r\nDate: " + http_date() + "\r\n";
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) out += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  if (!response.content_type.empty()) out += "Content-Type: " + response.content_type + "\r\n";
  for (const auto& header : response.headers) {
    if (safe_value(header.value)) out += header.name + ": " + header.value + "\r\n";
  }
  for (const auto& header : defaults) {
    if (!names(response.headers, header.name)) out += header.name + ": " + header.value + "\r\n";
  }
  if (!keep_alive) out += "Connection: close\r\n";
  out += "\r\n";
  if (!head_only && !bodiless) out += response.body;
  return out;
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

}  // namespace

Remote forwarded_client(const Remote& peer, std::string_view forwarded_for,
                        const std::vector<Network>& trusted) {
  const auto is_trusted = [&](const Address& a) {
    return std::ranges::any_of(trusted, [&](const Network& n) { return n.contains(a); });
  };
  Remote client = peer;
  while (is_trusted(client.address) && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    auto hop = comma == forwarded_for.npos ? forwarded_for : forwarded_for.substr(comma + 1);
    forwarded_for = comma == forwarded_for.npos ? std::string_view() : forwarded_for.substr(0, comma);
    while (hop.starts_with(' ')) hop.remove_prefix(1);
    while (hop.ends_with(' ')) hop.remove_suffix(1);
    if (const auto bare = Address::parse(hop)) {
      client = {*bare, 0};
      continue;
    }
    const auto with_port = Endpoint::parse(hop);
    const auto address = with_port ? Address::parse(with_port->host) : fail(with_port.error());
    if (!address) break;
    client = {*address, with_port->port};
  }
  return client;
}

std::shared_ptr<Handler> serve_http(HttpServer& server, const std::shared_ptr<Connection>& connection) {
  connection->set_deadline(server.limits.header_time);
  return std::make_shared<HttpSession>(server, *connection);
}

void HttpSession::on_closed(CloseReason) {
  connection_ = nullptr;
}

void HttpSession::on_bytes(MutableByteView bytes) {
  if (connection_ == nullptr) return;
  append(buffer_, bytes);
  advance();
}

void HttpSession::advance() {
  while (connection_ != nullptr && connection_->is_open() && !busy_ && !buffer_.empty()) {
    if (parser_ == nullptr) {
      parser_ = std::make_unique<Parser>();
      parser_->header_limit(server_.limits.header_bytes);
      parser_->skip(true);  // the body is ours
      connection_->set_deadline(server_.limits.header_time);
    }
    if (!parse()) break;
  }
  if (buffer_.empty()) Bytes().swap(buffer_);
}

// False when there is nothing more to do until bytes arrive, or at all.
bool HttpSession::parse() {
  if (!body_ && !parse_header()) return false;
  if (!parse_body()) return false;
  run_request();
  return true;
}

void HttpSession::drop_parsed(std::size_t count) {
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(count));
}

bool HttpSession::parse_header() {
  boost::system::error_code error;
  drop_parsed(parser_->put(boost::asio::const_buffer(buffer_.data(), buffer_.size()), error));
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    refuse(431, "The request's header is too long.");
  } else if (error && error != http::error::need_more) {
    refuse(400, "This is not an HTTP request this server understands.");
  } else if (parser_->is_header_done()) {
    return begin_body();
  }
  return false;
}

bool HttpSession::begin_body() {
  const auto& message = parser_->get();
  if (message.version() != 10 && message.version() != 11) {
    return refuse(400, "This server speaks HTTP/1.1."), false;
  }
  if (message.version() == 11 && message.count(http::field::host) != 1) {
    return refuse(400, "A request has exactly one Host header."), false;
  }
  const auto encoding = message[http::field::transfer_encoding];
  if (!encoding.empty() && (!boost::beast::iequals(encoding, "chunked") || message.version() == 10)) {
    return refuse(400, "The only transfer encoding this server takes is chunked."), false;
  }
  const auto limit = server_.limits.body_bytes;
  const auto length = parser_->content_length();
  if (length && *length > limit) return refuse(413, "The request's body is too long."), false;
  body_ = encoding.empty() ? HttpBody::of_length(length ? *length : 0, limit) : HttpBody::chunked(limit);
  if (body_->complete()) return true;
  connection_->set_deadline(server_.limits.body_time);
  if (buffer_.empty() && boost::beast::iequals(message[http::field::expect], "100-continue")) {
    connection_->write(bytes_of("HTTP/1.1 100 Continue\r\n\r\n"));
  }
  return true;
}

bool HttpSession::parse_body() {
  const auto taken = body_->take(buffer_);
  if (!taken) {
    const bool long_one = taken.error().code == "HTTP_BODY_TOO_LONG";
    return refuse(long_one ? 413 : 400, taken.error().message), false;
  }
  drop_parsed(*taken);
  return body_->complete();
}

Result<HttpRequest> HttpSession::take_request() {
  auto message = parser_->release();
  HttpRequest request;
  request.method = std::string(message.method_string());
  std::string_view target(message.target().data(), message.target().size());
  if (const auto scheme = target.find("://"); scheme != target.npos && !target.starts_with('/')) {
    const auto slash = target.find('/', scheme + 3);  // absolute form
    target = slash == target.npos ? "/" : target.substr(slash);
  }
  if (target == "*" && request.method == "OPTIONS") target = "/";
  const auto question = target.find('?');
  auto path = percent_decode(target.substr(0, question));
  if (!path || !path->starts_with('/') || path->find('\0') != path->npos || has_dot_segment(*path)) {
    return fail(Error::invalid("HTTP_TARGET_INVALID", "The address asked for is not well formed."));
  }
  request.path = std::move(*path);
  if (question != target.npos) request.query = target.substr(question + 1);
  for (const auto& field : message) {
    request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  request.body = std::move(body_->text());
  const auto client = forwarded_client({connection_->remote(), connection_->remote_port()},
                                       request.header("X-Forwarded-For"), server_.trusted_proxies);
  request.client = client.address;
  request.client_port = client.port;
  return request;
}

void HttpSession::run_request() {
  server_.stats.requests.fetch_add(1, std::memory_order_relaxed);
  const bool keep_alive = parser_->keep_alive() && ++served_ < server_.limits.requests_per_connection;
  auto taken = take_request();
  parser_.reset();
  body_.reset();
  if (!taken) return refuse(400, taken.error().message);
  if (try_upgrade(*taken)) return;
  if (connection_ == nullptr || !connection_->is_open()) return;

  busy_ = true;
  connection_->pause_reading(true);
  connection_->set_deadline(std::nullopt);
  const auto request = std::make_shared<HttpRequest>(std::move(*taken));
  const bool head_only = request->method == "HEAD";
  auto task = server_.router.handle(*request);
  spawn(std::move(task), [weak = weak_from_this(), request, head_only, keep_alive](HttpResponse response) {
    const auto self = weak.lock();
    if (self == nullptr || self->connection_ == nullptr) return;
    self->answer(response, head_only, keep_alive);
    if (!keep_alive) return;
    self->busy_ = false;
    self->connection_->set_deadline(self->server_.limits.idle_time);
    self->connection_->pause_reading(false);
    // Pipelined requests; posted, so that many of them do not nest.
    if (!self->buffer_.empty()) self->connection_->loop().post([self] { self->advance(); });
  });
}

void HttpSession::answer(const HttpResponse& response, bool head_only, bool keep_alive) {
  auto& stats = server_.stats;
  if (response.status >= 500) stats.server_errors.fetch_add(1, std::memory_order_relaxed);
  if (response.status >= 400 && response.status < 500) {
    stats.client_errors.fetch_add(1, std::memory_order_relaxed);
  }
  connection_->write(bytes_of(render(response, head_only, keep_alive)));
  if (!keep_alive) connection_->finish();
}

void HttpSession::refuse(int status, std::string_view detail) {
  busy_ = true;  // nothing after it is looked at
  parser_.reset();
  body_.reset();
  Bytes().swap(buffer_);
  answer(http_problem(status, detail), false, false);
}

// True when the request asked for a WebSocket path and was dealt with.
bool HttpSession::try_upgrade(const HttpRequest& request) {
  const auto at = server_.websockets.find(request.path);
  if (at == server_.websockets.end()) return false;
  const bool asked = request.method == "GET" && has_token(request.header("Upgrade"), "websocket") &&
                     has_token(request.header("Connection"), "upgrade");
  if (!asked || request.header("Sec-WebSocket-Version") != "13") {
    auto response = http_problem(426, "This address is for WebSocket connections (version 13).");
    response.headers = {{"Sec-WebSocket-Version", "13"}, {"Upgrade", "websocket"}};
    busy_ = true;
    answer(response, request.method == "HEAD", false);
    return true;
  }
  const auto offered = request.header("Sec-WebSocket-Protocol");
  const bool binary = has_token(offered, "binary");
  if (!websocket_key_valid(request.header("Sec-WebSocket-Key")) || (!offered.empty() && !binary)) {
    refuse(400, "A WebSocket client sends a 16-byte key and offers the subprotocol \"binary\".");
    return true;
  }
  upgrade(request, at->second, binary);
  return true;
}

void HttpSession::upgrade(const HttpRequest& request, const Accept& accept, bool binary) {
  const auto wrapped = connection_->shared_from_this();
  Quota::Ticket ticket;
  if (server_.quota != nullptr && request.client != connection_->remote()) {
    auto place = server_.quota->admit_forwarded(request.client);
    if (!place) return refuse(503, "Too many connections from this address.");
    ticket = std::move(*place);
  }
  std::string head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
  head += "Sec-WebSocket-Accept: " + websocket_accept_key(request.header("Sec-WebSocket-Key")) + "\r\n";
  if (binary) head += "Sec-WebSocket-Protocol: binary\r\n";
  head += "\r\n";

  const auto socket = std::make_shared<WebSocketConnection>(
      wrapped, Remote{request.client, request.client_port}, std::move(ticket));
  server_.stats.upgrades.fetch_add(1, std::memory_order_relaxed);
  connection_ = nullptr;  // from here it is the WebSocket's
  wrapped->write(bytes_of(head));
  wrapped->set_deadline(server_.websocket_first_deadline);
  wrapped->set_handler(socket);
  socket->set_handler(accept(socket));
  Bytes left = std::exchange(buffer_, {});
  if (!left.empty()) socket->on_bytes(left);
}

}  // namespace heliograph::net
