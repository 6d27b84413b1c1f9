#include "web/ledger/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::web {
namespace {

// Eight entries' worth of a log.
class FixedLog final : public ledger::PublicLog {
 public:
  const ledger::VerifierKey& key() const override { return key_; }
  std::string checkpoint() const override { return note; }
  Task<Result<Bytes>> tile(ledger::TileId id) const override {
    if (id.index > 0 || id.width > 8) co_return fail(Error::not_found("LEDGER_TILE_MISSING"));
    co_return Bytes(id.width, static_cast<std::uint8_t>(id.level + 1));
  }
  Task<Result<std::string>> proof(std::uint64_t index) const override {
    if (index >= 8) co_return fail(Error::invalid("LEDGER_RANGE"));
    co_return "proof";
  }
  std::string note = "note\n";

 private:
  ledger::VerifierKey key_{"example.org/ledger", ledger::KeyKind::log, {}};
};

class FixedCells final : public ledger::PublicCells {
 public:
  Task<Result<std::string>> cells() const override { co_return "legal/production/DE/received\n"; }
  Task<Result<Bytes>> cell_proofs(ledger::TileId id) const override {
    if (id.index > 0 || id.width > 6) co_return fail(Error::not_found("LEDGER_PROOFS_MISSING"));
    co_return Bytes(id.width, 9);
  }
};

class LedgerRoutes : public ::testing::Test {
 protected:
  LedgerRoutes() { add_ledger_routes(router, log, cells); }
  net::HttpResponse ask(std::string path) {
    net::HttpRequest request;
    request.method = "GET";
    request.path = std::move(path);
    net::HttpResponse out;
    spawn(router.handle(request), [&](net::HttpResponse response) { out = std::move(response); });
    return out;
  }
  static std::string header(const net::HttpResponse& response, std::string_view name) {
    for (const auto& each : response.headers) {
      if (each.name == name) return each.value;
    }
    return "";
  }
  FixedLog log;
  FixedCells cells;
  net::HttpRouter router;
};

TEST_F(LedgerRoutes, TilesAreForEverAndCheckpointsAreNot) {
  const auto tile = ask("/ledger/tile/0/000.p/8");
  EXPECT_EQ(tile.status, 200);
  EXPECT_EQ(tile.content_type, "application/octet-stream");
  EXPECT_EQ(tile.body, std::string(8, '\1'));
  EXPECT_EQ(header(tile, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(tile, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(ask("/ledger/tile/entries/000.p/3").body, std::string(3, '\0'));
  const auto checkpoint = ask("/ledger/checkpoint");
  EXPECT_EQ(checkpoint.content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(checkpoint.body, "note\n");
  EXPECT_EQ(header(checkpoint, "Cache-Control"), "public, max-age=2");
  EXPECT_THAT(ask("/ledger/vkey").body, ::testing::StartsWith("example.org/ledger+"));
  EXPECT_EQ(ask("/ledger/proof/7").body, "proof");
  EXPECT_EQ(ask("/ledger/cells").body, "legal/production/DE/received\n");
  EXPECT_EQ(ask("/ledger/cells/proofs/000.p/5").body, std::string(5, '\x09'));
}

TEST_F(LedgerRoutes, WhatIsNotThereIsNotFound) {
  for (const auto* path : {"/ledger/tile/0/000", "/ledger/cells/proofs/000.p/7", "/ledger/cells/proofs/x",
                           "/ledger/tile/0/000.p/9", "/ledger/tile/0/001.p/1", "/ledger/tile/0",
                           "/ledger/tile/x/000", "/ledger/tile/entries/0", "/ledger/proof/8",
                           "/ledger/proof/-1", "/ledger/proof/99999999999999999999"}) {
    const auto answer = ask(path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(header(answer, "Cache-Control"), "") << path;
  }
  log.note.clear();
  EXPECT_EQ(ask("/ledger/checkpoint").status, 503);
}

}  // namespace
}  // namespace heliograph::web
