#include "web/ledger/log.h"

#include "ledger/text.h"

namespace heliograph::web {

namespace {

constexpr std::string_view kForEver = "public, max-age=31536000, immutable";
constexpr std::string_view kBriefly = "public, max-age=2";
constexpr std::string_view kText = "text/plain; charset=utf-8";

net::HttpResponse open_to_all(std::string content_type, std::string body, std::string_view caching) {
  net::HttpResponse out{200, std::move(content_type), std::move(body), {}};
  out.headers.push_back({"Cache-Control", std::string(caching)});
  out.headers.push_back({"Access-Control-Allow-Origin", "*"});
  return out;
}

net::HttpResponse checkpoint(const ledger::PublicLog& log) {
  auto note = log.checkpoint();
  if (note.empty()) return net::http_problem(503, "The ledger has not published a checkpoint yet.");
  return open_to_all(std::string(kText), std::move(note), kBriefly);
}

Task<net::HttpResponse> tile(const ledger::PublicLog& log, std::string path) {
  const auto id = ledger::parse_tile_path(path);
  if (!id) co_return net::http_problem(404, "Tiles are named as c2sp.org/tlog-tiles says.");
  auto bytes = co_await log.tile(*id);
  if (!bytes) co_return net::http_problem(bytes.error());
  co_return open_to_all("application/octet-stream", std::string(as_text(*bytes)), kForEver);
}

Task<net::HttpResponse> cells(const ledger::PublicCells& log) {
  auto text = co_await log.cells();
  if (!text) co_return net::http_problem(text.error());
  co_return open_to_all(std::string(kText), std::move(*text), kBriefly);
}

Task<net::HttpResponse> cell_proofs(const ledger::PublicCells& log, std::string path) {
  const auto id = ledger::parse_tile_path("entries/" + path);
  if (!id) co_return net::http_problem(404, "Proofs are named as the bundles of entries are.");
  auto bytes = co_await log.cell_proofs(*id);
  if (!bytes) co_return net::http_problem(bytes.error());
  co_return open_to_all("application/octet-stream", std::string(as_text(*bytes)), kForEver);
}

Task<net::HttpResponse> proof(const ledger::PublicLog& log, std::string index) {
  const auto number = ledger::from_decimal(index);
  if (!number) co_return net::http_problem(404, "An entry is named by its place in the log.");
  auto text = co_await log.proof(*number);
  if (!text && text.error().code == "LEDGER_RANGE") {
    co_return net::http_problem(404, "The published log has no such entry.");
  }
  if (!text) co_return net::http_problem(text.error());
  co_return open_to_all(std::string(kText), std::move(*text), kBriefly);
}

}  // namespace

void add_ledger_routes(net::HttpRouter& router, const ledger::PublicLog& log,
                       const ledger::PublicCells& proven) {
  router.add_function("GET", "/ledger/checkpoint",
                      [&log](const net::HttpRequest&) { return checkpoint(log); });
  router.add_function("GET", "/ledger/vkey", [&log](const net::HttpRequest&) {
    return open_to_all(std::string(kText), log.key().text() + "\n", kBriefly);
  });
  router.add("GET", "/ledger/tile/{path...}", [&log](const net::HttpRequest& request) {
    return tile(log, std::string(request.path_value("path")));
  });
  router.add("GET", "/ledger/cells", [&proven](const net::HttpRequest&) { return cells(proven); });
  router.add("GET", "/ledger/cells/proofs/{path...}", [&proven](const net::HttpRequest& request) {
    return cell_proofs(proven, std::string(request.path_value("path")));
  });
  router.add("GET", "/ledger/proof/{index}", [&log](const net::HttpRequest& request) {
    return proof(log, std::string(request.path_value("index")));
  });
}

}  // namespace heliograph::web
