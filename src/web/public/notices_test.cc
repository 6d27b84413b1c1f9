#include "web/public/notices.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace heliograph::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class FakeDesk final : public NoticeDesk {
 public:
  std::vector<std::pair<std::string, std::string>> options() const override {
    return {{"goods/drugs", "Drugs <&>"}};
  }
  Task<Result<NoticeReceipt>> file(Notice notice) override {
    last = std::move(notice);
    if (last.location.empty()) co_return fail(Error::invalid("NOTICE_LOCATION_INVALID", "Give a link."));
    co_return NoticeReceipt{7, "cafe", 1'800'000'000};
  }
  Task<Result<NoticeState>> state(std::string receipt) override {
    if (receipt == "done") {
      co_return NoticeState{7,        1'799'000'000, 1'799'500'000, 1'800'000'000,
                            "upheld", "opened <&>",  "/proof/12"};
    }
    if (receipt != "cafe") co_return fail(Error::not_found("RECEIPT_UNKNOWN", "There is none."));
    co_return NoticeState{7, 1'799'000'000, 0, 1'800'000'000, "waiting", {}, {}};
  }
  Notice last;
};

class NoticeRoutesTest : public ::testing::Test {
 protected:
  NoticeRoutesTest() { add_notice_routes(router, desk); }
  net::HttpResponse ask(std::string method, std::string path, std::string body = {}, std::string query = {},
                        std::vector<net::HttpHeader> headers = {}) {
    net::HttpRequest request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.query = std::move(query);
    request.body = std::move(body);
    request.headers = std::move(headers);
    net::HttpResponse response;
    spawn(router.handle(request), [&](net::HttpResponse got) { response = std::move(got); });
    return response;
  }
  net::HttpRouter router;
  FakeDesk desk;
};

TEST_F(NoticeRoutesTest, TheFormNeedsNoScriptAndEscapesWhatItShows) {
  const auto page = ask("GET", "/report", {}, "location=%22%3E%3Cscript%3E");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  EXPECT_THAT(page.body, HasSubstr("Drugs &lt;&amp;&gt;"));
  const auto sent = ask(
      "POST", "/report",
      "location=%40news&option=goods%2Fdrugs&reason=it+sells&name=A&email=a%40example.org&good_faith=yes");
  EXPECT_EQ(sent.status, 200);
  EXPECT_THAT(sent.body, HasSubstr("case 7"));
  EXPECT_THAT(sent.body, HasSubstr("cafe"));
  EXPECT_EQ(desk.last.location, "@news");
  EXPECT_EQ(desk.last.reason, "it sells");
  EXPECT_TRUE(desk.last.good_faith);
}

TEST_F(NoticeRoutesTest, WhatIsWrongIsSaidAndWhatWasFilledInStays) {
  const auto page = ask("POST", "/report", "reason=a+%3Cb%3E");
  EXPECT_EQ(page.status, 400);
  EXPECT_THAT(page.body, HasSubstr("Give a link."));
  EXPECT_THAT(page.body, HasSubstr("a &lt;b&gt;"));
  EXPECT_EQ(ask("POST", "/report", "reason=%zz").status, 400);
  EXPECT_EQ(ask("POST", "/report", std::string(70'000, 'a')).status, 413);
}

TEST_F(NoticeRoutesTest, ProgramsSendJsonAndFlaggersAToken) {
  const auto sent =
      ask("POST", "/api/public/notices", R"({"location":"@news","option":"goods/drugs","good_faith":true})",
          {}, {{"Authorization", "Bearer secret"}});
  EXPECT_EQ(sent.status, 201);
  EXPECT_EQ(nlohmann::json::parse(sent.body)["receipt"], "cafe");
  EXPECT_EQ(desk.last.token, "secret");
  for (const auto* bad : {"", "[]", R"({"location":1})", R"({"colour":"red"})", R"({"good_faith":"yes"})"}) {
    EXPECT_EQ(ask("POST", "/api/public/notices", bad).status, 400) << bad;
  }
  const auto long_name = R"({"location":"@news","name":")" + std::string(300, 'a') + "\"}";
  EXPECT_THAT(ask("POST", "/api/public/notices", long_name).body, HasSubstr("NOTICE_FIELD_TOO_LONG"));
}

TEST_F(NoticeRoutesTest, AReceiptAsksForTheState) {
  EXPECT_EQ(nlohmann::json::parse(ask("GET", "/api/public/notices/cafe").body)["state"], "waiting");
  EXPECT_EQ(ask("GET", "/api/public/notices/beef").status, 404);
  EXPECT_THAT(ask("GET", "/report/status", {}, "receipt=cafe").body, HasSubstr("waits for a moderator"));
  EXPECT_EQ(ask("GET", "/report/status", {}, "receipt=x").status, 404);
}

TEST_F(NoticeRoutesTest, WhatWasDoneHasItsEntry) {
  EXPECT_FALSE(nlohmann::json::parse(ask("GET", "/api/public/notices/cafe").body).contains("entry"));
  EXPECT_THAT(ask("GET", "/report/status", {}, "receipt=cafe").body, Not(HasSubstr("transparency log")));
  const auto entry = nlohmann::json::parse(ask("GET", "/api/public/notices/done").body)["entry"];
  EXPECT_EQ(entry["opening"], "opened <&>");
  EXPECT_EQ(entry["proof"], "/proof/12");
  const auto page = ask("GET", "/report/status", {}, "receipt=done").body;
  EXPECT_THAT(page, HasSubstr("<pre id=\"opening\">opened &lt;&amp;&gt;</pre>"));
  EXPECT_THAT(page, HasSubstr("href=\"/proof/12\""));
}

}  // namespace
}  // namespace heliograph::web
