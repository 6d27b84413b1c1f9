#include "web/pages/assets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::web {
namespace {

using ::testing::HasSubstr;

constexpr Asset kAssets[] = {{"index.html", "<html>", "zipped html", ""},
                             {"assets/main-abc.js", "script", "zipped", "squeezed"},
                             {"assets/worker-abc.js", "worker", "", ""}};

net::HttpResponse ask(std::span<const Asset> assets, std::string path, std::string encoding = {}) {
  net::HttpRouter router;
  add_pages(router, "/console", assets);
  net::HttpRequest request;
  request.method = "GET";
  request.path = std::move(path);
  request.headers.push_back({"Accept-Encoding", std::move(encoding)});
  net::HttpResponse out;
  spawn(router.handle(request), [&](net::HttpResponse response) { out = std::move(response); });
  return out;
}

std::string header(const net::HttpResponse& response, std::string_view name) {
  for (const auto& each : response.headers) {
    if (each.name == name) return each.value;
  }
  return "";
}

TEST(ConsolePages, ThePageIsFreshAndItsPartsAreForEver) {
  for (const auto* path : {"/console", "/console/", "/console/index.html"}) {
    const auto page = ask(kAssets, path);
    EXPECT_EQ(page.body, "<html>") << path;
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
    EXPECT_THAT(header(page, "Content-Security-Policy"), HasSubstr("script-src 'self';"));
    EXPECT_THAT(header(page, "Content-Security-Policy"), ::testing::Not(HasSubstr("unsafe")));
  }
  const auto script = ask(kAssets, "/console/assets/main-abc.js");
  EXPECT_EQ(script.content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(header(script, "Cache-Control"), "public, max-age=31536000, immutable");
}

TEST(ConsolePages, WhoeverIsHandedASecretReachesNobody) {
  const auto policy = header(ask(kAssets, "/console/assets/worker-abc.js"), "Content-Security-Policy");
  EXPECT_EQ(policy, "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'");
}

TEST(ConsolePages, TheShortestFormThatTheBrowserTakes) {
  const auto form = [](std::string encoding) {
    return ask(kAssets, "/console/assets/main-abc.js", std::move(encoding)).body;
  };
  EXPECT_EQ(form("gzip, deflate, br"), "squeezed");
  EXPECT_EQ(form("gzip;q=1.0, br;q=0"), "zipped");
  EXPECT_EQ(form("br;q=0.5"), "squeezed");
  EXPECT_EQ(form("identity"), "script");
  EXPECT_EQ(form(""), "script");
  EXPECT_EQ(header(ask(kAssets, "/console", "br, gzip"), "Content-Encoding"), "gzip");
}

TEST(ConsolePages, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(ask(kAssets, "/console/assets/other.js").status, 404);
  EXPECT_EQ(ask({}, "/console").status, 501);
}

constexpr Asset kClient[] = {{"index.html", "<html>", "", ""},
                             {"assets/main-abc.js", "script", "", ""},
                             {"assets/worker-abc.js", "worker", "", ""},
                             {"assets/simd.wasm", "wasm", "", ""},
                             {"sw.js", "service", "", ""}};

net::HttpResponse ask_client(std::string path, std::string_view websocket = "wss://ws.example.org/apiws") {
  net::HttpRouter router;
  add_client_pages(router, kClient, websocket);
  net::HttpRequest request;
  request.method = "GET";
  request.path = std::move(path);
  net::HttpResponse out;
  spawn(router.handle(request), [&](net::HttpResponse response) { out = std::move(response); });
  return out;
}

TEST(ClientPages, ThePageRunsNothingButItsOwnScriptsAndOnlyTheWorkerCompiles) {
  const std::string rest =
      "; worker-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; font-src 'self'; "
      "connect-src 'self' wss://ws.example.org; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'";
  for (const auto* path : {"/", "/assets/main-abc.js", "/assets/simd.wasm"}) {
    EXPECT_EQ(header(ask_client(path), "Content-Security-Policy"),
              "default-src 'none'; script-src 'self'" + rest)
        << path;
  }
  EXPECT_EQ(header(ask_client("/assets/worker-abc.js"), "Content-Security-Policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" + rest);
  EXPECT_EQ(ask_client("/assets/simd.wasm").content_type, "application/wasm");
}

TEST(ClientPages, AnAddressCannotAddToThePolicy) {
  const auto page = ask_client("/", "wss://a; script-src *");
  EXPECT_THAT(header(page, "Content-Security-Policy"), HasSubstr("connect-src 'self' ; manifest-src"));
}

TEST(ClientPages, ThePageIsFreshAndWhatIsNotThereIsNotFound) {
  EXPECT_EQ(ask_client("/").body, "<html>");
  EXPECT_EQ(header(ask_client("/"), "Cache-Control"), "no-cache");
  EXPECT_EQ(ask_client("/sw.js").body, "service");
  EXPECT_EQ(header(ask_client("/sw.js"), "Cache-Control"), "no-cache");
  EXPECT_EQ(ask_client("/assets/other.js").status, 404);
  EXPECT_EQ(ask_client("/index.html").status, 404);
}

}  // namespace
}  // namespace heliograph::web
