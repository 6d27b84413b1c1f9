#include <gtest/gtest.h>

#include "net/http.h"

namespace heliograph::net {
namespace {

class RouterTest : public ::testing::Test {
 protected:
  void add(const char* method, const char* pattern) {
    router.add_function(method, pattern, [pattern](const HttpRequest& request) {
      std::string text = pattern;
      for (const auto& [name, value] : request.path_values) text += " " + name + "=" + value;
      return http_text(200, text);
    });
  }
  HttpResponse ask(std::string method, std::string path) {
    HttpRequest request;
    request.method = std::move(method);
    request.path = std::move(path);
    HttpResponse out;
    spawn(router.handle(request), [&](HttpResponse response) { out = std::move(response); });
    return out;
  }
  std::string body(std::string path) { return ask("GET", std::move(path)).body; }
  HttpRouter router;
};

TEST_F(RouterTest, FindsTheMostLiteralRoute) {
  add("GET", "/cases/{id}");
  add("GET", "/cases/new");
  add("GET", "/cases/{id}/notes");
  add("GET", "/{rest...}");
  add("GET", "/bot{token}/{method}");
  EXPECT_EQ(body("/cases/17"), "/cases/{id} id=17");
  EXPECT_EQ(body("/cases/new"), "/cases/new");
  EXPECT_EQ(body("/cases/17/notes"), "/cases/{id}/notes id=17");
  EXPECT_EQ(body("/bot1:abc/getMe"), "/bot{token}/{method} token=1:abc method=getMe");
  EXPECT_EQ(body("/bot/getMe"), "/{rest...} rest=bot/getMe");
  EXPECT_EQ(body("/cases/17/notes/3"), "/{rest...} rest=cases/17/notes/3");
  EXPECT_EQ(body("/"), "/{rest...} rest=");
}

TEST_F(RouterTest, SaysWhatAnAddressAnswers) {
  add("GET", "/thing");
  add("POST", "/thing");
  EXPECT_EQ(ask("HEAD", "/thing").status, 200);
  const auto wrong = ask("DELETE", "/thing");
  EXPECT_EQ(wrong.status, 405);
  ASSERT_EQ(wrong.headers.size(), 1u);
  EXPECT_EQ(wrong.headers[0].value, "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(ask("OPTIONS", "/thing").status, 204);
  EXPECT_EQ(ask("OPTIONS", "/other").status, 404);
  EXPECT_EQ(ask("GET", "/thing/").status, 404);
}

TEST(Http, DecodesQueriesAndEscapes) {
  HttpRequest request;
  request.query = "a=1&b=x%20y+z&c&a=2&bad=%zz";
  EXPECT_EQ(request.query_value("a"), "1");
  EXPECT_EQ(request.query_value("b"), "x y z");
  EXPECT_EQ(request.query_value("c"), "");
  EXPECT_EQ(request.query_value("d"), std::nullopt);
  EXPECT_EQ(request.query_value("bad"), std::nullopt);
  EXPECT_EQ(html_escape(R"(<a href="x">'&)"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
  EXPECT_EQ(json_quote("a\"\\\n\x01"), R"("a\"\\\n\u0001")");
}

TEST(Http, ErrorsBecomeProblemDocuments) {
  const auto response = http_problem(Error::flood(30));
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_NE(response.body.find(R"("code":"FLOOD_WAIT")"), std::string::npos);
  EXPECT_EQ(response.headers.at(0).value, "30");
}

}  // namespace
}  // namespace heliograph::net
