#include "web/public/site.h"

#include "web/public/snippets.h"

namespace heliograph::web {

namespace {

using net::html_escape;
using net::json_quote;

constexpr std::string_view style =
    R"(:root{color-scheme:light dark;--ink:#1b1d21;--paper:#fbfaf7;--soft:#efece4;--line:#d8d3c6;--accent:#a4521a}
@media(prefers-color-scheme:dark){:root{--ink:#e9e6df;--paper:#17181b;--soft:#222428;--line:#3a3d43;--accent:#e09a5f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:54rem;padding:2.5rem 1.25rem 4rem;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,sans-serif}
h1{font-size:2.1rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem}
a{color:var(--accent)}
.lead{font-size:1.15rem;margin:0 0 1.5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:1rem 0}
dt{font-weight:600}
dd{margin:0;overflow-wrap:anywhere}
code,pre{font-family:ui-monospace,monospace;font-size:.86rem}
pre{background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.9rem 1rem;overflow-x:auto;line-height:1.45;user-select:all}
table{border-collapse:collapse;margin:.75rem 0;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .9rem .25rem 0;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line)}
th[scope=row]{font-weight:400;overflow-wrap:anywhere}
td{text-align:right}
.bar{color:var(--accent)}
.hint{font-size:.92rem;opacity:.85}
footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem;font-size:.9rem}
)";

constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string snippet(std::string_view title, std::string_view install, std::string_view code) {
  return "<h2>" + html_escape(title) + "</h2>\n<p class=\"hint\">" + html_escape(install) +
         "</p>\n<pre><code>" + html_escape(code) + "</code></pre>\n";
}

std::string fact(std::string_view name, std::string_view value) {
  return "<dt>" + html_escape(name) + "</dt><dd><code>" + html_escape(value) + "</code></dd>\n";
}

}  // namespace

std::string well_known_json(const PublicFacts& facts) {
  return R"({"dc_id":)" + std::to_string(facts.dc_id) + R"(,"mtproto":[{"host":)" + json_quote(facts.host) +
         R"(,"port":)" + std::to_string(facts.port) + R"(}],"websocket":)" + json_quote(facts.websocket_url) +
         R"(,"rsa_public_key_pem":)" + json_quote(facts.rsa_public_pem) + R"(,"rsa_fingerprint":")" +
         std::to_string(facts.rsa_fingerprint) + R"(","layers":[)" + std::to_string(facts.layer_min) + "," +
         std::to_string(facts.layer_max) + "]}\n";
}

std::string developers_page(const PublicFacts& facts) {
  std::string out = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>For developers · Heliograph</title>
<link rel="stylesheet" href="/assets/public.css">
</head>
<body>
<main>
<h1>Heliograph</h1>
<p class="lead">A messaging server that Telegram client libraries already speak to. This one is up and waiting for yours.</p>
<dl>
)";
  out += fact("MTProto (TCP)", net::Endpoint{facts.host, facts.port}.text());
  out += fact("MTProto (WebSocket)", facts.websocket_url);
  out += fact("Data centre", std::to_string(facts.dc_id));
  out += fact("Layers", std::to_string(facts.layer_min) + " to " + std::to_string(facts.layer_max));
  out += fact("Key fingerprint", std::to_string(facts.rsa_fingerprint));
  out += R"(</dl>
<p>The same values for programs: <a href="/.well-known/heliograph.json">/.well-known/heliograph.json</a>.
Client libraries trust only keys they know, so each example below first adds this server's key. Any
<code>api_id</code> and <code>api_hash</code> will do.</p>
)";
  out += snippet("Telethon", "python3 -m venv telethon && telethon/bin/pip install telethon",
                 telethon_snippet(facts));
  out += snippet("GramJS", "npm install telegram big-integer", gramjs_snippet(facts));
  out += snippet("mtcute", "npm install @mtcute/node, in a file that ends in .mjs", mtcute_snippet(facts));
  out +=
      R"(<p class="hint">Sign-in codes come to your other signed-in devices; the first one arrives the way this server's
operator has set up.</p>
</main>
<footer>Heliograph )" +
      html_escape(facts.version) +
      R"(, free software under AGPL-3.0-or-later. Not affiliated with Telegram.</footer>
</body>
</html>
)";
  return out;
}

void add_public_routes(net::HttpRouter& router, const PublicFacts& facts, std::span<const Asset> client) {
  const auto developers = [page = developers_page(facts)](const net::HttpRequest&) {
    auto response = net::http_html(page);
    response.headers.push_back({"Content-Security-Policy", std::string(page_policy)});
    return response;
  };
  router.add_function("GET", "/developers", developers);
  if (client.empty()) {
    router.add_function("GET", "/", developers);
  } else {
    add_client_pages(router, client, facts.websocket_url);
  }
  router.add_function("GET", "/assets/public.css", [](const net::HttpRequest&) {
    return net::HttpResponse{
        200, "text/css; charset=utf-8", std::string(style), {{"Cache-Control", "max-age=300"}}};
  });
  router.add_function("GET", "/.well-known/heliograph.json",
                      [json = well_known_json(facts)](const net::HttpRequest&) {
                        auto response = net::http_json(json);
                        // Public facts: web clients from anywhere may read them.
                        response.headers.push_back({"Access-Control-Allow-Origin", "*"});
                        return response;
                      });
  router.add_function("GET", "/healthz", [](const net::HttpRequest&) { return net::http_text(200, "ok\n"); });
}

}  // namespace heliograph::web
