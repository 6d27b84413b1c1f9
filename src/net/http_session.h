// One HTTP connection. For this folder only.
#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "net/http_body.h"
#include "net/http_server.h"

namespace heliograph::net {

class HttpSession final : public Handler, public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(HttpServer& server, Connection& connection) : server_(server), connection_(&connection) {}

  void on_bytes(MutableByteView bytes) override;
  void on_closed(CloseReason reason) override;

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::empty_body>;

  void advance();
  bool parse();
  bool parse_header();
  bool begin_body();
  bool parse_body();
  void run_request();
  bool try_upgrade(const HttpRequest& request);
  void upgrade(const HttpRequest& request, const Accept& accept, bool binary);
  Result<HttpRequest> take_request();
  void answer(const HttpResponse& response, bool head_only, bool keep_alive);
  void drop_parsed(std::size_t count);
  void refuse(int status, std::string_view detail);

  HttpServer& server_;
  Connection* connection_;          // null once closed or handed over
  Bytes buffer_;                    // received and not yet parsed
  std::unique_ptr<Parser> parser_;  // of the header; only while a request is coming in
  std::optional<HttpBody> body_;    // once the header is complete
  bool busy_ = false;               // a request is being answered
  std::size_t served_ = 0;
};

}  // namespace heliograph::net
