#include "web/public/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

PublicFacts facts() {
  PublicFacts out;
  out.host = "chat.example.org";
  out.port = 4430;
  out.websocket_url = "wss://chat.example.org/apiws";
  out.rsa_public_pem = "-----BEGIN RSA PUBLIC KEY-----\nMIIB\n-----END RSA PUBLIC KEY-----\n";
  out.rsa_fingerprint = -5;
  out.layer_min = 144;
  out.layer_max = 228;
  out.version = "1.2.3";
  return out;
}

net::HttpResponse ask(std::string path, std::span<const Asset> client = {}) {
  net::HttpRouter router;
  add_public_routes(router, facts(), client);
  net::HttpRequest request;
  request.method = "GET";
  request.path = std::move(path);
  net::HttpResponse out;
  spawn(router.handle(request), [&](net::HttpResponse response) { out = std::move(response); });
  return out;
}

TEST(PublicSite, TheContractFileIsExact) {
  EXPECT_EQ(ask("/.well-known/heliograph.json").body,
            R"({"dc_id":2,"mtproto":[{"host":"chat.example.org","port":4430}],)"
            R"("websocket":"wss://chat.example.org/apiws",)"
            R"("rsa_public_key_pem":"-----BEGIN RSA PUBLIC KEY-----\nMIIB\n-----END RSA PUBLIC KEY-----\n",)"
            R"("rsa_fingerprint":"-5","layers":[144,228]})"
            "\n");
}

TEST(PublicSite, ThePageShowsThisServersValues) {
  const auto page = ask("/developers");
  EXPECT_EQ(ask("/").body, page.body) << "where the web client was not built";
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("chat.example.org:4430"));
  EXPECT_THAT(page.body, HasSubstr("rsa.add_key(&quot;&quot;&quot;-----BEGIN RSA PUBLIC KEY-----\nMIIB"));
  EXPECT_THAT(page.body, HasSubstr("set_dc(2, &quot;chat.example.org&quot;, 4430)"));
  EXPECT_THAT(page.body, Not(HasSubstr("@host@")));
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  EXPECT_EQ(ask("/assets/public.css").content_type, "text/css; charset=utf-8");
}

TEST(PublicSite, ValuesCannotBecomeMarkup) {
  auto bad = facts();
  bad.host = "<script>alert(1)</script>\"'";
  bad.version = "<b>";
  EXPECT_THAT(developers_page(bad), Not(HasSubstr("<script")));
  EXPECT_THAT(developers_page(bad), Not(HasSubstr("<b>")));
  EXPECT_THAT(well_known_json(bad), HasSubstr(R"("host":"<script>alert(1)</script>\"'")"));
}

}  // namespace
}  // namespace heliograph::web
